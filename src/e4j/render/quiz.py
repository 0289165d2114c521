"""A quiz as data for the player and as plain HTML for everybody else."""

import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any

from e4j.model import quiz as q
from e4j.model.text import Text
from e4j.render.context import Context, direction
from e4j.render.inline import inline, markdown


def quiz_html(quiz: q.Quiz, context: Context, only: str = "") -> str:
    """Return the `<e4j-quiz>` element with the payload and the readable fallback. `only` is one item's id."""
    items = [item for item in quiz.items if not only or item.id == only]
    payload = _payload(quiz, items, context)
    data = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")
    static = "".join(_static_item(number, item, context) for number, item in enumerate(items, 1))
    return (
        f'<e4j-quiz quiz="{quiz.id}" rev="{context.revisions[quiz.id]}"><script type="application/json">{data}</script>'
        f'<div class="e4j-quiz-static"><ol>{static}</ol></div></e4j-quiz>'
    )


def quiz_revision(quiz: q.Quiz) -> str:
    """Return the revision of a quiz: it changes when what counts as right changes, never with a translation."""
    return _digest([item_revision(item) for item in quiz.items])


def item_revision(item: q.Item) -> str:
    """Return the revision of an item, from its type and key alone."""
    return _digest([item.id, getattr(item, "type", ""), item.points, _KEYS[type(item)](item)])


def _digest(value: Any) -> str:
    return sha256(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:12]


_KEYS: Mapping[type[q.Item], Callable[[Any], Any]] = {
    q.Single: lambda item: [(o.id, o.correct) for o in item.options],
    q.Multiple: lambda item: [(o.id, o.correct) for o in item.options],
    q.Survey: lambda item: [o.id for o in item.options],
    q.TrueFalse: lambda item: item.answer,
    q.Short: lambda item: [sorted((lang, [(a.text, a.credit) for a in texts]) for lang, texts in item.accept.items()), list(item.normalize)],
    q.Numeric: lambda item: [(a.value, a.tolerance, a.credit) for a in item.accept],
    q.Reflect: lambda item: [(line.id, line.points) for line in item.rubric],
}


def _payload(quiz: q.Quiz, items: Sequence[q.AnyItem], context: Context) -> dict[str, Any]:
    return {
        "schema": "player/1", "id": quiz.id, "rev": context.revisions[quiz.id], "title": quiz.title.value, "lang": context.language,
        "dir": direction(context.language), "mode": quiz.settings.mode, "pass": quiz.settings.passing, "tier": context.tier,
        "items": [_item(item, context) for item in items],
    }


def _item(item: q.AnyItem, context: Context) -> dict[str, Any]:
    common = {
        "id": item.id, "rev": item_revision(item), "type": item.type, "points": item.points, "stem": inline(item.stem, context),
        "explain": inline(item.explain, context), "hints": [inline(hint, context) for hint in item.hints],
        "reread": _reread(item.reread, context),
    }
    return common | _OWN[type(item)](item, context)


def _reread(target: str, context: Context) -> dict[str, str] | None:
    link = context.page(target) if target else None
    return {"href": context.href(link.url), "text": link.title} if link else None


def _or_none(text: Text, context: Context) -> str | None:
    return inline(text, context) if text else None


def _choices(item: q.Single | q.Multiple, context: Context) -> dict[str, Any]:
    return {"options": [
        {"id": o.id, "html": inline(o.text, context), "correct": o.correct, "feedback": _or_none(o.feedback, context)} for o in item.options
    ]}


def _survey(item: q.Survey, context: Context) -> dict[str, Any]:
    return {"options": [{"id": o.id, "html": inline(o.text, context), "feedback": _or_none(o.feedback, context)} for o in item.options]}


def _truefalse(item: q.TrueFalse, context: Context) -> dict[str, Any]:
    feedback = {"true": _or_none(item.feedback.true, context), "false": _or_none(item.feedback.false, context)}
    return {"answer": item.answer, "feedback": feedback}


def _short(item: q.Short, context: Context) -> dict[str, Any]:
    accepted = item.accept.get(context.language) or item.accept.get(context.source_language, ())
    return {"normalize": list(item.normalize), "accept": [
        {"text": normalize(a.text, item.normalize), "credit": round(a.credit * 1000), "feedback": _or_none(a.feedback, context)} for a in accepted
    ]}


def _numeric(item: q.Numeric, context: Context) -> dict[str, Any]:
    return {"unit": inline(item.unit, context), "accept": [
        {"value": a.value, "tolerance": a.tolerance, "credit": round(a.credit * 1000), "feedback": _or_none(a.feedback, context)}
        for a in item.accept
    ]}


def _reflect(item: q.Reflect, context: Context) -> dict[str, Any]:
    rubric = [{"id": line.id, "html": inline(line.text, context), "points": line.points} for line in item.rubric]
    return {"words": {"min": item.words.min, "max": item.words.max}, "model": f"<p>{inline(item.model, context)}</p>", "rubric": rubric}


_OWN: Mapping[type[q.Item], Callable[[Any, Context], dict[str, Any]]] = {
    q.Single: _choices, q.Multiple: _choices, q.Survey: _survey, q.TrueFalse: _truefalse, q.Short: _short, q.Numeric: _numeric,
    q.Reflect: _reflect,
}

# Normalising accepted texts: the same steps as web/player/normalize.ts, held equal by tests/marking/vectors.json.

_DROP = {ord(c): None for c in "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\u061c"}
_FOLD = {ord("ς"): "σ", ord("ß"): "ss"} | {
    first + digit: str(digit) for first in (0x0660, 0x06F0, 0x0966) for digit in range(10)
}
_END = ".,;:!?。،؟！？；"
_LETTERS = {ord(c): None for c in "\u0640" + "".join(map(chr, [*range(0x064B, 0x0660), 0x0670]))} | dict(
    zip(map(ord, "أإآٱىة"), ["ا", "ا", "ا", "ا", "ي", "ه"], strict=True),
)


def normalize(text: str, steps: Sequence[str]) -> str:
    """Normalise a short answer by the named steps, in order (see docs/developers/contracts.md)."""
    for step in steps:
        text = NORMALIZERS[step](text)
    return text


def _base(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).translate(_DROP).lower().translate(_FOLD)
    return " ".join(text.split()).rstrip(_END + " ")


NORMALIZERS: Mapping[str, Callable[[str], str]] = {
    "base": _base,
    "ar-letters": lambda text: text.translate(_LETTERS),
    "ru-yo": lambda text: text.replace("ё", "е").replace("Ё", "Е"),
}

# Without JavaScript


@dataclass(frozen=True, slots=True)
class _Shown:
    answers: str
    key: str


def _static_item(number: int, item: q.AnyItem, context: Context) -> str:
    shown = _STATIC[type(item)](f"q{number}", item, context)
    explain = f"<p>{inline(item.explain, context)}</p>" if item.explain else ""
    title = context.say("What others might say") if isinstance(item, q.Survey) else context.say("Show the answer")
    details = f"<details><summary>{escape(title)}</summary>{shown.key}{explain}</details>"
    return f"<li><fieldset><legend>{inline(item.stem, context)}</legend>{shown.answers}</fieldset>{details}</li>"


def _static_options(name: str, item: q.Single | q.Multiple | q.Survey, context: Context) -> _Shown:
    kind = "checkbox" if isinstance(item, q.Multiple) else "radio"
    rows = "".join(
        f'<label><input type="{kind}" name="{name}" value="{o.id}"> <span>{inline(o.text, context)}</span></label>' for o in item.options
    )
    key = "".join(f"<li>{_mark(o, item, context)}{inline(o.text, context)}{_feedback(o.feedback, context)}</li>" for o in item.options)
    return _Shown(rows, f"<ul>{key}</ul>")


def _mark(option: q.Option, item: q.Item, context: Context) -> str:
    if isinstance(item, q.Survey):
        return ""
    return f"<strong>{escape(context.say('Right:') if option.correct else context.say('Wrong:'))}</strong> "


def _feedback(feedback: Text, context: Context) -> str:
    return f" <em>{inline(feedback, context)}</em>" if feedback else ""


def _static_truefalse(name: str, item: q.TrueFalse, context: Context) -> _Shown:
    words = {True: context.say("True"), False: context.say("False")}
    rows = "".join(
        f'<label><input type="radio" name="{name}" value="{str(value).lower()}"> <span>{escape(word)}</span></label>'
        for value, word in words.items()
    )
    feedback = item.feedback.true if item.answer else item.feedback.false
    return _Shown(rows, f"<p><strong>{escape(words[item.answer])}.</strong>{_feedback(feedback, context)}</p>")


def _static_short(name: str, item: q.Short, context: Context) -> _Shown:
    accepted = item.accept.get(context.language) or item.accept.get(context.source_language, ())
    key = ", ".join(escape(a.text) for a in accepted if a.credit == 1)
    return _Shown(_field(name, context), f"<p><strong>{key}</strong></p>")


def _static_numeric(name: str, item: q.Numeric, context: Context) -> _Shown:
    key = ", ".join(escape(a.value) for a in item.accept if a.credit == 1)
    return _Shown(_field(name, context), f"<p><strong>{key}</strong> {markdown(item.unit.value, context)}</p>")


def _field(name: str, context: Context) -> str:
    return f'<label><span>{escape(context.say("Your answer"))}</span> <input type="text" name="{name}"></label>'


def _static_reflect(name: str, item: q.Reflect, context: Context) -> _Shown:
    area = f'<label><span>{escape(context.say("Your answer"))}</span> <textarea name="{name}" rows="4"></textarea></label>'
    rubric = "".join(f"<li>{inline(line.text, context)}</li>" for line in item.rubric)
    return _Shown(area, f"<p>{inline(item.model, context)}</p><ul>{rubric}</ul>")


_STATIC: Mapping[type[q.Item], Callable[[str, Any, Context], _Shown]] = {
    q.Single: _static_options, q.Multiple: _static_options, q.Survey: _static_options, q.TrueFalse: _static_truefalse,
    q.Short: _static_short, q.Numeric: _static_numeric, q.Reflect: _static_reflect,
}
