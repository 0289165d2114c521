"""A quiz from a file of another system. Nothing is raised for what the file says: everything wrong with it is a finding.

Each format is a module with `read(data, name, language) -> Import`, imported when it is asked for. `name` is the file's name as
people know it; findings carry it.
"""

import importlib
from collections.abc import Mapping

from e4j.model.exchange import Import

IMPORTERS: Mapping[str, str] = {
    "moodle": "e4j.load.exchange.moodle",
    "gift": "e4j.load.exchange.gift",
    "csv": "e4j.load.exchange.csv_table",
    "xlsx": "e4j.load.exchange.xlsx_table",
    "markdown": "e4j.load.exchange.markdown_quiz",
    "qti2": "e4j.load.exchange.qti",
    "qti3": "e4j.load.exchange.qti",
    "h5p": "e4j.load.exchange.h5p",
    "jupyterquiz": "e4j.load.exchange.jupyterquiz",
}
"""The module of every format we read."""


def import_quiz(format_name: str, data: bytes, name: str, language: str) -> Import:
    """Read a quiz. An unknown format is a bug (KeyError)."""
    found = importlib.import_module(IMPORTERS[format_name]).read(data, name, language)
    assert isinstance(found, Import)  # noqa: S101 - what importlib returns has no type
    return found


__all__ = ["IMPORTERS", "import_quiz"]
