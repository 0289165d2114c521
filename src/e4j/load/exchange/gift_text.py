"""Cut a GIFT file into questions, each with the line it begins at and what the comments before it say."""

import re
from dataclasses import dataclass, field

from e4j.load.exchange.own import Reading
from e4j.model.envelope import MARK

_ESCAPED = {"\\\\": "\ue010", "\\~": "\ue011", "\\=": "\ue012", "\\#": "\ue013", "\\{": "\ue014", "\\}": "\ue015", "\\:": "\ue016", "\\n": "\ue017"}
_PLAIN = {"\ue010": "\\", "\ue011": "~", "\ue012": "=", "\ue013": "#", "\ue014": "{", "\ue015": "}", "\ue016": ":", "\ue017": " "}
_SIGN = re.compile(r"\\[\\~=#{}:n]")
_HELD = re.compile("[\ue010-\ue017]")
_MARK = re.compile(r"\[(id|tag):([^\]]*)\]")


@dataclass(slots=True, kw_only=True)
class Block:
    """A question as it stands. In `text` escaped signs are held, so that a bare sign is always one of GIFT's own."""

    line: int
    raw: str
    text: str
    id: str = ""
    tags: tuple[str, ...] = ()
    envelope: str = ""
    category: bool = False


@dataclass(slots=True)
class _Marks:
    id: str = ""
    tags: list[str] = field(default_factory=list)
    envelope: str = ""


def hold(text: str) -> str:
    """Replace every escaped sign by one that means nothing to GIFT. A backslash before any other sign is only a backslash."""
    return _SIGN.sub(lambda match: _ESCAPED[match[0]], _HELD.sub("\ufffd", text))


def release(text: str) -> str:
    """Return the signs that were held."""
    return _HELD.sub(lambda match: _PLAIN[match[0]], text)


def cut(text: str, reading: Reading) -> list[Block]:
    """Return categories and questions in order. A question ends at an empty line outside its braces, or where another begins."""
    return _Cutting(reading).run(text)


@dataclass(slots=True)
class _Cutting:
    reading: Reading
    blocks: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    start: int = 0
    depth: int = 0
    gap: bool = False
    marks: _Marks = field(default_factory=_Marks)

    def run(self, text: str) -> list[Block]:
        for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
            bare = line.strip()
            if bare.startswith("//"):
                if self.lines and not self._open():
                    self._end()
                self._comment(bare)
                self._hollow()
            elif bare.startswith("$CATEGORY:"):
                self._end()
                self.blocks.append(Block(
                    line=number, raw=line, text=bare.removeprefix("$CATEGORY:").strip(), envelope=self.marks.envelope, category=True,
                ))
                self.marks = _Marks()
            elif not bare:
                self._blank()
            else:
                if self.lines and bare.startswith("::") and self._fresh(bare):
                    self._end()
                self.start = self.start if self.lines else number
                self.lines.append(line)
                held = hold(line)
                self.depth += held.count("{") - held.count("}")
        self._end()
        return self.blocks

    def _blank(self) -> None:
        if self._open():
            self._hollow()
        else:
            self._end()

    def _hollow(self) -> None:
        """Keep the place of a line that says nothing, so that lines can be counted."""
        if self.lines:
            self.lines.append("")
            self.gap = True

    def _fresh(self, bare: str) -> bool:
        """Tell whether a line begins a question though nothing empty stands before it: `::title::` does."""
        return bare.count("::") >= 2 and (not self._open() or self.gap)

    def _open(self) -> bool:
        return self.depth > 0

    def _comment(self, bare: str) -> None:
        rest = bare.removeprefix("//").strip()
        if rest.startswith(f"[{MARK}:") and rest.endswith("]"):
            self.marks.envelope = rest.removeprefix(f"[{MARK}:").removesuffix("]")
            return
        for name, value in _MARK.findall(rest):
            if name == "id":
                self.marks.id = value.strip()
            else:
                self.marks.tags.append(value.strip())

    def _end(self) -> None:
        if self.lines:
            raw = "\n".join(self.lines)
            self.blocks.append(Block(
                line=self.start, raw=raw.strip("\n"), text=hold(raw), id=self.marks.id, tags=tuple(filter(None, self.marks.tags)), envelope=self.marks.envelope,
            ))
            self.marks = _Marks()
        self.lines, self.depth, self.gap = [], 0, False


__all__ = ["Block", "cut", "hold", "release"]
