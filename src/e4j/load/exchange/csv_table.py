"""CSV as Excel, LibreOffice and other programs write it: UTF-8 with or without its mark, commas, semicolons or tabs."""

import csv
import io
from collections.abc import Iterator

from e4j.load.exchange.own import Reading
from e4j.load.exchange.table import CARRIED, read_rows
from e4j.model.exchange import Import


def read(data: bytes, name: str, language: str) -> Import:
    """Read the rows of a CSV file as one quiz."""
    reading = Reading(name=name, language=language, carried=CARRIED)
    try:
        text = data.decode("utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig")
    except UnicodeDecodeError as error:
        reading.add("X001", data.count(b"\n", 0, error.start) + 1, "the file is not UTF-8", "Save the table as “CSV UTF-8”.")
        return reading.nothing()
    try:
        return read_rows(list(_rows(text)), reading)
    except csv.Error as error:
        reading.add("X001", 1, f"not readable as CSV: {error}")
        return reading.nothing()


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    before = 0
    for row in reader:
        yield before + 1, [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row]
        before = reader.line_num


def _separator(text: str) -> str:
    """Return the sign that parts the names in the first line that says something."""
    first = next((line for line in text.splitlines() if line.strip(' ,;\t"')), "")
    return max((",", ";", "\t"), key=first.count)


__all__ = ["read"]
