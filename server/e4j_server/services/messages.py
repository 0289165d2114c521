"""Say refusals in the caller's language."""

from collections.abc import Mapping
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("en", "ar", "zh", "fr", "ru", "es")
"""Languages of the catalogs; the first one stands in for any other."""

_LOCALES = Path(__file__).parent.parent / "locales"


class Messages:
    """Hold the catalogs of all languages."""

    def __init__(self, catalogs: Mapping[str, Mapping[str, str]]) -> None:
        self._catalogs = catalogs

    def say(self, text: str, language: str) -> str:
        """Return an English text in one of `LANGUAGES`."""
        return self._catalogs[language].get(text, text)


def load_messages() -> Messages:
    """Read the catalogs once; fuzzy and empty entries do not count."""
    return Messages({language: _load_catalog(language) for language in LANGUAGES})


def _load_catalog(language: str) -> dict[str, str]:
    path = _LOCALES / language / "LC_MESSAGES" / "server.po"
    with path.open("rb") as file:
        catalog = read_po(file, locale=language)
    return {str(message.id): str(message.string) for message in catalog if message.id and message.string and not message.fuzzy}
