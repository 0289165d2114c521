"""Write a quiz as our YAML: block style, one thing a line, quotes where the strict subset or a reader needs them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from e4j.model.plain import quiz_value
from e4j.model.quiz import Quiz

_SPECIAL = frozenset({"true", "false", "null", "~", "", "yes", "no", "on", "off"})
_NUMBER = re.compile(r"[-+]?\.?[0-9][0-9_.,:eE+-]*|[-+]?\.(inf|nan)", re.IGNORECASE)
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff][^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]*")
_WORD = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*")
_INTEGER = re.compile(r"0|-?[1-9][0-9]*")
_ODD = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_SHORT = 100


def quiz_yaml(quiz: Quiz) -> str:
    """Return the source of a quiz. Loading it gives the same quiz, its lines apart."""
    return "\n".join(_mapping(_numbers(quiz_value(quiz)), 0)) + "\n"


def _numbers(value: dict[str, Any]) -> dict[str, Any]:
    """Write accepted numbers as people do, without quotes, where reading gives the same decimal text."""
    for item in value["items"]:
        if item["type"] == "numeric":
            item["accept"] = [{name: _bare(one) if name in {"value", "tolerance"} else one for name, one in accepted.items()} for accepted in item["accept"]]
    return value


def _bare(text: str) -> Any:
    return int(text) if _INTEGER.fullmatch(text) and len(text) < 16 else text


def _mapping(value: Mapping[str, Any], depth: int) -> Iterator[str]:
    for name, one in value.items():
        yield from _field(f"{'  ' * depth}{_scalar(name)}:", one, depth)


def _field(start: str, value: Any, depth: int) -> Iterator[str]:
    short = _flow(value)
    if (short is not None and len(start) + len(short) < _SHORT) or not isinstance(value, Mapping | Sequence) or isinstance(value, str):
        yield f"{start} {short if short is not None else _scalar(value)}"
    elif isinstance(value, Mapping):
        yield start
        yield from _mapping(value, depth + 1)
    else:
        yield start
        yield from _list(value, depth + 1)


def _list(value: Sequence[Any], depth: int) -> Iterator[str]:
    indent = "  " * depth
    for one in value:
        if isinstance(one, Mapping) and one:
            first, *rest = _mapping(one, depth + 1)
            yield f"{indent}- {first.strip()}"
            yield from rest
        else:
            yield from _field(f"{indent}-", one, depth)


def _flow(value: Any) -> str | None:
    """Return a list or mapping in one line where it is empty or holds only numbers and plain words."""
    if isinstance(value, Mapping):
        if all(not isinstance(one, str) and _simple(one) for one in value.values()):
            return "{" + ", ".join(f"{_scalar(name)}: {_scalar(one)}" for name, one in value.items()) + "}"
        return None
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(map(_scalar, value)) + "]" if all(map(_simple, value)) else None
    return None


def _simple(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_WORD.fullmatch(value)) and value.lower() not in _SPECIAL
    return not isinstance(value, Mapping | Sequence)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    return _text(value) if isinstance(value, str) else repr(value)


def _text(text: str) -> str:
    # White space of any kind at the end would be lost: YAML and Python do not agree on what it is.
    plain = _PLAIN.fullmatch(text) and text == text.rstrip() and ": " not in text and " #" not in text and not text.endswith(":")
    if plain and text.lower() not in _SPECIAL and not _NUMBER.fullmatch(text):
        return text
    safe = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_ODD.sub(_escaped, safe)}"'


def _escaped(match: re.Match[str]) -> str:
    return {"\n": "\\n", "\t": "\\t"}.get(match[0], f"\\u{ord(match[0]):04X}")


__all__ = ["quiz_yaml"]
