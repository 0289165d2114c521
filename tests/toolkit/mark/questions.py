"""Questions of all thirteen kinds and answers to them, made from a seed: sound ones, near ones and ones nobody should give."""

import json
import unicodedata
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from e4j.mark.normalize import normalize

Item = dict[str, Any]
Choices = list[Item]

KINDS = (
    "single", "multiple", "truefalse", "short", "numeric", "cloze", "order", "match", "categorize", "hotspot", "survey", "reflect", "scenario",
)  # fmt: skip
WORDS = (
    "bribe", "Rule of Law", "naïve", "état de droit", "ﬁnance", "pot-de-vin", "l’État", "soborno", "¿Qué?", "extorsión", "взятка", "Отчёт", "ёлка",
    "الرِّشوة", "أمانة", "مـســاواة", "مستشفى", "آسيا", "腐败", "腐敗。", "贿赂！", "Straße", "STRAẞE", "ΝΌΜΟΣ", "İstanbul", "ǅ", "Ǉ", "ﬃ", "１２", "٤٥", "۷۸", "१२",
    "x1", "__proto__", "constructor", "toString", "null", "true", "", " ", "1,000", "2.5", "½",
)
IDS = (
    "a", "b", "c", "owner", "s1", "s2", "s3", "p1", "d1", "x1", "x2", "1", "2", "10", "01", "__proto__", "constructor", "hasOwnProperty", "toString",
    "valueOf", "length", "prototype", "é", "e\u0301", "حق", "法", "👩\u200d⚖️", "\u202e", "a/b", "accept/0", "true",
)
BLOCKS = (
    (0x20, 0x7F), (0x20, 0x7F), (0xA0, 0x250), (0x300, 0x370), (0x370, 0x530), (0x590, 0x700), (0x900, 0x980), (0x1C80, 0x1CC0), (0x1E00, 0x2000),
    (0x2000, 0x2070), (0x2070, 0x2460), (0x2C00, 0x2E00), (0x3000, 0x3400), (0x4E00, 0xA000), (0xA640, 0xA800), (0xAC00, 0xD7A4), (0xF900, 0xFE00),
    (0xFE00, 0x10000), (0x10400, 0x10500), (0x118A0, 0x118E0), (0x1D100, 0x1D800), (0x1E900, 0x1E960), (0x1F000, 0x1FA00), (0x20000, 0x2A000),
)  # fmt: skip
GLUE = (
    "", " ", "  ", "\t", "\n", "\u00a0", "\u202f", "\u3000", "\u001c", "\u0085", "\u200b", "\u200d", "\u00ad", "\u200e", "\u200f", "\u061c", "\u2066", "\u2069",
    "\ufeff", "\u0640", "\u064e", "\u0654", "\u0301", "\u0308", "\u0307", "\ud83d", "\ude00", ".", "…", "。", "،", "؟", "!", "'", "’", "-", "ς", "Σ", "ß",
)
NUMBERS = ("0", "4", "15", "2003", "1000", "-3.5", "0.3", "12.5", "1234567.5", "0.125", "1.000", "123456789012345678901234567890", "-1000")
UNITS = ("", "%", "years", "°C", "US$", "<abbr>kg</abbr> &amp; more", "سنوات", "年", "лет", "m²", "d’élèves", "٪", "€", "🍎", "&#x27;")
DIGITS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "०१२३४५६७८९", "０１２３４５６７８９", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙")
MARKS = ("", "", "", ",", ".", "٫", "٬", "،", "'", "’", " ", "\u202f", "\u00a0", "-", "−", "–", "+", "%", "٪", "％", "٠", "e", "\u200f", "．", "，")


class Questions:
    """Make items, sound answers and other answers. The same seed makes the same ones."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    # ---- texts

    def some(self, chance: float) -> bool:
        return self.rng.random() < chance

    def ids(self, least: int, most: int) -> list[str]:
        return self.rng.sample(IDS, self.rng.randint(least, most))

    def text(self) -> str:
        """Return a word as written, with something awkward in it, or letters of any script."""
        turn = self.rng.randrange(4)
        if turn == 0:
            return self.rng.choice(WORDS)
        if turn == 1:
            word = self.rng.choice((str.upper, str.title, str.lower))(self.rng.choice(WORDS))
            at = self.rng.randint(0, len(word))
            return word[:at] + self.rng.choice(GLUE) + self.rng.choice(GLUE) + word[at:] + self.rng.choice(GLUE)
        if turn == 2:
            return "".join(self.letter() for _ in range(self.rng.randint(1, 8)))
        return "".join(self.rng.choice(GLUE) + self.letter() for _ in range(self.rng.randint(1, 5)))

    def letter(self) -> str:
        """Return a character this Python knows: Node knows more of Unicode."""
        while True:
            letter = chr(self.rng.randrange(*self.rng.choice(BLOCKS)))
            if unicodedata.category(letter) != "Cn":
                return letter

    def number(self) -> str:
        """Return a number as somebody may type it."""
        if self.some(0.3):
            return "".join(self.rng.choice(MARKS) + self.rng.choice("0123456789") for _ in range(self.rng.randint(1, 8)))
        typed = self.rng.choice(NUMBERS)
        if self.some(0.4):
            typed = typed.translate(dict(zip(range(48, 58), self.rng.choice(DIGITS), strict=True)))
        if self.some(0.5):
            at = self.rng.randint(0, len(typed))
            typed = typed[:at] + self.rng.choice(MARKS) + typed[at:]
        if self.some(0.3):
            typed = typed.replace(".", self.rng.choice(",٫．"))
        return typed

    def number_with_unit(self) -> str:
        typed = self.number()
        if self.some(0.3):
            typed += self.rng.choice(("", " ", "\u202f")) + self.rng.choice(UNITS)
        return self.rng.choice(UNITS) + typed if self.some(0.1) else typed

    # ---- items

    def item(self, kind: str) -> Item:
        """Return an item to which `right` knows an answer that earns everything."""
        return {"id": "q", "type": kind, "points": self.rng.choice((1, 1, 2, 3, 7))} | _ITEMS[kind](self)

    def bent(self, item: Item) -> Item:
        """Return an item that no author should write but that must be marked alike: other points, scoring, scores and doubles."""
        bent = json.loads(json.dumps(item))
        bent["points"] = self.rng.choice((0, 1, 2, 5, 10))
        for entry in (*bent.get("accept", ()), *(one for node in bent.get("nodes", ()) for one in node["choices"])):
            entry["credit" if "credit" in entry else "score"] = self.rng.choice((0, 1, 333, 500, 999, 1000))
        for node in bent.get("nodes", ()):
            node["end"] = node["end"] if self.some(0.8) else not node["end"]
        if bent["type"] == "scenario":
            for choice in (choice for node in bent["nodes"] for choice in node["choices"]):
                choice["score"] = self.rng.choice((None, -1500, -1, 0, 1, 333, 1000, 4000))
                choice["to"] = self.rng.choice([node["id"] for node in bent["nodes"]] + ["nowhere"])
        for option in bent.get("options", ()) if bent["type"] != "survey" else ():
            option["correct"] = self.some(0.5)
        return bent

    def options(self, right: int | None = None, *, most: int = 6) -> Choices:
        ids = self.ids(2, most)
        hits = self.rng.sample(ids, self.rng.randint(1, len(ids)) if right is None else right)
        return [{"id": one, "html": "x", "correct": one in hits, "feedback": None} for one in ids]

    def accept(self, steps: list[str]) -> tuple[Choices, str]:
        """Return accepted texts, and the first of them as typed."""
        typed = next(text for text in iter(self.text, None) if normalize(text, steps))
        texts = [normalize(text, steps) for text in (typed, *(self.text() for _ in range(self.rng.randint(0, 3))))]
        accept = [{"text": text, "credit": self.rng.choice((1000, 500, 333, 1, 0)), "feedback": None} for text in texts]
        return [accept[0] | {"credit": 1000}, *accept[1:]], typed

    def steps(self) -> list[str]:
        return self.rng.choice((["base"], ["base"], ["base", "ar-letters"], ["base", "ru-yo"], ["base", "ar-letters", "ru-yo"], []))

    def parts(self, ids: list[str]) -> Choices:
        return [{"id": one, "html": "x", "feedback": None} for one in ids]

    # ---- responses

    def right(self, item: Item) -> Any:
        """Return a response that earns everything, where anything can be earned."""
        return _RIGHT[item["type"]](item)

    def response(self, item: Item) -> Any:
        """Return any response: right, near, of another kind, or nonsense."""
        turn = self.rng.randrange(10)
        if turn == 0:
            return self.right(item)
        if turn == 1:
            return self.wild()
        if turn == 2:
            return self.near(self.item(self.rng.choice(KINDS)))
        return self.near(item)

    def near(self, item: Item) -> Any:
        """Return a response of the item's own shape, with ids of the item, and now and then others."""
        ids = [*_ids_within(item), *self.rng.sample(IDS, 2)]
        match item["type"]:
            case "single" | "survey" | "hotspot":
                return self.rng.choice(ids)
            case "multiple":
                return self.rng.choices(ids, k=self.rng.randint(0, 6)) if self.some(0.3) else self.rng.sample(ids[:-2], self.rng.randint(0, len(ids) - 2))
            case "order":
                right = [part["id"] for part in item["parts"]]
                return self.rng.sample(right, len(right)) if self.some(0.7) else self.rng.choices(ids, k=self.rng.randint(0, len(right) + 1))
            case "truefalse":
                return self.some(0.5)
            case "short":
                return self.text() if self.some(0.4) else self.typo(self.rng.choice(item["accept"])["text"])
            case "numeric":
                return self.number_with_unit()
            case "cloze" | "match" | "categorize":
                return self.placement(item, ids)
            case "reflect":
                return {"text": self.text(), "rubric": self.rng.choices(ids, k=self.rng.randint(0, 5))}
            case _:
                return self.way(item, ids)

    def typo(self, text: str) -> str:
        at = self.rng.randint(0, len(text))
        return self.rng.choice((text, text.upper(), text[:at] + self.rng.choice(GLUE) + text[at:], text[:at] + text[at + 1:]))

    def placement(self, item: Item, ids: list[str]) -> dict[str, Any]:
        right = self.right(item)
        put = {part: place if self.some(0.5) else self.rng.choice(ids) for part, place in right.items() if self.some(0.9)}
        for gap in item.get("gaps", ()):
            if gap["kind"] == "text" and self.some(0.5):
                put[gap["id"]] = self.typo(self.rng.choice(gap["accept"])["text"])
        if self.some(0.1):
            put[self.rng.choice(ids)] = self.rng.choice((None, 1, [], {}, "x", self.text()))
        return dict(self.rng.sample(list(put.items()), len(put)))

    def way(self, item: Item, ids: list[str]) -> list[str]:
        """Walk at random, and now and then stop early or go on."""
        nodes, here, way = {node["id"]: node for node in item["nodes"]}, item["start"], []
        while here in nodes and not nodes[here]["end"] and len(way) < 12 and not self.some(0.03):
            choice = self.rng.choice(nodes[here]["choices"])
            way.append(choice["id"])
            here = choice["to"]
        return [*way, self.rng.choice(ids)] if self.some(0.1) else way

    def wild(self, depth: int = 0) -> Any:
        turn = self.rng.randrange(12)
        if turn < 2 and depth < 3:
            return [self.wild(depth + 1) for _ in range(self.rng.randint(0, 4))]
        if turn < 4 and depth < 3:
            return {self.rng.choice((*IDS, "text", "rubric")): self.wild(depth + 1) for _ in range(self.rng.randint(0, 4))}
        return self.rng.choice((
            None, True, False, 0, 1, -1, 1.5, 1e300, 10**30, "", "\ud800", "x" * 500, ".." * 200 + "a", self.text(), self.number(), self.rng.choice(IDS),
        ))


def _ids_within(value: Any) -> list[str]:
    """Return every id in an item, but not its own."""
    entries = value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ()
    return [one for entry in entries for one in ([entry["id"]] if isinstance(entry, Mapping) and "id" in entry else []) + _ids_within(entry)]


def _single(make: Questions) -> Item:
    return {"options": make.options(1)}


def _multiple(make: Questions) -> Item:
    return {"options": make.options(), "scoring": make.rng.choice(("right-minus-wrong", "per-option", "all-or-nothing"))}


def _survey(make: Questions) -> Item:
    return {"options": make.parts(make.ids(2, 5))}


def _short(make: Questions) -> Item:
    steps = make.steps()
    accept, typed = make.accept(steps)
    return {"normalize": steps, "accept": accept, "typed": typed}


def _numeric(make: Questions) -> Item:
    values = make.rng.sample(NUMBERS, make.rng.randint(1, 3))
    accept = [{"value": one, "tolerance": make.rng.choice(("0", "0.5", "1", "10")), "credit": make.rng.choice((1000, 500, 250)), "feedback": None} for one in values]
    return {"unit": make.rng.choice(UNITS), "accept": [accept[0] | {"credit": 1000}, *accept[1:]]}


def _cloze(make: Questions) -> Item:
    steps, gaps = make.steps(), []
    words = make.ids(6, 8)
    for number, place in enumerate(make.ids(1, 4)):
        kind = make.rng.choice(("text", "choice", "drag"))
        gap: Item = {"id": place, "kind": kind}
        if kind == "text":
            gap["accept"], gap["typed"] = make.accept(steps)
        elif kind == "choice":
            gap["options"] = make.options(1, most=4)
        else:
            gap |= {"token": words[number], "feedback": None}
        gaps.append(gap)
    return {"gaps": gaps, "tokens": make.parts(words), "normalize": steps, "scoring": make.rng.choice(("per-part", "all-or-nothing"))}


def _order(make: Questions) -> Item:
    return {"parts": make.parts(make.ids(2, 6)), "scoring": make.rng.choice(("position", "position", "all-or-nothing"))}


def _match(make: Questions) -> Item:
    pairs, spare = make.ids(2, 5), make.ids(0, 2)
    rights = [*pairs, *(one for one in spare if one not in pairs)]
    return {"lefts": make.parts(pairs), "rights": make.parts(rights), "key": {one: one for one in pairs}, "scoring": make.rng.choice(("per-part", "all-or-nothing"))}


def _categorize(make: Questions) -> Item:
    things, categories = make.ids(2, 6), make.ids(2, 4)
    key = {one: make.rng.choice(categories) for one in things}
    scoring = make.rng.choice(("per-part", "all-or-nothing"))
    return {"categories": make.parts(categories), "things": make.parts(things), "key": key, "scoring": scoring}


def _hotspot(make: Questions) -> Item:
    return {"areas": make.options()}


def _reflect(make: Questions) -> Item:
    rubric = [{"id": one, "html": "x", "points": make.rng.randint(1, 3)} for one in make.ids(0, 4)]
    return {"rubric": rubric, "points": make.rng.randint(1, max(1, sum(line["points"] for line in rubric)))}


def _scenario(make: Questions) -> Item:
    """Lead from each moment on by its first choice, and anywhere by the others; the first choice of all earns everything."""
    places, ways = make.ids(2, 5), make.ids(12, 15)
    scored = make.some(0.8)
    nodes = []
    for number, place in enumerate(places):
        last = number == len(places) - 1
        choices = []
        for turn in range(0 if last else make.rng.randint(1, 3)):
            onward = turn == 0
            score = 1000 if onward and number == 0 else make.rng.choice((None, 0, 400, 1000) if onward else (None, -400, 0, 250, 1000))
            to = places[number + 1] if onward else make.rng.choice(places)
            choices.append({"id": ways[3 * number + turn], "html": "x", "to": to, "score": score if scored else None, "feedback": None, "values": {}})
        nodes.append({"id": place, "html": "x", "end": last, "choices": choices})
    return {"start": places[0], "scored": scored, "values": {}, "nodes": nodes}


def _truefalse(make: Questions) -> Item:
    return {"answer": make.some(0.5), "feedback": {"true": None, "false": None}}


_ITEMS: Mapping[str, Callable[[Questions], Item]] = {
    "single": _single, "multiple": _multiple, "truefalse": _truefalse, "short": _short, "numeric": _numeric, "cloze": _cloze, "order": _order,
    "match": _match, "categorize": _categorize, "hotspot": _hotspot, "survey": _survey, "reflect": _reflect, "scenario": _scenario,
}


def _right_id(entries: Choices) -> str:
    return next((entry["id"] for entry in entries if entry["correct"]), "nobody")


def _right_gap(gap: Item) -> str:
    return gap["typed"] if gap["kind"] == "text" else _right_id(gap["options"]) if gap["kind"] == "choice" else gap["token"]


_RIGHT: Mapping[str, Callable[[Item], Any]] = {
    "single": lambda item: _right_id(item["options"]),
    "multiple": lambda item: sorted(option["id"] for option in item["options"] if option["correct"]),
    "truefalse": lambda item: item["answer"],
    "short": lambda item: item["typed"],
    "numeric": lambda item: item["accept"][0]["value"],
    "cloze": lambda item: {gap["id"]: _right_gap(gap) for gap in item["gaps"]},
    "order": lambda item: [part["id"] for part in item["parts"]],
    "match": lambda item: dict(item["key"]),
    "categorize": lambda item: dict(item["key"]),
    "hotspot": lambda item: _right_id(item["areas"]),
    "survey": lambda item: item["options"][0]["id"],
    "reflect": lambda item: {"text": "x", "rubric": [line["id"] for line in item["rubric"]]},
    "scenario": lambda item: [node["choices"][0]["id"] for node in item["nodes"][:-1]],
}

# What the payload of an assessed quiz leaves out.
_KEY = {"correct", "answer", "accept", "key", "token", "score", "values", "hints", "explain", "reread", "model", "rubric", "feedback", "typed"}


def without_key(value: Any) -> Any:
    """Return an item as an assessed payload holds it; order parts still carry their own ids."""
    if isinstance(value, dict):
        return {name: without_key(one) for name, one in value.items() if name not in _KEY}
    return [without_key(one) for one in value] if isinstance(value, list) else value
