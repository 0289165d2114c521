"""Take quizzes that are drawn, shuffled, asked with certainty, or marked by the server alone."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, expect

from .conftest import ROOT, Place, run_server
from .test_player_browser import CARD, FOCUS, LOG, answers, axe, check, start

pytestmark = pytest.mark.browser

ORDER = """() => [...document.querySelectorAll(".e4j-question")].map((card) =>
  [card.dataset.item, ...[...card.querySelectorAll(".e4j-option-input")].map((input) => input.value)])"""
DRAFT = "JSON.parse(localStorage.getItem('e4j-draft:%s'))"
SAVED = "Your answer is saved. You can change it until you hand in."


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the keys of the assessed quiz to where the server of these tests reads them."""
    folder = tmp_path_factory.mktemp("exam") / "keys"
    shutil.copytree(ROOT / "tests" / "server" / "keys", folder)
    return folder


@pytest.fixture(scope="module")
def examined(harness: Path, keys: Path) -> Iterator[Place]:
    """Serve the harness with the real server, which has the keys."""
    with run_server("examined", harness, keys.parent / "exam.db", keys) as place:
        yield place


def begin(page: Page, place: Place, lang: str = "en") -> None:
    """Open the assessed quiz and begin an attempt."""
    start(page, place, lang, "assessed")
    page.click(".e4j-attempt-begin")
    expect(page.locator(CARD)).to_have_count(1)


def save(page: Page, item: str) -> None:
    """Press "Save answer" of a question and wait until it says so."""
    card = page.locator(f"[data-item={item}]")
    card.locator(".e4j-primary-action").click()
    expect(card.locator(".e4j-answer-kept")).to_be_focused()


def answer_some(page: Page) -> None:
    """Answer three of thirteen: one rightly, one half, one wrongly."""
    page.click(".e4j-quiz-all")
    page.check("[data-item=finder] input[value=x1]")
    page.locator("[data-item=finder] .e4j-sure-input").nth(2).check()
    save(page, "finder")
    page.check("[data-item=needs] input[value=x1]")
    save(page, "needs")
    page.check("[data-item=secret] input[value=true]")
    save(page, "secret")


def hand_in(page: Page) -> None:
    """Hand in from the view of all questions."""
    page.click(".e4j-quiz-to-result")
    page.click(".e4j-attempt-hand-in")
    page.click(".e4j-dialog .e4j-primary-action")


def test_a_draw_is_the_same_after_a_reload_and_another_at_a_new_start(page: Page, static: Place) -> None:
    """Seed, items, options and half-typed answers are there again; "Start again" makes a new seed."""
    start(page, static, name="bank")
    shown = page.evaluate(ORDER)
    assert len(shown) == 4
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    assert page.evaluate(ORDER) == shown
    page.click(".e4j-quiz-all")
    page.check("[data-item=finder] input[value=finder]")
    page.locator("[data-item=small] .e4j-sure-input").nth(1).check()
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    assert page.evaluate(ORDER) == shown
    assert page.is_checked("[data-item=finder] input[value=finder]")
    assert page.locator("[data-item=small] .e4j-sure-input").nth(1).is_checked()
    seeds = {page.evaluate(DRAFT % "market-bank")["seed"]}
    orders = {json.dumps(shown)}
    for _ in range(4):
        if not page.locator(".e4j-player[data-all]").count():
            page.click(".e4j-quiz-all")
        page.click(".e4j-quiz-to-result")
        page.click("text=Start again")
        seeds.add(page.evaluate(DRAFT % "market-bank")["seed"])
        orders.add(json.dumps(page.evaluate(ORDER)))
    assert len(seeds) == 5
    assert len(orders) > 1
    assert not page.is_checked("[data-item=finder] input[value=finder]")


def test_certainty_is_asked_without_pressing_and_told_in_words(page: Page, static: Place) -> None:
    """Sure and wrong comes first in the list; an answer without certainty is as good."""
    start(page, static, name="bank")
    page.click(".e4j-quiz-all")
    for item, value, sure in (("finder", "owner", 2), ("small", "true", 2), ("offences", "rent", None)):
        card = page.locator(f"[data-item={item}]")
        card.locator(f"input[value={value}]").check()
        if sure is not None:
            card.locator(".e4j-sure-input").nth(sure).check()
        card.locator(".e4j-primary-action").click()
        expect(card.locator(".e4j-feedback-title")).to_have_count(1)
    assert [(event["i"], event.get("c")) for event in answers(page)] == [("finder", 3), ("small", 3), ("offences", None)]
    assert axe(page) == []
    page.click(".e4j-quiz-to-result")
    expect(page.locator(".e4j-calibration li")).to_have_text(["Sure and right: 1, sure and wrong: 1"])
    first = page.locator(".e4j-result").first
    expect(first).to_contain_text("A small gift to an official")
    expect(first.locator(".e4j-result-note")).to_have_text("You were sure of it.")
    assert page.locator(".e4j-result-note").count() == 1
    assert axe(page) == []


@pytest.mark.parametrize("where", ["static", "stick"])
def test_pictures_and_recordings_are_there_from_a_stick_too(page: Page, where: str, request: pytest.FixtureRequest) -> None:
    """The picture is drawn with its words; the recording plays, and is not loaded before."""
    start(page, request.getfixturevalue(where), name="bank")
    page.click(".e4j-quiz-all")
    picture = page.locator("[data-item=finder] img.e4j-media-image")
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_attribute("alt", "Plan of a hall")
    page.wait_for_function("document.querySelector('.e4j-media-image').naturalWidth > 0")
    expect(page.locator("[data-item=finder] figcaption em")).to_have_text("hall")
    sound = page.locator("[data-item=offences] audio")
    assert sound.get_attribute("preload") == "none"
    assert sound.evaluate("sound => new Promise((done, fail) => { sound.oncanplay = () => done(sound.duration); sound.onerror = fail; sound.load(); })") == 0.1
    page.click("text=Read what is said")
    expect(page.locator(".e4j-media-transcript")).to_have_text("The bell rings.")


def test_an_attempt_waits_offline_and_is_marked_by_the_server(page: Page, context: BrowserContext, examined: Place) -> None:
    """Answered and handed in without a network; the result comes by itself, with feedback, and no mark was made here."""
    begin(page, examined)
    context.set_offline(True)
    answer_some(page)
    page.check("[data-item=finder] input[value=x2]")
    expect(page.locator("[data-item=finder] .e4j-answer-kept")).to_have_text("You changed your answer. Save it again.")
    page.check("[data-item=finder] input[value=x1]")
    expect(page.locator("[data-item=finder] .e4j-answer-kept")).to_have_text(SAVED)
    verdicts = page.evaluate("[...new Set([...document.querySelectorAll('[data-verdict]')].map((one) => one.dataset.verdict))].sort()")
    assert verdicts == ["open", "yours"]
    hand_in(page)
    expect(page.locator(".e4j-quiz-summary-heading")).to_be_focused()
    expect(page.locator(".e4j-attempt-told")).to_have_text("Handed in. Answers that wait to be sent: 3", timeout=15000)
    context.set_offline(False)
    expect(page.locator(".e4j-score")).to_have_text("2 of 12 points", timeout=15000)
    expect(page.locator(".e4j-attempt-told")).to_be_empty()
    expect(page.locator(".e4j-score-goal")).to_have_text("Not passed. To pass: 60%")
    expect(page.locator(".e4j-result").first.locator(".e4j-result-state")).to_have_text("Question 1 · 1 of 1 points")
    expect(page.locator(".e4j-calibration li")).to_have_text(["Sure and right: 1, sure and wrong: 0"])
    assert axe(page) == []
    page.locator(".e4j-result button").nth(2).click()
    said = page.locator(f"{CARD} .e4j-feedback")
    expect(said).to_contain_text("Then nobody could obey them.")
    expect(said).to_contain_text("Nobody can follow a secret rule.")
    expect(page.locator(CARD)).to_have_attribute("data-verdict", "wrong")
    assert axe(page) == []
    sent = [event for event in page.evaluate(LOG) if event["k"] in ("answer", "done") and event["u"] == "quiz/market-exam"]
    assert len({event["a"] for event in sent}) == 1
    assert [event for event in sent if "earned" in event or "possible" in event] == []
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    expect(said).to_contain_text("Nobody can follow a secret rule.")


def test_the_dialog_names_what_is_open_and_escape_goes_back(page: Page, examined: Place) -> None:
    """Not answered, and changed but not saved, by number; the focus comes back to the button."""
    begin(page, examined)
    answer_some(page)
    page.locator("[data-item=bribe-word] .e4j-input").type("bri")
    page.click(".e4j-quiz-to-result")
    expect(page.locator(".e4j-result-state").nth(3)).to_have_text("Question 4 · not saved yet")
    page.click(".e4j-attempt-hand-in")
    dialog = page.locator(".e4j-dialog")
    expect(dialog).to_contain_text("Questions not answered: 5 · 6 · 7 · 8 · 9 · 10 · 11 · 12 · 13")
    expect(dialog).to_contain_text("Questions changed but not saved: 4")
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert "e4j-attempt-hand-in" in page.evaluate(FOCUS)
    assert [event for event in page.evaluate(LOG) if event["k"] == "done"] == []


def test_attempts_are_used_up(page: Page, examined: Place) -> None:
    """Two are allowed: after the second there is no third, also after a reload."""
    begin(page, examined)
    for used in (1, 2):
        page.click(".e4j-quiz-all")
        page.check("[data-item=finder] input[value=x1]")
        save(page, "finder")
        hand_in(page)
        expect(page.locator(".e4j-score")).to_have_text("1 of 12 points", timeout=15000)
        expect(page.locator(".e4j-attempt")).to_contain_text(f"Attempts used: {used} of 2")
        if used == 1:
            page.click(".e4j-attempt-begin")
            assert "e4j-question-heading" in page.evaluate(FOCUS)
    for _ in range(2):
        expect(page.locator(".e4j-attempt")).to_contain_text("You have used all your attempts.")
        assert page.locator(".e4j-attempt-begin").count() == 0
        page.reload()
        page.wait_for_selector("e4j-quiz[data-ready]")


def test_a_corrected_key_is_told(page: Page, examined: Place, keys: Path) -> None:
    """The author corrects the key afterwards: the result changes at the next look, and says why."""
    begin(page, examined)
    answer_some(page)
    hand_in(page)
    expect(page.locator(".e4j-score")).to_have_text("2 of 12 points", timeout=15000)
    path = keys / "market-exam.json"
    before = path.read_text(encoding="utf-8")
    file = json.loads(before)
    for item in (file["items"][2], *(texts["items"][2] for texts in file["languages"].values())):
        item["answer"] = True
    file["items"][2]["kv"] = "key-secret-2"
    path.write_text(json.dumps(file), encoding="utf-8")
    try:
        for _ in range(30):
            with page.expect_response("**/api/v1/attempts/*"):
                page.reload()
            if page.locator(".e4j-remarked").count():
                break
        expect(page.locator(".e4j-score")).to_have_text("3 of 12 points")
        words = "The key of this question was corrected; your answer was marked again."
        expect(page.locator(".e4j-result").nth(2).locator(".e4j-remarked")).to_have_text(words)
    finally:
        path.write_text(before, encoding="utf-8")


def test_an_open_attempt_outlives_an_edited_page(page: Page, static: Place) -> None:
    """The page is rebuilt with other questions: the attempt goes on with its own, and says that the quiz has changed."""
    begin(page, static)
    answer_some(page)

    def rebuilt(route: Route) -> None:
        text = route.fetch().text()
        text = text.replace('"rev-1"', '"rev-2"').replace('"rev":"iv-secret"', '"rev":"iv-secret-2"').replace("Laws may be secret.", "Edited.")
        route.fulfill(body=text, content_type="text/html")

    page.route("**/assessed.html", rebuilt)
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    expect(page.locator(".e4j-quiz-changed")).to_have_text("This quiz has changed since you began. Your attempt stays as it was.")
    expect(page.locator("[data-item=secret] .e4j-stem")).to_have_text("Laws may be secret.")
    assert page.is_checked("[data-item=secret] input[value=true]")
    hand_in(page)
    expect(page.locator(".e4j-quiz-summary-heading")).to_be_focused()
    page.click(".e4j-attempt-begin")
    page.click(".e4j-quiz-all")
    expect(page.locator("[data-item=secret] .e4j-stem")).to_have_text("Edited.")
    assert page.is_hidden(".e4j-quiz-changed")


@pytest.mark.parametrize(("where", "words"), [
    ("static", "No server is reached from here. Your answers are kept on this device until one is."),
    ("stick", "Opened from a folder, this page reaches no server: your answers stay on this device and are not marked."),
])
def test_without_a_server_the_player_says_so(page: Page, where: str, words: str, request: pytest.FixtureRequest) -> None:
    """Nobody marks here: the attempt can be made, its answers are kept, and the page is honest about it."""
    begin(page, request.getfixturevalue(where))
    answer_some(page)
    hand_in(page)
    expect(page.locator(".e4j-attempt-told")).to_contain_text(words)
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    expect(page.locator(".e4j-quiz-summary-heading")).to_have_text("Handed in")
    assert [event["i"] for event in answers(page)] == ["finder", "needs", "secret"]


def test_a_saved_answer_is_heard_once(page: Page, static: Place) -> None:
    """The focus goes to the note, which is in no live region; an empty answer is told by one."""
    begin(page, static)
    page.click(f"{CARD} .e4j-primary-action")
    expect(page.locator(f"{CARD} .e4j-feedback[role=status]")).to_have_text("Choose an answer first.")
    page.check("[data-item=finder] input[value=x1]")
    save(page, "finder")
    assert page.evaluate("document.activeElement.textContent") == SAVED
    assert page.evaluate("document.activeElement.closest('[role=status], [aria-live]')") is None
    live = page.evaluate("[...document.querySelectorAll('.e4j-player [role=status]')].map((one) => one.textContent).join('')")
    assert live == ""


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_grave_in_an_attempt(page: Page, static: Place, lang: str, theme: str) -> None:
    """Before it, in the middle, at the overview; all kinds of question."""
    page.add_init_script(f"localStorage.setItem('e4j-theme', '{theme}')")
    start(page, static, lang, "assessed")
    assert axe(page) == []
    page.click(".e4j-attempt-begin")
    answer_some(page)
    assert axe(page) == []
    page.click(".e4j-quiz-to-result")
    assert axe(page) == []


@pytest.mark.parametrize("lang", ["en", "ar", "zh", "fr", "ru", "es"])
def test_an_attempt_fits_a_small_screen(page: Page, static: Place, lang: str) -> None:
    """320 px wide, and twice the text size."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.add_init_script("addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; })")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    start(page, static, lang, "assessed")
    assert page.evaluate(wide) <= 0
    page.click(".e4j-attempt-begin")
    answer_some(page)
    assert page.evaluate(wide) <= 0
    hand_in(page)
    expect(page.locator(".e4j-quiz-summary-heading")).to_be_focused()
    assert page.evaluate(wide) <= 0


def test_a_page_killed_in_the_middle_of_gaps_and_of_a_way_loses_nothing(context: BrowserContext, static: Place) -> None:
    """The renderer dies between two keystrokes; gaps, certainty and the way so far are there again."""
    page = context.new_page()
    start(page, static, name="kinds")
    page.click(".e4j-quiz-all")
    page.select_option("[data-item=gaps] .e4j-gap[data-kind=choice] select", "obedient")
    page.locator("[data-item=gaps] .e4j-gap-text").type("deci")
    page.click("[data-item=envelope] .e4j-choice >> nth=0")
    shown = page.evaluate("[...document.querySelectorAll('[data-item=steps] .e4j-part-text')].map((one) => one.textContent)")
    with pytest.raises(Error):
        page.goto("chrome://crash")
    page = context.new_page()
    start(page, static, name="kinds")
    assert page.input_value("[data-item=gaps] .e4j-gap[data-kind=choice] select") == "obedient"
    assert page.input_value("[data-item=gaps] .e4j-gap-text") == "deci"
    expect(page.locator("[data-item=envelope] .e4j-way-step")).to_have_count(1)
    assert page.evaluate("[...document.querySelectorAll('[data-item=steps] .e4j-part-text')].map((one) => one.textContent)") == shown


def test_a_page_killed_in_an_attempt_loses_nothing(context: BrowserContext, static: Place) -> None:
    """The attempt, its saved answers and what is half typed are there again."""
    page = context.new_page()
    begin(page, static)
    answer_some(page)
    attempt = page.evaluate(DRAFT % "market-exam")["attempt"]["id"]
    page.locator("[data-item=bribe-word] .e4j-input").type("bri")
    page.click("[data-item=envelope] .e4j-choice >> nth=0")
    with pytest.raises(Error):
        page.goto("chrome://crash")
    page = context.new_page()
    start(page, static, name="assessed")
    assert page.evaluate(DRAFT % "market-exam")["attempt"]["id"] == attempt
    assert page.input_value("[data-item=bribe-word] .e4j-input") == "bri"
    assert page.is_checked("[data-item=finder] input[value=x1]")
    expect(page.locator("[data-item=envelope] .e4j-way-step")).to_have_count(1)
    expect(page.locator("[data-item=finder] .e4j-answer-kept")).to_have_text(SAVED)


def test_a_survey_thanks_and_marks_nothing(page: Page, static: Place) -> None:
    """Mode survey: one answer each, no verdict, no score."""

    def survey(route: Route) -> None:
        route.fulfill(body=route.fetch().text().replace('"mode":"practice"', '"mode":"survey"'), content_type="text/html")

    page.route("**/check.html", survey)
    start(page, static)
    page.check("input[value=finder]")
    check(page)
    expect(page.locator(CARD)).to_have_attribute("data-verdict", "yours")
    assert [(event["earned"], event["possible"]) for event in answers(page)] == [(0, 0)]
    page.click(".e4j-quiz-all")
    page.click(".e4j-quiz-to-result")
    expect(page.locator(".e4j-score-note")).to_have_text("Thank you. This was about your own view.")
    assert re.search(r"right|wrong", page.inner_text(".e4j-results")) is None
