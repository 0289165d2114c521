"""What holds for every question and every answer to it."""

import json
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from hypothesis import given, strategies as st
from toolkit.mark.questions import KINDS, Item, Questions, without_key

from e4j.mark import canonical, mark, possible
from e4j.mark.chance import part_order, shuffle

SEEDS = st.integers(0, 2**64)
UNMARKED = {"survey", "reflect", "scenario"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["text", "rubric", "1", "p1", "__proto__"]) | st.text(), inner, max_size=4),
)
every_kind = pytest.mark.parametrize("kind", KINDS)


@every_kind
@given(seed=SEEDS)
def test_marks_lie_between_nothing_and_everything(kind: str, seed: int) -> None:
    make = Questions(Random(seed))
    item = make.item(kind)
    for asked in (item, make.bent(item)):
        marks = mark(asked, make.response(item))
        assert 0 <= marks.earned <= marks.possible == possible(asked)
        assert all(0 <= part <= 1000 for part in marks.parts.values())
        assert all(type(value) is int for value in (marks.earned, marks.possible, *marks.parts.values()))


@every_kind
@given(seed=SEEDS)
def test_marking_twice_gives_the_same_and_changes_nothing(kind: str, seed: int) -> None:
    make = Questions(Random(seed))
    item = make.item(kind)
    response = make.response(item)
    before = json.dumps([item, response])
    assert mark(item, response) == mark(item, json.loads(json.dumps(response)))
    assert json.dumps([item, response]) == before


@every_kind
@given(response=JSON, seed=SEEDS)
def test_no_response_is_an_error(kind: str, response: Any, seed: int) -> None:
    item = Questions(Random(seed)).item(kind)
    assert 0 <= mark(item, response).earned <= possible(item)
    assert mark(without_key(item), response).earned == 0 or kind == "order"
    canonical(item, response, {"x1": "a", "p1": "b"})


@every_kind
@given(seed=SEEDS)
def test_the_key_itself_earns_everything(kind: str, seed: int) -> None:
    make = Questions(Random(seed))
    item = make.item(kind)
    marks = mark(item, make.right(item))
    assert marks.earned == marks.possible
    assert marks.possible > 0 or kind in UNMARKED
    assert set(marks.parts.values()) <= {1000}


@pytest.mark.parametrize("kind", ["cloze", "match", "categorize", "reflect"])
@given(seed=SEEDS)
def test_the_order_of_keys_in_a_response_does_not_matter(kind: str, seed: int) -> None:
    make = Questions(Random(seed))
    item = make.item(kind)
    response = make.near(item)
    turned = dict(reversed(response.items()))
    assert mark(item, turned) == mark(item, response)


@given(seed=SEEDS)
def test_chosen_in_another_order_is_the_same_set(seed: int) -> None:
    make = Questions(Random(seed))
    item = make.item("multiple")
    response = make.near(item)
    assert mark(item, make.rng.sample(response, len(response))) == mark(item, response)


@pytest.mark.parametrize("kind", ["cloze", "order", "match", "categorize"])
@given(seed=SEEDS)
def test_each_part_counts_alike(kind: str, seed: int) -> None:
    make = Questions(Random(seed))
    item = make.item(kind)
    marks = mark(item, make.response(item))
    total, most = sum(marks.parts.values()), 1000 * len(marks.parts)
    assert marks.earned == (marks.possible * (total == most) if item["scoring"] == "all-or-nothing" else marks.possible * total // most)


# ---- assessed quizzes: the learner sees aliases


LISTS = ("options", "areas", "parts", "lefts", "rights", "things", "categories", "tokens")
SEEN = {"single": "options", "survey": "options", "hotspot": "areas", "multiple": "options", "order": "parts", "scenario": "choices"}
Aliases = Mapping[str, Mapping[str, str]]


def given_aliases(item: Item, rng: Random) -> Aliases:
    """Return alias by real id for each list of parts, numbered through the item in any order."""
    lists = {name: [one["id"] for one in item.get(name, ())] for name in LISTS}
    lists |= {f"gap {gap['id']}": [option["id"] for option in gap.get("options", ())] for gap in item.get("gaps", ())}
    lists["choices"] = [choice["id"] for node in item.get("nodes", ()) for choice in node["choices"]]
    entries = [(name, real) for name, reals in lists.items() for real in reals]
    numbered = {entry: f"alias-{number}" for number, entry in enumerate(rng.sample(entries, len(entries)), 1)}
    return {name: {real: numbered[name, real] for real in reals} for name, reals in lists.items()}


def aliased(value: Any, names: Mapping[str, str]) -> Any:
    return names.get(value, value) if isinstance(value, str) else value


def seen(item: Item, response: Any, aliases: Aliases) -> Any:
    """Return the response as the learner gave it, by alias."""
    match item["type"]:
        case "single" | "survey" | "hotspot":
            return aliased(response, aliases[SEEN[item["type"]]])
        case "multiple" | "order" | "scenario":
            ids = [aliased(one, aliases[SEEN[item["type"]]]) for one in response]
            return sorted(ids) if item["type"] == "multiple" else ids
        case "match" | "categorize" as kind:
            parts, places = (aliases[name] for name in (("lefts", "rights") if kind == "match" else ("things", "categories")))
            return {aliased(part, parts): aliased(place, places) for part, place in response.items()}
        case "cloze":
            names = {gap["id"]: aliases["tokens" if gap["kind"] == "drag" else f"gap {gap['id']}"] for gap in item["gaps"]}
            return {gap: aliased(value, names.get(gap, {})) for gap, value in response.items()}
        case _:
            return response


@every_kind
@given(seed=SEEDS)
def test_aliases_turn_back_into_real_ids(kind: str, seed: int) -> None:
    make = Questions(Random(seed))
    item = make.item(kind)
    near = make.right(item) if make.some(0.5) else make.near(item)
    response = sorted(near) if kind == "multiple" else near
    aliases = given_aliases(item, make.rng)
    real = {alias: one for names in aliases.values() for one, alias in names.items()}
    assert canonical(item, seen(item, response, aliases), real) == response
    assert mark(item, canonical(item, seen(item, make.right(item), aliases), real)) == mark(item, make.right(item))


@given(seed=SEEDS, typed=st.sampled_from(["x1", "x2", "X1", "x1 x2"]))
def test_what_was_typed_is_never_turned(seed: int, typed: str) -> None:
    make = Questions(Random(seed))
    alias = {"x1": "bribe", "x2": "15"}
    cloze = make.item("cloze")
    words = {gap["id"]: typed for gap in cloze["gaps"] if gap["kind"] == "text"}
    assert canonical(cloze, words, alias) == words
    assert [canonical(make.item(kind), typed, alias) for kind in ("short", "numeric")] == [typed, typed]
    assert canonical(make.item("reflect"), {"text": typed, "rubric": []}, alias) == {"text": typed, "rubric": []}


@given(seed=st.text(), count=st.integers(0, 40))
def test_a_shuffle_keeps_everything_and_parts_never_lie_in_their_order(seed: str, count: int) -> None:
    values = list(range(count))
    assert sorted(shuffle(values, seed)) == values == sorted(part_order(values, seed, "steps"))
    assert part_order(values, seed, "steps") != values or count < 2
