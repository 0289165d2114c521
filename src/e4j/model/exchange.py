"""What goes out to other systems and what comes back, with everything that could not be carried."""

from collections.abc import Mapping
from dataclasses import dataclass

from e4j.model.finding import Finding
from e4j.model.quiz import Quiz

FORMATS: Mapping[str, tuple[str, str]] = {
    "moodle": ("Moodle XML", ".xml"),
    "gift": ("GIFT", ".gift"),
    "qti2": ("QTI 2.1 package", ".zip"),
    "qti3": ("QTI 3.0 package", ".zip"),
    "h5p": ("H5P", ".h5p"),
    "jupyterquiz": ("jupyterquiz", ".json"),
    "csv": ("CSV table", ".csv"),
    "xlsx": ("Excel table", ".xlsx"),
}
"""Every format with its name and the suffix of its files."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Loss:
    """Something a format cannot say: which item (empty: the quiz), which field of ours, and what becomes of it."""

    item: str
    field: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Files by name, and everything that the format could not carry where other systems read it."""

    files: Mapping[str, bytes]
    losses: tuple[Loss, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """A quiz read from a foreign file, or None, with everything that was not understood. `language` is what the texts are written in.

    `media` holds pictures and sounds by the name the items use.
    """

    quiz: Quiz | None
    findings: tuple[Finding, ...] = ()
    media: Mapping[str, bytes]
