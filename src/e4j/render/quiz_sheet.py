"""A quiz on paper: a sheet to write on, and its key on a page of its own."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

from e4j.render.context import Context
from e4j.render.quiz_payload import Payload
from e4j.render.quiz_plain import accepted_words, fill, gap_answer, media_html, numbered_nodes, picture_html, shown_order

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BLANK = '<span class="e4j-blank"></span>'
_BOX = '<span class="e4j-tick"></span>'


def sheet_html(payload: Payload, context: Context) -> str:
    """Return the questions of a quiz with room to answer, and no answer."""
    rows = "".join(f"<li>{_question(item, context)}</li>" for item in payload["items"])
    name, date = escape(context.say("Name")), escape(context.say("Date"))
    return f'<p class="e4j-sheet-head"><span>{name} {_BLANK}</span> <span>{date} {_BLANK}</span></p><ol class="e4j-sheet">{rows}</ol>'


def key_html(payload: Payload, context: Context) -> str:
    """Return the right answer and the explanation of each question."""
    rows = "".join(f"<li>{_answer(item, context)}</li>" for item in payload["items"])
    return f'<ol class="e4j-sheet e4j-sheet-key">{rows}</ol>'


def _question(item: Payload, context: Context) -> str:
    stem = context.say("Fill in the gaps.") if item["type"] == "cloze" else item["stem"]
    media = media_html(item["media"], context) if item["media"] else ""
    return f'<p class="e4j-sheet-stem">{stem}</p>{media}{_PAPER[item["type"]](item, context)}'


def _answer(item: Payload, context: Context) -> str:
    explain = f"<p>{item['explain']}</p>" if item["explain"] else ""
    return f'<p class="e4j-sheet-answer">{_KEY[item["type"]](item, context)}</p>{explain}'


def _list(rows: Sequence[str], kind: str, tag: str = "ul") -> str:
    return f'<{tag} class="{kind}">{"".join(f"<li>{row}</li>" for row in rows)}</{tag}>'


def _lettered(parts: Sequence[Payload]) -> list[str]:
    return [f"<b>{letter}</b> {part['html']}" for letter, part in zip(LETTERS, parts, strict=False)]


def _letters(parts: Sequence[Payload]) -> dict[str, str]:
    return {part["id"]: letter for letter, part in zip(LETTERS, parts, strict=False)}


# On the sheet


def _options(item: Payload, context: Context) -> str:
    return _list([f"{_BOX} {row}" for row in _lettered(item["options"])], "e4j-sheet-options")


def _scale(item: Payload, context: Context) -> str:
    kind = "e4j-sheet-scale" if item["scale"] else "e4j-sheet-options"
    return _list([f"{_BOX} {option['html']}" for option in item["options"]], kind)


def _truths(item: Payload, context: Context) -> str:
    return _list([f"{_BOX} {escape(context.say(word))}" for word in ("True", "False")], "e4j-sheet-scale")


def _line(item: Payload, context: Context) -> str:
    return f"<p>{_BLANK} {item.get('unit') or ''}</p>"


def _cloze(item: Payload, context: Context) -> str:
    def gap(_: int, one: Payload) -> str:
        if one["kind"] != "choice":
            return _BLANK
        return f'<span class="e4j-choices">[ {" / ".join(option["html"] for option in one["options"])} ]</span>'

    tokens = [token["html"] for token in shown_order(item["tokens"], item)] if item["tokens"] else []
    bank = f'<p class="e4j-sheet-bank">{escape(context.say("Words to use:"))} {" · ".join(tokens)}</p>' if tokens else ""
    return f'<p class="e4j-gaps">{fill(item, gap)}</p>{bank}'


def _order(item: Payload, context: Context) -> str:
    note = escape(context.say("Write the numbers 1, 2, 3 … in the boxes."))
    return f"<p>{note}</p>{_list([_boxed(part) for part in shown_order(item['parts'], item)], 'e4j-sheet-options')}"


def _boxed(part: Payload) -> str:
    return f"{_BOX} {part['html']}"


def _places(lefts: Sequence[Payload], rights: Sequence[Payload], context: Context) -> str:
    note = escape(context.say("Write the letter that fits in each box."))
    columns = _list([_boxed(part) for part in lefts], "e4j-sheet-options") + _list(_lettered(rights), "e4j-sheet-options")
    return f'<p>{note}</p><div class="e4j-sheet-columns">{columns}</div>'


def _match(item: Payload, context: Context) -> str:
    return _places(item["lefts"], shown_order(item["rights"], item), context)


def _categorize(item: Payload, context: Context) -> str:
    return _places(shown_order(item["things"], item), item["categories"], context)


def _hotspot(item: Payload, context: Context) -> str:
    return f'<figure class="e4j-question-media">{picture_html(item)}</figure>{_list([_boxed(area) for area in item["areas"]], "e4j-sheet-options")}'


def _reflect(item: Payload, context: Context) -> str:
    lines = max(3, min(10, item["words"]["max"] // 12)) if "words" in item else 5
    return f'<div class="e4j-sheet-lines">{"<p></p>" * lines}</div>'


def _scenario(item: Payload, context: Context) -> str:
    nodes = numbered_nodes(item)
    numbers = {node["id"]: number for number, node in enumerate(nodes, 1)}
    go, end = context.say("go to {number}"), escape(context.say("The end."))
    rows = []
    for node in nodes:
        ways = [f"{_BOX} {choice['html']} <em>({escape(go.format(number=numbers[choice['to']]))})</em>" for choice in node["choices"]]
        rows.append(f"<p>{node['html']}{f' <b>{end}</b>' if node['end'] else ''}</p>{_list(ways, 'e4j-sheet-options') if ways else ''}")
    return _list(rows, "e4j-moments", "ol")


_PAPER: Mapping[str, Callable[[Payload, Context], str]] = {
    "single": _options, "multiple": _options, "survey": _scale, "truefalse": _truths, "short": _line, "numeric": _line, "cloze": _cloze,
    "order": _order, "match": _match, "categorize": _categorize, "hotspot": _hotspot, "reflect": _reflect, "scenario": _scenario,
}

# On the key


def _right(parts: Sequence[Payload]) -> str:
    return " · ".join(row for row, part in zip(_lettered(parts), parts, strict=False) if part["correct"])


def _right_area(item: Payload, context: Context) -> str:
    return " · ".join(area["html"] for area in item["areas"] if area["correct"])


def _gaps(item: Payload, context: Context) -> str:
    return " · ".join(f"{number}. {gap_answer(gap, item)}" for number, gap in enumerate(item["gaps"], 1))


def _sequence(item: Payload, context: Context) -> str:
    return " → ".join(part["html"] for part in item["parts"])


def _pairs(lefts: Sequence[Payload], letters: Mapping[str, str], key: Mapping[str, str]) -> str:
    return " · ".join(f"{part['html']}: <b>{letters[key[part['id']]]}</b>" for part in lefts)


def _model(item: Payload, context: Context) -> str:
    rubric = "".join(f" ☐ {line['html']} ({line['points']})" for line in item["rubric"])
    return f"{item['model'].removeprefix('<p>').removesuffix('</p>')}<br>{rubric}"


def _open(item: Payload, context: Context) -> str:
    return escape(context.say("There is no right or wrong answer."))


def _ways(item: Payload, context: Context) -> str:
    if not item["scored"]:
        return _open(item, context)
    best = [choice["html"] for node in item["nodes"] for choice in node["choices"] if choice["score"]]
    return " · ".join(best)


_KEY: Mapping[str, Callable[[Payload, Context], str]] = {
    "single": lambda item, context: _right(item["options"]), "multiple": lambda item, context: _right(item["options"]), "survey": _open,
    "truefalse": lambda item, context: escape(context.say("True") if item["answer"] else context.say("False")),
    "short": lambda item, context: accepted_words(item["accept"]),
    "numeric": lambda item, context: f"{accepted_words(item['accept'])} {item['unit']}",
    "cloze": _gaps, "order": _sequence, "match": lambda item, context: _pairs(item["lefts"], _letters(shown_order(item["rights"], item)), item["key"]),
    "categorize": lambda item, context: _pairs(item["things"], _letters(item["categories"]), item["key"]), "hotspot": _right_area,
    "reflect": _model, "scenario": _ways,
}
