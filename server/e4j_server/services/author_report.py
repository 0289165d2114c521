"""Put the figures of a quiz beside its questions, in an author's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale, UnknownLocaleError

from e4j.mark.statistics import Choice, Flag, Group, ItemReport, report
from e4j_server.services.feedback import Say
from e4j_server.services.first_answers import first_rows
from e4j_server.services.forms.sheet import split_stem
from e4j_server.services.key_folder import KeyEntry, KeyFile
from e4j_server.store.database import Database

ADVICE: Mapping[str, str] = {
    "efficiency": "This question hardly tells apart who knows the rest and who does not. Is it clear? Is the key right?",
    "too-hard": "Very few answer this right. Is it taught before it is asked?",
    "too-easy": "Nearly everybody answers this right. Ask for more, or keep it as an encouragement.",
    "idle": "Hardly anybody chooses “{name}”. Write a mistake that people really make, or leave it out.",
    "misleading": "Those who do well elsewhere choose “{name}” more often than a right answer. Is the key right? Can it be read in two ways?",
    "hard-in-language": "This question is harder in one language than in the others: {name}. Compare the translation.",
}
"""What each flag says and what to do, as English texts of the catalogs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedChoice:
    """Hold a choice with its text."""

    html: str
    choice: Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorItem:
    """Hold one question with its figures."""

    number: int
    id: str
    pieces: tuple[tuple[str, str], ...]
    everybody: Group | None
    """`None` while there are fewer than 30 learners."""
    choices: list[NamedChoice]
    groups: list[tuple[str, Group]]
    """Other groups with their names."""
    advice: list[str]


def describe_quiz(database: Database, file: KeyFile, languages: tuple[str, str], say: Say) -> list[AuthorItem]:
    """Return the questions of a quiz as they are asked now, with their figures.

    `languages` are the one of the questions and the one of everything else: a quiz may not have the author's.
    """
    reports = {(one.item, one.iv): one for quiz in report(first_rows(database, file.quiz)) for one in quiz.items}
    return [_describe(number, entry, reports.get((entry.id, entry.iv)), file, languages, say) for number, entry in enumerate(file.entries, 1)]


def _describe(number: int, entry: KeyEntry, found: ItemReport | None, file: KeyFile, languages: tuple[str, str], say: Say) -> AuthorItem:
    texts_language, language = languages
    item = file.languages[texts_language].items[entry.id]
    texts = _texts(item, say)
    everybody = next((one for one in found.groups if one.kind == "all" and not one.withheld), None) if found else None
    return AuthorItem(
        number=number,
        id=entry.id,
        pieces=split_stem(item["stem"]),
        everybody=everybody,
        choices=[NamedChoice(html=texts.get(one.name, ""), choice=one) for one in everybody.choices] if everybody else [],
        groups=[(_name_group(one, language), one) for one in found.groups if one.kind != "all"] if found and everybody else [],
        advice=[say(ADVICE[flag.code]).format(name=_name_flag(flag, texts, language)) for flag in found.flags] if found else [],
    )


def _name_group(group: Group, language: str) -> str:
    return _language(group.name, language) if group.kind == "lang" else group.name


def _name_flag(flag: Flag, texts: Mapping[str, str], language: str) -> str:
    return _language(flag.name, language) if flag.code == "hard-in-language" else texts.get(flag.name, flag.name)


def _language(name: str, language: str) -> str:
    """Return a language by its name; what a device sent may be none."""
    try:
        return Locale.parse(name, sep="-").get_display_name(language) or name
    except (UnknownLocaleError, ValueError):
        return name


def _texts(item: Mapping[str, Any], say: Say) -> dict[str, str]:
    """Return the text of everything that can be chosen or put in place, by id."""
    lists = ("options", "areas", "lefts", "things", "parts")
    texts = {part["id"]: part["html"] for name in lists for part in item.get(name) or ()}
    texts |= {gap["id"]: f"[{gap['id']}]" for gap in item.get("gaps") or ()}
    return texts | ({"true": say("True"), "false": say("False")} if item["type"] == "truefalse" else {})
