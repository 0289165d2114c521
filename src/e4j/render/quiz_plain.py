"""A question as plain HTML: readable, answerable in a form, with its answer folded away. No script is needed.

It is made from the payload, so that an assessed question shows here what the player is told of it and nothing more.
The names of the fields are a contract with the server: `q-<item>` for one answer, `q-<item>-<part>` for each part of several.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape, unescape

from e4j.mark.chance import shuffle
from e4j.render.context import Context
from e4j.render.quiz_payload import Payload

PLACE = re.compile(r'<span data-gap="([^"]+)"></span>')
_TAG = re.compile(r"<[^>]+>")


def plain_item(item: Payload, context: Context, *, keyed: bool = True) -> str:
    """Return one question as a list entry; its answer only where `keyed`."""
    legend = escape(context.say("Fill in the gaps.")) if item["type"] == "cloze" else item["stem"]
    media = media_html(item["media"], context) if item["media"] else ""
    answer = _details(item, context) if keyed else ""
    return f'<li data-item="{item["id"]}"><fieldset><legend>{legend}</legend>{media}{CONTROLS[item["type"]](item, context)}</fieldset>{answer}</li>'


def _details(item: Payload, context: Context) -> str:
    key = KEYS[item["type"]](item, context)
    explain = f"<p>{item['explain']}</p>" if item["explain"] else ""
    free = item["type"] == "survey" or (item["type"] == "scenario" and not item["scored"])
    title = context.say("What others might say") if free else context.say("Show the answer")
    return f"<details><summary>{escape(title)}</summary>{key}{explain}</details>" if key or explain else ""


def media_html(media: Payload, context: Context) -> str:
    """Return the picture or recording of a question."""
    src = escape(media["src"])
    caption = f"<figcaption>{media['caption']}</figcaption>" if media["caption"] else ""
    if media["kind"] == "audio":
        words = f"<details><summary>{escape(context.say('Transcript'))}</summary><p>{media['transcript'] or ''}</p></details>"
        return f'<figure class="e4j-question-media"><audio controls preload="none" src="{src}"></audio>{caption}{words}</figure>'
    return f'<figure class="e4j-question-media"><img src="{src}" alt="{escape(media["alt"])}" loading="lazy">{caption}</figure>'


def shown_order(parts: Sequence[Payload], item: Payload) -> list[Payload]:
    """Return parts in an order that is always the same and never the one they are written in."""
    mixed: list[Payload] = shuffle(list(parts), f"page/{item['id']}")
    return [*mixed[1:], mixed[0]] if mixed == list(parts) else mixed


def words(html: str) -> str:
    """Return what a piece of markup says, for places that hold text alone."""
    return unescape(_TAG.sub("", html))


# Controls


def _choices(name: str, kind: str, options: Sequence[Payload]) -> str:
    return "".join(f'<label><input type="{kind}" name="{name}" value="{o["id"]}"> <span>{o["html"]}</span></label>' for o in options)


def _radios(item: Payload, context: Context) -> str:
    return _choices(f"q-{item['id']}", "radio", item["options"])


def _checkboxes(item: Payload, context: Context) -> str:
    return _choices(f"q-{item['id']}", "checkbox", item["options"])


def _truths(item: Payload, context: Context) -> str:
    options = [{"id": value, "html": escape(context.say(word))} for value, word in (("true", "True"), ("false", "False"))]
    return _choices(f"q-{item['id']}", "radio", options)


def _text(item: Payload, context: Context) -> str:
    field = f'<label><span>{escape(context.say("Your answer"))}</span> <input type="text" name="q-{item["id"]}" dir="auto" autocomplete="off"></label>'
    return f"{field} {item['unit']}" if item.get("unit") else field


def _field(item: Payload, part: Payload) -> str:
    return f"q-{item['id']}-{part['id']}"


def _select(name: str, label: str, parts: Sequence[Payload]) -> str:
    rows = "".join(f'<option value="{part["id"]}">{escape(words(part["html"]))}</option>' for part in parts)
    return f'<select name="{name}" aria-label="{escape(label)}"><option value=""></option>{rows}</select>'


def _gap(number: int, gap: Payload, item: Payload, context: Context) -> str:
    label = context.say("Gap {number}").format(number=number)
    name = _field(item, gap)
    if gap["kind"] == "text":
        return f'<input type="text" name="{name}" aria-label="{escape(label)}" size="14" dir="auto" autocomplete="off">'
    return _select(name, label, gap["options"] if gap["kind"] == "choice" else shown_order(item["tokens"], item))


def fill(item: Payload, each: Callable[[int, Payload], str]) -> str:
    """Return the sentence of a cloze with something in each gap, called with the number of the gap and the gap."""
    gaps = {gap["id"]: gap for gap in item["gaps"]}
    numbers = {name: number for number, name in enumerate(PLACE.findall(item["stem"]), 1)}
    return PLACE.sub(lambda match: each(numbers[match[1]], gaps[match[1]]) if match[1] in gaps else match[0], item["stem"])


def _cloze(item: Payload, context: Context) -> str:
    return f'<p class="e4j-gaps">{fill(item, lambda number, gap: _gap(number, gap, item, context))}</p>'


def _list(tag: str, rows: Sequence[str], kind: str = "") -> str:
    named = f' class="{kind}"' if kind else ""
    shown = "".join(f"<li>{row}</li>" for row in rows)
    return f"<{tag}{named}>{shown}</{tag}>" if rows else ""


def _parts(rows: Sequence[str]) -> str:
    return _list("ul", rows, "e4j-parts")


def _order(item: Payload, context: Context) -> str:
    places = [{"id": str(number), "html": str(number)} for number in range(1, len(item["parts"]) + 1)]
    label = context.say("Place of: {text}")
    rows = []
    for part in shown_order(item["parts"], item):
        place = _select(_field(item, part), label.format(text=words(part["html"])), places)
        rows.append(f"{place} <span>{part['html']}</span>")
    return _parts(rows)


def _pairs(item: Payload, lefts: Sequence[Payload], rights: Sequence[Payload]) -> str:
    return _parts([f"<span>{part['html']}</span> {_select(_field(item, part), words(part['html']), rights)}" for part in lefts])


def _match(item: Payload, context: Context) -> str:
    return _pairs(item, item["lefts"], shown_order(item["rights"], item))


def _categorize(item: Payload, context: Context) -> str:
    return _pairs(item, shown_order(item["things"], item), item["categories"])


def picture_html(item: Payload) -> str:
    """Return the picture of a hotspot."""
    image = item["image"]
    return f'<img src="{escape(image["src"])}" alt="{escape(image["alt"])}" width="{image["width"]}" height="{image["height"]}">'


def _hotspot(item: Payload, context: Context) -> str:
    name = f"q-{item['id']}"
    return f'<figure class="e4j-question-media">{picture_html(item)}</figure>{_choices(name, "radio", item["areas"])}'


def _reflect(item: Payload, context: Context) -> str:
    return f'<label><span>{escape(context.say("Your answer"))}</span> <textarea name="q-{item["id"]}" rows="4" dir="auto"></textarea></label>'


def numbered_nodes(item: Payload) -> list[Payload]:
    """Return the moments of a scenario, beginning where it starts."""
    return sorted(item["nodes"], key=lambda node: node["id"] != item["start"])


def _scenario(item: Payload, context: Context) -> str:
    nodes = numbered_nodes(item)
    numbers = {node["id"]: number for number, node in enumerate(nodes, 1)}
    return _list("ol", [moment(node, numbers, context, _field(item, node)) for node in nodes], "e4j-moments")


def moment(node: Payload, numbers: Mapping[str, int], context: Context, name: str) -> str:
    """Return a moment of a scenario with the ways on from it by number."""
    go = context.say("go to {number}")
    choices = [
        choice | {"html": f"{choice['html']} <em>({escape(go.format(number=numbers.get(choice['to'], 0)))})</em>"} for choice in node["choices"]
    ]
    end = f" <strong>{escape(context.say('The end.'))}</strong>" if node["end"] else ""
    return f"<p>{node['html']}{end}</p>{_choices(name, 'radio', choices)}"


CONTROLS: Mapping[str, Callable[[Payload, Context], str]] = {
    "single": _radios, "multiple": _checkboxes, "survey": _radios, "truefalse": _truths, "short": _text, "numeric": _text, "cloze": _cloze,
    "order": _order, "match": _match, "categorize": _categorize, "hotspot": _hotspot, "reflect": _reflect, "scenario": _scenario,
}

# Answers


def _note(part: Payload) -> str:
    return f" <em>{part['feedback']}</em>" if part.get("feedback") else ""


def _told(part: Payload) -> str:
    return f"{part['html']}{_note(part)}"


def _option_key(options: Sequence[Payload], context: Context) -> str:
    right, wrong = escape(context.say("Right:")), escape(context.say("Wrong:"))
    return _list("ul", [f"<strong>{right if o['correct'] else wrong}</strong> {_told(o)}" for o in options])


def _survey_key(item: Payload, context: Context) -> str:
    return _list("ul", [_told(option) for option in item["options"] if option["feedback"]])


def _truth_key(item: Payload, context: Context) -> str:
    word = context.say("True") if item["answer"] else context.say("False")
    note = item["feedback"]["true" if item["answer"] else "false"]
    return f"<p><strong>{escape(word)}.</strong>{_note({'feedback': note})}</p>"


def accepted_words(accept: Sequence[Payload]) -> str:
    """Return the answers that count fully, as HTML."""
    return ", ".join(escape(entry["shown"] if "shown" in entry else entry["value"]) for entry in accept if entry["credit"] == 1000)


def _text_key(item: Payload, context: Context) -> str:
    unit = f" {item['unit']}" if item.get("unit") else ""
    return f"<p><strong>{accepted_words(item['accept'])}</strong>{unit}</p>"


def gap_answer(gap: Payload, item: Payload) -> str:
    """Return what belongs in a gap, as HTML."""
    if gap["kind"] == "text":
        return accepted_words(gap["accept"])
    if gap["kind"] == "choice":
        return next((str(option["html"]) for option in gap["options"] if option["correct"]), "")
    return next((str(token["html"]) for token in item["tokens"] if token["id"] == gap["token"]), "")


def _cloze_key(item: Payload, context: Context) -> str:
    filled = fill(item, lambda _, gap: f"<strong>{gap_answer(gap, item)}</strong>")
    return f"<p>{filled}</p>"


def _order_key(item: Payload, context: Context) -> str:
    return _list("ol", [part["html"] for part in item["parts"]])


def _placed(parts: Sequence[Payload], places: Sequence[Payload], key: Mapping[str, str]) -> str:
    names = {place["id"]: place["html"] for place in places}
    return _list("ul", [f"{part['html']} — <strong>{names.get(key[part['id']], '')}</strong>{_note(part)}" for part in parts])


def _reflect_key(item: Payload, context: Context) -> str:
    rubric = _list("ul", [line["html"] for line in item["rubric"]])
    return f"{item['model']}{rubric}"


def _scenario_key(item: Payload, context: Context) -> str:
    return _list("ul", [_told(choice) for node in numbered_nodes(item) for choice in node["choices"] if choice["feedback"]])


KEYS: Mapping[str, Callable[[Payload, Context], str]] = {
    "single": lambda item, context: _option_key(item["options"], context), "multiple": lambda item, context: _option_key(item["options"], context),
    "survey": _survey_key, "truefalse": _truth_key, "short": _text_key, "numeric": _text_key, "cloze": _cloze_key, "order": _order_key,
    "match": lambda item, context: _placed(item["lefts"], item["rights"], item["key"]),
    "categorize": lambda item, context: _placed(item["things"], item["categories"], item["key"]),
    "hotspot": lambda item, context: _option_key(item["areas"], context), "reflect": _reflect_key, "scenario": _scenario_key,
}
