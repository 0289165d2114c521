"""Read whole content roots into one catalog, reading again only what changed since a state was kept."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from e4j.load.files import Stamp, digest_of, stamp_files
from e4j.load.sources import Group, Loaded, find_groups, load_group, load_root
from e4j.load.translations import find_translations
from e4j.model.catalog import Catalog, Course, Library, Module, Root
from e4j.model.codes import finding
from e4j.model.finding import Finding
from e4j.model.quiz import Quiz

KINDS: Mapping[str, type] = {"module": Module, "course": Course, "quiz": Quiz}
_DOMAINS: Mapping[str, str] = {"module": "modules", "course": "courses", "quiz": "quizzes"}


@dataclass(slots=True)
class Memory:
    """What an earlier run knew: stamps of files, and groups by name with the digest they were read at."""

    stamps: Mapping[str, Stamp] = field(default_factory=dict)
    groups: Mapping[str, tuple[str, Loaded]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PoFile:
    """A translation file: the folder of its root, its path there, and the digest of what it says."""

    folder: Path
    path: str
    digest: str


@dataclass(slots=True)
class Sources:
    """A catalog with where everything came from.

    `digests` has one digest a group (`module/lost-coin`), `files` the stamp of every source, `po` the translation files by
    language and domain (`modules/lost-coin`), `fresh` the groups that were read in this run.
    """

    folders: tuple[Path, ...]
    catalog: Catalog
    findings: tuple[Finding, ...]
    digests: Mapping[str, str]
    files: Mapping[str, Stamp]
    po: Mapping[str, Mapping[str, PoFile]]
    groups: Mapping[str, tuple[str, Loaded]]
    fresh: frozenset[str]
    written_in: Mapping[str, str]

    def language_of(self, domain: str) -> str:
        """Return the language the texts of a translation domain are written in: that of the root they come from."""
        return self.written_in.get(domain, self.catalog.language)


def load_sources(folders: Sequence[Path], memory: Memory | None = None) -> Sources | None:
    """Read all roots. None where the first root has no usable catalog.yml; `load_root` then says why."""
    return _Loading(folders, memory or Memory()).run()


def root_findings(folders: Sequence[Path]) -> tuple[Finding, ...]:
    """Return what is wrong with the `catalog.yml` of each root."""
    return tuple(f for folder in folders for f in load_root(folder).findings)


@dataclass(slots=True)
class _Loading:
    folders: Sequence[Path]
    memory: Memory
    findings: list[Finding] = field(default_factory=list)
    files: dict[str, Stamp] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    groups: dict[str, tuple[str, Loaded]] = field(default_factory=dict)
    fresh: set[str] = field(default_factory=set)
    parts: dict[str, dict[str, Any]] = field(default_factory=lambda: {kind: {} for kind in (*KINDS, "treaties", "cases", "glossary", "references")})
    po: dict[str, dict[str, PoFile]] = field(default_factory=dict)
    written_in: dict[str, str] = field(default_factory=dict)

    def run(self) -> Sources | None:
        roots: list[Root] = []
        for number, folder in enumerate(self.folders):
            loaded = load_root(folder)
            self.findings.extend(loaded.findings)
            if loaded.value is None:
                return None
            roots.append(loaded.value)
            self._root(number, folder, loaded.value)
        library = Library(
            treaties=self.parts["treaties"], cases=self.parts["cases"], terms=self.parts["glossary"], references=self.parts["references"],
        )
        catalog = Catalog(
            roots=tuple(roots), modules=self.parts["module"], courses=self.parts["course"], quizzes=self.parts["quiz"], library=library,
            language=roots[0].source_language,
        )
        return Sources(tuple(self.folders), catalog, tuple(self.findings), self.digests, self.files, self.po, self.groups, frozenset(self.fresh), self.written_in)

    def _root(self, number: int, folder: Path, root: Root) -> None:
        groups = find_groups(folder)
        prefix = f"{number}:" if number else ""
        paths = ["catalog.yml", *(path for group in groups for path in group.paths)]
        po = find_translations(folder)
        paths += [path for files in po.values() for path in files]
        known = {path.removeprefix(prefix): stamp for path, stamp in self.memory.stamps.items() if path.startswith(prefix)}
        stamps = stamp_files(folder, paths, known)
        self.files |= {prefix + path: stamp for path, stamp in stamps.items()}
        self.digests[f"root/{number}"] = stamps["catalog.yml"].digest
        for group in groups:
            self._group(folder, root, group, prefix, stamps)
        for language, files in po.items():
            self._po(folder, root, language, {path: stamps[path].digest for path in files})

    def _group(self, folder: Path, root: Root, group: Group, prefix: str, stamps: Mapping[str, Stamp]) -> None:
        digest = digest_of(f"{path}:{stamps[path].digest}" for path in group.paths if path in stamps)
        name = f"{prefix}{group.kind}/{group.name}"
        remembered = self.memory.groups.get(name)
        if remembered and remembered[0] == digest:
            loaded = remembered[1]
        else:
            loaded = load_group(folder, group)
            self.fresh.add(name)
        self.groups[name] = (digest, loaded)
        self.findings.extend(loaded.findings)
        if loaded.value is not None:
            self._add(root, group, loaded.value, digest)

    def _add(self, root: Root, group: Group, value: Any, digest: str) -> None:
        if group.kind == "library":
            entries = self.parts[group.name]
            self._unique({name: None for name in value if name in entries}, group.paths[0])
            entries |= value
            self.digests[f"library/{group.name}"] = digest_of([self.digests.get(f"library/{group.name}", ""), digest])
            return
        entries = self.parts[group.kind]
        taken = entries if group.kind == "quiz" else self.parts["module"] | self.parts["course"]
        self._unique({value.id: None} if value.id in taken else {}, value.path)
        entries.setdefault(value.id, value)
        self.written_in.setdefault(f"{_DOMAINS[group.kind]}/{value.id}", root.source_language)
        self.digests[f"{group.kind}/{value.id}"] = digest

    def _unique(self, names: Mapping[str, None], path: str) -> None:
        self.findings.extend(finding("I002", path, 1, f"the id '{name}' is used in another place of this catalog too") for name in names)

    def _po(self, folder: Path, root: Root, language: str, files: Mapping[str, str]) -> None:
        if language not in root.languages:
            self.findings.append(finding("T005", f"translations/{language}", 1, f"the language '{language}' is not in catalog.yml"))
            return
        domains = self.po.setdefault(language, {})
        for path, digest in files.items():
            domains.setdefault(path.removeprefix(f"translations/{language}/").removesuffix(".po"), PoFile(folder, path, digest))


def domains(catalog: Catalog) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield every translation domain of a catalog with a way to what it translates."""
    yield "catalog", partial(_itself, catalog.root)
    for kind, values in (("modules", catalog.modules), ("courses", catalog.courses), ("quizzes", catalog.quizzes)):
        for name, value in values.items():
            yield f"{kind}/{name}", partial(_itself, value)
    library = catalog.library
    for name, entries in (("treaties", library.treaties), ("cases", library.cases), ("glossary", library.terms)):
        if entries:
            yield f"library/{name}", partial(_itself, tuple(entries.values()))


def _itself(value: Any) -> Any:
    return value
