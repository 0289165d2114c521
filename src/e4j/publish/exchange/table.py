"""A quiz as rows of a table that teachers can fill in: one row a question, one line of a cell an answer.

Texts are our Markdown. A backslash keeps the signs that separate entries, and those that say something at their beginning.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from e4j.model import quiz as q
from e4j.model.envelope import MARK, seal
from e4j.model.exchange import Loss
from e4j.model.plain import item_value, settings_value
from e4j.model.table import COLUMNS, beside
from e4j.model.text import Text
from e4j.publish.exchange.losses import common_losses, settings_losses

_CARRIED = ("explain", "hints", "points", "outcome", "reread", "tags")
_LONGEST = 32_000
"""A cell of Excel holds 32,767 signs; more would be cut off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows as texts by column, and what they cannot say."""

    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    losses: tuple[Loss, ...]


def table(quiz: q.Quiz, language: str) -> Table:
    """Return the rows of a quiz, the quiz itself first."""
    losses = list(settings_losses(quiz))
    head = {"id": quiz.id, "type": "quiz", "stem": quiz.title.value}
    value = {"id": quiz.id, "title": quiz.title.value, "settings": settings_value(quiz.settings)}
    rows = [_sealed(head, seal(value, quiz.title.value))]
    for item in quiz.items:
        cells = _Row(item=item, language=language, losses=losses).build()
        rows.append(_sealed(cells, seal(item_value(item), beside(cells))))
    most = max(sum(name.startswith(MARK) for name in row) for row in rows)
    columns = (*COLUMNS, *(f"{MARK}-{number}" for number in range(2, most + 1)))
    return Table(columns=columns, rows=tuple(rows), losses=tuple(losses))


def guard(cell: str) -> str:
    """Return a cell that no program takes for a formula; reading takes the sign away again."""
    return f"'{cell}" if re.match(r"'*[=+\-@\t\r]", cell) else cell


def _sealed(cells: Mapping[str, str], envelope: str) -> Mapping[str, str]:
    parts = [envelope[at:at + _LONGEST] for at in range(0, len(envelope), _LONGEST)]
    return {**cells, **{MARK if number == 1 else f"{MARK}-{number}": part for number, part in enumerate(parts, start=1)}}


@dataclass(slots=True, kw_only=True)
class _Row:
    """One question being written."""

    item: q.Item
    language: str
    losses: list[Loss]

    def build(self) -> Mapping[str, str]:
        """Return the cells that say something."""
        item, kind = self.item, self.item.type  # type: ignore[attr-defined]
        self.losses.extend(common_losses(item, _CARRIED))
        cells = {
            "id": item.id, "type": kind, "stem": item.stem.value, **_BODIES[kind](self), "explain": item.explain.value,
            "hints": _lines(entry(hint.value) for hint in item.hints), "points": str(item.points), "outcome": item.outcome, "reread": item.reread,
            "tags": _lines(entry(tag) for tag in item.tags),
        }
        return {name: cell for name, cell in cells.items() if cell}

    def lose(self, name: str, message: str) -> None:
        """Note something that a row cannot say."""
        self.losses.append(Loss(item=self.item.id, field=name, message=message))

    def _scoring(self, usual: str) -> None:
        if self.item.scoring != usual:  # type: ignore[attr-defined]
            self.lose("scoring", "marks are counted in the usual way")

    def _normalize(self) -> None:
        if self.item.normalize != ("base",):  # type: ignore[attr-defined]
            self.lose("normalize", "spellings that we hold equal must be written one by one")

    # One method a kind: the cells options, key and feedback

    def _choice(self) -> Mapping[str, str]:
        item: Any = self.item
        if isinstance(item, q.Multiple):
            self._scoring("right-minus-wrong")
        options = item.choices if isinstance(item, q.Survey) else item.options
        if isinstance(item, q.Survey) and item.scale:
            self.lose("scale", "a scale is read as options")
        return {
            "options": _lines(("* " if option.correct else "") + entry(option.text.value) for option in options),
            "feedback": _feedback(option.feedback for option in options),
        }

    def _truefalse(self) -> Mapping[str, str]:
        item: Any = self.item
        return {"key": "true" if item.answer else "false", "feedback": _feedback((item.feedback.true, item.feedback.false))}

    def _short(self) -> Mapping[str, str]:
        item: Any = self.item
        self._normalize()
        accepted = item.accept.get(self.language, ())
        return {"key": _lines(_credit(one.credit) + entry(one.text) for one in accepted), "feedback": _feedback(one.feedback for one in accepted)}

    def _numeric(self) -> Mapping[str, str]:
        item: Any = self.item
        if item.unit:
            self.lose("unit", "the unit is left out")
        numbers = (_credit(one.credit) + one.value + (f" ± {one.tolerance}" if one.tolerance != "0" else "") for one in item.accept)
        return {"key": _lines(numbers), "feedback": _feedback(one.feedback for one in item.accept)}

    def _cloze(self) -> Mapping[str, str]:
        item: Any = self.item
        self._normalize()
        self._scoring("per-part")
        if item.distractors:
            self.lose("distractors", "words that belong nowhere are left out")
        if any(_said(gap) for gap in item.gaps.values()):
            self.lose("gaps", "what is said about single words is left out")
        lines = {name: self._gap(gap) for name, gap in item.gaps.items()}
        options = _lines(f"{name}: {text}" for name, text in lines.items() if item.gaps[name].kind != "drag")
        return {"options": options, "key": _lines(f"{name}: {text}" for name, text in lines.items() if item.gaps[name].kind == "drag")}

    def _gap(self, gap: q.Gap) -> str:
        if gap.kind == "drag":
            return entry(gap.text.value)
        if gap.kind == "choice":
            return " | ".join(("* " if one.correct else "") + entry(one.text.value) for one in gap.options)
        return " | ".join(_credit(one.credit) + entry(one.text) for one in gap.accept.get(self.language, ()))

    def _order(self) -> Mapping[str, str]:
        item: Any = self.item
        self._scoring("position")
        return {"options": _lines(entry(part.text.value) for part in item.sequence), "feedback": _feedback(part.feedback for part in item.sequence)}

    def _match(self) -> Mapping[str, str]:
        item: Any = self.item
        self._scoring("per-part")
        pairs = [f"{entry(pair.left.value)} = {entry(pair.right.value)}" for pair in item.pairs]
        extra = [f"= {entry(part.text.value)}" for part in item.distractors]
        return {"options": _lines([*pairs, *extra]), "feedback": _feedback(part.feedback for part in (*item.pairs, *item.distractors))}

    def _categorize(self) -> Mapping[str, str]:
        item: Any = self.item
        self._scoring("per-part")
        names = {category.id: category.text.value for category in item.categories}
        used = {thing.within for thing in item.things}
        things = [f"{entry(thing.text.value)} = {entry(names.get(thing.within, thing.within))}" for thing in item.things]
        unused = [f"= {entry(text)}" for name, text in names.items() if name not in used]
        return {"options": _lines([*things, *unused]), "feedback": _feedback(thing.feedback for thing in item.things)}

    def _reflect(self) -> Mapping[str, str]:
        item: Any = self.item
        if item.words != q.Words():
            self.lose("words", "how long the answer should be is left out")
        return {"key": item.model.value, "options": _lines(f"{entry(line.text.value)} ({line.points})" for line in item.rubric)}

    def _hotspot(self) -> Mapping[str, str]:
        self.lose("image", "a table has no pictures")
        self.lose("areas", "a table has no places in pictures")
        return {}

    def _scenario(self) -> Mapping[str, str]:
        self.lose("nodes", "a row cannot hold a story with ways through it")
        return {}


def entry(text: str) -> str:
    """Return one entry of a cell with several."""
    safe = re.sub(r"[\\|=]", lambda match: "\\" + match[0], " ".join(text.splitlines()))
    return "\\" + safe if re.match(r"\*|[0-9.]+ ?%", safe) else safe


def _lines(entries: Iterable[str]) -> str:
    return "\n".join(entries)


def _feedback(texts: Iterable[Text]) -> str:
    said = [entry(text.value) for text in texts]
    return "\n".join(said) if any(said) else ""


def _credit(credit: float) -> str:
    return "" if credit == 1 else f"{credit * 100:g}% "


def _said(gap: q.Gap) -> bool:
    accepted = any(one.feedback for answers in gap.accept.values() for one in answers)
    return bool(gap.feedback) or accepted or any(option.feedback for option in gap.options)


_BODIES: Mapping[str, Callable[[_Row], Mapping[str, str]]] = {
    "single": _Row._choice, "multiple": _Row._choice, "survey": _Row._choice, "truefalse": _Row._truefalse, "short": _Row._short,  # noqa: SLF001
    "numeric": _Row._numeric, "cloze": _Row._cloze, "order": _Row._order, "match": _Row._match, "categorize": _Row._categorize,  # noqa: SLF001
    "hotspot": _Row._hotspot, "reflect": _Row._reflect, "scenario": _Row._scenario,  # noqa: SLF001
}

__all__ = ["Table", "entry", "guard", "table"]
