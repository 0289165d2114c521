"""Interactions of QTI in which something is chosen or moved: choices, orders, pairs, categories, places; and free writing."""

import posixpath
import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from e4j.load.exchange.html import escape
from e4j.load.exchange.media import picture_size
from e4j.load.exchange.qti_item import Item, Unknown, Value, name_all, named_all, one_right, pairs_of, said_name
from e4j.load.exchange.qti_key import Declared, number, whole

_POINTS = re.compile(r"e4j-points-([0-9]{1,3})")


def choice(item: Item, one: Element) -> Value:
    """Read a choice: single, multiple, true or false, or a survey."""
    key = item.key(one)
    choices = one.findall("simpleChoice")
    names = name_all(choices)
    shuffle: Value = {"shuffle": True} if one.get("shuffle") == "true" else {}
    if {choice.get("identifier") for choice in choices} == {"true", "false"} and key.known:
        said_to = {name: item.said[name] for name in ("true", "false") if name in item.said}
        item.used |= {"true", "false"}
        return {"type": "truefalse", "answer": key.correct("true")} | ({"feedback": said_to} if said_to else {})
    options: list[Value] = [
        {"id": name, "text": item.text(choice)} | ({"correct": True} if key.correct(choice.get("identifier", "")) else {})
        | item.feedback(said_name(choice)) for choice, name in zip(choices, names, strict=True)
    ]
    if not key.known:
        return {"type": "survey", "scale" if one.get("class") == "e4j-scale" else "options": options} | shuffle
    if key.several:
        return {"type": "multiple", "options": options} | _scoring(item, key, options) | shuffle
    return {"type": "single", "options": one_right(item, options)} | shuffle


def _scoring(item: Item, key: Declared, options: list[Value]) -> Value:
    if whole(item.root):
        return {"scoring": "all-or-nothing"}
    if any(abs(worth) != 1 for worth in key.worth.values()):
        item.note("X005", "every right choice counts alike, and wrong ones count against them")
    return {} if key.floor or not key.worth else {"scoring": "per-option"}


def order(item: Item, one: Element) -> Value:
    """Read an order."""
    key = item.key(one)
    choices = one.findall("simpleChoice")
    names = dict(zip([choice.get("identifier", "") for choice in choices], name_all(choices), strict=True))
    texts_of = {choice.get("identifier", ""): item.text(choice) for choice in choices}
    if len(set(key.right)) != len(choices) or set(key.right) != set(names):
        raise Unknown("the right order is not said")
    sequence = [{"id": names[one], "text": texts_of[one]} | item.feedback(one) for one in key.right]
    indexed = any(True for _ in item.root.iter("index"))
    return {"type": "order", "sequence": sequence} | ({} if indexed else {"scoring": "all-or-nothing"})


def match(item: Item, one: Element) -> Value:
    """Read two lists to match: pairs, or things and their categories."""
    key = item.key(one)
    sets = one.findall("simpleMatchSet")
    if len(sets) != 2:
        raise Unknown("a matching without two lists")
    lefts, rights = ({choice.get("identifier", ""): choice for choice in side.findall("simpleAssociableChoice")} for side in sets)
    pairs = dict(pair for pair in pairs_of(key) if pair[0] in lefts and pair[1] in rights)
    if not pairs:
        raise Unknown("what belongs together is not said")
    if len(pairs) < len(lefts):
        item.note("X004", "what belongs to nothing is left out")
    sorted_ = len(set(pairs.values())) < len(pairs) or any(right.get("matchMax") == "0" for right in rights.values())
    value = _sorted(item, lefts, rights, pairs) if sorted_ else _paired(item, lefts, rights, pairs)
    return value | ({"scoring": "all-or-nothing"} if whole(item.root) else {}) | ({"shuffle": True} if one.get("shuffle") == "true" else {})


def _sorted(item: Item, lefts: Mapping[str, Element], rights: Mapping[str, Element], pairs: Mapping[str, str]) -> Value:
    categories = dict(zip(rights, name_all(rights.values()), strict=True))
    things = name_all([lefts[left] for left in pairs])
    return {
        "type": "categorize", "categories": [{"id": categories[one], "text": item.text(rights[one])} for one in rights],
        "things": [
            {"id": name, "text": item.text(lefts[left]), "in": categories[right]} | item.feedback(left)
            for name, (left, right) in zip(things, pairs.items(), strict=True)
        ],
    }


def _paired(item: Item, lefts: Mapping[str, Element], rights: Mapping[str, Element], pairs: Mapping[str, str]) -> Value:
    extra = [one for one in rights if one not in pairs.values()]
    names = name_all([*(lefts[left] for left in pairs), *(rights[one] for one in extra)])
    made = [
        {"id": name, "left": item.text(lefts[left]), "right": item.text(rights[right])} | item.feedback(left)
        for name, (left, right) in zip(names, pairs.items(), strict=False)
    ]
    others = [{"id": name, "text": item.text(rights[one])} | item.feedback(one) for name, one in zip(names[len(pairs):], extra, strict=True)]
    return {"type": "match", "pairs": made} | ({"distractors": others} if others else {})


def hotspot(item: Item, one: Element) -> Value:
    """Read places in a picture."""
    key = item.key(one)
    shown = next((child for name in ("object", "img") for child in one.iter(name)), None)
    address = "" if shown is None else shown.get("data") or shown.get("src") or ""
    src = item.source(address)
    if shown is None or not src:
        raise Unknown("a place in a picture that is not in the file")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(item.path), address))
    size = [int(value) for value in (number(shown.get("width")), number(shown.get("height"))) if value is not None and 0 < value < 100_000]
    width, height = size if len(size) == 2 else picture_size(src, item.files[path])
    areas = [area for choice, name in named_all(one.findall("hotspotChoice")) if (area := _area(item, choice, name, key)) is not None]
    if not (width and height and any(area.get("correct") for area in areas)):
        raise Unknown("a place in a picture without a size or a right place")
    alt = shown.get("alt") or "".join(shown.itertext()).strip()
    return {"type": "hotspot", "image": {"src": src, "width": width, "height": height, "alt": escape(alt)}, "areas": areas}


def _area(item: Item, choice: Element, name: str, key: Declared) -> Value | None:
    numbers = [int(value) for value in map(number, re.split(r"[,\s]+", choice.get("coords", "").strip())) if value is not None]
    if choice.get("shape") not in {"rect", "circle", "poly"} or len(numbers) < 3:
        item.note("X004", f"the place '{name}' is left out: its shape is not known")
        return None
    label = choice.get("hotspotLabel", "") or choice.get("identifier", "")
    right: Value = {"correct": True} if key.correct(choice.get("identifier", "")) or key.worth.get(choice.get("identifier", ""), 0) > 0 else {}
    return {"id": name, "shape": choice.get("shape"), "coords": numbers, "label": escape(label)} | right | item.feedback(said_name(choice))


def reflect(item: Item, one: Element) -> Value:
    """Read a question to write freely."""
    rubric: list[Value] = []
    model = item.said.get("model", "")
    for block in item.root.iter("rubricBlock"):
        for line, name in named_all(block.iter("li"), "id"):
            worth = _POINTS.search(line.get("class", ""))
            rubric.append({"id": name, "text": item.text(line)} | ({"points": int(worth[1])} if worth and int(worth[1]) != 1 else {}))
        if not model and not rubric:
            model = item.text(block)
    model = model or " ".join(escape(text) for text in item.key(one).right)
    return {"type": "reflect", "model": model} | ({"rubric": rubric} if rubric else {})


__all__ = ["choice", "hotspot", "match", "order", "reflect"]
