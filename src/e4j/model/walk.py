"""Visit every translatable text of a model object with its context, and rebuild the object from what the visitor returns.

Reading segments and applying translations are the same walk, so extracting and applying with no translation is the identity.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, cast

from e4j.model import blocks as b
from e4j.model.text import Segment, Text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

T = TypeVar("T")
Visit = Callable[[str, Text], Text]


def map_texts(value: T, visit: Visit, context: str = "") -> T:
    """Return `value` with every text replaced by what `visit(context, text)` returns; the same object where nothing changes."""
    return _value(value, visit, context)  # type: ignore[no-any-return]


def segments(value: Any, context: str = "") -> tuple[Segment, ...]:
    """List the translatable texts of an object in reading order, each context and text once."""
    found: dict[tuple[str, str], Segment] = {}

    def visit(place: str, text: Text) -> Text:
        found.setdefault((place, text.value), Segment(context=place, text=text.value, line=text.line))
        return text

    map_texts(value, visit, context)
    return tuple(found.values())


@cache
def _plan(cls: Hashable) -> tuple[str, ...]:
    """Name the fields of a class that can hold texts. A pure function of the class, so it may be remembered."""
    skipped = {"id", "line", "path", "level", "fields"}
    return tuple(f.name for f in fields(cast("type[DataclassInstance]", cls)) if f.name not in skipped)


def _value(value: Any, visit: Visit, context: str) -> Any:
    if isinstance(value, Text):
        return visit(context, value) if value.value else value
    if isinstance(value, tuple):
        return _blocks(value, visit, context) if value and isinstance(value[0], b.Block) else _tuple(value, visit, context)
    if is_dataclass(value) and not isinstance(value, type):
        return _object(value, visit, context)
    return value


def _tuple(value: tuple[Any, ...], visit: Visit, context: str) -> tuple[Any, ...]:
    if not value or isinstance(value[0], str | int):
        return value
    changed = tuple(_value(item, visit, _join(context, getattr(item, "id", ""))) for item in value)
    return value if all(new is old for new, old in zip(changed, value, strict=True)) else changed


def _object(value: Any, visit: Visit, context: str) -> Any:
    changes: dict[str, Any] = {}
    for name in _plan(cast("Hashable", type(value))):
        old = getattr(value, name)
        if isinstance(old, Mapping):
            new = _mapping(old, visit, _join(context, name))
            if new is not old:
                changes[name] = new
            continue
        if isinstance(old, str | int | float | bytes | Enum) or old is None:
            continue
        new = _value(old, visit, _join(context, "" if name in {"pages", "items", "blocks"} else name))
        if new is not old:
            changes[name] = new
    return replace(value, **changes) if changes else value


def _mapping(value: Mapping[str, Any], visit: Visit, context: str) -> Mapping[str, Any]:
    """Visit the texts and objects of a mapping; lists in a mapping are data for each language and are not translated."""
    changed = {key: item if isinstance(item, tuple) else _value(item, visit, _join(context, key)) for key, item in value.items()}
    return value if all(changed[key] is value[key] for key in value) else changed


def _blocks(value: tuple[b.Block, ...], visit: Visit, context: str) -> tuple[b.Block, ...]:
    """Visit blocks in order; a heading or step gives its id to what follows or is inside it. `context` is `page[/section]`."""
    changed: list[b.Block] = []
    page, _, _ = context.partition("/")
    section = context
    for block in value:
        if isinstance(block, b.Heading):
            section = f"{page}/{block.id}"
        inside = f"{page}/{block.id}" if isinstance(block, b.Step) else section
        changed.append(_block(block, visit, inside))
    return value if all(new is old for new, old in zip(changed, value, strict=True)) else tuple(changed)


def _block(block: b.Block, visit: Visit, context: str) -> b.Block:
    changes: dict[str, Any] = {}
    for name in _plan(cast("Hashable", type(block))):
        old = getattr(block, name)
        if isinstance(old, Text):
            new: Any = visit(context, old) if old.value else old
        elif isinstance(old, tuple):
            new = _inner(old, visit, context)
        else:
            continue
        if new is not old:
            changes[name] = new
    return replace(block, **changes) if changes else block


def _inner(value: tuple[Any, ...], visit: Visit, context: str) -> tuple[Any, ...]:
    if value and isinstance(value[0], b.Block):
        return _blocks(value, visit, context)
    changed = tuple(
        _inner(item, visit, context) if isinstance(item, tuple) else visit(context, item) if isinstance(item, Text) and item.value else item
        for item in value
    )
    return value if all(new is old for new, old in zip(changed, value, strict=True)) else changed


def _join(context: str, name: str) -> str:
    if not name:
        return context
    return f"{context}/{name}" if context else name


__all__ = ["Visit", "map_texts", "segments"]
