"""The one test of a package: all items in order, and as much of the settings as QTI has words for."""

from xml.etree.ElementTree import Element

from e4j.model.exchange import Loss
from e4j.model.quiz import Quiz, Settings
from e4j.publish.exchange.qti_dialect import Dialect, element
from e4j.publish.exchange.qti_manifest import item_path
from e4j.publish.exchange.qti_processing import SCORE, expression, outcome
from e4j.publish.exchange.qti_scene import identifier
from e4j.publish.exchange.writer import Writer


def test_element(quiz: Quiz, writer: Writer, dialect: Dialect) -> tuple[Element, list[Loss]]:
    """Return the test and what of the settings it cannot say."""
    settings = quiz.settings
    refs = [element("assessmentItemRef", {"identifier": identifier(item.id), "href": item_path(item)}) for item in quiz.items]
    section = element("assessmentSection", {"identifier": "items", "title": writer.plain(quiz.title), "visible": True}, *_chosen(settings), *refs)
    practice = settings.mode != "assessed"
    control = element("itemSessionControl", {"maxAttempts": settings.tries if practice else 1, "showFeedback": practice})
    attributes = {"identifier": "part", "navigationMode": "nonlinear", "submissionMode": "individual" if practice else "simultaneous"}
    added = element("setOutcomeValue", {"identifier": SCORE}, expression("sum", element("testVariables", {"variableIdentifier": SCORE})))
    test = element(
        "assessmentTest", {"identifier": identifier(quiz.id), "title": writer.plain(quiz.title)}, outcome(SCORE, "single", "float", 0),
        element("testPart", attributes, control, section), element("outcomeProcessing", {}, added),
    )
    return test, _losses(settings)


def _chosen(settings: Settings) -> list[Element]:
    """Draw from all items and shuffle them, where that is wanted."""
    drawn = [element("selection", {"select": settings.draw[0].n})] if _drawn_from_all(settings) else []
    return [*drawn, element("ordering", {"shuffle": True})] if settings.shuffle else drawn


def _drawn_from_all(settings: Settings) -> bool:
    return len(settings.draw) == 1 and not settings.draw[0].among


def _losses(settings: Settings) -> list[Loss]:
    lost = [message for there, message in (
        (settings.passing > 0, "the share that is needed to pass is not told"),
        (bool(settings.draw) and not _drawn_from_all(settings), "all items are asked, because drawing by tags has no words"),
        (settings.confidence, "nobody is asked how sure they are"),
        (settings.attempts > 0, "how often the quiz may be handed in is for the other system to say"),
        (settings.mode == "assessed" and settings.feedback == "on-finish", "what is said afterwards is for the other system to show"),
        (settings.mode == "survey", "the other system does not know that nothing is marked"),
    ) if there]
    return [Loss(item="", field="settings", message="; ".join(lost))] if lost else []


__all__ = ["test_element"]
