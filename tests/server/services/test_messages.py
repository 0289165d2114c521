"""Everything the API says is said in six languages."""

import re

import pytest
from babel.messages.pofile import read_po
from e4j_server import errors
from e4j_server.routes import forms
from e4j_server.services import author_report, messages
from e4j_server.services.forms import reading, results
from e4j_server.services.messages import LANGUAGES, load_messages
from jinja2.ext import babel_extract


def _refusals(kind=errors.Refusal):
    for child in kind.__subclasses__():
        yield child
        yield from _refusals(child)


def _templates():
    for path in sorted((messages._LOCALES.parent / "templates").glob("*.html")):
        with path.open("rb") as file:
            yield from (text for _, function, text, _ in babel_extract(file, ["_"], [], {}) if function == "_")


def _text(found):
    return found[0] if isinstance(found, tuple) else found


REFUSED = {text for refusal in _refusals() for text in (refusal.message, refusal.hint)}
# Texts that code hands to templates or says itself.
CODED = {
    *(value for module in (reading, results, forms) for name, value in vars(module).items() if name.isupper() and name[0] != "_" and isinstance(value, str)),
    *author_report.ADVICE.values(),
    "How questions work",
    "Something is missing.",
}
SAID = REFUSED | CODED | {_text(found) for found in _templates()} - {None}


def _catalog(language):
    with (messages._LOCALES / language / "LC_MESSAGES/server.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def test_codes_are_permanent_and_each_means_one_thing():
    assert sorted(refusal.code for refusal in _refusals()) == [
        "bad-authors-code",
        "bad-json",
        "bad-request",
        "bad-token",
        "body-too-large",
        "broken",
        "busy",
        "foreign-site",
        "method-not-allowed",
        "misspelt-code",
        "not-found",
        "storage-full",
        "too-many-codes",
        "too-many-events",
        "unknown-attempt",
        "unknown-code",
        "wrong-content-encoding",
        "wrong-content-type",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_holds_exactly_what_is_said(language):
    assert {message.id for message in _catalog(language)} == SAID


@pytest.mark.parametrize("language", sorted({*LANGUAGES} - {"en"}))
def test_every_text_is_translated(language):
    undone = [m.id for m in _catalog(language) if not m.string or m.fuzzy or m.string == m.id]
    assert undone == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_has_the_names_of_its_text(language):
    fields = re.compile(r"\{[a-z]*\}")
    assert [m.id for m in _catalog(language) if sorted(fields.findall(m.id)) != sorted(fields.findall(m.string or m.id))] == []


@pytest.mark.parametrize("path", sorted((messages._LOCALES.parent / "templates").glob("*.html")), ids=lambda path: path.name)
def test_a_template_has_no_words_of_its_own(path):
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}|<[^>]*>", "", path.read_text(), flags=re.DOTALL)
    assert re.findall(r"[A-Za-z]+", text) == []


def test_an_unknown_text_is_said_in_english():
    assert load_messages().say("Something new.", "ar") == "Something new."
