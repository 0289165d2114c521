"""Read the tables Python and TypeScript share: letters, foldings, stems (`search_tables.json`)."""

import json
from dataclasses import dataclass
from importlib import resources

Rules = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Cut one ending or beginning off a word, or look the whole word up."""

    kind: str
    """`^` beginning, `$` ending, `=` whole word."""
    least: int
    """How many letters must be left beside the part cut off."""
    longest: int
    edges: frozenset[str]
    """The letters a word must end (or begin) with for any rule to apply; most words are passed over by this."""
    rules: Rules
    """Part cut off → what stands in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stemmer:
    """Hold the words a language leaves out and the steps that bring its forms together."""

    stop: frozenset[str]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """Hold `search_tables.json`, ready for use. Letters are the inside of a regular expression's `[…]`."""

    raw: str
    raw_cjk: str
    accented: str
    drop: str
    words: tuple[str, ...]
    """Latin, Greek, Cyrillic, Arabic, CJK."""
    fold: dict[str, str]
    digits: str
    """The characters numbers are written in, see `postings`."""
    stems: dict[str, tuple[str, ...]]
    stemmers: dict[str, Stemmer]
    cjk_stop: str
    """A character left out, with every pair it is in but those kept."""
    cjk_keep: frozenset[str]


def read_tables() -> Tables:
    """Read the table file that lies in this package."""
    text = resources.files("e4j.publish").joinpath("search_tables.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Tables(
        raw=data["raw"],
        raw_cjk=data["rawCjk"],
        accented=data["accented"],
        drop=data["drop"],
        words=tuple(data["words"]),
        fold={pair[0]: pair[1:] for pair in data["fold"].split()},
        digits=data["digits"],
        cjk_stop=data["cjk"]["stop"],
        cjk_keep=frozenset(data["cjk"]["keep"].split()),
        stems={script: tuple(langs) for script, langs in data["stems"].items()},
        stemmers={
            lang: _stemmer(entry["stop"], entry["forms"], entry["steps"]) for lang, entry in data["languages"].items()
        },
    )


def _stemmer(stop: str, forms: str, steps: list[tuple[str, int, str]]) -> Stemmer:
    return Stemmer(
        stop=frozenset(stop.split()),
        steps=tuple(_step(kind, least, forms if kind == "=" else rules) for kind, least, rules in steps),
    )


def _step(kind: str, least: int, rules: str) -> Step:
    table: Rules = {}
    for rule in rules.split():
        part, _, instead = rule.partition(">")
        table[part] = instead
    edges = frozenset(part[0 if kind == "^" else -1] for part in table)
    return Step(kind=kind, least=least, longest=max(map(len, table)), edges=edges, rules=table)
