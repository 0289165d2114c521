"""What can be wrong within one module, quiz or course."""

import re

from e4j.check.facts import ROLE, Facts, own_texts, texts_of
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
