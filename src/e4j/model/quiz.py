"""Quizzes and their items. Ids are permanent; revisions are computed, never typed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from e4j.model.text import EMPTY, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer to choose."""

    id: str
    text: Text
    correct: bool = False
    feedback: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedText:
    """A short answer that counts, for one language; `credit` is between 0 and 1."""

    text: str
    credit: float = 1.0
    feedback: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedNumber:
    """A number that counts, as a decimal string, within a tolerance."""

    value: str
    tolerance: str = "0"
    credit: float = 1.0
    feedback: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthFeedback:
    """What to say to who answered true, and to who answered false."""

    true: Text = EMPTY
    false: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How long a written answer should be."""

    min: int = 0
    max: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class RubricLine:
    """One thing a good answer does."""

    id: str
    text: Text
    points: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every kind of question has."""

    id: str
    stem: Text
    explain: Text = EMPTY
    outcome: str = ""
    hints: tuple[Text, ...] = ()
    reread: str = ""
    points: int = 1
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Single(Item):
    """Choose one; exactly one option is right."""

    options: tuple[Option, ...]
    type: Literal["single"] = "single"


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple(Item):
    """Choose all that apply; marked right minus wrong, never below nought."""

    options: tuple[Option, ...]
    type: Literal["multiple"] = "multiple"


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueFalse(Item):
    """Say whether a statement is true."""

    answer: bool
    feedback: TruthFeedback = TruthFeedback()
    type: Literal["truefalse"] = "truefalse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Short(Item):
    """Write a word or two. `accept` is data for each language, not a translation."""

    accept: Mapping[str, tuple[AcceptedText, ...]]
    normalize: tuple[str, ...] = ("base",)
    type: Literal["short"] = "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Numeric(Item):
    """Write a number."""

    accept: tuple[AcceptedNumber, ...]
    unit: Text = EMPTY
    type: Literal["numeric"] = "numeric"


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Item):
    """Choose without a key: an opinion, or a dilemma with no right answer."""

    options: tuple[Option, ...]
    type: Literal["survey"] = "survey"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflect(Item):
    """Write freely, then compare with a model answer and a rubric."""

    model: Text
    words: Words = Words()
    rubric: tuple[RubricLine, ...] = ()
    type: Literal["reflect"] = "reflect"


AnyItem = Single | Multiple | TrueFalse | Short | Numeric | Survey | Reflect


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a quiz is taken."""

    mode: Literal["practice", "survey"] = "practice"
    passing: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """Questions in order. `path` is the source file, relative to its root."""

    id: str
    title: Text
    items: tuple[AnyItem, ...]
    settings: Settings = field(default_factory=Settings)
    path: str = ""
