"""Make a form of a quiz: what is asked, what was answered already, what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from e4j.mark.chance import draw
from e4j_server.services.forms.reading import Fields, Read, read_response
from e4j_server.services.forms.shown import Json, hide_item
from e4j_server.services.key_folder import KeyEntry, KeyFile

_SOURCE = "en"
_GAP = re.compile(r'<span data-gap="([^"]*)"></span>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Hold one item of a form."""

    number: int
    entry: KeyEntry
    item: Json
    """What may be shown."""
    pieces: tuple[tuple[str, str], ...]
    """The stem in turns: HTML, and the id of the gap that follows it or nothing."""
    fields: Fields
    read: Read = field(default_factory=Read)
    problem: str | None = None

    def typed(self, *parts: str) -> str:
        """Return what stands in a field."""
        return next(iter(reversed(self._values(parts))), "")

    def has(self, value: str, *parts: str) -> bool:
        """Tell whether a value was chosen."""
        return value in self._values(parts)

    def name(self, *parts: str) -> str:
        """Return the name of a field."""
        return "-".join(("q", self.item["id"], *parts))

    def _values(self, parts: Sequence[str]) -> Sequence[str]:
        return self.fields.get(self.name(*parts)) or ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Hold a form."""

    file: KeyFile
    language: str
    attempt: str
    """UUID of the attempt at an assessed quiz, or nothing."""
    only: str
    """The one item that is asked, or nothing for all."""
    questions: tuple[Question, ...]

    @property
    def title(self) -> str:
        """Return the title in the language of the form."""
        return self.file.languages[self.language].title

    @property
    def has_problems(self) -> bool:
        """Tell whether anything is missing or wrong."""
        return any(question.problem for question in self.questions)

    def responses(self) -> Mapping[str, Any]:
        """Return what was answered, by item."""
        return {question.entry.id: question.read.response for question in self.questions}


def make_sheet(file: KeyFile, language: str, attempt: str, fields: Fields, *, checked: bool) -> Sheet:
    """Return the form of a quiz with what was filled in; `checked` says what is wrong with it.

    A page may ask one item of a practice quiz alone; its form names it in the field `only`.
    """
    named = next(iter(fields.get("only") or [""]))
    only = named if file.mode != "assessed" and any(entry.id == named for entry in file.entries) else ""
    asked = [entry for entry in _asked(file, attempt) if not only or entry.id == only]
    questions = (_question(number, entry, file, language, fields, checked=checked) for number, entry in enumerate(asked, 1))
    return Sheet(file=file, language=language, attempt=attempt, only=only, questions=tuple(questions))


def _asked(file: KeyFile, attempt: str) -> list[KeyEntry]:
    if file.mode != "assessed":
        return list(file.entries)
    entries = {entry.id: entry for entry in file.entries}
    return [entries[item["id"]] for item in draw([entry.item for entry in file.entries], file.draw, attempt, mixed=file.shuffle)]


def _question(number: int, entry: KeyEntry, file: KeyFile, language: str, fields: Fields, *, checked: bool) -> Question:
    texts = file.languages[language].items[entry.id]
    source = file.languages[_SOURCE].items[entry.id] if _SOURCE in file.languages else entry.item
    item = hide_item(texts, source, entry.alias, keep_rubric=file.mode != "assessed")
    read = read_response(item, fields)
    return Question(
        number=number,
        entry=entry,
        item=item,
        pieces=split_stem(item["stem"]),
        fields=fields,
        read=read,
        problem=read.problem if checked else None,
    )


def split_stem(stem: str) -> tuple[tuple[str, str], ...]:
    """Cut a stem at its gaps: pairs of HTML and the id of the gap after it, nothing after the last."""
    parts = _GAP.split(stem)
    return tuple(zip(parts[::2], [*parts[1::2], ""], strict=True))
