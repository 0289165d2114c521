"""Show an item as a page may: with the ids of the page and without anything of its key."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from e4j.mark.chance import part_order

Json = dict[str, Any]

_GROUPS = ("options", "areas", "categories", "things", "lefts", "rights", "parts", "tokens", "rubric")
_MIXED = ("rights", "parts", "tokens")
"""Lists whose order in the source would tell the key."""
_HIDDEN = frozenset(
    {"correct", "answer", "accept", "key", "token", "score", "scored", "values", "hints", "explain", "reread", "model", "feedback", "credit"},
)


def hide_item(item: Json, source: Json, alias: Mapping[str, str], *, keep_rubric: bool) -> Json:
    """Return an item for a form: ids are those of the page, and no field of the key is left.

    `source` is the same item in the source language: two parts with one id share it out in the order of their texts there, as
    the build does. `keep_rubric` is for those who mark their own text.
    """
    names = _Names(source, alias)
    shown = {field: value for field, value in item.items() if field not in _HIDDEN}
    for group in _GROUPS:
        if group in item:
            shown[group] = _in_order(item, group, [_hide_part(part, names.of(group, part["id"])) for part in item[group]], aliased=bool(alias))
    if "gaps" in item:
        shown["gaps"] = [_hide_gap(gap, names, aliased=bool(alias)) for gap in item["gaps"]]
    if "nodes" in item:
        shown["nodes"] = [_hide_node(node, names) for node in item["nodes"]]
        shown["start"] = names.of("nodes", item["start"])
    if not keep_rubric:
        shown.pop("rubric", None)
    return shown


class _Names:
    """Give each part of an item the id that its page shows."""

    def __init__(self, source: Json, alias: Mapping[str, str]) -> None:
        pages: dict[str, list[str]] = {}
        for name in sorted(alias, key=_number):
            pages.setdefault(alias[name], []).append(name)
        parts: dict[str, list[tuple[str, str]]] = {}
        for group, part in _all_parts(source):
            parts.setdefault(part["id"], []).append((part.get("html") or "", group))
        self._names = {
            (group, real): pages[real][min(place, len(pages[real]) - 1)]
            for real, some in parts.items()
            if real in pages
            for place, (_, group) in enumerate(sorted(some))
        }

    def of(self, group: str, real: str) -> str:
        return self._names.get((group, real), real)


def _number(name: str) -> tuple[int, str]:
    return (int(name[1:]) if name[1:].isdecimal() else 0, name)


def _all_parts(item: Json) -> Iterator[tuple[str, Json]]:
    for group in _GROUPS:
        for part in item.get(group) or ():
            yield group, part
    for gap in item.get("gaps") or ():
        for option in gap.get("options") or ():
            yield f"gap {gap['id']}", option
    for node in item.get("nodes") or ():
        yield "nodes", node
        for choice in node["choices"]:
            yield f"choices {node['id']}", choice


def _hide_part(part: Json, name: str) -> Json:
    return {**{field: value for field, value in part.items() if field not in _HIDDEN}, "id": name}


def _in_order(item: Json, group: str, parts: Sequence[Json], *, aliased: bool) -> list[Json]:
    if aliased:
        return sorted(parts, key=lambda part: _number(part["id"]))
    return part_order(parts, item["rev"], item["id"]) if group in _MIXED else list(parts)


def _hide_gap(gap: Json, names: _Names, *, aliased: bool) -> Json:
    shown = _hide_part(gap, gap["id"])
    if "options" in gap:
        options = [_hide_part(option, names.of(f"gap {gap['id']}", option["id"])) for option in gap["options"]]
        shown["options"] = sorted(options, key=lambda option: _number(option["id"])) if aliased else options
    return shown


def _hide_node(node: Json, names: _Names) -> Json:
    choices = [
        {**_hide_part(choice, names.of(f"choices {node['id']}", choice["id"])), "to": names.of("nodes", choice["to"])} for choice in node["choices"]
    ]
    return {**_hide_part(node, names.of("nodes", node["id"])), "choices": choices}
