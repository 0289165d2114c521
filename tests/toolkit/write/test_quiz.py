"""A quiz that was written as YAML and is loaded again is the same quiz, and people can read what was written."""

from hypothesis import given, strategies as st
from toolkit.quizzes import EVERYTHING, QUIZZES

from e4j.load.decode import decode
from e4j.load.yaml import read_yaml
from e4j.model.finding import Finding
from e4j.model.plain import quiz_value
from e4j.model.quiz import AcceptedNumber, Numeric, Quiz, Single
from e4j.model.text import Text
from e4j.write.quiz import quiz_yaml


def loaded(text: str) -> Quiz:
    found: list[Finding] = []
    document = read_yaml(text, "q.yml", found)
    assert document is not None
    document.value.pop("schema")
    quiz = decode(document, Quiz, "q.yml", found)
    assert quiz is not None and found == []
    return quiz


@given(QUIZZES)
def test_loading_what_was_written_gives_the_same_quiz(quiz: Quiz) -> None:
    assert quiz_value(loaded(quiz_yaml(quiz))) == quiz_value(quiz)


def test_one_of_each_kind() -> None:
    assert quiz_value(loaded(quiz_yaml(EVERYTHING))) == quiz_value(EVERYTHING)


@given(st.one_of(
    st.sampled_from(["no", "off", "Yes", "true", "null", "~", "12:30", "2024-01-01", "1e3", "0x1f", "1_000", "-", "- a", "? a", "a: b", "a #b", "a:", "'", '"', "*a", "&a", "!a", "%a", "@a", "`a`", "[a", "{a", "|", ">", "---", "...", "<<", "=", ".5", "+1", ".inf"]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda text: text.strip()),
))
def test_any_tag_is_the_same_word_afterwards(word: str) -> None:
    quiz = Quiz(id="q", title=Text(value="Q"), items=(Single(id="a", stem=Text(value="A"), options=(), tags=(word,)),))
    assert loaded(quiz_yaml(quiz)).items[0].tags == (word,)


def test_it_reads_like_what_people_write() -> None:
    quiz = Quiz(id="q", title=Text(value="What: a quiz"), items=(Numeric(id="n", stem=Text(value="How many?"), accept=(
        AcceptedNumber(value="12", tolerance="0.50"), AcceptedNumber(value="007", credit=0.5, feedback=Text(value="Yes & no.")),
    ), tags=("law", "off")),))
    assert quiz_yaml(quiz) == """\
schema: quiz/1
id: q
title: "What: a quiz"
items:
  - id: n
    type: numeric
    stem: How many?
    accept:
      - value: 12
        tolerance: "0.50"
      - value: "007"
        credit: 0.5
        feedback: Yes & no.
    tags:
      - law
      - "off"
"""
