"""The short form for teachers becomes the same model as YAML, and every mistake is found at its line."""

from typing import Any

from hypothesis import given, strategies as st

from e4j.load.exchange.markdown_quiz import read
from e4j.model.plain import item_value

FRONT = "---\nid: q\ntitle: A quiz\nsettings: {pass: 0.6}\n---\n"
ALL = FRONT + """
## Who decides? {#who}

In a *fair* trial.

- [x] A judge > Yes.
- [ ] The mayor > No,
  never.
Hint: Who is independent?
Hint: Not the mayor.
Explain: Courts
  do.
Reread: lost-coin/story#the-coin
Points: 2
Outcome: see
Tags: law, courts
Picture: hall.png | The hall

## Which two? {#two}
* [X] Courts
* [ ] Luck
* [x] Laws

## Is 3 > 2? {#is}
True
If false: Count.

## How many? {#many}
Answer: 12 ± 1 | 50% 14 > Near.
Unit: km

## Which word? {#word}
Answer: bribe
Answer: 50% bribery > That is the crime.

## Put in order {#order}
Order:
1. one
2. two > second

## Match {#match}
- a = b > well
- c = d
- = e

## Opinion {#opinion}
- Yes > For this
- No

## Write {#write}
Model: Like this.
Words: 20-100
"""


def items(text: str) -> dict[str, dict[str, Any]]:
    found = read(text.encode(), "quizzes/q.md", "en")
    assert found.findings == () and found.quiz is not None
    return {item.id: item_value(item) for item in found.quiz.items}


def test_head_and_lines() -> None:
    found = read(ALL.encode(), "quizzes/q.md", "en")
    assert found.quiz is not None
    assert (found.quiz.id, found.quiz.title.value, found.quiz.settings.passing) == ("q", "A quiz", 0.6)
    assert [item.line for item in found.quiz.items[:3]] == [7, 24, 29]
    assert [option.text.line for option in found.quiz.items[0].options] == [11, 12]  # type: ignore[union-attr]


def test_all_kinds_of_the_short_form() -> None:
    found = items(ALL)
    assert found["who"] == {
        "id": "who", "type": "single", "outcome": "see", "stem": "Who decides? In a *fair* trial.", "explain": "Courts do.", "hints": ["Who is independent?", "Not the mayor."],
        "options": [{"id": "a-judge", "text": "A judge", "correct": True, "feedback": "Yes."}, {"id": "the-mayor", "text": "The mayor", "feedback": "No, never."}],
        "reread": "lost-coin/story#the-coin", "points": 2, "tags": ["law", "courts"], "media": {"src": "hall.png", "alt": "The hall"},
    }
    assert found["two"]["type"] == "multiple"
    assert (found["is"]["answer"], found["is"]["feedback"], found["is"]["stem"]) == (True, {"false": "Count."}, "Is 3 > 2?")
    assert (found["many"]["accept"], found["many"]["unit"]) == ([{"value": "12", "tolerance": "1"}, {"value": "14", "credit": 0.5, "feedback": "Near."}], "km")
    assert found["word"]["accept"] == {"en": [{"text": "bribe"}, {"text": "bribery", "credit": 0.5, "feedback": "That is the crime."}]}
    assert found["order"]["sequence"] == [{"id": "one", "text": "one"}, {"id": "two", "text": "two", "feedback": "second"}]
    assert found["match"]["pairs"][0] == {"id": "a", "left": "a", "right": "b", "feedback": "well"}
    assert found["match"]["distractors"] == [{"id": "e", "text": "e"}]
    assert found["opinion"] == {"id": "opinion", "type": "survey", "stem": "Opinion", "options": [{"id": "yes", "text": "Yes", "feedback": "For this"}, {"id": "no", "text": "No"}]}
    assert (found["write"]["model"], found["write"]["words"]) == ("Like this.", {"min": 20, "max": 100})


def test_every_mistake_is_found_at_its_line() -> None:
    text = FRONT + (
        "Too early.\n# Title\n## No id\nTrue\n## None {#none}\n## Two {#two}\n- [x] a\n- [ ] b\nTrue\n## Boxes {#boxes}\n- [x] a\n- b\n## Wrong {#wrong}\n- [ ] a\n- [ ] b\n"
        "## Alone {#alone}\n- [x] a\n## Late {#late}\nTrue\nMore text.\n## Twice {#twice}\nTrue\nExplain: a\nExplain: b\n## Points {#points}\nTrue\nPoints: many\n"
        "## Order {#order}\nOrder:\n1. one\n## Empty {#empty}\nAnswer:\n## Words {#words}\nModel: x\nWords: few\n## Unit {#unit}\nAnswer: word\nUnit: km\n## Fine {#fine}\nFalse\n"
    )
    found = read(text.encode(), "q.md", "en")
    assert [(finding.line, finding.code) for finding in found.findings] == [
        (6, "X001"), (7, "M008"), (8, "M007"), (25, "X001"), (29, "X001"), (10, "X001"), (11, "X001"), (17, "X001"), (19, "Q001"), (22, "Q004"), (32, "X001"), (34, "X001"), (37, "X001"),
        (40, "X001"), (43, "X001"),
    ]
    assert found.quiz is not None
    assert "fine" in [item.id for item in found.quiz.items]


def test_the_front_matter_is_checked_as_yaml() -> None:
    found = read(b"---\nid: q\ntitel: A quiz\nsettings: {pass: much}\n---\n## A {#a}\nTrue\n", "q.md", "en")
    assert sorted((finding.line, finding.code) for finding in found.findings) == [(3, "Y003"), (4, "Y005")]
    assert [finding.code for finding in read(b"## A {#a}\nTrue\n", "q.md", "en").findings] == ["M011"]
    assert [finding.code for finding in read(b"\xff", "q.md", "en").findings] == ["C002"]


@given(st.text(alphabet="#-[x] >=|{}:%±12\n\tAnswerOd.Tu", max_size=120))
def test_any_text_gives_findings_and_never_a_traceback(text: str) -> None:
    found = read((FRONT + text).encode(), "q.md", "en")
    assert found.quiz is not None
