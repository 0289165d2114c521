"""Read a text file."""

from pathlib import Path


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file."""
    return path.read_text(encoding="utf-8")
