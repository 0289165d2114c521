"""What the player and the server are told of an item: with its key, or without it."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from e4j.mark.normalize import normalize
from e4j.mark.revision import ItemVersion
from e4j.model import quiz as q
from e4j.model.text import Text
from e4j.render.context import Context
from e4j.render.inline import inline, plain

GAP = re.compile(r"\{\{([a-z0-9-]+)\}\}")
_AUDIO = (".mp3", ".opus", ".ogg")

Payload = dict[str, Any]


def item_payload(item: q.AnyItem, version: ItemVersion, quiz: q.Quiz, context: Context) -> Payload:
    """Return an item with its key, in the language of the context."""
    asks = item.confidence if item.confidence is not None else quiz.settings.confidence
    common = {
        "id": item.id, "rev": version.asked, "type": item.type, "points": item.points, "stem": _stem(item, context),
        "explain": inline(item.explain, context), "hints": [inline(hint, context) for hint in item.hints],
        "reread": _reread(item.reread, context), "tags": list(item.tags), "shuffle": item.shuffle,
        "confidence": asks and not isinstance(item, q.Survey | q.Reflect | q.Scenario), "media": _media(item.media, quiz, context),
    }
    own = _hotspot(item, quiz, context) if isinstance(item, q.Hotspot) else _OWN[type(item)](item, context)
    return common | own


def _stem(item: q.Item, context: Context) -> str:
    """Return the stem, with a place for each gap of a cloze."""
    html = inline(item.stem, context)
    return GAP.sub(r'<span data-gap="\1"></span>', html) if isinstance(item, q.Cloze) else html


def _file(quiz: q.Quiz, src: str, context: Context) -> str:
    """Return the way from the page to a file of the quiz."""
    return context.href(f"quizzes/{quiz.id}/{src}")


def _reread(target: str, context: Context) -> dict[str, str] | None:
    link = context.page(target) if target else None
    return {"href": context.href(link.url), "text": link.title} if link else None


def _media(media: q.ItemMedia | None, quiz: q.Quiz, context: Context) -> Payload | None:
    if media is None:
        return None
    return {
        "kind": "audio" if media.src.endswith(_AUDIO) else "image", "src": _file(quiz, media.src, context), "alt": plain(media.alt, context),
        "caption": _or_none(media.caption, context), "transcript": _or_none(media.transcript, context),
    }


def _or_none(text: Text, context: Context) -> str | None:
    return inline(text, context) if text else None


def _option(option: q.Option, context: Context, *, keyed: bool = True) -> Payload:
    shown: Payload = {"id": option.id, "html": inline(option.text, context), "feedback": _or_none(option.feedback, context)}
    return shown | ({"correct": option.correct} if keyed else {})


def _part(name: str, text: Text, feedback: Text, context: Context) -> Payload:
    return {"id": name, "html": inline(text, context), "feedback": _or_none(feedback, context)}


def _single(item: q.Single, context: Context) -> Payload:
    return {"options": [_option(option, context) for option in item.options]}


def _multiple(item: q.Multiple, context: Context) -> Payload:
    return {"options": [_option(option, context) for option in item.options], "scoring": item.scoring}


def _survey(item: q.Survey, context: Context) -> Payload:
    return {"options": [_option(option, context, keyed=False) for option in item.choices], "scale": bool(item.scale)}


def _truefalse(item: q.TrueFalse, context: Context) -> Payload:
    feedback = {"true": _or_none(item.feedback.true, context), "false": _or_none(item.feedback.false, context)}
    return {"answer": item.answer, "feedback": feedback}


def _accepted(accept: Mapping[str, tuple[q.AcceptedText, ...]], context: Context) -> tuple[q.AcceptedText, ...]:
    """Return the answers of this language, or those of the source language where it has none of its own."""
    return accept.get(context.language) or accept.get(context.source_language, ())


def _accept(accept: Mapping[str, tuple[q.AcceptedText, ...]], steps: tuple[str, ...], context: Context) -> list[Payload]:
    return [
        {"text": normalize(a.text, steps), "shown": a.text, "credit": round(a.credit * 1000), "feedback": _or_none(a.feedback, context)}
        for a in _accepted(accept, context)
    ]


def _short(item: q.Short, context: Context) -> Payload:
    return {"normalize": list(item.normalize), "accept": _accept(item.accept, item.normalize, context)}


def _numeric(item: q.Numeric, context: Context) -> Payload:
    return {"unit": inline(item.unit, context), "accept": [
        {"value": a.value, "tolerance": a.tolerance, "credit": round(a.credit * 1000), "feedback": _or_none(a.feedback, context)}
        for a in item.accept
    ]}


def _cloze(item: q.Cloze, context: Context) -> Payload:
    tokens = [_part(name, gap.text, gap.feedback, context) for name, gap in item.gaps.items() if gap.kind == "drag"]
    tokens += [_part(part.id, part.text, part.feedback, context) for part in item.distractors]
    gaps = [_GAPS[gap.kind](name, gap, item, context) for name, gap in item.gaps.items()]
    return {"gaps": gaps, "tokens": tokens, "normalize": list(item.normalize), "scoring": item.scoring}


_GAPS: Mapping[str, Callable[[str, q.Gap, q.Cloze, Context], Payload]] = {
    "text": lambda name, gap, item, context: {"id": name, "kind": "text", "accept": _accept(gap.accept, item.normalize, context)},
    "choice": lambda name, gap, item, context: {"id": name, "kind": "choice", "options": [_option(option, context) for option in gap.options]},
    "drag": lambda name, gap, item, context: {"id": name, "kind": "drag", "token": name, "feedback": _or_none(gap.feedback, context)},
}


def _order(item: q.Order, context: Context) -> Payload:
    return {"parts": [_part(p.id, p.text, p.feedback, context) for p in item.sequence], "scoring": item.scoring}


def _match(item: q.Match, context: Context) -> Payload:
    rights = [_part(pair.id, pair.right, pair.feedback, context) for pair in item.pairs]
    rights += [_part(part.id, part.text, part.feedback, context) for part in item.distractors]
    lefts = [_part(pair.id, pair.left, pair.feedback, context) for pair in item.pairs]
    return {"lefts": lefts, "rights": rights, "key": {pair.id: pair.id for pair in item.pairs}, "scoring": item.scoring}


def _categorize(item: q.Categorize, context: Context) -> Payload:
    return {
        "categories": [{"id": part.id, "html": inline(part.text, context)} for part in item.categories],
        "things": [_part(thing.id, thing.text, thing.feedback, context) for thing in item.things],
        "key": {thing.id: thing.within for thing in item.things}, "scoring": item.scoring,
    }


def _hotspot(item: q.Hotspot, quiz: q.Quiz, context: Context) -> Payload:
    picture = item.image
    return {
        "image": {"src": _file(quiz, picture.src, context), "width": picture.width, "height": picture.height, "alt": plain(picture.alt, context)},
        "areas": [
            {"shape": area.shape, "coords": list(area.coords), "correct": area.correct} | _part(area.id, area.label, area.feedback, context)
            for area in item.areas
        ],
    }


def _reflect(item: q.Reflect, context: Context) -> Payload:
    rubric = [{"id": line.id, "html": inline(line.text, context), "points": line.points} for line in item.rubric]
    return {"words": {"min": item.words.min, "max": item.words.max}, "model": f"<p>{inline(item.model, context)}</p>", "rubric": rubric}


def _choice(choice: q.Choice, context: Context) -> Payload:
    return {
        "id": choice.id, "html": inline(choice.text, context), "to": choice.to, "feedback": _or_none(choice.feedback, context),
        "score": None if choice.score is None else round(choice.score * 1000), "values": dict(choice.values),
    }


def _scenario(item: q.Scenario, context: Context) -> Payload:
    nodes = [
        {"id": name, "html": inline(node.text, context), "end": node.end, "choices": [_choice(choice, context) for choice in node.choices]}
        for name, node in item.nodes.items()
    ]
    values = {name: inline(text, context) for name, text in item.values.items()}
    return {"start": item.start, "scored": item.scored, "values": values, "nodes": nodes}


_OWN: Mapping[type[q.Item], Callable[[Any, Context], Payload]] = {
    q.Single: _single, q.Multiple: _multiple, q.Survey: _survey, q.TrueFalse: _truefalse, q.Short: _short, q.Numeric: _numeric,
    q.Cloze: _cloze, q.Order: _order, q.Match: _match, q.Categorize: _categorize, q.Reflect: _reflect, q.Scenario: _scenario,
}

# Without the key

_SECRET = ("explain", "hints", "reread", "answer", "feedback", "accept", "key", "model", "rubric", "values")
_LISTS = {"options": "option", "parts": "part", "lefts": "left", "rights": "right", "categories": "category", "things": "thing", "areas": "area"}
_SORTED = ("parts", "rights", "tokens")


def public_payload(payload: Payload, version: ItemVersion) -> Payload:
    """Return an item of an assessed quiz as learners may see it: no key, and no id or order that would tell it."""
    public = {name: value for name, value in payload.items() if name not in _SECRET}
    for name, role in _LISTS.items():
        if name in public:
            public[name] = [_hidden(part, role, version) for part in public[name]]
    if "tokens" in public:
        public["tokens"] = [_hidden(token, "token", version) for token in public["tokens"]]
        public["gaps"] = [_hidden_gap(gap, version) for gap in public["gaps"]]
    if "nodes" in public:
        public["start"] = version.alias["node", public["start"]]
        public["nodes"] = sorted((_hidden_node(node, version) for node in public["nodes"]), key=_rank)
    for name in _SORTED:
        if name in public:
            public[name] = sorted(public[name], key=_rank)
    return public


def aliases(version: ItemVersion) -> dict[str, str]:
    """Return the real id of every alias."""
    return {alias: name for (_, name), alias in version.alias.items()}


def _rank(part: Payload) -> int:
    return int(part["id"][1:])


def _hidden(part: Payload, role: str, version: ItemVersion) -> Payload:
    kept = {name: value for name, value in part.items() if name not in {"correct", "feedback"}}
    return kept | {"id": version.alias[role, part["id"]]}


def _hidden_gap(gap: Payload, version: ItemVersion) -> Payload:
    public: Payload = {"id": gap["id"], "kind": gap["kind"]}
    if gap["kind"] == "choice":
        public["options"] = [_hidden(option, f"gap/{gap['id']}", version) for option in gap["options"]]
    return public


def _hidden_node(node: Payload, version: ItemVersion) -> Payload:
    choices = [
        {"id": version.alias[f"choice/{node['id']}", choice["id"]], "html": choice["html"], "to": version.alias["node", choice["to"]]}
        for choice in node["choices"]
    ]
    return node | {"id": version.alias["node", node["id"]], "choices": choices}
