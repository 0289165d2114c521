"""The table for Excel and LibreOffice: one sheet, the same bytes every time."""

import io
import re
import zipfile

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from e4j.model.exchange import Export
from e4j.model.quiz import Quiz
from e4j.publish.exchange.table import Table, guard, table
from e4j.publish.exchange.writer import Writer

_WIDTHS = {"stem": 48, "options": 48, "key": 24, "feedback": 48, "explain": 40, "hints": 32}
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_CLOCK = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def export(quiz: Quiz, language: str, writer: Writer) -> Export:
    """Return the quiz as one workbook."""
    rows = table(quiz, language)
    return Export(files={f"{quiz.id}.xlsx": _timeless(_workbook(rows))}, losses=rows.losses)


def _workbook(rows: Table) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has a sheet
    sheet.title = "Quiz"
    sheet.append(list(rows.columns))
    for row in rows.rows:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("\ufffd", guard(row.get(name, ""))) or None for name in rows.columns])
    for number, name in enumerate(rows.columns, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, 14)
        sheet.cell(1, number).font = Font(bold=True)
        for line in range(2, len(rows.rows) + 2):
            sheet.cell(line, number).alignment = Alignment(wrap_text=not name.startswith("e4j"), vertical="top")
    sheet.freeze_panes = "A2"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _timeless(data: bytes) -> bytes:
    """Return the same archive without the time of its making."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, _CLOCK.sub(rb"\g<1>2000-01-01T00:00:00Z", old.read(name)))
    return buffer.getvalue()


__all__ = ["export"]
