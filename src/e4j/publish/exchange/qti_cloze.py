"""Sentences with gaps in QTI: fields and menus within the text, or words to drag where all gaps are for dragging."""

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from e4j.model import quiz as q
from e4j.publish.exchange.qti_dialect import Node, element
from e4j.publish.exchange.qti_kinds import FULL, Body, accepted, mixed, text_response, thousandths
from e4j.publish.exchange.qti_processing import RESPONSE, Pairs, add, answered, expression, mapping, outcome, response, say, score, value, variable, when
from e4j.publish.exchange.qti_scene import Scene, all_nodes, identifier

GAPS = "GAPS"
GAP = re.compile(r"\{\{([^{}]+)\}\}")


def cloze(item: q.Cloze, scene: Scene) -> Body:
    """Fill the gaps of a sentence."""
    if all(gap.kind == "drag" for gap in item.gaps.values()):
        return _dragged(item, scene)
    body = Body(several=True)
    if any(gap.kind == "drag" for gap in item.gaps.values()):
        scene.lose("gaps", "words to drag become menus, because other gaps of the sentence are to be written or chosen")
    said: dict[str, list[Element]] = {}
    fields = {}
    for name, gap in item.gaps.items():
        fields[name] = _field(name, gap, item, scene, body)
        said[name], body.rules = body.rules, []
    body.blocks = [element("p", {}, *_fill(scene.inline(item.stem), fields.get))]
    body.outcomes = [outcome(GAPS, "single", "float", 0)]
    known = {one.get("identifier") for one in body.declarations if one.find("mapping") is not None}
    for name in item.gaps:
        counted = [add(GAPS, element("mapResponse", {"identifier": _response(name)}))] if _response(name) in known else []
        body.rules += [answered(_response(name), *counted, *said[name])] if counted or said[name] else []
    body.rules.append(score(item.points, variable(GAPS), FULL * len(item.gaps), whole=item.scoring == "all-or-nothing"))
    return body


def _response(name: str) -> str:
    return identifier(name, RESPONSE)


def _field(name: str, gap: q.Gap, item: q.Cloze, scene: Scene, body: Body) -> Element:
    if gap.kind == "text":
        return _text_field(name, gap, scene, body)
    options = list(gap.options) if gap.kind == "choice" else _words(item)
    if gap.kind == "drag":
        options = [q.Option(id=o.id, text=o.text, correct=o.id == name, feedback=gap.feedback if o.id == name else o.feedback) for o in options]
    right = [identifier(o.id) for o in options if o.correct]
    body.declarations.append(response(_response(name), "single", "identifier", right[:1], mapping((one, FULL) for one in right)))
    for option in options:
        if option.feedback and not (gap.kind == "drag" and option.correct):
            _say(body, f"{identifier(name, 'g')}.{identifier(option.id)}", option, _chosen(name, identifier(option.id)))
    if gap.kind == "drag" and gap.feedback:
        _say(body, identifier(name, "g"), gap, expression("not", _chosen(name, right[0])))
    menu = [element("inlineChoice", {"identifier": identifier(o.id)}, scene.words(o.text, "gaps")) for o in options]
    return element("inlineChoiceInteraction", {"responseIdentifier": _response(name), "shuffle": item.shuffle or gap.kind == "drag"}, *menu)


def _chosen(name: str, option: str) -> Element:
    return expression("match", variable(_response(name)), value("identifier", option))


def _say(body: Body, name: str, about: q.Option | q.AcceptedText | q.Gap, test: Element) -> None:
    body.feedback.append((name, about.feedback))
    body.rules.append(when(test, say(name)))


def _text_field(name: str, gap: q.Gap, scene: Scene, body: Body) -> Element:
    texts = accepted(gap, scene)
    body.declarations.append(text_response(_response(name), texts, scene))
    for number, one in enumerate(texts):
        if one.feedback:
            same = expression("stringMatch", variable(_response(name)), value("string", one.text), caseSensitive=False)
            _say(body, f"{identifier(name, 'g')}.accept.{number}", one, same)
    longest = max((len(one.text) for one in texts if thousandths(one.credit)), default=8)
    return element("textEntryInteraction", {"responseIdentifier": _response(name), "expectedLength": longest + 4})


def _words(item: q.Cloze) -> list[q.Option]:
    """Return every word to drag: those of the gaps, under the gap's name, and those that belong nowhere."""
    own = {name: q.Option(id=name, text=gap.text) for name, gap in item.gaps.items() if gap.kind == "drag"}
    extra = {part.id: q.Option(id=part.id, text=part.text, feedback=part.feedback) for part in item.distractors}
    every = own | extra
    return [every[name] for name in mixed(list(every), item.id)]


def _dragged(item: q.Cloze, scene: Scene) -> Body:
    words = _words(item)
    tokens = [element("gapText", {"identifier": identifier(w.id, "w"), "matchMax": 1}, scene.words(w.text, "gaps")) for w in words]
    right = [f"{identifier(name, 'w')} {identifier(name, 'g')}" for name in item.gaps]
    body = Body(several=True, declarations=[response(RESPONSE, "multiple", "directedPair", right, mapping((pair, 1) for pair in right))])
    sentence = element("p", {}, *_fill(scene.inline(item.stem), lambda name: _gap(name) if name in item.gaps else None))
    body.blocks = [element("gapMatchInteraction", {"responseIdentifier": RESPONSE, "shuffle": item.shuffle}, *tokens, sentence)]
    body.rules = [score(item.points, element("mapResponse", {"identifier": RESPONSE}), len(right), whole=item.scoring == "all-or-nothing")]
    pairs = Pairs(body.outcomes)
    for name, gap in item.gaps.items():
        if gap.feedback:
            _say(body, identifier(name, "g"), gap, expression("not", pairs.put(identifier(name, "w"), identifier(name, "g"))))
    for part in (p for p in item.distractors if p.feedback):
        tests = [pairs.put(identifier(part.id, "w"), identifier(name, "g")) for name in item.gaps]
        _say(body, identifier(part.id, "w"), q.Option(id=part.id, text=part.text, feedback=part.feedback), expression("or", *tests))
    return body


def _gap(name: str) -> Element:
    return element("gap", {"identifier": identifier(name, "g")})


def _fill(nodes: list[Node], make: Callable[[str], Element | None]) -> list[Node]:
    """Put what `make` gives in place of `{{1}}`, within emphasis too."""
    return all_nodes(_split(node, make) if isinstance(node, str) else [_inside(node, make)] for node in nodes)


def _inside(one: Element, make: Callable[[str], Element | None]) -> Element:
    children: list[Node] = [one.text or ""]
    for child in one:
        tail, child.tail = child.tail or "", None
        children += [child, tail]
    return element(one.tag, dict(one.attrib), *_fill(children, make))


def _split(text: str, make: Callable[[str], Element | None]) -> list[Node]:
    parts: list[Node] = []
    for number, piece in enumerate(GAP.split(text)):
        made = make(piece.strip()) if number % 2 else None
        parts.append(made if made is not None else ("{{" + piece + "}}" if number % 2 else piece))
    return parts


__all__ = ["GAP", "cloze"]
