"""Read what folding a learner's log needs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from e4j_server.services.key_book import Assessment, KeyBook
from e4j_server.store.database import Transaction
from e4j_server.store.events import read_log
from e4j_server.store.keys import list_quizzes, read_versions


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnerLog:
    """Hold the events of a learner, in no order, with the keys of the quizzes in them."""

    events: list[Mapping[str, Any]]
    assessment: Assessment


def read_learner_log(tx: Transaction, learner: str) -> LearnerLog:
    """Return the log of a surviving learner."""
    logged = read_log(tx, learner)
    events = [json.loads(one.body) for one in logged]
    quizzes = {one["u"].partition("/")[2] for one in events if one["u"].startswith("quiz/")}
    known = quizzes & list_quizzes(tx)
    receipts = {event["id"]: one.receipt for event, one in zip(events, logged, strict=True) if "a" in event}
    return LearnerLog(events=events, assessment=Assessment(KeyBook.of(read_versions(tx, known)), receipts))
