"""The vectors both sides share: marks, normalising, numbers, chance and real ids."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from e4j.mark import canonical, mark, possible
from e4j.mark.chance import draw, hash32, numbers, part_order, shuffle
from e4j.mark.normalize import normalize
from e4j.mark.numbers import read_numbers, within

VECTORS = json.loads((Path(__file__).parents[2] / "marking" / "vectors.json").read_text(encoding="utf-8"))
ITEMS = VECTORS["items"]


def named(name: str) -> Any:
    return pytest.mark.parametrize("vector", VECTORS[name], ids=lambda vector: ascii(vector.get("name") or list(vector.values())[:2]))


@named("cases")
def test_marks(vector: dict[str, Any]) -> None:
    given = mark(ITEMS[vector["item"]], vector["response"])
    assert (given.earned, given.possible, given.parts) == (vector["earned"], vector["possible"], vector["parts"])
    assert list(given.feedback) == vector.get("feedback", list(given.feedback))
    assert possible(ITEMS[vector["item"]]) == vector["possible"]


def test_names_are_told_once_and_every_item_is_used() -> None:
    assert len({vector["name"] for vector in VECTORS["cases"]}) == len(VECTORS["cases"]) >= 400
    assert {vector["item"] for vector in VECTORS["cases"]} == set(ITEMS)


@named("normalize")
def test_texts_are_normalised(vector: dict[str, Any]) -> None:
    assert normalize(vector["in"], vector["steps"]) == vector["out"]


@named("numbers")
def test_numbers_are_read(vector: dict[str, Any]) -> None:
    assert read_numbers(vector["typed"], vector["unit"]) == vector["out"]


@named("within")
def test_numbers_are_compared_exactly(vector: dict[str, Any]) -> None:
    assert within(vector["number"], vector["value"], vector["tolerance"]) is vector["out"]


@named("hash")
def test_hashes(vector: dict[str, Any]) -> None:
    assert hash32(vector["in"]) == vector["out"]


@named("random")
def test_states(vector: dict[str, Any]) -> None:
    assert list(islice(numbers(vector["seed"]), len(vector["out"]))) == vector["out"]


@named("shuffle")
def test_shuffles(vector: dict[str, Any]) -> None:
    assert shuffle(vector["in"], vector["seed"]) == vector["out"]


@named("partOrder")
def test_orders_of_parts(vector: dict[str, Any]) -> None:
    assert part_order(vector["in"], vector["seed"], vector["item"]) == vector["out"]


@named("draw")
def test_draws(vector: dict[str, Any]) -> None:
    drawn = draw(vector["items"], vector["lines"], vector["seed"], mixed=vector["mixed"])
    assert [item["id"] for item in drawn] == vector["out"]


@named("canonical")
def test_real_ids(vector: dict[str, Any]) -> None:
    assert canonical(ITEMS[vector["item"]], vector["response"], vector["alias"]) == vector["out"]
