"""Say item by item how a form went."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from e4j.mark import Mark, mark
from e4j_server.services.attempt_result import FoundAttempt, answered_item, read_texts
from e4j_server.services.feedback import Say, feedback_texts, right_texts
from e4j_server.services.forms.sheet import Sheet, split_stem
from e4j_server.services.forms.shown import Json
from e4j_server.services.forms.words import answer_texts
from e4j_server.services.key_folder import KeyFile

RIGHT = "Right"
PARTLY = "Partly right"
WRONG = "Not right"
UNANSWERED = "No answer"
UNMARKED = "No mark here"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemResult:
    """Hold what a page says of one item."""

    number: int
    pieces: tuple[tuple[str, str], ...]
    answers: list[str]
    verdict: str
    """English text of the catalogs."""
    earned: int
    possible: int
    feedback: list[str]
    key: list[str]
    explain: str
    reread: Json | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Hold what a page says of a whole form."""

    earned: int
    possible: int
    passed: bool
    items: list[ItemResult]


def mark_practice(sheet: Sheet, say: Say) -> Result:
    """Mark a form that nobody stores."""
    items = []
    for question in sheet.questions:
        item = sheet.file.languages[sheet.language].items[question.entry.id]
        response = question.read.response
        # Without a tick a text is not marked as worth nothing: a page without scripts may show no lines to tick.
        unticked = item["type"] == "reflect" and not (response and response["rubric"])
        given = Mark(earned=0, possible=0) if unticked else mark(item, response)
        items.append(_show(question.number, item, item, response, given, say))
    return _sum(items, sheet.file.passing)


def show_assessed(found: FoundAttempt, file: KeyFile, language: str, say: Say) -> Result:
    """Show an attempt that was handed in, as far as the quiz shows anything."""
    attempt, items = found.attempt, []
    if file.feedback == "on-finish":
        for number, (name, one) in enumerate(attempt.items.items(), 1):
            texts = read_texts(found, file, name, one, language)
            items.append(_show(number, texts, answered_item(found, name, one), one.response, one.mark, say))
    return Result(earned=attempt.earned, possible=attempt.possible, passed=attempt.passed, items=items)


def _sum(items: Iterable[ItemResult], passing: int) -> Result:
    shown = list(items)
    earned, possible = sum(one.earned for one in shown), sum(one.possible for one in shown)
    return Result(earned=earned, possible=possible, passed=earned * 1000 >= passing * possible, items=shown)


def _show(number: int, item: Json, answered: Json, response: Any, given: Mark, say: Say) -> ItemResult:
    return ItemResult(
        number=number,
        pieces=split_stem(item["stem"]),
        answers=_answers(item, response, say),
        verdict=_verdict(response, given),
        earned=given.earned,
        possible=given.possible,
        feedback=feedback_texts(item, answered, given.feedback),
        key=right_texts(item, say),
        explain=item.get("explain") or "",
        reread=item.get("reread"),
    )


def _answers(item: Json, response: Any, say: Say) -> list[str]:
    """Say an answer in words; one of another shape, which only a script can have sent, is not said."""
    try:
        return answer_texts(item, response, say)
    except (AttributeError, KeyError, TypeError):
        return []


def _verdict(response: Any, given: Mark) -> str:
    if response is None:
        return UNANSWERED
    if not given.possible:
        return UNMARKED
    return RIGHT if given.earned == given.possible else PARTLY if given.earned else WRONG
