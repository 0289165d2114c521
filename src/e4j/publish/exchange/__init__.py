"""A quiz as a file for other systems, with everything that the file's format cannot say.

Each format is a module with `export(quiz, language, writer) -> Export`, imported when it is asked for. The quiz is already in the
language.
"""

import importlib
from collections.abc import Mapping
from typing import Any

from e4j.model.exchange import Export
from e4j.model.quiz import Quiz
from e4j.publish.exchange.writer import Writer

EXPORTERS: Mapping[str, str] = {
    "moodle": "e4j.publish.exchange.moodle",
    "gift": "e4j.publish.exchange.gift",
    "csv": "e4j.publish.exchange.csv_table",
    "xlsx": "e4j.publish.exchange.xlsx_table",
    "qti2": "e4j.publish.exchange.qti2",
    "qti3": "e4j.publish.exchange.qti3",
    "h5p": "e4j.publish.exchange.h5p",
    "jupyterquiz": "e4j.publish.exchange.jupyterquiz",
}
"""The module of every format we write."""

_NONE: Mapping[str, Any] = {}


def export_quiz(name: str, quiz: Quiz, language: str, writer: Writer, options: Mapping[str, Any] = _NONE) -> Export:
    """Return the files of a quiz in the format `name`. An unknown name is a bug (KeyError). `options` are those of the format's own."""
    export = importlib.import_module(EXPORTERS[name]).export(quiz, language, writer, **options)
    assert isinstance(export, Export)  # noqa: S101 - what importlib returns has no type
    return export


__all__ = ["EXPORTERS", "Writer", "export_quiz"]
