"""Run all checks over loaded sources."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from e4j.check.content import check_course, check_module
from e4j.check.facts import Facts, course_facts, module_facts, quiz_facts
from e4j.check.links import Owner, check_links
from e4j.check.quiz import check_quiz, check_young_readers
from e4j.check.translations import check_translated_quiz, check_translations
from e4j.load.catalog import Sources, domains
from e4j.load.translations import load_translations
from e4j.model.catalog import Module
from e4j.model.codes import finding
from e4j.model.finding import Finding
from e4j.overlay.translate import translate


@dataclass(frozen=True, slots=True)
class Review:
    """What one module, course or quiz says about itself and what is wrong within it. It depends on its own files alone."""

    facts: Facts
    findings: tuple[Finding, ...]


def review_sources(sources: Sources, known: Mapping[str, tuple[str, Review]] | None = None) -> dict[str, tuple[str, Review]]:
    """Review everything by domain (`modules/lost-coin`), with the digest it was reviewed at; what is known is not reviewed again."""
    catalog = sources.catalog
    languages = catalog.root.languages
    remembered = known or {}
    reviews: dict[str, tuple[str, Review]] = {}
    work: list[tuple[str, str, Callable[[], Review]]] = []
    for name, module in catalog.modules.items():
        work.append((f"modules/{name}", sources.digests[f"module/{name}"], lambda m=module: _module_review(m)))  # type: ignore[misc]
    for name, course in catalog.courses.items():
        work.append((f"courses/{name}", sources.digests[f"course/{name}"], lambda c=course: Review(course_facts(c), tuple(check_course(c)))))  # type: ignore[misc]
    for name, quiz in catalog.quizzes.items():
        key = f"{sources.digests[f'quiz/{name}']}{','.join(languages)}"
        work.append((f"quizzes/{name}", key, lambda q=quiz: Review(quiz_facts(q), tuple(check_quiz(q, languages)))))  # type: ignore[misc]
    for name, key, review in work:
        old = remembered.get(name)
        reviews[name] = old if old and old[0] == key else (key, review())
    return reviews


def _module_review(module: Module) -> Review:
    facts = module_facts(module)
    return Review(facts, tuple(check_module(module, facts)))


def gather_findings(sources: Sources, reviews: Mapping[str, tuple[str, Review]]) -> list[Finding]:
    """Return everything found in the sources, reading included; translations apart."""
    catalog = sources.catalog
    found = [*sources.findings, *(f for _, review in reviews.values() for f in review.findings)]
    media = {f"modules/{name}": frozenset(m.path for m in module.media) for name, module in catalog.modules.items()}
    packages = {f"modules/{name}": frozenset(p.path for p in module.packages) for name, module in catalog.modules.items()}
    owners = {
        name.partition("/")[2]: Owner(name.partition("/")[2], review.facts, media.get(name, frozenset()), packages.get(name, frozenset()))
        for name, (_, review) in reviews.items() if not name.startswith("quizzes/")
    }
    quizzes = {name: review.facts for name, (_, review) in reviews.items() if name.startswith("quizzes/")}
    return found + check_links(catalog, owners, quizzes) + check_young_readers(catalog)


def check_sources(sources: Sources) -> list[Finding]:
    """Review everything and return what is wrong."""
    return gather_findings(sources, review_sources(sources))


def check_languages(sources: Sources) -> Iterator[Finding]:
    """Yield what is wrong in the translation files, or missing."""
    catalog = sources.catalog
    known = {domain for domain, _ in domains(catalog)}
    for language in catalog.root.languages:
        files = sources.po.get(language, {})
        for domain in sorted(known - files.keys()):
            if sources.language_of(domain) == language:
                continue
            yield finding("T002", f"translations/{language}/{domain}.po", 1, f"there is no translation of {domain} into '{language}'")
        for domain, place in sorted(files.items()):
            if domain not in known:
                yield finding("T004", place.path, 1, f"there is nothing called {domain}")
            found: list[Finding] = []
            translations = load_translations(place.folder, place.path, found)
            yield from found
            yield from check_translations(translations, place.path)
            quiz = catalog.quizzes.get(domain.removeprefix("quizzes/"))
            if quiz is not None and domain.startswith("quizzes/"):
                yield from check_translated_quiz(translate(quiz, translations).value, translations, place.path)
