"""Find the texts that belong to an answer: what `e4j.mark` names, and what would have been right."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Any

Item = Mapping[str, Any]
Say = Callable[[str], str]
"""Says an English text in a learner's language."""

_FULL = 1000


def feedback_texts(item: Item, answered: Item, names: Iterable[str]) -> list[str]:
    """Return the HTML an author wrote for the names that a mark gives, each text once.

    `item` is in the reader's language, `answered` the item as it was marked: what counts as right is data for each language,
    so an accepted text is found only there.
    """
    found = (_feedback(item, answered, name) for name in names)
    return list(dict.fromkeys(text for text in found if text))


def _feedback(item: Item, answered: Item, name: str) -> str | None:
    first, _, rest = name.partition("/")
    if item["type"] == "truefalse":
        return (item.get("feedback") or {}).get(name)
    if first == "accept":
        return _accepted(answered, rest)
    if item["type"] == "cloze":
        return _gap_feedback(item, answered, first, rest)
    if item["type"] == "match" and rest:
        return _of(item["rights"], rest)
    return _of(_parts(item), name)


def _gap_feedback(item: Item, answered: Item, gap: str, rest: str) -> str | None:
    if not rest:
        return _of(item["gaps"], gap)
    if rest.startswith("accept/"):
        return _accepted(_find(answered["gaps"], gap), rest.removeprefix("accept/"))
    return _of([*(_find(item["gaps"], gap).get("options") or ()), *(item.get("tokens") or ())], rest)


def _accepted(holder: Item, place: str) -> str | None:
    accept = holder.get("accept") or ()
    return accept[int(place)].get("feedback") if int(place) < len(accept) else None


def _parts(item: Item) -> Sequence[Item]:
    """Return what a learner of this kind of item chooses or puts in place."""
    if item["type"] == "scenario":
        return [choice for node in item["nodes"] for choice in node["choices"]]
    fields = {"hotspot": "areas", "order": "parts", "categorize": "things", "match": "lefts"}
    return item.get(fields.get(item["type"], "options")) or ()


def _find(parts: Iterable[Item], name: str) -> Item:
    return next((part for part in parts if part["id"] == name), {})


def _of(parts: Iterable[Item], name: str) -> str | None:
    return _find(parts, name).get("feedback")


def right_texts(item: Item, say: Say) -> list[str]:
    """Return the right answer as HTML, part by part; nothing for a kind without one."""
    return _RIGHT.get(item["type"], _no_texts)(item, say)


def _no_texts(_item: Item, _say: Say) -> list[str]:
    return []


def _right_options(options: Iterable[Item]) -> list[str]:
    return [option["html"] for option in options if option.get("correct")]


def _right_accepted(accept: Iterable[Item], name: str, unit: str = "") -> list[str]:
    # Accepted texts are normalised; an author's own spelling stands beside.
    full = dict.fromkeys(str(one.get("shown") or one[name]) for one in accept if one["credit"] == _FULL)
    return [f"{escape(text)} {unit}".strip() for text in full]


def _right_gaps(item: Item, _say: Say) -> list[str]:
    return [" / ".join(_right_gap(item, gap)) for gap in item["gaps"]]


def _right_gap(item: Item, gap: Item) -> list[str]:
    if gap["kind"] == "text":
        return _right_accepted(gap.get("accept") or (), "text")
    if gap["kind"] == "choice":
        return _right_options(gap["options"])
    return [_find(item["tokens"], gap["token"]).get("html", "")]


def _right_pairs(parts: Iterable[Item], places: Sequence[Item], key: Mapping[str, str]) -> list[str]:
    return [f"{part['html']} — {_find(places, key.get(part['id'], '')).get('html', '')}" for part in parts]


_RIGHT: Mapping[str, Callable[[Item, Say], list[str]]] = {
    "single": lambda item, _: _right_options(item["options"]),
    "multiple": lambda item, _: _right_options(item["options"]),
    "hotspot": lambda item, _: _right_options(item["areas"]),
    "truefalse": lambda item, say: [escape(say("True") if item["answer"] else say("False"))],
    "short": lambda item, _: _right_accepted(item["accept"], "text"),
    "numeric": lambda item, _: _right_accepted(item["accept"], "value", item.get("unit") or ""),
    "cloze": _right_gaps,
    "order": lambda item, _: [part["html"] for part in item["parts"]],
    "match": lambda item, _: _right_pairs(item["lefts"], item["rights"], item["key"]),
    "categorize": lambda item, _: _right_pairs(item["things"], item["categories"], item["key"]),
    "reflect": lambda item, _: [item["model"]] if item.get("model") else [],
}
