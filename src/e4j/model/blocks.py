"""The kinds of block a page is made of, one dataclass a kind.

Every block knows its source line and has an id within its page. Ids of headings, steps and tables are written by authors and
permanent; those of plain prose come from what the prose says.
"""

from dataclasses import dataclass
from enum import StrEnum

from e4j.model.restore import quickly_restored
from e4j.model.text import EMPTY, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """What all blocks share."""

    id: str
    line: int


@quickly_restored
@dataclass(frozen=True, slots=True, kw_only=True)
class Heading(Block):
    """A section heading; `level` is 2 to 4."""

    level: int
    text: Text


@quickly_restored
@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph(Block):
    """One paragraph of inline Markdown."""

    text: Text


@quickly_restored
@dataclass(frozen=True, slots=True, kw_only=True)
class ListItem(Block):
    """One item of a list; its blocks may be lists again."""

    blocks: tuple[Block, ...]


@quickly_restored
@dataclass(frozen=True, slots=True, kw_only=True)
class List(Block):
    """A list; `start` is None for bullets and the first number otherwise."""

    start: int | None
    tight: bool
    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote(Block):
    """A block quotation."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code(Block):
    """A fenced listing, set left to right in every language and never translated."""

    language: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Block):
    """A thematic break."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """A table written with pipes. `align` has one of "", "start", "center", "end" a column."""

    header: tuple[Text, ...]
    align: tuple[str, ...]
    rows: tuple[tuple[Text, ...], ...]


class Form(StrEnum):
    """How a class works in a step."""

    WHOLE_CLASS = "whole-class"
    GROUPS = "groups"
    PAIRS = "pairs"
    ALONE = "alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """How long a step takes: at least, usually, at most."""

    least: int
    usual: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step(Block):
    """One step of a lesson plan. `objectives` are outcome ids of the module."""

    title: Text
    minutes: Minutes
    form: Form
    objectives: tuple[str, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Block):
    """What the wall shows; several in a step make several reveals."""

    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TeacherOnly(Block):
    """What only the teacher may see: `kind` is "say", "expect" or "teacher"."""

    kind: str
    title: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box(Block):
    """A box of `kind` note, tip, caution, sensitive or reflect."""

    kind: str
    title: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot(Block):
    """A place a lecturer or a school is expected to fill; `blocks` are the default."""

    name: str
    title: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards(Block):
    """Role cards: each heading of level 3 begins a card."""

    title: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRef(Block):
    """A case of the library, shown here."""

    case: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TreatyRef(Block):
    """An article of a treaty, shown here."""

    treaty: str
    article: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Block):
    """A work to read, with why."""

    reference: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizRef(Block):
    """A whole quiz, or one of its items where `item` is not empty."""

    quiz: str
    item: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure(Block):
    """A picture with words for people who do not see it."""

    src: str
    alt: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity(Block):
    """A foreign activity: an H5P package of the module. `minutes` is 0 where nobody said how long it takes."""

    src: str
    title: Text
    minutes: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptionedTable(Block):
    """A table with a caption."""

    caption: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabLink(Block):
    """The way to a notebook page of the same module."""

    page: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Output:
    """A stored output of a notebook cell: `kind` is "text", "svg", "png" or "error"."""

    kind: str
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeCell(Block):
    """A code cell with the outputs stored in the notebook."""

    language: str
    source: str
    outputs: tuple[Output, ...]


def children(block: Block) -> tuple[Block, ...]:
    """Return the blocks directly inside a block."""
    if isinstance(block, List):
        return block.items
    return getattr(block, "blocks", ())


__all__ = [
    "EMPTY",
    "Activity",
    "Block",
    "Box",
    "CaptionedTable",
    "Cards",
    "CaseRef",
    "Code",
    "CodeCell",
    "Figure",
    "Form",
    "Heading",
    "LabLink",
    "List",
    "ListItem",
    "Minutes",
    "Output",
    "Paragraph",
    "QuizRef",
    "Quote",
    "Reading",
    "Rule",
    "Slot",
    "Stage",
    "Step",
    "Table",
    "TeacherOnly",
    "TreatyRef",
    "children",
]
