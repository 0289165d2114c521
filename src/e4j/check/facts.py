"""What a module says about itself and about others: anchors to link to and references to resolve.

Facts are collected once when a module is read, so that checking all links of a large catalog costs next to nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from e4j.model import blocks as b
from e4j.model.catalog import Course, Module, Page
from e4j.model.quiz import Quiz
from e4j.model.text import Text
from e4j.model.walk import map_texts

ROLE = re.compile(r"\{([a-z-]+)\}`([^`]+)`")
_LABELLED = re.compile(r".*?<([^<>]+)>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Use:
    """Something named somewhere: `kind` is page, term, cite, treaty, var, case, quiz, media, package, outcome or step."""

    kind: str
    target: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Facts:
    """The anchors of each page by page id, the steps with their minutes, and what is used."""

    anchors: Mapping[str, frozenset[str]]
    steps: Mapping[str, b.Minutes]
    uses: tuple[Use, ...]
    quizzes: tuple[str, ...] = field(default=())


def texts_of(value: Any) -> tuple[Text, ...]:
    """List all texts inside a model object in reading order."""
    found: list[Text] = []

    def visit(_: str, text: Text) -> Text:
        found.append(text)
        return text

    map_texts(value, visit)
    return tuple(found)


def roles_in(text: str) -> Iterator[tuple[str, str]]:
    """Yield the name and target of every role in a text; a citation of several works yields each."""
    for match in ROLE.finditer(text):
        labelled = _LABELLED.fullmatch(match[2])
        target = labelled[1] if labelled else match[2]
        if match[1] == "cite":
            yield from (("cite", part.partition(",")[0].strip()) for part in target.split(";"))
        else:
            yield match[1], target


def module_facts(module: Module) -> Facts:
    """Collect the facts of a module."""
    uses = list(_text_uses(module, module.path))
    uses += [Use("step", step, module.path, 1) for plan in module.plans for step in plan.steps]
    if module.quiz:
        uses.append(Use("quiz", module.quiz, module.path, 1))
    return _facts(module.pages, uses)


def course_facts(course: Course) -> Facts:
    """Collect the facts of a course and its own pages."""
    uses = list(_text_uses(course, course.path))
    uses += [Use("module", name, course.path, 1) for name in course.modules]
    return _facts(course.pages, uses)


def quiz_facts(quiz: Quiz) -> Facts:
    """Collect what the items of a quiz name."""
    uses = list(_text_uses(quiz, quiz.path))
    uses += [Use("reread", item.reread, quiz.path, item.line) for item in quiz.items if item.reread]
    return Facts({}, {}, tuple(uses))


def _text_uses(owner: Any, path: str) -> Iterator[Use]:
    pages = getattr(owner, "pages", ())
    for page in pages:
        for text in texts_of(page):
            if "{" in text.value:
                yield from (Use(kind, target, page.path, text.line) for kind, target in roles_in(text.value))
    for text in texts_of(owner) if not pages else own_texts(owner):
        yield from (Use(kind, target, path, text.line) for kind, target in roles_in(text.value))


def own_texts(owner: Module | Course) -> Sequence[Text]:
    """List the texts of a module or course outside its pages."""
    values = [getattr(owner, name) for name in owner.__dataclass_fields__ if name not in {"pages", "media", "packages"}]
    return [text for value in values for text in texts_of(value)]


def _facts(pages: Sequence[Page], uses: list[Use]) -> Facts:
    anchors: dict[str, frozenset[str]] = {}
    steps: dict[str, b.Minutes] = {}
    quizzes: dict[str, None] = {}
    for page in pages:
        names: set[str] = set()
        uses += [Use("outcome", name, page.path, 1) for name in page.outcomes]
        for block in walk(page.blocks):
            names.add(block.id)
            if isinstance(block, b.Step):
                steps[block.id] = block.minutes
            if (use := _block_use(block, page.path)) and use.target.strip("/"):  # an empty argument was reported when read
                uses.append(use)
            if isinstance(block, b.QuizRef):
                quizzes[block.quiz] = None
            uses += [Use("outcome", name, page.path, block.line) for name in getattr(block, "objectives", ())]
        anchors[page.id] = frozenset(names)
    quizzes |= {use.target: None for use in uses if use.kind == "quiz" and "/" not in use.target}
    return Facts(anchors, steps, tuple(uses), tuple(quizzes))


def _block_use(block: b.Block, path: str) -> Use | None:
    match block:
        case b.CaseRef():
            return Use("case", block.case, path, block.line)
        case b.TreatyRef():
            return Use("treaty", f"{block.treaty}/{block.article}", path, block.line)
        case b.Reading():
            return Use("cite", block.reference, path, block.line)
        case b.QuizRef():
            return Use("quiz", f"{block.quiz}/{block.item}" if block.item else block.quiz, path, block.line)
        case b.Figure():
            return Use("media", block.src, path, block.line)
        case b.Activity():
            return Use("package", block.src, path, block.line)
        case b.LabLink():
            return Use("page", block.page, path, block.line)
    return None


def walk(blocks: Sequence[b.Block]) -> Iterator[b.Block]:
    """Yield blocks and everything inside them, depth first."""
    for block in blocks:
        yield block
        yield from walk(b.children(block))
