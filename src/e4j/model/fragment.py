"""What rendering hands to publishing."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A heading (`level` 1 to 4, `id`, inner HTML) or, with level 0, a stretch of HTML between headings.

    `text` is what a heading says without markup, for tables of contents.
    """

    html: str
    level: int = 0
    id: str = ""
    text: str = ""
