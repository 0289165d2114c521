"""Revisions of quizzes and items: what answers are filed under. Computed from the source, never typed, never moved by a translation."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from e4j.model import quiz as q
from e4j.model.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemVersion:
    """The state of one item.

    `asked` is the revision that answers carry; `key` changes with what counts as right. In practice they are the same. In an
    assessed quiz `asked` says nothing about the key, and `alias` gives the id by which a part is known outside, by role and id.
    """

    asked: str
    key: str
    alias: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizVersion:
    """The state of a quiz: its revision and that of each item by id."""

    rev: str
    items: Mapping[str, ItemVersion]


def quiz_version(quiz: q.Quiz) -> QuizVersion:
    """Return the version of a quiz as written in its source language."""
    items = {item.id: _assessed(item) if quiz.settings.mode == "assessed" else _practice(item) for item in quiz.items}
    return QuizVersion(rev=_digest([version.asked for version in items.values()]), items=items)


def item_revision(item: q.Item) -> str:
    """Return the revision of an item's key, from its type and key alone."""
    return _digest([item.id, getattr(item, "type", ""), item.points, _KEYS[type(item)](item)])


def quiz_revision(quiz: q.Quiz) -> str:
    """Return the revision of a quiz: it changes when what counts as right changes, never with a translation."""
    return quiz_version(quiz).rev


def _practice(item: q.Item) -> ItemVersion:
    revision = item_revision(item)
    return ItemVersion(asked=revision, key=revision)


def _assessed(item: q.Item) -> ItemVersion:
    parts = sorted((text.value, role, name) for role, name, text in _PARTS[type(item)](item))
    alias = {(role, name): f"x{number}" for number, (_, role, name) in enumerate(parts, 1)}
    asked = [item.id, getattr(item, "type", ""), item.points, item.stem.value, parts]
    return ItemVersion(asked=_digest(asked), key=item_revision(item), alias=alias)


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


def _unless(value: str, usual: str) -> list[str]:
    """Name a way of scoring only where it is not the usual one, so that revisions of older items stay as they are."""
    return [] if value == usual else [value]


def _accepted(accept: Mapping[str, tuple[q.AcceptedText, ...]]) -> list[Any]:
    return sorted((language, [(a.text, a.credit) for a in texts]) for language, texts in accept.items())


def _gap_key(gap: q.Gap) -> list[Any]:
    return [gap.kind, _accepted(gap.accept), [(o.id, o.correct) for o in gap.options]]


_KEYS: Mapping[type[q.Item], Callable[[Any], Any]] = {
    q.Single: lambda item: [(o.id, o.correct) for o in item.options],
    q.Multiple: lambda item: [(o.id, o.correct) for o in item.options] + _unless(item.scoring, "right-minus-wrong"),
    q.Survey: lambda item: [o.id for o in item.choices],
    q.TrueFalse: lambda item: item.answer,
    q.Short: lambda item: [_accepted(item.accept), list(item.normalize)],
    q.Numeric: lambda item: [(a.value, a.tolerance, a.credit) for a in item.accept],
    q.Cloze: lambda item: [
        sorted((name, _gap_key(gap)) for name, gap in item.gaps.items()), [d.id for d in item.distractors], list(item.normalize), item.scoring,
    ],
    q.Order: lambda item: [[part.id for part in item.sequence], item.scoring],
    q.Match: lambda item: [[pair.id for pair in item.pairs], [d.id for d in item.distractors], item.scoring],
    q.Categorize: lambda item: [[c.id for c in item.categories], [(t.id, t.within) for t in item.things], item.scoring],
    q.Hotspot: lambda item: [(a.id, a.shape, list(a.coords), a.correct) for a in item.areas],
    q.Reflect: lambda item: [(line.id, line.points) for line in item.rubric],
    q.Scenario: lambda item: [
        item.start, sorted((name, node.end, [(c.id, c.to, c.score) for c in node.choices]) for name, node in item.nodes.items()),
    ],
}

Parts = Iterator[tuple[str, str, Text]]
"""Role, id and words of everything a learner can choose or place."""


def _options(item: q.Single | q.Multiple | q.Survey) -> Parts:
    options = item.choices if isinstance(item, q.Survey) else item.options
    yield from (("option", option.id, option.text) for option in options)


def _cloze(item: q.Cloze) -> Parts:
    for name, gap in item.gaps.items():
        yield from ((f"gap/{name}", option.id, option.text) for option in gap.options)
        if gap.kind == "drag":
            yield "token", name, gap.text
    yield from (("token", part.id, part.text) for part in item.distractors)


def _match(item: q.Match) -> Parts:
    for pair in item.pairs:
        yield "left", pair.id, pair.left
        yield "right", pair.id, pair.right
    yield from (("right", part.id, part.text) for part in item.distractors)


def _categorize(item: q.Categorize) -> Parts:
    yield from (("category", part.id, part.text) for part in item.categories)
    yield from (("thing", thing.id, thing.text) for thing in item.things)


def _scenario(item: q.Scenario) -> Parts:
    for name, node in item.nodes.items():
        yield "node", name, node.text
        yield from ((f"choice/{name}", choice.id, choice.text) for choice in node.choices)


def _nothing(_: q.Item) -> Parts:
    yield from ()


_PARTS: Mapping[type[q.Item], Callable[[Any], Parts]] = {
    q.Single: _options, q.Multiple: _options, q.Survey: _options, q.Cloze: _cloze, q.Match: _match, q.Categorize: _categorize,
    q.Scenario: _scenario, q.Order: lambda item: (("part", part.id, part.text) for part in item.sequence),
    q.Hotspot: lambda item: (("area", area.id, area.label) for area in item.areas),
    q.TrueFalse: _nothing, q.Short: _nothing, q.Numeric: _nothing, q.Reflect: _nothing,
}
