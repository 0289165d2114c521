"""Read translations from `.po` files with Babel."""

import io
from collections.abc import Mapping
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po

from e4j.model.codes import finding
from e4j.model.finding import Finding
from e4j.model.text import Translation


def read_translations(data: bytes, path: str, findings: list[Finding]) -> tuple[Translation, ...]:
    """Return the translations of a catalog in file order. An unreadable file gives none and one finding."""
    try:
        catalog = read_po(io.BytesIO(data), abort_invalid=True, charset="utf-8")
    except (PoFileError, ValueError, UnicodeDecodeError) as error:
        line = getattr(error, "lineno", 0) or 1
        findings.append(finding("T001", path, line + 1 if line > 1 else 1, f"not readable as a .po file: {error}"))
        return ()
    result: list[Translation] = []
    for message in catalog:
        if message.id and isinstance(message.id, str):
            result.append(Translation(
                context=message.context or "", source=message.id, text=str(message.string or "").replace("\n", " "), line=message.lineno or 1,
                machine="machine" in message.flags, outdated=message.fuzzy,
            ))
    return tuple(result)


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
