"""The body and the marking of each kind of question that QTI has a single interaction for."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element

from e4j.model import quiz as q
from e4j.model.text import Text
from e4j.publish.exchange.qti_dialect import Node, element
from e4j.publish.exchange.qti_processing import (
    FEEDBACK,
    RESPONSE,
    SCORE,
    Pairs,
    add,
    assign,
    expression,
    first_of,
    mapping,
    outcome,
    response,
    say,
    score,
    value,
    variable,
    when,
)
from e4j.publish.exchange.qti_scene import Scene, identifier, media_path, media_type
from e4j.publish.exchange.words import word

FULL = 1000
AT = "AT"
PLACES = "PLACES"


@dataclass(slots=True, kw_only=True)
class Body:
    """What a kind adds to an item: declarations, blocks, rules of marking, and texts to say by their names."""

    declarations: list[Element] = field(default_factory=list)
    outcomes: list[Element] = field(default_factory=list)
    blocks: list[Element] = field(default_factory=list)
    rules: list[Element] = field(default_factory=list)
    feedback: list[tuple[str, Text]] = field(default_factory=list)
    scored: bool = True
    several: bool = False
    adaptive: bool = False


def mixed(names: Sequence[str], salt: str) -> list[str]:
    """Put ids in an order that gives nothing away and is always the same; never the order they came in."""
    made = sorted(names, key=lambda name: sha256(f"{salt}/{name}".encode()).hexdigest())
    return [*made[1:], made[0]] if made == list(names) and len(made) > 1 else made


def stem(scene: Scene) -> Element:
    """Return the question as the prompt of its interaction."""
    return element("prompt", {}, *scene.inline(scene.item.stem))


def _choices(item: Any, options: Sequence[q.Option], scene: Scene, *, most: int, several: bool) -> Body:
    body = Body(several=several, feedback=[(identifier(o.id), o.feedback) for o in options if o.feedback])
    choices = [element("simpleChoice", {"identifier": identifier(o.id)}, *scene.inline(o.text)) for o in options]
    attributes = {"responseIdentifier": RESPONSE, "shuffle": item.shuffle, "maxChoices": most}
    body.blocks = [element("choiceInteraction", attributes, stem(scene), *choices)]
    body.rules = [assign(FEEDBACK, variable(RESPONSE))] if body.feedback else []
    return body


def single(item: q.Single, scene: Scene) -> Body:
    """Choose one."""
    body = _choices(item, item.options, scene, most=1, several=False)
    right = [identifier(o.id) for o in item.options if o.correct]
    body.declarations = [response(RESPONSE, "single", "identifier", right[:1])]
    body.rules += [_match_right(item)] if right else []
    return body


def _match_right(item: q.Item) -> Element:
    right = expression("match", variable(RESPONSE), element("correct", {"identifier": RESPONSE}))
    return when(right, assign(SCORE, value("float", item.points)))


def multiple(item: q.Multiple, scene: Scene) -> Body:
    """Choose all that apply: right minus wrong by a mapping of +1 and -1 that never falls below 0."""
    body = _choices(item, item.options, scene, most=0, several=True)
    right = [o for o in item.options if o.correct]
    floor = item.scoring != "per-option"
    worth = mapping([(identifier(o.id), 1 if o.correct else -1) for o in item.options], floor=floor)
    body.declarations = [response(RESPONSE, "multiple", "identifier", [identifier(o.id) for o in right], worth)]
    got = element("mapResponse", {"identifier": RESPONSE})
    if item.scoring == "all-or-nothing":
        body.rules += [_match_right(item)] if right else []
    elif item.scoring == "per-option":
        judged = expression("sum", got, value("float", len(item.options) - len(right)))
        body.rules.append(score(item.points, judged, len(item.options)))
        scene.lose("scoring", "leaving every option unchosen earns nothing, not a point for each wrong option")
    else:
        body.rules.append(score(item.points, got, len(right)))
    return body


def truefalse(item: q.TrueFalse, scene: Scene) -> Body:
    """Say whether it is true: a choice of two."""
    said = {"true": item.feedback.true, "false": item.feedback.false}
    options = [q.Option(id=name, text=Text(value=word("True" if name == "true" else "False", scene.language)), feedback=said[name]) for name in said]
    body = _choices(q.Single(id=item.id, stem=item.stem, options=()), options, scene, most=1, several=False)
    body.declarations = [response(RESPONSE, "single", "identifier", ["true" if item.answer else "false"])]
    body.rules.append(_match_right(item))
    return body


def survey(item: q.Survey, scene: Scene) -> Body:
    """Choose without a key."""
    body = _choices(item, item.choices, scene, most=1, several=False)
    body.declarations = [response(RESPONSE, "single", "identifier")]
    body.scored = False
    if item.scale:
        body.blocks[0].set("class", "e4j-scale")
    return body


def accepted(item: q.Short | q.Gap, scene: Scene) -> tuple[q.AcceptedText, ...]:
    """Return the answers of this language, or of the first there are."""
    return tuple(item.accept.get(scene.language) or next(iter(item.accept.values()), ()))


def thousandths(credit: float) -> int:
    """Return a credit as a whole number."""
    return round(credit * FULL)


def text_response(name: str, texts: Sequence[q.AcceptedText], scene: Scene) -> Element:
    """Declare a response that is written, with what each text is worth."""
    right = [one.text for one in texts if thousandths(one.credit) == FULL][:1]
    scene.lose("normalize", "other systems compare letters: capitals do not matter, but spaces, accents and end marks do")
    return response(name, "single", "string", right, mapping([(one.text, thousandths(one.credit)) for one in texts], texts=True))


def short(item: q.Short, scene: Scene) -> Body:
    """Write a word or two."""
    texts = accepted(item, scene)
    body = Body(several=True, declarations=[text_response(RESPONSE, texts, scene)])
    body.blocks = [scene.paragraph(item.stem), element("p", {}, element("textEntryInteraction", {"responseIdentifier": RESPONSE, "expectedLength": 20}))]
    body.feedback = [(f"accept.{n}", one.feedback) for n, one in enumerate(texts) if one.feedback]
    if texts:
        body.rules.append(score(item.points, element("mapResponse", {"identifier": RESPONSE}), FULL))
    body.rules += first_of((_same_text(one.text), [say(f"accept.{n}")]) for n, one in enumerate(texts) if one.feedback)
    return body


def _same_text(text: str) -> Element:
    return expression("stringMatch", variable(RESPONSE), value("string", text), caseSensitive=False)


def numeric(item: q.Numeric, scene: Scene) -> Body:
    """Write a number. The limits are worked out here, in decimals: 0.7 - 0.1 in another system's arithmetic is not 0.6."""
    body = Body(several=True, declarations=[response(RESPONSE, "single", "float", [one.value for one in item.accept if thousandths(one.credit) == FULL][:1])])
    field_ = element("textEntryInteraction", {"responseIdentifier": RESPONSE, "expectedLength": 10})
    unit: list[Node] = [" ", *scene.inline(item.unit)] if item.unit else []
    body.blocks = [scene.paragraph(item.stem), element("p", {"class": "e4j-number"}, field_, *unit)]
    body.feedback = [(f"accept.{n}", one.feedback) for n, one in enumerate(item.accept) if one.feedback]
    cases = []
    for n, one in enumerate(item.accept):
        rules = [assign(SCORE, expression("divide", value("float", item.points * thousandths(one.credit)), value("float", FULL)))]
        cases.append((_within(one), [*rules, say(f"accept.{n}")] if one.feedback else rules))
    body.rules = first_of(cases)
    scene.lose("accept", "numbers are read as the other system reads them: a comma, a sign for thousands or Arabic digits may not count")
    return body


def _within(one: q.AcceptedNumber) -> Element:
    middle, around = Decimal(one.value), Decimal(one.tolerance)
    if not around:
        return expression("equal", variable(RESPONSE), value("float", one.value), toleranceMode="exact")
    low, high = (value("float", f"{limit:f}") for limit in (middle - around, middle + around))
    return expression("and", expression("gte", variable(RESPONSE), low), expression("lte", variable(RESPONSE), high))


def order(item: q.Order, scene: Scene) -> Body:
    """Put steps in order: each step in its place counts."""
    names = [identifier(part.id) for part in item.sequence]
    texts = dict(zip(names, item.sequence, strict=True))
    choices = [element("simpleChoice", {"identifier": name}, *scene.inline(texts[name].text)) for name in mixed(names, item.id)]
    body = Body(several=True, declarations=[response(RESPONSE, "ordered", "identifier", names)])
    body.blocks = [element("orderInteraction", {"responseIdentifier": RESPONSE, "shuffle": True}, stem(scene), *choices)]
    body.feedback = [(name, part.feedback) for name, part in texts.items() if part.feedback]
    body.rules = [_match_right(item)] if item.scoring == "all-or-nothing" else []
    body.rules += _places(item, names, {name for name, _ in body.feedback}, body)
    return body


def _places(item: q.Order, names: Sequence[str], said: Collection[str], body: Body) -> list[Element]:
    """Look at each place in turn. The place is counted in an outcome: not every system takes a number for an index."""
    by_place = item.scoring == "position"
    if not by_place and not said:
        return []
    body.outcomes = [outcome(AT, "single", "integer", 1), outcome(PLACES, "single", "float", 0)]
    rules: list[Element] = []
    for name in names:
        here = expression("match", expression("index", variable(RESPONSE), n=AT), value("identifier", name))
        rules += [when(here, add(PLACES, value("float", 1)))] if by_place else []
        rules += [when(expression("not", here), say(name))] if name in said else []
        rules.append(add(AT, value("integer", 1)))
    return [*rules, score(item.points, variable(PLACES), len(names))] if by_place else rules


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    """One of the two lists of a matching question: identifiers with their texts."""

    parts: Mapping[str, Text]
    most: int

    def element(self, scene: Scene, names: Sequence[str]) -> Element:
        """Return the list in the order of `names`."""
        return element("simpleMatchSet", {}, *(
            element("simpleAssociableChoice", {"identifier": name, "matchMax": self.most}, *scene.inline(self.parts[name])) for name in names
        ))


def _matching(item: Any, scene: Scene, lefts: _Side, rights: _Side, key: Mapping[str, str]) -> Body:
    pairs = [f"{left} {right}" for left, right in key.items()]
    body = Body(several=True, declarations=[response(RESPONSE, "multiple", "directedPair", pairs, mapping((pair, 1) for pair in pairs))])
    attributes = {"responseIdentifier": RESPONSE, "shuffle": item.shuffle, "maxAssociations": len(lefts.parts)}
    order_of_rights = list(rights.parts) if rights.most == 0 else mixed(list(rights.parts), item.id)
    sets = [lefts.element(scene, list(lefts.parts)), rights.element(scene, order_of_rights)]
    body.blocks = [element("matchInteraction", attributes, stem(scene), *sets)]
    got = element("mapResponse", {"identifier": RESPONSE})
    body.rules = [score(item.points, got, len(pairs), whole=item.scoring == "all-or-nothing")]
    return body


def match(item: q.Match, scene: Scene) -> Body:
    """Find what belongs together."""
    lefts = _Side(parts={identifier(p.id, "l"): p.left for p in item.pairs}, most=1)
    extra = {identifier(d.id, "r"): d for d in item.distractors}
    rights = _Side(parts={identifier(p.id, "r"): p.right for p in item.pairs} | {name: d.text for name, d in extra.items()}, most=1)
    body = _matching(item, scene, lefts, rights, {identifier(p.id, "l"): identifier(p.id, "r") for p in item.pairs})
    said = {identifier(p.id, "l"): p.feedback for p in item.pairs if p.feedback}
    body.feedback = [*said.items(), *((name, d.feedback) for name, d in extra.items() if d.feedback)]
    pairs = Pairs(body.outcomes)
    body.rules += [when(expression("not", pairs.put(name, f"r.{name[2:]}")), say(name)) for name in said]
    for name, part in extra.items():
        if part.feedback:
            body.rules.append(when(expression("or", *(pairs.put(left, name) for left in lefts.parts)), say(name)))
    return body


def categorize(item: q.Categorize, scene: Scene) -> Body:
    """Sort things into categories."""
    things = {identifier(t.id, "t"): t for t in item.things}
    lefts = _Side(parts={name: t.text for name, t in things.items()}, most=1)
    rights = _Side(parts={identifier(c.id, "c"): c.text for c in item.categories}, most=0)
    key = {name: identifier(t.within, "c") for name, t in things.items()}
    body = _matching(item, scene, lefts, rights, key)
    body.feedback = [(name, t.feedback) for name, t in things.items() if t.feedback]
    pairs = Pairs(body.outcomes)
    body.rules += [when(expression("not", pairs.put(name, key[name])), say(name)) for name, _ in body.feedback]
    if any(c.feedback for c in item.categories):
        scene.lose("categories", "what is said about a category has no place")
    return body


def hotspot(item: q.Hotspot, scene: Scene) -> Body:
    """Point at a place in a picture."""
    picture, src = item.image, media_path(item.image.src)
    size = {"width": picture.width, "height": picture.height}
    alt = scene.words(picture.alt, "image")
    kind = {"data": src, "type": media_type(src)}
    shown = element("img", {"src": src, "alt": alt, **size}) if scene.dialect.kebab else element("object", {**kind, **size}, alt)
    places = [element("hotspotChoice", {
        "identifier": identifier(a.id), "shape": a.shape, "coords": ",".join(map(str, a.coords)), "hotspotLabel": scene.words(a.label, "areas"),
    }) for a in item.areas]
    right = [identifier(a.id) for a in item.areas if a.correct]
    body = Body(declarations=[response(RESPONSE, "single", "identifier", right[:1], mapping((name, 1) for name in right))])
    body.blocks = [element("hotspotInteraction", {"responseIdentifier": RESPONSE, "maxChoices": 1}, stem(scene), shown, *places)]
    body.feedback = [(identifier(a.id), a.feedback) for a in item.areas if a.feedback]
    body.rules = [assign(FEEDBACK, variable(RESPONSE))] if body.feedback else []
    body.rules += [score(item.points, element("mapResponse", {"identifier": RESPONSE}), 1)] if right else []
    return body


def reflect(item: q.Reflect, scene: Scene) -> Body:
    """Write freely; the rubric is for who marks, the model answer for who wrote."""
    lines = [element("li", {"id": identifier(line.id), "class": f"e4j-points-{line.points}"}, *scene.inline(line.text)) for line in item.rubric]
    body = Body(declarations=[response(RESPONSE, "single", "string")], scored=bool(item.rubric))
    told = scene.content(scene.paragraph(item.model, **{"class": "e4j-model"}), *([element("ul", {}, *lines)] if lines else []))
    rubric = element("rubricBlock", {"view": "scorer", "use": "scoring" if scene.dialect.kebab else None}, *told)
    attributes = {"responseIdentifier": RESPONSE, "expectedLength": item.words.max * 7}
    body.blocks = [rubric, element("extendedTextInteraction", attributes, stem(scene))]
    body.outcomes = [outcome("MODEL", "single", "identifier", "model")]
    scene.lose("words", f"a length of {item.words.min} to {item.words.max} words is only a hint for the size of the field")
    if item.rubric:
        scene.lose("rubric", "a person marks it; learners do not tick the lines themselves")
    return body


KINDS: Mapping[type[q.Item], Callable[[Any, Scene], Body]] = {
    q.Single: single, q.Multiple: multiple, q.TrueFalse: truefalse, q.Survey: survey, q.Short: short, q.Numeric: numeric, q.Order: order,
    q.Match: match, q.Categorize: categorize, q.Hotspot: hotspot, q.Reflect: reflect,
}

__all__ = ["FULL", "KINDS", "Body", "accepted", "mixed", "text_response", "thousandths"]
