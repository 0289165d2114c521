"""Read the fields of a form as responses, and say what is missing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from e4j_server.services.forms.shown import Json

Fields = Mapping[str, Sequence[str]]
"""Values of a form by the name of the field, each as often as it was sent."""

MISSING = "This question has no answer yet."
UNFINISHED = "Something is still open in this question."
TWO_IN_ONE_PLACE = "Give each part its own place."
NO_END = "Follow one way until it ends."


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Hold what a learner answered to one item, and what is wrong with it."""

    response: Any = None
    """`None` for no answer."""
    problem: str | None = None
    """English text of the catalogs."""


def read_response(item: Json, fields: Fields) -> Read:
    """Return the response to an item, whose ids are those of the form."""
    return _KINDS[item["type"]](item, fields, f"q-{item['id']}")


def _last(fields: Fields, name: str) -> str:
    values = fields.get(name) or ("",)
    return values[-1].strip()


def _ids(parts: Sequence[Json]) -> list[str]:
    return [part["id"] for part in parts]


def _one(group: str) -> Callable[[Json, Fields, str], Read]:
    def read(item: Json, fields: Fields, name: str) -> Read:
        chosen = _last(fields, name)
        return Read(response=chosen) if chosen in _ids(item[group]) else Read(problem=MISSING)

    return read


def _many(item: Json, fields: Fields, name: str) -> Read:
    chosen = sorted(set(fields.get(name) or ()) & set(_ids(item["options"])))
    return Read(response=chosen) if chosen else Read(problem=MISSING)


def _truth(_item: Json, fields: Fields, name: str) -> Read:
    chosen = _last(fields, name)
    return Read(response=chosen == "true") if chosen in {"true", "false"} else Read(problem=MISSING)


def _text(_item: Json, fields: Fields, name: str) -> Read:
    typed = _last(fields, name)
    return Read(response=typed) if typed else Read(problem=MISSING)


def _placed(parts: Sequence[str], allowed: Callable[[str, str], bool], fields: Fields, name: str) -> Read:
    given = {part: _last(fields, f"{name}-{part}") for part in parts}
    placed = {part: value for part, value in given.items() if value and allowed(part, value)}
    problem = MISSING if not placed else UNFINISHED if len(placed) < len(parts) else None
    return Read(response=placed or None, problem=problem)


def _gaps(item: Json, fields: Fields, name: str) -> Read:
    known = {gap["id"]: _ids(gap.get("options") or item.get("tokens") or ()) for gap in item["gaps"] if gap["kind"] != "text"}
    return _placed(_ids(item["gaps"]), lambda gap, value: gap not in known or value in known[gap], fields, name)


def _match(item: Json, fields: Fields, name: str) -> Read:
    rights = _ids(item["rights"])
    return _placed(_ids(item["lefts"]), lambda _, value: value in rights, fields, name)


def _categorize(item: Json, fields: Fields, name: str) -> Read:
    categories = _ids(item["categories"])
    return _placed(_ids(item["things"]), lambda _, value: value in categories, fields, name)


def _order(item: Json, fields: Fields, name: str) -> Read:
    parts = _ids(item["parts"])
    places = {part: _last(fields, f"{name}-{part}") for part in parts}
    if not any(places.values()):
        return Read(problem=MISSING)
    if sorted(places.values()) != sorted(str(place + 1) for place in range(len(parts))):
        return Read(problem=TWO_IN_ONE_PLACE if all(places.values()) else UNFINISHED)
    return Read(response=sorted(parts, key=lambda part: int(places[part])))


def _reflect(item: Json, fields: Fields, name: str) -> Read:
    typed = _last(fields, name)
    lines = _ids(item.get("rubric") or ())
    ticked = [line for line in lines if _last(fields, f"{name}-r-{line}")]
    return Read(response={"text": typed, "rubric": ticked}) if typed else Read(problem=MISSING)


def _scenario(item: Json, fields: Fields, name: str) -> Read:
    """Walk from the start; a form has one choice for a moment, so coming back to one would go round for ever."""
    nodes = {node["id"]: node for node in item["nodes"]}
    here, seen = item["start"], set[str]()
    way: list[str] = []
    while here in nodes and here not in seen and not nodes[here]["end"]:
        seen.add(here)
        chosen = _last(fields, f"{name}-{here}")
        choice = next((one for one in nodes[here]["choices"] if one["id"] == chosen), None)
        if choice is None:
            return Read(response=way or None, problem=NO_END if way else MISSING)
        way.append(chosen)
        here = choice["to"]
    return Read(response=way, problem=NO_END if here in seen else None)


_KINDS: Mapping[str, Callable[[Json, Fields, str], Read]] = {
    "single": _one("options"),
    "survey": _one("options"),
    "hotspot": _one("areas"),
    "multiple": _many,
    "truefalse": _truth,
    "short": _text,
    "numeric": _text,
    "cloze": _gaps,
    "order": _order,
    "match": _match,
    "categorize": _categorize,
    "reflect": _reflect,
    "scenario": _scenario,
}
