"""What can be wrong in a translator's own file."""

import re
from collections import Counter
from collections.abc import Sequence

from e4j.check.facts import roles_in
from e4j.check.quiz import check_quiz
from e4j.model.codes import finding
from e4j.model.finding import Finding
from e4j.model.quiz import Quiz
from e4j.model.text import Translation

_SPECIAL = re.compile(r"\{|\]\(|<")
_LINK = re.compile(r"(?:\]\(\s*<?|<(?=[a-zA-Z][a-zA-Z0-9+.-]+:))([^)\s>]+)")
_PLACEHOLDER = re.compile(r"\{\{[a-z0-9-]+\}\}|\{[a-z]+\}(?!`)")


def check_translations(translations: Sequence[Translation], path: str) -> list[Finding]:
    """Report translations that lose a role, link or placeholder, and places translated twice."""
    found: list[Finding] = []
    seen: set[tuple[str, str]] = set()
    for translation in translations:
        key = (translation.context, translation.source)
        if key in seen:
            found.append(finding("T006", path, translation.line, f"'{translation.context}' is translated twice"))
        seen.add(key)
        if translation.text and (lost := lost_placeholders(translation)):
            found.append(finding("T003", path, translation.line, f"the translation does not match the source in {', '.join(lost)}"))
    return found


def check_translated_quiz(quiz: Quiz, translations: Sequence[Translation], path: str) -> list[Finding]:
    """Report parts that learners can tell apart in the source language and not in this one. `quiz` is the translated one."""
    lines = {translation.text: translation.line for translation in translations}
    alike = (found for found in check_quiz(quiz, ()) if found.code == "Q012")
    words = (re.search(r"read '(.*)'$", found.message) for found in alike)
    return [finding("T007", path, lines.get(match[1], 1), f"two parts of one question read '{match[1]}'") for match in words if match]


def lost_placeholders(translation: Translation) -> list[str]:
    """Name the roles, links and placeholders that stand on one side only, or more often on one side."""
    if not _SPECIAL.search(translation.source) and not _SPECIAL.search(translation.text):
        return []
    source, target = _placeholders(translation.source), _placeholders(translation.text)
    return sorted((source - target).keys() | (target - source).keys())


def _placeholders(text: str) -> Counter[str]:
    names = [f"{{{name}}}`{target}`" for name, target in roles_in(text)]
    return Counter(names + _LINK.findall(text) + _PLACEHOLDER.findall(text))
