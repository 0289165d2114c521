"""The short form for teachers: a quiz as one Markdown page.

A heading of the second level with an id is a question, a task list its options, `Answer:` what to write, and `Hint:`, `Explain:` and
`Reread:` say the rest. It becomes the same model as YAML, and every mistake is found at its line.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from e4j.load.decode import decode
from e4j.load.exchange.own import Draft, Reading, name_parts
from e4j.load.yaml import Str, read_yaml
from e4j.model import quiz as q
from e4j.model.codes import finding
from e4j.model.exchange import Import
from e4j.model.text import EMPTY, Text, one_line

_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*(?:\{#([^}\s]*)\})?\s*#*\s*")
_LABEL = re.compile(r"(Answer|Order|Hint|Explain|Reread|Points|Outcome|Tags|Unit|Model|Words|Picture|If true|If false):\s*(.*)", re.IGNORECASE)
_TRUTH = re.compile(r"(true|false)\.?", re.IGNORECASE)
_ENTRY = re.compile(r"[-*+]\s+(?:\[([ xX])\]\s*)?(.*)")
_STEP = re.compile(r"[0-9]{1,3}[.)]\s+(.*)")
_SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?%\s+")
_NUMBER = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(?:\s*(?:±|\+/-|\+-)\s*([0-9]+(?:\.[0-9]+)?))?")
_ONCE = frozenset({"explain", "reread", "points", "outcome", "tags", "unit", "model", "words", "picture", "if true", "if false", "order"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Front:
    """What stands between the two lines of `---`."""

    id: str
    title: Text = EMPTY
    settings: q.Settings = field(default_factory=q.Settings)


@dataclass(slots=True, kw_only=True)
class _Entry:
    """A line of a list: its box (None: it has none), its words and what is said about it."""

    line: int
    words: str
    box: bool | None = None

    def split(self) -> tuple[str, dict[str, Any]]:
        """Return words and feedback, which stands after ` > `."""
        words, mark, feedback = re.sub(r"\\>", "\ue020", self.words).partition(" > ")
        said = one_line(feedback.replace("\ue020", ">"))
        text = Str(one_line(words.replace("\ue020", ">")), self.line)
        return text, {"feedback": said} if mark and said else {}


@dataclass(slots=True, kw_only=True)
class _Part:
    """A question as lines: its heading, the text below it, its labels and its lists."""

    line: int
    id: str
    stem: list[str] = field(default_factory=list)
    labels: list[tuple[str, int, str]] = field(default_factory=list)
    truth: tuple[int, bool] | None = None
    entries: list[_Entry] = field(default_factory=list)
    steps: list[_Entry] = field(default_factory=list)

    def one(self, name: str) -> str:
        """Return what follows a label, or nothing."""
        return next((one_line(text) for label, _, text in self.labels if label == name), "")

    def at(self, name: str) -> int:
        """Return the line of a label."""
        return next((line for label, line, _ in self.labels if label == name), self.line)


def read(data: bytes, name: str, language: str) -> Import:
    """Read a quiz in the short form."""
    reading = Reading(name=name, language=language, carried={})
    try:
        lines = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    except UnicodeDecodeError:
        reading.add("C002", 1, "the file is not UTF-8")
        return reading.nothing()
    front, start = _front(lines, reading)
    if front is None:
        return reading.nothing()
    parts = _parts(lines, start, reading)
    drafts = [Draft(value=value, line=part.line) for part in parts if (value := _Question(part=part, reading=reading).value()) is not None]
    made = reading.assemble_items(drafts)
    quiz = q.Quiz(id=front.id, title=front.title or Text(value=front.id), settings=front.settings, items=made, path=name)
    return Import(quiz=quiz, findings=tuple(reading.findings), media={})


def _front(lines: list[str], reading: Reading) -> tuple[_Front | None, int]:
    if lines[0].strip() != "---" or "---" not in [line.strip() for line in lines[1:]]:
        reading.add("M011", 1, "the quiz has no front matter", "Begin the file with --- and id and title, and end them with ---.")
        return None, 0
    end = next(number for number, line in enumerate(lines[1:], start=1) if line.strip() == "---")
    document = read_yaml("\n".join(lines[1:end]), reading.name, reading.findings, first_line=2)
    if document is None:
        return None, 0
    if isinstance(document.value, dict):
        document.value.pop("schema", None)
    return decode(document, _Front, reading.name, reading.findings), end + 1


def _parts(lines: list[str], start: int, reading: Reading) -> list[_Part]:
    cutting = _Cutting(reading=reading)
    for number, line in enumerate(lines[start:], start=start + 1):
        cutting.add(number, line)
    return cutting.parts


@dataclass(slots=True, kw_only=True)
class _Cutting:
    """Lines becoming questions. `last` goes on with an indented line."""

    reading: Reading
    parts: list[_Part] = field(default_factory=list)
    last: Callable[[str], None] | None = None

    def add(self, number: int, line: str) -> None:
        bare = line.strip()
        if not bare:
            return
        heading = _HEADING.fullmatch(bare)
        if heading:
            self._heading(number, heading)
        elif not self.parts:
            self.reading.add("X001", number, "a text before the first question", "Begin each question with ## and end its heading with an id: {#my-question}.")
        elif line[:1] in {" ", "\t"} and self.last and not _ENTRY.fullmatch(bare):
            self.last(bare)
        else:
            self._line(number, bare, self.parts[-1])

    def _heading(self, number: int, heading: re.Match[str]) -> None:
        self.last = None
        if heading[1] != "##":
            self.reading.add("M008", number, f"a heading of level {len(heading[1])}", "Questions begin with ##; there are no other headings.")
            return
        if not heading[3]:
            self.reading.add("M007", number, f"the question '{heading[2][:60]}' has no id")
        self.parts.append(_Part(line=number, id=heading[3] or f"q{number}", stem=[heading[2]]))

    def _line(self, number: int, bare: str, part: _Part) -> None:
        if label := _LABEL.fullmatch(bare):
            self._label(number, label[1].lower(), label[2], part)
        elif entry := _ENTRY.fullmatch(bare):
            part.entries.append(_Entry(line=number, words=entry[2], box=None if entry[1] is None else entry[1] != " "))
            self.last = _more(part.entries[-1])
        elif any(label == "order" for label, _, _ in part.labels) and (step := _STEP.fullmatch(bare)):
            part.steps.append(_Entry(line=number, words=step[1]))
            self.last = _more(part.steps[-1])
        elif (truth := _TRUTH.fullmatch(bare)) and part.truth is None:
            part.truth = (number, truth[1].lower() == "true")
        elif part.entries or part.labels or part.truth:
            self.reading.add("X001", number, f"this line belongs to nothing: '{bare[:60]}'", "Text of the question stands right below its heading; other lines begin with a label such as Explain:.")
        else:
            part.stem.append(bare)

    def _label(self, number: int, name: str, text: str, part: _Part) -> None:
        if name in _ONCE and any(label == name for label, _, _ in part.labels):
            self.reading.add("X001", number, f"'{name.capitalize()}:' comes twice in this question", "Put it into one line, or indent the lines that go on.")
            return
        part.labels.append((name, number, text))
        at = len(part.labels) - 1

        def go_on(more: str) -> None:
            label, line, before = part.labels[at]
            part.labels[at] = (label, line, f"{before} {more}")

        self.last = go_on


def _more(entry: _Entry) -> Callable[[str], None]:
    def go_on(text: str) -> None:
        entry.words = f"{entry.words} {text}"

    return go_on


class _Mistake(Exception):
    """What is wrong with a question, and where."""

    def __init__(self, line: int, message: str, hint: str = "", code: str = "X001") -> None:
        super().__init__(message)
        self.line, self.hint, self.code = line, hint, code


@dataclass(slots=True, kw_only=True)
class _Question:
    """One question becoming plain values."""

    part: _Part
    reading: Reading

    def value(self) -> dict[str, Any] | None:
        """Return the question in the form of our sources; None where a mistake was found."""
        part = self.part
        before = len(self.reading.findings)
        value: dict[str, Any] = {}
        for step in (self._answer, self._common):
            try:
                value |= step()
            except _Mistake as mistake:
                self.reading.findings.append(finding(mistake.code, self.reading.name, mistake.line, str(mistake), mistake.hint))
        if len(self.reading.findings) > before:
            return None
        return {"id": part.id, "type": value.pop("type"), "stem": one_line(" ".join(part.stem))} | value

    def _common(self) -> dict[str, Any]:
        part = self.part
        value: dict[str, Any] = {name: part.one(name) for name in ("explain", "reread", "outcome") if part.one(name)}
        hints = [one_line(text) for label, _, text in part.labels if label == "hint" and text.strip()]
        tags = [one_line(tag) for tag in re.split(r"[,،、]", part.one("tags")) if tag.strip()]
        value |= ({"hints": hints} if hints else {}) | ({"tags": tags} if tags else {})
        if picture := part.one("picture"):
            src, _, alt = picture.partition("|")
            value["media"] = {"src": src.strip()} | ({"alt": alt.strip()} if alt.strip() else {})
        if points := part.one("points"):
            if not re.fullmatch(r"[1-9][0-9]{0,3}", points):
                raise _Mistake(part.at("points"), f"'{points}' is no number of points", "Write a whole number: Points: 2")
            value["points"] = int(points)
        return value

    def _answer(self) -> dict[str, Any]:
        part = self.part
        answers = [text for label, _, text in part.labels if label == "answer"]
        ordered = any(label == "order" for label, _, _ in part.labels)
        ways = {
            "a list": bool(part.entries), "Answer:": bool(answers), "True or False": part.truth is not None, "Order:": ordered, "Model:": bool(part.one("model")),
        }
        used = [name for name, is_used in ways.items() if is_used]
        if len(used) != 1:
            what = f"the question is answered in two ways: {' and '.join(used)}" if used else "the question has no answer"
            raise _Mistake(part.line, what, "Give one of: a task list, a list a = b, Answer:, a line True or False, Order: with a numbered list, Model:.")
        if part.entries:
            return self._list()
        if answers:
            return self._typed(" | ".join(answers))
        if part.truth is not None:
            said = {name: part.one(f"if {name}") for name in ("true", "false") if part.one(f"if {name}")}
            return {"type": "truefalse", "answer": part.truth[1]} | ({"feedback": said} if said else {})
        return self._order() if ordered else self._reflect()

    def _list(self) -> dict[str, Any]:
        entries = self.part.entries
        boxes = {entry.box is None for entry in entries}
        if len(boxes) == 2:
            bare = next(entry for entry in entries if entry.box is None)
            raise _Mistake(bare.line, "some lines of the list have a box and some have none", "Begin each line with - [x] or - [ ].")
        if boxes == {True} and all(_sides(entry.words) for entry in entries):
            return self._match()
        found = [(entry, *entry.split()) for entry in entries]
        for entry, words, _ in found:
            if not words:
                raise _Mistake(entry.line, "an option without words", "Write the option after its box: - [ ] words > feedback")
        if len(found) < 2:
            raise _Mistake(entries[0].line, "a single option", "Write two options or more; three good ones are best.", "Q004")
        right = sum(bool(entry.box) for entry in entries)
        if boxes == {False} and not right:
            raise _Mistake(entries[0].line, "no option is marked as right", "Mark the right options with - [x]; an opinion has a list without boxes.", "Q001")
        kind = "survey" if boxes == {True} else "single" if right == 1 else "multiple"
        options = [
            {"id": name, "text": words} | ({"correct": True} if entry.box else {}) | said
            for name, (entry, words, said) in zip(name_parts([words for _, words, _ in found], "o"), found, strict=True)
        ]
        return {"type": kind, "options": options}

    def _match(self) -> dict[str, Any]:
        found = []
        for entry in self.part.entries:
            words, said = entry.split()
            left, right = _sides(words) or ("", "")
            found.append((left, right, said))
        names = name_parts([left or right for left, right, _ in found], "p")
        pairs = [{"id": name, "left": left, "right": right} | said for name, (left, right, said) in zip(names, found, strict=True) if left]
        extra = [{"id": name, "text": right} | said for name, (left, right, said) in zip(names, found, strict=True) if not left]
        if not pairs:
            raise _Mistake(self.part.entries[0].line, "no pair has two sides", "Write - left = right.")
        return {"type": "match", "pairs": pairs} | ({"distractors": extra} if extra else {})

    def _typed(self, text: str) -> dict[str, Any]:
        entries = [_Entry(line=self.part.at("answer"), words=part) for part in re.split(r"(?<!\\)\|", text) if part.strip()]
        if not entries:
            raise _Mistake(self.part.at("answer"), "nothing after Answer:", "Write Answer: word | other word, or Answer: 12 ± 1.")
        accepted = [_credited(*entry.split()) for entry in entries]
        numbers = [_NUMBER.fullmatch(one["text"].replace("−", "-")) for one in accepted]
        if not all(numbers):
            if unit := self.part.one("unit"):
                raise _Mistake(self.part.at("unit"), f"a unit '{unit}' for a word", "Write one number after Answer:, such as 12 ± 1.")
            return {"type": "short", "accept": {self.reading.language: accepted}}
        made = [
            {"value": number[1]} | ({"tolerance": number[2]} if number[2] else {}) | {key: value for key, value in one.items() if key != "text"}
            for one, number in zip(accepted, numbers, strict=True) if number
        ]
        return {"type": "numeric", "accept": made} | ({"unit": self.part.one("unit")} if self.part.one("unit") else {})

    def _order(self) -> dict[str, Any]:
        steps = [step.split() for step in self.part.steps]
        if len(steps) < 2:
            raise _Mistake(self.part.at("order"), "nothing to put in order", "Write a numbered list after Order:, in the right order.")
        names = name_parts([words for words, _ in steps], "s")
        return {"type": "order", "sequence": [{"id": name, "text": words} | said for name, (words, said) in zip(names, steps, strict=True)]}

    def _reflect(self) -> dict[str, Any]:
        value: dict[str, Any] = {"type": "reflect", "model": self.part.one("model")}
        if words := self.part.one("words"):
            match = re.fullmatch(r"([0-9]{1,4})\s*(?:-|–|to)\s*([0-9]{1,4})", words)
            if match is None:
                raise _Mistake(self.part.at("words"), f"'{words}' says no least and most", "Write Words: 20-100.")
            value["words"] = {"min": int(match[1]), "max": int(match[2])}
        return value


def _sides(words: str) -> tuple[str, str] | None:
    """Return left and right of `a = b`; the left of a distractor is empty."""
    match = re.fullmatch(r"(.*?)(?:^|\s)=\s+(.+)", words)
    return (one_line(match[1]), one_line(match[2])) if match else None


def _credited(words: str, said: Mapping[str, str]) -> dict[str, Any]:
    text = words.replace("\\|", "|")
    match = _SHARE.match(text)
    share = float(match[1]) / 100 if match else 1.0
    return {"text": text[match.end():] if match else text} | ({"credit": round(share, 7)} if share < 1 else {}) | dict(said)


__all__ = ["read"]
