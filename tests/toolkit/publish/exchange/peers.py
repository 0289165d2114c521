"""Quizzes for tests of packages: every kind, what our own marking makes of responses, and a writer as the build gives it."""

from collections.abc import Iterator
from typing import Any

from e4j.build.exchange import bare_context, writer_for
from e4j.mark import mark
from e4j.model import quiz as q
from e4j.model.text import Text
from e4j.publish.exchange import Writer

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>'
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def t(value: str) -> Text:
    return Text(value=value)


def writer(quiz: q.Quiz, language: str = "en") -> Writer:
    return writer_for(quiz, bare_context(language))


def quiz(*items: q.AnyItem, **more: Any) -> q.Quiz:
    media = (q.QuizMedia(path="hall.svg", data=SVG), q.QuizMedia(path="hall.png", data=PNG))
    return q.Quiz(**({"id": "peers", "title": t("All kinds"), "items": items, "media": media} | more))


def option(name: str, correct: bool = False, feedback: str = "") -> q.Option:
    return q.Option(id=name, text=t(f"Text of *{name}*"), correct=correct, feedback=t(feedback))


def part(name: str, feedback: str = "") -> q.Part:
    return q.Part(id=name, text=t(f"Part {name}"), feedback=t(feedback))


FOUR = (option("a", True, "Yes."), option("b", False, "No."), option("c", True), option("d", False))
TEXTS = {"en": (
    q.AcceptedText(text="bribe"), q.AcceptedText(text="a bribe"), q.AcceptedText(text="bribery", credit=0.333, feedback=t("Nearly.")),
    q.AcceptedText(text="Bribe", credit=0.5),
)}
NUMBERS = (
    q.AcceptedNumber(value="0.7"), q.AcceptedNumber(value="0.7", tolerance="0.1", credit=0.5, feedback=t("Near.")),
    q.AcceptedNumber(value="2003", tolerance="1", credit=0.25),
)
GAPS = {
    "1": q.Gap(kind="text", accept=TEXTS), "2": q.Gap(kind="choice", options=(option("x", True), option("y", False, "Why y?"))),
    "3": q.Gap(kind="drag", text=t("public"), feedback=t("Not there.")),
}
DRAGS = {name: q.Gap(kind="drag", text=t(f"word {name}"), feedback=t("Look again.")) for name in ("1", "2", "3")}
PAIRS = tuple(q.Pair(id=name, left=t(f"Left {name}"), right=t(f"Right {name}"), feedback=t("Hm.")) for name in ("p1", "p2", "p3"))
AREAS = (
    q.Area(id="r1", shape="rect", coords=(1, 1, 10, 10), label=t("One")), q.Area(id="r2", shape="circle", coords=(20, 20, 5), label=t("Two"), correct=True),
    q.Area(id="r3", shape="poly", coords=(1, 20, 9, 20, 5, 29), label=t("Three"), correct=True, feedback=t("This too.")),
)


def node(text: str, *choices: q.Choice) -> q.Node:
    return q.Node(text=t(text), choices=choices, end=not choices)


def choice(name: str, to: str, score: float | None = None, feedback: str = "") -> q.Choice:
    return q.Choice(id=name, text=t(f"Choose {name}"), to=to, score=score, feedback=t(feedback))


NODES = {
    "n1": node("First", choice("a", "n2", 0.3, "So so."), choice("b", "end", 1.0)), "n2": node("Second", choice("c", "end", 0.333), choice("d", "end", -0.5)),
    "end": node("The end"),
}

ITEMS: tuple[tuple[q.AnyItem, tuple[Any, ...]], ...] = (
    (q.Single(id="single", stem=t("Which **one**?"), options=FOUR[:2], explain=t("Because."), points=2), ("a", "b")),
    (q.Multiple(id="multiple", stem=t("Which?"), options=(*FOUR, option("e", True)), points=2), (
        ["a"], ["a", "c"], ["a", "c", "e"], ["a", "b"], ["b"], ["a", "b", "c", "d", "e"], [],
    )),
    (q.Multiple(id="per-option", stem=t("Which?"), options=(*FOUR, option("e", True)), scoring="per-option"), (["a"], ["b", "d"], ["a", "c", "e"], ["a", "b", "c", "d", "e"])),
    (q.Multiple(id="all", stem=t("Which?"), options=FOUR, scoring="all-or-nothing"), (["a", "c"], ["a"], ["a", "b", "c"], [])),
    (q.TrueFalse(id="truefalse", stem=t("Is it?"), answer=False, feedback=q.TruthFeedback(true=t("No."))), (True, False)),
    (q.Short(id="short", stem=t("A word?"), accept=TEXTS, points=3), ("bribe", "BRIBE", "a bribe", "bribery", "else", "")),
    (q.Numeric(id="numeric", stem=t("How much?"), accept=NUMBERS, unit=t("kg")), ("0.7", "0.8", "0.6", "0.61", "0.59", "2004", "2005", "7e-1x", "")),
    (q.Cloze(id="cloze", stem=t("Say {{1}}, *then {{2}}*, then {{3}}."), gaps=GAPS, distractors=(part("secret", "No."),)), (
        {"1": "bribe", "2": "x", "3": "3"}, {"1": "bribery", "2": "y", "3": "secret"}, {"1": "bribery"}, {"2": "x"}, {"3": "3"}, {},
    )),
    (q.Cloze(id="cloze-all", stem=t("Say {{1}}, then {{2}}."), gaps={k: GAPS[k] for k in "12"}, scoring="all-or-nothing"), (
        {"1": "bribe", "2": "x"}, {"1": "bribery", "2": "x"}, {"1": "bribe"},
    )),
    (q.Cloze(id="cloze-drag", stem=t("Say {{1}}, then {{2}} and {{3}}."), gaps=DRAGS, distractors=(part("secret", "No."),)), (
        {"1": "1", "2": "2", "3": "3"}, {"1": "2", "2": "1", "3": "3"}, {"1": "secret"}, {"1": "1", "2": "2"}, {},
    )),
    (q.Order(id="order", stem=t("In order?"), sequence=(part("s1", "First."), part("s2"), part("s3"), part("s4"))), (
        ["s1", "s2", "s3", "s4"], ["s2", "s1", "s3", "s4"], ["s4", "s1", "s2", "s3"], ["s4", "s2", "s3", "s1"],
    )),
    (q.Order(id="order-all", stem=t("In order?"), sequence=(part("s1"), part("s2"), part("s3")), scoring="all-or-nothing"), (["s1", "s2", "s3"], ["s1", "s3", "s2"])),
    (q.Match(id="match", stem=t("What goes?"), pairs=PAIRS, distractors=(part("d1", "No."), part("d2"))), (
        {"p1": "p1", "p2": "p2", "p3": "p3"}, {"p1": "p1", "p2": "p3", "p3": "p2"}, {"p1": "d1"}, {"p1": "p1", "p2": "d1", "p3": "d2"}, {},
    )),
    (q.Match(id="match-all", stem=t("What goes?"), pairs=PAIRS, scoring="all-or-nothing", points=2), ({"p1": "p1", "p2": "p2", "p3": "p3"}, {"p1": "p1", "p2": "p2"})),
    (q.Categorize(id="categorize", stem=t("Sort."), categories=(part("k1"), part("k2")), things=tuple(
        q.Thing(id=name, text=t(f"Thing {name}"), within=within, feedback=t("See.")) for name, within in (("t1", "k1"), ("t2", "k2"), ("t3", "k1"))
    )), ({"t1": "k1", "t2": "k2", "t3": "k1"}, {"t1": "k1", "t2": "k1", "t3": "k1"}, {"t3": "k2"})),
    (q.Hotspot(id="hotspot", stem=t("Where?"), image=q.Picture(src="hall.svg", width=40, height=30, alt=t("Hall")), areas=AREAS), ("r1", "r2", "r3")),
    (q.Survey(id="survey", stem=t("What do you think?"), options=(option("s1", feedback="Thanks."), option("s2"))), ("s1", "s2")),
    (q.Survey(id="survey-scale", stem=t("How much?"), scale=(option("1"), option("2"))), ("1", "2")),
    (q.Scenario(id="scenario", stem=t("What now?"), start="n1", nodes=NODES, points=2, values={"care": t("Care")}), (["b"], ["a", "c"], ["a", "d"])),
    (q.Reflect(id="reflect", stem=t("Write."), model=t("A *model*."), rubric=(q.RubricLine(id="r1", text=t("Says why."), points=2),), points=2), ()),
)
"""Every kind and way of scoring, with responses that other systems can be given."""

EVERY = quiz(*(item for item, _ in ITEMS))


def keyed(item: q.AnyItem) -> dict[str, Any]:
    """Return what our marking needs to know of an item, in the form of a payload."""
    return {"id": item.id, "type": item.type, "points": item.points, **_key(item)}


def earned(item: q.AnyItem, response: Any) -> int:
    return mark(keyed(item), response).earned


def _texts(accept: Any) -> list[dict[str, Any]]:
    return [{"text": one.text.lower(), "credit": round(one.credit * 1000)} for one in accept["en"]]


def _options(options: Any) -> list[dict[str, Any]]:
    return [{"id": o.id, "correct": o.correct} for o in options]


def _key(item: q.AnyItem) -> dict[str, Any]:
    match item:
        case q.Single() | q.Multiple():
            return {"options": _options(item.options), "scoring": getattr(item, "scoring", "")}
        case q.TrueFalse():
            return {"answer": item.answer}
        case q.Short():
            return {"normalize": list(item.normalize), "accept": _texts(item.accept)}
        case q.Numeric():
            return {"unit": item.unit.value, "accept": [{"value": a.value, "tolerance": a.tolerance, "credit": round(a.credit * 1000)} for a in item.accept]}
        case q.Cloze():
            tokens = [name for name, gap in item.gaps.items() if gap.kind == "drag"] + [part.id for part in item.distractors]
            return {"gaps": [_gap(name, gap) for name, gap in item.gaps.items()], "tokens": [{"id": one} for one in tokens], "normalize": ["base"], "scoring": item.scoring}
        case q.Order():
            return {"parts": [{"id": one.id} for one in item.sequence], "scoring": item.scoring}
        case q.Match():
            rights = [one.id for one in (*item.pairs, *item.distractors)]
            return {"lefts": [{"id": p.id} for p in item.pairs], "rights": [{"id": one} for one in rights], "key": {p.id: p.id for p in item.pairs}, "scoring": item.scoring}
        case q.Categorize():
            key = {one.id: one.within for one in item.things}
            return {"categories": [{"id": c.id} for c in item.categories], "things": [{"id": one} for one in key], "key": key, "scoring": item.scoring}
        case q.Hotspot():
            return {"areas": _options(item.areas)}
        case q.Survey():
            return {"options": _options(item.choices)}
        case q.Reflect():
            return {"rubric": [{"id": line.id, "points": line.points} for line in item.rubric]}
        case q.Scenario():
            return {"start": item.start, "scored": item.scored, "nodes": [_moment(name, one) for name, one in item.nodes.items()]}


def _gap(name: str, gap: q.Gap) -> dict[str, Any]:
    own = {"text": lambda: {"accept": _texts(gap.accept)}, "choice": lambda: {"options": _options(gap.options)}, "drag": lambda: {"token": name}}
    return {"id": name, "kind": gap.kind, **own[gap.kind]()}


def _moment(name: str, one: q.Node) -> dict[str, Any]:
    choices = [{"id": c.id, "to": c.to, "score": None if c.score is None else round(c.score * 1000)} for c in one.choices]
    return {"id": name, "end": one.end, "choices": choices}


def in_qti(item: q.AnyItem, response: Any) -> Iterator[dict[str, Any]]:
    """Yield the responses of each step by the names they have in our packages of QTI."""
    match item:
        case q.TrueFalse():
            yield {"RESPONSE": str(response).lower()}
        case q.Numeric():
            yield {"RESPONSE": _number(response)}
        case q.Cloze() if all(gap.kind == "drag" for gap in item.gaps.values()):
            yield {"RESPONSE": [f"{_name(token, 'w')} g.{gap}" for gap, token in response.items()] or None}
        case q.Cloze():
            yield {f"RESPONSE.{name}": _name(value, "") if item.gaps[name].kind != "text" else value for name, value in response.items()}
        case q.Match():
            yield {"RESPONSE": [f"l.{left} r.{right}" for left, right in response.items()] or None}
        case q.Categorize():
            yield {"RESPONSE": [f"t.{thing} c.{category}" for thing, category in response.items()] or None}
        case q.Scenario():
            at = item.start
            for name in response:
                yield {f"RESPONSE.{at}": name}
                at = next(c.to for c in item.nodes[at].choices if c.id == name)
        case q.Survey():
            yield {"RESPONSE": _name(response, "")}
        case _:
            yield {"RESPONSE": response or None}


def _name(one: str, prefix: str) -> str:
    return f"{prefix}.{one}" if prefix else f"_{one}" if one[0].isdigit() else one


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
