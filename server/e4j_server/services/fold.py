"""Compute progress from a set of events and the keys of assessed quizzes, and from nothing else.

The same fold runs in the browser for what needs no key. `tests/server/services/fold_vectors.json` holds both equal.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from e4j_server.services.attempt_fold import Attempt, State, fold_attempts
from e4j_server.services.item_mark import ItemMark
from e4j_server.services.key_book import Assessment, KeyBook

FOLD_VERSION = 2
"""Raise it when the result for the same events changes: documents kept earlier are then not used."""

Json = dict[str, Any]
_NOTHING_KNOWN = Assessment()


def fold_events(learner: str, events: Iterable[Mapping[str, Any]], assessment: Assessment = _NOTHING_KNOWN) -> Json:
    """Return the progress document of a learner; the order in which events come does not matter.

    They are taken in the order of device, sequence and id, because no clock can be trusted.
    `best` is the first answer with the highest `earned`.
    """
    ordered = in_order(events)
    progress: Json = {"learner": learner, "events": len(ordered), "quizzes": {}, "pages": {}}
    for one in ordered:
        kind, _, name = one["u"].partition("/")
        if one["k"] == "answer":
            # Marks that a device gives itself count only where devices may mark.
            if "a" not in one and not assessment.keys.is_assessed(name):
                _add_answer(_items_of(progress, name), one["i"], _marks(one), _last(one))
        elif kind == "page":
            page = progress["pages"].setdefault(name, {"viewed": False, "done": False})
            page["viewed" if one["k"] == "view" else "done"] = True
    for attempt in fold_attempts(ordered, assessment):
        _add_attempt(progress, attempt, assessment.keys)
    return progress


def in_order(events: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return events in the order in which they are folded."""
    return sorted(events, key=lambda one: (one["d"], one["n"], one["id"]))


def _items_of(progress: Json, quiz: str) -> Json:
    items: Json = progress["quizzes"].setdefault(quiz, {"items": {}})["items"]
    return items


def _marks(one: Mapping[str, Any]) -> Json:
    return {"earned": one["earned"], "possible": one["possible"]}


def _last(one: Mapping[str, Any]) -> Json:
    # In the primary tier an event carries no text to repeat.
    return {"iv": one["iv"]} | ({"r": one["r"]} if "r" in one else {})


def _add_answer(items: Json, name: str, mark: Json, last: Json) -> None:
    item = items.setdefault(name, {"tries": 0, "first": mark, "best": mark})
    best = mark if mark["earned"] > item["best"]["earned"] else item["best"]
    items[name] = {"tries": item["tries"] + 1, "first": item["first"], "best": best, "last": mark | last}


def _add_attempt(progress: Json, attempt: Attempt, keys: KeyBook) -> None:
    items = _items_of(progress, attempt.quiz)
    progress["quizzes"][attempt.quiz].setdefault("attempts", []).append({"attempt": attempt.id, **show_sums(attempt)})
    policy = keys.policy(attempt.quiz)
    # Marks of single items would tell the key, try by try, where it is never to be told.
    if policy and policy.feedback == "on-finish":
        for name, one in attempt.items.items():
            _add_answer(items, name, {"earned": one.earned, "possible": one.possible}, _last_of(one))


def _last_of(one: ItemMark) -> Json:
    return _last(one.answer) if one.answer else {"iv": one.iv}


def show_sums(attempt: Attempt) -> Json:
    """Return what may be said of an attempt as a whole: marks only of one that is handed in, marked and counts."""
    marked = attempt.state is State.HANDED_IN
    return {
        "state": str(attempt.state),
        "earned": attempt.earned if marked else None,
        "possible": attempt.possible if marked else None,
        "passed": attempt.passed if marked else None,
        "remarked": attempt.remarked,
    }
