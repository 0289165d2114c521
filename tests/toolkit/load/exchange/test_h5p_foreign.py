"""H5P as other authors make it, one library after the other."""

import json
from typing import Any

import pytest
from toolkit.publish.exchange.peers import PNG

from e4j.load.exchange import import_quiz
from e4j.model.plain import item_value
from e4j.publish.exchange.package import pack


def read(library: str, content: Any, **files: bytes) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    about = {"title": "Theirs", "mainLibrary": library, "language": "en"}
    named = {"h5p.json": json.dumps(about).encode(), "content/content.json": json.dumps(content).encode()}
    found = import_quiz("h5p", pack(named | {f"content/images/{name}.png": data for name, data in files.items()}), "a.h5p", "en")
    assert found.quiz is None or found.quiz.title.value == "Theirs"
    return [item_value(one) for one in found.quiz.items] if found.quiz else [], [(one.code, one.message) for one in found.findings]


def one(library: str, content: Any, **files: bytes) -> dict[str, Any]:
    (found,), said = read(library, content, **files)
    assert said == []
    return found


ANSWERS = [
    {"text": "<div>Yes</div>\n", "correct": True, "tipsAndFeedback": {"chosenFeedback": "<div>Good</div>", "tip": "", "notChosenFeedback": ""}},
    {"text": "<div>No</div>", "correct": False},
]


def test_multi_choice():
    image = {"type": {"library": "H5P.Image 1.1", "params": {"file": {"path": "images/Plan.png", "mime": "image/png"}, "alt": "A plan"}}}
    content = {
        "question": "<p>Is it?</p>\n", "answers": ANSWERS, "media": image, "behaviour": {"randomAnswers": True, "type": "auto"},
        "overallFeedback": [{"from": 0, "to": 50, "feedback": "So"}, {"from": 51, "to": 100, "feedback": "So"}],
    }
    assert one("H5P.MultiChoice", content, Plan=PNG) == {
        "id": "is-it", "type": "single", "stem": "Is it?", "explain": "So", "media": {"src": "plan.png", "alt": "A plan"}, "shuffle": True,
        "options": [{"id": "yes", "text": "Yes", "correct": True, "feedback": "Good"}, {"id": "no", "text": "No"}],
    }
    assert one("H5P.MultiChoice", {"question": "?", "answers": ANSWERS, "behaviour": {"type": "multi", "singlePoint": True}})["scoring"] == "all-or-nothing"
    assert one("H5P.MultiChoice", {"question": "?", "answers": [{"text": "a"}, {"text": "b"}]})["type"] == "survey"


def test_true_false():
    content = {"question": "<p>Is it?</p>", "correct": "false", "behaviour": {"feedbackOnCorrect": "Right", "feedbackOnWrong": "Look again"}}
    assert one("H5P.TrueFalse", content) == {"id": "is-it", "type": "truefalse", "stem": "Is it?", "answer": False, "feedback": {"true": "Look again", "false": "Right"}}


def test_blanks():
    content = {"text": "<p>Fill in the missing words</p>", "questions": ["<p>Oslo is in *Norway/Norge:A country*.</p>", "<p>It has *water*.</p>"], "behaviour": {"caseSensitive": False}}
    (found,), said = read("H5P.Blanks", content)
    assert said == [("X004", "hints on single gaps are left out")]
    assert (found["stem"], found["gaps"]["1"]) == ("Oslo is in {{1}}. It has {{2}}.", {"kind": "text", "accept": {"en": [{"text": "Norway"}, {"text": "Norge"}]}})
    short = one("H5P.Blanks", {"text": "<p>Capital?</p>", "questions": ["<p>*Oslo:North*</p>"], "behaviour": {"caseSensitive": False}})
    assert short == {"id": "capital", "type": "short", "stem": "Capital?", "accept": {"en": [{"text": "Oslo"}]}, "hints": ["North"]}


def test_drag_text():
    content = {"taskDescription": "<p>Drag the words into the correct boxes</p>", "textField": "The *sky:Above* is *blue\\+Yes\\-Look up*.", "distractors": "*red*"}
    assert one("H5P.DragText", content) == {
        "id": "the-1-is-2", "type": "cloze", "stem": "The {{1}} is {{2}}.", "distractors": [{"id": "red", "text": "red"}],
        "gaps": {"1": {"kind": "drag", "text": "sky"}, "2": {"kind": "drag", "text": "blue", "feedback": "Look up"}},
    }


def test_sort_paragraphs_essay_and_single_choices():
    assert one("H5P.SortParagraphs", {"taskDescription": "<p>Order</p>", "paragraphs": ["<p>A</p>", "<p>B</p>"]})["sequence"] == [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
    assert one("H5P.Essay", {"taskDescription": "<p>Write</p>", "solution": {"sample": "<p>Like this</p>"}}) == {"id": "write", "type": "reflect", "stem": "Write", "model": "Like this"}
    found = one("H5P.SingleChoiceSet", {"choices": [{"question": "<p>Q?</p>", "answers": ["<p>r</p>", "<p>w</p>"]}]})
    assert (found["type"], found["options"]) == ("single", [{"id": "r", "text": "r", "correct": True}, {"id": "w", "text": "w"}])


def way(text: str, to: int, **feedback: Any) -> dict[str, Any]:
    return {"text": text, "nextContentId": to, "feedback": feedback}


def test_branching_scenario():
    def asked(text: str, *ways: Any) -> dict[str, Any]:
        return {"type": {"library": "H5P.BranchingQuestion 1.0", "params": {"branchingQuestion": {"question": text, "alternatives": list(ways)}}}}

    inner = {
        "title": "Dilemma", "scoringOptionGroup": {"scoringOption": "static-end-score"},
        "content": [asked("First", way("Go on", 1, title="Hm"), way("Stop", -1, title="Why", subtitle="It ends", endScreenScore=40)), asked("Second", way("Back", 0))],
    }
    found = one("H5P.BranchingScenario", {"branchingScenario": inner})
    assert (found["type"], found["stem"], found["start"], found["loops"]) == ("scenario", "Dilemma", "n1", True)
    assert found["nodes"]["n1"]["choices"] == [{"id": "go-on", "text": "Go on", "to": "n2", "feedback": "Hm"}, {"id": "stop", "text": "Stop", "to": "end-1-stop", "score": 0.4, "feedback": "Why"}]
    assert found["nodes"]["end-1-stop"] == {"text": "It ends", "end": True}
    inner["content"][0]["type"]["library"] = "H5P.Video 1.6"
    assert read("H5P.BranchingScenario", {"branchingScenario": inner}) == ([], [("X003", "a scenario with more than questions is left out")])


def test_a_set_says_what_it_leaves_out():
    questions = [{"library": "H5P.TrueFalse 1.8", "params": {"question": "A?", "correct": "true"}}, {"library": "H5P.DragQuestion 1.15", "params": {}}, None]
    items, said = read("H5P.QuestionSet", {"questions": questions})
    assert [found["stem"] for found in items] == ["A?"]
    assert said == [("X004", "an empty question of the set is left out"), ("X003", "a question of the kind 'H5P.DragQuestion' is left out")]


@pytest.mark.parametrize("library", ["H5P.InteractiveVideo", "H5P.Timeline", ""])
def test_other_libraries_are_named(library):
    assert read(library, {}) == ([], [("X003", f"a question of the kind '{library}' is left out")])
