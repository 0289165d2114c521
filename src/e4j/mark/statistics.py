"""Say how well questions work, from what many learners answered first: pure, and never about one person.

The figures are those of classical test theory as Moodle's quiz statistics calculator has them. With x the share a learner earned
of an item and rest the share earned of everything else in the quiz:

- facility: mean of x
- discrimination: 100 · cov(x, rest) / √(var(x) · var(rest))
- efficiency, the discriminative efficiency: 100 · cov(x, rest) / cov_max, where cov_max pairs both in sorted order: how much of
  what is possible with these marks the item tells learners apart

Fewer than 30 learners are never shown as a group, and neither is a group that would show them by subtraction.

"Hard in one language only" compares a language with all others together: a two-proportion z-test with pooled variance on the
facility, two-sided, with Holm's correction over all items and languages of a quiz at 0.05. Shares of partly right answers
vary less than right and wrong ones, so the test errs on the quiet side.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import erfc, sqrt
from statistics import fmean, median
from typing import Any

LEAST = 30
"""Learners a group must have to be shown."""

_LEAST_OF_CHOICE = 10
"""Learners who must have chosen something before the rest of their marks is told."""
_POOR_EFFICIENCY = 15
_HARD, _EASY = 0.2, 0.95
_IDLE = 0.02
_GAP = 0.15
_ALPHA = 0.05
_FULL = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Hold the first answer of one learner to one item.

    `who` joins the rows of a learner and says nothing else. `options` tells of each option whether it is right, for kinds that have
    options; `parts` are the thousandths that marking gave for each part.
    """

    who: str
    quiz: str
    item: str
    iv: str
    lang: str
    earned: int
    possible: int
    edition: str = ""
    response: Any = None
    options: Mapping[str, bool] = field(default_factory=dict)
    parts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Say of one option or part how many took it and how they did elsewhere."""

    name: str
    n: int
    share: float
    right: bool | None
    """`None` where nothing is right or wrong."""
    mean_rest: float | None
    """Mean share of the rest of the quiz; `None` for too few."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Say how an item works for a group of learners; a group that is withheld has no figures at all."""

    kind: str
    """`all`, `lang` or `edition`."""
    name: str
    n: int | None = None
    facility: float | None = None
    discrimination: float | None = None
    efficiency: float | None = None
    choices: tuple[Choice, ...] = ()

    @property
    def withheld(self) -> bool:
        """Tell whether the group must not be shown."""
        return self.n is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Name what an author should look at.

    `efficiency`, `too-hard`, `too-easy`; with an option: `idle` and `misleading`; with a language: `hard-in-language`.
    """

    code: str
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemReport:
    """Hold what is known of one item as it was asked (`iv`). The first group is everybody."""

    item: str
    iv: str
    groups: tuple[Group, ...]
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizReport:
    """Hold what is known of a quiz."""

    quiz: str
    items: tuple[ItemReport, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """One row with what else is known of its learner."""

    row: Row
    share: float
    rest: float | None


@dataclass(frozen=True, slots=True)
class _Circle:
    """Learners who have something in common."""

    kind: str
    name: str
    answers: tuple[_Answer, ...]


def read_rows(lines: Iterable[str]) -> list[Row]:
    """Read the lines that `e4j-server answers` writes. Raises `ValueError` naming the line that is none."""
    rows = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                raw = json.loads(line)
                rows.append(Row(**{**raw, "who": str(raw["who"])}))
            except (ValueError, TypeError, KeyError) as error:
                raise ValueError(f"line {number} is not an answer: {error}") from error
    return rows


def report(rows: Iterable[Row], least: int = LEAST) -> tuple[QuizReport, ...]:
    """Return the figures of every quiz in the rows, quizzes by id and items as they first appear."""
    quizzes: dict[str, list[Row]] = {}
    for row in rows:
        quizzes.setdefault(row.quiz, []).append(row)
    return tuple(_report_quiz(quiz, quizzes[quiz], least) for quiz in sorted(quizzes))


def _report_quiz(quiz: str, rows: Sequence[Row], least: int) -> QuizReport:
    items: dict[tuple[str, str], list[_Answer]] = {}
    for answer in _with_rest(rows):
        items.setdefault((answer.row.item, answer.row.iv), []).append(answer)
    shown = {name: _shown_circles(answers, least) for name, answers in items.items()}
    hard = _hard_languages({name: circles for name, (circles, _) in shown.items()}, least)
    reports = []
    for name, (circles, withheld) in shown.items():
        flags = (*_flags(circles), *(Flag(code="hard-in-language", name=language) for language in hard.get(name, ())))
        groups = tuple(sorted((*map(_group, circles), *withheld), key=lambda one: (("all", "lang", "edition").index(one.kind), one.name)))
        reports.append(ItemReport(item=name[0], iv=name[1], groups=groups, flags=flags))
    return QuizReport(quiz=quiz, items=tuple(reports))


def _with_rest(rows: Sequence[Row]) -> Iterator[_Answer]:
    """Join the rows of each learner; of two rows for one item the first counts."""
    first: dict[tuple[str, str], Row] = {}
    for row in rows:
        first.setdefault((row.who, row.item), row)
    sums: dict[str, tuple[int, int]] = {}
    for row in first.values():
        earned, possible = sums.get(row.who, (0, 0))
        sums[row.who] = (earned + row.earned, possible + row.possible)
    for row in first.values():
        earned, possible = sums[row.who]
        rest = possible - row.possible
        yield _Answer(row=row, share=row.earned / row.possible if row.possible else 0.0, rest=(earned - row.earned) / rest if rest else None)


# Who may be shown


def _shown_circles(answers: Sequence[_Answer], least: int) -> tuple[list[_Circle], list[Group]]:
    """Return the circles that may be shown and the groups that are withheld."""
    everybody = _Circle("all", "", tuple(answers))
    languages, editions = _partition("lang", answers, lambda row: row.lang), _partition("edition", answers, lambda row: row.edition)
    editions = editions if len(editions) > 1 else []
    shown = []
    if len(answers) >= least:
        shown = [everybody, *_safe(languages, least), *(editions if _is_coarse(answers, least) else [])]
    return shown, [Group(kind=one.kind, name=one.name) for one in (everybody, *languages, *editions) if one not in shown]


def _safe(parts: Sequence[_Circle], least: int) -> list[_Circle]:
    """Return the parts to show: everybody minus these must be nobody or enough, so a small part hides the next larger one."""
    shown = sorted((one for one in parts if len(one.answers) >= least), key=lambda one: len(one.answers), reverse=True)
    hidden = sum(len(one.answers) for one in parts if one not in shown)
    while shown and 0 < hidden < least:
        hidden += len(shown.pop().answers)
    return shown


def _is_coarse(answers: Sequence[_Answer], least: int) -> bool:
    """Tell whether every edition has enough learners in every language, so that no sum or difference of groups is small."""
    return all(len(cell.answers) >= least for cell in _partition("cell", answers, lambda row: f"{row.lang} {row.edition}"))


def _partition(kind: str, answers: Sequence[_Answer], key: Callable[[Row], str]) -> list[_Circle]:
    parts: dict[str, list[_Answer]] = {}
    for one in answers:
        parts.setdefault(key(one.row), []).append(one)
    return [_Circle(kind, name, tuple(parts[name])) for name in sorted(parts)]


# Figures


def _group(circle: _Circle) -> Group:
    answers = circle.answers
    marked = any(one.row.possible for one in answers)
    pairs = [(one.share, one.rest) for one in answers if one.rest is not None] if marked else []
    discrimination, efficiency = _discrimination(pairs)
    return Group(
        kind=circle.kind,
        name=circle.name,
        n=len(answers),
        facility=_rounded(fmean(one.share for one in answers)) if marked else None,
        discrimination=discrimination,
        efficiency=efficiency,
        choices=tuple(_choices(answers)),
    )


def _discrimination(pairs: Sequence[tuple[float, float]]) -> tuple[float | None, float | None]:
    """Return discrimination and discriminative efficiency in per cent; `None` where marks do not vary."""
    if len(pairs) < 2:
        return None, None
    own, rest = [x for x, _ in pairs], [y for _, y in pairs]
    spread = _covariance(own, own) * _covariance(rest, rest)
    most = _covariance(sorted(own), sorted(rest))
    if spread <= 1e-18 or most <= 1e-12:
        return None, None
    covariance = _covariance(own, rest)
    return _rounded(100 * covariance / sqrt(spread)), _rounded(100 * covariance / most)


def _covariance(first: Sequence[float], second: Sequence[float]) -> float:
    mean, other = fmean(first), fmean(second)
    return sum((x - mean) * (y - other) for x, y in zip(first, second, strict=True)) / (len(first) - 1)


def _rounded(value: float) -> float:
    # Adding 0 turns -0.0 into 0.0.
    return round(value, 3) + 0.0


def _choices(answers: Sequence[_Answer]) -> Iterator[Choice]:
    right = _right_of(answers)
    taken: dict[str, list[_Answer]] = {name: [] for name in right}
    for one in answers:
        for name in _names(one.row):
            taken.setdefault(name, []).append(one)
    for name, some in taken.items():
        rests = [one.rest for one in some if one.rest is not None]
        mean_rest = _rounded(fmean(rests)) if len(rests) >= min(_LEAST_OF_CHOICE, len(answers)) else None
        yield Choice(name=name, n=len(some), share=_rounded(len(some) / len(answers)), right=right.get(name), mean_rest=mean_rest)


def _names(row: Row) -> list[str]:
    """Name what a response chose or put where. Typed text is never repeated."""
    response = row.response
    if isinstance(response, bool):
        return ["true" if response else "false"]
    if isinstance(response, str):
        return [response] if response in row.options else []
    if isinstance(response, list):
        chosen = dict.fromkeys(name for name in response if isinstance(name, str))
        return [name for name in chosen if name in row.options] if row.options else [name for name, credit in row.parts.items() if credit == _FULL]
    return [name for name, credit in row.parts.items() if credit == _FULL]


def _right_of(answers: Sequence[_Answer]) -> dict[str, bool | None]:
    """Return every name there is to choose, and whether it is right."""
    marked = any(one.row.possible for one in answers)
    found: dict[str, bool | None] = {}
    for one in answers:
        for name, right in one.row.options.items():
            found[name] = right if marked else None
        if not one.row.options:
            found.update(dict.fromkeys(one.row.parts, True))
    return found


# What an author should look at


def _flags(circles: Sequence[_Circle]) -> Iterator[Flag]:
    everybody = next((one for one in circles if one.kind == "all"), None)
    if everybody is None:
        return
    group = _group(everybody)
    if group.efficiency is not None and group.efficiency < _POOR_EFFICIENCY:
        yield Flag(code="efficiency")
    if group.facility is not None and group.facility < _HARD:
        yield Flag(code="too-hard")
    if group.facility is not None and group.facility > _EASY:
        yield Flag(code="too-easy")
    wrong = [one for one in group.choices if one.right is False]
    yield from (Flag(code="idle", name=one.name) for one in wrong if one.share < _IDLE)
    yield from (Flag(code="misleading", name=name) for name in _misleading(everybody, group.choices))


def _misleading(circle: _Circle, choices: Sequence[Choice]) -> Iterator[str]:
    """Yield the wrong options that the better half takes more often than a right one. The half is by the rest of the quiz."""
    rests = [one.rest for one in circle.answers if one.rest is not None]
    if not rests or not any(one.right for one in choices) or not any(one.right is False for one in choices):
        return
    middle = median(rests)
    better = [one for one in circle.answers if one.rest is not None and one.rest >= middle]
    counts = {choice.name: sum(choice.name in _names(one.row) for one in better) for choice in choices}
    right = min(counts[choice.name] for choice in choices if choice.right)
    yield from (choice.name for choice in choices if choice.right is False and counts[choice.name] > right)


_Item = tuple[str, str]


def _hard_languages(items: Mapping[_Item, Sequence[_Circle]], least: int) -> dict[_Item, list[str]]:
    """Return the languages in which an item is harder than in all others together, with Holm's correction over the quiz."""
    tests: list[tuple[float, float, _Item, str]] = []
    for name, circles in items.items():
        everybody = next((one for one in circles if one.kind == "all"), None)
        for circle in circles:
            if everybody and circle.kind == "lang" and len(everybody.answers) - len(circle.answers) >= least:
                tests.append((*_compare(circle, everybody), name, circle.name))
    found: dict[_Item, list[str]] = {}
    for rank, (p, difference, name, language) in enumerate(sorted(tests)):
        # Holm: from the first test that fails on, none is significant.
        if p > _ALPHA / (len(tests) - rank):
            break
        if difference <= -_GAP:
            found.setdefault(name, []).append(language)
    return {name: sorted(languages) for name, languages in found.items()}


def _compare(circle: _Circle, everybody: _Circle) -> tuple[float, float]:
    """Return the two-sided p-value and the difference of a language's facility from that of all other languages."""
    own = [one.share for one in circle.answers]
    others = [one.share for one in everybody.answers if one.row.lang != circle.name]
    difference = fmean(own) - fmean(others)
    pooled = fmean([*own, *others])
    error = sqrt(pooled * (1 - pooled) * (1 / len(own) + 1 / len(others)))
    return (erfc(abs(difference) / error / sqrt(2)) if error > 0 else 1.0), difference
