"""Packages of QTI 2.1: what TAO, OpenOLAT, Blackboard and Canvas read."""

from e4j.model.exchange import Export
from e4j.model.quiz import Quiz
from e4j.publish.exchange.qti_dialect import QTI2
from e4j.publish.exchange.qti_package import export_package
from e4j.publish.exchange.writer import Writer


def export(quiz: Quiz, language: str, writer: Writer) -> Export:
    """Return the quiz as one package."""
    return export_package(quiz, language, writer, QTI2)


__all__ = ["export"]
