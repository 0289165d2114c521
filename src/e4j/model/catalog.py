"""Courses, modules, pages and the library, by id, from one or more content roots."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from e4j.model.blocks import Block
from e4j.model.quiz import Quiz
from e4j.model.text import EMPTY, Text

THEMES = (
    "participation-in-an-organized-criminal-group", "corruption", "counterfeiting", "drug-trafficking", "money-laundering",
    "obstruction-of-justice", "cybercrime", "maritime-crime", "smuggling-of-migrants", "trafficking-in-persons",
    "cultural-property", "wildlife-crime", "falsified-medical-products", "firearms-trafficking", "terrorism",
)
"""The fifteen crime types of the SHERLOC portal (Secretariat report CTOC/COP/2020, 2 July 2020, § 6)."""

VALUES = ("acceptance", "fairness", "integrity", "respect")
SKILLS = ("critical-thinking", "conflict-resolution", "empathy", "teamwork", "resilience", "ethical-dilemmas")


class Level(StrEnum):
    """The three levels of schooling the content is made for."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    UNIVERSITY = "university"


class Audience(StrEnum):
    """Who a page is for."""

    ALL = "all"
    TEACHER = "teacher"
    LEARNER = "learner"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Something a learner can do afterwards and a teacher can observe."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Another length of a lesson, made of step ids in this order."""

    id: str
    minutes: int
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An ordered tuple of blocks. `path` is the source file, relative to its root."""

    id: str
    title: Text
    description: Text = EMPTY
    audience: Audience = Audience.ALL
    minutes: int = 0
    outcomes: tuple[str, ...] = ()
    path: str = ""
    notebook: bool = False
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """A picture or sound of a module: path relative to the module's folder, and its bytes."""

    path: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """An H5P package of a module. `path` is relative to the module's folder, `language` empty where the package names none."""

    path: str
    language: str
    digest: str
    data: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """Return the file's name without its ending: an id, because answers hang on it."""
        return package_name(self.path)


def package_name(path: str) -> str:
    """Return the name of a package file without its ending."""
    return path.rpartition("/")[2].removesuffix(".h5p")


def activity_id(module: str, name: str) -> str:
    """Return the id under which answers given in a package are kept; it stands where the id of a quiz does."""
    return f"h5p-{module}-{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Module:
    """What a teacher teaches in one or a few class hours. `path` is its `module.yml`."""

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
    path: str = ""
    pages: tuple[Page, ...] = ()
    media: tuple[Media, ...] = ()
    packages: tuple[Package, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PassRule:
    """What completes a course: the share of each quiz, and which pages."""

    quizzes: float = 0.0
    pages: Literal["all", "none"] = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Ordered module ids with a pass rule; may hold pages of its own."""

    id: str
    title: Text
    summary: Text
    audience: Audience
    ages: tuple[int, int]
    licence: str
    modules: tuple[str, ...] = ()
    pass_rule: PassRule = PassRule()
    path: str = ""
    pages: tuple[Page, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What an article of a treaty says, in our own words."""

    id: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """A treaty with the articles that lessons name."""

    id: str
    title: Text
    short: Text
    adopted: str = ""
    in_force: str = ""
    note: Text = EMPTY
    source: str = ""
    articles: tuple[Article, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case that happened, with its source."""

    id: str
    title: Text
    place: Text
    year: int
    summary: Text
    source: str
    decision: Text = EMPTY
    teaches: Text = EMPTY
    questions: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A glossary term with its definition."""

    id: str
    term: Text
    definition: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A work that is cited. `fields` are those of its BibTeX entry, cleaned of braces."""

    id: str
    kind: str
    fields: Mapping[str, str]
    path: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """What modules share: treaties, cases, terms and references, by id."""

    treaties: Mapping[str, Treaty] = field(default_factory=dict)
    cases: Mapping[str, Case] = field(default_factory=dict)
    terms: Mapping[str, Term] = field(default_factory=dict)
    references: Mapping[str, Reference] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """A content root, as its `catalog.yml` says. `folder` is only for naming files to people."""

    id: str
    title: Text
    source_language: str
    languages: tuple[str, ...]
    licence: str
    publisher: Text
    url: str = ""
    variables: Mapping[str, Text] = field(default_factory=dict)
    folder: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalog:
    """Every course, module, quiz, case, treaty and term by id. The first root names the site."""

    roots: tuple[Root, ...]
    modules: Mapping[str, Module]
    courses: Mapping[str, Course]
    quizzes: Mapping[str, Quiz]
    library: Library
    language: str

    @property
    def root(self) -> Root:
        """Return the root that names the site."""
        return self.roots[0]
