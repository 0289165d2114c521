"""What can be wrong within one module, quiz or course."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from e4j.check.facts import ROLE, Facts, own_texts, texts_of
from e4j.model import quiz as q
from e4j.model.catalog import SKILLS, THEMES, VALUES, Course, Module
from e4j.model.codes import finding
from e4j.model.finding import Finding
from e4j.model.text import Text

_CODE = re.compile(r"`[^`]*`")
_HTML = re.compile(r"</?[a-zA-Z][a-zA-Z0-9-]*(\s[^<>]*)?/?>|<!--")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_LINK = re.compile(r"(?:\]\(\s*<?|<(?=[a-zA-Z][a-zA-Z0-9+.-]+:))([^)\s>]+)")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_ALLOWED = frozenset({"http", "https", "mailto", "tel"})
ROLES = frozenset({"term", "cite", "treaty", "page", "var"})
NORMALIZERS = frozenset({"base", "ar-letters", "ru-yo"})
_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def check_module(module: Module, facts: Facts) -> list[Finding]:
    """Check a module's own texts, themes, outcomes, plans and steps."""
    found = _texts(module)
    for name, allowed, what in (("themes", THEMES, "theme"), ("values", VALUES, "value"), ("skills", SKILLS, "skill")):
        for value in getattr(module, name):
            if value not in allowed:
                found.append(finding("Y006", module.path, 1, f"'{value}' is not a {what}; known are {', '.join(allowed)}"))
    outcomes = {outcome.id for outcome in module.outcomes}
    for use in facts.uses:
        if use.kind == "outcome" and use.target not in outcomes:
            found.append(finding("L011", use.path, use.line, f"there is no outcome '{use.target}' in this module"))
    seen: set[str] = set()
    for outcome in module.outcomes:
        if outcome.id in seen:
            found.append(finding("I002", module.path, outcome.text.line, f"the outcome id '{outcome.id}' is used twice"))
        seen.add(outcome.id)
    return found + _plans(module, facts)


def _texts(owner: Module | Course) -> list[Finding]:
    found: list[Finding] = []
    for text in own_texts(owner):
        check_text(text, owner.path, found)
    for page in owner.pages:
        for text in texts_of(page):
            check_text(text, page.path, found)
    return found


def _plans(module: Module, facts: Facts) -> list[Finding]:
    found: list[Finding] = []
    for plan in module.plans:
        unknown = [step for step in plan.steps if step not in facts.steps]
        for step in unknown:
            found.append(finding("L012", module.path, 1, f"the plan '{plan.id}' names the step '{step}', which does not exist"))
        if unknown:
            continue
        least = sum(facts.steps[step].least for step in plan.steps)
        most = sum(facts.steps[step].most for step in plan.steps)
        if not least <= plan.minutes <= most:
            found.append(finding("P001", module.path, 1, f"the plan '{plan.id}' has {plan.minutes} minutes, but its steps take {least} to {most}"))
    return found


def check_course(course: Course) -> list[Finding]:
    """Check the texts of a course and of its own pages."""
    return _texts(course)


def check_text(text: Text, path: str, found: list[Finding]) -> None:
    """Report what is not part of the dialect, and links that cannot hold."""
    value = text.value
    if "<" not in value and "[" not in value and "{" not in value:
        return
    bare = _CODE.sub("", value)
    if match := _HTML.search(bare):
        found.append(finding("M009", path, text.line, f"raw HTML {match[0]}"))
    if _FOOTNOTE.search(bare):
        found.append(finding("M010", path, text.line, "a footnote"))
    for role in ROLE.finditer(value):
        if role[1] not in ROLES:
            found.append(finding("M012", path, text.line, f"unknown role '{role[1]}'"))
    for link in _LINK.finditer(bare):
        _check_link(link[1], path, text.line, found)


def _check_link(address: str, path: str, line: int, found: list[Finding]) -> None:
    scheme = _SCHEME.match(address)
    if scheme is None and not address.startswith("#"):
        found.append(finding("L013", path, line, f"a link to '{address}'"))
    elif scheme is not None and scheme[1].lower() not in _ALLOWED:
        found.append(finding("L014", path, line, f"a link to '{scheme[0]}…'"))


def check_quiz(quiz: q.Quiz, languages: tuple[str, ...]) -> list[Finding]:
    """Check the keys, feedback and accepted answers of a quiz."""
    found: list[Finding] = []
    if not quiz.items:
        found.append(finding("Q009", quiz.path, 1, "the quiz has no items"))
    seen: set[str] = set()
    for item in quiz.items:
        if item.id in seen:
            found.append(finding("I002", quiz.path, item.line, f"the item id '{item.id}' is used twice"))
        seen.add(item.id)
        if not item.explain and not isinstance(item, q.Survey | q.Reflect):
            found.append(finding("Q005", quiz.path, item.line, f"the item '{item.id}' has no explanation"))
        _CHECKS[type(item)](item, quiz.path, languages, found)
        for text in texts_of(item):
            check_text(text, quiz.path, found)
    return found


def _options(item: Any, path: str, _: tuple[str, ...], found: list[Finding]) -> None:
    right = sum(option.correct for option in item.options)
    if len(item.options) < 2:
        found.append(finding("Q004", path, item.line, f"'{item.id}' has {len(item.options)} options"))
    ids = [option.id for option in item.options]
    for name in sorted({name for name in ids if ids.count(name) > 1}):
        found.append(finding("I002", path, item.line, f"the option id '{name}' of '{item.id}' is used twice"))
    if isinstance(item, q.Single) and right != 1:
        found.append(finding("Q001", path, item.line, f"'{item.id}' has {right} right options"))
    if isinstance(item, q.Multiple) and right in (0, len(item.options)):
        found.append(finding("Q002", path, item.line, f"all options of '{item.id}' are {'right' if right else 'wrong'}"))
    for option in item.options:
        if not isinstance(item, q.Survey) and not option.correct and not option.feedback:
            found.append(finding("Q003", path, option.text.line or item.line, f"the wrong option '{option.id}' of '{item.id}' has no feedback"))


def _short(item: q.Short, path: str, languages: tuple[str, ...], found: list[Finding]) -> None:
    for language in languages:
        if not item.accept.get(language):
            found.append(finding("Q006", path, item.line, f"'{item.id}' has no accepted answer in '{language}'"))
    for step in item.normalize:
        if step not in NORMALIZERS:
            found.append(finding("Q007", path, item.line, f"unknown normaliser '{step}'"))


def _numeric(item: q.Numeric, path: str, _: tuple[str, ...], found: list[Finding]) -> None:
    for accepted in item.accept:
        for value in (accepted.value, accepted.tolerance):
            if not _DECIMAL.fullmatch(value):
                found.append(finding("Q008", path, item.line, f"'{value}' is not a decimal number"))


def _nothing(item: q.Item, path: str, _: tuple[str, ...], found: list[Finding]) -> None:
    """Kinds without a rule of their own."""


_CHECKS: Mapping[type[q.Item], Callable[[Any, str, tuple[str, ...], list[Finding]], None]] = {
    q.Single: _options, q.Multiple: _options, q.Survey: _options, q.Short: _short, q.Numeric: _numeric, q.TrueFalse: _nothing,
    q.Reflect: _nothing,
}
