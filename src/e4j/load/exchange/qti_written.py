"""Interactions of QTI in which something is written: words, numbers, and texts with gaps."""

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from e4j.load.exchange.own import fresh
from e4j.load.exchange.qti_item import INTERACTIONS, Item, Unknown, Value, named_all, one_right, outside, own_id, pairs_of, said_name
from e4j.load.exchange.qti_key import Declared, decimal_text, in_order, number, points, scale, whole
from e4j.load.exchange.qti_tree import said
from e4j.model.text import one_line

_GAPS = frozenset({"textEntryInteraction", "inlineChoiceInteraction"})


def short(item: Item, one: Element) -> Value:
    """Read a field: words, or a number."""
    key = item.key(one)
    if key.base in {"float", "integer"}:
        return _numeric(item, one, key)
    accepted = _accepted(item, one, key)
    if not accepted:
        raise Unknown("what is right is not said")
    return {"type": "short", "accept": {item.language: accepted}}


def _accepted(item: Item, one: Element, key: Declared) -> list[Value]:
    most = scale(item.root) or max(key.worth.values(), default=1) or 1
    worth = {text: min(1.0, value / most) for text, value in key.worth.items() if value > 0} or dict.fromkeys(key.right, 1.0)
    told = _told(item, one.get("responseIdentifier", ""))
    return [
        {"text": text} | ({"credit": round(credit, 3)} if round(credit, 3) < 1 else {}) | ({"feedback": told[text]} if text in told else {})
        for text, credit in worth.items() if text
    ]


def _told(item: Item, name: str) -> dict[str, str]:
    """Return what is said to a text that was written, by that text."""
    result: dict[str, str] = {}
    for test, rules in in_order(item.root):
        if test.tag == "stringMatch" and any(one.get("identifier") == name for one in test.iter("variable")):
            text = one_line(test.findtext("baseValue") or "")
            for feedback in _named(item, rules):
                result.setdefault(text, feedback)
    return result


def _named(item: Item, rules: Iterable[Element]) -> list[str]:
    names = [one_line(value.text or "") for rule in rules for value in rule.iter("baseValue") if value.get("baseType") == "identifier"]
    found = [name for name in names if name in item.said]
    item.used |= set(found)
    return [item.said[name] for name in found]


def _numeric(item: Item, one: Element, key: Declared) -> Value:
    most = points(item.root)
    accepted: list[Value] = []
    for test, rules in in_order(item.root):
        limits = _limits(test)
        credit = _credit(rules, most)
        if limits is None or not credit:
            continue
        middle, around = (limits[0] + limits[1]) / 2, (limits[1] - limits[0]) / 2
        said_to = _named(item, rules)
        accepted.append(
            {"value": decimal_text(middle)} | ({"tolerance": decimal_text(around)} if around else {})
            | ({"credit": round(credit, 3)} if round(credit, 3) < 1 else {}) | ({"feedback": said_to[0]} if said_to else {})
        )
    if not accepted:
        accepted = [{"value": decimal_text(value)} for value in map(number, key.right) if value is not None]
    if not accepted:
        raise Unknown("which number is right is not said")
    unit = next((said(block, lambda child: child.tag in INTERACTIONS) for block in item.root.iter("p") if block.get("class") == "e4j-number"), None)
    words = one_line(unit.text.replace("{{0}}", "")) if unit is not None else ""
    return {"type": "numeric", "accept": accepted} | ({"unit": words} if words else {}) | _number_stem(item, unit is not None)


def _number_stem(item: Item, ours: bool) -> Value:  # noqa: FBT001 - whether the field has a line of its own
    if not ours:
        return {}
    around = said(item.body(), lambda child: child.tag in INTERACTIONS or child.get("class") in {"e4j-media", "e4j-number"})
    return {"stem": one_line(re.sub(r"\{\{[0-9]+\}\}", " ", around.text))} | item.media(around)


def gaps(item: Item) -> Value:
    """Read a text with fields and menus."""
    around = said(item.body(), outside)
    kinds = {one.tag for one in around.inside if one.tag in INTERACTIONS}
    if not kinds <= _GAPS:
        raise Unknown("several interactions in one item")
    media = item.media(around)
    names: dict[int, str] = {}
    gaps: dict[str, Value] = {}
    for at, one in enumerate(around.inside):
        if one.tag in INTERACTIONS:
            name = fresh(_gap_name(one.get("responseIdentifier", ""), len(gaps) + 1), gaps)
            names[at], gaps[name] = name, _gap(item, one)
    stem = re.sub(r"\{\{([0-9]+)\}\}", lambda match: "{{" + names[int(match[1])] + "}}" if int(match[1]) in names else " ", around.text)
    gates = any(True for _ in item.root.iter("gte"))
    return {"type": "cloze", "stem": one_line(stem), "gaps": gaps} | ({"scoring": "all-or-nothing"} if gates else {}) | media


def _gap(item: Item, one: Element) -> Value:
    key = item.key(one)
    if one.tag == "textEntryInteraction":
        accepted = _accepted_in_gap(item, one, key)
        if not accepted:
            raise Unknown("what belongs into a gap is not said")
        return {"kind": "text", "accept": {item.language: accepted}}
    choices = one.findall("inlineChoice")
    prefix = _gap_said(one.get("responseIdentifier", ""))
    options = [
        {"id": name, "text": item.text(choice)} | ({"correct": True} if key.correct(choice.get("identifier", "")) else {})
        | item.feedback(f"{prefix}.{choice.get('identifier', '')}") for choice, name in named_all(choices)
    ]
    item.used.add(prefix)
    if not key.known:
        raise Unknown("what belongs into a gap is not said")
    return {"kind": "choice", "options": one_right(item, options)}


def _accepted_in_gap(item: Item, one: Element, key: Declared) -> list[Value]:
    most = max(1.0, *key.worth.values()) if key.worth else 1.0
    return _accepted(item, one, Declared(base=key.base, right=key.right, worth={text: worth / most * (scale(item.root) or most) for text, worth in key.worth.items()}))


def dragged(item: Item, one: Element) -> Value:
    """Read a text with words to drag."""
    key = item.key(one)
    words = {choice.get("identifier", ""): choice for choice in one.findall("gapText")}
    pairs = {gap: word for word, gap in pairs_of(key) if word in words}
    sentence = Element("div")
    sentence.extend(child for child in one if child.tag not in {"gapText", "gapImg", "prompt"})
    around = said(sentence, lambda child: child.tag == "gap")
    if not around.inside or any(gap.get("identifier") not in pairs for gap in around.inside) or len(set(pairs.values())) < len(pairs):
        raise Unknown("which word belongs into each gap is not said")
    gaps: dict[str, Value] = {}
    names: list[str] = []
    for gap in around.inside:
        identifier = gap.get("identifier", "")
        names.append(fresh(own_id(identifier) or "g", gaps))
        gaps[names[-1]] = {"kind": "drag", "text": item.text(words[pairs[identifier]])} | item.feedback(identifier)
    stem = re.sub(r"\{\{([0-9]+)\}\}", lambda match: "{{" + names[int(match[1])] + "}}" if int(match[1]) < len(names) else " ", around.text)
    left = [choice for name, choice in words.items() if name not in pairs.values()]
    others = [{"id": fresh(name, gaps), "text": item.text(choice)} | item.feedback(said_name(choice)) for choice, name in named_all(left)]
    prompt = item.text(one.find("prompt"))
    beside = said(item.body(), outside)
    lead = one_line(re.sub(r"\{\{[0-9]+\}\}", " ", beside.text))
    value: Value = {"type": "cloze", "stem": one_line(" ".join(filter(None, (lead, prompt, stem)))), "gaps": gaps} | item.media(beside)
    value |= {"distractors": others} if others else {}
    return value | ({"scoring": "all-or-nothing"} if whole(item.root) else {}) | ({"shuffle": True} if one.get("shuffle") == "true" else {})


def _gap_name(identifier: str, at: int) -> str:
    own = own_id(identifier.removeprefix("RESPONSE.")) if identifier.startswith("RESPONSE.") else ""
    return own or str(at)


def _gap_said(identifier: str) -> str:
    return f"g.{identifier.removeprefix('RESPONSE.')}"


def _limits(test: Element) -> Any:
    values = [value for value in (number(one.text) for one in test.iter("baseValue")) if value is not None]
    if test.tag == "equal" and len(values) == 1:
        around = [value for value in map(number, test.get("tolerance", "").split()) if value is not None]
        if test.get("toleranceMode") == "relative":
            around = [abs(values[0]) * one / 100 for one in around]
        if not around or test.get("toleranceMode", "exact") == "exact":
            return values[0], values[0]
        return values[0] - abs(around[0]), values[0] + abs(around[-1])
    if test.tag == "and" and {one.tag for one in test} == {"gte", "lte"} and len(values) == 2:
        return min(values), max(values)
    return None


def _credit(rules: Iterable[Element], most: int) -> float:
    for rule in rules:
        values = [value for value in (number(one.text) for one in rule.iter("baseValue")) if value is not None]
        if rule.get("identifier") == "SCORE" and values:
            share = values[0] / values[1] if len(values) > 1 and values[1] else values[0]
            return min(1.0, float(share) / most)
    return 0.0


__all__ = ["dragged", "gaps", "short"]
