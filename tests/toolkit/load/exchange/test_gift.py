"""GIFT as teachers and programs write it: every form, sloppy escapes, every mistake at its line, and no traceback whatever the bytes."""

import pytest
from hypothesis import example, given, strategies as st

from e4j.load.exchange import import_quiz
from e4j.load.exchange.gift import read
from e4j.model.plain import item_value, quiz_value


def items(text: str) -> list[dict]:
    found = import_quiz("gift", text.encode(), "q.gift", "en")
    assert found.quiz is not None
    return [item_value(item) for item in found.quiz.items]


def one(text: str) -> dict:
    (item,) = items(text)
    return item


def codes(text: str) -> list[tuple[str, int]]:
    return [(finding.code, finding.line) for finding in import_quiz("gift", text.encode(), "q.gift", "en").findings]


def test_choosing_one_with_feedback_and_general_feedback() -> None:
    assert one("::who::Who checks the law?{=A judge#Yes. ~The mayor#No.####Courts do.}") == {
        "id": "who", "type": "single", "stem": "Who checks the law?", "explain": "Courts do.",
        "options": [{"id": "a-judge", "text": "A judge", "correct": True, "feedback": "Yes."}, {"id": "the-mayor", "text": "The mayor", "feedback": "No."}],
    }


def test_choosing_several_by_shares() -> None:
    item = one("Which?{~%50%Law ~%50%Courts ~%-50%Luck ~%-50%Force}")
    assert (item["type"], [option.get("correct", False) for option in item["options"]]) == ("multiple", [True, True, False, False])


@pytest.mark.parametrize(("written", "answer"), [("T", True), ("TRUE", True), ("true", True), ("F", False), ("FALSE", False)])
def test_true_and_false(written: str, answer: bool) -> None:
    assert one(f"Is it?{{{written}}}") == {"id": "is-it", "type": "truefalse", "stem": "Is it?", "answer": answer}


def test_feedback_of_true_and_false_is_first_that_of_the_wrong_answer() -> None:
    assert one("Is it?{F#It is not.#Right.}")["feedback"] == {"true": "It is not.", "false": "Right."}


def test_words_with_shares() -> None:
    assert one("Term?{=corruption =%50%corrupt#The noun.}")["accept"] == {"en": [{"text": "corruption"}, {"text": "corrupt", "credit": 0.5, "feedback": "The noun."}]}


@pytest.mark.parametrize(("written", "accept"), [
    ("#2005", [{"value": "2005"}]), ("#2005:1", [{"value": "2005", "tolerance": "1"}]), ("#3..5", [{"value": "4", "tolerance": "1"}]),
    ("#-1.5..0", [{"value": "-0.75", "tolerance": "0.75"}]), ("#=2005:0 =%50%2005:2#Near.", [{"value": "2005"}, {"value": "2005", "tolerance": "2", "credit": 0.5, "feedback": "Near."}]),
    ("#\n=%100%3,14:0.01\n", [{"value": "3.14", "tolerance": "0.01"}]), ("#1e3", [{"value": "1000"}]),
])
def test_numbers(written: str, accept: list[dict]) -> None:
    assert one(f"How many?{{{written}}}")["accept"] == accept


def test_pairs_and_distractors() -> None:
    item = one("Match.{\n=Judge -> decides\n=Lawyer -> speaks\n= -> sings\n}")
    assert item["pairs"] == [{"id": "judge", "left": "Judge", "right": "decides"}, {"id": "lawyer", "left": "Lawyer", "right": "speaks"}]
    assert item["distractors"] == [{"id": "sings", "text": "sings"}]


def test_order_as_moodle_writes_it() -> None:
    item = one("Order.{>3 ALL VERTICAL ALL_OR_NOTHING SHOW\nfirst\nsecond\nthird\n}")
    assert ([part["text"] for part in item["sequence"]], item["scoring"]) == (["first", "second", "third"], "all-or-nothing")


def test_essay_description_and_missing_word() -> None:
    assert one("Write.{}") == {"id": "write", "type": "reflect", "stem": "Write.", "model": ""}
    assert codes("Only a text.") == [("X004", 1)]
    item = one("Power tends to {=corrupt} people.")
    assert (item["type"], item["stem"], item["gaps"]) == ("cloze", "Power tends to {{1}} people.", {"1": {"kind": "text", "accept": {"en": [{"text": "corrupt"}]}}})
    assert one("Power {=corrupts ~heals} people.")["gaps"]["1"]["options"][0] == {"id": "corrupts", "text": "corrupts", "correct": True}


def test_an_opinion_is_where_every_answer_counts() -> None:
    item = one("I would dare.{~%100%Yes ~%100%No}")
    assert (item["type"], item["options"]) == ("survey", [{"id": "yes", "text": "Yes"}, {"id": "no", "text": "No"}])


def test_titles_categories_marks_and_comments() -> None:
    found = import_quiz("gift", b"// [id:a/b-1] [tag:law] [tag:courts]\n$CATEGORY: $course$/Top/My law\n\n// [id:x/y]  [tag:law]\n::T::What?{T}\n", "q.gift", "en")
    assert found.quiz is not None
    assert (found.quiz.title.value, found.quiz.id) == ("My law", "q")
    assert [(item.id, item.tags) for item in found.quiz.items] == [("y", ("law",))]


@pytest.mark.parametrize(("style", "text", "stem"), [
    ("[html]", "<p>A <b>bold</b> &amp; <em>fine</em> law</p>", "A **bold** & *fine* law"), ("[markdown]", "A **bold** law", "A **bold** law"),
    ("[plain]", "A *star*", "A \\*star\\*"), ("[moodle]", "Two<br>lines", "Two lines"), ("", "5 * 3", "5 \\* 3"),
])
def test_formats(style: str, text: str, stem: str) -> None:
    assert one(f"{style}{text}{{T}}")["stem"] == stem


def test_escapes_also_sloppy_ones() -> None:
    item = one(r"What is 1\=1 \{set\} C:\\dir at 10\:30 \alpha?{=It \~ holds\: \#1 ~No}")
    assert item["stem"] == r"What is 1=1 \{set\} C:\\dir at 10:30 \\alpha?"
    assert item["options"][0]["text"] == "It ~ holds: #1"


def test_questions_without_an_empty_line_between_them_and_empty_lines_in_braces() -> None:
    assert [item["id"] for item in items("::a::Is it?{T}\n::b::Which?{\n=One\n\n~Two\n}\n\n\n::c::Is it not?{F}")] == ["a", "b", "c"]


def test_every_mistake_is_found_at_its_line_and_the_rest_is_read() -> None:
    text = (
        "::a::Fine?{T}\n\n::b::No sign {yes or no}\n\n::c::Share {\n=%half%One\n~Two\n}\n\n::d::Twice {=a ~b} and {=c}\n\n::e::Number {#about ten}\n\n"
        "::f::Pair {\n=a -> b\n=c\n}\n\n::g::Closed } here\n\n::h::Inner {=a {b} ~c}\n\n::i::None right {~a ~b}\n\n::j::Fine?{F}\n\n::k::Open {=a ~b\n"
    )
    found = import_quiz("gift", text.encode(), "q.gift", "en")
    assert [(finding.code, finding.line) for finding in found.findings] == [("X001", line) for line in (3, 10, 12, 16, 19, 21, 23, 27)]
    assert found.quiz is not None
    assert [item.id for item in found.quiz.items] == ["a", "c", "j"]


def test_other_encodings_and_empty_files_are_findings() -> None:
    assert [finding.code for finding in read("::a::Où?{T}".encode("latin-1"), "q.gift", "fr").findings] == ["X001"]
    assert [finding.code for finding in read(b"", "q.gift", "en").findings] == ["X001"]
    assert quiz_value(read("\ufeff::a::Où?{T}\r\n".encode(), "q.gift", "fr").quiz)["items"][0]["stem"] == "Où?"  # type: ignore[arg-type]


@given(st.one_of(st.binary(max_size=200), st.text(alphabet="::{}=~#%->.\\ \n/$[]e4jTF0159a", max_size=120).map(str.encode)))
@example(b"{#..}")
@example(b"::::{>")
@example(b"// [e4j:{]\n{}")
@example(b"a{#1e99}")
def test_any_bytes_give_findings_and_never_a_traceback(data: bytes) -> None:
    found = read(data, "q.gift", "en")
    assert found.quiz is not None or found.findings


def test_of_many_questions_the_first_two_thousand_are_read() -> None:
    found = import_quiz("gift", b"Same?{T}\n\n" * 2_001, "q.gift", "en")
    assert found.quiz is not None
    assert (len({item.id for item in found.quiz.items}), [finding.code for finding in found.findings]) == (2_000, ["X004"])
