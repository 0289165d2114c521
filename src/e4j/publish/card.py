"""What other pages need to know about a module or course in one language: enough for lists, links and search, and small."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from e4j.model.blocks import Activity, Block, children
from e4j.model.catalog import Audience, Course, Module, Page, activity_id, package_name
from e4j.model.restore import quickly_restored


@quickly_restored
@dataclass(frozen=True, slots=True, kw_only=True)
class PageCard:
    """A page in a list. `url` is relative to the language folder; `activities` are the ids and titles of its H5P activities."""

    id: str
    key: str
    title: str
    description: str
    url: str
    audience: Audience
    minutes: int
    teacher_url: str = ""
    notebook: bool = False
    activities: tuple[tuple[str, str], ...] = ()


@quickly_restored
@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A module or course in a list. `translated` is the share of segments that are translated, in percent."""

    id: str
    kind: str
    level: str
    title: str
    summary: str
    url: str
    themes: tuple[str, ...]
    values: tuple[str, ...]
    ages: tuple[int, int]
    minutes: int
    pages: tuple[PageCard, ...]
    translated: int
    outdated: int
    quiz: str = ""
    audience: str = "all"
    modules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How much of something is translated, in percent, and how many segments are behind."""

    translated: int
    outdated: int


def tier(ages: tuple[int, int], level: str) -> str:
    """Return the audience tier that decides what may be stored about a learner."""
    if level == "primary":
        return "primary"
    return "secondary" if level == "secondary" or ages[0] < 18 else "adult"


def page_url(owner: str, page: str, *, course: bool = False, teacher: bool = False) -> str:
    """Return the address of a page, relative to the language folder."""
    folder = "courses" if course else "modules"
    return f"{folder}/{owner}/{page}{'-teacher' if teacher else ''}.html"


def module_card(module: Module, share: Share, teacher_pages: frozenset[str]) -> Card:
    """Summarize a module in its language."""
    pages = tuple(_page_card(module.id, page, course=False, teacher=page.id in teacher_pages) for page in module.pages)
    return Card(
        id=module.id, kind="module", level=module.level.value, title=module.title.value, summary=module.summary.value,
        url=f"modules/{module.id}/index.html", themes=module.themes, values=module.values, ages=module.ages, minutes=module.minutes,
        pages=pages, translated=share.translated, outdated=share.outdated, quiz=module.quiz,
    )


def course_card(course: Course, share: Share, modules: Mapping[str, Card]) -> Card:
    """Summarize a course; its time and themes are those of its modules and pages."""
    pages = tuple(_page_card(course.id, page, course=True, teacher=False) for page in course.pages if not is_welcome(page))
    shared = [modules[name] for name in course.modules if name in modules]
    minutes = sum(page.minutes for page in pages) + sum(p.minutes for card in shared for p in card.pages if p.audience is not Audience.TEACHER)
    return Card(
        id=course.id, kind="course", level="", title=course.title.value, summary=course.summary.value,
        url=f"courses/{course.id}/index.html", themes=tuple(dict.fromkeys(t for card in shared for t in card.themes)), values=(),
        ages=course.ages, minutes=minutes, pages=pages, translated=share.translated, outdated=share.outdated,
        audience=course.audience.value, modules=course.modules,
    )


def is_welcome(page: Page) -> bool:
    """Tell whether a page is the `index.md` of a course, which is shown on the course's own page."""
    return page.path.endswith("/index.md")


def _page_card(owner: str, page: Page, *, course: bool, teacher: bool) -> PageCard:
    return PageCard(
        id=page.id, key=f"{owner}/{page.id}", title=page.title.value, description=page.description.value,
        url=page_url(owner, page.id, course=course), audience=page.audience, minutes=page.minutes, notebook=page.notebook,
        teacher_url=page_url(owner, page.id, course=course, teacher=True) if teacher else "",
        activities=tuple((activity_id(owner, package_name(block.src)), block.title.value) for block in _activities(page.blocks)),
    )


def _activities(blocks: Sequence[Block]) -> Iterator[Activity]:
    for block in blocks:
        if isinstance(block, Activity):
            yield block
        yield from _activities(children(block))
