"""Questions of jupyterquiz: a list in JSON."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from e4j.load.exchange.html import escape, from_html
from e4j.load.exchange.own import Draft, Head, Reading, name_parts, slug, untouched
from e4j.model.exchange import Import
from e4j.model.text import one_line

CARRIED: Mapping[str, frozenset[str]] = {
    "single": frozenset({"options"}), "multiple": frozenset({"options"}), "truefalse": frozenset({"answer", "feedback"}), "short": frozenset({"accept"}),
    "numeric": frozenset({"accept"}),
}
"""What jupyterquiz says itself about each kind as we read it."""

_WIDEST = 1e12
_ROUNDED = Decimal("0.000001")
Value = dict[str, Any]


def read(data: bytes, name: str, language: str) -> Import:
    """Read a file of questions as one quiz."""
    reading = Reading(name=name, language=language, carried=CARRIED)
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        reading.add("X001", getattr(error, "lineno", 1), "not readable as JSON")
        return reading.nothing()
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        reading.add("X001", 1, "a file of jupyterquiz is a list of questions")
        return reading.nothing()
    drafts = [_draft(one, at, reading) for at, one in enumerate(found, 1)]
    head, lost = _first(found)
    kept = [draft for draft in drafts if draft is not None]
    for at, envelope in sorted(lost.items()):
        kept.insert(min(at, len(kept)), Draft(value=None, line=1, envelope=envelope))
    if not kept:
        if not reading.findings:
            reading.add("X001", 1, "there is no question in the file")
        return reading.nothing()
    return reading.assemble(head, kept)


def _first(found: list[Value]) -> tuple[Head, dict[int, str]]:
    """Return what our own form says of the quiz, and the items that jupyterquiz has no question for, by their places."""
    for one in found:
        ours = one.get("e4j")
        if isinstance(ours, dict) and isinstance(ours.get("quiz"), dict):
            lost = ours.get("lost")
            places = lost.items() if isinstance(lost, dict) else ()
            kept = {int(at): _sealed(value) for at, value in places if at.isdecimal() and len(at) < 5 and isinstance(value, dict)}
            return Head(envelope=_text(ours["quiz"])), kept
    return Head(), {}


def _sealed(value: Value) -> str:
    return _text({"v": 1, "digest": "", "value": value})


def _text(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""


def _draft(one: Value, at: int, reading: Reading) -> Draft | None:
    ours = one.get("e4j")
    bare = {name: value for name, value in one.items() if name != "e4j"}
    envelope = _text({name: ours[name] for name in ("v", "digest", "value") if name in ours}) if isinstance(ours, dict) else ""
    draft = Draft(value=None, line=1, envelope=envelope, beside=_canonical(bare))
    before = len(reading.findings)
    question = _Question(value=bare, language=reading.language, note=lambda code, message: reading.add(code, 1, f"question {at}: {message}"))
    draft.value = question.read()
    if untouched(draft):
        del reading.findings[before:]
    return draft if draft.value is not None or envelope else None


def _canonical(value: Value) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, sort_keys=True)
    except (ValueError, RecursionError):
        return ""


def _words(value: Any) -> str:
    return from_html(value).text if isinstance(value, str) else ""


def _said(answer: Value) -> Value:
    feedback = _words(answer.get("feedback"))
    return {"feedback": feedback} if feedback else {}


@dataclass(slots=True, kw_only=True)
class _Question:
    """One question being read."""

    value: Value
    language: str
    note: Callable[[str, str], None]

    def read(self) -> Value | None:
        """Return the question; None where it is none of our kinds, with a finding."""
        kind = self.value.get("type")
        reader = {"multiple_choice": self._choice, "many_choice": self._choice, "numeric": self._numeric, "string": self._string}.get(str(kind))
        answers = [one for one in self.value.get("answers", ()) if isinstance(one, dict)] if isinstance(self.value.get("answers"), list) else []
        made = reader(answers) if reader else None
        if made is None:
            self.note("X003", f"the kind '{str(kind)[:60]}'" if reader is None else "its right answer is missing")
            return None
        if self.value.get("code"):
            self.note("X004", "the program text is left out")
        stem = _words(self.value.get("question")) or "…"
        return {"id": slug(stem) or "q", "stem": stem} | made

    def _choice(self, answers: list[Value]) -> Value | None:
        texts = [_words(one.get("answer")) or escape(str(one.get("code", ""))) for one in answers]
        right = [one.get("correct") is True for one in answers]
        if len(texts) < 2 or not any(right):
            return None
        options = [
            {"id": name, "text": text} | ({"correct": True} if is_right else {}) | _said(one)
            for name, text, is_right, one in zip(name_parts(texts, "o"), texts, right, answers, strict=True)
        ]
        if self.value["type"] == "many_choice":
            return {"type": "multiple", "options": options}
        if sum(right) > 1:
            self.note("X005", "several answers are right, so several can be chosen")
        return {"type": "multiple" if sum(right) > 1 else "single", "options": options}

    def _string(self, answers: list[Value]) -> Value | None:
        accepted: list[Value] = []
        for one in answers:
            text = one_line(one["answer"]) if isinstance(one.get("answer"), str) else ""
            if text and one.get("correct") is True:
                accepted.append({"text": text} | _said(one))
                if one.get("match_case") is True or one.get("fuzzy_threshold"):
                    self.note("X005", f"'{text[:40]}' has to be written as it is, capitals apart")
            elif _said(one):
                self.note("X004", "what is said to wrong answers is left out")
        return {"type": "short", "accept": {self.language: accepted}} if accepted else None

    def _numeric(self, answers: list[Value]) -> Value | None:
        accepted: list[Value] = []
        for one in answers:
            found = self._number(one) if one.get("correct") is True else None
            if found is not None:
                accepted.append(found | _said(one))
            elif _said(one):
                self.note("X004", "what is said to wrong answers is left out")
        if self.value.get("precision"):
            self.note("X005", "answers are not rounded before they are compared")
        return {"type": "numeric", "accept": accepted} if accepted else None

    def _number(self, one: Value) -> Value | None:
        ends = one.get("range")
        if one.get("type") == "range" and isinstance(ends, list) and len(ends) == 2 and all(map(_finite, ends)):
            low, high = (Decimal(str(end)) for end in ends)
            around = ((high - low) / 2).quantize(_ROUNDED)
            return {"value": _decimal((low + high).quantize(_ROUNDED) / 2), "tolerance": _decimal(abs(around))}
        return {"value": _decimal(Decimal(str(one["value"])))} if _finite(one.get("value")) else None


def _finite(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value) and abs(value) < _WIDEST


def _decimal(value: Decimal) -> str:
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


__all__ = ["CARRIED", "read"]
