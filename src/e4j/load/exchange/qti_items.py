"""Items of QTI as plain values in the form of our sources: one reader for each interaction that is one of our kinds."""

import re
from collections.abc import Callable, Mapping
from xml.etree.ElementTree import Element

from e4j.load.exchange.html import escape
from e4j.load.exchange.qti_choices import choice, hotspot, match, order, reflect
from e4j.load.exchange.qti_item import INTERACTIONS, Item, Unknown, Value, outside, own_id
from e4j.load.exchange.qti_key import points
from e4j.load.exchange.qti_tree import said
from e4j.load.exchange.qti_written import dragged, gaps, short
from e4j.model.text import one_line


def item_value(item: Item) -> Value:
    """Return the item. Unknown where it is none of our kinds."""
    body = item.body()
    if item.root.get("adaptive") in {"true", "1"}:
        raise Unknown("it changes while it is answered")
    found = [one for one in body.iter() if one.tag in INTERACTIONS]
    if not found:
        raise Unknown("it is a text without a question")
    value = gaps(item) if len(found) > 1 else _one(item, found[0])
    return _framed(item, value)


def _framed(item: Item, value: Value) -> Value:
    name = own_id(item.root.get("identifier", "")) or "q"
    stem = value.pop("stem", "") or escape(item.root.get("title", "")) or "…"
    explain = [item.said[one] for one in item.said if one == "explain" or (one not in item.used and one != "model")]
    if len(explain) > 1:
        item.note("X004", "what is said to every answer alike is left out, beside the first of it")
    found: Value = {"id": name, "stem": stem} | value
    if explain:
        found["explain"] = item.said.get("explain", explain[0])
    most = points(item.root)
    return found | ({"points": most} if most != 1 and value["type"] != "survey" else {})


def _one(item: Item, one: Element) -> Value:
    reader = READERS.get(one.tag)
    if reader is None:
        raise Unknown(f"the interaction '{one.tag}'")
    value = reader(item, one)
    if "stem" not in value:
        around = said(item.body(), outside)
        value |= item.media(around)
        prompt = item.text(one.find("prompt"))
        lead = one_line(re.sub(r"\{\{[0-9]+\}\}", " ", around.text))
        value["stem"] = " ".join(text for text in (lead, prompt) if text)
    return value


READERS: Mapping[str, Callable[[Item, Element], Value]] = {
    "choiceInteraction": choice, "textEntryInteraction": short, "orderInteraction": order, "matchInteraction": match, "hotspotInteraction": hotspot,
    "extendedTextInteraction": reflect, "gapMatchInteraction": dragged, "inlineChoiceInteraction": lambda item, _: gaps(item),
}

__all__ = ["item_value"]
