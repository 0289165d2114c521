"""The JSON Schema of a quiz file, for editors that complete and check while somebody writes. It is derived from the model, never written by hand."""

import inspect
import types
import typing
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from e4j.load.decode import COMPUTED, ID, RENAMES
from e4j.model import quiz as q
from e4j.model.text import Text

_ADDRESS = "https://json-schema.org/draft/2020-12/schema"
_NAMED = {"id", "to", "start", "within", "outcome"}


def quiz_schema() -> dict[str, Any]:
    """Return the schema (draft 2020-12) of `quizzes/<quiz>.yml`."""
    definitions: dict[str, Any] = {}
    root = _object(q.Quiz, definitions)
    root["properties"] = {"schema": {"const": "quiz/1"}} | root["properties"]
    kinds = [{"$ref": f"#/$defs/{kind.__name__}"} for kind in get_args(q.AnyItem)]
    for kind in get_args(q.AnyItem):
        _define(kind, definitions)
    definitions["Item"] = {"type": "object", "required": ["type"], "oneOf": kinds}
    return {"$schema": _ADDRESS, "title": "Quiz", **root, "$defs": dict(sorted(definitions.items()))}


def _define(cls: type, definitions: dict[str, Any]) -> dict[str, str]:
    if cls.__name__ not in definitions:
        definitions[cls.__name__] = {}
        definitions[cls.__name__] = _object(cls, definitions)
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _object(cls: type, definitions: dict[str, Any]) -> dict[str, Any]:
    hints = get_type_hints(cls)
    shown = [entry for entry in fields(cls) if entry.name not in COMPUTED.get(cls, ())]
    names = RENAMES.get(cls, {})
    properties = {names.get(entry.name, entry.name): _property(entry, hints[entry.name], definitions) for entry in shown}
    required = [names.get(entry.name, entry.name) for entry in shown if _is_required(entry)]
    if issubclass(cls, q.Item):
        required.append("type")
    return {
        "type": "object", "description": inspect.cleandoc(cls.__doc__ or ""), "properties": properties, "required": required,
        "additionalProperties": False,
    }


def _is_required(entry: "Field[Any]") -> bool:
    return entry.default is MISSING and entry.default_factory is MISSING


def _property(entry: "Field[Any]", hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if entry.name in _NAMED:
        return {"type": "string", "pattern": f"^({ID.pattern})?$"}
    if entry.name in {"value", "tolerance"}:  # numbers are kept as decimal strings, so that 0.1 stays 0.1
        return {"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
    if entry.name in {"credit", "score", "passing"}:
        return {"type": "number", "minimum": 0, "maximum": 1}
    return _type(hint, definitions)


def _type(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, arguments = get_origin(hint), get_args(hint)
    if hint == q.AnyItem:
        return {"$ref": "#/$defs/Item"}
    if origin is Literal:
        return {"const": arguments[0]} if len(arguments) == 1 else {"enum": list(arguments)}
    if origin in {Union, types.UnionType}:
        return {"anyOf": [_type(next(one for one in arguments if one is not type(None)), definitions), {"type": "null"}]}
    if origin is tuple:
        array = {"type": "array", "items": _type(arguments[0], definitions)}
        return {"anyOf": [array, array["items"]]} if arguments[0] is q.Draw else array
    if origin in {Mapping, typing.get_origin(Mapping[str, str])}:
        return {"type": "object", "additionalProperties": _type(arguments[1], definitions)}
    if is_dataclass(hint) and hint is not Text:
        return _define(typing.cast("type", hint), definitions)
    return {"type": _PLAIN[hint]}


_PLAIN: Mapping[Any, str] = {Text: "string", str: "string", int: "integer", float: "number", bool: "boolean"}
