"""Find a learner's attempts at assessed quizzes in the log, and mark them: a pure function of events, receipts and keys."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from e4j.mark.chance import draw
from e4j_server.services.item_mark import ItemMark, mark_item
from e4j_server.services.key_book import Assessment, Selection

Event = Mapping[str, Any]


class State(StrEnum):
    """Say how far an attempt is."""

    OPEN = "open"
    HANDED_IN = "handed-in"
    UNMARKED = "unmarked"
    """Handed in, but the server does not have all keys yet."""
    OVER_LIMIT = "over-limit"
    """Handed in after the last attempt that counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Hold one attempt; only one that is handed in has marks."""

    id: str
    quiz: str
    state: State
    earned: int = 0
    possible: int = 0
    passed: bool = False
    items: Mapping[str, ItemMark] = field(default_factory=dict)

    @property
    def remarked(self) -> bool:
        """Tell whether a corrected key changed any mark."""
        return any(one.remarked for one in self.items.values())


def fold_attempts(ordered: Iterable[Event], assessment: Assessment) -> list[Attempt]:
    """Return the attempts in events that are in the order of the log: handed-in ones in the order of hand-in, then open ones.

    The last answer to an item before the hand-in counts, and the first attempts that are handed in, as many as the quiz allows.
    """
    groups: dict[str, list[Event]] = {}
    finished = []
    for one in ordered:
        # What arrived after the hand-in was perhaps made after the key was shown, whatever number it has.
        if "a" in one and not assessment.receipt(one["id"]).late:
            group = groups.setdefault(one["a"], [])
            # An attempt is at the quiz of its first event.
            if group and group[0]["u"] != one["u"]:
                continue
            if one["k"] == "done" and all(earlier["k"] != "done" for earlier in group):
                finished.append(one["a"])
            group.append(one)
    opened = [name for name in groups if name not in set(finished)]
    used: dict[str, int] = {}
    return [_limit(_finish(name, groups[name], assessment), assessment, used) for name in finished] + [
        Attempt(id=name, quiz=_quiz_of(groups[name]), state=State.OPEN) for name in opened
    ]


def _quiz_of(events: Sequence[Event]) -> str:
    return str(events[0]["u"].partition("/")[2])


def _limit(attempt: Attempt, assessment: Assessment, used: dict[str, int]) -> Attempt:
    """Take the marks from an attempt too many: else every one more would be a look at the key."""
    policy = assessment.keys.policy(attempt.quiz)
    used[attempt.quiz] = used.get(attempt.quiz, 0) + 1
    if policy is None or not 0 < policy.attempts < used[attempt.quiz]:
        return attempt
    return Attempt(id=attempt.id, quiz=attempt.quiz, state=State.OVER_LIMIT)


def _finish(name: str, events: Sequence[Event], assessment: Assessment) -> Attempt:
    attempt = Attempt(id=name, quiz=_quiz_of(events), state=State.UNMARKED)
    place = next(place for place, one in enumerate(events) if one["k"] == "done")
    done = events[place]
    number = assessment.receipt(done["id"]).key_number
    selection = assessment.keys.selection(attempt.quiz, done["uv"], number)
    policy = assessment.keys.policy(attempt.quiz)
    if selection is None or policy is None or policy.mode != "assessed":
        return attempt
    marks = _mark_drawn(attempt, selection, events[:place], assessment)
    if marks is None:
        return attempt
    earned, most = (sum(getattr(one, name) for one in marks.values()) for name in ("earned", "possible"))
    passed = earned * 1000 >= policy.passing * most
    return replace(attempt, state=State.HANDED_IN, earned=earned, possible=most, passed=passed, items=marks)


def _mark_drawn(attempt: Attempt, selection: Selection, answers: Sequence[Event], assessment: Assessment) -> dict[str, ItemMark] | None:
    """Mark what was drawn for this attempt; answers to anything else earn nothing. `None`: a key is missing."""
    last = {one["i"]: one for one in answers}
    marks = {}
    for item in draw(selection.items, selection.draw, attempt.id, mixed=selection.shuffle):
        answer = last.get(item["id"])
        receipt = assessment.receipt(answer["id"] if answer else "")
        marked = mark_item(assessment.keys, attempt.quiz, (item["id"], item["iv"]), answer, receipt)
        if marked is None:
            return None
        marks[item["id"]] = marked
    return marks
