"""The shared library in one language, and its pages' entries as HTML."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from e4j.model.catalog import Catalog, Library
from e4j.model.text import Text
from e4j.render.blocks import case_html, reference_html
from e4j.render.context import Context
from e4j.render.inline import inline


class Translator(Protocol):
    """Who translates: a language's build."""

    catalog: Catalog

    def translated(self, domain: str, value: Any) -> Any:
        """Return `value` in the language."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A translated library and the country variables."""

    language: str
    library: Library
    variables: Mapping[str, Text]


def translate_library(build: Translator) -> Library:
    """Return the library in the language of a build."""
    source = build.catalog.library
    parts = {}
    for name, entries in (("treaties", source.treaties), ("cases", source.cases), ("glossary", source.terms)):
        done = build.translated(f"library/{name}", tuple(entries.values()))
        parts[name] = {entry.id: entry for entry in done}
    return Library(treaties=parts["treaties"], cases=parts["cases"], terms=parts["glossary"], references=source.references)


def library_entries(shelf: Shelf, context_for: Callable[[str], Context]) -> Mapping[str, Any]:
    """Return the entries of the glossary, treaties, cases and references pages."""
    library = shelf.library
    glossary = context_for("library/glossary.html")
    terms = [
        {"id": term.id, "term": inline(term.term, glossary), "definition": inline(term.definition, glossary)}
        for term in sorted(library.terms.values(), key=lambda term: (term.term.value.casefold(), term.id))
    ]
    return {
        "terms": terms, "treaties": _treaties(library, context_for("library/treaties.html")),
        "cases": _cases(library, context_for), "references": _references(library, context_for("library/references.html")),
    }


def _treaties(library: Library, context: Context) -> list[Mapping[str, Any]]:
    return [
        {
            "id": treaty.id, "title": inline(treaty.title, context), "adopted": treaty.adopted, "in_force": treaty.in_force,
            "note": inline(treaty.note, context) if treaty.note else "",
            "articles": [{"id": a.id, "title": inline(a.title, context), "text": inline(a.text, context)} for a in treaty.articles],
        }
        for treaty in library.treaties.values()
    ]


def _cases(library: Library, context_for: Callable[[str], Context]) -> list[Mapping[str, Any]]:
    shown: list[Mapping[str, Any]] = []
    cited: set[str] = set()
    for case in library.cases.values():
        context = context_for("library/cases.html")
        html = case_html(case, context, level=2)
        new = [r for r in context.cited.values() if r.id not in cited]
        cited |= {r.id for r in new}
        shown.append({"html": html, "references": [(r.id, reference_html(r, context)) for r in new]})
    return shown


def _references(library: Library, context: Context) -> list[tuple[str, str]]:
    order = sorted(library.references.values(), key=lambda r: (r.fields.get("author", r.fields.get("title", "")).casefold(), r.fields.get("year", ""), r.id))
    return [(reference.id, reference_html(reference, context)) for reference in order]
