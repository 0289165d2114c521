"""A quiz in a page: data for the player, and plain HTML for everybody else."""

import json
from html import escape
from posixpath import relpath

from e4j.model import quiz as q
from e4j.render.context import Context, direction
from e4j.render.quiz_payload import Payload, aliases, item_payload, public_payload
from e4j.render.quiz_plain import plain_item


def quiz_html(quiz: q.Quiz, context: Context, only: str = "") -> str:
    """Return the `<e4j-quiz>` element with the payload and the readable fallback. `only` is one item's id."""
    payload = quiz_payload(quiz, context, only)
    data = json.dumps(payload, ensure_ascii=False, sort_keys=True, separators=(",", ":")).replace("<", "\\u003c")
    return (
        f'<e4j-quiz quiz="{quiz.id}" rev="{payload["rev"]}"><script type="application/json">{data}</script>'
        f'<div class="e4j-quiz-static">{_plain(payload, only, context)}</div></e4j-quiz>'
    )


def quiz_payload(quiz: q.Quiz, context: Context, only: str = "") -> Payload:
    """Return what the player is told of a quiz, or of one item alone; the key only where practice ships it."""
    version = context.versions[quiz.id]
    items = [item_payload(item, version.items[item.id], quiz, context) for item in quiz.items if not only or item.id == only]
    if quiz.settings.mode == "assessed":
        items = [public_payload(item, version.items[item["id"]]) for item in items]
    return {
        "schema": "player/2", "id": quiz.id, "rev": version.rev, "title": quiz.title.value, "lang": context.language,
        "dir": direction(context.language), "tier": context.tier, "items": items, **_settings(quiz.settings),
    }


def key_payload(quiz: q.Quiz, context: Context) -> tuple[Payload, Payload]:
    """Return what the server is told: what is the same in every language, and what this language adds."""
    version = context.versions[quiz.id]
    items = [item_payload(item, version.items[item.id], quiz, context) for item in quiz.items]
    common: Payload = {"schema": "key/1", "quiz": quiz.id, "rev": version.rev, "tier": context.tier, **_settings(quiz.settings)}
    common["items"] = [
        item | {"iv": version.items[item["id"]].asked, "kv": version.items[item["id"]].key, "alias": aliases(version.items[item["id"]])}
        for item in items
    ]
    return common, {"title": quiz.title.value, "items": items}


def _settings(settings: q.Settings) -> Payload:
    return {
        "mode": settings.mode, "pass": settings.passing, "tries": settings.tries, "attempts": settings.attempts, "feedback": settings.feedback,
        "draw": [{"n": draw.n, "from": list(draw.among)} for draw in settings.draw], "shuffle": settings.shuffle,
    }


def _plain(payload: Payload, only: str, context: Context) -> str:
    keyed = payload["mode"] != "assessed"
    shown = "".join(plain_item(item, context, keyed=keyed) for item in payload["items"])
    note = "" if keyed else f"<p>{escape(context.say('This quiz is marked by a server. Its key is not in this page.'))}</p>"
    questions = f"{note}<ol>{shown}</ol>"
    return _form(payload, only, questions, context) if context.forms else questions


def _form(payload: Payload, only: str, questions: str, context: Context) -> str:
    """Let a server mark the plain questions. An assessed quiz is asked by the server itself, which draws the questions."""
    action = relpath(f"../answers/{context.language}/{payload['id']}", context.url.rpartition("/")[0] or ".")
    hidden = {"rev": payload["rev"], "only": only}
    fields = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in hidden.items() if value)
    assessed = payload["mode"] == "assessed"
    label = context.say("Start the quiz") if assessed else context.say("Send my answers")
    button = f'<p><button class="e4j-button">{escape(label)}</button></p>'
    if assessed:
        return f'<form method="post" action="{action}">{fields}{button}</form>{questions}'
    return f'<form method="post" action="{action}">{fields}{questions}{button}</form>'

