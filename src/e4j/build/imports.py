"""Bring quizzes in from other systems: read, say what was not understood, and write our YAML with its media."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from e4j.errors import UsageError
from e4j.load.decode import ID
from e4j.load.exchange import IMPORTERS, import_quiz
from e4j.load.exchange.media import safe_path
from e4j.load.exchange.own import missing_files
from e4j.model.exchange import FORMATS, Import
from e4j.model.finding import Finding, Severity
from e4j.write.po import write_file
from e4j.write.quiz import quiz_yaml

MARKDOWN = ("Markdown short form", ".md")
"""A form of our own that people write; other systems do not read it."""

_MORE_SUFFIXES = {".txt": "gift"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is wanted of an import. `keep` writes what was understood even where there are errors, `force` writes over what is there."""

    out: Path
    format_name: str = ""
    id: str = ""
    language: str = "en"
    force: bool = False
    keep: bool = False


@dataclass(slots=True)
class Arrival:
    """What an import wrote and found."""

    written: list[Path] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def importable() -> tuple[str, ...]:
    """Name the formats that can be read."""
    return tuple(sorted(IMPORTERS))


def import_files(files: Sequence[Path], request: Request) -> Arrival:
    """Read files and write each as a quiz. Nothing is written of a file with errors unless that is wanted."""
    if request.id and len(files) > 1:
        raise UsageError("--id names one quiz; import one file at a time with it.")
    if request.id and not ID.fullmatch(request.id):
        raise UsageError(f"'{request.id}' is no id; use small letters, digits and single hyphens.")
    arrival = Arrival()
    wanted: dict[Path, bytes] = {}
    for path in files:
        if not path.is_file():
            raise UsageError(f"There is no file '{path}'.")
        found = import_quiz(request.format_name or format_of(path), path.read_bytes(), path.name, request.language)
        findings = [*found.findings, *missing_files(found)]
        arrival.findings += findings
        if found.quiz is not None and found.quiz.items and (request.keep or not any(one.severity is Severity.ERROR for one in findings)):
            made = _files(found, request)
            if made.keys() & wanted.keys():
                raise UsageError(f"Two files would be '{next(iter(made))}'; import them one after the other, with --id.")
            wanted |= made
    _write(wanted, request)
    arrival.written = list(wanted)
    return arrival


def format_of(path: Path) -> str:
    """Return the format that a file's suffix tells."""
    suffix = path.suffix.lower()
    known = {".md": "markdown", **_MORE_SUFFIXES}
    for name, (_, other) in FORMATS.items():
        if name in IMPORTERS:
            known.setdefault(other, name)
    if suffix not in known:
        raise UsageError(f"The format of '{path.name}' does not show; name it with --from: {', '.join(importable())}.")
    return known[suffix]


def _files(found: Import, request: Request) -> dict[Path, bytes]:
    assert found.quiz is not None  # noqa: S101 - the caller has looked
    quiz = replace(found.quiz, id=request.id) if request.id else found.quiz
    files = {request.out / f"{quiz.id}.yml": quiz_yaml(quiz).encode()}
    return files | {request.out / quiz.id / name: data for name, data in found.media.items() if safe_path(name)}


def _write(files: Mapping[Path, bytes], request: Request) -> None:
    there = [path for path in files if path.exists()]
    if there and not request.force:
        raise UsageError(f"'{there[0]}' is there already; choose another name with --id, or write over it with --force.")
    for path, data in files.items():
        write_file(path, data)
