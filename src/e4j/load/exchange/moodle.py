"""Moodle XML, from Moodle itself and from the many tools that write it."""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from e4j.load.exchange.archive import read_xml
from e4j.load.exchange.html import escape, from_html
from e4j.load.exchange.media import picture_size, safe_name
from e4j.load.exchange.moodle_cloze import read_cloze, read_words
from e4j.load.exchange.own import Draft, Head, Reading, name_parts, slug, untouched
from e4j.model.envelope import MARK, canonical_xml
from e4j.model.exchange import Import
from e4j.model.text import one_line

_BASE = frozenset({"explain", "hints", "points", "tags", "media"})
CARRIED: Mapping[str, frozenset[str]] = {
    "single": _BASE | {"options", "shuffle"}, "multiple": _BASE | {"options", "shuffle"}, "survey": _BASE | {"options", "shuffle"},
    "truefalse": _BASE | {"answer", "feedback"}, "short": _BASE | {"accept"}, "numeric": _BASE | {"accept", "unit"},
    "cloze": _BASE - {"points"} | {"gaps"}, "order": _BASE | {"sequence", "scoring"}, "match": _BASE | {"pairs", "distractors"}, "hotspot": _BASE,
    "reflect": _BASE | {"model", "words"},
}
"""What Moodle says itself about each kind as we read it."""

_SAID_BY_MOODLE = frozenset({"", "Your answer is correct.", "Your answer is partially correct.", "Your answer is incorrect."})
_HIDDEN = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)
_QUESTION = re.compile(rb"<question[\s>]")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def read(data: bytes, name: str, language: str) -> Import:
    """Read the questions of a Moodle XML file as one quiz."""
    reading = Reading(name=name, language=language, carried=CARRIED)
    root = read_xml(data, name, reading.findings)
    if root is None:
        return reading.nothing()
    if root.tag != "quiz":
        reading.add("X001", 1, f"a file of Moodle begins with <quiz>, this one with <{root.tag}>")
        return reading.nothing()
    head, drafts = Head(), []
    for element, line in zip(root.findall("question"), _lines(data, len(root.findall("question"))), strict=True):
        if element.get("type") == "category":
            _category(element, line, head, reading)
        elif (draft := _Question(element=element, line=line, reading=reading).draft()) is not None:
            drafts.append(draft)
    return reading.assemble(head, drafts)


def _lines(data: bytes, count: int) -> list[int]:
    """Return the line of each question: the parser does not tell."""
    bare = _HIDDEN.sub(lambda match: b"\n" * match[0].count(b"\n"), data)
    found: list[int] = []
    line, at = 1, 0
    for match in _QUESTION.finditer(bare):
        line += bare.count(b"\n", at, match.start())
        at = match.start()
        found.append(line)
    return found if len(found) == count else [1] * count


def _category(element: Element, line: int, head: Head, reading: Reading) -> None:
    path = (element.findtext("category/text") or "").strip()
    title = path.replace("//", "\0").rpartition("/")[2].replace("\0", "/")
    if head.title:
        reading.add("X005", line, f"the category '{title}' becomes part of the same quiz")
        return
    head.title, head.id = title, slug(element.findtext("idnumber") or "")
    head.beside, head.envelope = path, element.findtext(MARK) or ""


@dataclass(slots=True, kw_only=True)
class _Question:
    """One question being read."""

    element: Element
    line: int
    reading: Reading

    def draft(self) -> Draft | None:
        """Return what the question says; None where it is of no kind we know."""
        kind = self.element.get("type", "")
        envelope = self.element.findtext(MARK) or ""
        reader = _KINDS.get(kind)
        if reader is None:
            if not envelope and kind != "description":
                self.reading.add("X003", self.line, f"a question of the kind '{kind}' is left out")
            elif not envelope:
                self.reading.add("X004", self.line, "a text without a question is left out")
            return Draft(value=None, line=self.line, envelope=envelope, beside=canonical_xml(self.element)) if envelope else None
        self._files()
        before = len(self.reading.findings)
        value = reader(self)
        draft = Draft(value=value, line=self.line, envelope=envelope, beside=canonical_xml(self.element))
        if value is not None:
            value = draft.value = self._frame(value)
        if draft.envelope and untouched(draft):
            del self.reading.findings[before:]  # what the foreign form cannot say does not matter where ours counts
        return draft

    def note(self, code: str, message: str) -> None:
        """Note a finding about this question."""
        self.reading.add(code, self.line, message)

    def _frame(self, value: dict[str, Any]) -> dict[str, Any]:
        element = self.element
        stem, media = self._stem()
        found: dict[str, Any] = {"id": self._id(), "stem": value.pop("stem", stem) or escape(element.findtext("name/text") or "")} | value
        explain = self.text(element.find("generalfeedback"))
        found |= {name: text for name, text in (("explain", explain), ("media", media)) if text}
        hints = [hint for hint in map(self.text, element.findall("hint")) if hint]
        tags = [one_line(tag.text or "") for tag in element.findall("tags/tag/text")]
        grade = _number(element.findtext("defaultgrade") or "1")
        if value["type"] not in {"survey", "cloze"} and grade is not None and grade >= 1:
            found["points"] = round(grade)
        if grade is not None and grade % 1:
            self.note("X005", f"{grade:g} points become {found.get('points', 1)}: points are whole")
        if (element.findtext("shuffleanswers") or "").strip() in {"1", "true"} and value["type"] in {"single", "multiple", "survey"}:
            found["shuffle"] = True
        self._said_in_general()
        return found | ({"hints": hints} if hints else {}) | ({"tags": [tag for tag in tags if tag]} if tags else {})

    def _id(self) -> str:
        number = (self.element.findtext("idnumber") or "").rpartition("/")[2]
        return slug(number) or slug(self.element.findtext("name/text") or "") or f"q{self.line}"

    def _said_in_general(self) -> None:
        for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
            if self.text(self.element.find(name)) not in _SAID_BY_MOODLE:
                self.note("X004", f"what is said to every answer alike ({name}) is left out")

    def _files(self) -> None:
        for element in self.element.iter("file"):
            name = safe_name(element.get("name", ""))
            if not name:
                self.note("X004", f"the file '{element.get('name', '')}' is of a kind that is not shown")
                continue
            try:
                self.reading.files.setdefault(element.get("name", ""), b64decode("".join((element.text or "").split()), validate=True))
            except (Base64Error, ValueError):
                self.note("X004", f"the file '{name}' is not readable")

    def _stem(self) -> tuple[str, dict[str, Any]]:
        element = self.element.find("questiontext")
        html = _inner(element)
        said = from_html(html) if _is_html(element) else None
        if said is None:
            return self.text(element), {}
        media: dict[str, Any] = {}
        for address, alt in said.media:
            name = address.removeprefix("@@PLUGINFILE@@/").rpartition("/")[2].replace("%20", " ")
            if media or not address.startswith("@@PLUGINFILE@@") or name not in self.reading.files:
                self.note("X004", f"the picture or sound '{address[:60]}' is left out")
                continue
            src = safe_name(name)
            if src != name and src not in self.reading.files:
                self.reading.files[src] = self.reading.files[name]
            media = {"src": src} | ({"alt": escape(alt)} if alt else {})
        self._lost(said.lost)
        return said.text, media

    def text(self, element: Element | None) -> str:
        """Return the Markdown of an element with a text."""
        content = _inner(element)
        if element is not None and element.get("format") == "markdown":
            return one_line(content)
        if not _is_html(element):
            return escape(content)
        said = from_html(content)
        for address, _ in said.media:
            self.note("X004", f"the picture or sound '{address[:60]}' is left out")
        self._lost(said.lost)
        return said.text

    def _lost(self, names: list[str]) -> None:
        for name in names:
            self.note("X004", f"the look of <{name}> is left out; its words stay" if name in {"table", "sub", "sup"} else f"{name if ' ' in name else f'<{name}>'} is left out")

    # One method a kind

    def _choice(self) -> dict[str, Any]:
        answers = self._answers()
        shares = [share for share, _ in answers]
        if len(shares) > 1 and all(share == 100 for share in shares):
            return {"type": "survey", "options": [option for _, option in answers]}
        single = (self.element.findtext("single") or "true").strip() in {"1", "true"}
        right = [share > 0 for share in shares]
        if single:
            best = max(shares, default=0)
            right = [share == best and share > 0 and index == shares.index(best) for index, share in enumerate(shares)]
            if any(share not in {0.0, 100.0} for share in shares):
                self.note("X005", "answers count wholly or not at all; parts of a mark are left out")
        elif not _even(shares):
            self.note("X005", "every right choice counts alike, and wrong ones count against them")
        options = [option | ({"correct": True} if is_right else {}) for (_, option), is_right in zip(answers, right, strict=True)]
        return {"type": "single" if single else "multiple", "options": options}

    def _answers(self) -> list[tuple[float, dict[str, Any]]]:
        found = [(_number(one.get("fraction", "0")) or 0.0, self.text(one), self.text(one.find("feedback"))) for one in self.element.findall("answer")]
        names = name_parts([text for _, text, _ in found], "o")
        return [(share, {"id": name, "text": text} | _said(feedback)) for name, (share, text, feedback) in zip(names, found, strict=True)]

    def _truefalse(self) -> dict[str, Any]:
        said: dict[str, str] = {}
        answer = True
        for one in self.element.findall("answer"):
            word = _inner(one).strip().lower()
            if word in {"true", "false"}:
                if (_number(one.get("fraction", "0")) or 0) > 0:
                    answer = word == "true"
                said |= {word: feedback} if (feedback := self.text(one.find("feedback"))) else {}
        return {"type": "truefalse", "answer": answer} | ({"feedback": said} if said else {})

    def _short(self) -> dict[str, Any]:
        if (self.element.findtext("usecase") or "0").strip() == "1":
            self.note("X005", "capital letters do not matter")
        accepted: list[dict[str, Any]] = []
        for share, words, feedback in self._typed():
            if re.search(r"(?<!\\)\*", words):
                self.note("X004", f"the pattern '{words}' is left out")
            elif share > 0:
                text = words.replace("\\*", "*").replace("\\\\", "\\")
                accepted.append({"text": text} | _credit(share) | _said(feedback))
            else:
                self.note("X004", f"what is said to the wrong answer '{words}' is left out")
        return {"type": "short", "accept": {self.reading.language: accepted}}

    def _typed(self) -> list[tuple[float, str, str]]:
        return [
            (_number(one.get("fraction", "0")) or 0.0, one_line(_inner(one)), self.text(one.find("feedback"))) for one in self.element.findall("answer")
        ]

    def _numeric(self) -> dict[str, Any]:
        accepted: list[dict[str, Any]] = []
        for one, (share, words, feedback) in zip(self.element.findall("answer"), self._typed(), strict=True):
            tolerance = (one.findtext("tolerance") or "0").strip() or "0"
            value = _decimal(words)
            if share <= 0 or value is None:
                self.note("X004", f"what is said to the answer '{words}' is left out")
                continue
            bounds = {} if _number(tolerance) in {0.0, None} else {"tolerance": _decimal(tolerance)}
            accepted.append({"value": value} | bounds | _credit(share) | _said(feedback))
        units = [(unit.text or "").strip() for unit in self.element.findall("units/unit/unit_name")]
        if len(units) > 1:
            self.note("X004", f"only the first unit is kept, not {', '.join(units[1:])}")
        return {"type": "numeric", "accept": accepted} | ({"unit": escape(units[0])} if units else {})

    def _cloze(self) -> dict[str, Any] | None:
        return read_cloze(_inner(self.element.find("questiontext")), self.reading.language, self.note)

    def _words(self) -> dict[str, Any] | None:
        return read_words(self.element, self.text, self.note)

    def _order(self) -> dict[str, Any]:
        texts = [self.text(one) for one in self.element.findall("answer")]
        parts = [{"id": name, "text": text} for name, text in zip(name_parts(texts, "s"), texts, strict=True)]
        all_or_nothing = (self.element.findtext("gradingtype") or "").strip() == "ALL_OR_NOTHING"
        return {"type": "order", "sequence": parts} | ({"scoring": "all-or-nothing"} if all_or_nothing else {})

    def _match(self) -> dict[str, Any]:
        found = [(self.text(sub), self.text(sub.find("answer")) if sub.find("answer") is not None else "") for sub in self.element.findall("subquestion")]
        pairs = [(left, right) for left, right in found if left]
        extra = [right for left, right in found if not left and right]
        names = name_parts([left for left, _ in pairs], "p")
        result: dict[str, Any] = {
            "type": "match", "pairs": [{"id": name, "left": left, "right": right} for name, (left, right) in zip(names, pairs, strict=True)],
        }
        if extra:
            taken = {*names}
            result["distractors"] = [{"id": f"{name}-x" if name in taken else name, "text": text} for name, text in zip(name_parts(extra, "d"), extra, strict=True)]
        return result

    def _essay(self) -> dict[str, Any]:
        if self.text(self.element.find("responsetemplate")):
            self.note("X004", "the text that answers begin with is left out")
        least, most = (_number(self.element.findtext(name) or "") or 0 for name in ("minwordlimit", "maxwordlimit"))
        words = ({"min": int(least)} if least >= 1 else {}) | ({"max": int(most)} if most >= 1 else {})
        return {"type": "reflect", "model": self.text(self.element.find("graderinfo"))} | ({"words": words} if words else {})

    def _marker(self) -> dict[str, Any] | None:
        file = self.element.find("file")
        name = "" if file is None else file.get("name", "")
        if len(self.element.findall("drag")) != 1 or name not in self.reading.files:
            self.note("X003", "a picture with several markers, or without its file, is left out")
            return None
        src = safe_name(name)
        data = self.reading.files.setdefault(src, self.reading.files[name])
        width, height = picture_size(src, data)
        areas = [area for number, drop in enumerate(self.element.findall("drop"), start=1) if (area := _area(drop, number)) is not None]
        if not (width and height and areas):
            self.note("X003", "a picture whose size or right place is not known is left out")
            return None
        self.note("X005", "only right places are known; add wrong ones, their labels and a description of the picture")
        return {"type": "hotspot", "image": {"src": src, "width": width, "height": height, "alt": ""}, "areas": areas}


def _area(drop: Element, number: int) -> dict[str, Any] | None:
    shape = {"rectangle": "rect", "circle": "circle", "polygon": "poly"}.get((drop.findtext("shape") or "").strip().lower())
    numbers = [int(float(one)) for one in re.findall(r"-?[0-9]{1,6}(?:\.[0-9]+)?", drop.findtext("coords") or "")]
    if shape is None or len(numbers) < 3:
        return None
    if shape == "rect" and len(numbers) == 4:
        numbers = [numbers[0], numbers[1], numbers[0] + numbers[2], numbers[1] + numbers[3]]
    return {"id": f"r{number}", "shape": shape, "coords": numbers, "label": str(number), "correct": True}


def _inner(element: Element | None) -> str:
    if element is None:
        return ""
    text = element.find("text")
    return (text.text or "") if text is not None else (element.text or "").strip()


def _is_html(element: Element | None) -> bool:
    return element is None or element.get("format", "html") in {"html", "moodle_auto_format"}


def _number(text: str) -> float | None:
    words = text.strip().replace(",", ".")
    return float(words) if _NUMBER.fullmatch(words) and len(words) < 40 else None


def _decimal(text: str) -> str | None:
    """Return a decimal number as we write it; Moodle also allows a comma and an exponent."""
    words = text.strip().replace(",", ".").removeprefix("+")
    if _NUMBER.fullmatch(words):
        return words
    match = re.fullmatch(r"(-?[0-9]*\.?[0-9]+)[eE]([-+]?[0-9]{1,2})", words)
    return f"{float(words):f}".rstrip("0").rstrip(".") if match else f"0{words}" if re.fullmatch(r"\.[0-9]+", words) else None


def _even(shares: list[float]) -> bool:
    right = [share for share in shares if share > 0]
    wrong = [share for share in shares if share <= 0]
    each = 100 / len(right) if right else 0
    return all(abs(share - each) < 0.5 for share in right) and all(abs(share + each) < 0.5 for share in wrong)


def _credit(share: float) -> dict[str, Any]:
    return {} if share >= 100 else {"credit": round(share / 100, 7)}


def _said(feedback: str) -> dict[str, Any]:
    return {"feedback": feedback} if feedback else {}


_KINDS: Mapping[str, Callable[[_Question], dict[str, Any] | None]] = {
    "multichoice": _Question._choice, "truefalse": _Question._truefalse, "shortanswer": _Question._short, "numerical": _Question._numeric,  # noqa: SLF001
    "cloze": _Question._cloze, "multianswer": _Question._cloze, "gapselect": _Question._words, "ddwtos": _Question._words,  # noqa: SLF001
    "ordering": _Question._order, "matching": _Question._match, "ddmatch": _Question._match, "essay": _Question._essay,  # noqa: SLF001
    "ddmarker": _Question._marker,  # noqa: SLF001
}

__all__ = ["CARRIED", "read"]
