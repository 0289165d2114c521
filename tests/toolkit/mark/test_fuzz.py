"""Both sides mark alike: random questions of all kinds with answers of all sorts, texts, numbers and chance. Seeded; no difference is allowed."""

import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest
from toolkit.mark.browser import bundle, in_browser
from toolkit.mark.questions import IDS, KINDS, NUMBERS, UNITS, Questions, without_key

from e4j.mark import mark
from e4j.mark.chance import draw, hash32, numbers, part_order, shuffle
from e4j.mark.normalize import normalize
from e4j.mark.numbers import read_numbers, within

ITEMS, RESPONSES = 7_000, 30
STEPS = (["base"], ["base", "ar-letters"], ["base", "ru-yo"], ["ar-letters"], ["ru-yo", "base"], [])


@pytest.fixture(scope="module")
def module(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundle(tmp_path_factory.mktemp("marking"))


def questions() -> Iterator[dict[str, Any]]:
    """Yield items in turn of every kind, each with its responses: mostly as authors write them, some bent, some without their key."""
    make = Questions(Random(20_261_123))
    for number in range(ITEMS):
        item = make.item(KINDS[number % len(KINDS)])
        responses = [make.response(item) for _ in range(RESPONSES)]
        shown = make.bent(item) if number % 5 == 0 else without_key(item) if number % 31 == 0 else item
        yield {"task": "mark", "item": shown, "responses": responses}


def marks_here(item: dict[str, Any], response: Any) -> list[Any]:
    given = mark(item, response)
    return [given.earned, given.possible, dict(given.parts), list(given.feedback)]


def test_both_sides_give_the_same_marks(module: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = list(questions())
    pairs, earning, differences = 0, dict.fromkeys(KINDS, 0), []
    for one, there in zip(asked, in_browser(module, asked, tmp_path), strict=True):
        here = [marks_here(one["item"], response) for response in one["responses"]]
        pairs += len(here)
        earning[one["item"]["type"]] += sum(0 < earned < most for earned, most, _, _ in here)
        differences += [(one["item"], *case) for case in zip(one["responses"], here, there, strict=True) if case[1] != case[2]]
    with capsys.disabled():
        sys.stdout.write(f"\n{pairs} pairs of items and responses marked on both sides\n")
    assert differences[:3] == []
    assert pairs >= 200_000
    # The answers reach into every kind that knows something between nothing and everything.
    assert {kind for kind, count in earning.items() if count > 100} == set(KINDS) - {"single", "truefalse", "hotspot", "survey"}


def assigned() -> list[str]:
    """Return every character this Python knows, private use left out, and halves of pairs: Node knows newer ones too."""
    return [chr(code) for code in range(sys.maxunicode + 1) if unicodedata.category(chr(code)) not in {"Cn", "Co"}]


def texts() -> Iterator[tuple[str, Sequence[str]]]:
    make = Questions(Random(6))
    for number, letter in enumerate(assigned()):
        yield f"{letter}a {letter}{'eсا'[number % 3]}{letter}", STEPS[number % 2]
    for number in range(60_000):
        yield make.text() + make.text(), STEPS[number % len(STEPS)]


def in_chunks(values: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    return (values[start:start + size] for start in range(0, len(values), size))


def test_both_sides_normalise_alike(module: Path, tmp_path: Path) -> None:
    by_steps: dict[tuple[str, ...], list[str]] = {}
    for text, steps in texts():
        by_steps.setdefault(tuple(steps), []).append(text)
    asked = [{"task": "normalize", "texts": chunk, "steps": steps} for steps, found in by_steps.items() for chunk in in_chunks(found, 1000)]
    differences = [
        (text, one["steps"], normalize(text, one["steps"]), other)
        for one, there in zip(asked, in_browser(module, asked, tmp_path), strict=True)
        for text, other in zip(one["texts"], there, strict=True) if normalize(text, one["steps"]) != other
    ]
    assert differences[:3] == []
    assert sum(len(one["texts"]) for one in asked) > 190_000


def test_both_sides_read_numbers_alike(module: Path, tmp_path: Path) -> None:
    make = Questions(Random(28))
    asked = [
        {"task": "numbers", "typed": [make.number_with_unit() if number % 8 else make.text() for number in range(50)], "unit": make.rng.choice(UNITS),
         "value": make.rng.choice(NUMBERS), "tolerance": make.rng.choice(("0", "0.1", "0.0000000001", "999"))}
        for _ in range(1000)
    ]  # fmt: skip
    read, differences = 0, []
    for one, there in zip(asked, in_browser(module, asked, tmp_path), strict=True):
        for text, other in zip(one["typed"], there, strict=True):
            found = read_numbers(text, one["unit"])
            here = [found, [within(number, one["value"], one["tolerance"]) for number in found]]
            read += len(found)
            differences += [(text, one["unit"], here, other)] if here != other else []
    assert differences[:3] == []
    assert read > 10_000


def chances() -> Iterator[dict[str, Any]]:
    make = Questions(Random(32))
    for number in range(4000):
        tags = make.rng.sample(("cases", "law", "words", "__proto__"), 2)
        items = [{"id": str(place), "tags": make.rng.choices(tags, k=make.rng.randint(0, 2))} for place in range(make.rng.randint(0, 9))]
        lines = [{"n": make.rng.randint(0, 4), "from": make.rng.sample(tags, make.rng.randint(0, 2))} for _ in range(make.rng.randint(0, 3))]
        yield {
            "task": "chance", "seed": make.text() + str(number), "count": make.rng.choice((0, 1, 2, 2, 3, 4, 7, 30)), "item": make.rng.choice(IDS),
            "items": items, "lines": lines, "mixed": make.some(0.5),
        }


def chance_here(one: dict[str, Any]) -> list[Any]:
    state, values = numbers(one["seed"]), list(range(one["count"]))
    drawn = [item["id"] for item in draw(one["items"], one["lines"], one["seed"], mixed=one["mixed"])]
    first = [next(state) for _ in range(3)]
    return [hash32(one["seed"]), first, shuffle(values, one["seed"]), part_order(values, one["seed"], one["item"]), drawn]


def test_both_sides_have_the_same_chance(module: Path, tmp_path: Path) -> None:
    asked = list(chances())
    answers = in_browser(module, asked, tmp_path)
    assert [(one, other) for one, other in zip(asked, answers, strict=True) if chance_here(one) != other][:3] == []
