"""Build one language: translate what changed, render it, stamp it, and say what other pages need to know about it."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from e4j.build.library import Shelf, library_entries, translate_library
from e4j.check.facts import Facts
from e4j.check.translations import lost_placeholders
from e4j.load.catalog import Sources
from e4j.load.files import digest_of
from e4j.load.translations import load_translations
from e4j.mark.revision import QuizVersion
from e4j.model.blocks import Step
from e4j.model.catalog import Audience, Course, Library, Module, Page
from e4j.model.finding import Finding
from e4j.model.quiz import Quiz
from e4j.model.text import Text, Translation
from e4j.overlay.translate import Coverage, translate
from e4j.publish.card import Card, PageCard, Share, course_card, is_welcome, module_card, tier
from e4j.publish.pages import Lesson, lesson_page, owner_page, paper_page, quiz_page, site_pages
from e4j.publish.search import Analyser, SearchDoc, page_terms
from e4j.publish.site import Site, SitePage
from e4j.render.blocks import has_teacher, page_text, reference_html, render_html, render_page, without_teacher
from e4j.render.context import Context, Link
from e4j.render.inline import inline, plain
from e4j.render.quiz import key_payload, quiz_html, quiz_payload
from e4j.render.quiz_payload import Payload
from e4j.render.quiz_sheet import key_html, sheet_html
from e4j.write.state import State


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What every language is built from.

    `revisions` are those of pages, `quizzes` the versions of quizzes; `version` is the digest of the toolkit. `forms` says that a
    server takes the answers of people without scripts, `keyless` names the quizzes whose key the server lacks; None: no server.
    `player` tells whether the site has an H5P player.
    """

    sources: Sources
    facts: Mapping[str, Facts]
    revisions: Mapping[str, str]
    quizzes: Mapping[str, QuizVersion]
    version: str
    names: Mapping[str, str]
    url: str
    templates: Environment
    forms: bool = False
    keyless: frozenset[str] | None = None
    player: bool = False


@dataclass(slots=True, kw_only=True)
class Result:
    """A language's finished parts. `pages` and `keys` hold only what changed; `urls` names every page there must be."""

    pages: list[SitePage] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    urls: dict[str, tuple[str, ...]] = field(default_factory=dict)
    docs: list[str] = field(default_factory=list)
    changed_docs: dict[str, tuple[Mapping[str, int], SearchDoc]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    coverage: dict[str, Coverage] = field(default_factory=dict)
    keys: dict[str, tuple[Payload, Payload]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is remembered of a module, course or quiz: its card, pages and documents in search."""

    card: Card | None
    urls: tuple[str, ...]
    docs: tuple[str, ...]


class LanguageBuild:
    """One run for one language against what an earlier run left in `state`."""

    def __init__(self, task: Task, site: Site, state: State) -> None:
        """Prepare a run; nothing is done yet."""
        self.task, self.site, self.state = task, site, state
        self.catalog = task.sources.catalog
        self.language = site.language
        self.source = self.catalog.language
        self.result = Result()
        self.analyser = Analyser(self.language)
        self._translated: dict[str, Any] = {}
        self._library: Library | None = None
        self._titles = state.values("quiz-title")
        self._variables: Mapping[str, Text] = {}
        site.title = self.translated("catalog", self.catalog.root).title.value

    def run(self) -> Result:
        """Bring every page of the language up to date and return what changed."""
        units = self.state.values("unit")
        cards = self._cards(units)
        links = self._links(cards)
        shelf_key = self._shelf_key()
        kept: dict[str, _Unit] = {}
        for name, card in cards.items():
            kept[name] = self._owner(name, card, cards, links, shelf_key, units)
        for name in self.catalog.quizzes:
            kept[f"quizzes/{name}"] = self._quiz_unit(name, cards, links, shelf_key, units)
        kept["site"] = self._site_unit(cards, links, shelf_key, units)
        self._forget(units, kept)
        self.result.urls = {name: unit.urls for name, unit in kept.items()}
        self.result.docs = [key for unit in kept.values() for key in unit.docs]
        return self.result

    # Keys: what a part depends on

    def _own_key(self, domain: str) -> str:
        kind, _, name = domain.partition("/")
        group = {"modules": "module", "courses": "course", "quizzes": "quiz"}[kind]
        return digest_of([self.task.version, self.task.sources.digests[f"{group}/{name}"], self._po_digest(domain)])

    def _po_digest(self, domain: str) -> str:
        place = self.task.sources.po.get(self.language, {}).get(domain)
        return place.digest if place and self.language != self.task.sources.language_of(domain) else ""

    def _shelf_key(self) -> str:
        digests = self.task.sources.digests
        parts = [f"{name}:{digest}" for name, digest in sorted(digests.items()) if name.startswith(("library/", "root/"))]
        domains = ("library/treaties", "library/cases", "library/glossary", "catalog")
        return digest_of([self.task.version, *parts, *(self._po_digest(domain) for domain in domains)])

    def _link_key(self, name: str, links: Mapping[str, Link]) -> str:
        owner = name.partition("/")[2]
        facts = self.task.facts.get(name)
        targets = {use.target for use in facts.uses if use.kind in {"page", "reread"}} if facts else set()
        used = {}
        for target in targets:
            page = target.partition("#")[0]
            key = page if "/" in page else f"{owner}/{page}"
            if key in links:
                used[key] = links[key]
        return digest_of(f"{key}:{link.url}:{link.title}" for key, link in sorted(used.items()))

    # Translating

    def _translations(self, domain: str) -> tuple[Translation, ...]:
        place = self.task.sources.po.get(self.language, {}).get(domain)
        if place is None:
            return ()
        read = load_translations(place.folder, place.path, self.result.findings)
        # One bad segment is left out and blocks nothing else; `e4j check` names it.
        return tuple(t for t in read if not lost_placeholders(t))

    def translated(self, domain: str, value: Any) -> Any:
        """Return a model object in this language, translated at most once a run."""
        if domain not in self._translated:
            if self.language == self.task.sources.language_of(domain):
                self._translated[domain] = value
                self.result.coverage[domain] = Coverage()
            else:
                done = translate(value, self._translations(domain))
                self._translated[domain] = done.value
                self.result.coverage[domain] = done.coverage
        return self._translated[domain]

    def _share(self, domain: str) -> Share:
        coverage = self.result.coverage[domain]
        if coverage.total == 0:
            return Share(translated=100, outdated=0)
        return Share(translated=(coverage.total - coverage.missing) * 100 // coverage.total, outdated=coverage.outdated)

    def _cards(self, units: Mapping[str, tuple[str, _Unit]]) -> dict[str, Card]:
        known = self.state.values("card")
        cards: dict[str, Card] = {}
        fresh: dict[str, tuple[str, Card]] = {}
        for name, module in self.catalog.modules.items():
            domain = f"modules/{name}"
            cards[domain] = self._card(domain, self._own_key(domain), known, fresh, partial(self._module_card, domain, module))
        modules = {card.id: card for card in cards.values()}
        for name, course in self.catalog.courses.items():
            domain = f"courses/{name}"
            key = digest_of([self._own_key(domain), *(repr(modules[m]) for m in course.modules if m in modules)])
            cards[domain] = self._card(domain, key, known, fresh, partial(self._course_card, domain, course, modules))
        self.state.put("card", fresh)
        return cards

    def _card(
        self, domain: str, key: str, known: Mapping[str, tuple[str, Card]], fresh: dict[str, tuple[str, Card]], make: Callable[[], Card],
    ) -> Card:
        if domain in known and known[domain][0] == key:
            return known[domain][1]
        card = make()
        fresh[domain] = (key, card)
        return card

    def _module_card(self, domain: str, source: Module) -> Card:
        module = self.translated(domain, source)
        teacher = frozenset(page.id for page in module.pages if page.audience is not Audience.TEACHER and has_teacher(page.blocks))
        return module_card(module, self._share(domain), teacher)

    def _course_card(self, domain: str, source: Course, modules: Mapping[str, Card]) -> Card:
        return course_card(self.translated(domain, source), self._share(domain), modules)

    def _links(self, cards: Mapping[str, Card]) -> dict[str, Link]:
        links: dict[str, Link] = {}
        for card in cards.values():
            links |= {shown.key: Link(url=shown.url, title=shown.title) for shown in card.pages}
        for course in self.catalog.courses.values():
            for page in course.pages:
                if is_welcome(page):
                    card = cards[f"courses/{course.id}"]
                    links[f"{course.id}/{page.id}"] = Link(url=card.url, title=card.title)
        for name in self.catalog.quizzes:
            links[f"quizzes/{name}"] = Link(url=f"quizzes/{name}.html", title=self._quiz_title(name))
        return links

    # Rendering

    def _context(self, owner: str, url: str, links: Mapping[str, Link], audience: str) -> Context:
        library, variables = self._shelf()
        module = self.catalog.modules.get(owner)
        packages = {package.path: package for package in module.packages} if module else {}
        written_in = self.task.sources.language_of(f"{'modules' if owner in self.catalog.modules else 'courses'}/{owner}")
        return Context(
            language=self.language, source_language=written_in, messages=self.site.messages, library=library, links=links,
            quizzes=_Quizzes(self), versions=self.task.quizzes, variables=variables, module=owner, url=url, tier=audience,
            forms=self.task.forms, packages=packages, player=self.task.player,
        )

    def _shelf(self) -> tuple[Library, Mapping[str, Text]]:
        if self._library is None:
            self._library = translate_library(self)
            self._variables = self.translated("catalog", self.catalog.root).variables
        return self._library, self._variables

    def _owner(
        self, name: str, card: Card, cards: Mapping[str, Card], links: Mapping[str, Link], shelf_key: str, units: Mapping[str, tuple[str, _Unit]],
    ) -> _Unit:
        facts = self.task.facts[name]
        shown = [f"quizzes/{quiz}" for quiz in facts.quizzes if quiz in self.catalog.quizzes]
        quizzes = [key for quiz in shown for key in (self._own_key(quiz), self._link_key(quiz, links))]
        player = str(self.task.player) if any(use.kind == "package" for use in facts.uses) else ""
        key = digest_of([self._own_key(name), shelf_key, self._link_key(name, links), *quizzes, repr(card), player])
        if name in units and units[name][0] == key:
            return units[name][1]
        before = len(self.result.pages)
        docs: list[SearchDoc] = []
        kind, _, identity = name.partition("/")
        if kind == "modules":
            module = self.translated(name, self.catalog.modules[identity])
            self._module_pages(module, card, links, docs)
        else:
            course = self.translated(name, self.catalog.courses[identity])
            self._course_pages(course, card, cards, links, docs)
        urls = [page.url for page in self.result.pages[before:]]
        if kind == "modules":
            media = {f"modules/{identity}/{m.path}": m.data for m in self.catalog.modules[identity].media}
            self.result.media |= media
            urls += media
        return self._keep(name, key, _Unit(card, tuple(urls), tuple(doc.key for doc in docs)), docs)

    def _keep(self, name: str, key: str, unit: _Unit, docs: Sequence[SearchDoc]) -> _Unit:
        self.state.put("unit", {name: (key, unit)})
        for doc in docs:
            old = self.state.value("doc", doc.key)
            if old != doc:
                self.result.changed_docs[doc.key] = (old.terms if old else {}, doc)
        self.state.put("doc", {doc.key: (key, doc) for doc in docs})
        return unit

    def _module_pages(self, module: Module, card: Card, links: Mapping[str, Link], docs: list[SearchDoc]) -> None:
        audience = tier(module.ages, module.level)
        context = self._context(module.id, card.url, links, audience)
        outcomes = {outcome.id: inline(outcome.text, context) for outcome in module.outcomes}
        for page, page_card in zip(module.pages, card.pages, strict=True):
            self._page(page, page_card, card, [outcomes[o] for o in page.outcomes if o in outcomes], audience, module.licence, links, docs)
        texts = {name: _html(getattr(module, name), context) for name in ("summary", "key_question", "content_note", "materials", "preparation")}
        self.result.pages.append(owner_page(
            self.site, "module.html", card, self._revision(module.path), audience, module.licence, outcomes=list(outcomes.values()),
            plans=list(self._plans(module, context)), skills=module.skills, **texts,
        ))
        docs.append(self._doc(f"modules/{module.id}", card.url, card.title, "", card.summary, [], " ".join([card.summary, *map(_strip, outcomes.values())])))

    def _plans(self, module: Module, context: Context) -> Iterator[Mapping[str, Any]]:
        places = {}
        for page in module.pages:
            card_url = next(link.url for key, link in context.links.items() if key == f"{module.id}/{page.id}")
            teacher = card_url if page.audience is Audience.TEACHER else f"{card_url.removesuffix('.html')}-teacher.html"
            url = teacher if page.audience is Audience.TEACHER or has_teacher(page.blocks) else card_url
            for block in page.blocks:
                if isinstance(block, Step):
                    places[block.id] = {"url": f"{url}#{block.id}", "title": plain(block.title, context), "minutes": block.minutes.usual}
        for plan in module.plans:
            yield {"minutes": plan.minutes, "steps": [places[step] for step in plan.steps if step in places]}

    def _course_pages(self, course: Course, card: Card, cards: Mapping[str, Card], links: Mapping[str, Link], docs: list[SearchDoc]) -> None:
        audience = tier(course.ages, "")
        context = self._context(course.id, card.url, links, audience)
        own = {page.id: page for page in course.pages}
        for page_card in card.pages:
            self._page(own[page_card.id], page_card, card, [], audience, course.licence, links, docs)
        first = next((page for page in course.pages if is_welcome(page)), None)
        welcome = Markup(render_html(without_teacher(first.blocks), context)) if first else ""  # noqa: S704 - our renderer
        modules = [cards[f"modules/{name}"] for name in course.modules if f"modules/{name}" in cards]
        self.result.pages.append(owner_page(
            self.site, "course.html", card, self._revision(course.path), audience, course.licence, modules=modules, welcome=welcome,
            summary=inline(course.summary, context),
        ))
        docs.append(self._doc(f"courses/{course.id}", card.url, card.title, "", card.summary, [], f"{card.summary} {_strip(str(welcome))}"))

    def _page(
        self, page: Page, card: PageCard, owner: Card, outcomes: list[str], audience: str, licence: str, links: Mapping[str, Link],
        docs: list[SearchDoc],
    ) -> None:
        owner_id = owner.id
        for teacher_view in (False, True) if card.teacher_url else (False,):
            url = card.teacher_url if teacher_view else card.url
            context = self._context(owner_id, url, links, audience)
            hidden = page.audience is not Audience.TEACHER and not teacher_view
            blocks = without_teacher(page.blocks) if hidden else page.blocks
            pieces = render_page(blocks, context)
            references = [(r.id, reference_html(r, context)) for r in context.cited.values()]
            lesson = Lesson(
                owner=owner, page=card, pieces=pieces, references=references, outcomes=outcomes, revision=self._revision(page.path),
                tier=audience, licence=licence, teacher_view=teacher_view,
            )
            self.result.pages.append(lesson_page(self.site, lesson))
            if not teacher_view:
                headings = [piece.text for piece in pieces if piece.level]
                docs.append(self._doc(card.key, card.url, card.title, owner.title, card.description, headings, page_text(pieces)))

    def _doc(self, key: str, url: str, title: str, context: str, summary: str, headings: Iterable[str], text: str) -> SearchDoc:
        return SearchDoc(key=key, url=url, title=title, context=context, summary=summary, terms=page_terms(self.analyser, title, headings, text))

    def _revision(self, path: str) -> str:
        return self.task.revisions.get(path, "")

    def _quiz_unit(
        self, name: str, cards: Mapping[str, Card], links: Mapping[str, Link], shelf_key: str, units: Mapping[str, tuple[str, _Unit]],
    ) -> _Unit:
        domain = f"quizzes/{name}"
        owner = self._quiz_owner(name, cards)
        key = digest_of([self._own_key(domain), shelf_key, self._link_key(domain, links), repr(owner), repr(self.task.forms)])
        if domain in units and units[domain][0] == key and name not in (self.task.keyless or ()):
            return units[domain][1]
        quiz = self.translated(domain, self.catalog.quizzes[name])
        audience = tier(owner.ages, owner.level) if owner else "adult"
        context = partial(self._context, owner.id if owner else "", links=links, audience=audience)
        url = f"quizzes/{name}.html"
        before = len(self.result.pages)
        self.result.pages.append(quiz_page(self.site, quiz, quiz_html(quiz, context(url)), owner, audience))
        self._papers(quiz, context(f"quizzes/{name}/sheet.html"), owner)
        if self.task.keyless is not None:
            self.result.keys[name] = key_payload(quiz, replace(context(f"answers/{self.language}/{name}"), base=f"{self.language}/"))
        media = {f"quizzes/{name}/{file.path}": file.data for file in quiz.media}
        self.result.media |= media
        urls = (*(page.url for page in self.result.pages[before:]), *media)
        return self._keep(domain, key, _Unit(None, urls, ()), ())

    def _quiz_owner(self, name: str, cards: Mapping[str, Card]) -> Card | None:
        """Return whose quiz it is: the module that names it as its own, or else the first that shows it."""
        shown = (card for domain, card in cards.items() if name in self.task.facts[domain].quizzes)
        return next((card for card in cards.values() if card.quiz == name), None) or next(shown, None)

    def _papers(self, quiz: Quiz, context: Context, owner: Card | None) -> None:
        """Put the quiz on paper. The key of an assessed quiz stays with the server."""
        payload = quiz_payload(quiz, context)
        self.result.pages.append(paper_page(self.site, quiz, sheet_html(payload, context), owner, kind="sheet"))
        if quiz.settings.mode != "assessed":
            self.result.pages.append(paper_page(self.site, quiz, key_html(payload, context), owner, kind="key"))

    def _site_unit(
        self, cards: Mapping[str, Card], links: Mapping[str, Link], shelf_key: str, units: Mapping[str, tuple[str, _Unit]],
    ) -> _Unit:
        titles = {name: self._quiz_title(name) for name in self.catalog.quizzes}
        key = digest_of([shelf_key, *(repr(card) for card in cards.values()), repr(sorted(titles.items()))])
        if "site" in units and units["site"][0] == key:
            return units["site"][1]
        modules = [card for card in cards.values() if card.kind == "module"]
        courses = [card for card in cards.values() if card.kind == "course"]
        shelf = Shelf(self.site.language, *self._shelf())
        entries = library_entries(shelf, lambda url: self._context("", url, links, "adult"))
        progress = _progress_data(cards.values(), titles)
        pages = site_pages(self.site, modules, courses, entries, progress)
        self.result.pages.extend(pages)
        docs = [
            self._doc("library/glossary", "library/glossary.html", self.site.say("Glossary"), "", self.site.say("Terms and what they mean."), [], " ".join(
                f"{term.term.value} {term.definition.value}" for term in shelf.library.terms.values())),
        ]
        return self._keep("site", key, _Unit(None, tuple(page.url for page in pages), tuple(doc.key for doc in docs)), docs)

    def _quiz_title(self, name: str) -> str:
        domain = f"quizzes/{name}"
        key = self._own_key(domain)
        if domain in self._titles and self._titles[domain][0] == key:
            return str(self._titles[domain][1])
        title = str(self.translated(domain, self.catalog.quizzes[name]).title.value)
        self.state.put("quiz-title", {domain: (key, title)})
        return title

    def _forget(self, units: Mapping[str, tuple[str, _Unit]], kept: Mapping[str, _Unit]) -> None:
        gone = units.keys() - kept.keys()
        self.state.drop("unit", gone)
        docs = {key for unit in kept.values() for key in unit.docs}
        self.state.drop("doc", [key for name in units for key in units[name][1].docs if key not in docs])


@dataclass(frozen=True, slots=True)
class _Quizzes(Mapping[str, Quiz]):
    """The quizzes of a catalog, each translated when it is first asked for."""

    build: LanguageBuild

    def __getitem__(self, name: str) -> Quiz:
        quiz: Quiz = self.build.translated(f"quizzes/{name}", self.build.catalog.quizzes[name])
        return quiz

    def __iter__(self) -> Iterator[str]:
        return iter(self.build.catalog.quizzes)

    def __len__(self) -> int:
        return len(self.build.catalog.quizzes)


def _html(value: Text | tuple[Text, ...], context: Context) -> Any:
    if isinstance(value, Text):
        return inline(value, context) if value else ""
    return [inline(text, context) for text in value]


def _strip(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


def _progress_data(cards: Iterable[Card], quizzes: Mapping[str, str]) -> str:
    pages = {page.key: {"title": page.title, "href": page.url, "in": card.title} for card in cards for page in card.pages if page.audience is not Audience.TEACHER}
    shown = {name: {"title": title, "href": f"quizzes/{name}.html"} for name, title in quizzes.items()}
    for card in cards:
        for page in card.pages:
            shown |= {name: {"title": title, "href": page.url} for name, title in page.activities}
    return json.dumps({"pages": pages, "quizzes": shown}, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c")

