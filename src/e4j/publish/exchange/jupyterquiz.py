"""Questions for jupyterquiz, the quizzes in notebooks: choices, numbers and words. Its file is a list, so our own form stands in each question."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from e4j.model import quiz as q
from e4j.model.envelope import seal
from e4j.model.exchange import Export, Loss
from e4j.model.plain import item_value, quiz_value
from e4j.model.text import EMPTY, Text
from e4j.publish.exchange.losses import common_losses, settings_losses
from e4j.publish.exchange.words import direction, word
from e4j.publish.exchange.writer import Writer

Question = dict[str, Any]
_CARRIED = frozenset({"explain"})
_LEAST = Decimal("0.000000001")
"""How far above its upper end a range has to reach, because jupyterquiz leaves that end out."""


class _Scene:
    """One item on its way out."""

    def __init__(self, item: q.AnyItem, language: str, writer: Writer) -> None:
        self.item, self.language, self.writer = item, language, writer
        self.losses: list[Loss] = list(common_losses(item, _CARRIED))

    def html(self, text: Text) -> str:
        """Return a text; what is written from right to left says so itself, because jupyterquiz does not."""
        made = self.writer.html(text)
        return f'<bdi dir="rtl" lang="{self.language}">{made}</bdi>' if made and direction(self.language) == "rtl" else made

    def said(self, feedback: Text) -> Question:
        """Return what is said to an answer, with the explanation that stands behind all of them."""
        told = " ".join(self.html(text) for text in (feedback, self.item.explain) if text)
        return {"feedback": told} if told else {}

    def lose(self, what: str, message: str) -> None:
        """Report something that cannot be carried."""
        self.losses.append(Loss(item=self.item.id, field=what, message=message))


def export(quiz: q.Quiz, language: str, writer: Writer) -> Export:
    """Return one file of questions. Kinds that jupyterquiz does not know are kept in our own form in the first question."""
    made: list[tuple[q.AnyItem, Question | None]] = []
    losses = list(settings_losses(quiz))
    for item in quiz.items:
        scene = _Scene(item, language, writer)
        maker = _KINDS.get(type(item))
        if maker is None:
            losses.append(Loss(item=item.id, field="type", message="jupyterquiz has no such question; it is left out"))
            made.append((item, None))
            continue
        made.append((item, maker(item, scene)))
        losses += scene.losses
    return Export(files={f"{quiz.id}.json": _file(quiz, made, language)}, losses=tuple(sorted(losses)))


def _file(quiz: q.Quiz, made: Sequence[tuple[q.AnyItem, Question | None]], language: str) -> bytes:
    """Seal every item into its question, those without one and the quiz itself into the first."""
    questions: list[Question] = []
    for item, question in made:
        if question is not None:
            questions.append({**question, "e4j": json.loads(seal(item_value(item), canonical(question)))})
    if questions:
        whole = {name: value for name, value in quiz_value(quiz).items() if name != "items"}
        lost = {str(at): item_value(item) for at, (item, question) in enumerate(made) if question is None}
        questions[0]["e4j"] |= {"quiz": json.loads(seal(whole, "")), "lost": lost, "language": language}
    return (json.dumps(questions, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def canonical(question: Mapping[str, Any]) -> str:
    """Return a question without our own form, so that the order of keys does not matter."""
    return json.dumps({name: value for name, value in question.items() if name != "e4j"}, ensure_ascii=False, sort_keys=True)


def _choice(scene: _Scene, options: Iterable[q.Option], *, several: bool) -> Question:
    answers = [{"answer": scene.html(o.text), "correct": o.correct, **scene.said(o.feedback)} for o in options]
    return {"question": scene.html(scene.item.stem), "type": "many_choice" if several else "multiple_choice", "answers": answers}


def _single(item: q.Single, scene: _Scene) -> Question:
    return _choice(scene, item.options, several=False)


def _multiple(item: q.Multiple, scene: _Scene) -> Question:
    scene.lose("scoring", "each choice is answered at once; there are no marks")
    return _choice(scene, item.options, several=True)


def _truefalse(item: q.TrueFalse, scene: _Scene) -> Question:
    said = {True: item.feedback.true, False: item.feedback.false}
    options = [
        q.Option(id=str(value).lower(), text=Text(value=word(str(value), scene.language)), correct=value is item.answer, feedback=said[value]) for value in said
    ]
    return _choice(scene, options, several=False)


def _short(item: q.Short, scene: _Scene) -> Question:
    accepted = item.accept.get(scene.language) or next(iter(item.accept.values()), ())
    scene.lose("normalize", "letters are compared as they are, but for capitals")
    if any(one.credit < 1 for one in accepted):
        scene.lose("accept", "answers that are right in part are shown as wrong")
    best = max((one.credit for one in accepted), default=1.0)
    answers: list[Question] = [
        {"answer": one.text, "correct": one.credit >= best, "match_case": False, **scene.said(one.feedback)} for one in accepted
    ]
    return {"question": scene.html(item.stem), "type": "string", "answers": [*answers, *_otherwise(scene)]}


def _otherwise(scene: _Scene) -> list[Question]:
    return [{"type": "default", **scene.said(EMPTY)}] if scene.item.explain else []


def _numeric(item: q.Numeric, scene: _Scene) -> Question:
    if any(one.credit < 1 for one in item.accept):
        scene.lose("accept", "answers that are right in part are shown as wrong")
    unit = f" ({scene.html(item.unit)})" if item.unit else ""
    best = max((one.credit for one in item.accept), default=1.0)
    answers = [_number(one, scene, right=one.credit >= best) for one in item.accept]
    return {"question": scene.html(item.stem) + unit, "type": "numeric", "answers": [*answers, *_otherwise(scene)]}


def _number(one: q.AcceptedNumber, scene: _Scene, *, right: bool) -> Question:
    value, around = Decimal(one.value), Decimal(one.tolerance)
    told = {"correct": right, **scene.said(one.feedback)}
    if around:
        return {"type": "range", "range": [_json_number(value - around), _json_number(value + around + _LEAST)], **told}
    return {"type": "value", "value": _json_number(value), **told}


def _json_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


_KINDS: Mapping[type[q.Item], Callable[[Any, _Scene], Question]] = {
    q.Single: _single, q.Multiple: _multiple, q.TrueFalse: _truefalse, q.Short: _short, q.Numeric: _numeric,
}

__all__ = ["canonical", "export"]
