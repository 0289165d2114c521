"""GIFT, the text form of Moodle that people write by hand.

What a question cannot say stands in comments before it: `[id:…]` and `[tag:…]`, which Moodle reads, and our own form.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from e4j.model import quiz as q
from e4j.model.envelope import MARK, seal
from e4j.model.exchange import Export, Loss
from e4j.model.plain import item_value, settings_value
from e4j.model.text import Text, one_line
from e4j.publish.exchange.fractions import grade
from e4j.publish.exchange.losses import common_losses, settings_losses
from e4j.publish.exchange.moodle_cloze import GAP
from e4j.publish.exchange.writer import Writer

_SIGNS: dict[str, str | int | None] = {sign: f"\\{sign}" for sign in "\\~=#{}:"}
_ESCAPES = str.maketrans(_SIGNS)
_DESCRIBED = frozenset({"hotspot", "scenario"})
_UNSAID: Mapping[str, tuple[str, ...]] = {"hotspot": ("image", "areas"), "scenario": ("nodes",), "cloze": ("gaps",)}


def export(quiz: q.Quiz, language: str, writer: Writer) -> Export:
    """Return the quiz as one GIFT file."""
    losses = list(settings_losses(quiz))
    title = one_line(writer.plain(quiz.title))
    head = {"id": quiz.id, "title": quiz.title.value, "settings": settings_value(quiz.settings)}
    blocks = [f"// [{MARK}:{seal(head, title)}]\n$CATEGORY: {title}"]
    for item in quiz.items:
        blocks.append(_Question(quiz=quiz, item=item, language=language, writer=writer, losses=losses).build())
    return Export(files={f"{quiz.id}.gift": ("\n\n".join(blocks) + "\n").encode()}, losses=tuple(losses))


def safe(text: str) -> str:
    """Escape the signs of GIFT; a text is one line."""
    return one_line(text).translate(_ESCAPES)


@dataclass(slots=True, kw_only=True)
class _Question:
    """One question being written."""

    quiz: q.Quiz
    item: q.Item
    language: str
    writer: Writer
    losses: list[Loss]

    def build(self) -> str:
        """Return the comments and the question."""
        item, kind = self.item, self.item.type  # type: ignore[attr-defined]
        described = kind in _DESCRIBED or (isinstance(item, q.Cloze) and len(GAP.findall(item.stem.value)) != 1)
        self.losses.extend(common_losses(item, {"tags"} if described else {"tags", "explain"}))
        if described:
            self.lose("type", "it is a text without a question")
            body = f"[html]{safe(GAP.sub('_____', self.writer.html(item.stem)))}"
            self._described()
        elif isinstance(item, q.Cloze):
            body = self._missing_word(item)
        else:
            body = f"[html]{self.html(item.stem)}{{{self._answers(kind)}}}"
        question = f"::{safe(item.id)}::{body}"
        marks = "".join(f" [tag:{one_line(tag)}]" for tag in item.tags if not set(tag) & set("[]\n"))
        return f"// [id:{self.quiz.id}/{item.id}]{marks}\n// [{MARK}:{seal(item_value(item), question)}]\n{question}"

    def lose(self, name: str, message: str) -> None:
        """Note something that GIFT cannot say."""
        self.losses.append(Loss(item=self.item.id, field=name, message=message))

    def html(self, text: Text) -> str:
        """Return a text in HTML, safe in GIFT."""
        return safe(self.writer.html(text))

    def _answers(self, kind: str) -> str:
        lines = [*_BODIES[kind](self)]
        explain = self.html(self.item.explain)
        return "".join(f"\n{line}" for line in (*lines, *([f"####{explain}"] if explain else []))) + ("\n" if lines or explain else "")

    def _line(self, mark: str, text: str, feedback: Text) -> str:
        return f"{mark}{text}" + (f"#{self.html(feedback)}" if feedback else "")

    # One method a kind: the lines between the braces

    def _single(self) -> Iterable[str]:
        item: Any = self.item
        return [self._line("=" if option.correct else "~", self.html(option.text), option.feedback) for option in item.options]

    def _multiple(self) -> Iterable[str]:
        item: Any = self.item
        right = sum(option.correct for option in item.options) or 1
        share, exact = grade(100 / right)
        if item.scoring != "right-minus-wrong" or not exact:
            self.lose("scoring", f"each right choice counts {share} %, each wrong one as much against it")
        return [self._line(f"~%{'' if option.correct else '-'}{share}%", self.html(option.text), option.feedback) for option in item.options]

    def _survey(self) -> Iterable[str]:
        item: Any = self.item
        self.lose("type", "GIFT has no question without a key: every answer counts as right")
        return [self._line("~%100%", self.html(option.text), option.feedback) for option in item.choices]

    def _truefalse(self) -> Iterable[str]:
        item: Any = self.item
        right, wrong = (item.feedback.true, item.feedback.false) if item.answer else (item.feedback.false, item.feedback.true)
        said = f"#{self.html(wrong)}#{self.html(right)}" if right else f"#{self.html(wrong)}" if wrong else ""
        return [("TRUE" if item.answer else "FALSE") + said]

    def _short(self) -> Iterable[str]:
        item: Any = self.item
        if item.normalize != ("base",):
            self.lose("normalize", "spellings that we hold equal must be written one by one")
        return self._typed(item.accept.get(self.language, ()), "accept")

    def _typed(self, accepted: Iterable[q.AcceptedText], name: str) -> list[str]:
        return [self._line(f"={self._share(one.credit, name)}", safe(one.text.replace("*", "\\*")), one.feedback) for one in accepted]

    def _share(self, credit: float, name: str) -> str:
        share, exact = grade(credit * 100)
        if not exact:
            self.lose(name, f"Moodle knows no share of {credit * 100:g} %; the nearest is {share} %")
        return f"%{share}%"

    def _numeric(self) -> Iterable[str]:
        item: Any = self.item
        if item.unit:
            self.lose("unit", "the unit is left out")
        lines = [self._line(f"={self._share(one.credit, 'accept')}", f"{one.value}:{one.tolerance}", one.feedback) for one in item.accept]
        return ["#", *lines]

    def _order(self) -> Iterable[str]:
        item: Any = self.item
        self.lose("type", "only Moodle with its ordering questions reads it")
        if any(part.feedback for part in item.sequence):
            self.lose("sequence", "what is said about single steps is left out")
        grading = "ABSOLUTE_POSITION" if item.scoring == "position" else "ALL_OR_NOTHING"
        return [f">{max(2, len(item.sequence))} ALL VERTICAL {grading} SHOW", *(re.sub("^//", "&\\\\#47;/", self.html(part.text)) for part in item.sequence)]

    def _match(self) -> Iterable[str]:
        item: Any = self.item
        if any(part.feedback for part in (*item.pairs, *item.distractors)):
            self.lose("pairs", "what is said about single pairs is left out")
        return self._pairs([(pair.left, pair.right) for pair in item.pairs], [part.text for part in item.distractors])

    def _categorize(self) -> Iterable[str]:
        item: Any = self.item
        self.lose("type", "it is a question of matching")
        if any(thing.feedback for thing in item.things):
            self.lose("things", "what is said about single things is left out")
        names = {category.id: category.text for category in item.categories}
        used = {thing.within for thing in item.things}
        pairs = [(thing.text, names.get(thing.within, Text(value=thing.within))) for thing in item.things]
        return self._pairs(pairs, [text for name, text in names.items() if name not in used])

    def _pairs(self, pairs: list[tuple[Text, Text]], extra: list[Text]) -> list[str]:
        if self.item.scoring == "all-or-nothing":  # type: ignore[attr-defined]
            self.lose("scoring", "each pair counts on its own")
        known = [f"={self.html(left)} -> {self._right(right)}" for left, right in pairs]
        return known + [f"= -> {self._right(text)}" for text in extra]

    def _right(self, text: Text) -> str:
        return safe(self.writer.plain(text).replace("->", "→"))

    def _reflect(self) -> Iterable[str]:
        item: Any = self.item
        self.lose("model", "the model answer is left out")
        if item.rubric:
            self.lose("rubric", "the rubric is left out")
        if item.words != q.Words():
            self.lose("words", "how long the answer should be is left out")
        return []

    def _missing_word(self, item: q.Cloze) -> str:
        name, gap = next(iter(item.gaps.items()))
        before, _, after = self.writer.html(item.stem).partition(f"{{{{{name}}}}}")
        if item.normalize != ("base",):
            self.lose("normalize", "spellings that we hold equal must be written one by one")
        if gap.kind == "text":
            lines = self._typed(gap.accept.get(self.language, ()), "gaps")
        elif gap.kind == "choice":
            lines = [self._line("=" if one.correct else "~", self.html(one.text), one.feedback) for one in gap.options]
        else:
            self.lose("gaps", "words to drag are chosen from a list")
            lines = [self._line("=", self.html(gap.text), gap.feedback), *(self._line("~", self.html(part.text), part.feedback) for part in item.distractors)]
        explain = self.html(item.explain)
        tail = f"\n####{explain}" if explain else ""
        return f"[html]{safe(before)} {{" + "".join(f"\n{line}" for line in lines) + tail + f"\n}} {safe(after)}"

    def _described(self) -> None:
        for name in _UNSAID[self.item.type]:  # type: ignore[attr-defined]
            self.lose(name, "it is left out")


_BODIES: Mapping[str, Callable[[_Question], Iterable[str]]] = {
    "single": _Question._single, "multiple": _Question._multiple, "truefalse": _Question._truefalse, "short": _Question._short,  # noqa: SLF001
    "numeric": _Question._numeric, "order": _Question._order, "match": _Question._match, "categorize": _Question._categorize,  # noqa: SLF001
    "survey": _Question._survey, "reflect": _Question._reflect,  # noqa: SLF001
}

__all__ = ["export", "safe"]
