"""Moodle XML in the form the real Moodle takes: what it taught is held here."""

import re
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from toolkit.quizzes import EVERYTHING, QUIZZES, sent

from e4j.model.quiz import Multiple, Option, Quiz
from e4j.model.text import Text
from e4j.publish.exchange.fractions import GRADES, grade


def written(quiz: Quiz, language: str = "en") -> Element:
    return fromstring(sent("moodle", quiz, language).files[f"{quiz.id}.xml"])  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def questions() -> dict[str, Element]:
    return {str(one.findtext("idnumber")): one for one in written(EVERYTHING)}


def test_every_kind_has_its_type_and_its_own_number(questions: dict[str, Element]) -> None:
    assert {name.removeprefix("everything/"): one.get("type") for name, one in questions.items()} == {
        "everything": "category", "single": "multichoice", "multiple": "multichoice", "truefalse": "truefalse", "short": "shortanswer", "numeric": "numerical",
        "cloze": "cloze", "order": "ordering", "match": "matching", "categorize": "matching", "hotspot": "ddmarker", "survey": "multichoice", "reflect": "essay",
        "scenario": "description",
    }


def test_ordering_has_what_its_database_needs(questions: dict[str, Element]) -> None:
    order = questions["everything/order"]
    assert (order.findtext("shownumcorrect"), order.findtext("selectcount"), order.findtext("gradingtype")) == ("1", "2", "ALL_OR_NOTHING")


def test_sentences_with_gaps_are_in_moodles_notation(questions: dict[str, Element]) -> None:
    assert questions["everything/cloze"].findtext("questiontext/text") == (
        "<p>Say {1:SHORTANSWER:=law~%40%laws#Nearly.}, {1:MULTICHOICE:=Option x#About x~Option y#About y} and {1:MULTICHOICE_S:=right~Part a#About it~Part b#About it}.</p>"
        '<p><img src="@@PLUGINFILE@@/one.png" alt="A picture"></p>'
    )


def test_numbers_pairs_places_and_essays(questions: dict[str, Element]) -> None:
    numeric = questions["everything/numeric"]
    assert [(one.get("fraction"), one.findtext("text"), one.findtext("tolerance")) for one in numeric.findall("answer")] == [("100", "12", "1"), ("40", "13", "0")]
    assert numeric.findtext("units/unit/unit_name") == "km"
    pairs = [(one.findtext("text"), one.findtext("answer/text")) for one in questions["everything/match"].findall("subquestion")]
    assert pairs == [("L", "R"), ("M", "S"), ("", "Part a"), ("", "Part b")]
    drop = questions["everything/hotspot"].find("drop")
    assert drop is not None and (drop.findtext("shape"), drop.findtext("coords")) == ("rectangle", "1,2;29,38")
    essay = questions["everything/reflect"]
    assert (essay.findtext("minwordlimit"), essay.findtext("maxwordlimit")) == ("10", "90")
    assert essay.findtext("graderinfo/text") == "<p>Like this.</p><ul><li>Says why (2)</li></ul>"


def test_hints_tags_points_and_explanations(questions: dict[str, Element]) -> None:
    single = questions["everything/single"]
    assert [single.findtext(path) for path in ("hint/text", "tags/tag/text", "defaultgrade", "generalfeedback/text", "shuffleanswers")] == ["Think.", "law", "2", "So it is.", "true"]


@given(QUIZZES)
def test_every_file_is_xml_with_shares_from_moodles_list(quiz: Quiz) -> None:
    root = written(quiz)
    assert len(root) == len(quiz.items) + 1
    numbers = [one.findtext("idnumber") for one in root]
    assert len(set(numbers)) == len(numbers)
    shares = {str(one.get("fraction")).lstrip("-") for question in root if question.get("type") != "ordering" for one in question.iter("answer") if one.get("fraction")}
    assert shares <= set(GRADES)


@pytest.mark.parametrize(("right", "share", "exact"), [(1, "100", True), (3, "33.33333", True), (6, "16.66667", True), (7, "14.28571", True), (9, "11.11111", True), (11, "10", False)])
def test_marks_of_several_right_choices(right: int, share: str, exact: bool) -> None:
    assert grade(100 / right) == (share, exact)
    options = tuple(Option(id=f"o{n}", text=Text(value=str(n)), correct=n < right) for n in range(right + 1))
    item = Multiple(id="m", stem=Text(value="Which?"), options=options)
    export = sent("moodle", replace(EVERYTHING, items=(item,)))
    assert bool([loss for loss in export.losses if loss.item]) is not exact
    question = fromstring(export.files["everything.xml"])[1]
    assert [one.get("fraction") for one in question.findall("answer")] == [share] * right + [f"-{share}"]


def test_texts_are_html_without_links_into_our_site() -> None:
    item: Any = EVERYTHING.items[0]
    stem = Text(value="**Law** & {term}`order <order>`, [the world](https://example.org) and {page}`story`")
    text = written(replace(EVERYTHING, items=(replace(item, stem=stem, media=None),)))[1].findtext("questiontext/text")
    assert text == '<p><strong>Law</strong> &amp; order, <a href="https://example.org">the world</a> and story</p>'


def test_arabic_is_written_from_right_to_left() -> None:
    text = written(EVERYTHING, "ar")[1].findtext("questiontext/text")
    assert text is not None and re.match(r'<p dir="rtl" lang="ar">', text)


def test_a_picture_that_is_missing_is_a_loss() -> None:
    export = sent("moodle", replace(EVERYTHING, media=()))
    assert {(loss.item, loss.field) for loss in export.losses} >= {("single", "media"), ("hotspot", "type")}
