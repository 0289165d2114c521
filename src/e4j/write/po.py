"""Write `.po` files with Babel, keeping what translators already did."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from e4j.model.text import Segment, Translation

HEADER = """\
# Translations of PROJECT.
# SPDX-License-Identifier: CC-BY-4.0
#"""


def render_po(segments: Sequence[Segment], translations: Sequence[Translation], language: str, path: str, project: str) -> bytes:
    """Return a catalog with every segment, its translation where there is one, and older entries kept as they are.

    An entry whose source text is gone stays (with its old source) as long as it is the only translation of its place, because a
    changed source is still read in the older translation until a translator has seen it.
    """
    catalog = Catalog(locale=language, project=project, header_comment=HEADER, charset="utf-8", fuzzy=False)
    catalog.revision_date = catalog.creation_date = datetime(2000, 1, 1, tzinfo=UTC)  # left out below: no stage knows the clock
    done: dict[tuple[str, str], Translation] = {}
    anywhere: dict[str, Translation] = {}
    for translation in translations:
        if translation.text:  # the first of two counts, as it does for readers
            done.setdefault((translation.context, translation.source), translation)
            anywhere.setdefault(translation.source, translation)
    wanted = {(s.context, s.text) for s in segments}
    for segment in segments:
        found = done.get((segment.context, segment.text)) or anywhere.get(segment.text)
        catalog.add(segment.text, found.text if found else "", [(path, segment.line)], flags=_flags(found), context=segment.context)
    texts = {s.text for s in segments}
    for translation in translations:
        if translation.text and (translation.context, translation.source) not in wanted and translation.source not in texts:
            catalog.add(translation.source, translation.text, flags=_flags(translation), context=translation.context, user_comments=["older source"])
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, sort_output=False, include_lineno=False, omit_header=False)
    lines = [line for line in buffer.getvalue().split(b"\n") if not line.startswith((b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By'))]
    return b"\n".join(lines)


def _flags(translation: Translation | None) -> set[str]:
    if translation is None:
        return set()
    return {name for name, set_ in (("machine", translation.machine), ("fuzzy", translation.outdated)) if set_}


def write_file(path: Path, data: bytes) -> bool:
    """Write `data` unless the file holds it already. Return whether it was written."""
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True
