"""How much of everything is translated, and the `.po` files themselves."""

from collections.abc import Iterable, Sequence

from e4j.load.catalog import Sources, domains
from e4j.load.translations import load_translations
from e4j.model.finding import Finding
from e4j.model.text import Translation
from e4j.model.walk import segments
from e4j.overlay.translate import Coverage, translate
from e4j.write.po import render_po, write_file


def coverage_by_language(sources: Sources, wanted: Iterable[str] = ()) -> dict[str, dict[str, int]]:
    """Return translated (percent), outdated, missing and total segments of each language but the source's."""
    chosen = set(wanted)
    result: dict[str, dict[str, int]] = {}
    for language in sources.catalog.root.languages:
        if language == sources.catalog.language:
            continue
        total = Coverage()
        for domain, value in domains(sources.catalog):
            if (chosen and domain not in chosen) or language == sources.language_of(domain):
                continue
            done = translate(value(), _translations(sources, language, domain)).coverage
            for name in ("current", "outdated", "machine", "missing"):
                setattr(total, name, getattr(total, name) + getattr(done, name))
        share = (total.total - total.missing) * 100 // total.total if total.total else 100
        result[language] = {"translated": share, "outdated": total.outdated, "missing": total.missing, "total": total.total}
    return result


def extract_catalogs(sources: Sources, languages: Sequence[str] = ()) -> int:
    """Write every `.po` file of the first root anew, keeping all translations. Return how many files changed."""
    changed = 0
    folder = sources.folders[0]
    for language in sources.catalog.root.languages:
        if language == sources.catalog.language or (languages and language not in languages):
            continue
        for domain, value in domains(sources.catalog):
            path = f"translations/{language}/{domain}.po"
            place = sources.po.get(language, {}).get(domain)
            old = _translations(sources, language, domain)
            data = render_po(segments(value()), old, language, domain, sources.catalog.root.title.value)
            changed += write_file((place.folder if place else folder) / path, data)
    return changed


def _translations(sources: Sources, language: str, domain: str) -> tuple[Translation, ...]:
    place = sources.po.get(language, {}).get(domain)
    found: list[Finding] = []
    return load_translations(place.folder, place.path, found) if place else ()
