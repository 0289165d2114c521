"""Packages of H5P, ours and those of others. Libraries within them are not looked at."""

import json
from base64 import b64decode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any

from e4j.load.exchange.archive import read_archive
from e4j.load.exchange.h5p_kinds import READERS, Question, Unknown, Value
from e4j.load.exchange.html import escape
from e4j.load.exchange.media import safe_name
from e4j.load.exchange.own import Draft, Head, Reading, untouched
from e4j.model.exchange import Import

_BASE = frozenset({"explain", "media"})
CARRIED: Mapping[str, frozenset[str]] = {
    "single": _BASE | {"options", "shuffle"}, "multiple": _BASE | {"options", "scoring", "shuffle"}, "survey": _BASE | {"options", "scale", "shuffle"},
    "truefalse": frozenset({"media", "answer", "feedback"}), "short": _BASE | {"accept"}, "cloze": _BASE | {"gaps", "distractors"},
    "order": _BASE | {"sequence"}, "reflect": frozenset({"media", "model"}), "scenario": frozenset({"start", "nodes"}),
}
"""What H5P says itself about each kind as we read it."""

_SET = "H5P.QuestionSet"
_CHOICES = "H5P.SingleChoiceSet"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A question in a package: its library, its parameters, and the name under which we know it."""

    library: str
    params: Mapping[str, Any]
    at: str = ""


@dataclass(slots=True, kw_only=True)
class _Ours:
    """Our own form in a package: the quiz, and each item by the name of its question; items of other packages have none."""

    head: str = ""
    items: list[tuple[str, str]] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)


def read(data: bytes, name: str, language: str) -> Import:
    """Read the questions of a package as one quiz."""
    reading = Reading(name=name, language=language, carried=CARRIED)
    files = read_archive(data, name, reading.findings)
    if files is None:
        return reading.nothing()
    about, content = (_object(files.get(path, b""), path, reading) for path in ("h5p.json", "content/content.json"))
    if about is None or content is None:
        return reading.nothing()
    for path, picture in files.items():
        if path.startswith("content/") and (kept := safe_name(PurePosixPath(path).name)):
            reading.files.setdefault(kept, picture)
    library, ours = str(about.get("mainLibrary", "")), _ours(content)
    reading.files |= ours.media
    found = _questions(library, content, ours, reading)
    drafts = _arranged(found, ours, reading)
    if not drafts and not reading.findings:
        reading.add("X001", 1, "there is no question in the package")
    if not drafts:
        return reading.nothing()
    title = str(about.get("title", ""))
    return reading.assemble(Head(title=escape(title), envelope=ours.head, beside=title), drafts)


def _object(data: bytes, path: str, reading: Reading) -> dict[str, Any] | None:
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict):
        return found
    reading.add("X001", 1, f"'{path}' of the package is missing or not readable")
    return None


def _ours(content: dict[str, Any]) -> _Ours:
    found = content.pop("e4j", None)
    if not isinstance(found, dict):
        return _Ours()
    ours = _Ours(head=_text(found.get("quiz")), media=_drawings(found.get("media")))
    items = found.get("items")
    for one in items if isinstance(items, list) else []:
        if isinstance(one, dict) and isinstance(one.get("at"), str):
            ours.items.append((one["at"], _text({name: value for name, value in one.items() if name != "at"})))
    return ours


def _drawings(found: Any) -> dict[str, bytes]:
    """Read the drawings in our own part; what is not readable is not there."""
    result: dict[str, bytes] = {}
    for src, text in found.items() if isinstance(found, dict) else ():
        if isinstance(text, str):
            try:
                result[src.replace("/", "-")] = b64decode(text, validate=True)
            except ValueError:
                continue
    return result


def _text(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else ""
    except (ValueError, RecursionError):
        return ""


def _questions(library: str, content: Mapping[str, Any], ours: _Ours, reading: Reading) -> list[_Found]:
    if library == _SET:
        return _of_set(content, reading)
    if library == _CHOICES:
        return _of_choices(content)
    here = [at for at, _ in ours.items if at]
    return [_Found(library=library, params=content, at=here[0] if len(here) == 1 else "")]


def _of_set(content: Mapping[str, Any], reading: Reading) -> list[_Found]:
    found = []
    questions = content.get("questions")
    for one in questions if isinstance(questions, list) else []:
        if isinstance(one, dict) and isinstance(one.get("library"), str) and isinstance(one.get("params"), dict):
            found.append(_Found(library=one["library"].partition(" ")[0], params=one["params"], at=str(one.get("subContentId", ""))))
        else:
            reading.add("X004", 1, "an empty question of the set is left out")
    return found


def _of_choices(content: Mapping[str, Any]) -> list[_Found]:
    """Return the questions of a set of single choices: the first answer of each is right."""
    choices = content.get("choices")
    return [_Found(library=_CHOICES, params=one) for one in choices if isinstance(one, dict)] if isinstance(choices, list) else []


def _arranged(found: list[_Found], ours: _Ours, reading: Reading) -> list[Draft]:
    """Put our items and new questions in order: what is in the package as it is there, what is in other packages where we had it."""
    sealed = {at: envelope for at, envelope in ours.items if at}
    made = [(one.at in sealed, _draft(one, sealed.get(one.at, ""), reading)) for one in found]
    known = [draft for is_ours, draft in made if is_ours]
    here = {one.at for one in found}
    result: list[Draft | None] = []
    for at, envelope in ours.items:
        if not at:
            result.append(Draft(value=None, line=1, envelope=envelope, beside=""))
        elif at in here and known:
            result.append(known.pop(0))
    result += known
    result += [draft for is_ours, draft in made if not is_ours]
    return [draft for draft in result if draft is not None]


def _draft(one: _Found, envelope: str, reading: Reading) -> Draft | None:
    draft = Draft(value=None, line=1, envelope=envelope, beside=_canonical(one))
    before = len(reading.findings)
    reader = READERS.get(one.library, _unknown(one.library))
    question = Question(params=one.params, language=reading.language, note=lambda code, message: reading.add(code, 1, message), files=reading.files)
    try:
        draft.value = question.framed(reader(question))
    except Unknown as error:
        if envelope:
            reading.add("X005", 1, f"{error} was changed elsewhere in a way we cannot read, so our own form of it stays")
        else:
            reading.add("X003", 1, f"{error} is left out")
    if untouched(draft):
        del reading.findings[before:]
    return draft if draft.value is not None or envelope else None


def _unknown(library: str) -> Callable[[Question], Value]:
    def refuse(_: Question) -> Value:
        raise Unknown(f"a question of the kind '{library[:60]}'")

    return refuse


def _canonical(one: _Found) -> str:
    try:
        return json.dumps([one.library, one.params], ensure_ascii=False, sort_keys=True)
    except (ValueError, RecursionError, TypeError):
        return ""


__all__ = ["CARRIED", "read"]
