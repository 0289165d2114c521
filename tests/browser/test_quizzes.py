"""Quizzes on the real site: every kind by keyboard from a stick, without scripts, and marked by the server alone."""

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest
from playwright.sync_api import Page, expect

from .conftest import AUTHORS

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
GALLERY = "courses/asking-good-questions/kinds-of-questions.html"
EXAM = "quizzes/organized-crime-exam.html"
FOCUS = "document.activeElement"


def payloads(page: Page) -> list[dict[str, Any]]:
    """Return the first item of every quiz of the page."""
    texts = page.locator("e4j-quiz > script").evaluate_all("all => all.map((one) => one.textContent)")
    return [json.loads(text)["items"][0] for text in texts]


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what is meant."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate(f"selector => {FOCUS}.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector}")


def arrow_to(page: Page, value: str) -> None:
    """Press the arrow until a list or a group of radios holds a value."""
    for _ in range(10):
        if page.evaluate(f"{FOCUS}.value") == value and page.evaluate(f"{FOCUS}.checked !== false || {FOCUS}.tagName === 'SELECT'"):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no way by keys to {value}")


class Keys:
    """Answer items by keyboard alone, from their key."""

    def __init__(self, page: Page, item: dict[str, Any]) -> None:
        self.page, self.item = page, item
        self.card = f'[data-item="{item["id"]}"]'

    def answer(self) -> None:
        getattr(self, self.item["type"])()
        tab_to(self.page, f"{self.card} .e4j-primary-action")
        self.page.keyboard.press("Enter")

    def radio(self, within: str, value: str) -> None:
        tab_to(self.page, f"{self.card} {within}")
        self.page.keyboard.press("Space")
        arrow_to(self.page, value)

    def right(self, options: list[dict[str, Any]]) -> list[str]:
        return [option["id"] for option in options if option["correct"]]

    def single(self) -> None:
        self.radio("input[type=radio]", self.right(self.item["options"])[0])

    def hotspot(self) -> None:
        self.radio("input[type=radio]", self.right(self.item["areas"])[0])

    def survey(self) -> None:
        self.radio("input[type=radio]", self.item["options"][1]["id"])

    def truefalse(self) -> None:
        self.radio("input[type=radio]", str(self.item["answer"]).lower())

    def multiple(self) -> None:
        wanted = set(self.right(self.item["options"]))
        for _ in self.item["options"]:
            tab_to(self.page, f"{self.card} input[type=checkbox]")
            if self.page.evaluate(f"{FOCUS}.value") in wanted:
                self.page.keyboard.press("Space")

    def short(self) -> None:
        self.write("input[type=text]", self.item["accept"][0]["shown"])

    def numeric(self) -> None:
        self.write("input[type=text]", self.item["accept"][0]["value"])

    def write(self, within: str, text: str) -> None:
        tab_to(self.page, f"{self.card} {within}")
        self.page.keyboard.insert_text(text)

    def cloze(self) -> None:
        places = self.page.locator(f"{self.card} .e4j-sentence [id*='-gap-']:is(input, select)").evaluate_all("all => all.map((one) => one.id)")
        gaps = {gap["id"]: gap for gap in self.item["gaps"]}
        for place in places:  # a language may put the gaps in another order
            gap = gaps[place.rpartition("-gap-")[2]]
            if gap["kind"] == "text":
                self.write(f"[id='{place}']", gap["accept"][0]["shown"])
            else:
                tab_to(self.page, f"[id='{place}']")
                arrow_to(self.page, gap["token"] if gap["kind"] == "drag" else self.right(gap["options"])[0])

    def order(self) -> None:
        wanted = [part["id"] for part in self.item["parts"]]
        shown = f"{self.card} [id$='-up']"
        for place, part in enumerate(wanted):
            while (order := self.page.locator(shown).evaluate_all("all => all.map((one) => one.id)")) and not order[place].endswith(f"-{part}-up"):
                if not self.page.evaluate(f"part => {FOCUS}.id.endsWith(part)", f"-{part}-up"):
                    self.page.locator(f"{self.card} h3, {self.card} h4, {self.card} h2").first.focus()
                    tab_to(self.page, f"{self.card} [id$='-{part}-up']")
                self.page.keyboard.press("Enter")

    def match(self) -> None:
        for left in self.item["lefts"]:
            tab_to(self.page, f"{self.card} select[id$='-{left['id']}']")
            arrow_to(self.page, self.item["key"][left["id"]])

    def categorize(self) -> None:
        names = self.page.locator(f"{self.card} .e4j-pills").evaluate_all("all => all.map((one) => one.querySelector('input').name)")
        for name in names:
            thing = next(t["id"] for t in self.item["things"] if name.endswith(f"-{t['id']}"))
            self.radio(f"input[name='{name}']", self.item["key"][thing])

    def reflect(self) -> None:
        self.write("textarea", "正义 · عدل · справедливость")
        tab_to(self.page, f"{self.card} .e4j-primary-action")
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Space")

    def scenario(self) -> None:
        nodes = {node["id"]: node for node in self.item["nodes"]}
        here = nodes[self.item["start"]]
        while not here["end"]:
            tab_to(self.page, f"{self.card} .e4j-choice")
            self.page.keyboard.press("Enter")
            here = nodes[here["choices"][0]["to"]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_thirteen_kinds_are_answered_by_keyboard_alone_from_a_stick(site: Path, browser, language: str) -> None:
    """In every language the gallery is whole, right answers by keys are right, and nothing is asked of anybody."""
    page = browser.new_page(viewport={"width": 1024, "height": 768})
    asked: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else asked.append(request.url))
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / language / GALLERY).as_uri())
    expect(page.locator("e4j-quiz[data-ready]")).to_have_count(13)
    items = payloads(page)
    assert len({item["type"] for item in items}) == 13
    for item in items:
        page.locator(f'[data-item="{item["id"]}"] .e4j-question-heading').focus()
        Keys(page, item).answer()
        free = item["type"] in {"survey", "reflect"} or (item["type"] == "scenario" and not item["scored"])
        expect(page.locator(f'form[data-item="{item["id"]}"]')).to_have_attribute("data-verdict", "yours" if free else "right")
    assert (asked, errors) == ([], [])
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_a_quiz_is_a_form_that_the_server_marks(server: str, browser, language: str) -> None:
    """Answer as the text page lets one, read the result in the same language, and follow its links."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    page = context.new_page()
    page.goto(f"{server}/{language}/quizzes/kinds-of-questions.html")
    expect(page.locator("e4j-quiz fieldset")).to_have_count(13)
    page.locator("input[name=q-who-decides]").first.check()
    page.locator("input[name=q-in-force][value=false]").check()
    page.locator("input[name=q-unanswered]").fill("١٥" if language == "ar" else "15")
    page.locator("e4j-quiz form[method=post] button").click()
    leave = page.locator("form input[type=checkbox]").last
    leave.check()  # leave what is missing unanswered
    page.locator("form button").last.click()
    assert page.locator("html").get_attribute("lang") == language
    found = re.findall(r'href="([^"#][^"]*)"', page.content())
    links = [urljoin(page.url, href) for href in found if not href.startswith(("http", "mailto", "data:"))]
    assert len(links) > 3
    for link in sorted({link.partition("#")[0] for link in links}):
        with urlopen(link) as answer:
            assert answer.status == 200, link
    context.close()


def test_an_assessed_quiz_is_begun_answered_handed_in_and_explained(server: str, browser) -> None:
    """The result comes from the server with explanations, its links lead somewhere, and a second attempt draws others."""
    context = browser.new_context(viewport={"width": 1024, "height": 768}, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{server}/en/{EXAM}")
    page.wait_for_selector("e4j-quiz[data-ready]")
    assert "correct" not in page.locator("e4j-quiz > script").inner_text()
    drawn = []
    for _ in range(2):
        page.locator(".e4j-attempt-begin").click()
        page.locator(".e4j-quiz-all").click()
        cards = page.locator(".e4j-question:visible")
        expect(cards).to_have_count(12)
        drawn.append(cards.evaluate_all("all => all.map((one) => one.dataset.item)"))
        choice = page.locator(".e4j-question:visible:has(.e4j-options input[type=radio])").first
        choice.locator(".e4j-options input[type=radio]").first.check()
        choice.locator(".e4j-primary-action").click()
        expect(choice.locator(".e4j-answer-kept")).to_be_focused()
        page.locator(".e4j-quiz-to-result").click()
        page.locator(".e4j-attempt-hand-in").click()
        page.locator(".e4j-dialog .e4j-primary-action").click()
        expect(page.locator(".e4j-score")).to_be_visible(timeout=15_000)
    assert drawn[0] != drawn[1]
    expect(page.locator(".e4j-attempt-begin")).to_have_count(0)
    page.locator(".e4j-result .e4j-button").first.click()
    expect(page.locator(".e4j-question:visible .e4j-feedback-title").first).to_be_visible()
    links = page.locator(".e4j-question a[href]").evaluate_all("all => all.map((one) => one.href.split('#')[0])")
    assert links
    assert [link for link in sorted({*links}) if urlopen(link).status != 200] == []
    context.close()


POST = """([language, quiz]) => {
  const form = Object.assign(document.createElement("form"), {method: "post", action: `/answers/${language}/${quiz}`});
  form.append(Object.assign(document.createElement("input"), {type: "hidden", name: "q-in-force", value: "true"}));
  document.body.append(form);
  form.submit();
}"""
AXE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => v.id + ' ' + v.nodes[0].html.slice(0, 120))"""


def faults(page: Page) -> list[str]:
    """Return what axe finds serious, and a width that is more than a phone's."""
    page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8"))
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return page.evaluate(AXE) + (["wider than a phone"] if wide else [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_of_the_server_are_fit_for_everybody(server: str, browser, language: str) -> None:
    """The form sent back, its result, the questions of an assessed quiz, and the pages for authors."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, locale=language, bypass_csp=True, http_credentials={"username": "x", "password": AUTHORS},
    )
    page = context.new_page()
    for quiz in ("kinds-of-questions", "organized-crime-exam"):
        page.goto(f"{server}/{language}/about.html")
        with page.expect_navigation(url=re.compile("/answers/")):
            page.evaluate(POST, [language, quiz])
        assert faults(page) == [], quiz
    page.goto(f"{server}/{language}/about.html")
    with page.expect_navigation(url=re.compile("/answers/")):
        page.evaluate(POST, [language, "kinds-of-questions"])
    page.locator("form input[type=checkbox]").last.check()
    with page.expect_navigation():
        page.locator("form button").last.click()
    assert faults(page) == []
    for path in ("/authors/", "/authors/quizzes/kinds-of-questions"):
        page.goto(f"{server}{path}")
        assert faults(page) == [], path
    context.close()
