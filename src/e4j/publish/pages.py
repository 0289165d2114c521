"""The pages of the site, one function a page. Texts that hold markup arrive as ready HTML."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from markupsafe import Markup

from e4j.model.catalog import Audience
from e4j.model.fragment import Piece
from e4j.model.quiz import Quiz
from e4j.publish.card import Card, PageCard
from e4j.publish.site import Facts, Site, SitePage

LEVELS: Mapping[str, str] = {"primary": "Primary", "secondary": "Secondary", "university": "University"}
THEME_NAMES: Mapping[str, str] = {
    "participation-in-an-organized-criminal-group": "Participation in an organized criminal group", "corruption": "Corruption",
    "counterfeiting": "Counterfeiting", "drug-trafficking": "Drug trafficking", "money-laundering": "Money-laundering",
    "obstruction-of-justice": "Obstruction of justice", "cybercrime": "Cybercrime", "maritime-crime": "Piracy and maritime crime",
    "smuggling-of-migrants": "Smuggling of migrants", "trafficking-in-persons": "Trafficking in persons",
    "cultural-property": "Trafficking in cultural property", "wildlife-crime": "Wildlife crime",
    "falsified-medical-products": "Falsified medical products", "firearms-trafficking": "Trafficking in firearms", "terrorism": "Terrorism",
}
VALUE_NAMES: Mapping[str, str] = {
    "acceptance": "Acceptance", "fairness": "Fairness", "integrity": "Integrity", "respect": "Respect",
    "critical-thinking": "Critical thinking", "conflict-resolution": "Conflict resolution", "empathy": "Empathy", "teamwork": "Teamwork",
    "resilience": "Resilience", "ethical-dilemmas": "Ethical dilemmas",
}
TIMES: Sequence[int] = (30, 45, 90, 135, 180)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """A rendered page of a module or course."""

    owner: Card
    page: PageCard
    pieces: tuple[Piece, ...]
    references: Sequence[tuple[str, str]]
    outcomes: Sequence[str]
    revision: str
    tier: str
    licence: str
    teacher_view: bool = False


def lesson_page(site: Site, lesson: Lesson) -> SitePage:
    """Return a page to read: facts, content, and the works it cites."""
    page = lesson.page
    url = page.teacher_url if lesson.teacher_view else page.url
    facts = site.render("lesson.html", url, lesson=lesson)
    pieces = [_title(page.title), Piece(html=facts), *lesson.pieces]
    if lesson.references:
        label = site.say("Works cited")
        pieces += [Piece(level=2, id="works-cited", html=str(Markup.escape(label)), text=label)]
        pieces.append(Piece(html=site.render("references_list.html", url, references=lesson.references)))
    return site.page(Facts(
        url=url, title=page.title, description=page.description or lesson.owner.summary, body=tuple(pieces), layout="lesson",
        key="" if lesson.teacher_view else page.key, revision=lesson.revision, tier=lesson.tier, owner=lesson.owner, page=page,
        teacher_view=lesson.teacher_view, resource=_resource(site, lesson), index=not lesson.teacher_view,
    ))


def _title(title: str) -> Piece:
    return Piece(level=1, id="top", html=str(Markup.escape(title)), text=title)


def _resource(site: Site, lesson: Lesson) -> Mapping[str, Any]:
    owner = lesson.owner
    role = "teacher" if lesson.page.audience is Audience.TEACHER or lesson.teacher_view else "student"
    url = lesson.page.teacher_url if lesson.teacher_view else lesson.page.url
    return {
        "name": lesson.page.title, "description": lesson.page.description, "inLanguage": site.language, "isAccessibleForFree": True,
        "license": _licence_url(lesson.licence), "educationalLevel": owner.level or None, "typicalAgeRange": _ages(owner.ages),
        "timeRequired": f"PT{lesson.page.minutes}M" if lesson.page.minutes else None, "teaches": list(lesson.outcomes),
        "audience": {"@type": "EducationalAudience", "educationalRole": role}, "url": site.absolute(site.language, url),
        "isPartOf": {"@type": "Course" if owner.kind == "course" else "LearningResource", "name": owner.title, "url": site.absolute(site.language, owner.url)},
    }


def _licence_url(licence: str) -> str:
    return {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}.get(licence, licence)


def _ages(ages: tuple[int, int]) -> str:
    return f"{ages[0]}-" if ages[1] >= 99 else f"{ages[0]}-{ages[1]}"


def owner_page(site: Site, template: str, card: Card, revision: str, tier: str, licence: str, **texts: Any) -> SitePage:
    """Return the page of a module (`module.html`) or course (`course.html`). `texts` are what the template names, as HTML."""
    html = site.render(template, card.url, card=card, levels=LEVELS, themes=THEME_NAMES, values=VALUE_NAMES, licence=licence, **texts)
    resource = {
        "name": card.title, "description": card.summary, "inLanguage": site.language, "isAccessibleForFree": True, "license": _licence_url(licence),
        "educationalLevel": card.level or None, "typicalAgeRange": _ages(card.ages), "timeRequired": f"PT{card.minutes}M",
        "url": site.absolute(site.language, card.url),
    }
    return site.page(Facts(
        url=card.url, title=card.title, description=card.summary, body=(_title(card.title), Piece(html=html)), layout=card.kind,
        owner=card, resource=resource, tier=tier, revision=revision,
    ))


def quiz_page(site: Site, quiz: Quiz, html: str, owner: Card | None, tier: str) -> SitePage:
    """Return a page with one quiz alone, and the ways to its paper."""
    url = f"quizzes/{quiz.id}.html"
    title = quiz.title.value
    papers = site.render("quiz_papers.html", url, quiz=quiz)
    return site.page(Facts(
        url=url, title=title, description=site.say("Questions with explanations; your answers stay on this device until you send them."),
        body=(_title(title), Piece(html=html), Piece(html=papers)), layout="quiz", owner=owner, tier=tier,
    ))


def paper_page(site: Site, quiz: Quiz, html: str, owner: Card | None, *, kind: Literal["sheet", "key"]) -> SitePage:
    """Return the sheet of a quiz to print, or its key."""
    said = site.say("{title}: sheet to print") if kind == "sheet" else site.say("{title}: answer key")
    title = said.format(title=quiz.title.value)
    about = site.say("Questions to answer on paper.") if kind == "sheet" else site.say("Right answers and explanations, for who checks the sheet.")
    return site.page(Facts(
        url=f"quizzes/{quiz.id}/{kind}.html", title=title, description=about, body=(_title(title), Piece(html=html)), layout="paper", owner=owner, index=False,
    ))


def _simple(site: Site, url: str, title: str, description: str, layout: str, **values: Any) -> SitePage:
    html = site.render(f"{layout}.html", url, **values)
    return site.page(Facts(url=url, title=title, description=description, body=(_title(title), Piece(html=html)), layout=layout, index=url != "404.html"))


def site_pages(site: Site, modules: Sequence[Card], courses: Sequence[Card], library: Mapping[str, Any], progress: str) -> list[SitePage]:
    """Return the pages that are about everything. `library` holds rendered entries: terms, treaties, cases, references."""
    say = site.say
    shared = {
        "modules": modules, "courses": courses, "levels": LEVELS, "themes": THEME_NAMES, "values": VALUE_NAMES, "times": TIMES,
        "by_id": {card.id: card for card in (*modules, *courses)},
    }
    about = say("What this is, who may use it and how, and where it comes from.")
    return [
        _simple(site, "index.html", site.title, say("Lessons, courses and quizzes about the rule of law, in six languages, free to use and adapt."), "home", **shared),
        _simple(site, "catalogue.html", say("Lessons"), say("All modules by level, theme, age and time."), "catalogue", **shared),
        _simple(site, "courses.html", say("Courses"), say("Courses for learners at their own pace and for teachers."), "courses", **shared),
        _simple(site, "library/glossary.html", say("Glossary"), say("Terms and what they mean."), "glossary", terms=library["terms"]),
        _simple(site, "library/treaties.html", say("Treaties"), say("What the articles say that lessons name, in our own words."), "treaties", treaties=library["treaties"]),
        _simple(site, "library/cases.html", say("Cases"), say("Cases that happened, with their sources."), "cases", cases=library["cases"]),
        _simple(site, "library/references.html", say("Sources"), say("All works cited in lessons."), "references", references=library["references"]),
        _simple(site, "about.html", say("About this project"), about, "about"),
        _simple(site, "progress.html", say("My progress"), say("What you have read and answered on this device."), "progress", data=Markup(progress)),  # noqa: S704 - JSON, escaped by its maker
        _simple(site, "404.html", say("This page does not exist"), say("The address leads nowhere."), "not_found", modules=modules),
    ]
