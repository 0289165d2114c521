"""Lay translations over a model object.

A translation keeps the text it has when its source changes, and says that it is behind. It never falls back to the source in
silence: what is not translated is marked as missing, and shown in the source language with its own direction.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Generic, TypeVar

from e4j.model.text import Segment, State, Text, Translation
from e4j.model.walk import map_texts, segments

T = TypeVar("T")
SIMILAR = 0.5
"""How alike an older source must be to the new one for its translation to be shown as outdated (ratio of difflib)."""


@dataclass(slots=True)
class Coverage:
    """How many segments are in which state."""

    current: int = 0
    outdated: int = 0
    machine: int = 0
    missing: int = 0

    @property
    def total(self) -> int:
        """Return the number of segments."""
        return self.current + self.outdated + self.machine + self.missing

    def count(self, state: State) -> None:
        """Add one segment in `state`."""
        setattr(self, state.value, getattr(self, state.value) + 1)


@dataclass(frozen=True, slots=True)
class Translated(Generic[T]):
    """An object in another language, with how much of it is translated."""

    value: T
    coverage: Coverage


@dataclass(slots=True)
class _Table:
    """What each segment becomes, by context and source text."""

    texts: dict[tuple[str, str], tuple[str, State, str]] = field(default_factory=dict)

    def visit(self, context: str, text: Text) -> Text:
        found = self.texts.get((context, text.value))
        if found is None:
            return Text(value=text.value, line=text.line, state=State.MISSING)
        value, state, source = found
        return Text(value=value, line=text.line, state=state, source=source)


def translate(value: T, translations: Sequence[Translation], context: str = "") -> "Translated[T]":
    """Return the object in the language of `translations`, and its coverage."""
    wanted = segments(value, context)
    table = _Table(_match(wanted, translations))
    coverage = Coverage()
    for segment in wanted:
        found = table.texts.get((segment.context, segment.text))
        coverage.count(found[1] if found else State.MISSING)
    return Translated(map_texts(value, table.visit, context), coverage)


def _match(wanted: Sequence[Segment], translations: Iterable[Translation]) -> dict[tuple[str, str], tuple[str, State, str]]:
    exact: dict[tuple[str, str], Translation] = {}
    anywhere: dict[str, Translation] = {}
    for translation in translations:
        if translation.text:
            exact.setdefault((translation.context, translation.source), translation)
            anywhere.setdefault(translation.source, translation)
    result: dict[tuple[str, str], tuple[str, State, str]] = {}
    behind: list[Segment] = []
    for segment in wanted:
        found = exact.get((segment.context, segment.text)) or anywhere.get(segment.text)
        if found is None:
            behind.append(segment)
        else:
            result[segment.context, segment.text] = (found.text, _state(found), found.source if found.outdated else "")
    if behind:
        used = {(s.context, s.text) for s in wanted}
        _match_older(behind, [t for key, t in exact.items() if key not in used], result)
    return result


def _state(translation: Translation) -> State:
    if translation.machine:
        return State.MACHINE
    return State.OUTDATED if translation.outdated else State.CURRENT


def _match_older(
    behind: Sequence[Segment], older: Sequence[Translation], result: dict[tuple[str, str], tuple[str, State, str]],
) -> None:
    """Give each changed segment the translation of the most similar older text of the same section, each used once."""
    by_context: defaultdict[str, list[Translation]] = defaultdict(list)
    for translation in older:
        by_context[translation.context].append(translation)
    for segment in behind:
        candidates = by_context[segment.context]
        best = max(candidates, key=lambda t: _alike(t.source, segment.text), default=None)
        if best is not None and (_alike(best.source, segment.text) >= SIMILAR):
            candidates.remove(best)
            result[segment.context, segment.text] = (best.text, State.OUTDATED, segment.text)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


__all__ = ["Coverage", "Translated", "segments", "translate"]
