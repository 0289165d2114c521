"""Take in a batch of a learner's log."""

from collections.abc import Sequence
from dataclasses import dataclass

from e4j_server.errors import TooManyEvents
from e4j_server.services.event_check import check_event
from e4j_server.store.database import Database
from e4j_server.store.events import append_events
from e4j_server.store.learners import lock_learners
from e4j_server.store.records import Event, Status

LARGEST_BATCH = 200
"""Events in one call."""


@dataclass(frozen=True, slots=True)
class Result:
    """Say what became of one thing sent."""

    id: str | None
    status: Status
    reason: str | None = None


def receive_events(database: Database, learner: str, raw_events: Sequence[object], hour: str) -> list[Result]:
    """Store a batch in one transaction and answer each event in its place.

    When this returns, everything answered `new` or `dup` is on disk. Sending a batch again,
    in any order or in parts, changes nothing more.
    """
    if len(raw_events) > LARGEST_BATCH:
        raise TooManyEvents
    checked = [check_event(raw) for raw in raw_events]
    events = [one for one in checked if isinstance(one, Event)]
    statuses = iter(_append(database, learner, events, hour) if events else ())
    return [Result(one.id, next(statuses)) if isinstance(one, Event) else Result(one.id, Status.INVALID, one.reason) for one in checked]


def _append(database: Database, learner: str, events: Sequence[Event], hour: str) -> list[Status]:
    with database.write() as tx:
        # Two tabs of one learner may send the same batch at once; the second then finds the first one's events.
        lock_learners(tx, [learner])
        return append_events(tx, learner, events, hour)
