"""Read JSON from strangers strictly, without losing a whole batch to one bad event.

The standard library accepts `NaN`, doubled keys, lone surrogates and numbers of any length.
Here such a place becomes a `Flaw`, which fits no type that a caller may expect, so only the
event around it is refused.
"""

import json
import re
from dataclasses import dataclass

from e4j_server.errors import BadJson

DEEPEST = 16
"""Levels of nesting allowed; an event needs four."""

_LONGEST_NUMBER = 17
# One pass and no backtracking: an unfinished string ends up as a lone quote.
_TOKENS = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"|["\[\]{}]', re.DOTALL)
_TOO_DEEP = "-Infinity"


@dataclass(frozen=True, slots=True)
class Flaw:
    """Stand where the text held something that strict JSON forbids."""

    reason: str
    """Permanent code."""


def parse_json(data: bytes) -> object:
    """Return the value of a JSON text in UTF-8, with a `Flaw` where it breaks our rules.

    Raises `BadJson` for what is no JSON at all.
    """
    try:
        text = data.decode()
        try:
            return _load(text)
        except RecursionError:
            return _load(_cut_deep(text))
    except ValueError as error:
        raise BadJson from error


def find_flaw(value: object, depth: int = 1) -> str | None:
    """Return the reason of the first flaw in a parsed value."""
    if isinstance(value, Flaw):
        return value.reason
    if isinstance(value, str):
        return None if value.isascii() or _is_unicode(value) else "lone-surrogate"
    if not isinstance(value, dict | list):
        return None
    if depth > DEEPEST:
        return "too-deep"
    parts = [*value, *value.values()] if isinstance(value, dict) else value
    return next((reason for part in parts if (reason := find_flaw(part, depth + 1))), None)


def canonical_json(value: object) -> str:
    """Write a value without floats in the one form that is hashed and stored."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)


def _load(text: str) -> object:
    return json.loads(
        text,
        object_pairs_hook=_read_object,
        parse_int=lambda digits: int(digits) if len(digits) <= _LONGEST_NUMBER else Flaw("bad-number"),
        parse_float=lambda _: Flaw("bad-number"),
        parse_constant=lambda name: Flaw("too-deep" if name == _TOO_DEEP else "bad-number"),
    )


def _read_object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    read = dict(pairs)
    # Under a name that no field has, so the id can still be read and answered.
    return read if len(read) == len(pairs) else {**read, "": Flaw("duplicate-key")}


def _cut_deep(text: str) -> str:
    """Replace what is nested too deeply for the parser by a constant it calls us for."""
    kept, depth, start = [], 0, 0
    for token in _TOKENS.finditer(text):
        if token[0] == '"':
            # A string without an end; looking on would try every later quote anew.
            raise BadJson
        if token[0] in "[{":
            depth += 1
            if depth == DEEPEST + 1:
                kept.append(text[start : token.start()])
        elif token[0] in "]}":
            depth -= 1
            if depth == DEEPEST:
                kept.append(_TOO_DEEP)
                start = token.end()
    if depth:
        raise BadJson
    return "".join((*kept, text[start:]))


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
