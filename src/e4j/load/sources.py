"""Find the sources of a content root and read each group of files that belongs together.

A group is the smallest thing that is read at once: a module with its pages, a quiz, a course, a library file or the catalog itself.
The build reads only groups whose files have changed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from e4j.load.bibtex import read_bibtex
from e4j.load.decode import check_id, decode
from e4j.load.page import read_notebook, read_page
from e4j.load.yaml import Document, read_yaml
from e4j.model.catalog import Case, Course, Level, Media, Module, Outcome, Page, Plan, Root, Term, Treaty
from e4j.model.codes import finding
from e4j.model.finding import Finding
from e4j.model.quiz import Quiz
from e4j.model.text import EMPTY, Text

LIBRARY: Mapping[str, type] = {"treaties": Treaty, "cases": Case, "glossary": Term}
MEDIA = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".mp3", ".opus"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Files that are read together. `paths` are relative to the root, sorted."""

    kind: str
    name: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a group says, or None where it cannot be used, with everything found on the way."""

    value: Any
    findings: tuple[Finding, ...]


def find_groups(root: Path) -> tuple[Group, ...]:
    """List the groups of a content root in a fixed order. No file is opened."""
    groups: list[Group] = []
    for level in Level:
        for folder in _folders(root / "modules" / level):
            files = sorted(p for p in folder.rglob("*") if p.is_file() and (p.suffix in {".md", ".ipynb", ".yml"} or p.suffix in MEDIA))
            groups.append(_group("module", f"{level}/{folder.name}", root, [p for p in files if ".ipynb_checkpoints" not in p.parts]))
    for folder in _folders(root / "courses"):
        groups.append(_group("course", folder.name, root, sorted([*folder.glob("*.yml"), *folder.glob("*.md")])))
    groups.extend(_group("quiz", path.stem, root, [path]) for path in sorted((root / "quizzes").glob("*.yml")))
    library = [root / "library" / f"{name}.yml" for name in LIBRARY] + [root / "library" / "references.bib"]
    groups.extend(_group("library", path.stem, root, [path]) for path in library if path.is_file())
    return tuple(groups)


def _folders(parent: Path) -> list[Path]:
    return sorted(path for path in parent.iterdir() if path.is_dir()) if parent.is_dir() else []


def _group(kind: str, name: str, root: Path, paths: list[Path]) -> Group:
    return Group(kind=kind, name=name, paths=tuple(path.relative_to(root).as_posix() for path in paths))


def load_group(root: Path, group: Group) -> Loaded:
    """Read and decode one group."""
    reader = _Reader(root)
    value = _READERS[group.kind](reader, group)
    return Loaded(value=value, findings=tuple(reader.findings))


def load_root(folder: Path) -> Loaded:
    """Read the `catalog.yml` that marks a content root."""
    reader = _Reader(folder)
    if not (folder / "catalog.yml").is_file():
        reader.findings.append(finding("C001", "catalog.yml", 1, f"'{folder.name or folder}' is not a content root"))
        return Loaded(value=None, findings=tuple(reader.findings))
    root = reader.yaml("catalog.yml", Root)
    if root:
        reader.languages(root)
    if reader.findings:
        return Loaded(value=None, findings=tuple(reader.findings))
    return Loaded(value=replace(root, folder=folder.name) if root else None, findings=tuple(reader.findings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _ModuleFile:
    id: str
    title: Text
    level: Level
    summary: Text
    ages: tuple[int, int]
    minutes: int
    licence: str
    themes: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    key_question: Text = EMPTY
    outcomes: tuple[Outcome, ...] = ()
    content_note: Text = EMPTY
    materials: tuple[Text, ...] = ()
    preparation: tuple[Text, ...] = ()
    plans: tuple[Plan, ...] = ()
    quiz: str = ""


@dataclass(slots=True)
class _Reader:
    root: Path
    findings: list[Finding] = field(default_factory=list)

    def text(self, path: str) -> str | None:
        try:
            return (self.root / path).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            self.findings.append(finding("C002", path, 1, "the file is not UTF-8"))
            return None

    def document(self, path: str) -> Document | None:
        text = self.text(path)
        return None if text is None else read_yaml(text, path, self.findings)

    def yaml(self, path: str, cls: type[Any]) -> Any:
        document = self.document(path)
        value = decode(document, cls, path, self.findings) if document else None
        if value is not None:
            check_id(value.id, path, document.line(("id",)) if document else 1, self.findings)
        return value

    def languages(self, root: Root) -> None:
        for language in root.languages:
            try:
                Locale.parse(language, sep="-")
            except (ValueError, UnknownLocaleError):
                self.findings.append(finding("Y006", "catalog.yml", 1, f"'{language}' is not the code of a language that is known"))
        if root.source_language not in root.languages:
            self.findings.append(finding("Y006", "catalog.yml", 1, f"the source language '{root.source_language}' is not among the languages"))

    def named(self, value: Any, name: str, path: str) -> None:
        if value is not None and value.id != name:
            self.findings.append(finding("I003", path, 1, f"the id is '{value.id}' but the folder or file is '{name}'"))

    def pages(self, paths: list[str]) -> tuple[Page, ...]:
        pages: list[Page] = []
        for path in paths:
            text = self.text(path)
            if text is None:
                continue
            read = read_notebook if path.endswith(".ipynb") else read_page
            page = read(text, path, self.findings)
            if page is not None and any(page.id == other.id for other in pages):
                self.findings.append(finding("I002", path, 2, f"the page id '{page.id}' is used twice in this module"))
            elif page is not None:
                pages.append(page)
        return tuple(pages)

    def module(self, group: Group) -> Module | None:
        level, _, name = group.name.partition("/")
        folder = f"modules/{group.name}/"
        path = f"{folder}module.yml"
        pages = self.pages([p for p in group.paths if p.endswith((".md", ".ipynb")) and p.count("/") == folder.count("/")])
        if path not in group.paths:
            self.findings.append(finding("C003", path, 1, "the module has no module.yml"))
            return None
        head = self.yaml(path, _ModuleFile)
        self.named(head, name, path)
        if head is None:
            return None
        for entry in (*head.outcomes, *head.plans):
            check_id(entry.id, path, entry.text.line if isinstance(entry, Outcome) else 1, self.findings)
        if head.level != level:
            self.findings.append(finding("I003", path, 1, f"the level is '{head.level}' but the folder is '{level}'"))
        media = tuple(
            Media(path=p.removeprefix(folder), data=(self.root / p).read_bytes()) for p in group.paths if Path(p).suffix in MEDIA
        )
        fields = {name: getattr(head, name) for name in _ModuleFile.__dataclass_fields__}
        return Module(**fields, path=path, pages=pages, media=media)

    def course(self, group: Group) -> Course | None:
        path = f"courses/{group.name}/course.yml"
        pages = self.pages([p for p in group.paths if p.endswith(".md")])
        course = self.yaml(path, Course) if path in group.paths else None
        self.named(course, group.name, path)
        return replace(course, path=path, pages=pages) if course else None

    def quiz(self, group: Group) -> Quiz | None:
        path = group.paths[0]
        document = self.document(path)
        if document is None:
            return None
        if isinstance(document.value, dict):
            document.value.pop("schema", None)
        quiz = decode(document, Quiz, path, self.findings)
        self.named(quiz, group.name, path)
        if quiz is None:
            return None
        items = tuple(replace(item, line=document.line(("items", index))) for index, item in enumerate(quiz.items))
        for item in items:
            check_id(item.id, path, item.line, self.findings)
            for choice in (*getattr(item, "options", ()), *getattr(item, "rubric", ())):
                check_id(choice.id, path, choice.text.line, self.findings)
        return replace(quiz, path=path, items=items)

    def library(self, group: Group) -> Mapping[str, Any]:
        path = group.paths[0]
        if group.name == "references":
            text = self.text(path)
            return read_bibtex(text, path, self.findings) if text is not None else {}
        document = self.document(path)
        if document is None or document.value is None:
            return {}
        if not isinstance(document.value, list):
            self.findings.append(finding("Y005", path, 1, "a list is expected"))
            return {}
        return self._entries(document, LIBRARY[group.name], path)

    def _entries(self, document: Document, cls: type[Any], path: str) -> Mapping[str, Any]:
        result: dict[str, Any] = {}
        for index in range(len(document.value)):
            entry = decode(document, cls, path, self.findings, at=(index,))
            if entry is None:
                continue
            line = document.line((index,))
            check_id(entry.id, path, line, self.findings)
            if entry.id in result:
                self.findings.append(finding("I002", path, line, f"the id '{entry.id}' is used twice"))
            result[entry.id] = entry
        return result


_READERS: Mapping[str, Callable[[_Reader, Group], Any]] = {
    "module": _Reader.module, "course": _Reader.course, "quiz": _Reader.quiz, "library": _Reader.library,
}

__all__ = ["Group", "Loaded", "find_groups", "load_group", "load_root"]
