"""The table as CSV: UTF-8 with the mark that Excel needs to see it, commas, quotes where they are needed."""

import csv
import io

from e4j.model.exchange import Export
from e4j.model.quiz import Quiz
from e4j.publish.exchange.table import guard, table
from e4j.publish.exchange.writer import Writer


def export(quiz: Quiz, language: str, writer: Writer) -> Export:
    """Return the quiz as one CSV file."""
    rows = table(quiz, language)
    buffer = io.StringIO(newline="")
    out = csv.writer(buffer, lineterminator="\r\n")
    out.writerow(rows.columns)
    for row in rows.rows:
        out.writerow([guard(row.get(name, "")) for name in rows.columns])
    data = buffer.getvalue().encode("utf-8-sig", "replace")
    return Export(files={f"{quiz.id}.csv": data}, losses=rows.losses)


__all__ = ["export"]
