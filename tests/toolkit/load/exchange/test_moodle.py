"""Moodle XML as Moodle itself and other tools write it, and as people write it who mean harm."""

from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from e4j.load.exchange.moodle import read
from e4j.model.exchange import Import
from e4j.model.plain import item_value

SAMPLE = Path(__file__).with_name("samples") / "moodle.xml"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">{}</svg>'


@pytest.fixture(scope="module")
def found() -> Import:
    return read(SAMPLE.read_bytes(), "moodle.xml", "en")


@pytest.fixture(scope="module")
def items(found: Import) -> dict[str, dict]:
    assert found.quiz is not None
    return {item.id: item_value(item) for item in found.quiz.items}


def test_the_quiz_is_named_after_its_category(found: Import) -> None:
    assert found.quiz is not None
    assert (found.quiz.id, found.quiz.title.value) == ("moodle", "Rule of law")


def test_a_choice_with_everything(found: Import, items: dict[str, dict]) -> None:
    assert items["law-01"] == {
        "id": "law-01", "type": "single", "stem": "Who **may** close the market?", "explain": "Courts look at it.", "hints": ["Who is independent?"],
        "points": 2, "tags": ["Rule of law"], "media": {"src": "market-hall.png", "alt": "The hall"}, "shuffle": True,
        "options": [{"id": "a-court-of", "text": "A court of law", "correct": True, "feedback": "Yes & no *more*"}, {"id": "the-mayor", "text": "The mayor"}],
    }
    assert found.media["market-hall.png"].startswith(b"\x89PNG")


def test_the_other_kinds(items: dict[str, dict]) -> None:
    assert [(name, item["type"]) for name, item in items.items()] == [
        ("law-01", "single"), ("several", "multiple"), ("tf", "truefalse"), ("term", "short"), ("year", "numeric"), ("match", "match"), ("gaps", "cloze"),
        ("select", "cloze"), ("drag", "cloze"), ("steps", "order"), ("where", "hotspot"), ("essay", "reflect"),
    ]
    assert [option.get("correct", False) for option in items["several"]["options"]] == [True, True, False]
    assert (items["tf"]["stem"], items["tf"]["answer"], items["tf"]["feedback"]) == ("Is 2 \\* 2 = 4?", True, {"true": "Right"})
    assert (items["term"]["stem"], items["term"]["accept"]) == ("The *term*?", {"en": [{"text": "bribe"}, {"text": "2*2", "credit": 0.5}]})
    assert items["year"]["accept"] == [{"value": "2005"}, {"value": "1500", "tolerance": "0.5", "credit": 0.5}]
    assert items["year"]["unit"] == "km"
    assert [pair["left"] for pair in items["match"]["pairs"]] == ["Judge", "Lawyer"]
    assert [part["text"] for part in items["match"]["distractors"]] == ["sings"]
    assert items["steps"]["scoring"] == "all-or-nothing"
    assert items["where"]["image"] == {"src": "plan.png", "width": 100, "height": 50, "alt": ""}
    assert items["where"]["areas"] == [{"id": "r1", "shape": "rect", "coords": [10, 10, 30, 40], "label": "1", "correct": True}]
    assert (items["essay"]["model"], items["essay"]["words"]) == ("Names the reason.", {"min": 20, "max": 200})


def test_sentences_with_gaps(items: dict[str, dict]) -> None:
    assert items["gaps"]["stem"] == "Power {{1}} and {{2}} rules {{3}}."
    assert items["gaps"]["gaps"]["1"] == {"kind": "text", "accept": {"en": [{"text": "corrupts", "feedback": "Yes"}, {"text": "spoils", "credit": 0.5}]}}
    assert items["gaps"]["gaps"]["2"]["options"] == [{"id": "law", "text": "law", "correct": True}, {"id": "chance", "text": "chance", "feedback": "No: \\} never"}]
    assert items["gaps"]["gaps"]["3"]["accept"] == {"en": [{"text": "3"}]}
    assert [option["text"] for option in items["select"]["gaps"]["1"]["options"]] == ["judge", "cook"]
    assert (items["drag"]["stem"], items["drag"]["gaps"]["1"]["text"]) == ("The {{1}} decides.", "judge")
    assert items["drag"]["distractors"] == [{"id": "d1", "text": "cook"}]


def test_everything_that_was_not_understood_is_named_at_its_line(found: Import) -> None:
    assert [(finding.line, finding.code) for finding in found.findings] == [
        (11, "X004"), (37, "X005"), (52, "X005"), (52, "X004"), (52, "X004"), (61, "X004"), (61, "X004"), (100, "X005"), (107, "X004"), (115, "X004"), (119, "X003"),
    ]


def _picture(name: str, data: str) -> bytes:
    from base64 import b64encode
    packed = b64encode(data.encode("latin-1")).decode()
    return (
        '<quiz><question type="truefalse"><name><text>a</text></name><questiontext format="html"><text><![CDATA[<img src="@@PLUGINFILE@@/' + name
        + '">A?]]></text><file name="' + name + '" encoding="base64">' + packed + '</file></questiontext><answer fraction="100"><text>true</text></answer></question></quiz>'
    ).encode()


@pytest.mark.parametrize(("name", "data"), [
    ("a.svg", SVG.format("<script>alert(1)</script>")), ("a.svg", SVG.format('<rect onclick="x()"/>')), ("a.svg", SVG.format('<a href="javascript:x()"/>')),
    ("a.svg", SVG.format('<image href="http://evil.example/x.png"/>')), ("a.svg", SVG.format("<foreignObject/>")), ("a.svg", "<!DOCTYPE svg><svg/>"),
    ("a.png", "<html>"), ("a.html", "<html>"), ("a.exe", "MZ"),
])
def test_pictures_that_act_or_are_none_are_left_out(name: str, data: str) -> None:
    found = read(_picture(name, data), "q.xml", "en")
    assert found.quiz is not None
    assert (found.media, found.quiz.items[0].media) == ({}, None)
    assert {finding.code for finding in found.findings} == {"X004"}


def test_a_harmless_drawing_is_kept() -> None:
    found = read(_picture("../../My plan.svg", SVG.format('<rect width="5"/>')), "q.xml", "en")
    assert list(found.media) == [] and found.quiz is not None
    found = read(_picture("My plan.svg", SVG.format('<rect width="5"/>')), "q.xml", "en")
    assert list(found.media) == ["my-plan.svg"]


@pytest.mark.parametrize(("data", "code"), [
    (b"", "X001"), (b"<quiz>", "X001"), (b"<html/>", "X001"), (b'<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>', "X002"),
    (b"<quiz>" + b"<a>" * 3000 + b"</a>" * 3000 + b"</quiz>", "X002"),
])
def test_files_that_cannot_be_read_give_no_quiz(data: bytes, code: str) -> None:
    found = read(data, "q.xml", "en")
    assert found.quiz is None
    assert [finding.code for finding in found.findings] == [code]


def test_scripts_of_strangers_do_not_come_in() -> None:
    data = SAMPLE.read_bytes().replace(b"Who <b>may</b>", b"<script>alert(1)</script><a href='javascript:x'>Who</a> <b onclick='y'>may</b>")
    found = read(data, "moodle.xml", "en")
    assert found.quiz is not None
    assert found.quiz.items[0].stem.value == "Who **may** close the market?"


TAGS = ["question", "answer", "text", "subquestion", "drag", "drop", "file", "fraction", "e4j", "tags", "hint", "units", "unit_name"]
KINDS = ["multichoice", "truefalse", "shortanswer", "numerical", "cloze", "gapselect", "ddwtos", "ordering", "matching", "ddmarker", "essay", "category", "x"]


@given(st.recursive(
    st.sampled_from(["", "=", "{1:SA:=a}", "[[1]]", "100", "true", "1e999", "{1:MC:", "%", "\\"]),
    lambda inside: st.builds(lambda tag, kind, parts: f'<{tag} type="{kind}" fraction="{kind}">{"".join(parts)}</{tag}>', st.sampled_from(TAGS), st.sampled_from(KINDS), st.lists(inside, max_size=4)),
    max_leaves=12,
))
def test_any_tree_of_their_elements_gives_findings_and_never_a_traceback(inside: str) -> None:
    for kind in KINDS:
        read(f'<quiz><question type="{kind}"><questiontext><text>{{1:SA:=a}} [[1]]</text></questiontext>{inside}</question></quiz>'.encode(), "q.xml", "en")
