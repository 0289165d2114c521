"""Store the answers of a form as an attempt that is handed in."""

import secrets
import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from e4j_server.errors import BadRequest
from e4j_server.services.event_check import Invalid, check_event
from e4j_server.services.forms.sheet import Sheet
from e4j_server.store.database import Database
from e4j_server.store.events import append_events, last_seq
from e4j_server.store.learners import lock_learners
from e4j_server.store.records import Event

_TYPED = ("short", "numeric", "reflect")
_TEXT_FREE = "primary"
_NO_CLOCK = "form"
_FORMS = uuid.UUID("0b3f8f0e-6f0c-4b53-9a5c-4f1c0f2f7a11")


def hand_in(database: Database, learner: str, sheet: Sheet, hour: str) -> None:
    """Store the answers to what the sheet asks, and the hand-in, in one transaction.

    All forms of a learner come from one device that the server stands for, so that they have an order.
    """
    device = str(uuid.uuid5(_FORMS, learner))
    answers = [
        {"k": "answer", "i": question.entry.id, "iv": question.entry.iv, "t": 1, "r": question.read.response}
        for question in sheet.questions
        if question.read.response is not None and not _is_private(sheet, question.item)
    ]
    with database.write() as tx:
        lock_learners(tx, [learner])
        first = last_seq(tx, device) + 1
        events = [_event(sheet, device, number, body, hour) for number, body in enumerate([*answers, {"k": "done"}], first)]
        append_events(tx, learner, events, hour)


def _is_private(sheet: Sheet, item: Mapping[str, Any]) -> bool:
    """Tell whether an answer is free text of a child, which is never stored."""
    typed = item["type"] in _TYPED or any(gap["kind"] == "text" for gap in item.get("gaps") or ())
    return sheet.file.tier == _TEXT_FREE and typed


def _event(sheet: Sheet, device: str, number: int, body: Mapping[str, Any], hour: str) -> Event:
    raw: dict[str, Any] = {
        "v": 1,
        "id": _event_id(hour),
        "d": device,
        "n": number,
        "u": f"quiz/{sheet.file.quiz}",
        "uv": sheet.file.rev,
        "a": sheet.attempt,
        "lang": sheet.language,
        "lc": _NO_CLOCK,
        **body,
    }
    while isinstance(checked := check_event(raw), Invalid):
        if checked.reason != "too-large":
            raise BadRequest
        raw["r"] = _shorten(raw["r"])
    return checked


def _event_id(hour: str) -> str:
    """Return a UUIDv7 of the hour: no time more exact is stored about a learner."""
    milliseconds = int(datetime.fromisoformat(hour).timestamp() * 1000)
    chance = secrets.randbits(74)
    return str(uuid.UUID(int=milliseconds << 80 | 7 << 76 | (chance >> 62) << 64 | 2 << 62 | chance & (1 << 62) - 1))


def _shorten(response: Any) -> Any:
    """Halve the texts of a response."""
    if isinstance(response, str):
        return response[: len(response) // 2]
    return {name: _shorten(value) if isinstance(value, str) else value for name, value in response.items()}
