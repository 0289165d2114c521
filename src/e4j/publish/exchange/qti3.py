"""Packages of QTI 3.0: as 2.1, with the direction of the script."""

from e4j.model.exchange import Export
from e4j.model.quiz import Quiz
from e4j.publish.exchange.qti_dialect import QTI3
from e4j.publish.exchange.qti_package import export_package
from e4j.publish.exchange.writer import Writer


def export(quiz: Quiz, language: str, writer: Writer) -> Export:
    """Return the quiz as one package."""
    return export_package(quiz, language, writer, QTI3)


__all__ = ["export"]
