"""Use the quiz player as learners do: with keys, on small screens, in three languages, with the power cut."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Playwright, Route, expect

from .conftest import CHROMIUM, FLAGS, ROOT, Place

pytestmark = pytest.mark.browser

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
FOCUS = "document.activeElement.tagName + ' ' + document.activeElement.className"
CARD = ".e4j-question:visible"
LOG = """() => new Promise((done) => {
  const open = indexedDB.open("e4j-log");
  open.onsuccess = () => {
    const all = open.result.transaction("entries").objectStore("entries").getAll();
    all.onsuccess = () => { open.result.close(); done(all.result.map((entry) => entry.event)); };
  };
})"""


def start(page: Page, place: Place, lang: str = "en", name: str = "check") -> None:
    """Open a page of the harness and wait for its player."""
    page.goto(place.url(f"{lang}/market/{name}.html"))
    page.wait_for_selector("e4j-quiz[data-ready]")


def check(page: Page) -> None:
    """Press the card's first button and wait until it has said something."""
    card = page.locator(CARD).first
    before = card.locator(".e4j-feedback").inner_html()
    card.locator(".e4j-primary-action").click()
    expect(card.locator(".e4j-feedback")).not_to_have_js_property("innerHTML", before)


def answers(page: Page) -> list[dict[str, object]]:
    """Return the answers in the log, in order."""
    return [event for event in sorted(page.evaluate(LOG), key=lambda event: event["n"]) if event["k"] == "answer"]


def axe(page: Page) -> list[str]:
    """Return the serious and critical findings of axe on the page as it stands."""
    page.evaluate(AXE)
    rules = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
    found = page.evaluate(f"axe.run(document, {rules})")
    grave = [one for one in found["violations"] if one["impact"] in ("serious", "critical")]
    return [f"{one['id']}: {node['html'][:160]}" for one in grave for node in one["nodes"]]


def play(page: Page, text: str) -> None:
    """Answer all seven questions of the harness, some wrong, and go to the result."""

    def go_on() -> None:
        page.click(".e4j-quiz-next")

    page.check("input[value=owner]")
    check(page)
    go_on()
    page.check("input[value=bribe]")
    page.check("input[value=rent]")
    check(page)
    page.uncheck("input[value=rent]")
    check(page)
    go_on()
    page.check("input[value=true]")
    check(page)
    go_on()
    page.locator(f"{CARD} .e4j-input").fill(text)
    check(page)
    go_on()
    page.locator(f"{CARD} .e4j-input").fill("٢٥")
    check(page)
    go_on()
    page.check("input[value=ask]")
    check(page)
    go_on()
    page.locator("textarea").fill("Because somebody is looking for it.")
    page.locator(f"{CARD} .e4j-primary-action").click()
    page.check("input[value=r1]")
    check(page)
    go_on()
    page.wait_for_selector(".e4j-quiz-summary")


def test_keyboard_alone_is_enough(page: Page, static: Place) -> None:
    """Every question can be answered without a mouse, and the focus is always somewhere."""
    start(page, static)
    keys = page.keyboard
    page.locator(f"{CARD} input").first.focus()
    keys.press("Space")
    keys.press("ArrowDown")
    keys.press("Enter")
    page.wait_for_selector(".e4j-feedback-title:visible")
    assert "e4j-feedback-title" in page.evaluate(FOCUS)
    assert page.inner_text(".e4j-feedback-title:visible") == "Not quite. Try once more."
    tab_to(page, "Show a hint")
    keys.press("Enter")
    expect(page.locator(".e4j-hint:visible")).to_have_count(1)
    keys.press("Enter")
    expect(page.locator(".e4j-hint:visible")).to_have_count(2)
    assert "e4j-hint" in page.evaluate(FOCUS)
    tab_to(page, "", back=True)
    keys.press("ArrowUp")
    keys.press("Enter")
    expect(page.locator(".e4j-feedback-title:visible")).to_have_text("Right, at the second try.")
    tab_to(page, "Next question")
    keys.press("Enter")
    assert "e4j-question-heading" in page.evaluate(FOCUS)
    for number in (2, 3):
        keys.press("Tab")
        keys.press("Space")
        keys.press("Enter")
        page.wait_for_selector(".e4j-feedback-title:visible")
        tab_to(page, "Show the answer" if number == 2 else "Next question")
        keys.press("Enter")
        if number == 2:
            tab_to(page, "Next question")
            keys.press("Enter")
        assert "e4j-question-heading" in page.evaluate(FOCUS)
    for text in ("corruption", "25"):
        keys.press("Tab")
        keys.type(text)
        keys.press("Enter")
        page.wait_for_selector(".e4j-feedback-title:visible")
        tab_to(page, "Next question")
        keys.press("Enter")
    keys.press("Tab")
    keys.press("Space")
    keys.press("Enter")
    page.wait_for_selector(".e4j-feedback-title:visible")
    tab_to(page, "Next question")
    keys.press("Enter")
    keys.press("Tab")
    keys.type("Somebody is looking for it.")
    tab_to(page, "Compare")
    keys.press("Enter")
    page.wait_for_selector(".e4j-rubric:visible")
    assert page.evaluate(FOCUS) == "INPUT e4j-option-input"
    keys.press("Space")
    tab_to(page, "Keep my ticks")
    keys.press("Enter")
    page.wait_for_selector(".e4j-feedback-title:visible")
    tab_to(page, "See your result")
    keys.press("Enter")
    assert "e4j-quiz-summary-heading" in page.evaluate(FOCUS)
    assert len(answers(page)) == 8


def tab_to(page: Page, text: str, back: bool = False) -> None:
    """Press Tab until the focus is on the button with a text, or on a choice."""
    for _ in range(12):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        found = page.evaluate("document.activeElement.textContent.trim()") if text else ""
        if found == text and (text or page.evaluate("document.activeElement.matches('.e4j-option-input')")):
            return
    raise AssertionError(f"no way to {text!r}")


def test_a_reload_finds_everything_as_it_was(page: Page, static: Place) -> None:
    """Place, checked answers, ticks and half-typed text are there again."""
    start(page, static)
    page.check("input[value=finder]")
    check(page)
    page.click("text=Show a hint")
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    expect(page.locator(".e4j-feedback-title:visible")).to_have_text("Not quite. Try once more.")
    expect(page.locator(".e4j-hint:visible")).to_have_count(1)
    assert page.is_checked("input[value=finder]")
    page.click("text=All questions")
    page.check("input[value=bribe]")
    page.locator("textarea").type("Half a sen")
    page.locator("[data-item=term] .e4j-input").type("corr")
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    assert page.is_checked("input[value=bribe]")
    assert page.input_value("textarea") == "Half a sen"
    assert page.input_value("[data-item=term] .e4j-input") == "corr"
    assert page.inner_text(".e4j-quiz-all") == "One at a time"
    assert len(answers(page)) == 1


def test_a_page_killed_between_keystrokes_loses_nothing(context: BrowserContext, static: Place) -> None:
    """The renderer dies at once after a key; the next page has the key."""
    page = context.new_page()
    start(page, static)
    page.click("text=All questions")
    page.locator("textarea").type("Somebody is lo")
    with pytest.raises(Error):
        page.goto("chrome://crash")
    page = context.new_page()
    start(page, static)
    assert page.input_value("textarea") == "Somebody is lo"


def test_half_typed_text_survives_a_reload_from_a_stick(page: Page, stick: Place) -> None:
    """From a stick texts live as long as the tab, for any local page could read a lasting store."""
    start(page, stick)
    page.click("text=All questions")
    page.locator("textarea").type("Somebody is lo")
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    assert page.input_value("textarea") == "Somebody is lo"
    assert "Somebody" not in page.evaluate("JSON.stringify({...localStorage})")


def test_a_browser_killed_outright_keeps_what_was_typed(playwright: Playwright, static: Place, tmp_path: Path) -> None:
    """The whole browser dies by SIGKILL, as in a power cut; the next start has text and answer."""
    with chromium_on(playwright, tmp_path) as page:
        start(page, static)
        page.check("input[value=owner]")
        check(page)
        page.click("text=All questions")
        page.locator("textarea").type("Somebody is looking", delay=5)
        page.wait_for_timeout(300)
    with chromium_on(playwright, tmp_path) as page:
        start(page, static)
        assert page.input_value("textarea") == "Somebody is looking"
        assert [event["r"] for event in answers(page)] == ["owner"]


@contextmanager
def chromium_on(playwright: Playwright, profile: Path) -> Iterator[Page]:
    """Run a Chromium of our own on a profile and kill it at the end, without a word."""
    port = profile / "DevToolsActivePort"
    port.unlink(missing_ok=True)
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", "--remote-debugging-port=0", "about:blank"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        for _ in range(100):
            if port.is_file() and "\n" in port.read_text():
                break
            time.sleep(0.1)
        browser = playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{port.read_text().splitlines()[0]}")
        yield browser.contexts[0].pages[0]
        process.kill()


def test_an_answer_a_crash_kept_from_the_log_is_told_once(page: Page, static: Place) -> None:
    """The session was saved with its event, the log was not: a reload tells it, another one does not tell it again."""
    start(page, static)
    page.check("input[value=owner]")
    check(page)
    pending = """() => {
      const key = "e4j-draft:market-check";
      const session = JSON.parse(localStorage.getItem(key));
      session.seq += 1000;
      session.pending = [{once: "lost", body: {k: "answer", u: "quiz/market-check", uv: "m1", i: "small", iv: "r-small", r: false,
        earned: 1000, possible: 1000, t: 1, lang: "en"}}];
      localStorage.setItem(key, JSON.stringify(session));
    }"""
    for _ in range(2):
        page.evaluate(pending)
        page.reload()
        page.wait_for_selector("e4j-quiz[data-ready]")
    assert [event["i"] for event in answers(page)] == ["finder", "small"]
    assert [event["n"] for event in sorted(page.evaluate(LOG), key=lambda event: event["n"])] == [1, 2, 3]


@pytest.mark.parametrize("lang", ["en", "ar", "zh"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_grave(page: Page, static: Place, lang: str, theme: str) -> None:
    """The first question, a hint, all questions answered, and the result."""
    page.add_init_script(f"localStorage.setItem('e4j-theme', '{theme}')")
    start(page, static, lang)
    assert axe(page) == []
    page.check("input[value=finder]")
    check(page)
    assert axe(page) == []
    page.check("input[value=owner]")
    check(page)
    page.evaluate("localStorage.removeItem('e4j-draft:market-check'); indexedDB.deleteDatabase('e4j-drafts')")
    start(page, static, lang)
    play(page, {"en": "corruption", "ar": "الفَسَاد", "zh": "腐败。"}[lang])
    assert axe(page) == []
    page.locator(".e4j-result button").first.click()
    page.click(".e4j-quiz-all")
    assert axe(page) == []
    assert page.locator("[data-item=term]").get_attribute("data-verdict") == "right"


@pytest.mark.parametrize("lang", ["en", "ar", "zh", "fr", "ru", "es"])
def test_nothing_scrolls_sideways_on_a_small_screen(page: Page, static: Place, lang: str) -> None:
    """320 px wide, and twice the text size: no step needs a second direction of scrolling."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.add_init_script("addEventListener('DOMContentLoaded', () => { document.documentElement.style.fontSize = '200%'; })")
    start(page, static, lang)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    play(page, {"ar": "الفساد", "zh": "腐败"}.get(lang, "corruption"))
    assert page.evaluate(wide) <= 0
    page.locator(".e4j-result button").first.click()
    page.click(".e4j-quiz-all")
    assert page.evaluate(wide) <= 0


def test_touch_targets_are_large(page: Page, static: Place) -> None:
    """Every choice and button of the player is at least 44 px high."""
    start(page, static)
    play(page, "corruption")
    page.locator(".e4j-result button").first.click()
    page.click(".e4j-quiz-all")
    small = page.evaluate("""() => [...document.querySelectorAll(
      ".e4j-player .e4j-button, .e4j-player .e4j-option, .e4j-player .e4j-input, .e4j-player textarea, .e4j-player summary, .e4j-player a")]
      .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 43.9).map((one) => one.outerHTML)""")
    assert small == []


def test_an_empty_or_impossible_answer_costs_no_try(page: Page, static: Place) -> None:
    """The player says what is missing and goes to the place."""
    start(page, static)
    check(page)
    expect(page.locator(".e4j-answer-problem:visible")).to_have_text("Choose an answer first.")
    assert page.evaluate(FOCUS) == "INPUT e4j-option-input"
    page.click(".e4j-quiz-all")
    year = page.locator("[data-item=year]")
    year.locator(".e4j-input").fill("many")
    year.locator(".e4j-primary-action").click()
    expect(year.locator(".e4j-answer-problem")).to_have_text("Write the answer as a number, such as 12 or 3.5.")
    assert answers(page) == []


def test_the_result_leads_to_the_wrong_ones_and_to_the_start(page: Page, static: Place) -> None:
    """Retrying asks only what was wrong, counts tries on, and ends in the result again."""
    start(page, static)
    play(page, "corruption")
    assert page.inner_text(".e4j-score") == "5 of 9 points"
    assert page.inner_text(".e4j-score-label") == "Self-marked result"
    page.click("text=Try the wrong ones again")
    assert "e4j-question-heading" in page.evaluate(FOCUS)
    assert page.inner_text(f"{CARD} .e4j-question-number") == "Question 1 of 2"
    page.check("input[value=bribe]")
    page.check("input[value=threat]")
    check(page)
    page.click(".e4j-quiz-next")
    page.check("input[value=false]")
    check(page)
    page.click(".e4j-quiz-next")
    assert page.inner_text(".e4j-score") == "7 of 9 points"
    assert [(event["i"], event["t"]) for event in answers(page)][-2:] == [("offences", 3), ("small", 2)]
    page.click("text=Start again")
    assert page.inner_text(f"{CARD} .e4j-question-number") == "Question 1 of 7"
    assert not page.is_checked("input[value=owner]")


def test_a_question_by_itself_is_a_card_and_no_quiz(page: Page, static: Place) -> None:
    """`{item}`: no title, no steps, no result."""
    start(page, static, name="item")
    assert page.locator(".e4j-quiz-head, .e4j-quiz-navigation, .e4j-quiz-to-result").count() == 0
    page.check("input[value=owner]")
    check(page)
    expect(page.locator(".e4j-answer-saved")).to_have_text("Saved on this device")
    assert [event["k"] for event in page.evaluate(LOG)].count("done") == 0


def test_a_childs_words_are_in_no_event_and_in_no_lasting_store(page: Page, static: Place) -> None:
    """Primary tier: the text survives a reload, and goes with the tab."""
    start(page, static, name="primary")
    page.click("text=All questions")
    page.locator("[data-item=term] .e4j-input").type("corruption")
    page.locator("[data-item=term] .e4j-primary-action").click()
    expect(page.locator("[data-item=term]")).to_have_attribute("data-verdict", "right")
    page.locator("textarea").type("My secret")
    assert page.evaluate("JSON.stringify({...localStorage})").count("My secret") == 0
    assert ["r" in event for event in answers(page)] == [False]
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    assert page.input_value("textarea") == "My secret"


def test_without_a_store_the_player_says_so_and_goes_on(page: Page, static: Place) -> None:
    """No IndexedDB and no Web Storage: a warning, never a false "saved"."""
    page.add_init_script("""for (const name of ["indexedDB", "localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {get() { throw new DOMException("refused", "SecurityError"); }});
    }""")
    start(page, static)
    page.check("input[value=owner]")
    check(page)
    expect(page.locator(".e4j-quiz-warning")).to_contain_text("cannot be saved on this device")
    assert page.locator(".e4j-answer-saved").count() == 0
    expect(page.locator("[data-e4j-sync]")).to_have_text("Answers can't be saved on this device")


def test_without_indexeddb_localstorage_does(page: Page, static: Place) -> None:
    """An answer survives a reload in the second-best store."""
    page.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    start(page, static)
    page.check("input[value=owner]")
    check(page)
    expect(page.locator(".e4j-answer-saved")).to_have_count(1)
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    assert page.is_checked("input[value=owner]")
    assert page.evaluate("JSON.parse(localStorage['e4j-log']).entries.filter((one) => one.event.k === 'answer').length") == 1


def test_static_questions_stay_when_the_payload_is_broken(page: Page, static: Place) -> None:
    """A payload that is no JSON leaves the plain questions as they are."""

    def broken(route: Route) -> None:
        route.fulfill(body=route.fetch().text().replace('"player/2"', '"player/9"'), content_type="text/html")

    page.route("**/check.html", broken)
    page.goto(static.url("en/market/check.html"))
    page.wait_for_function("document.documentElement.hasAttribute('data-e4j-js')")
    assert page.is_visible(".e4j-quiz-static")
    assert page.locator(".e4j-player").count() == 0
