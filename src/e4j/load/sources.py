"""Find the sources of a content root and read each group of files that belongs together.

A group is the smallest thing that is read at once: a module with its pages, a quiz, a course, a library file or the catalog itself.
The build reads only groups whose files have changed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError

from e4j.load.bibtex import read_bibtex
from e4j.load.decode import check_id, decode
from e4j.load.exchange import import_quiz
from e4j.load.h5p_package import UnusablePackageError, package_language, unpack
from e4j.load.page import read_notebook, read_page
from e4j.load.yaml import Document, read_yaml
from e4j.model.catalog import Case, Course, Level, Media, Module, Outcome, Package, Page, Plan, Root, Term, Treaty
from e4j.model.codes import finding
from e4j.model.exchange import Import
from e4j.model.finding import Finding
from e4j.model.quiz import Area, Gap, Node, Pair, Quiz, QuizMedia
from e4j.model.text import EMPTY, Text

LIBRARY: Mapping[str, type] = {"treaties": Treaty, "cases": Case, "glossary": Term}
QUIZZES: Mapping[str, str] = {".yml": "", ".md": "markdown", ".csv": "csv", ".xlsx": "xlsx", ".gift": "gift"}
"""The suffixes of quizzes, and the format they are read as where they are not YAML."""

MEDIA = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp", ".mp3", ".opus"})
PACKAGE = ".h5p"


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
            files = sorted(p for p in folder.rglob("*") if p.is_file() and (p.suffix in {".md", ".ipynb", ".yml", PACKAGE} or p.suffix in MEDIA))
            groups.append(_group("module", f"{level}/{folder.name}", root, [p for p in files if ".ipynb_checkpoints" not in p.parts]))
    for folder in _folders(root / "courses"):
        groups.append(_group("course", folder.name, root, sorted([*folder.glob("*.yml"), *folder.glob("*.md")])))
    for path in sorted(path for path in (root / "quizzes").glob("*") if path.suffix in QUIZZES and path.is_file()):
        media = sorted(p for p in (root / "quizzes" / path.stem).rglob("*") if p.suffix in MEDIA)
        groups.append(_group("quiz", path.stem, root, [path, *media]))
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
        packages = self.packages(folder, [p for p in group.paths if p.endswith(PACKAGE)])
        return Module(**fields, path=path, pages=pages, media=media, packages=packages)

    def packages(self, folder: str, paths: Sequence[str]) -> tuple[Package, ...]:
        packages: list[Package] = []
        for path in paths:
            data = (self.root / path).read_bytes()
            try:
                language = package_language(unpack(data))
            except UnusablePackageError as error:
                self.findings.append(finding("H001", path, 1, str(error)))
                language = ""
            package = Package(path=path.removeprefix(folder), language=language, digest=sha256(data).hexdigest()[:12], data=data)
            check_id(package.name, path, 1, self.findings)
            packages.append(package)
        return tuple(packages)

    def course(self, group: Group) -> Course | None:
        path = f"courses/{group.name}/course.yml"
        pages = self.pages([p for p in group.paths if p.endswith(".md")])
        course = self.yaml(path, Course) if path in group.paths else None
        self.named(course, group.name, path)
        return replace(course, path=path, pages=pages) if course else None

    def quiz(self, group: Group) -> Quiz | None:
        path = group.paths[0]
        name = QUIZZES[Path(path).suffix]
        quiz = self.foreign_quiz(path, name) if name else self.yaml_quiz(path)
        self.named(quiz, group.name, path)
        if quiz is None:
            return None
        for item in quiz.items:
            check_id(item.id, path, item.line, self.findings)
            for name, line in _inner_ids(item):
                check_id(name, path, line, self.findings)
        folder = f"quizzes/{group.name}/"
        media = tuple(QuizMedia(path=p.removeprefix(folder), data=(self.root / p).read_bytes()) for p in group.paths[1:])
        return replace(quiz, path=path, media=media)

    def yaml_quiz(self, path: str) -> Quiz | None:
        document = self.document(path)
        if document is None:
            return None
        if isinstance(document.value, dict):
            document.value.pop("schema", None)
        quiz = decode(document, Quiz, path, self.findings)
        if quiz is None:
            return None
        return replace(quiz, items=tuple(replace(item, line=document.line(("items", index))) for index, item in enumerate(quiz.items)))

    def foreign_quiz(self, path: str, name: str) -> Quiz | None:
        """Read a quiz that is kept in another form. Its media are the files of its folder, as for every quiz."""
        root = load_root(self.root).value
        found: Import = import_quiz(name, (self.root / path).read_bytes(), path, root.source_language if root else "en")
        self.findings.extend(found.findings)
        return found.quiz

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


def _inner_ids(value: Any) -> Iterator[tuple[str, int]]:
    """Yield the id of everything inside an item that has one, with its line."""
    for name in value.__dataclass_fields__:
        inside = getattr(value, name)
        if isinstance(inside, Mapping):
            named: dict[str, Any] = {key: one for key, one in inside.items() if isinstance(one, Gap | Node | Text)}
            yield from ((key, (one if isinstance(one, Text) else one.text).line or getattr(value, "line", 0)) for key, one in named.items())
            parts: list[Any] = list(named.values())
        else:
            parts = [one for one in inside if is_dataclass(one)] if isinstance(inside, tuple) else []
        for one in parts:
            if hasattr(one, "id"):
                yield one.id, (one.left if isinstance(one, Pair) else one.label if isinstance(one, Area) else one.text).line
            if not isinstance(one, Text):
                yield from _inner_ids(one)


_READERS: Mapping[str, Callable[[_Reader, Group], Any]] = {
    "module": _Reader.module, "course": _Reader.course, "quiz": _Reader.quiz, "library": _Reader.library,
}

__all__ = ["Group", "Loaded", "find_groups", "load_group", "load_root"]
