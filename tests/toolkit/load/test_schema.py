"""The schema for editors accepts what the loader accepts, and refuses what it refuses."""

import copy

import pytest
from jsonschema import Draft202012Validator
from toolkit.conftest import REPOSITORY

from e4j.load.decode import ITEM_TYPES, decode
from e4j.load.schema import quiz_schema
from e4j.load.yaml import Document, read_yaml
from e4j.model.quiz import Quiz

SCHEMA = quiz_schema()
VALIDATOR = Draft202012Validator(SCHEMA)
QUIZZES = sorted((REPOSITORY / "quizzes").glob("*.yml"))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_it_describes_every_kind() -> None:
    kinds = {SCHEMA["$defs"][ref["$ref"].rpartition("/")[2]]["properties"]["type"]["const"] for ref in SCHEMA["$defs"]["Item"]["oneOf"]}
    assert kinds == set(ITEM_TYPES) and len(kinds) == 13


@pytest.mark.parametrize("path", QUIZZES, ids=lambda path: path.stem)
def test_every_quiz_of_ours_fits(path) -> None:
    document = read_yaml(path.read_text(encoding="utf-8"), path.name, [])
    assert document is not None
    assert [error.message for error in VALIDATOR.iter_errors(document.value)] == []


def sample() -> dict:
    document = read_yaml((REPOSITORY / "quizzes/kinds-of-questions.yml").read_text(encoding="utf-8"), "q.yml", [])
    assert document is not None
    return document.value


def spoilt() -> list[tuple[str, dict]]:
    """Spoil the sample in one place of each item."""
    found = []
    for index, item in enumerate(sample()["items"]):
        for key in item:
            for name, change in (("without", lambda i, k=key: i.pop(k)), ("null", lambda i, k=key: i.update({k: None})), ("list", lambda i, k=key: i.update({k: [[]]}))):
                quiz = sample()
                change(quiz["items"][index])
                found.append((f"{item['id']}-{key}-{name}", quiz))
        quiz = sample()
        quiz["items"][index]["surprise"] = 1
        found.append((f"{item['id']}-surprise", quiz))
    return found


@pytest.mark.parametrize("quiz", [quiz for _, quiz in spoilt()], ids=[name for name, _ in spoilt()])
def test_schema_and_loader_agree(quiz) -> None:
    findings: list = []
    plain = copy.deepcopy(quiz)
    plain.pop("schema")
    decoded = decode(Document(plain), Quiz, "q.yml", findings)
    assert VALIDATOR.is_valid(quiz) == (decoded is not None), findings
