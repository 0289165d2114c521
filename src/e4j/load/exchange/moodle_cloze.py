"""Sentences with gaps in Moodle: its notation `{1:SHORTANSWER:=corrupt#Yes}`, and words to choose or drag as `[[1]]`."""

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from xml.etree.ElementTree import Element

from e4j.load.exchange.html import from_html
from e4j.load.exchange.own import name_parts
from e4j.model.text import one_line

Note = Callable[[str, str], None]
_OPEN = re.compile(r"\{([0-9]*):([A-Z_]+):")
_TEXT = frozenset({"SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC", "NUMERICAL", "NM"})
_CHOICE = re.compile(r"(MULTICHOICE|MC)(_?[VHS]{1,2})?|MULTIRESPONSE(_[HS]{1,2})?|MR[HS]{0,2}")
_SHARE = re.compile(r"\s*(?:=|%(-?[0-9]+(?:\.[0-9]+)?)%)")
_TAG = re.compile(r"<[^>]*>")
_HOLD = "\ue000{}\ue001"
_HELD = re.compile("\ue000([0-9]+)\ue001")


def read_cloze(html: str, language: str, note: Note) -> dict[str, Any] | None:
    """Return the gaps and the stem of a sentence in Moodle's notation; None, with the reason noted, where it cannot be one of ours."""
    text = html.replace("\ue000", "").replace("\ue001", "")
    gaps: dict[str, Any] = {}
    parts: list[str] = []
    at = 0
    for match in _OPEN.finditer(text):
        if match.start() < at:
            continue
        end = _end(text, match.end())
        if end < 0:
            note("X001", f"the gap that begins with {match[0]!r} has no end")
            return None
        gap = _gap(match[2], text[match.end():end], language, note)
        if gap is None:
            note("X003", f"a gap of the kind '{match[2]}' cannot be asked, so the question is left out")
            return None
        name = str(len(gaps) + 1)
        gaps[name] = gap
        parts += [text[at:match.start()], _HOLD.format(name)]
        at = end + 1
    if not gaps:
        note("X001", "a sentence without gaps is left out")
        return None
    return {"type": "cloze", "stem": _stem("".join([*parts, text[at:]])), "gaps": gaps}


def _stem(html: str) -> str:
    return _HELD.sub(lambda match: "{{" + match[1] + "}}", from_html(html).text)


def _end(text: str, at: int) -> int:
    while at < len(text) and text[at] != "}":
        at += 2 if text[at] == "\\" else 1
    return at if at < len(text) else -1


def split_bare(text: str, sign: str) -> list[str]:
    """Split at a sign that has no backslash before it."""
    return re.split(rf"(?<!\\){re.escape(sign)}", text)


def _gap(kind: str, body: str, language: str, note: Note) -> dict[str, Any] | None:
    answers = [_answer(part, plain=kind in _TEXT) for part in split_bare(body, "~")]
    if kind in _TEXT:
        accepted = []
        for share, text, feedback in answers:
            words, _, tolerance = text.partition(":") if kind in {"NUMERICAL", "NM"} else (text, "", "")
            if tolerance.strip() not in {"", "0"}:
                note("X005", f"the gap takes exactly {words}, without a tolerance of {tolerance}")
            if share <= 0 or words == "*":
                note("X004", f"what is said to the wrong answer '{words}' in a gap is left out")
                continue
            accepted.append({"text": words} | ({"credit": share / 100} if share < 100 else {}) | ({"feedback": feedback} if feedback else {}))
        return {"kind": "text", "accept": {language: accepted}}
    if not _CHOICE.fullmatch(kind) or sum(share > 0 for share, _, _ in answers) != 1:
        return None
    names = name_parts([text for _, text, _ in answers], "o")
    options = [
        {"id": name, "text": text} | ({"correct": True} if share > 0 else {}) | ({"feedback": feedback} if feedback else {})
        for name, (share, text, feedback) in zip(names, answers, strict=True)
    ]
    return {"kind": "choice", "options": options}


def _answer(part: str, *, plain: bool) -> tuple[float, str, str]:
    match = _SHARE.match(part)
    share = 0.0 if match is None else float(match[1]) if match[1] else 100.0
    words, *feedback = split_bare(part[match.end():] if match else part, "#")
    text = unescape(_TAG.sub("", _bare(words))) if plain else from_html(_bare(words)).text
    return share, one_line(text), from_html(_bare("#".join(feedback))).text


def _bare(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def read_words(element: Element, text_of: Callable[[Element | None], str], note: Note) -> dict[str, Any] | None:
    """Return a sentence whose gaps `[[1]]` are filled from lists (gapselect) or by dragging (ddwtos)."""
    drag = element.get("type") == "ddwtos"
    words = [(from_html(one.findtext("text") or "").text, (one.findtext("group") or "1").strip()) for one in element.findall("dragbox" if drag else "selectoption")]
    html = (element.findtext("questiontext/text") or "").replace("\ue000", "").replace("\ue001", "")
    used = re.findall(r"\[\[([0-9]{1,3})\]\]", html)
    if not used or any(not 0 < int(number) <= len(words) for number in used):
        note("X001", "a sentence whose gaps and words do not fit together is left out")
        return None
    gaps: dict[str, Any] = {}
    for place, number in enumerate(used, start=1):
        right, group = words[int(number) - 1]
        html = html.replace(f"[[{number}]]", _HOLD.format(place), 1)
        if drag:
            gaps[str(place)] = {"kind": "drag", "text": right}
            continue
        choices = [text for text, other in words if other == group]
        options = [{"id": name, "text": text} | ({"correct": True} if text == right else {}) for name, text in zip(name_parts(choices, "o"), choices, strict=True)]
        gaps[str(place)] = {"kind": "choice", "options": options}
    found: dict[str, Any] = {"type": "cloze", "stem": _stem(html), "gaps": gaps}
    rest = [text for number, (text, _) in enumerate(words, start=1) if str(number) not in used] if drag else []
    if rest:
        found["distractors"] = [{"id": f"d{number}", "text": text} for number, text in enumerate(rest, start=1)]
    return found


__all__ = ["read_cloze", "read_words", "split_bare"]
