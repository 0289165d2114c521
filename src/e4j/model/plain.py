"""A quiz as plain values in the form of our sources: what decoding turns back into the same quiz.

Fields that say nothing (their default) are left out, texts are their Markdown, and names are those of the sources.
"""

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from e4j.model import quiz as q
from e4j.model.text import Text

NAMES: Mapping[type, Mapping[str, str]] = {q.Settings: {"passing": "pass"}, q.Thing: {"within": "in"}, q.Draw: {"among": "from"}}
"""Fields of quizzes whose names in the sources are words that Python keeps for itself."""

_FIRST = ("id", "type", "outcome", "stem")
_LAST = ("explain", "hints", "reread", "points", "tags", "media", "confidence", "shuffle")
_NOT_IN_SOURCES = frozenset({"line", "path"})


def item_value(item: q.Item) -> dict[str, Any]:
    """Return an item as plain values, in the order people like to read."""
    found = _object(item) | {"type": item.type}  # type: ignore[attr-defined]
    own = [name for name in found if name not in _FIRST and name not in _LAST]
    return {name: found[name] for name in (*_FIRST, *own, *_LAST) if name in found}


def settings_value(settings: q.Settings) -> dict[str, Any]:
    """Return the settings that differ from the usual ones."""
    return _object(settings)


def quiz_value(quiz: q.Quiz) -> dict[str, Any]:
    """Return a quiz as plain values. The bytes of its media are not part of it."""
    settings = settings_value(quiz.settings)
    head = {"schema": "quiz/1", "id": quiz.id, "title": quiz.title.value} | ({"settings": settings} if settings else {})
    return head | {"items": [item_value(item) for item in quiz.items]}


def _object(value: Any) -> dict[str, Any]:
    names = NAMES.get(type(value), {})
    return {
        names.get(field.name, field.name): _value(getattr(value, field.name))
        for field in fields(value)
        if field.name not in _NOT_IN_SOURCES and not _usual(getattr(value, field.name), field)
    }


def _usual(value: Any, field: Any) -> bool:
    """Tell whether a field has its default, so that it need not be written."""
    if field.default is not MISSING:
        return bool(_value(value) == _value(field.default))
    return field.default_factory is not MISSING and value == field.default_factory()


def _value(value: Any) -> Any:
    if isinstance(value, Text):
        return value.value
    if is_dataclass(value):
        return _object(value)
    if isinstance(value, Mapping):
        return {key: _value(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_value(one) for one in value]
    return value


__all__ = ["NAMES", "item_value", "quiz_value", "settings_value"]
