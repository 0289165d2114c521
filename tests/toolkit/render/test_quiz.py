"""A quiz in a page: the payload the player relies on, and marks that no translation can move."""

import json
import re
from dataclasses import replace

import lxml.html
import pytest
from hypothesis import given, strategies as st
from toolkit.conftest import LANGUAGES, REPOSITORY, Built
from toolkit.render.worlds import text, world

from e4j.load.catalog import Sources
from e4j.mark.normalize import NORMALIZERS, normalize
from e4j.mark.revision import item_revision, quiz_revision, quiz_version
from e4j.model import quiz as q
from e4j.model.text import Text
from e4j.model.walk import map_texts
from e4j.render.quiz import quiz_html

VECTORS = json.loads((REPOSITORY / "tests/marking/vectors.json").read_text(encoding="utf-8"))
QUIZ = {"schema", "id", "rev", "title", "lang", "dir", "tier", "mode", "pass", "tries", "attempts", "feedback", "draw", "shuffle", "items"}
COMMON = {"id", "rev", "type", "points", "stem", "explain", "hints", "reread", "tags", "shuffle", "confidence", "media"}
OWN = {
    "single": {"options"}, "multiple": {"options", "scoring"}, "survey": {"options", "scale"}, "truefalse": {"answer", "feedback"},
    "short": {"normalize", "accept"}, "numeric": {"unit", "accept"}, "cloze": {"gaps", "tokens", "normalize", "scoring"},
    "order": {"parts", "scoring"}, "match": {"lefts", "rights", "key", "scoring"}, "categorize": {"categories", "things", "key", "scoring"},
    "hotspot": {"image", "areas"}, "reflect": {"words", "model", "rubric"}, "scenario": {"start", "scored", "values", "nodes"},
}
PART = {"id", "html", "feedback"}
SECRET = {"correct", "answer", "accept", "key", "token", "score", "values", "hints", "explain", "reread", "model", "rubric", "feedback"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_quiz_of_the_site_holds_to_the_contract(site: Built, language: str) -> None:
    kinds = set()
    for path, page in site.of_language(language).items():
        for element in page.xpath("//e4j-quiz"):
            payload = json.loads(element.xpath("string(script[@type='application/json'])"))
            assert set(payload) == QUIZ, path
            assert (payload["schema"], payload["id"], payload["rev"]) == ("player/2", element.get("quiz"), element.get("rev"))
            assert (payload["lang"], payload["dir"]) == (page.get("lang"), page.get("dir"))
            assert payload["mode"] in {"practice", "assessed", "survey"} and 0 <= payload["pass"] <= 1
            assert payload["tier"] == page.get("data-e4j-tier", payload["tier"]) and payload["tier"] in {"primary", "secondary", "adult"}
            assert len(element.xpath("div[@class='e4j-quiz-static']//li[@data-item]/fieldset")) == len(payload["items"]) > 0
            for item in payload["items"]:
                kinds.add(item["type"])
                (check_public if payload["mode"] == "assessed" else check_item)(item)
    assert kinds == set(OWN)


def check_item(item: dict) -> None:
    assert set(item) == COMMON | OWN[item["type"]], item["id"]
    assert isinstance(item["points"], int) and isinstance(item["stem"], str) and isinstance(item["explain"], str)
    assert all(isinstance(hint, str) for hint in item["hints"])
    assert item["reread"] is None or (set(item["reread"]) == {"href", "text"} and item["reread"]["text"])
    keyed = PART if item["type"] == "survey" else PART | {"correct"}
    assert all(set(option) == keyed for option in item.get("options", ()))
    for accepted in item.get("accept", ()):
        check_accepted(accepted, item)
    for name in ("tokens", "parts", "lefts", "rights", "things"):
        assert all(set(part) == PART for part in item.get(name, ()))
    if item["type"] == "cloze":
        assert re.findall(r'<span data-gap="([^"]+)"></span>', item["stem"]) and "{{" not in item["stem"]
        assert {"text", "choice", "drag"} >= {gap["kind"] for gap in item["gaps"]}
    for area in item.get("areas", ()):
        assert set(area) == PART | {"shape", "coords", "correct"}
    if item["type"] == "reflect":
        assert set(item["words"]) == {"min", "max"}
        assert all(set(line) == {"id", "html", "points"} for line in item["rubric"])


def check_accepted(accepted: dict, item: dict) -> None:
    assert set(accepted) == ({"text", "shown", "credit", "feedback"} if item["type"] == "short" else {"value", "tolerance", "credit", "feedback"})
    assert isinstance(accepted["credit"], int) and 0 <= accepted["credit"] <= 1000
    assert item["type"] == "numeric" or accepted["text"] == normalize(accepted["shown"], item["normalize"])


def check_public(item: dict) -> None:
    """An assessed item has nothing by which its key could be told."""
    for value in nested(item):
        assert not SECRET & set(value), item["id"]
    for name in ("options", "parts", "lefts", "rights", "tokens", "categories", "things", "areas", "nodes"):
        assert all(re.fullmatch("x[0-9]+", part["id"]) for part in item.get(name, ()))
    for name in ("parts", "rights", "tokens", "nodes"):
        ranks = [int(part["id"][1:]) for part in item.get(name, ())]
        assert ranks == sorted(ranks)


def nested(value: object) -> list[dict]:
    if isinstance(value, dict):
        return [value, *(inner for one in value.values() for inner in nested(one))]
    return [inner for one in value for inner in nested(one)] if isinstance(value, list) else []


def test_the_lessons_ask_in_at_least_nine_ways(sources: Sources) -> None:
    quizzes = [sources.catalog.quizzes[module.quiz] for module in sources.catalog.modules.values()]
    assert len({item.type for quiz in quizzes for item in quiz.items}) >= 9


@pytest.mark.parametrize("language", LANGUAGES)
def test_revisions_and_ids_are_the_same_in_every_language(site: Built, language: str) -> None:
    def keys(code: str) -> dict[str, object]:
        found = {}
        for path, page in site.of_language(code).items():
            for number, element in enumerate(page.xpath("//e4j-quiz")):
                payload = json.loads(element.xpath("string(script)"))
                items = [(item["id"], item["rev"], item["type"], [option["id"] for option in item.get("options", ())]) for item in payload["items"]]
                found[path.removeprefix(f"{code}/"), number] = (payload["id"], payload["rev"], items)
        return found
    assert keys(language) == keys("en")
    assert len(keys("en")) >= 3


def test_a_translation_moves_no_revision_and_a_key_does(sources: Sources) -> None:
    for quiz in sources.catalog.quizzes.values():
        if quiz.settings.mode == "assessed":
            continue  # known by its words in the source language: test_quiz_assessed.py
        translated = map_texts(quiz, lambda _, text: Text(value=f"[{text.value}]"))
        assert translated != quiz
        assert quiz_revision(translated) == quiz_revision(quiz)
        assert [item_revision(item) for item in translated.items] == [item_revision(item) for item in quiz.items]
        for index, item in enumerate(quiz.items):
            other = replace(item, points=item.points + 1)
            changed = replace(quiz, items=(*quiz.items[:index], other, *quiz.items[index + 1:]))
            assert item_revision(other) != item_revision(item)
            assert quiz_revision(changed) != quiz_revision(quiz)


def options(*right: bool) -> tuple[q.Option, ...]:
    return tuple(q.Option(id=f"o{number}", text=text("x"), correct=value) for number, value in enumerate(right))


@pytest.mark.parametrize(("one", "other"), [
    (q.Single(id="a", stem=text("x"), options=options(True, False)), q.Single(id="a", stem=text("x"), options=options(False, True))),
    (q.Multiple(id="a", stem=text("x"), options=options(True, False)), q.Single(id="a", stem=text("x"), options=options(True, False))),
    (q.TrueFalse(id="a", stem=text("x"), answer=True), q.TrueFalse(id="a", stem=text("x"), answer=False)),
    (q.Short(id="a", stem=text("x"), accept={"en": (q.AcceptedText(text="a"),)}), q.Short(id="a", stem=text("x"), accept={"en": (q.AcceptedText(text="b"),)})),
    (q.Numeric(id="a", stem=text("x"), accept=(q.AcceptedNumber(value="1"),)), q.Numeric(id="a", stem=text("x"), accept=(q.AcceptedNumber(value="1", tolerance="1"),))),
    (q.Reflect(id="a", stem=text("x"), model=text("m"), rubric=(q.RubricLine(id="r", text=text("x")),)), q.Reflect(id="a", stem=text("x"), model=text("m"))),
])
def test_a_revision_changes_with_what_counts_as_right(one: q.AnyItem, other: q.AnyItem) -> None:
    assert item_revision(one) != item_revision(other)
    assert item_revision(one) == item_revision(replace(one, stem=text("y"), explain=text("z"), line=9, reread="m/two", hints=(text("h"),)))


@pytest.mark.parametrize("vector", VECTORS["normalize"], ids=lambda vector: repr(vector["in"]))
def test_texts_are_normalised_as_in_the_browser(vector: dict) -> None:
    assert normalize(vector["in"], vector["steps"]) == vector["out"]


@given(st.text(max_size=30), st.lists(st.sampled_from(sorted(NORMALIZERS)), max_size=3, unique=True))
def test_normalising_twice_changes_nothing_more(value: str, steps: list[str]) -> None:
    once = normalize(value, steps)
    assert normalize(once, steps) == once


@given(st.text(max_size=40))
def test_no_text_breaks_out_of_the_payload(value: str) -> None:
    item = q.Single(id="a", stem=text(value), explain=text(value), hints=(text(value),), options=(
        q.Option(id="one", text=text(value), correct=True), q.Option(id="two", text=text(f"</script>{value}<!--"), feedback=text(f"<script>{value}")),
    ))
    quiz = q.Quiz(id="q", title=text(f"</script>{value}"), items=(item,))
    tree = lxml.html.fragment_fromstring(quiz_html(quiz, world(versions={"q": quiz_version(quiz)})), create_parent=True)
    assert len(tree.xpath("//script")) == 1
    assert json.loads(tree.xpath("string(//script)"))["items"][0]["id"] == "a"
    assert {element.get("type") for element in tree.xpath("//input")} == {"radio"}
