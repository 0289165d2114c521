"""Take from the log what learners answered first in a quiz, for statistics and without who they are."""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from e4j.mark import Mark, mark
from e4j.mark.statistics import Row
from e4j_server.services.attempt_fold import Attempt, State, fold_attempts
from e4j_server.services.fold import in_order
from e4j_server.services.key_book import Assessment, ItemKey, KeyBook
from e4j_server.store.database import Database
from e4j_server.store.events import read_quiz_log
from e4j_server.store.keys import read_versions

Event = Mapping[str, Any]
_CHOSEN = {"single": "options", "multiple": "options", "survey": "options", "hotspot": "areas"}
_TYPED = ("short", "numeric", "reflect", "cloze")


def first_rows(database: Database, quiz: str) -> list[Row]:
    """Return the first answers to a quiz. Learners have random numbers that are drawn anew each time.

    In an assessed quiz these are those of the first attempt that counts, and what was left open earned nothing. Typed text is left out:
    it may say who wrote it.
    """
    with database.read() as tx:
        logs = read_quiz_log(tx, quiz)
        keys = KeyBook.of(read_versions(tx, [quiz]))
    rows = [row for learner, log in logs.items() for row in _rows_of(learner, log, quiz, keys)]
    return _rename(rows)


def write_row(row: Row) -> str:
    """Return a row as a line of JSON."""
    fields = ("who", "quiz", "item", "iv", "lang", "edition", "earned", "possible", "response", "options", "parts")
    return json.dumps({name: getattr(row, name) for name in fields} | {"who": int(row.who)}, ensure_ascii=False)


def _rename(rows: Sequence[Row]) -> list[Row]:
    learners = sorted({row.who for row in rows})
    chance = random.SystemRandom()
    names = dict(zip(learners, chance.sample(range(1, len(learners) + 1), len(learners)), strict=True))
    return sorted((replace(row, who=str(names[row.who])) for row in rows), key=lambda row: int(row.who))


def _rows_of(learner: str, log: Sequence[Any], quiz: str, keys: KeyBook) -> Iterator[Row]:
    events = [json.loads(one.body) for one in log]
    ordered = in_order(event for event in events if event["u"] == f"quiz/{quiz}")
    if keys.is_assessed(quiz):
        receipts = {event["id"]: one.receipt for event, one in zip(events, log, strict=True)}
        attempts = fold_attempts(ordered, Assessment(keys, receipts))
        first = next((one for one in attempts if one.state is State.HANDED_IN), None)
        yield from _rows_of_attempt(learner, first, keys) if first else ()
        return
    seen = set[str]()
    for event in ordered:
        if event["k"] == "answer" and "a" not in event and event["i"] not in seen:
            seen.add(event["i"])
            yield _row_of_answer(learner, event, quiz, keys)


def _rows_of_attempt(learner: str, attempt: Attempt, keys: KeyBook) -> Iterator[Row]:
    language = next((one.answer["lang"] for one in attempt.items.values() if one.answer), None)
    # A form handed in empty says nothing of the questions.
    if language is None:
        return
    for name, one in attempt.items.items():
        key = keys.item(attempt.quiz, name, one.iv)
        if key:
            about = {"who": learner, "quiz": attempt.quiz, "item": name, "iv": one.iv, "lang": one.answer["lang"] if one.answer else language}
            yield _row(about, key, one.response, one.mark)


def _row_of_answer(learner: str, event: Event, quiz: str, keys: KeyBook) -> Row:
    about = {"who": learner, "quiz": quiz, "item": event["i"], "iv": event["iv"], "lang": event["lang"]}
    key = keys.item(quiz, event["i"], event["iv"])
    if key is None or "r" not in event or "src" in event:
        return Row(**about, earned=event["earned"], possible=event["possible"])
    return _row(about, key, event["r"], mark(key.in_language(event["lang"]), event["r"]))


def _row(about: Mapping[str, str], key: ItemKey, response: Any, given: Mark) -> Row:
    typed = key.item["type"] in _TYPED
    return Row(
        **about,
        earned=given.earned,
        possible=given.possible,
        response=None if typed else response,
        options=_options(key.item),
        parts=dict(given.parts),
    )


def _options(item: Mapping[str, Any]) -> dict[str, bool]:
    if item["type"] == "truefalse":
        return {"true": item["answer"], "false": not item["answer"]}
    return {option["id"]: bool(option.get("correct")) for option in item[_CHOSEN[item["type"]]]} if item["type"] in _CHOSEN else {}
