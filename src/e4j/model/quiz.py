"""Quizzes and their items: thirteen kinds of question. Ids are permanent; revisions are computed, never typed."""

from collections.abc import Iterator, Mapping
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
class ItemMedia:
    """A picture or recording a question is about. `src` is a file in the folder `quizzes/<quiz>/`."""

    src: str
    alt: Text = EMPTY
    caption: Text = EMPTY
    transcript: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A place to fill in a sentence.

    `text` gaps have accepted answers for each language, `choice` gaps options, and `drag` gaps the words that belong there.
    """

    kind: Literal["text", "choice", "drag"]
    accept: Mapping[str, tuple[AcceptedText, ...]] = field(default_factory=dict)
    options: tuple[Option, ...] = ()
    text: Text = EMPTY
    feedback: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Something to put in its place: a step to order, or a distractor."""

    id: str
    text: Text
    feedback: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two things that belong together. The id of the right one is the id of the pair."""

    id: str
    left: Text
    right: Text
    feedback: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """Something to sort into the category `within` (`in` in YAML)."""

    id: str
    text: Text
    within: str
    feedback: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """The picture of a hotspot. `src` is a file in the folder `quizzes/<quiz>/`; width and height are the units of the areas."""

    src: str
    width: int
    height: int
    alt: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A place in a picture: `rect` x1 y1 x2 y2, `circle` x y radius, or `poly` x y x y x y …. Its label makes it a choice in words too."""

    id: str
    shape: Literal["rect", "circle", "poly"]
    coords: tuple[int, ...]
    label: Text
    correct: bool = False
    feedback: Text = EMPTY


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A way to go on in a scenario. `score` is a share of the item's points; `values` names what the choice honours."""

    id: str
    text: Text
    to: str
    score: float | None = None
    feedback: Text = EMPTY
    values: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A moment of a scenario: something happens, and the learner chooses, or it ends."""

    text: Text
    choices: tuple[Choice, ...] = ()
    end: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """What every kind of question has. `confidence` and `shuffle` are for this item alone."""

    id: str
    stem: Text
    explain: Text = EMPTY
    outcome: str = ""
    hints: tuple[Text, ...] = ()
    reread: str = ""
    points: int = 1
    tags: tuple[str, ...] = ()
    media: ItemMedia | None = None
    confidence: bool | None = None
    shuffle: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Single(Item):
    """Choose one; exactly one option is right."""

    options: tuple[Option, ...]
    type: Literal["single"] = "single"


@dataclass(frozen=True, slots=True, kw_only=True)
class Multiple(Item):
    """Choose all that apply."""

    options: tuple[Option, ...]
    scoring: Literal["right-minus-wrong", "per-option", "all-or-nothing"] = "right-minus-wrong"
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
class Cloze(Item):
    """Fill the gaps `{{1}}`, `{{2}}` … of the stem. Each gap counts alike."""

    gaps: Mapping[str, Gap]
    distractors: tuple[Part, ...] = ()
    normalize: tuple[str, ...] = ("base",)
    scoring: Literal["per-part", "all-or-nothing"] = "per-part"
    type: Literal["cloze"] = "cloze"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Item):
    """Put steps in order. The source holds the right order; learners see another."""

    sequence: tuple[Part, ...]
    scoring: Literal["position", "all-or-nothing"] = "position"
    type: Literal["order"] = "order"


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Item):
    """Find what belongs together."""

    pairs: tuple[Pair, ...]
    distractors: tuple[Part, ...] = ()
    scoring: Literal["per-part", "all-or-nothing"] = "per-part"
    type: Literal["match"] = "match"


@dataclass(frozen=True, slots=True, kw_only=True)
class Categorize(Item):
    """Sort things into categories."""

    categories: tuple[Part, ...]
    things: tuple[Thing, ...]
    scoring: Literal["per-part", "all-or-nothing"] = "per-part"
    type: Literal["categorize"] = "categorize"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hotspot(Item):
    """Point at a place in a picture, or choose it by its label. Any place marked as correct is right."""

    image: Picture
    areas: tuple[Area, ...]
    type: Literal["hotspot"] = "hotspot"


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey(Item):
    """Choose without a key: `scale` is a rating from one end to the other, `options` an opinion or a dilemma. One of the two is given."""

    options: tuple[Option, ...] = ()
    scale: tuple[Option, ...] = ()
    type: Literal["survey"] = "survey"

    @property
    def choices(self) -> tuple[Option, ...]:
        """Return the scale or the options."""
        return self.scale or self.options


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflect(Item):
    """Write freely, then compare with a model answer and a rubric."""

    model: Text
    words: Words = Words()
    rubric: tuple[RubricLine, ...] = ()
    type: Literal["reflect"] = "reflect"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Item):
    """Live through a dilemma: each choice leads on. Without any `score` there is no right way and no mark.

    `values` gives the words for what choices honour. `loops` says that a way may lead back to an earlier moment.
    """

    start: str
    nodes: Mapping[str, Node]
    values: Mapping[str, Text] = field(default_factory=dict)
    loops: bool = False
    type: Literal["scenario"] = "scenario"

    @property
    def scored(self) -> bool:
        """Tell whether any choice has a score."""
        return any(choice.score is not None for node in self.nodes.values() for choice in node.choices)


AnyItem = Single | Multiple | TrueFalse | Short | Numeric | Cloze | Order | Match | Categorize | Hotspot | Survey | Reflect | Scenario


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """Take `n` items at random of those that have one of the tags `among` (`from` in YAML); no tags: of all."""

    n: int
    among: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How a quiz is taken.

    `practice` ships its key and marks on the learner's device; `assessed` is marked on the server alone; `survey` has no marks.
    `attempts` and `feedback` are for assessed quizzes: how often it may be handed in (0: any number), and whether explanations
    are shown after it. `tries` is how often a practice question may be answered before its key is shown.
    """

    mode: Literal["practice", "assessed", "survey"] = "practice"
    passing: float = 0.0
    attempts: int = 0
    feedback: Literal["on-finish", "never"] = "on-finish"
    tries: int = 2
    draw: tuple[Draw, ...] = ()
    shuffle: bool = False
    confidence: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizMedia:
    """A picture or sound of a quiz: its path within `quizzes/<quiz>/`, and its bytes."""

    path: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiz:
    """Questions in order. `path` is the source file, relative to its root."""

    id: str
    title: Text
    items: tuple[AnyItem, ...]
    settings: Settings = field(default_factory=Settings)
    path: str = ""
    media: tuple[QuizMedia, ...] = ()


def files_of(item: Item) -> Iterator[tuple[str, int]]:
    """Yield every file an item names, with the line."""
    if item.media:
        yield item.media.src, item.line
    if isinstance(item, Hotspot):
        yield item.image.src, item.line
