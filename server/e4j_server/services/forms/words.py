"""Say a response in words: the HTML of what was chosen, part by part."""

from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Any

from e4j_server.services.feedback import Say
from e4j_server.services.forms.shown import Json


def answer_texts(item: Json, response: Any, say: Say) -> list[str]:
    """Return a response to an item as HTML; ids that the item does not have are left out."""
    if response is None:
        return []
    return [text for text in _KINDS[item["type"]](item, response, say) if text]


def _html(parts: Iterable[Json], name: Any) -> str:
    return next((part["html"] for part in parts if part["id"] == name), "")


def _many(group: str) -> Callable[[Json, Any, Say], list[str]]:
    return lambda item, response, _: [_html(item[group], name) for name in ([response] if isinstance(response, str) else response)]


def _typed(_item: Json, response: Any, _say: Say) -> list[str]:
    return [escape(str(response))]


def _gaps(item: Json, response: Any, _say: Say) -> list[str]:
    return [_gap(item, gap, response.get(gap["id"])) for gap in item["gaps"]]


def _gap(item: Json, gap: Json, given: str | None) -> str:
    if given is None:
        return "…"
    if gap["kind"] == "text":
        return escape(given)
    return _html([*(gap.get("options") or ()), *(item.get("tokens") or ())], given)


def _pairs(parts: str, places: str) -> Callable[[Json, Any, Say], list[str]]:
    return lambda item, response, _: [f"{part['html']} — {_html(item[places], response.get(part['id'])) or '…'}" for part in item[parts]]


def _scenario(item: Json, response: Any, _say: Say) -> list[str]:
    choices = [choice for node in item["nodes"] for choice in node["choices"]]
    return [_html(choices, name) for name in response]


_KINDS: Mapping[str, Callable[[Json, Any, Say], list[str]]] = {
    "single": _many("options"),
    "multiple": _many("options"),
    "survey": _many("options"),
    "hotspot": _many("areas"),
    "order": _many("parts"),
    "truefalse": lambda _, response, say: [escape(say("True") if response else say("False"))],
    "short": _typed,
    "numeric": _typed,
    "cloze": _gaps,
    "match": _pairs("lefts", "rights"),
    "categorize": _pairs("things", "categories"),
    "reflect": lambda _item, response, _say: [escape(response["text"])],
    "scenario": _scenario,
}
