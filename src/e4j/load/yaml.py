"""Read YAML as the strict subset of YAML 1.2 that authors can rely on, and remember the line of everything.

YAML 1.1 reads `no`, `off`, `12:30` and `2024-01-01` as other things than words; a category called `off` once became `False` and
swallowed a question. Here only `true`, `false`, `null` and JSON-like numbers are special.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Self

import yaml

from e4j.model.codes import finding
from e4j.model.finding import Finding

Path = tuple[str | int, ...]

_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Str(str):
    """A string that knows the line it was written on."""

    __slots__ = ("line",)
    line: int

    def __new__(cls, value: str, line: int) -> Self:
        """Make a string with its line."""
        self = super().__new__(cls, value)
        self.line = line
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        """Pickle as a plain string: the line matters only while decoding."""
        return str, (str(self),)


@dataclass(slots=True)
class Document:
    """Plain values of a YAML text with the line of every node by its path."""

    value: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line(self, path: Path) -> int:
        """Return the line of a node, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


def read_yaml(text: str, path: str, findings: list[Finding], first_line: int = 1) -> Document | None:
    """Parse `text`; None where it is no YAML at all. `first_line` is where the text begins in its file."""
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        findings.append(finding("Y001", path, _error_line(error) + first_line, _problem(error)))
        return None
    document = Document(None)
    if node is not None:
        document.value = _Reader(path, findings, first_line, document.lines).read(node, ())
    return document


def _error_line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return mark.line if mark else 0


def _problem(error: yaml.YAMLError) -> str:
    return f"not readable as YAML: {getattr(error, 'problem', None) or str(error).splitlines()[0]}"


@dataclass(slots=True)
class _Reader:
    path: str
    findings: list[Finding]
    first_line: int
    lines: dict[Path, int]
    seen: set[int] = field(default_factory=set)

    def read(self, node: yaml.Node, at: Path) -> Any:
        line = node.start_mark.line + self.first_line
        if id(node) in self.seen:  # the same node again: an alias, which may even contain itself
            self.findings.append(finding("Y001", self.path, line, "an alias (*) to what begins here; write it out", "Write the value again where it is wanted."))
            return None
        self.seen.add(id(node))
        self.lines[at] = line
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, at)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(child, (*at, index)) for index, child in enumerate(node.value)]
        return _scalar(node, line)

    def _mapping(self, node: yaml.MappingNode, at: Path) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + self.first_line
            if key in result:
                self.findings.append(finding("Y002", self.path, line, f"the key '{key}' is written twice"))
                continue
            result[key] = self.read(value_node, (*at, key))
            self.lines[(*at, key)] = line
        return result


def _scalar(node: yaml.Node, line: int) -> Any:
    value = str(node.value)
    if not getattr(node, "style", None):  # libyaml says "" for a plain scalar, PyYAML says None
        if value in _WORDS:
            return _WORDS[value]
        if match := _NUMBER.fullmatch(value):
            return float(value) if match[2] or match[3] else int(value)
    return Str(value, line)
