"""A translatable text: what it says now, and how true that is to its source."""

import re
from dataclasses import dataclass
from enum import StrEnum

from e4j.model.restore import quickly_restored


class State(StrEnum):
    """How a text in one language stands to its source."""

    CURRENT = "current"
    OUTDATED = "outdated"
    """The source has changed since; the older translation is shown and marked."""
    MACHINE = "machine"
    MISSING = "missing"
    """Not translated: the source language is shown, with its own `lang` and `dir`."""


@quickly_restored
@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Inline Markdown with its source line.

    `source` is the text in the source language where `value` is a translation of it.
    """

    value: str
    line: int = 0
    state: State = State.CURRENT
    source: str = ""

    def __bool__(self) -> bool:
        """Tell whether there is anything to read."""
        return bool(self.value)


EMPTY = Text(value="")
_SPACE = re.compile(r"[^\S\xa0\u2007\u202f]+")


def one_line(text: str) -> str:
    """Return the text with one space for all white space in a row, at its edges none. Spaces that must not break a line stay: French needs them."""
    return _SPACE.sub(" ", text).strip(" ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A translatable text with its place: what a line of a `.po` file is about."""

    context: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What a `.po` file says about one segment. `line` is the line in that file."""

    context: str
    source: str
    text: str
    line: int
    machine: bool = False
    outdated: bool = False
