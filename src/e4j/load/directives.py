"""Cut a page into plain Markdown and directives, by lines, with their places.

The fences are MyST's (`:::{name} argument`), read leniently: a closing line belongs to the innermost directive opened with as many
colons, else to the innermost with fewer, so that nesting with equal fences works as well as with longer outer ones.
"""

import re
from dataclasses import dataclass, field

from e4j.model.codes import finding
from e4j.model.finding import Finding

_OPEN = re.compile(r"(:{3,})\{([^}]*)\}[ \t]*(.*)")
_CLOSE = re.compile(r"(:{3,})[ \t]*")
_OPTION = re.compile(r":([a-z][a-z-]*):(?:[ \t]+(.*))?")
_LISTING = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
_INDENTED = re.compile(r"(?:[ \t]|[-*+>]|[0-9]+[.)])+:{3,}\{")


@dataclass(slots=True)
class Chunk:
    """Consecutive lines of plain Markdown; `line` is the first one's number."""

    line: int
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Directive:
    """A directive with its argument, options (value and line) and what it contains."""

    name: str
    argument: str
    line: int
    colons: int
    options: dict[str, tuple[str, int]] = field(default_factory=dict)
    parts: list["Chunk | Directive"] = field(default_factory=list)


def split_directives(lines: list[str], first_line: int, path: str, findings: list[Finding]) -> list[Chunk | Directive]:
    """Return the page's parts in order. Unbalanced fences are reported and the rest is kept."""
    return _Splitter(path, findings).split(lines, first_line)


@dataclass(slots=True)
class _Splitter:
    path: str
    findings: list[Finding]
    root: list[Chunk | Directive] = field(default_factory=list)
    stack: list[Directive] = field(default_factory=list)
    listing: tuple[str, int] | None = None
    in_options: bool = False

    def split(self, lines: list[str], first_line: int) -> list[Chunk | Directive]:
        for number, line in enumerate(lines, first_line):
            self._line(line, number)
        for directive in self.stack:
            self._report("M002", directive.line, f"{{{directive.name}}} is not closed")
        if self.listing:
            self._report("M015", self.listing[1], "the listing that begins here is not closed")
        return self.root

    def _line(self, line: str, number: int) -> None:
        if self._in_listing(line, number):
            self._plain(line, number)
        elif match := _OPEN.fullmatch(line.rstrip()):
            self._open(match, number)
        elif match := _CLOSE.fullmatch(line.rstrip()):
            self._close(len(match[1]), number)
        elif self.in_options and (match := _OPTION.fullmatch(line.rstrip())):
            self.stack[-1].options[match[1]] = (match[2] or "", number)
        else:
            if _INDENTED.match(line):
                self._report("M013", number, "a directive does not begin at the start of its line")
            self.in_options = False
            self._plain(line, number)

    def _in_listing(self, line: str, number: int) -> bool:
        match = _LISTING.match(line)
        if self.listing:
            if match and not match[2].strip() and match[1].startswith(self.listing[0]):
                self.listing = None
            return True
        if match and not (match[1][0] == "`" and "`" in match[2]):
            self.listing = (match[1], number)
            self.in_options = False
            return True
        return False

    def _open(self, match: re.Match[str], number: int) -> None:
        directive = Directive(match[2].strip(), match[3].strip(), number, len(match[1]))
        self._parts().append(directive)
        self.stack.append(directive)
        self.in_options = True

    def _close(self, colons: int, number: int) -> None:
        self.in_options = False
        open_fences = range(len(self.stack) - 1, -1, -1)
        depth = next((d for d in open_fences if self.stack[d].colons == colons), None)
        if depth is None:
            depth = next((d for d in open_fences if self.stack[d].colons < colons), None)
        if depth is None:
            self._report("M003", number, "these colons close nothing")
            return
        for inner in self.stack[depth + 1:]:
            self._report("M002", inner.line, f"{{{inner.name}}} is not closed")
        del self.stack[depth:]

    def _plain(self, line: str, number: int) -> None:
        parts = self._parts()
        if not parts or isinstance(parts[-1], Directive):
            parts.append(Chunk(number))
        if isinstance(last := parts[-1], Chunk):
            last.lines.append(line)

    def _parts(self) -> list[Chunk | Directive]:
        return self.stack[-1].parts if self.stack else self.root

    def _report(self, code: str, line: int, message: str) -> None:
        self.findings.append(finding(code, self.path, line, message))
