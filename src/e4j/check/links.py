"""What can be wrong between modules, courses, quizzes and the library."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from e4j.check.content import check_text
from e4j.check.facts import Facts, Use, roles_in, texts_of
from e4j.model.catalog import Catalog, activity_id
from e4j.model.codes import finding
from e4j.model.finding import Finding


@dataclass(frozen=True, slots=True)
class Owner:
    """Who uses something: a module or course with its facts, the media and the H5P packages it has."""

    id: str
    facts: Facts
    media: frozenset[str] = frozenset()
    packages: frozenset[str] = frozenset()


def check_links(catalog: Catalog, owners: Mapping[str, Owner], quizzes: Mapping[str, Facts]) -> list[Finding]:
    """Resolve everything that modules, courses and quizzes name."""
    found: list[Finding] = []
    checker = _Checker(catalog, owners)
    for owner in owners.values():
        found.extend(checker.findings(owner.facts.uses, owner))
    for facts in quizzes.values():
        found.extend(checker.findings(facts.uses, None))
    return found + checker.library() + list(checker.references_of_cases()) + list(checker.activities())


@dataclass(frozen=True, slots=True)
class _Checker:
    catalog: Catalog
    owners: Mapping[str, Owner]

    def findings(self, uses: tuple[Use, ...], owner: Owner | None) -> Iterator[Finding]:
        for use in uses:
            resolve = _RESOLVERS.get(use.kind)
            problem = resolve(self, use.target, owner) if resolve else None
            if problem:
                yield finding(problem[0], use.path, use.line, problem[1])

    def page(self, target: str, owner: Owner | None) -> tuple[str, str] | None:
        name, _, anchor = target.partition("#")
        module, slash, page = name.rpartition("/")
        if module == "quizzes":
            return None if page in self.catalog.quizzes else ("L001", f"there is no quiz '{page}'")
        found = self.owners.get(module) if slash else owner
        if found is None or page not in found.facts.anchors:
            return "L001", f"there is no page '{name}'"
        if anchor and anchor not in found.facts.anchors[page]:
            return "L002", f"there is no '{anchor}' on the page '{name}'"
        return None

    def term(self, target: str, _: Owner | None) -> tuple[str, str] | None:
        return None if target in self.catalog.library.terms else ("L003", f"there is no term '{target}' in the glossary")

    def cite(self, target: str, _: Owner | None) -> tuple[str, str] | None:
        return None if target in self.catalog.library.references else ("L004", f"there is no reference '{target}'")

    def treaty(self, target: str, _: Owner | None) -> tuple[str, str] | None:
        name, _slash, number = target.partition("/")
        treaty = self.catalog.library.treaties.get(name)
        if treaty is None:
            return "L005", f"there is no treaty '{name}'"
        if number and not any(article.id == number.partition("(")[0] for article in treaty.articles):
            return "L005", f"there is no article '{number}' of '{name}' in the library"
        return None

    def case(self, target: str, _: Owner | None) -> tuple[str, str] | None:
        return None if target in self.catalog.library.cases else ("L006", f"there is no case '{target}'")

    def quiz(self, target: str, _: Owner | None) -> tuple[str, str] | None:
        name, _slash, item = target.partition("/")
        quiz = self.catalog.quizzes.get(name)
        if quiz is None:
            return "L007", f"there is no quiz '{name}'"
        if item and not any(i.id == item for i in quiz.items):
            return "L007", f"there is no item '{item}' in the quiz '{name}'"
        return None

    def media(self, target: str, owner: Owner | None) -> tuple[str, str] | None:
        return None if owner and target in owner.media else ("L008", f"there is no file '{target}'")

    def package(self, target: str, owner: Owner | None) -> tuple[str, str] | None:
        return None if owner and target in owner.packages else ("L008", f"there is no H5P package '{target}'")

    def module(self, target: str, _: Owner | None) -> tuple[str, str] | None:
        return None if target in self.catalog.modules else ("L009", f"there is no module '{target}'")

    def var(self, target: str, _: Owner | None) -> tuple[str, str] | None:
        return None if any(target in root.variables for root in self.catalog.roots) else ("L010", f"there is no variable '{target}'")

    def library(self) -> list[Finding]:
        found: list[Finding] = []
        library = self.catalog.library
        for name, entries in (("treaties", library.treaties), ("cases", library.cases), ("glossary", library.terms)):
            path = f"library/{name}.yml"
            for text in texts_of(tuple(entries.values())):
                check_text(text, path, found)
                found.extend(self.findings(tuple(Use(kind, target, path, text.line) for kind, target in roles_in(text.value)), None))
        return found

    def references_of_cases(self) -> Iterator[Finding]:
        for case in self.catalog.library.cases.values():
            if case.source not in self.catalog.library.references:
                yield finding("L004", "library/cases.yml", case.title.line, f"there is no reference '{case.source}'")

    def activities(self) -> Iterator[Finding]:
        """Answers in a package are kept under an id made of two names, which must be nobody else's."""
        taken = dict.fromkeys(self.catalog.quizzes, "a quiz")
        for module in self.catalog.modules.values():
            for package in module.packages:
                name = activity_id(module.id, package.name)
                if name in taken:
                    yield finding("I002", module.path, 1, f"the package '{package.path}' and {taken[name]} would both be called '{name}'")
                taken[name] = f"'{package.path}' of {module.id}"


_RESOLVERS: Mapping[str, Callable[[_Checker, str, Owner | None], tuple[str, str] | None]] = {
    "page": _Checker.page, "reread": _Checker.page, "term": _Checker.term, "cite": _Checker.cite, "treaty": _Checker.treaty,
    "case": _Checker.case, "quiz": _Checker.quiz, "media": _Checker.media, "package": _Checker.package, "module": _Checker.module, "var": _Checker.var,
}
