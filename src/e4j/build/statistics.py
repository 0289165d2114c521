"""Read what a server wrote about answers, and say how questions work."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

from e4j.errors import UsageError
from e4j.load.text import read_text
from e4j.mark.statistics import QuizReport, read_rows, report
from e4j.publish.statistics import statistics_html, statistics_text
from e4j.write.po import write_file


def read_reports(path: Path) -> tuple[QuizReport, ...]:
    """Return the figures of every quiz in a file that `e4j-server answers` wrote."""
    if not path.is_file():
        raise UsageError(f"There is no file '{path}'.")
    try:
        return report(read_rows(read_text(path).splitlines()))
    except ValueError as error:
        raise UsageError(f"'{path}' is not what `e4j-server answers` writes: {error}.") from error


def as_values(reports: tuple[QuizReport, ...]) -> list[dict[str, Any]]:
    """Return the figures for programs."""
    return [asdict(one) for one in reports]


def write_html(path: Path, reports: tuple[QuizReport, ...]) -> None:
    """Write the figures as one page."""
    write_file(path, statistics_html(reports))


__all__ = ["as_values", "read_reports", "statistics_text", "write_html"]
