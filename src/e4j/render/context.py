"""What a fragment needs to know about the world around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import relpath

from e4j.mark.revision import QuizVersion
from e4j.model.catalog import Library, Package, Reference
from e4j.model.quiz import Quiz
from e4j.model.text import Text

RTL = frozenset({"ar", "fa", "he", "ur"})


def direction(language: str) -> str:
    """Return "rtl" or "ltr"."""
    return "rtl" if language.partition("-")[0] in RTL else "ltr"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Where a page is, relative to the language folder, and what it is called in this language."""

    url: str
    title: str


@dataclass(slots=True, kw_only=True)
class Context:
    """The language, the shared library and the addresses a page may point to.

    `forms` says that a server takes the answers of people without scripts; `base` leads to the language folder where `url` lies outside it.
    `packages` are the H5P packages of the module by path, and `player` tells whether the site has what plays them.
    `cited` collects the references a page names, in order of appearance.
    """

    language: str
    source_language: str
    messages: Mapping[str, str]
    library: Library
    links: Mapping[str, Link]
    quizzes: Mapping[str, Quiz]
    versions: Mapping[str, QuizVersion]
    variables: Mapping[str, Text]
    module: str
    url: str
    tier: str = "adult"
    forms: bool = False
    base: str = ""
    packages: Mapping[str, Package] = field(default_factory=dict)
    player: bool = False
    cited: dict[str, Reference] = field(default_factory=dict)

    def say(self, message: str) -> str:
        """Return an interface text in this language."""
        return self.messages.get(message, message)

    def href(self, url: str) -> str:
        """Return the relative way from this page to another address within the language folder."""
        path, hash_sign, anchor = url.partition("#")
        if path == self.url:
            return f"{hash_sign}{anchor}" or "#"
        folder = self.url.rpartition("/")[0]
        return f"{relpath(self.base + path, folder or '.')}{hash_sign}{anchor}"

    def page(self, target: str) -> Link | None:
        """Resolve `page`, `module/page` or either with `#anchor`."""
        name, hash_sign, anchor = target.partition("#")
        key = name if "/" in name else f"{self.module}/{name}"
        link = self.links.get(key)
        return Link(url=f"{link.url}{hash_sign}{anchor}", title=link.title) if link else None
