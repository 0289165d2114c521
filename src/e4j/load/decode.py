"""Turn plain values into the model with cattrs, and every mistake into a finding at its line."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args

import cattrs
from cattrs.errors import AttributeValidationNote, ForbiddenExtraKeysError, IterableValidationNote
from cattrs.gen import make_dict_structure_fn, override

from e4j.load.yaml import Document, Path, Str
from e4j.model import quiz as q
from e4j.model.catalog import Audience, Course, Level, PassRule
from e4j.model.codes import finding
from e4j.model.finding import Finding
from e4j.model.plain import NAMES
from e4j.model.text import Text, one_line

T = TypeVar("T")

RENAMES: Mapping[type, Mapping[str, str]] = {**NAMES, Course: {"pass_rule": "pass"}, PassRule: {}}
"""Fields whose names in the sources are words that Python keeps for itself."""

COMPUTED: Mapping[type, tuple[str, ...]] = {q.Quiz: ("path", "media")} | dict.fromkeys(get_args(q.AnyItem), ("line",))
"""Fields that reading fills in; nobody writes them."""

_PUBLIC = {name: alias for renames in RENAMES.values() for name, alias in renames.items()}
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ITEM_TYPES: Mapping[str, type[q.Item]] = {get_args(kind.__annotations__["type"])[0]: kind for kind in get_args(q.AnyItem)}


class _WrongValue(ValueError):
    """A value of the right kind that is not allowed."""


def _text(value: Any, _: Any) -> Text:
    if isinstance(value, str):
        return Text(value=one_line(value), line=getattr(value, "line", 0))
    raise TypeError(f"a text is expected, not {_kind(value)}")


def _str(value: Any, _: Any) -> str:
    if isinstance(value, str):
        return str(value)
    raise TypeError(f"a text is expected, not {_kind(value)}")


def _int(value: Any, _: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise TypeError(f"a whole number is expected, not {_kind(value)}")


def _float(value: Any, _: Any) -> float:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    raise TypeError(f"a number is expected, not {_kind(value)}")


def _bool(value: Any, _: Any) -> bool:
    if isinstance(value, bool):
        return value
    raise TypeError(f"true or false is expected, not {_kind(value)}")


def _kind(value: Any) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "a text", list: "a list", dict: "a mapping"}
    return "nothing" if value is None else names.get(Str if isinstance(value, Str) else type(value), "a text")


def _converter() -> cattrs.Converter:
    converter = cattrs.Converter(forbid_extra_keys=True, detailed_validation=True)
    for kind, hook in ((str, _str), (int, _int), (float, _float), (bool, _bool), (Text, _text)):
        converter.register_structure_hook(kind, hook)
    for choice in (Level, Audience):  # a StrEnum is a str, so cattrs would take the hook for texts
        converter.register_structure_hook(choice, lambda value, choice: choice(_str(value, str)))
    converter.register_structure_hook_func(lambda kind: kind == q.AnyItem, lambda value, _: _item(converter, value))
    named = {**RENAMES, **COMPUTED}
    converter.register_structure_hook_factory(lambda cls: isinstance(cls, type) and cls in named, lambda cls: _named(cls, converter))  # made when wanted
    converter.register_structure_hook_func(
        lambda kind: kind == tuple[q.Draw, ...], lambda value, _: tuple(converter.structure(value if isinstance(value, list) else [value], list[q.Draw])),
    )
    number = make_dict_structure_fn(q.AcceptedNumber, converter, _cattrs_forbid_extra_keys=True)
    converter.register_structure_hook(q.AcceptedNumber, lambda value, kind: number(_decimals(value), kind))
    return converter


def _named(cls: type, converter: cattrs.Converter) -> Callable[..., Any]:
    """Return how a class with names of its own in the sources is read."""
    overrides = {name: override(rename=alias) for name, alias in RENAMES.get(cls, {}).items()}
    overrides |= {name: override(omit=True) for name in COMPUTED.get(cls, ())}
    read: Callable[..., Any] = make_dict_structure_fn(cls, converter, _cattrs_forbid_extra_keys=True, **overrides)  # type: ignore[arg-type]
    return read


def _decimals(value: Any) -> Any:
    if not isinstance(value, dict):
        raise TypeError(f"a mapping with `value` is expected, not {_kind(value)}")
    plain = {key: str(v) if isinstance(v, int | float) and not isinstance(v, bool) else v for key, v in value.items()}
    return plain | ({"credit": value["credit"]} if "credit" in value else {})


def _item(converter: cattrs.Converter, value: Any) -> q.Item:
    if not isinstance(value, dict):
        raise TypeError(f"a mapping with id, type and stem is expected, not {_kind(value)}")
    kind = ITEM_TYPES.get(value.get("type", ""))
    if kind is None:
        raise _WrongValue(f"unknown type of item '{value.get('type', '')}'; known are {', '.join(ITEM_TYPES)}")
    return converter.structure(value, kind)


CONVERTER = _converter()


def decode(document: Document, cls: type[T], path: str, findings: list[Finding], *, at: Path = ()) -> T | None:
    """Structure the document, or the part of it at `at`, as `cls`. None where there were mistakes; all of them are in `findings`."""
    value = document.value
    for step in at:
        value = value[step]
    if not isinstance(value, dict):
        findings.append(finding("Y005", path, document.line(at), f"a mapping is expected, not {_kind(value)}"))
        return None
    try:
        return CONVERTER.structure(value, cls)
    except Exception as error:  # cattrs groups every kind of exception; anything else would be a bug
        if not isinstance(error, cattrs.BaseValidationError):
            raise
        before = len(findings)
        _collect(error, at, document, path, findings)
        if len(findings) == before:
            raise
        return None


def _collect(error: BaseException, at: Path, document: Document, path: str, findings: list[Finding]) -> None:
    at = at + _step(error)
    if isinstance(error, cattrs.BaseValidationError):
        for child in error.exceptions:
            _collect(child, at, document, path, findings)
        return
    line = document.line(at)
    if isinstance(error, ForbiddenExtraKeysError):
        for key in sorted(error.extra_fields):
            findings.append(finding("Y003", path, document.line((*at, key)), f"unknown key '{key}'"))
    elif isinstance(error, KeyError):
        findings.append(finding("Y004", path, line, f"missing key '{_public(error.args[0])}'"))
    elif isinstance(error, TypeError):
        findings.append(finding("Y005", path, line, f"{_where(at)}{error}"))
    else:
        findings.append(finding("Y006", path, line, f"{_where(at)}{_reason(error)}"))


def _step(error: BaseException) -> Path:
    for note in getattr(error, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return (_public(note.name),)
        if isinstance(note, IterableValidationNote):
            return (note.index,) if isinstance(note.index, int) else (str(note.index),)
    return ()


def _public(name: str) -> str:
    return _PUBLIC.get(name, name)


def _where(at: Path) -> str:
    return f"'{at[-1]}': " if at and isinstance(at[-1], str) else ""


def _reason(error: BaseException) -> str:
    text = str(error)
    if isinstance(error, _WrongValue):
        return text
    if match := re.match(r"(.+) is not a valid (\w+)", text):
        return f"{match[1]} is not a {match[2].lower()} that is known"
    return text or "this value is not allowed"


def check_id(value: str, path: str, line: int, findings: list[Finding]) -> None:
    """Report an id that is not kebab-case."""
    if not ID.fullmatch(value):
        findings.append(finding("I001", path, line, f"'{value}' is not a well-formed id"))


__all__ = ["COMPUTED", "CONVERTER", "ID", "RENAMES", "check_id", "decode"]
