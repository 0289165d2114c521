"""Quizzes of all thirteen kinds: random ones for properties, and one that uses every field there is."""

from dataclasses import replace

from hypothesis import strategies as st
from toolkit.texts import IDS, TEXTS

from e4j.build.exchange import bare_context, writer_for
from e4j.load.exchange import import_quiz
from e4j.model import quiz as q
from e4j.model.exchange import Export, Import
from e4j.model.plain import quiz_value
from e4j.model.text import EMPTY, Text, one_line
from e4j.publish.exchange import export_quiz

PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000640000003208060000001ff3ff61")
"""The beginning of a picture of 100 by 50; nothing of ours looks further."""

WORDS = TEXTS.map(one_line).filter(bool)
T = WORDS.map(lambda value: Text(value=value))
MAYBE = st.one_of(st.just(EMPTY), T)
CREDITS = st.sampled_from([1.0, 0.5, 0.25, 0.3333333])
DECIMALS = st.sampled_from(["0", "15", "-3", "2.5", "0.10", "1000000"])
SCORING = st.sampled_from(["per-part", "all-or-nothing"])


def ids(least: int = 1, most: int = 4) -> st.SearchStrategy[list[str]]:
    return st.lists(IDS, min_size=least, max_size=most, unique=True)


def parts(cls: type, least: int = 1, **fields: st.SearchStrategy) -> st.SearchStrategy[tuple]:
    one = st.fixed_dictionaries(fields)
    return ids(least).flatmap(lambda names: st.tuples(*(one.map(lambda f, name=name: cls(id=name, **f)) for name in names)))


OPTIONS = parts(q.Option, 2, text=T, correct=st.booleans(), feedback=MAYBE)
PARTS = parts(q.Part, 1, text=T, feedback=MAYBE)
ACCEPT = st.dictionaries(
    st.sampled_from(["en", "ar", "zh"]), st.lists(st.builds(q.AcceptedText, text=WORDS, credit=CREDITS, feedback=MAYBE), min_size=1, max_size=3).map(tuple), min_size=1,
)
NORMALIZE = st.sampled_from([("base",), ("base", "ar-letters"), ("base", "ar-letters", "ru-yo")])
GAPS = st.one_of(
    st.builds(q.Gap, kind=st.just("text"), accept=ACCEPT), st.builds(q.Gap, kind=st.just("choice"), options=OPTIONS),
    st.builds(q.Gap, kind=st.just("drag"), text=T, feedback=MAYBE),
)
MEDIA = st.one_of(st.none(), st.builds(q.ItemMedia, src=st.just("a/one.png"), alt=MAYBE, caption=MAYBE, transcript=MAYBE))
COMMON = {
    "id": IDS, "stem": T, "explain": MAYBE, "outcome": st.one_of(st.just(""), IDS), "hints": st.lists(T, max_size=2).map(tuple),
    "reread": st.sampled_from(["", "lost-coin/story#the-coin"]), "points": st.integers(1, 9), "tags": st.lists(st.one_of(IDS, WORDS), max_size=3).map(tuple),
    "media": MEDIA, "confidence": st.sampled_from([None, True, False]), "shuffle": st.booleans(),
}


def _item(cls: type, **fields: st.SearchStrategy) -> st.SearchStrategy[q.Item]:
    return st.fixed_dictionaries(COMMON | fields).map(lambda f: cls(**f))


def _cloze() -> st.SearchStrategy[q.Item]:
    gaps = st.lists(GAPS, min_size=1, max_size=3).map(lambda found: {str(number): gap for number, gap in enumerate(found, start=1)})
    items = _item(q.Cloze, gaps=gaps, distractors=st.one_of(st.just(()), PARTS), normalize=NORMALIZE, scoring=SCORING)
    return items.map(lambda item: replace(item, stem=Text(value=item.stem.value + "".join(f" x {{{{{name}}}}}" for name in item.gaps))))


def _categorize() -> st.SearchStrategy[q.Item]:
    def things(categories: tuple) -> st.SearchStrategy:
        names = st.sampled_from([category.id for category in categories])
        return _item(q.Categorize, categories=st.just(categories), things=parts(q.Thing, 1, text=T, within=names, feedback=MAYBE), scoring=SCORING)
    return parts(q.Part, 2, text=T).flatmap(things)


def _scenario() -> st.SearchStrategy[q.Item]:
    choice = parts(q.Choice, 1, text=T, to=st.just("end"), score=st.sampled_from([None, 0.0, 0.4, 1.0]), feedback=MAYBE, values=st.dictionaries(IDS, st.integers(-2, 2), max_size=2))
    nodes = st.builds(lambda text, choices, last: {"n1": q.Node(text=text, choices=choices), "end": q.Node(text=last, end=True)}, T, choice, T)
    return _item(q.Scenario, start=st.just("n1"), nodes=nodes, values=st.dictionaries(IDS, T, max_size=2), loops=st.booleans())


AREAS = parts(q.Area, 1, shape=st.just("rect"), coords=st.lists(st.integers(0, 99), min_size=4, max_size=4).map(tuple), label=T, correct=st.booleans(), feedback=MAYBE)
ITEMS = st.one_of(
    _item(q.Single, options=OPTIONS), _item(q.Multiple, options=OPTIONS, scoring=st.sampled_from(["right-minus-wrong", "per-option", "all-or-nothing"])),
    _item(q.TrueFalse, answer=st.booleans(), feedback=st.builds(q.TruthFeedback, true=MAYBE, false=MAYBE)),
    _item(q.Short, accept=ACCEPT, normalize=NORMALIZE),
    _item(q.Numeric, accept=st.lists(st.builds(q.AcceptedNumber, value=DECIMALS, tolerance=st.sampled_from(["0", "1", "0.5"]), credit=CREDITS, feedback=MAYBE), min_size=1, max_size=3).map(tuple), unit=MAYBE),
    _cloze(), _item(q.Order, sequence=PARTS, scoring=st.sampled_from(["position", "all-or-nothing"])),
    _item(q.Match, pairs=parts(q.Pair, 1, left=T, right=T, feedback=MAYBE), distractors=st.one_of(st.just(()), PARTS), scoring=SCORING), _categorize(),
    _item(q.Hotspot, image=st.builds(q.Picture, src=st.just("a/one.png"), width=st.just(100), height=st.just(50), alt=T), areas=AREAS),
    _item(q.Survey, options=OPTIONS), _item(q.Survey, scale=OPTIONS),
    _item(q.Reflect, model=T, words=st.builds(q.Words, min=st.integers(0, 50), max=st.integers(51, 500)), rubric=st.one_of(st.just(()), parts(q.RubricLine, 1, text=T, points=st.integers(1, 3)))),
    _scenario(),
)
SETTINGS = st.builds(
    q.Settings, mode=st.sampled_from(["practice", "assessed", "survey"]), passing=st.sampled_from([0.0, 0.6]), attempts=st.integers(0, 2), tries=st.integers(1, 3),
    feedback=st.sampled_from(["on-finish", "never"]), draw=st.lists(st.builds(q.Draw, n=st.integers(1, 3), among=st.lists(IDS, max_size=2).map(tuple)), max_size=2).map(tuple),
    shuffle=st.booleans(), confidence=st.booleans(),
)
QUIZZES = st.builds(
    q.Quiz, id=IDS, title=T, items=st.lists(ITEMS, min_size=1, max_size=4, unique_by=lambda item: item.id).map(tuple), settings=SETTINGS,
    media=st.just((q.QuizMedia(path="a/one.png", data=PNG),)),
)


def sent(format_name: str, quiz: q.Quiz, language: str = "en") -> Export:
    """Export a quiz as the command does."""
    return export_quiz(format_name, quiz, language, writer_for(quiz, bare_context(language)))


def back(format_name: str, export: Export, language: str = "en") -> Import:
    """Import the one file of an export."""
    ((name, data),) = export.files.items()
    return import_quiz(format_name, data, name, language)


def _t(value: str) -> Text:
    return Text(value=value)


def _option(name: str, *, correct: bool = False) -> q.Option:
    return q.Option(id=name, text=_t(f"Option {name}"), correct=correct, feedback=_t(f"About {name}"))


def _common(name: str) -> dict:
    return {
        "id": name, "stem": _t(f"What about {name}?"), "explain": _t("So it is."), "outcome": "see", "hints": (_t("Think."),), "reread": "m/p#s", "points": 2,
        "tags": ("law",), "media": q.ItemMedia(src="one.png", alt=_t("A picture")), "confidence": True, "shuffle": True,
    }


def _accepted(text: str) -> tuple[q.AcceptedText, ...]:
    return (q.AcceptedText(text=text), q.AcceptedText(text=f"{text}s", credit=0.37, feedback=_t("Nearly.")))


_P = tuple(q.Part(id=name, text=_t(f"Part {name}"), feedback=_t("About it")) for name in ("a", "b"))
_STEPS = ("base", "ru-yo")
EVERYTHING = q.Quiz(
    id="everything", title=_t("Everything"), settings=q.Settings(passing=0.5), media=(q.QuizMedia(path="one.png", data=PNG),),
    items=(
        q.Single(**_common("single"), options=(_option("x", correct=True), _option("y"))),
        q.Multiple(**_common("multiple"), options=(_option("x", correct=True), _option("y")), scoring="all-or-nothing"),
        q.TrueFalse(**_common("truefalse"), answer=True, feedback=q.TruthFeedback(true=_t("Yes"), false=_t("No"))),
        q.Short(**_common("short"), accept={"en": _accepted("bribe")}, normalize=_STEPS),
        q.Numeric(**_common("numeric"), accept=(q.AcceptedNumber(value="12", tolerance="1"), q.AcceptedNumber(value="13", credit=0.37)), unit=_t("km")),
        q.Cloze(
            **{**_common("cloze"), "stem": _t("Say {{1}}, {{2}} and {{3}}.")}, distractors=_P, normalize=_STEPS, scoring="all-or-nothing",
            gaps={"1": q.Gap(kind="text", accept={"en": _accepted("law")}), "2": q.Gap(kind="choice", options=(_option("x", correct=True), _option("y"))), "3": q.Gap(kind="drag", text=_t("right"))},
        ),
        q.Order(**_common("order"), sequence=_P, scoring="all-or-nothing"),
        q.Match(
            **_common("match"), pairs=(q.Pair(id="p", left=_t("L"), right=_t("R"), feedback=_t("F")), q.Pair(id="r", left=_t("M"), right=_t("S"))), distractors=_P, scoring="all-or-nothing",
        ),
        q.Categorize(
            **_common("categorize"), categories=(q.Part(id="c", text=_t("C")), q.Part(id="d", text=_t("D"))), things=(q.Thing(id="t", text=_t("T"), within="c", feedback=_t("F")),), scoring="all-or-nothing",
        ),
        q.Hotspot(
            **_common("hotspot"), image=q.Picture(src="one.png", width=100, height=50, alt=_t("A plan")),
            areas=(q.Area(id="r", shape="rect", coords=(1, 2, 30, 40), label=_t("Here"), correct=True, feedback=_t("F")), q.Area(id="s", shape="circle", coords=(70, 20, 9), label=_t("There"))),
        ),
        q.Survey(**_common("survey"), scale=(_option("x"), _option("y"))),
        q.Reflect(**_common("reflect"), model=_t("Like this."), words=q.Words(min=10, max=90), rubric=(q.RubricLine(id="r", text=_t("Says why"), points=2),)),
        q.Scenario(
            **_common("scenario"), start="n", values={"care": _t("Care")},
            nodes={"n": q.Node(text=_t("It begins."), choices=(q.Choice(id="a", text=_t("Go"), to="e", score=1.0, feedback=_t("F"), values={"care": 1}),)), "e": q.Node(text=_t("It ends."), end=True)},
        ),
    ),
)
"""One item of each kind with all of its fields filled in: what a format loses of it, it can lose at all."""

__all__ = ["EVERYTHING", "ITEMS", "PNG", "QUIZZES", "back", "quiz_value", "sent"]
