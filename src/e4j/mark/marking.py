"""Marks for a response: pure, integers only. tests/marking/vectors.json and a fuzz test hold web/player/marking.ts equal to it.

An item is an item of a payload with its key, as docs/developers/contracts.md shows it. One without its key earns nothing.

`feedback` names what applies to the response, whether or not an author wrote anything there, in the order of the item:

- single, multiple, survey, hotspot: ids of what was chosen
- truefalse: `true` or `false`
- short, numeric: `accept/<index>` of what was accepted
- cloze: `<gap>/accept/<index>`, `<gap>/<option>`, and for a word put wrongly `<gap>` and `<gap>/<token>`
- order, categorize: ids of the parts that are out of place
- match: for what was matched wrongly `<left>` and `<left>/<right>`
- scenario: ids of the choices taken, each once, in the order of the way
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeGuard

from e4j.mark.normalize import normalize
from e4j.mark.numbers import read_numbers, within

Fields = Mapping[str, Any]
FULL = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Thousandths of a point, thousandths for each part by id, and the names of the feedback that applies."""

    earned: int
    possible: int
    parts: Mapping[str, int] = field(default_factory=dict)
    feedback: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """What a kind says of a response: `got` of `out_of` of the item's points."""

    got: int = 0
    out_of: int = 1
    parts: Mapping[str, int] = field(default_factory=dict)
    feedback: Iterable[str] = ()


_NOTHING = _Judged()


def mark(item: Fields, response: Any) -> Mark:
    """Return the marks of a response. One of another shape, or with ids that do not exist, earns nothing and is never an error."""
    judged, most = _KINDS[item["type"]](item, response), possible(item)
    return Mark(earned=most * judged.got // judged.out_of, possible=most, parts=judged.parts, feedback=tuple(judged.feedback))


def possible(item: Fields) -> int:
    """Return what the item can earn at most: nothing for a survey, a reflection without rubric and a scenario without scores."""
    unmarked = {"survey": True, "reflect": not item.get("rubric"), "scenario": not item.get("scored")}
    return 0 if unmarked.get(item["type"], False) else item["points"] * FULL


def _are_texts(response: Any) -> TypeGuard[list[str]]:
    return isinstance(response, list) and all(isinstance(value, str) for value in response)


def _ids(entries: Iterable[Fields]) -> list[str]:
    return [entry["id"] for entry in entries]


def _right_ids(entries: Iterable[Fields]) -> set[str]:
    return {entry["id"] for entry in entries if entry.get("correct") is True}


def _one_of(entries: Sequence[Fields], response: Any) -> _Judged:
    right = _right_ids(entries)
    if not right or not isinstance(response, str) or response not in _ids(entries):
        return _NOTHING
    hit = response in right
    return _Judged(got=int(hit), parts={response: FULL * hit}, feedback=[response])


def _many_of(item: Fields, response: Any) -> _Judged:
    """Judge a set: what is not an option counts as wrong, what is chosen twice counts once."""
    options, right = _ids(item["options"]), _right_ids(item["options"])
    if not right or not _are_texts(response):
        return _NOTHING
    chosen = set(response)
    parts = {option: FULL * (option in right) for option in options if option in chosen}
    got, out_of = _share_of_many(item.get("scoring"), options, right, chosen)
    return _Judged(got=max(0, got), out_of=out_of, parts=parts, feedback=list(parts))


def _share_of_many(scoring: str | None, options: list[str], right: set[str], chosen: set[str]) -> tuple[int, int]:
    if scoring == "all-or-nothing":
        return int(chosen == right), 1
    if scoring == "per-option":
        judged = sum((option in chosen) == (option in right) for option in options)
        return judged - len(chosen.difference(options)), len(options)
    return 2 * len(chosen & right) - len(chosen), len(right)


def _truth(item: Fields, response: Any) -> _Judged:
    if not isinstance(response, bool) or not isinstance(item.get("answer"), bool):
        return _NOTHING
    return _Judged(got=int(response is item["answer"]), feedback=["true" if response else "false"])


def _accepted_text(accept: Sequence[Fields], steps: Sequence[str], response: Any) -> int | None:
    """Return the place of the first accepted text that is equal after normalising."""
    text = normalize(response, steps) if isinstance(response, str) else ""
    return next((place for place, entry in enumerate(accept) if text and entry["text"] == text), None)


def _accepted_number(accept: Sequence[Fields], unit: str, response: Any) -> int | None:
    """Return the place of the first accepted number that is near enough."""
    numbers = read_numbers(response, unit) if isinstance(response, str) else []
    near = (place for place, entry in enumerate(accept) for number in numbers if within(number, entry["value"], entry["tolerance"]))
    return next(near, None)


def _credited(accept: Sequence[Fields], place: int | None) -> _Judged:
    return _NOTHING if place is None else _Judged(got=accept[place]["credit"], out_of=FULL, feedback=[f"accept/{place}"])


def _short(item: Fields, response: Any) -> _Judged:
    accept = item.get("accept") or ()
    return _credited(accept, _accepted_text(accept, _steps(item), response))


def _numeric(item: Fields, response: Any) -> _Judged:
    accept = item.get("accept") or ()
    return _credited(accept, _accepted_number(accept, item.get("unit") or "", response))


def _steps(item: Fields) -> Sequence[str]:
    steps = item.get("normalize")
    return ("base",) if steps is None else steps


def _of_parts(item: Fields, parts: Mapping[str, int], feedback: Iterable[str]) -> _Judged:
    """Judge by parts: each counts alike, or all of them must be right."""
    whole = item.get("scoring") == "all-or-nothing"
    got = FULL * all(credit == FULL for credit in parts.values()) if whole else sum(parts.values())
    return _Judged(got=got, out_of=FULL if whole else FULL * len(parts), parts=parts, feedback=feedback) if parts else _NOTHING


def _cloze(item: Fields, response: Any) -> _Judged:
    if not any(_has_key(gap) for gap in item["gaps"]):
        return _NOTHING
    given = response if isinstance(response, dict) else {}
    judged = {gap["id"]: _GAPS[gap["kind"]](item, gap, given.get(gap["id"])) for gap in item["gaps"]}
    return _of_parts(item, {gap: credit for gap, (credit, _) in judged.items()}, [name for _, names in judged.values() for name in names])


def _has_key(gap: Fields) -> bool:
    return "accept" in gap or "token" in gap or bool(_right_ids(gap.get("options") or ()))


def _text_gap(item: Fields, gap: Fields, given: Any) -> tuple[int, list[str]]:
    accept = gap.get("accept") or ()
    place = _accepted_text(accept, _steps(item), given)
    return (0, []) if place is None else (accept[place]["credit"], [f"{gap['id']}/accept/{place}"])


def _choice_gap(_item: Fields, gap: Fields, given: Any) -> tuple[int, list[str]]:
    judged = _one_of(gap["options"], given)
    return FULL * judged.got, [f"{gap['id']}/{option}" for option in judged.feedback]


def _drag_gap(item: Fields, gap: Fields, given: Any) -> tuple[int, list[str]]:
    if not isinstance(given, str) or given not in _ids(item.get("tokens") or ()):
        return 0, []
    return (FULL, []) if given == gap.get("token") else (0, [gap["id"], f"{gap['id']}/{given}"])


_GAPS: Mapping[str, Callable[[Fields, Fields, Any], tuple[int, list[str]]]] = {"text": _text_gap, "choice": _choice_gap, "drag": _drag_gap}


def _order(item: Fields, response: Any) -> _Judged:
    right = _ids(item["parts"])
    if _hides_order(item["parts"]):
        return _NOTHING
    if not _are_texts(response) or len(response) != len(right) or set(response) != set(right):
        return _of_parts(item, dict.fromkeys(right, 0), ())
    parts = {part: FULL * (part == placed) for part, placed in zip(right, response, strict=True)}
    return _of_parts(item, parts, [part for part, credit in parts.items() if not credit])


def _hides_order(parts: Sequence[Fields]) -> bool:
    """Tell whether these are parts of an assessed payload: listed by alias, which says nothing of their order."""
    return all("feedback" not in part and re.fullmatch("x[1-9][0-9]*", part["id"]) for part in parts)


def _match(item: Fields, response: Any) -> _Judged:
    return _placed(item, item["lefts"], item["rights"], response, lambda left, right: [left, f"{left}/{right}"])


def _categorize(item: Fields, response: Any) -> _Judged:
    return _placed(item, item["things"], item["categories"], response, lambda thing, _: [thing])


def _placed(item: Fields, parts: Sequence[Fields], places: Sequence[Fields], response: Any, names: Callable[[str, str], list[str]]) -> _Judged:
    key, known = item.get("key"), set(_ids(places))
    if key is None:
        return _NOTHING
    given = response if isinstance(response, dict) else {}
    put = {part: given[part] for part in _ids(parts) if isinstance(given.get(part), str) and given[part] in known}
    marks = {part: FULL * (part in put and put[part] == key.get(part)) for part in _ids(parts)}
    return _of_parts(item, marks, [name for part, place in put.items() if not marks[part] for name in names(part, place)])


def _reflect(item: Fields, response: Any) -> _Judged:
    if not isinstance(response, dict) or not isinstance(response.get("text"), str) or not _are_texts(response.get("rubric")):
        return _NOTHING
    ticked = set(response["rubric"])
    points = sum(line["points"] for line in item.get("rubric") or () if line["id"] in ticked)
    return _Judged(got=min(points, item["points"]), out_of=item["points"] or 1)


def _scenario(item: Fields, response: Any) -> _Judged:
    """Walk from the start. A way that stops before an end, or goes on after one, earns nothing."""
    if not _are_texts(response):
        return _NOTHING
    nodes = {node["id"]: node for node in item["nodes"]}
    here, score, way = nodes.get(item["start"]), 0, dict[str, None]()
    for step in response:
        choice = next((choice for choice in here["choices"] if choice["id"] == step), None) if here and not here["end"] else None
        if choice is None:
            return _Judged(feedback=way)
        way[step] = None
        score += choice.get("score") or 0
        here = nodes.get(choice["to"])
    reached = here is not None and here["end"]
    return _Judged(got=min(max(score, 0), FULL) if reached else 0, out_of=FULL, feedback=way)


def _survey(item: Fields, response: Any) -> _Judged:
    known = isinstance(response, str) and response in _ids(item["options"])
    return _Judged(feedback=[response] if known else ())


_KINDS: Mapping[str, Callable[[Fields, Any], _Judged]] = {
    "single": lambda item, response: _one_of(item["options"], response), "multiple": _many_of, "truefalse": _truth, "short": _short,
    "numeric": _numeric, "cloze": _cloze, "order": _order, "match": _match, "categorize": _categorize,
    "hotspot": lambda item, response: _one_of(item["areas"], response), "survey": _survey, "reflect": _reflect, "scenario": _scenario,
}
