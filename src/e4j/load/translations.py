"""Read translations from `.po` files with Babel."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, read_po

from e4j.model.codes import finding
from e4j.model.finding import Finding
from e4j.model.text import Translation

_ODD_LINE = re.compile(rb'^(?![ \t]*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[[0-9]\])?)[ \t]+)?"(?:[^"\\\r\n]|\\.)*")?[ \t]*\r?$).*', re.MULTILINE)
"""A line without its keyword or quotes. Babel would cut off a letter where a quote is missing."""


class _Catalog(Catalog):
    """Keeps entries that come twice, which Babel would merge in silence."""

    def __init__(self) -> None:
        super().__init__(charset="utf-8")
        self.twice: list[Message] = []

    def __setitem__(self, name: Any, message: Message) -> None:
        if name and self.get(name, message.context) is not None:
            self.twice.append(message)
        super().__setitem__(name, message)


def read_translations(data: bytes, path: str, findings: list[Finding]) -> tuple[Translation, ...]:
    """Return the translations of a catalog in file order, those that come twice last. An unreadable file gives none and one finding."""
    data = data.removeprefix(b"\xef\xbb\xbf")
    if odd := _ODD_LINE.search(data):
        findings.append(finding("T001", path, data.count(b"\n", 0, odd.start()) + 1, "not readable as a .po file: a keyword or quote is missing"))
        return ()
    catalog = _Catalog()
    try:
        PoFileParser(catalog, abort_invalid=True).parse(io.BytesIO(data))
    except PoFileError as error:
        findings.append(finding("T001", path, error.lineno + 1, f"not readable as a .po file: {error}"))
        return ()
    except (ValueError, LookupError) as error:  # UnicodeDecodeError is a ValueError; an unknown charset or language is either
        findings.append(finding("T001", path, 1, f"not readable as a .po file: {error}"))
        return ()
    return tuple(
        Translation(
            context=message.context or "", source=message.id, text=str(message.string or "").replace("\n", " "), line=message.lineno or 1,
            machine="machine" in message.flags, outdated=message.fuzzy,
        )
        for message in (*catalog, *catalog.twice) if message.id and isinstance(message.id, str)
    )


def load_translations(root: Path, path: str, findings: list[Finding]) -> tuple[Translation, ...]:
    """Read a translation file of a content root."""
    return read_translations((root / path).read_bytes(), path, findings)


def find_translations(root: Path) -> Mapping[str, tuple[str, ...]]:
    """List the `.po` files of each language folder, relative to the root."""
    folder = root / "translations"
    if not folder.is_dir():
        return {}
    return {
        language.name: tuple(sorted(path.relative_to(root).as_posix() for path in language.rglob("*.po")))
        for language in sorted(folder.iterdir()) if language.is_dir()
    }


def load_messages(folder: Path, language: str, domain: str) -> Mapping[str, str]:
    """Read the interface texts of one domain; an untranslated text is left out and so shows in English."""
    path = folder / language / f"{domain}.po"
    if not path.is_file():
        return {}
    with path.open("rb") as file:
        catalog = read_po(file, charset="utf-8")
    return {str(m.id): str(m.string) for m in catalog if m.id and m.string and not m.fuzzy and isinstance(m.id, str)}
