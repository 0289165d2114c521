"""Read the small part of BibTeX that a reading list needs: `@kind{key, field = {value}, …}`."""

import re
from collections.abc import Mapping

from e4j.model.catalog import Reference
from e4j.model.codes import finding
from e4j.model.finding import Finding

_ENTRY = re.compile(r"@(\w+)\s*\{\s*([^,\s{}]+)\s*,")
_FIELD = re.compile(r"\s*,?\s*(\w+)\s*=\s*")
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_:.+-]*")
_SKIPPED = frozenset({"comment", "string", "preamble"})


def read_bibtex(text: str, path: str, findings: list[Finding]) -> Mapping[str, Reference]:
    """Return the references by key in the order of the file."""
    result: dict[str, Reference] = {}
    for match in _ENTRY.finditer(text):
        kind, key = match[1].lower(), match[2]
        if kind in _SKIPPED:
            continue
        line = text.count("\n", 0, match.start()) + 1
        fields = _fields(text, match.end())
        if not _KEY.fullmatch(key):
            findings.append(finding("I001", path, line, f"'{key}' is not a well-formed key"))
        if key in result:
            findings.append(finding("I002", path, line, f"the key '{key}' is used twice"))
        for name in ("title", "year"):
            if name not in fields:
                findings.append(finding("Y004", path, line, f"'{key}' has no {name}"))
        result[key] = Reference(id=key, kind=kind, fields=fields, path=path, line=line)
    return result


def _fields(text: str, position: int) -> dict[str, str]:
    fields: dict[str, str] = {}
    while match := _FIELD.match(text, position):
        value, position = _value(text, match.end())
        fields[match[1].lower()] = " ".join(value.replace("{", "").replace("}", "").split())
    return fields


def _value(text: str, start: int) -> tuple[str, int]:
    opening = text[start:start + 1]
    if opening not in ("{", '"'):
        end = min((i for i in (text.find(",", start), text.find("}", start)) if i >= 0), default=len(text))
        return text[start:end], end
    depth = 0
    for index in range(start, len(text)):
        depth += {"{": 1, "}": -1}.get(text[index], 0)
        if (opening == "{" and depth == 0) or (opening == '"' and depth == 0 and text[index] == '"' and index > start):
            return text[start + 1:index], index + 1
    return text[start + 1:], len(text)
