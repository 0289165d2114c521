"""Append to the log and read it back."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, func, insert, or_, select

from e4j_server.store.database import Transaction
from e4j_server.store.keys import newest_numbers
from e4j_server.store.learners import family_of
from e4j_server.store.records import Event, KeyName, Logged, Receipt, Status
from e4j_server.store.tables import event, learner, quarantine


@dataclass(frozen=True, slots=True)
class _Held:
    """What the log already holds of a batch."""

    digests: dict[str, bytes]
    seats: set[tuple[str, int]]


def append_events(tx: Transaction, learner_id: str, events: Sequence[Event], hour: str) -> list[Status]:
    """Add events in their order and say of each what became of it.

    The first writer wins: nothing stored is ever changed. An event whose id or whose place in
    the device's sequence is taken by other content goes to quarantine.
    """
    held = _find_held(tx, events)
    statuses = []
    fresh, clashing = [], []
    for one in events:
        seat = (one.device, one.seq)
        if held.digests.get(one.id) == one.sha256:
            statuses.append(Status.DUP)
        elif one.id in held.digests or seat in held.seats:
            clashing.append(one)
            statuses.append(Status.CONFLICT)
        else:
            held.digests[one.id] = one.sha256
            held.seats.add(seat)
            fresh.append(one)
            statuses.append(Status.NEW)
    _insert_fresh(tx, learner_id, fresh, hour)
    _set_aside(tx, learner_id, clashing, hour)
    return statuses


def count_events(tx: Transaction, learner_id: str) -> int:
    """Count the events of a surviving learner and everyone merged into it."""
    rows = select(func.count()).select_from(event).join(learner, event.c.learner == learner.c.id)
    return tx.scalar(rows.where(family_of(learner_id))) or 0


def last_seq(tx: Transaction, device: str) -> int:
    """Return the highest number of a device in the log, or 0."""
    return tx.scalar(select(func.max(event.c.seq)).where(event.c.device == device)) or 0


def read_log(tx: Transaction, learner_id: str) -> list[Logged]:
    """Return the events of a surviving learner and everyone merged into it, in no order."""
    rows = select(event.c.body, event.c.key_number, event.c.late).join(learner, event.c.learner == learner.c.id)
    return [
        Logged(body=row.body, receipt=Receipt(key_number=row.key_number, late=bool(row.late)))
        for row in tx.execute(rows.where(family_of(learner_id)))
    ]


def read_quiz_log(tx: Transaction, quiz: str) -> dict[str, list[Logged]]:
    """Return by surviving learner the events whose text names a quiz; a few of them may be about something else."""
    survivor = func.coalesce(learner.c.merged_into, learner.c.id).label("survivor")
    rows = select(survivor, event.c.body, event.c.key_number, event.c.late).join(learner, event.c.learner == learner.c.id)
    named = event.c.body.contains(f'"u":"quiz/{quiz}"', autoescape=True)
    logs: dict[str, list[Logged]] = {}
    for row in tx.execute(rows.where(named)):
        receipt = Receipt(key_number=row.key_number, late=bool(row.late))
        logs.setdefault(row.survivor, []).append(Logged(body=row.body, receipt=receipt))
    return logs


def _find_held(tx: Transaction, events: Sequence[Event]) -> _Held:
    by_id = select(event.c.id, event.c.sha256).where(event.c.id.in_([one.id for one in events]))
    by_seat = select(event.c.device, event.c.seq).where(_in_seats(events))
    return _Held(
        digests={row.id: row.sha256 for row in tx.execute(by_id)},
        seats={(row.device, row.seq) for row in tx.execute(by_seat)},
    )


def _in_seats(events: Sequence[Event]) -> ColumnElement[bool]:
    # By device, nearly always one: SQLite answers `(device, seq) IN (…)` by reading every event there is.
    places = defaultdict(list)
    for one in events:
        places[one.device].append(one.seq)
    return or_(*(and_(event.c.device == device, event.c.seq.in_(seqs)) for device, seqs in places.items()))


def _insert_fresh(tx: Transaction, learner_id: str, events: Sequence[Event], hour: str) -> None:
    if not events:
        return
    numbers = _find_numbers(tx, events)
    handed_in = _find_handed_in(tx, learner_id, {one.attempt for one in events if one.attempt})
    rows = [
        {
            "id": one.id,
            "learner": learner_id,
            "device": one.device,
            "seq": one.seq,
            "body": one.body,
            "sha256": one.sha256,
            "received_hour": hour,
            "attempt": one.attempt,
            "key_number": numbers.get(one.key) if one.key else None,
            "late": int(one.attempt in handed_in) if one.attempt else None,
        }
        for one in events
    ]
    tx.execute(insert(event), rows)


def _find_numbers(tx: Transaction, events: Sequence[Event]) -> Mapping[KeyName, int]:
    names = [one.key for one in events if one.key]
    return newest_numbers(tx, names) if names else {}


def _find_handed_in(tx: Transaction, learner_id: str, attempts: set[str]) -> set[str]:
    """Return those of a learner's attempts that were handed in by an event stored already."""
    if not attempts:
        return set()
    rows = select(event.c.attempt, event.c.body).join(learner, event.c.learner == learner.c.id)
    found = tx.execute(rows.where(event.c.attempt.in_(attempts), family_of(learner_id)))
    return {row.attempt for row in found if json.loads(row.body)["k"] == "done"}


def _set_aside(tx: Transaction, learner_id: str, events: Sequence[Event], hour: str) -> None:
    kept = select(quarantine.c.event, quarantine.c.sha256).where(quarantine.c.event.in_([one.id for one in events]))
    known = {(row.event, row.sha256) for row in tx.execute(kept)} if events else set()
    # A client that missed the answer sends the same conflict again: keep it once.
    rows = {
        (one.id, one.sha256): {
            "event": one.id,
            "sha256": one.sha256,
            "learner": learner_id,
            "body": one.body,
            "received_hour": hour,
        }
        for one in events
        if (one.id, one.sha256) not in known
    }
    if rows:
        tx.execute(insert(quarantine), list(rows.values()))
