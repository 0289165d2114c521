"""Compute progress from a set of events, and from nothing else.

The same fold runs in the browser. `tests/server/services/fold_vectors.json` holds both equal.
"""

from collections.abc import Iterable, Mapping
from typing import Any

FOLD_VERSION = 1
"""Raise it when the result for the same events changes: documents kept earlier are then not used."""

Json = dict[str, Any]


def fold_events(learner: str, events: Iterable[Mapping[str, Any]]) -> Json:
    """Return the progress document of a learner; the order in which events come does not matter.

    They are taken in the order of device, sequence and id, because no clock can be trusted.
    `best` is the first answer with the highest `earned`.
    """
    ordered = sorted(events, key=lambda one: (one["d"], one["n"], one["id"]))
    progress: Json = {"learner": learner, "events": len(ordered), "quizzes": {}, "pages": {}}
    for one in ordered:
        kind, _, name = one["u"].partition("/")
        if one["k"] == "answer":
            quiz = progress["quizzes"].setdefault(name, {"items": {}})
            quiz["items"][one["i"]] = _add_answer(quiz["items"].get(one["i"]), one)
        elif kind == "page":
            page = progress["pages"].setdefault(name, {"viewed": False, "done": False})
            page["viewed" if one["k"] == "view" else "done"] = True
    return progress


def _add_answer(item: Json | None, answer: Mapping[str, Any]) -> Json:
    mark = {"earned": answer["earned"], "possible": answer["possible"]}
    last = {**mark, "iv": answer["iv"]}
    # In the primary tier an event carries no text to repeat.
    if "r" in answer:
        last["r"] = answer["r"]
    if item is None:
        return {"tries": 1, "first": mark, "best": mark, "last": last}
    best = mark if mark["earned"] > item["best"]["earned"] else item["best"]
    return {**item, "tries": item["tries"] + 1, "best": best, "last": last}
