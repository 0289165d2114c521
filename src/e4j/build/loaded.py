"""Load sources for commands that cannot go on without them."""

from collections.abc import Sequence
from pathlib import Path

from e4j.errors import UsageError
from e4j.load.catalog import Sources, load_sources, root_findings


def require_sources(roots: Sequence[Path]) -> Sources:
    """Return the sources of the roots, or say what is wrong with them."""
    sources = load_sources(roots)
    if sources is None:
        raise UsageError("\n".join(map(str, root_findings(roots))))
    return sources
