"""Read a quiz from rows of a table, as teachers fill them in."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from e4j.load.exchange.own import Draft, Head, Reading, name_parts, slug, untouched
from e4j.model.envelope import MARK
from e4j.model.exchange import Import
from e4j.model.table import COLUMNS, beside
from e4j.model.text import one_line

_BASE = frozenset({"explain", "hints", "points", "outcome", "reread", "tags"})
CARRIED: Mapping[str, frozenset[str]] = {
    "single": _BASE | {"options"}, "multiple": _BASE | {"options"}, "survey": _BASE | {"options"}, "truefalse": _BASE | {"answer", "feedback"},
    "short": _BASE | {"accept"}, "numeric": _BASE | {"accept"}, "cloze": _BASE | {"gaps"}, "order": _BASE | {"sequence"},
    "match": _BASE | {"pairs", "distractors"}, "categorize": _BASE | {"categories", "things"}, "reflect": _BASE | {"model", "rubric"},
}
"""What a row says itself about each kind."""

MOST_ROWS = 10_000
_TRUE = frozenset({"true", "t", "yes", "1", "vrai", "verdadero", "верно", "да", "对", "正确", "صح", "صحيح"})
_FALSE = frozenset({"false", "f", "no", "0", "faux", "falso", "неверно", "нет", "错", "错误", "خطأ"})
_SHARE = re.compile(r"([0-9]+(?:[.,][0-9]+)?) ?% ?")
_NUMBER = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)(?:\s*(?:±|\+/-|\+-)\s*([0-9]+(?:\.[0-9]+)?))?")


@dataclass(slots=True, kw_only=True)
class Row:
    """Cells by column, with the line of the file."""

    line: int
    cells: dict[str, str] = field(default_factory=dict)

    def lines(self, name: str) -> list[str]:
        """Return the entries of a cell: its lines, or where it has one line its parts between `|`."""
        cell = self.cells.get(name, "").strip("\n")
        if not cell.strip():
            return []
        return [part.strip() for part in (cell.split("\n") if "\n" in cell else _parts(cell))]


def read_rows(rows: Iterable[tuple[int, Sequence[str]]], reading: Reading) -> Import:
    """Return the quiz of a table whose first row that is not empty names the columns."""
    table = _table(rows, reading)
    if table is None:
        return reading.nothing()
    head, drafts = Head(), []
    for row in table:
        if row.cells.get("type", "").strip().lower() == "quiz":
            head.id, head.title, head.envelope = slug(row.cells.get("id", "")), row.cells.get("stem", ""), _envelope(row)
            head.beside = head.title
        elif (draft := _Question(row=row, reading=reading).draft()) is not None:
            drafts.append(draft)
    if not drafts and not reading.findings:
        reading.add("X001", 1, "there is no question in the table")
    return reading.assemble(head, drafts)


def unguard(cell: str) -> str:
    """Take away the sign that keeps a cell from being a formula."""
    return cell[1:] if re.match(r"'+[=+\-@\t\r]", cell) else cell


def _table(rows: Iterable[tuple[int, Sequence[str]]], reading: Reading) -> list[Row] | None:
    columns: list[str] | None = None
    table: list[Row] = []
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if columns is None:
            columns = _columns(cells, line, reading)
            if columns is None:
                return None
            continue
        if len(table) >= MOST_ROWS:
            reading.add("X004", line, f"only the first {MOST_ROWS} rows are read")
            break
        _add(table, Row(line=line, cells={name: unguard(cell) for name, cell in zip(columns, cells, strict=False) if cell.strip()}))
    if columns is None:
        reading.add("X001", 1, "the table is empty")
        return None
    return table


def _columns(cells: Sequence[str], line: int, reading: Reading) -> list[str] | None:
    names = [cell.strip().lower() for cell in cells]
    if "stem" not in names:
        reading.add("X001", line, f"the first row names the columns, and one of them is 'stem'; known are {', '.join(COLUMNS)}")
        return None
    for name in names:
        if name and name not in COLUMNS and not name.startswith(MARK):
            reading.add("X004", line, f"the column '{name[:40]}' is left out; known are {', '.join(COLUMNS)}")
    return names


def _add(table: list[Row], row: Row) -> None:
    """Append a row; one without id, kind and stem goes on with the answers of the row before, as under merged cells."""
    more = {"options", "feedback", "key", "hints"}
    if not table or not row.cells or row.cells.keys() - more:
        table.append(row)
        return
    last = table[-1].cells
    for name in more:
        before = last.get(name, "")
        if name in row.cells:
            last[name] = f"{before}\n{row.cells[name]}" if before else row.cells[name]
        elif name == "feedback" and before:
            last[name] = f"{before}\n"


def _envelope(row: Row) -> str:
    names = [MARK, *(f"{MARK}-{number}" for number in range(2, 40))]
    return "".join(row.cells.get(name, "") for name in names)


def _parts(text: str) -> list[str]:
    return _split(text, "|")


def _split(text: str, sign: str) -> list[str]:
    """Split at a sign without a backslash before it."""
    parts, current, at = [], "", 0
    while at < len(text):
        step = 2 if text[at] == "\\" else 1
        if text[at] == sign:
            parts.append(current)
            current = ""
        else:
            current += text[at:at + step]
        at += step
    return [*parts, current]


def plain(entry: str) -> str:
    """Return an entry without the backslashes that kept its signs."""
    text = re.sub(r"^\\(?=\*|[0-9.]+ ?%)", "", entry.strip())
    return one_line(re.sub(r"\\([\\|=])", r"\1", text))


class _Mistake(Exception):
    """What is wrong with a row."""

    def __init__(self, message: str, code: str = "X001") -> None:
        super().__init__(message)
        self.code = code


@dataclass(slots=True, kw_only=True)
class _Question:
    """One row being read."""

    row: Row
    reading: Reading
    kind: str = ""

    def draft(self) -> Draft | None:
        """Return what the row says, or None where only a finding can be said about it."""
        row = self.row
        draft = Draft(value=None, line=row.line, envelope=_envelope(row), beside=beside(row.cells))
        if untouched(draft):
            return draft
        try:
            draft.value = self._value()
        except _Mistake as mistake:
            self.reading.add(mistake.code, row.line, str(mistake))
        return draft if draft.value is not None or draft.envelope else None

    def _value(self) -> dict[str, Any]:
        cells = self.row.cells
        stem = one_line(cells.get("stem", ""))
        if not stem:
            raise _Mistake("the row has no stem")
        kind = self.kind = cells.get("type", "").strip().lower() or self._guess()
        reader = _KINDS.get(kind)
        if reader is None:
            raise _Mistake(f"a table cannot say a question of the kind '{kind}'; known are {', '.join(_KINDS)}", "X003")
        value = {"id": slug(cells.get("id", "")) or slug(stem) or f"q{self.row.line}", "type": kind, "stem": stem} | reader(self)
        for name in ("explain", "outcome", "reread"):
            if name in cells:
                value[name] = one_line(cells[name])
        for name in ("hints", "tags"):
            entries = [plain(entry) for entry in self.row.lines(name) if entry]
            value |= {name: entries} if entries else {}
        return value | self._points()

    def _points(self) -> dict[str, int]:
        text = self.row.cells.get("points", "1").strip()
        if not re.fullmatch(r"[0-9]{1,4}", text) or int(text) < 1:
            raise _Mistake(f"'{text}' is no number of points; write 1, 2 …")
        return {"points": int(text)} if int(text) != 1 else {}

    def _guess(self) -> str:
        """Tell the kind from what is filled in."""
        options, key = self.row.lines("options"), self.row.cells.get("key", "").strip()
        right = len(self._right(options)) if options else 0
        if options and all(len(_split(option, "=")) == 2 for option in options):
            return "match"
        if options:
            return "single" if right == 1 else "multiple" if right else "survey"
        if key.lower() in _TRUE | _FALSE:
            return "truefalse"
        return "numeric" if _NUMBER.fullmatch(key) else "short" if key else "reflect"

    def _right(self, options: list[str]) -> set[int]:
        """Return the places of right options: marked with `*`, or named in the key by number or letter."""
        marked = {index for index, option in enumerate(options) if option.startswith("*")}
        for word in re.findall(r"[0-9]+|[A-Za-z]", self.row.cells.get("key", "")):
            marked.add(int(word) - 1 if word.isdigit() else ord(word.upper()) - ord("A"))
        return {index for index in marked if 0 <= index < len(options)}

    def _said(self, count: int) -> list[dict[str, Any]]:
        """Return the feedback of each entry; lines that have no entry are a mistake."""
        cell = self.row.cells.get("feedback", "")
        lines = [line.strip() for line in (cell.split("\n") if "\n" in cell else _parts(cell))] if cell.strip() else []
        while lines and not lines[-1]:
            lines.pop()
        if len(lines) > count:
            raise _Mistake(f"there are {len(lines)} lines of feedback for {count} answers")
        return [{"feedback": plain(line)} if line else {} for line in [*lines, *[""] * (count - len(lines))]]

    # One method a kind

    def _choice(self) -> dict[str, Any]:
        options = [option for option in self.row.lines("options") if option]
        right = self._right(options)
        texts = [plain(re.sub(r"^\*\s*", "", option)) for option in options]
        if len(options) < 2:
            raise _Mistake("write two options or more, each on a line of its cell or with | between them")
        if not right and self.kind != "survey":
            raise _Mistake("no option is marked as right with * before it")
        made = [
            {"id": name, "text": text} | ({"correct": True} if index in right else {}) | said
            for index, (name, text, said) in enumerate(zip(name_parts(texts, "o"), texts, self._said(len(texts)), strict=True))
        ]
        return {"options": made}

    def _truefalse(self) -> dict[str, Any]:
        key = self.row.cells.get("key", "").strip().lower()
        if key not in _TRUE | _FALSE:
            raise _Mistake(f"the key is true or false, not '{key[:40]}'")
        said = {word: one["feedback"] for word, one in zip(("true", "false"), self._said(2), strict=True) if one}
        return {"answer": key in _TRUE} | ({"feedback": said} if said else {})

    def _short(self) -> dict[str, Any]:
        entries = [entry for entry in self.row.lines("key") if entry]
        if not entries:
            raise _Mistake("the key holds the accepted answers, each on a line or with | between them")
        accepted = [_credited(entry, lambda text: {"text": plain(text)}) | said for entry, said in zip(entries, self._said(len(entries)), strict=True)]
        return {"accept": {self.reading.language: accepted}}

    def _numeric(self) -> dict[str, Any]:
        entries = [entry for entry in self.row.lines("key") if entry]
        if not entries:
            raise _Mistake("the key holds the number, such as 12 or 12 ± 1")
        return {"accept": [_credited(entry, _number) | said for entry, said in zip(entries, self._said(len(entries)), strict=True)]}

    def _cloze(self) -> dict[str, Any]:
        gaps: dict[str, Any] = {}
        for column in ("options", "key"):
            for line in self.row.cells.get(column, "").split("\n"):
                name, colon, text = line.partition(":")
                if not line.strip():
                    continue
                if not colon or not re.fullmatch(r"[a-z0-9-]+", name.strip()):
                    raise _Mistake("each gap has a line of its own that begins with its name: 1: word | other word")
                gaps[name.strip()] = {"kind": "drag", "text": plain(text)} if column == "key" else self._gap(text)
        named = re.findall(r"\{\{([^{}]+)\}\}", self.row.cells.get("stem", ""))
        if sorted(named) != sorted(gaps) or not gaps:
            raise _Mistake("the gaps {{1}}, {{2}} … of the stem and the lines of options and key do not fit together")
        return {"gaps": {name: gaps[name] for name in named}}

    def _gap(self, text: str) -> dict[str, Any]:
        entries = [part.strip() for part in _split(text, "|") if part.strip()]
        if not any(entry.startswith("*") for entry in entries):
            return {"kind": "text", "accept": {self.reading.language: [_credited(entry, lambda words: {"text": plain(words)}) for entry in entries]}}
        texts = [plain(re.sub(r"^\*\s*", "", entry)) for entry in entries]
        options = [
            {"id": name, "text": words} | ({"correct": True} if entry.startswith("*") else {})
            for name, words, entry in zip(name_parts(texts, "o"), texts, entries, strict=True)
        ]
        return {"kind": "choice", "options": options}

    def _order(self) -> dict[str, Any]:
        texts = [plain(entry) for entry in self.row.lines("options") if entry]
        if len(texts) < 2:
            raise _Mistake("write the steps in the right order, each on a line of options")
        parts = zip(name_parts(texts, "s"), texts, self._said(len(texts)), strict=True)
        return {"sequence": [{"id": name, "text": text} | said for name, text, said in parts]}

    def _sides(self) -> list[tuple[str, str, dict[str, str]]]:
        entries = [entry for entry in self.row.lines("options") if entry]
        found = []
        for entry, said in zip(entries, self._said(len(entries)), strict=True):
            sides = _split(entry, "=")
            if len(sides) != 2:
                raise _Mistake(f"'{entry[:40]}' has no single = between its two sides; write \\= for the sign itself")
            found.append((plain(sides[0]), plain(sides[1]), said))
        if not any(left for left, _, _ in found):
            raise _Mistake("write each pair on a line of options, with = between its sides")
        return found

    def _match(self) -> dict[str, Any]:
        sides = self._sides()
        pairs = [side for side in sides if side[0]]
        names = name_parts([left for left, _, _ in pairs], "p")
        value: dict[str, Any] = {
            "pairs": [{"id": name, "left": left, "right": right} | said for name, (left, right, said) in zip(names, pairs, strict=True)],
        }
        extra = [(right, said) for left, right, said in sides if not left]
        if extra:
            others = name_parts([*(left for left, _, _ in pairs), *(right for right, _ in extra)], "d")[len(pairs):]
            value["distractors"] = [{"id": name, "text": right} | said for name, (right, said) in zip(others, extra, strict=True)]
        return value

    def _categorize(self) -> dict[str, Any]:
        sides = self._sides()
        texts = list(dict.fromkeys(right for _, right, _ in sides))
        names = dict(zip(texts, name_parts(texts, "c"), strict=True))
        things = [side for side in sides if side[0]]
        ids = name_parts([left for left, _, _ in things], "t")
        return {
            "categories": [{"id": name, "text": text} for text, name in names.items()],
            "things": [{"id": name, "text": left, "in": names[right]} | said for name, (left, right, said) in zip(ids, things, strict=True)],
        }

    def _reflect(self) -> dict[str, Any]:
        rubric = []
        texts = [entry for entry in self.row.lines("options") if entry]
        for name, entry in zip(name_parts(texts, "r"), texts, strict=True):
            match = re.fullmatch(r"(.*?)\s*\(([0-9]{1,3})\)", entry)
            words, points = (match[1], int(match[2])) if match else (entry, 1)
            rubric.append({"id": name, "text": plain(words)} | ({"points": points} if points != 1 else {}))
        return {"model": one_line(self.row.cells.get("key", ""))} | ({"rubric": rubric} if rubric else {})


def _credited(entry: str, read: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    match = _SHARE.match(entry)
    rest = entry[match.end():] if match else entry
    if match is None or not rest.strip():
        return read(entry)
    share = float(match[1].replace(",", ".")) / 100
    return read(rest) | ({"credit": round(share, 7)} if 0 <= share < 1 else {})


def _number(text: str) -> dict[str, Any]:
    match = _NUMBER.fullmatch(text.strip().replace(",", ".").replace("−", "-"))
    if match is None:
        raise _Mistake(f"'{text[:40]}' is no number such as 12 or 12 ± 1")
    return {"value": match[1]} | ({"tolerance": match[2]} if match[2] else {})


_KINDS: Mapping[str, Callable[[_Question], dict[str, Any]]] = {
    "single": _Question._choice, "multiple": _Question._choice, "survey": _Question._choice, "truefalse": _Question._truefalse,  # noqa: SLF001
    "short": _Question._short, "numeric": _Question._numeric, "cloze": _Question._cloze, "order": _Question._order,  # noqa: SLF001
    "match": _Question._match, "categorize": _Question._categorize, "reflect": _Question._reflect,  # noqa: SLF001
}

__all__ = ["CARRIED", "read_rows", "unguard"]
