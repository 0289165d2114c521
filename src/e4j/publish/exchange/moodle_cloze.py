"""Gaps of a sentence in Moodle's own notation: `{1:SHORTANSWER:=corrupt#Yes~%50%bent}`."""

import re
from collections.abc import Callable
from html import escape

from e4j.model import quiz as q
from e4j.model.text import Text
from e4j.publish.exchange.fractions import grade
from e4j.publish.exchange.writer import Writer

GAP = re.compile(r"\{\{([^{}]+)\}\}")
_SIGNS = re.compile(r'[\\#~/"{}=%]')


def cloze_text(html: str, item: q.Cloze, language: str, writer: Writer, lose: Callable[[str, str], None]) -> str:
    """Return the stem with every gap in Moodle's notation."""
    named = GAP.findall(html)
    if set(named) != set(item.gaps) or len(named) != len(item.gaps):
        lose("gaps", "only gaps that stand once in the sentence can be filled")
    if any(gap.kind == "drag" for gap in item.gaps.values()):
        lose("gaps", "words to drag are chosen from lists")
    if item.scoring == "all-or-nothing":
        lose("scoring", "each gap counts on its own")
    if item.normalize != ("base",):
        lose("normalize", "spellings that we hold equal must be written one by one")
    if item.points != len(item.gaps):
        lose("points", "the question counts one point a gap")
    return GAP.sub(lambda match: _gap(item, match[1], language, writer, lose) if match[1] in item.gaps else match[0], html)


def _gap(item: q.Cloze, name: str, language: str, writer: Writer, lose: Callable[[str, str], None]) -> str:
    gap = item.gaps[name]
    if gap.kind == "text":
        answers = [_answer(_share(one.credit, lose), escape(one.text, quote=False), one.feedback, writer) for one in gap.accept.get(language, ())]
        return "{1:SHORTANSWER:" + "~".join(answers) + "}"
    if gap.kind == "choice":
        answers = [_answer("=" if one.correct else "", writer.html(one.text), one.feedback, writer) for one in gap.options]
        return "{1:MULTICHOICE:" + "~".join(answers) + "}"
    return "{1:MULTICHOICE_S:" + "~".join(_tokens(item, name, writer)) + "}"


def _tokens(item: q.Cloze, name: str, writer: Writer) -> list[str]:
    drags = [(key == name, gap.text, gap.feedback) for key, gap in item.gaps.items() if gap.kind == "drag"]
    others = [(False, part.text, part.feedback) for part in item.distractors]
    return [_answer("=" if right else "", writer.html(text), feedback, writer) for right, text, feedback in (*drags, *others)]


def _share(credit: float, lose: Callable[[str, str], None]) -> str:
    share, exact = grade(credit * 100)
    if not exact:
        lose("gaps", f"Moodle knows no share of {credit * 100:g} %; the nearest is {share} %")
    return "=" if share == "100" else f"%{share}%"


def _answer(share: str, html: str, feedback: Text, writer: Writer) -> str:
    said = "#" + _safe(writer.html(feedback)) if feedback else ""
    return f"{share}{_safe(html)}{said}"


def _safe(html: str) -> str:
    return _SIGNS.sub(lambda match: "\\" + match[0], html)


__all__ = ["GAP", "cloze_text"]
