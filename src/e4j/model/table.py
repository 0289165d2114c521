"""The columns of a quiz as a table, known to writing and reading alike."""

from collections.abc import Mapping

from e4j.model.envelope import MARK

COLUMNS = ("id", "type", "stem", "options", "key", "feedback", "explain", "hints", "points", "outcome", "reread", "tags", MARK)
"""In the order they are written; a table may have them in any other, and may leave out what it does not need."""


def beside(cells: Mapping[str, str]) -> str:
    """Return what the digest of our own form is made of: every other cell, in the order of the columns."""
    return "\x1f".join(cells.get(name, "") for name in COLUMNS if name != MARK)


__all__ = ["COLUMNS", "beside"]
