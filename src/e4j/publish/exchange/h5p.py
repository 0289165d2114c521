"""Packages of H5P: the content alone, for hosts that have the libraries; with the libraries of a folder where they are given.

A question set holds what it admits; every other question is a package of its own. Rules that two importers taught are in the tests.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid5

from e4j.errors import UsageError
from e4j.model.envelope import seal
from e4j.model.exchange import Export, Loss
from e4j.model.plain import item_value, quiz_value
from e4j.model.quiz import AnyItem, Quiz, Settings, files_of
from e4j.publish.exchange.h5p_kinds import IN_SET, content
from e4j.publish.exchange.h5p_libraries import bundle
from e4j.publish.exchange.h5p_scene import NAMES, TARGETS, Scene, metadata
from e4j.publish.exchange.package import pack
from e4j.publish.exchange.writer import Writer

_SET = "H5P.QuestionSet"
DEFAULT_TARGET = "moodle-4.5"
LARGEST_DRAWING = 200_000
LONGEST_TITLE = 255


@dataclass(frozen=True, slots=True, kw_only=True)
class _Question:
    """One item as content of H5P."""

    item: AnyItem
    library: str
    params: dict[str, Any]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    losses: tuple[Loss, ...] = ()


def export(
    quiz: Quiz, language: str, writer: Writer, *, target: str = DEFAULT_TARGET, libraries: Mapping[str, bytes] | None = None,
) -> Export:
    """Return one package for the questions that a set admits, and one for each other. `target` is a name in TARGETS.

    `libraries` are the files of a folder of H5P libraries by their path (`H5P.MultiChoice-1.16/library.json`); those that are needed
    are put into the packages. UsageError names those that are missing.
    """
    if target not in TARGETS:
        raise UsageError(f"There is no H5P target '{target}'; there are {', '.join(TARGETS)}.")
    questions = [_question(item, quiz, language, writer, target) for item in quiz.items]
    inside = [one for one in questions if one.library in IN_SET]
    others = [one for one in questions if one.library not in IN_SET]
    maker = _Maker(quiz=quiz, language=language, writer=writer, target=target, libraries=libraries)
    files: dict[str, bytes] = {}
    if inside:
        main = inside[0] if len(inside) == 1 and not others else maker.set_of(inside)
        files[f"{quiz.id}.h5p"] = maker.package(main, _title(quiz, writer), _ours(quiz, language, writer, questions, inside))
    for one in others:
        first = not files
        ours = _ours(quiz, language, writer, questions if first else [one], [one])
        name = quiz.id if len(questions) == 1 else f"{quiz.id}-{one.item.id}"
        files[f"{name}.h5p"] = maker.package(one, _title(quiz, writer), ours)
    losses = [loss for one in questions for loss in one.losses] + _settings(quiz)
    return Export(files=files, losses=tuple(sorted(losses)))


def _title(quiz: Quiz, writer: Writer) -> str:
    return writer.plain(quiz.title)[:LONGEST_TITLE] or quiz.id


def _question(item: AnyItem, quiz: Quiz, language: str, writer: Writer, target: str) -> _Question:
    scene = Scene(quiz=quiz.id, item=item.id, language=language, writer=writer, target=target)
    library, params = content(item, scene)
    return _Question(item=item, library=library, params=params, pictures=scene.pictures, losses=tuple(scene.losses))




@dataclass(frozen=True, slots=True, kw_only=True)
class _Maker:
    """What all packages of a quiz have in common."""

    quiz: Quiz
    language: str
    writer: Writer
    target: str
    libraries: Mapping[str, bytes] | None

    def set_of(self, questions: list[_Question]) -> _Question:
        """Return a question set."""
        settings = self.quiz.settings
        scene = Scene(quiz=self.quiz.id, item="", language=self.language, writer=self.writer, target=self.target)
        texts = scene.texts(_SET)
        drawn = _drawn(self.quiz)
        end = {
            "showResultPage": True, "showSolutionButton": settings.mode != "assessed", "showRetryButton": settings.mode != "assessed", **texts["endGame"],
            "overallFeedback": [{"from": 0, "to": 100}], "showAnimations": False, "skippable": False,
        }
        params = {
            "introPage": {"showIntroPage": False}, "progressType": "dots", "passPercentage": round(settings.passing * 100),
            "questions": [self._inside(one) for one in questions], "texts": texts["texts"], "disableBackwardsNavigation": False,
            "randomQuestions": settings.shuffle, **({"poolSize": drawn} if drawn else {}), "endGame": end, "override": {"checkButton": True},
        }
        pictures = {path: data for one in questions for path, data in one.pictures.items()}
        return _Question(item=questions[0].item, library=_SET, params=params, pictures=pictures)

    def _inside(self, one: _Question) -> dict[str, Any]:
        title = self.writer.plain(one.item.stem) or one.item.id
        name = f"{one.library} {TARGETS[self.target][one.library]}"
        return {"library": name, "params": one.params, "subContentId": sub_content(self.quiz.id, one.item.id), "metadata": metadata(one.library[4:], title)}

    def package(self, main: _Question, title: str, ours: dict[str, Any]) -> bytes:
        """Return a package. Only the main library is declared: a host refuses everything when one of a longer list is absent."""
        version = TARGETS[self.target][main.library]
        major, _, minor = version.partition(".")
        head = {
            "title": title, "language": "und", "defaultLanguage": self.language, "mainLibrary": main.library, "embedTypes": ["iframe"],
            "license": "U",
            "preloadedDependencies": [{"machineName": main.library, "majorVersion": int(major), "minorVersion": int(minor)}],
        }
        files = {"h5p.json": _json(head), "content/content.json": _json({**main.params, "e4j": ours}), **main.pictures}
        if self.libraries is not None:
            needed, found = bundle(self.libraries, [(main.library, version), *_named(main.params)])
            files["h5p.json"] = _json({**head, "preloadedDependencies": needed})
            files |= found
        return pack(files, "h5p.json")


def sub_content(quiz: str, item: str) -> str:
    """Return the name of a question in a set: it comes back in what a player reports."""
    return str(uuid5(NAMES, f"{quiz}/{item}"))


def _named(value: Any) -> list[tuple[str, str]]:
    """Return the libraries that content names, at any depth."""
    if isinstance(value, list):
        return [one for part in value for one in _named(part)]
    if not isinstance(value, dict):
        return []
    here = [tuple(value["library"].split(" "))] if isinstance(value.get("library"), str) else []
    return [(name, version) for name, version in here] + [one for part in value.values() for one in _named(part)]


def _ours(quiz: Quiz, language: str, writer: Writer, questions: list[_Question], here: list[_Question]) -> dict[str, Any]:
    """Return our own form of questions; those that are `here` with a digest of what H5P reads."""
    whole = {name: value for name, value in quiz_value(quiz).items() if name != "items"}
    items = [
        {"at": sub_content(quiz.id, one.item.id) if one in here else "", **json.loads(seal(item_value(one.item), canonical(one.library, one.params) if one in here else ""))}
        for one in questions
    ]
    return {"v": 1, "language": language, "quiz": json.loads(seal(whole, _title(quiz, writer))), "items": items, **_drawings(questions, writer)}


def _drawings(questions: list[_Question], writer: Writer) -> dict[str, Any]:
    """Keep drawings, which H5P refuses as files, in our own part; sounds would be too heavy for every reader of the content."""
    named = sorted({src for one in questions for src, _ in files_of(one.item)})
    kept = {src: writer.media[src] for src in named if src.endswith(".svg") and src in writer.media}
    small = {src: b64encode(data).decode() for src, data in kept.items() if len(data) <= LARGEST_DRAWING}
    return {"media": small} if small else {}


def canonical(library: str, params: Mapping[str, Any]) -> str:
    """Return a question in a form in which the order of keys does not matter."""
    return json.dumps([library, params], ensure_ascii=False, sort_keys=True)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _settings(quiz: Quiz) -> list[Loss]:
    settings = quiz.settings
    lost = [message for there, message in (
        (settings.passing > 0 and len(quiz.items) == 1, "the share that is needed to pass is not told"),
        (bool(settings.draw) and not _drawn(quiz), "all questions are asked, because drawing by tags has no words"),
        (settings.confidence, "nobody is asked how sure they are"),
        (settings.attempts > 0, "how often the quiz may be handed in is for the other system to say"),
        (settings.mode == "assessed", "the key is in the package: whoever has it can read the answers"),
        (settings != Settings(), "what applies to the whole quiz holds for its question set alone"),
    ) if there]
    return [Loss(item="", field="settings", message="; ".join(lost))] if lost else []


def _drawn(quiz: Quiz) -> int:
    draw = quiz.settings.draw
    return draw[0].n if len(draw) == 1 and not draw[0].among else 0


__all__ = ["DEFAULT_TARGET", "canonical", "export", "sub_content"]
