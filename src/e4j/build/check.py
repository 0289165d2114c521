"""Run all checks over loaded sources."""

from collections.abc import Iterator, Mapping

from e4j.check.content import check_course, check_module, check_quiz
from e4j.check.facts import Facts, course_facts, module_facts, quiz_facts
from e4j.check.links import Owner, check_links
from e4j.check.translations import check_translations
from e4j.load.catalog import Sources, domains
from e4j.load.translations import load_translations
from e4j.model.codes import finding
from e4j.model.finding import Finding


def collect_facts(sources: Sources) -> dict[str, Facts]:
    """Return the facts of every module, course and quiz by domain (`modules/lost-coin`)."""
    catalog = sources.catalog
    facts = {f"modules/{name}": module_facts(module) for name, module in catalog.modules.items()}
    facts |= {f"courses/{name}": course_facts(course) for name, course in catalog.courses.items()}
    return facts | {f"quizzes/{name}": quiz_facts(quiz) for name, quiz in catalog.quizzes.items()}


def check_sources(sources: Sources, facts: Mapping[str, Facts]) -> list[Finding]:
    """Return everything found in the sources, reading included; translations apart."""
    catalog = sources.catalog
    found = list(sources.findings)
    for name, module in catalog.modules.items():
        found += check_module(module, facts[f"modules/{name}"])
    for course in catalog.courses.values():
        found += check_course(course)
    for quiz in catalog.quizzes.values():
        found += check_quiz(quiz, catalog.root.languages)
    media = {f"modules/{name}": frozenset(m.path for m in module.media) for name, module in catalog.modules.items()}
    owners = {
        name.partition("/")[2]: Owner(name.partition("/")[2], fact, media.get(name, frozenset()))
        for name, fact in facts.items() if not name.startswith("quizzes/")
    }
    quizzes = {name: fact for name, fact in facts.items() if name.startswith("quizzes/")}
    return found + check_links(catalog, owners, quizzes)


def check_languages(sources: Sources) -> Iterator[Finding]:
    """Yield what is wrong in the translation files, or missing."""
    catalog = sources.catalog
    known = {domain for domain, _ in domains(catalog)}
    for language in catalog.root.languages:
        if language == catalog.language:
            continue
        files = sources.po.get(language, {})
        for domain in sorted(known - files.keys()):
            yield finding("T002", f"translations/{language}/{domain}.po", 1, f"there is no translation of {domain} into '{language}'")
        for domain, place in sorted(files.items()):
            if domain not in known:
                yield finding("T004", place.path, 1, f"there is nothing called {domain}")
            found: list[Finding] = []
            translations = load_translations(place.folder, place.path, found)
            yield from found
            yield from check_translations(translations, place.path)
