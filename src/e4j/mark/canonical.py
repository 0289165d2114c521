"""Responses to an assessed quiz, with the ids its learner saw turned back into those of the source."""

from collections.abc import Callable, Mapping
from typing import Any

Alias = Mapping[str, str]


def canonical(item: Mapping[str, Any], response: Any, alias: Alias) -> Any:
    """Return the response with real ids. `alias` gives the real id of each alias of the item; what it does not know stays as it is.

    Typed text is never changed, even where it reads like an alias, and a response of another shape is returned as it came.
    """
    turn = _KINDS.get(item["type"])
    return turn(item, response, alias) if turn else response


def _id(value: Any, alias: Alias) -> Any:
    return alias.get(value, value) if isinstance(value, str) else value


def _one(_item: Mapping[str, Any], response: Any, alias: Alias) -> Any:
    return _id(response, alias)


def _list(_item: Mapping[str, Any], response: Any, alias: Alias) -> Any:
    return [_id(value, alias) for value in response] if isinstance(response, list) else response


def _set(item: Mapping[str, Any], response: Any, alias: Alias) -> Any:
    """Sort again what is sorted by alias."""
    ids = _list(item, response, alias)
    return sorted(ids) if isinstance(ids, list) and all(isinstance(value, str) for value in ids) else ids


def _placement(_item: Mapping[str, Any], response: Any, alias: Alias) -> Any:
    return {_id(part, alias): _id(place, alias) for part, place in response.items()} if isinstance(response, dict) else response


def _gaps(item: Mapping[str, Any], response: Any, alias: Alias) -> Any:
    if not isinstance(response, dict):
        return response
    chosen = {gap["id"] for gap in item["gaps"] if gap["kind"] != "text"}
    return {gap: _id(value, alias) if gap in chosen else value for gap, value in response.items()}


_KINDS: Mapping[str, Callable[[Mapping[str, Any], Any, Alias], Any]] = {
    "single": _one, "survey": _one, "hotspot": _one, "multiple": _set, "order": _list, "scenario": _list,
    "match": _placement, "categorize": _placement, "cloze": _gaps,
}
