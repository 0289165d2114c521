"""Say how an attempt at an assessed quiz went, as far as its learner may know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from e4j_server.errors import UnknownAttempt
from e4j_server.services.attempt_fold import Attempt, State, fold_attempts
from e4j_server.services.feedback import Say, feedback_texts, right_texts
from e4j_server.services.fold import in_order, show_sums
from e4j_server.services.item_mark import ItemMark
from e4j_server.services.key_book import KeyBook
from e4j_server.services.key_folder import KeyFile
from e4j_server.services.learner_log import read_learner_log
from e4j_server.store.database import Database

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAttempt:
    """Hold an attempt with what it is shown by."""

    attempt: Attempt
    keys: KeyBook
    used: int
    """How often this learner handed in the quiz."""


def find_attempt(database: Database, learner: str, name: str) -> FoundAttempt:
    """Return an attempt of a surviving learner, or raise `UnknownAttempt`; other people's attempts are unknown."""
    with database.read() as tx:
        log = read_learner_log(tx, learner)
    attempts = fold_attempts(in_order(log.events), log.assessment)
    found = next((one for one in attempts if one.id == name), None)
    if found is None:
        raise UnknownAttempt
    used = sum(one.quiz == found.quiz and one.state is not State.OPEN for one in attempts)
    return FoundAttempt(attempt=found, keys=log.assessment.keys, used=used)


def show_attempt(found: FoundAttempt, file: KeyFile | None, language: str, say: Say) -> Json:
    """Return the document of `GET /api/v1/attempts/<id>`.

    Before the hand-in there is nothing of marks or keys in it, and with the feedback `never` only the sums after it. `file` is
    today's key file of the quiz, from which texts are taken in a language.
    """
    attempt = found.attempt
    policy = found.keys.policy(attempt.quiz)
    shown = attempt.items if policy and policy.feedback == "on-finish" else {}
    return {
        "attempt": attempt.id,
        "quiz": attempt.quiz,
        **show_sums(attempt),
        "items": {name: _show_item(found, name, one, read_texts(found, file, name, one, language), say) for name, one in shown.items()},
        "attempts": {"used": found.used, "allowed": policy.attempts if policy else 0},
    }


def read_texts(found: FoundAttempt, file: KeyFile | None, name: str, one: ItemMark, language: str) -> Json:
    """Return an item in a language; one that was edited since is only in the database, as its source has it."""
    entry = next((entry for entry in file.entries if entry.id == name), None) if file else None
    if file and entry and entry.iv == one.iv and language in file.languages:
        return {**file.languages[language].items[name]}
    return answered_item(found, name, one)


def answered_item(found: FoundAttempt, name: str, one: ItemMark) -> Json:
    """Return an item as it was marked."""
    key = found.keys.item(found.attempt.quiz, name, one.iv)
    return key.in_language(one.answer["lang"] if one.answer else "") if key else {}


def _show_item(found: FoundAttempt, name: str, one: ItemMark, item: Json, say: Say) -> Json:
    key = found.keys.item(found.attempt.quiz, name, one.iv)
    return {
        "earned": one.earned,
        "possible": one.possible,
        "remarked": one.remarked,
        "parts": _as_shown(one.mark.parts, key.alias if key else {}),
        "feedback": feedback_texts(item, answered_item(found, name, one), one.mark.feedback),
        "explain": item.get("explain") or None,
        "reread": item.get("reread"),
        "key": right_texts(item, say),
    }


def _as_shown(parts: Mapping[str, int], alias: Mapping[str, str]) -> Json:
    """Return parts by the ids that the learner's page has."""
    shown: dict[str, list[str]] = {}
    for name, real in alias.items():
        shown.setdefault(real, []).append(name)
    return {name: credit for real, credit in parts.items() for name in shown.get(real, [real])}
