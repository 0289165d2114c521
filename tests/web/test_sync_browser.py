"""Record, send and carry progress in a real browser: with the real server, on a plain school server, from a stick."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from .conftest import Place
from .test_player_browser import LOG, answers, axe, check, play, start

pytestmark = pytest.mark.browser

SENT = re.compile(r"^All saved$")


def test_answers_reach_the_server_and_another_device(page: Page, served: Place, browser: Browser) -> None:
    """Play, see the code, enter it elsewhere, and find the progress there."""
    start(page, served)
    expect(page.locator("[data-e4j-sync]")).to_have_text("Saved on this device")
    play(page, "corruption")
    expect(page.locator("[data-e4j-sync]")).to_have_text(SENT, timeout=8000)
    page.goto(served.url("en/progress.html"))
    code = page.locator(".e4j-code")
    expect(code).to_have_text(re.compile(r"^\d{5}(-\d{5}){4}$"))
    assert axe(page) == []
    words = code.inner_text()
    other = browser.new_context()
    elsewhere = other.new_page()
    elsewhere.goto(served.url("ar/progress.html"))
    expect(elsewhere.locator(".e4j-progress-nothing")).to_be_visible()
    arabic = words.translate({ord(str(digit)): chr(0x0660 + digit) for digit in range(10)}).replace("-", " ")
    elsewhere.fill("#e4j-code", arabic)
    elsewhere.click(".e4j-redeem .e4j-button")
    expect(elsewhere.locator(".e4j-progress-quiz")).to_have_count(1)
    expect(elsewhere.locator(".e4j-progress-page[data-state=done]")).to_have_count(1)
    expect(elsewhere.locator(".e4j-code")).to_have_text(words)
    assert axe(elsewhere) == []
    other.close()


def test_a_wrong_code_changes_nothing(page: Page, served: Place) -> None:
    """The page says what is wrong and keeps what was typed."""
    page.goto(served.url("en/progress.html"))
    page.fill("#e4j-code", "12345 12345")
    page.click(".e4j-redeem .e4j-button")
    expect(page.locator(".e4j-progress-said")).to_contain_text("25 digits")
    assert page.input_value("#e4j-code") == "12345 12345"


def test_offline_answers_wait_and_go_when_the_network_is_back(page: Page, context: BrowserContext, served: Place) -> None:
    """The chip counts what waits; going online sends it without a click."""
    start(page, served)
    context.set_offline(True)
    page.check("input[value=owner]")
    check(page)
    expect(page.locator("[data-e4j-sync]")).to_have_text("Not sent yet: 1")
    page.wait_for_timeout(1800)
    expect(page.locator("[data-e4j-sync]")).to_have_text("Not sent yet: 1")
    context.set_offline(False)
    expect(page.locator("[data-e4j-sync]")).to_have_text(SENT)


def test_two_tabs_number_their_answers_without_gaps_or_twins(context: BrowserContext, served: Place) -> None:
    """Two tabs answer at once, again and again: one device, numbers from 1 without gaps, one learner."""
    tabs = [context.new_page(), context.new_page()]
    for tab in tabs:
        start(tab, served)
    for _ in range(3):
        for tab in tabs:
            press(tab, ".e4j-quiz-all")
        for item, value in (("finder", "owner"), ("small", "true"), ("dilemma", "ask")):
            for tab in tabs:
                press(tab, f"[data-item={item}] input[value={value}]")
            for tab in tabs:
                press(tab, f"[data-item={item}] .e4j-primary-action")
            for tab in tabs:
                expect(tab.locator(f"[data-item={item}] .e4j-feedback-title")).to_have_count(1)
        for tab in tabs:
            press(tab, ".e4j-quiz-to-result")
            press(tab, ".e4j-quiz-summary .e4j-quiz-actions .e4j-button:last-child")
    events = page_events(tabs[0])
    assert len([event for event in events if event["k"] == "answer"]) == 18
    assert [event["n"] for event in events] == list(range(1, len(events) + 1))
    assert len({event["d"] for event in events}) == 1
    for tab in tabs:
        tab.evaluate("window.dispatchEvent(new Event('online'))")
        expect(tab.locator("[data-e4j-sync]")).to_have_text(SENT)


def press(page: Page, selector: str) -> None:
    """Click without waiting for a frame: a tab in the background draws none."""
    page.locator(selector).dispatch_event("click")


def page_events(page: Page) -> list[dict[str, object]]:
    """Return all events of the log, in order."""
    return sorted(page.evaluate(LOG), key=lambda event: event["n"])


def test_a_school_server_without_https_is_enough(page: Page, served: Place) -> None:
    """No secure context: no Web Locks, no randomUUID, no clipboard; answers are sent all the same."""
    school = Place("school", served.base.replace("127.0.0.1", "school.test"))
    start(page, school)
    assert page.evaluate("[isSecureContext, !!navigator.locks, !!crypto.randomUUID]") == [False, False, False]
    page.check("input[value=owner]")
    check(page)
    expect(page.locator("[data-e4j-sync]")).to_have_text(SENT)
    page.goto(school.url("en/progress.html"))
    page.click("text=Copy")
    expect(page.locator(".e4j-progress-said")).to_contain_text("The code is marked")
    assert re.fullmatch(r"\d{5}(-\d{5}){4}", page.evaluate("getSelection().toString().trim()"))


def test_from_a_stick_nothing_is_sent_and_the_page_says_so(page: Page, stick: Place) -> None:
    """file://: the quiz plays, is saved and resumed; no request leaves, the log holds no free text."""
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    start(page, stick, "zh")
    play(page, "腐败")
    expect(page.locator("[data-e4j-sync]")).to_have_text("已保存在本设备上。这里不会发送任何内容。")
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert all("r" not in event for event in answers(page) if event["i"] in ("term", "year", "letter"))
    page.reload()
    page.wait_for_selector(".e4j-quiz-summary")
    page.goto(stick.url("zh/progress.html"))
    expect(page.locator(".e4j-progress-quiz")).to_have_count(1)
    expect(page.locator(".e4j-recovery")).to_have_text("这里不会发送任何内容，您的进度只留在本设备上。")
    assert page.locator(".e4j-redeem").is_hidden()


def test_a_host_without_a_service_is_asked_once(page: Page, static: Place) -> None:
    """A plain file host: one call, then peace, and the chip says where the answers are."""
    calls: list[str] = []
    page.on("request", lambda request: calls.append(request.url) if "/api/" in request.url else None)
    start(page, static)
    assert calls == []
    page.check("input[value=owner]")
    check(page)
    expect(page.locator("[data-e4j-sync]")).to_have_text("Saved on this device")
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    page.wait_for_timeout(300)
    assert [url.rsplit("/", 1)[1] for url in calls] == ["learners"]


def test_everything_can_be_deleted_from_the_device(page: Page, served: Place) -> None:
    """The dialog asks; "Keep it" keeps, "Delete" leaves nothing of the learner."""
    start(page, served)
    page.check("input[value=finder]")
    check(page)
    expect(page.locator("[data-e4j-sync]")).to_have_text(SENT)
    page.goto(served.url("en/progress.html"))
    expect(page.locator(".e4j-code")).to_be_visible()
    page.click("text=Delete from this device…")
    assert axe(page) == []
    page.keyboard.press("Enter")
    expect(page.locator(".e4j-dialog")).to_have_count(0)
    expect(page.locator(".e4j-code")).to_be_visible()
    page.click("text=Delete from this device…")
    page.click(".e4j-dialog .e4j-danger")
    expect(page.locator(".e4j-progress-said")).to_have_text("Deleted from this device.")
    expect(page.locator(".e4j-code")).to_have_count(0)
    assert page.evaluate(LOG) == []
    start(page, served)
    assert not page.is_checked("input[value=finder]")
