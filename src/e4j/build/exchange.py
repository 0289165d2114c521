"""Take quizzes out to other systems: load, translate, render and publish composed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from e4j.build.library import translate_library
from e4j.build.paths import locales_folder
from e4j.check.translations import lost_placeholders
from e4j.errors import UsageError
from e4j.load.catalog import Sources
from e4j.load.exchange.h5p_folder import read_libraries
from e4j.load.translations import load_messages, load_translations
from e4j.model.catalog import Catalog, Library
from e4j.model.exchange import FORMATS, Export, Loss
from e4j.model.finding import Finding
from e4j.model.quiz import Quiz
from e4j.model.text import Text
from e4j.overlay.translate import translate
from e4j.publish.exchange import EXPORTERS, Writer, export_quiz
from e4j.publish.exchange.h5p_scene import TARGETS as VERSIONS
from e4j.render.context import Context
from e4j.render.inline import markdown, plain
from e4j.write.po import write_file

_LINK = re.compile(r'<a (?:class="[^"]*" )?href="([^"]*)"[^>]*>(.*?)</a>')
_SPAN = re.compile(r"</?span[^>]*>")
_WORLD = re.compile(r"https?:|mailto:|tel:")
_NOTHING = Library()
TARGETS = tuple(VERSIONS)
"""The hosts that H5P packages can be made for; the first is the usual one."""


@dataclass(slots=True)
class _Language:
    """The sources in one language; each part is translated when it is asked for."""

    sources: Sources
    language: str
    catalog: Catalog

    def translated(self, domain: str, value: Any) -> Any:
        """Return `value` in the language."""
        place = self.sources.po.get(self.language, {}).get(domain)
        if place is None or self.language == self.sources.language_of(domain):
            return value
        found: list[Finding] = []
        read = load_translations(place.folder, place.path, found)
        return translate(value, [t for t in read if not lost_placeholders(t)]).value


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is wanted of an export. `out` is a folder, or a file where only one comes out.

    `target` names the host an H5P package is for, `libraries` a folder of H5P libraries to put into it.
    """

    format_name: str
    language: str = ""
    strict: bool = False
    out: Path = Path()
    target: str = ""
    libraries: Path | None = None

    def options(self) -> dict[str, Any]:
        """Return what is for the format alone. UsageError where it takes no such thing."""
        found: dict[str, Any] = {"target": self.target} if self.target else {}
        if self.libraries is not None:
            found["libraries"] = read_libraries(self.libraries)
        if found and self.format_name != "h5p":
            raise UsageError("--h5p-target and --libraries are for --to h5p.")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """What an export wrote, and what its format could not carry."""

    written: tuple[Path, ...]
    losses: tuple[Loss, ...]


def exportable() -> tuple[str, ...]:
    """Name the formats that can be written."""
    return tuple(sorted(EXPORTERS))


def export_order(sources: Sources, names: Sequence[str], order: Order) -> Delivery:
    """Write quizzes to files. With `strict` nothing is written where anything is lost."""
    given = order.options()
    exports = [export_source(sources, name, order.format_name, order.language, given) for name in dict.fromkeys(names)]
    losses = tuple(loss for export in exports for loss in export.losses)
    files = [(name, data) for export in exports for name, data in export.files.items()]
    if order.strict and losses:
        return Delivery(written=(), losses=losses)
    single = order.out.suffix == FORMATS[order.format_name][1] and not order.out.is_dir()
    if single and len(files) != 1:
        raise UsageError(f"{len(files)} files come out; name a folder with --out, not a file.")
    written = []
    for name, data in files:
        path = order.out if single else order.out / name
        write_file(path, data)
        written.append(path)
    return Delivery(written=tuple(written), losses=losses)


def export_source(sources: Sources, name: str, format_name: str, language: str = "", options: Mapping[str, Any] | None = None) -> Export:
    """Return the quiz `name` in a format and a language (that of its source where none is named)."""
    catalog = sources.catalog
    if name not in catalog.quizzes:
        raise UsageError(f"There is no quiz '{name}'; `e4j list --quizzes` names all.")
    language = language or sources.language_of(f"quizzes/{name}")
    if language not in catalog.root.languages:
        raise UsageError(f"The catalog has no language '{language}'; it has {', '.join(catalog.root.languages)}.")
    build = _Language(sources, language, catalog)
    quiz: Quiz = build.translated(f"quizzes/{name}", catalog.quizzes[name])
    variables = build.translated("catalog", catalog.root).variables
    return export_quiz(format_name, quiz, language, writer_for(quiz, bare_context(language, translate_library(build), variables)), options or {})


def writer_for(quiz: Quiz, context: Context) -> Writer:
    """Return what an exporter needs to know. Links into our site lead nowhere elsewhere, so only their words stay."""
    return Writer(
        html=lambda text: _foreign(markdown(text.value, context)), plain=lambda text: plain(text, context),
        media={one.path: one.data for one in quiz.media},
    )


def bare_context(language: str, library: Library = _NOTHING, variables: Mapping[str, Text] | None = None) -> Context:
    """Return a context for texts that leave our site."""
    return Context(
        language=language, source_language=language, messages=load_messages(locales_folder(), language, "site"), library=library, links={}, quizzes={},
        versions={}, variables=variables or {}, module="", url="",
    )


def _foreign(html: str) -> str:
    """Keep links to the world, drop those into our site and the classes of our style sheet."""
    return _SPAN.sub("", _LINK.sub(lambda m: f'<a href="{m[1]}">{m[2]}</a>' if _WORLD.match(m[1]) else m[2], html))
