"""An assessed quiz: its page and its paper hold nothing of the key, and the server's file holds all of it."""

import json
import re
from dataclasses import replace

import lxml.html
import pytest
from toolkit.render.test_quiz import check_public
from toolkit.render.worlds import world

from e4j.load.catalog import Sources
from e4j.mark.canonical import canonical
from e4j.mark.marking import mark
from e4j.mark.revision import QuizVersion, quiz_version
from e4j.model import quiz as q
from e4j.model.text import Text
from e4j.model.walk import map_texts, segments
from e4j.render.context import Context
from e4j.render.quiz import key_payload, quiz_html, quiz_payload
from e4j.render.quiz_payload import aliases
from e4j.render.quiz_sheet import key_html, sheet_html


@pytest.fixture(scope="module")
def practice(sources: Sources) -> q.Quiz:
    return sources.catalog.quizzes["kinds-of-questions"]


@pytest.fixture(scope="module")
def quiz(practice: q.Quiz) -> q.Quiz:
    return replace(practice, settings=q.Settings(mode="assessed", attempts=2))


def context(quiz: q.Quiz, **changes: object) -> Context:
    return world(versions={quiz.id: quiz_version(quiz)}, **changes)


def secret_texts(quiz: q.Quiz) -> list[str]:
    """Return every text that would tell an answer or comes after one."""
    names = ("/feedback", "/explain", "/hints", "/model", "/rubric")
    return [s.text for s in segments(quiz) if any(name in s.context for name in names)]


def test_the_page_holds_no_secret_text_and_no_id_of_the_source(quiz: q.Quiz) -> None:
    html = quiz_html(quiz, context(quiz, forms=True))
    plain = " ".join(lxml.html.fromstring(html).text_content().split())
    for text in secret_texts(quiz):
        assert text not in plain and text not in html
    payload = quiz_payload(quiz, context(quiz))
    for item in payload["items"]:
        check_public(item)
    ids = {name for version in quiz_version(quiz).items.values() for role, name in version.alias if not role.startswith("node") and len(name) > 2}
    values = set(re.findall(r'(?:value|name)="([^"]*)"', html))
    assert not ids & values
    assert len(ids) > 30


def test_the_paper_of_an_assessed_quiz_tells_nothing_and_that_of_practice_has_its_key_apart(quiz: q.Quiz, practice: q.Quiz) -> None:
    for one in (quiz, practice):
        paper = sheet_html(quiz_payload(one, context(one)), context(one))
        assert [text for text in secret_texts(one) if text in paper] == []
    key = key_html(quiz_payload(practice, context(practice)), context(practice))
    assert [item.explain.value for item in practice.items if item.explain and item.explain.value not in lxml.html.fromstring(key).text_content()] == []


def test_parts_to_order_are_never_shown_in_their_order(practice: q.Quiz) -> None:
    paper = sheet_html(quiz_payload(practice, context(practice)), context(practice))
    order = next(item for item in practice.items if isinstance(item, q.Order))
    places = [paper.index(part.text.value) for part in order.sequence]
    assert places != sorted(places)


def best(item: dict) -> object:
    """Return the response that earns everything, from the key."""
    match item["type"]:
        case "single" | "hotspot":
            return next(one["id"] for one in item.get("options", item.get("areas", ())) if one["correct"])
        case "multiple":
            return sorted(option["id"] for option in item["options"] if option["correct"])
        case "truefalse":
            return item["answer"]
        case "short":
            return item["accept"][0]["shown"]
        case "numeric":
            return item["accept"][0]["value"]
        case "cloze":
            return {gap["id"]: filling(gap) for gap in item["gaps"]}
        case "order":
            return [part["id"] for part in item["parts"]]
        case _:
            return dict(item["key"])


def filling(gap: dict) -> str:
    if gap["kind"] == "text":
        return gap["accept"][0]["shown"]
    return gap["token"] if gap["kind"] == "drag" else next(option["id"] for option in gap["options"] if option["correct"])


def outside(item: q.Item, response: object, version: QuizVersion) -> object:
    """Turn a response into what a browser sends: the ids it was given."""
    alias = version.items[item.id].alias
    match item:
        case q.Single() | q.Hotspot():
            return alias["area" if isinstance(item, q.Hotspot) else "option", response]
        case q.Multiple():
            return sorted(alias["option", name] for name in response)
        case q.Order():
            return [alias["part", name] for name in response]
        case q.Match():
            return {alias["left", left]: alias["right", right] for left, right in response.items()}
        case q.Categorize():
            return {alias["thing", thing]: alias["category", name] for thing, name in response.items()}
        case q.Cloze():
            roles = {name: "token" if gap.kind == "drag" else f"gap/{name}" for name, gap in item.gaps.items()}
            return {name: value if item.gaps[name].kind == "text" else alias[roles[name], value] for name, value in response.items()}
    return response


def test_a_server_marks_what_a_browser_sends(quiz: q.Quiz) -> None:
    version = quiz_version(quiz)
    common, _ = key_payload(quiz, context(quiz))
    marked = 0
    for item, payload in zip(quiz.items, common["items"], strict=True):
        if payload["type"] in {"survey", "reflect", "scenario"}:
            continue
        sent = outside(item, best(payload), version)
        assert payload["alias"] == aliases(version.items[item.id])
        result = mark(payload, canonical(payload, sent, payload["alias"]))
        assert (result.earned, result.possible) == (item.points * 1000, item.points * 1000), item.id
        marked += 1
    assert marked == 10


def test_the_revision_of_what_is_asked_tells_nothing_of_the_key(quiz: q.Quiz) -> None:
    def other_key(item: q.AnyItem) -> q.AnyItem:
        if isinstance(item, q.Single | q.Multiple):
            return replace(item, options=tuple(replace(o, correct=not o.correct) for o in item.options))
        if isinstance(item, q.TrueFalse):
            return replace(item, answer=not item.answer)
        if isinstance(item, q.Order):
            return replace(item, sequence=item.sequence[::-1])
        if isinstance(item, q.Categorize):
            return replace(item, things=tuple(replace(t, within=item.categories[0].id) for t in item.things))
        if isinstance(item, q.Hotspot):
            return replace(item, areas=tuple(replace(a, correct=not a.correct) for a in item.areas))
        return item

    before, after = quiz_version(quiz), quiz_version(replace(quiz, items=tuple(map(other_key, quiz.items))))
    changed = {name for name in before.items if before.items[name].key != after.items[name].key}
    assert len(changed) == 6
    for name, version in before.items.items():
        assert (version.asked, version.alias) == (after.items[name].asked, after.items[name].alias)


def test_other_words_are_another_question(quiz: q.Quiz) -> None:
    reworded = map_texts(quiz, lambda context, text: Text(value=f"{text.value}!") if context.endswith("stem") else text)
    before, after = quiz_version(quiz), quiz_version(reworded)
    assert all(before.items[name].asked != after.items[name].asked for name in before.items)
    assert all(before.items[name].key == after.items[name].key for name in before.items)


def test_the_key_file_leads_from_the_answers_page_into_the_language(practice: q.Quiz) -> None:
    inside = context(practice, url="answers/en/kinds-of-questions", base="en/")
    common, english = key_payload(practice, inside)
    assert english["items"][0]["media"]["src"] == "../../en/quizzes/kinds-of-questions/market-hall.svg"
    assert common["mode"] == "practice" and [item["iv"] for item in common["items"]] == [v.asked for v in quiz_version(practice).items.values()]
    json.dumps(common)
