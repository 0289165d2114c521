"""The first sheet of a workbook that has the columns of a quiz. The archive is looked through before any library opens it."""

import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from openpyxl import load_workbook

from e4j.load.exchange.archive import read_archive
from e4j.load.exchange.own import Reading
from e4j.load.exchange.table import CARRIED, MOST_ROWS, read_rows
from e4j.model.exchange import Import

_MOST_COLUMNS = 60


def read(data: bytes, name: str, language: str) -> Import:
    """Read the rows of a workbook as one quiz."""
    reading = Reading(name=name, language=language, carried=CARRIED)
    files = read_archive(data, name, reading.findings)
    if files is None:
        return reading.nothing()
    for path, content in files.items():
        if b"<!DOCTYPE" in content.replace(b"\0", b"").upper() and path.endswith((".xml", ".rels", ".vml")):
            reading.add("X002", 1, f"'{path}' in the workbook declares a document type")
            return reading.nothing()
    try:
        rows = _rows(data)
    except Exception as error:  # noqa: BLE001 - the library raises whatever a damaged workbook makes it stumble over
        reading.add("X001", 1, f"not readable as a workbook: {type(error).__name__}")
        return reading.nothing()
    return read_rows(rows, reading)


def _rows(data: bytes) -> list[tuple[int, list[str]]]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    try:
        sheets = [list(_sheet(sheet)) for sheet in islice(book.worksheets, 50)]
    finally:
        book.close()
    return next((rows for rows in sheets if _has_stem(rows)), sheets[0] if sheets else [])


def _sheet(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    rows = sheet.iter_rows(max_row=MOST_ROWS + 10, max_col=_MOST_COLUMNS, values_only=True)
    for number, row in enumerate(rows, start=1):
        if any(cell is not None for cell in row):
            yield number, [_cell(cell) for cell in row]


def _has_stem(rows: list[tuple[int, list[str]]]) -> bool:
    return bool(rows) and "stem" in {cell.strip().lower() for cell in rows[0][1]}


def _cell(value: Any) -> str:
    """Return what a cell shows: whole numbers without a point, true and false as words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value).replace("\r\n", "\n").replace("\r", "\n")


__all__ = ["read"]
