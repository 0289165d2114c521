"""What we write as GIFT is GIFT to gift-pegjs, with the same answers, weights and feedback."""

import json
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from toolkit.quizzes import EVERYTHING, sent

from e4j.model.quiz import Order, Quiz

ORACLE = Path(__file__).with_name("gift_oracle.mjs")


def understood(quiz: Quiz) -> dict[str, Any]:
    """Return what gift-pegjs reads, by title. It does not know Moodle's questions of ordering."""
    ((_, data),) = sent("gift", replace(quiz, items=tuple(item for item in quiz.items if not isinstance(item, Order)))).files.items()
    run = subprocess.run(["node", str(ORACLE)], input=data, capture_output=True, check=True)
    return {question["title"]: question for question in json.loads(run.stdout)}


@pytest.fixture(scope="module")
def questions() -> dict[str, Any]:
    return understood(EVERYTHING)


def test_every_question_is_of_the_right_kind(questions: dict[str, Any]) -> None:
    assert {title: question["type"] for title, question in questions.items()} == {
        "Everything": "Category", "single": "MC", "multiple": "MC", "truefalse": "TF", "short": "Short", "numeric": "Numerical", "cloze": "Description",
        "match": "Matching", "categorize": "Matching", "hotspot": "Description", "survey": "MC", "reflect": "Essay", "scenario": "Description",
    }


def _choices(question: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(c["isCorrect"], c["weight"], c["text"]["text"], c["feedback"] and c["feedback"]["text"]) for c in question["choices"]]


def test_weights_and_feedback_are_ours(questions: dict[str, Any]) -> None:
    assert _choices(questions["single"]) == [(True, None, "Option x", "About x"), (False, None, "Option y", "About y")]
    assert _choices(questions["multiple"]) == [(False, 100, "Option x", "About x"), (False, -100, "Option y", "About y")]
    assert _choices(questions["short"]) == [(True, 100, "bribe", None), (True, 40, "bribes", "Nearly.")]
    numbers = [(c["weight"], c["text"]["number"], c["text"]["range"]) for c in questions["numeric"]["choices"]]
    assert numbers == [(100, 12, 1), (40, 13, 0)]
    truth = questions["truefalse"]
    assert (truth["isTrue"], truth["trueFeedback"]["text"], truth["falseFeedback"]["text"]) == (True, "No", "Yes")
    pairs = [(pair["subquestion"]["text"], pair["subanswer"]) for pair in questions["match"]["matchPairs"]]
    assert pairs == [("L", "R"), ("M", "S"), ("", "Part a"), ("", "Part b")]


def test_explanations_ids_and_tags_are_read(questions: dict[str, Any]) -> None:
    for title in ("single", "multiple", "truefalse", "short", "numeric", "match", "reflect"):
        assert questions[title]["globalFeedback"]["text"] == "So it is."
        assert (questions[title]["id"], questions[title]["tags"]) == (f"everything/{title}", ["law"])


def test_signs_of_gift_survive() -> None:
    awkward = "1=1 ~ {set} #1 C:\\dir 10:30 -> // ::x:: %50%"
    single: Any = EVERYTHING.items[0]
    options = (replace(single.options[0], text=replace(single.options[0].text, value=awkward.replace("\\", "\\\\"))), single.options[1])
    found = understood(replace(EVERYTHING, items=(replace(single, options=options),)))
    assert _choices(found["single"])[0][2] == awkward.replace(">", "&gt;")


def test_no_line_of_a_question_is_empty_or_a_comment() -> None:
    ((_, data),) = sent("gift", EVERYTHING).files.items()
    for block in data.decode().split("\n\n"):
        assert re.match(r"(//[^\n]*\n)+(::|\$CATEGORY)", block)
