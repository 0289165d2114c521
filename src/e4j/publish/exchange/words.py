"""The words that other systems show around our questions, in our languages: they take them from the file and translate nothing."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_RTL = frozenset({"ar", "fa", "he", "ur"})


def word(english: str, language: str) -> str:
    """Return an interface text in a language; English where there is none. An unknown text is a bug (KeyError)."""
    return words()[english].get(language.partition("-")[0], english)


def words() -> Mapping[str, Mapping[str, str]]:
    """Return every text by its English form: translations by language."""
    return _read()


@cache
def _read() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Mapping[str, str]] = json.loads((files("e4j.publish.exchange") / "words.json").read_text("utf-8"))
    return found


def direction(language: str) -> str:
    """Return "rtl" or "ltr"."""
    return "rtl" if language.partition("-")[0] in _RTL else "ltr"


__all__ = ["direction", "word", "words"]
