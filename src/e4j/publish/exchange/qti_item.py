"""One item of ours as one item of QTI: the frame around what its kind says."""

from collections.abc import Callable, Mapping
from typing import Any
from xml.etree.ElementTree import Element

from e4j.model import quiz as q
from e4j.model.text import Text
from e4j.publish.exchange.qti_cloze import cloze
from e4j.publish.exchange.qti_dialect import element
from e4j.publish.exchange.qti_kinds import KINDS, Body
from e4j.publish.exchange.qti_processing import EXPLAIN, FEEDBACK, RESPONSE, SCORE, answered, assign, outcome, value
from e4j.publish.exchange.qti_scenario import scenario
from e4j.publish.exchange.qti_scene import Scene, identifier, media_path, media_type
from e4j.publish.exchange.words import direction

_ALL: Mapping[type[q.Item], Callable[[Any, Scene], Body]] = {**KINDS, q.Cloze: cloze, q.Scenario: scenario}
_LONGEST = 200


def item_element(scene: Scene) -> Element:
    """Return the item as an element with the names of 2.1. What cannot be said is in `scene.losses`."""
    item = scene.item
    body = _ALL[type(item)](item, scene)
    _lose_common(item, scene)
    attributes: dict[str, object] = {
        "identifier": identifier(item.id), "title": scene.writer.plain(item.stem)[:_LONGEST] or item.id, "adaptive": body.adaptive,
        "timeDependent": False, "xml:lang": scene.language,
    }
    shown = {"dir": direction(scene.language)} if scene.dialect.kebab else {}
    return element(
        "assessmentItem", attributes, *body.declarations, *_outcomes(item, body), element("itemBody", shown, *_media(item, scene), *body.blocks),
        *_processing(item, body), *_feedback(item, body, scene),
    )


def _outcomes(item: q.Item, body: Body) -> list[Element]:
    found = [outcome(SCORE, "single", "float", 0, item.points)] if body.scored else []
    if body.feedback:
        found.append(outcome(FEEDBACK, "multiple" if body.several else "single", "identifier"))
    if item.explain:
        found.append(outcome(EXPLAIN, "single", "identifier"))
    return [*found, *body.outcomes]


def _processing(item: q.Item, body: Body) -> list[Element]:
    single = any(one.get("identifier") == RESPONSE for one in body.declarations)
    rules = [answered(RESPONSE, *body.rules)] if single and body.rules else list(body.rules)
    if item.explain:
        rules.append(assign(EXPLAIN, value("identifier", "explain")))
    return [element("responseProcessing", {}, *rules)] if rules else []


def _feedback(item: q.Item, body: Body, scene: Scene) -> list[Element]:
    said = [(FEEDBACK, name, text) for name, text in body.feedback]
    if isinstance(item, q.Reflect) and item.model:
        said.append(("MODEL", "model", item.model))
    if item.explain:
        said.append((EXPLAIN, "explain", item.explain))
    return [
        element("modalFeedback", {"outcomeIdentifier": where, "identifier": name, "showHide": "show"}, *_words(scene, text)) for where, name, text in said
    ]


def _words(scene: Scene, text: Text) -> tuple[Element, ...]:
    shown = {"dir": direction(scene.language)} if scene.dialect.kebab else {}
    return scene.content(scene.paragraph(text, **shown))


def _media(item: q.Item, scene: Scene) -> list[Element]:
    media = item.media
    if media is None:
        return []
    src, alt = media_path(media.src), scene.words(media.alt, "media")
    kind = media_type(media.src)
    shown = element("img", {"src": src, "alt": alt}) if kind.startswith("image/") else element("object", {"data": src, "type": kind}, alt)
    texts = [scene.paragraph(text, **{"class": f"e4j-{name}"}) for name, text in (("caption", media.caption), ("transcript", media.transcript)) if text]
    return [element("div", {"class": "e4j-media"}, element("p", {}, shown), *texts)]


def _lose_common(item: q.Item, scene: Scene) -> None:
    for name, there in (("hints", item.hints), ("reread", item.reread), ("outcome", item.outcome), ("confidence", item.confidence is not None)):
        if there:
            scene.lose(name, {
                "hints": "hints are not shown", "reread": "the link to the page to read again is not shown", "outcome": "the outcome it belongs to is not told",
                "confidence": "nobody is asked how sure they are",
            }[name])
    if not scene.dialect.kebab and direction(scene.language) == "rtl":
        scene.lose("language", "QTI 2.1 names the language but cannot say that it is written from right to left")


__all__ = ["item_element"]
