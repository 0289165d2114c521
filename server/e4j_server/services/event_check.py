"""Check one event from a browser against the contract, field by field.

The contract is `docs/developers/contracts.md`, "The learner's log". Only shapes are checked:
whether a quiz exists or a mark is right is not known here.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from e4j_server.services.strict_json import canonical_json, find_flaw
from e4j_server.store.records import Event, KeyName

LARGEST_EVENT = 4096
"""Bytes of an event as canonical JSON in UTF-8, so that no script is at a disadvantage."""

_Check = Callable[[object], bool]

_LAST_WHOLE = 2**53 - 1
_MOST_MARKS = 1_000_000
_MOST_IDS = 64
_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-%s[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_QUIZ = re.compile(f"quiz/{_SLUG}")
_ECHO = re.compile(r"[!-~]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invalid:
    """Say why something sent as an event is none."""

    id: str | None
    """What it gave as its id, if that can be repeated."""
    reason: str
    """Permanent code for programs and for us, not for learners."""


class _WrongEventError(Exception):
    """Leave the checks with a reason."""


def check_event(raw: object) -> Event | Invalid:
    """Return the event in a parsed JSON value, or what is wrong with it."""
    try:
        return _read_event(raw)
    except _WrongEventError as wrong:
        return Invalid(id=_repeatable_id(raw), reason=str(wrong))


def _read_event(raw: object) -> Event:
    if not isinstance(raw, dict):
        raise _WrongEventError("not-an-object")
    if flaw := find_flaw(raw):
        raise _WrongEventError(flaw)
    _check_fields(raw)
    body = canonical_json(raw)
    data = body.encode()
    if len(data) > LARGEST_EVENT:
        raise _WrongEventError("too-large")
    return Event(
        id=raw["id"],
        device=raw["d"],
        seq=raw["n"],
        body=body,
        sha256=hashlib.sha256(data).digest(),
        attempt=raw.get("a"),
        key=_key_of(raw) if "a" in raw else None,
    )


def _key_of(raw: Mapping[str, Any]) -> KeyName:
    quiz = raw["u"].partition("/")[2]
    return KeyName(quiz, raw["i"], raw["iv"]) if raw["k"] == "answer" else KeyName(quiz, "", raw["uv"])


def _check_fields(raw: dict[str, Any]) -> None:
    kind = raw.get("k")
    is_answer = kind == "answer"
    required = _ALWAYS | _OF_ANSWER if is_answer else _ALWAYS
    allowed = required | (_MAYBE_OF_ANSWER if is_answer else _MAYBE_OF_DONE if kind == "done" else {})
    for name in required:
        if name not in raw:
            raise _WrongEventError(f"missing-{name}")
    for name, value in raw.items():
        if name not in allowed:
            raise _WrongEventError("unknown-field")
        if not allowed[name](value):
            raise _WrongEventError(f"bad-{name}")
    if (is_answer or "a" in raw) and not _QUIZ.fullmatch(raw["u"]):
        raise _WrongEventError("bad-u")
    if is_answer:
        _check_marks(raw)


def _check_marks(raw: Mapping[str, Any]) -> None:
    """Let only the server mark an answer of an attempt, and want marks with every other one."""
    if "a" in raw:
        if "earned" in raw or "possible" in raw:
            raise _WrongEventError("bad-earned")
        if "src" in raw:
            raise _WrongEventError("bad-src")
        return
    for name in ("earned", "possible"):
        if name not in raw:
            raise _WrongEventError(f"missing-{name}")
    if raw["earned"] > raw["possible"]:
        raise _WrongEventError("bad-earned")


def _repeatable_id(raw: object) -> str | None:
    name = raw.get("id") if isinstance(raw, dict) else None
    return name if isinstance(name, str) and _ECHO.fullmatch(name) else None


def _text(pattern: str) -> _Check:
    compiled = re.compile(pattern)
    return lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None


def _whole(least: int, most: int) -> _Check:
    # `type` and not isinstance: True is an int.
    return lambda value: type(value) is int and least <= value <= most


def _is_id_list(value: object) -> bool:
    return isinstance(value, list) and len(value) <= _MOST_IDS and all(isinstance(part, str) for part in value)


def _is_placement(value: dict[str, object]) -> bool:
    return len(value) <= _MOST_IDS and all(_is_id(name) and isinstance(placed, str) for name, placed in value.items())


def _is_response(value: object) -> bool:
    if isinstance(value, dict):
        return _is_placement(value) or (value.keys() == {"text", "rubric"} and isinstance(value["text"], str) and _is_id_list(value["rubric"]))
    return isinstance(value, str | bool) or _is_id_list(value)


_is_id = _text(f"(?=.{{1,100}}$){_SLUG}")
_is_uuid = _text(_UUID % "[1-8]")
_REVISION = _text("[A-Za-z0-9._-]{1,64}")
_ALWAYS: dict[str, _Check] = {
    "v": _whole(1, 1),
    "id": _text(_UUID % "7"),
    "k": lambda value: value in ("answer", "view", "done"),
    "d": _is_uuid,
    "n": _whole(1, _LAST_WHOLE),
    "u": _text(f"(?=.{{1,200}}$)(?:{_QUIZ.pattern}|page(?:/{_SLUG}){{1,4}})"),
    "uv": _REVISION,
    "lang": _text("(?=.{1,35}$)[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"),
    # Any short text: a device whose clock is broken must not lose its answers.
    "lc": _text("[ -~]{1,40}"),
}
_OF_ANSWER: dict[str, _Check] = {
    "i": _is_id,
    "iv": _REVISION,
    "t": _whole(1, _LAST_WHOLE),
}
_MAYBE_OF_DONE: dict[str, _Check] = {"a": _is_uuid}
_MAYBE_OF_ANSWER: dict[str, _Check] = {
    "r": _is_response,
    "earned": _whole(0, _MOST_MARKS),
    "possible": _whole(0, _MOST_MARKS),
    "c": _whole(1, 3),
    "a": _is_uuid,
    "src": lambda value: value == "h5p",
}
