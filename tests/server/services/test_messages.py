"""Everything the API says is said in six languages."""

import pytest
from babel.messages.pofile import read_po
from e4j_server import errors
from e4j_server.services import messages
from e4j_server.services.messages import LANGUAGES, load_messages


def _refusals(kind=errors.Refusal):
    for child in kind.__subclasses__():
        yield child
        yield from _refusals(child)


SAID = {text for refusal in _refusals() for text in (refusal.message, refusal.hint)}


def _catalog(language):
    with (messages._LOCALES / language / "LC_MESSAGES/server.po").open("rb") as file:
        return [message for message in read_po(file, locale=language) if message.id]


def test_codes_are_permanent_and_each_means_one_thing():
    assert sorted(refusal.code for refusal in _refusals()) == [
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
        "unknown-code",
        "wrong-content-encoding",
        "wrong-content-type",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalog_holds_exactly_what_is_said(language):
    assert {message.id for message in _catalog(language)} == SAID


@pytest.mark.parametrize("language", set(LANGUAGES) - {"en"})
def test_every_text_is_translated(language):
    undone = [m.id for m in _catalog(language) if not m.string or m.fuzzy or m.string == m.id]
    assert undone == []


def test_an_unknown_text_is_said_in_english():
    assert load_messages().say("Something new.", "ar") == "Something new."
