"""Answer gaps, orders, pairs, groups, pictures, ratings and stories: by keys, by touch and by mouse, in six languages."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .conftest import Place
from .test_player_browser import axe

pytestmark = pytest.mark.browser

HERE = Path(__file__).parent
LANGUAGES = ["en", "ar", "zh", "fr", "ru", "es"]
MARKED = ["gaps", "steps", "roles", "sort", "report"]
KINDS = [*MARKED, "dare", "envelope"]
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
STANDING = """() => [...document.querySelectorAll(".e4j-question")].map((card) => [
  card.dataset.item, card.dataset.verdict,
  [...card.querySelectorAll("select, input")].map((one) => one.type === "radio" ? one.checked : one.value),
  [...card.querySelectorAll(".e4j-slot-face")].map((face) => face.textContent),
  [...card.querySelectorAll(".e4j-order-part, .e4j-way-step")].map((part) => part.textContent),
  [...card.querySelectorAll(".e4j-area")].map((area) => area.hasAttribute("data-chosen")),
])"""


def quiz(lang: str) -> dict[str, Any]:
    """Return the payload of a language."""
    found: dict[str, Any] = json.loads((HERE / "harness" / f"kinds.{lang}.json").read_text(encoding="utf-8"))
    return found


def typed(lang: str) -> str:
    """Return what fits the typed gap."""
    accepted: str = quiz(lang)["items"][0]["gaps"][1]["accept"][0]["text"]
    return accepted


def start(page: Page, place: Place, lang: str, whole: bool = True) -> None:
    """Open the page and wait for its player; `whole` shows all questions at once."""
    page.goto(place.url(f"{lang}/market/kinds.html"))
    page.wait_for_selector("e4j-quiz[data-ready]")
    if whole:
        page.click(".e4j-quiz-all")


def item(name: str) -> str:
    """Return the selector of a question."""
    return f"[data-item={name}]"


def press(page: Page, name: str) -> None:
    """Press the button of a question and wait until it has said something new."""
    card = page.locator(item(name))
    feedback = card.locator("> .e4j-feedback")
    before = feedback.inner_html()
    card.locator("> .e4j-quiz-actions .e4j-primary-action").click()
    expect(feedback).not_to_have_js_property("innerHTML", before)


def check(page: Page, name: str, verdict: str) -> None:
    """Check a question and look how it stands."""
    press(page, name)
    expect(page.locator(item(name))).to_have_attribute("data-verdict", verdict)


def shown_order(page: Page) -> list[str]:
    """Return the ids of the parts to order, as they stand."""
    ids = page.locator(f"{item('steps')} .e4j-part-text").evaluate_all("all => all.map((one) => one.id)")
    return [one.split("-")[-2] for one in ids]


def fill_wrongly(page: Page) -> None:
    """Answer every question, most of them wrongly or in part."""
    gaps = page.locator(f"{item('gaps')} select")
    gaps.nth(0).select_option("obedient")
    page.locator(f"{item('gaps')} input").fill("???")
    gaps.nth(1).select_option("secret")
    gaps.nth(2).select_option("4")
    page.locator(f"{item('steps')} .e4j-mover").nth(1).click()
    if shown_order(page) == ["ask", "object", "court", "appeal"]:
        page.locator(f"{item('steps')} .e4j-mover").nth(3).click()
    page.locator(f"{item('roles')} select").nth(0).select_option("witness")
    page.check(f"{item('sort')} input[name$=rent][value=crime]")
    page.check(f"{item('sort')} input[name$=forged][value=crime]")
    page.check(f"{item('report')} input[value=cash]")
    page.check(f"{item('dare')} input[value='3']")
    page.locator(f"{item('envelope')} .e4j-choice").first.click()


def close_all(page: Page) -> None:
    """Check what is wrong until the key is shown, and end the story."""
    for name in MARKED:
        while page.locator(f"{item(name)} > .e4j-quiz-actions").is_visible():
            press(page, name)
    page.locator(f"{item('envelope')} .e4j-choice").first.click()
    for name in ("dare", "envelope"):
        check(page, name, "yours")


# ---- by keys -----------------------------------------------------------------------------------


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on what a selector names."""
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"no way by keys to {selector}")


def choose_by_keys(page: Page, selector: str, value: str) -> None:
    """Go to a list and press the arrow until it has a value."""
    tab_to(page, selector)
    for _ in range(8):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no way by keys to {value}")


def radio_by_keys(page: Page, selector: str, value: str) -> None:
    """Go to a group of radios and choose one."""
    tab_to(page, f"{selector} input")
    page.keyboard.press("Space")
    for _ in range(8):
        if page.evaluate("document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"no way by keys to {value}")


def check_by_keys(page: Page, verdict: str) -> None:
    """Go to the button, press it, and go on to the next question."""
    tab_to(page, ".e4j-question > .e4j-quiz-actions .e4j-primary-action")
    page.keyboard.press("Enter")
    card = page.locator(".e4j-question:visible")
    expect(card).to_have_attribute("data-verdict", verdict)
    assert page.evaluate("document.activeElement.className") == "e4j-feedback-title"
    tab_to(page, ".e4j-quiz-next")
    page.keyboard.press("Enter")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_keyboard_alone_is_enough(page: Page, static: Place, lang: str) -> None:
    """Every kind is answered right with keys only, and the focus is never lost."""
    start(page, static, lang, whole=False)
    keys = page.keyboard
    choose_by_keys(page, "[id$=gap-1]", "independent")
    tab_to(page, "[id$=gap-2]")
    keys.type(typed(lang))
    keys.press("Enter")
    assert page.evaluate("document.activeElement.id").endswith("gap-3")
    keys.press("Shift+Tab")
    choose_by_keys(page, "[id$=gap-3]", "3")
    choose_by_keys(page, "[id$=gap-4]", "4")
    check_by_keys(page, "right")

    tab_to(page, ".e4j-mover")
    keys.press("Shift+Tab")
    for place, part in enumerate(["ask", "object", "court", "appeal"]):
        if shown_order(page).index(part) != place:
            page.evaluate("document.activeElement.blur()")
            tab_to(page, f"[id$={part}-up]")
            while shown_order(page).index(part) != place:
                keys.press("ArrowUp" if place else "Enter")
                assert page.evaluate("document.activeElement.id").endswith(f"{part}-up")
    said = page.locator(f"{item('steps')} [role=status]").first.inner_text()
    assert re.search(r"\d.*4", said)
    check_by_keys(page, "right")

    for left in ("prosecutor", "defence", "judge"):
        choose_by_keys(page, f"[id$=roles-{left}]", left)
    check_by_keys(page, "right")
    key = quiz(lang)["items"][3]["key"]
    things = page.locator(f"{item('sort')} .e4j-pills").evaluate_all("all => all.map((one) => one.querySelector('input').name)")
    for thing in (name.split("-")[-1] for name in things):
        radio_by_keys(page, f"{item('sort')} .e4j-pills:has([name$={thing}])", key[thing])
    check_by_keys(page, "right")
    radio_by_keys(page, item("report"), "complaints")
    check_by_keys(page, "right")
    radio_by_keys(page, item("dare"), "4")
    check_by_keys(page, "yours")
    tab_to(page, ".e4j-choice")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.className") == "e4j-scene"
    tab_to(page, ".e4j-choice")
    keys.press("Enter")
    assert page.evaluate("document.activeElement.className") == "e4j-scene"
    check_by_keys(page, "yours")
    assert page.evaluate("document.activeElement.className") == "e4j-quiz-summary-heading"


# ---- by touch ----------------------------------------------------------------------------------


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """Give a page of a phone with a touch screen."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, reduced_motion="reduce")
    context.set_default_timeout(8000)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_taps_alone_are_enough(phone: Page, stick: Place, lang: str) -> None:
    """Every kind is answered right by taps, from a stick: a word and its gap, a card and its place, an area, a choice."""
    start(phone, stick, lang)
    texts = {token["id"]: token["html"] for token in quiz(lang)["items"][0]["tokens"]}
    for gap in ("3", "4"):
        phone.get_by_text(texts[gap], exact=True).locator("visible=true").first.tap()
        phone.locator(f"{item('gaps')} .e4j-gap:has([id$=gap-{gap}])").tap()
    phone.locator(f"{item('gaps')} [id$=gap-1]").select_option("independent")
    phone.locator(f"{item('gaps')} [id$=gap-2]").fill(typed(lang))
    check(phone, "gaps", "right")
    for place, part in enumerate(["ask", "object", "court", "appeal"]):
        while shown_order(phone).index(part) > place:
            phone.locator(f"[id$={part}-up]").tap()
    check(phone, "steps", "right")
    rights = {right["id"]: right["html"] for right in quiz(lang)["items"][2]["rights"]}
    for at, left in enumerate(("prosecutor", "defence", "judge")):
        ends = [phone.locator(f"[id$={left}-left]"), phone.locator(f"{item('roles')} .e4j-chip").filter(has_text=rights[left])]
        for end in ends if at else reversed(ends):
            end.tap()
    check(phone, "roles", "right")
    for thing, category in quiz(lang)["items"][3]["key"].items():
        phone.locator(f"{item('sort')} .e4j-pill:has([name$={thing}][value={category}])").tap()
    check(phone, "sort", "right")
    phone.locator(f"{item('report')} .e4j-area").nth(1).tap()
    assert phone.is_checked(f"{item('report')} input[value=complaints]")
    check(phone, "report", "right")
    phone.locator(f"{item('dare')} .e4j-option").nth(3).tap()
    check(phone, "dare", "yours")
    for _ in range(2):
        phone.locator(f"{item('envelope')} .e4j-choice").first.tap()
    check(phone, "envelope", "yours")


# ---- by mouse ----------------------------------------------------------------------------------


def drag(page: Page, what: str, where: str) -> None:
    """Carry one thing to another with the mouse."""
    for one in (where, what):
        page.locator(one).scroll_into_view_if_needed()
    start, end = (page.locator(one).bounding_box() for one in (what, where))
    assert start
    assert end
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + end["height"] / 2, steps=4)
    page.mouse.up()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_things_can_be_carried(page: Page, static: Place, lang: str) -> None:
    """A word to its gap and on to another, a part to another place, a card to its pair, a thing into a box."""
    page.set_viewport_size({"width": 900, "height": 1200})
    start(page, static, lang)
    word = quiz(lang)["items"][0]["tokens"][2]["html"]
    for gap, other in (("4", "3"), ("3", "4")):
        drag(page, f"{item('gaps')} .e4j-chip:text-is('{word}')", f".e4j-gap:has([id$=gap-{gap}])")
        assert page.input_value(f"[id$=gap-{gap}]") == "3"
        assert page.input_value(f"[id$=gap-{other}]") == ""
    first, second, third, last = shown_order(page)
    drag(page, f".e4j-order-part:has([id$={first}-up]) .e4j-handle", f".e4j-order-part:has([id$={third}-up])")
    assert shown_order(page) == [second, third, first, last]
    right = quiz(lang)["items"][2]["rights"][0]["html"]
    drag(page, f"{item('roles')} .e4j-chip:text-is('{right}')", ".e4j-pair:has([id$=judge-left])")
    assert page.input_value("[id$=roles-judge]") == "prosecutor"
    thing = ".e4j-thing:has([name$=rude]) .e4j-part-text"
    drag(page, thing, ".e4j-sorting-box:last-child")
    assert page.is_checked(f"{item('sort')} [name$=rude][value=neither]")
    page.locator(thing).click()
    page.locator(".e4j-sorting-box").first.click()
    assert page.is_checked(f"{item('sort')} [name$=rude][value=crime]")
    assert page.locator(".e4j-sorting-box").first.locator("li").count() == 1


# ---- what is kept and said ---------------------------------------------------------------------


@pytest.mark.parametrize("from_stick", [False, True])
def test_a_reload_finds_everything_as_it_was(page: Page, static: Place, stick: Place, from_stick: bool) -> None:
    """Half an answer, and a checked one, stand in the controls as before."""
    start(page, stick if from_stick else static, "en")
    fill_wrongly(page)
    check(page, "sort", "partly")
    before = page.evaluate(STANDING)
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    assert page.evaluate(STANDING) == before
    page.locator(f"{item('envelope')} button", has_text="One step back").click()
    page.locator(f"{item('roles')} select").first.select_option("")
    page.reload()
    page.wait_for_selector("e4j-quiz[data-ready]")
    assert page.locator(f"{item('envelope')} .e4j-way-step").count() == 0
    assert page.input_value(f"{item('roles')} select >> nth=0") == ""


def test_parts_say_how_they_stand(page: Page, static: Place) -> None:
    """Wrong parts are marked and unmarked when changed; right ones stay; in the end the key stands beside the wrong ones."""
    start(page, static, "en")
    fill_wrongly(page)
    check(page, "sort", "partly")
    notes = {thing: page.locator(f".e4j-thing:has([name$={thing}]) .e4j-part-note") for thing in ("threat", "rent", "rude", "forged")}
    said = {thing: note.inner_text() for thing, note in notes.items()}
    assert said == {"threat": "Left empty", "rent": "Not right", "rude": "Left empty", "forged": "Right"}
    assert page.is_checked(f"{item('sort')} input[name$=forged][value=crime]")
    page.check(f"{item('sort')} input[name$=rent][value=neither]")
    assert page.locator(f"{item('sort')} [data-state=wrong]").count() == 0
    check(page, "sort", "partly")
    expect(page.locator(f"{item('sort')} > .e4j-quiz-actions")).to_be_hidden()
    assert re.sub(r"\s+", " ", notes["rent"].inner_text()) == "Not right Right answer: A dispute"
    assert page.locator(f"{item('sort')} input:enabled").count() == 0
    check(page, "gaps", "partly")
    feedback = page.locator(f"{item('gaps')} .e4j-option-feedback-text")
    assert feedback.all_inner_texts() == [
        "Whom would they obey, and who would check that person?", "In secret nobody could see whether the rules are kept.",
    ]


def test_an_unfinished_answer_costs_no_try(page: Page, static: Place) -> None:
    """Nothing filled, nothing moved, a story half told: the player says so and goes to the place."""
    start(page, static, "en")
    wanted = {
        "gaps": "Choose an answer first.", "steps": "Move the parts into an order first.", "roles": "Choose an answer first.",
        "envelope": "Go on until the story ends. Then you can check your way.",
    }
    for name, words in wanted.items():
        page.locator(f"{item(name)} > .e4j-quiz-actions .e4j-primary-action").click()
        expect(page.locator(f"{item(name)} .e4j-answer-problem")).to_have_text(words)
        assert page.evaluate(f"document.querySelector('{item(name)}').contains(document.activeElement)")
    assert page.evaluate("document.activeElement.className").endswith("e4j-choice")


def test_a_story_can_be_tried_another_way(page: Page, static: Place) -> None:
    """The way so far is told; a step back and a new start take it back; the end says what the way honoured."""
    start(page, static, "en")
    card = page.locator(item("envelope"))
    card.locator(".e4j-choice").first.click()
    assert card.locator(".e4j-way-step p").all_inner_texts() == [
        "You chose: Take the envelope.", "It helps a family today. Who pays for it tomorrow?",
    ]
    card.locator(".e4j-choice").first.click()
    assert card.locator(".e4j-value").all_inner_texts() == ["Care for people", "Honesty", "Courage"]
    card.get_by_text("Try another way").click()
    assert card.locator(".e4j-way-step").count() == 0
    card.locator(".e4j-choice").nth(2).click()
    assert card.locator(".e4j-value").all_inner_texts() == ["Honesty", "Care for people"]
    check(page, "envelope", "yours")
    assert card.locator(".e4j-scene button").count() == 0
    assert card.locator("details .e4j-option-feedback-about").count() == 2


def test_without_a_key_no_part_is_judged(page: Page, static: Place) -> None:
    """An item as the server sends it for an assessment: it can be answered, and nothing says right or wrong of its parts."""
    secret = {"correct", "accept", "key", "token", "score", "values", "hints", "explain", "reread", "feedback", "rubric", "model"}

    def bare(value: object) -> object:
        if isinstance(value, dict):
            return {name: bare(one) for name, one in value.items() if name not in secret}
        return [bare(one) for one in value] if isinstance(value, list) else value

    payload = quiz("en")
    for at, part in enumerate(payload["items"][1]["parts"], 1):
        part["id"] = f"x{at}"
    text = json.dumps({**payload, "items": [bare(one) for one in payload["items"]]}).replace("<", "\\u003c")

    def stripped(route: Route) -> None:
        html = route.fetch().text()
        html = re.sub(r'(<script type="application/json">).*?(</script>)', lambda m: m[1] + text + m[2], html, flags=re.DOTALL)
        route.fulfill(body=html, content_type="text/html")

    page.route("**/kinds.html", stripped)
    start(page, static, "en")
    fill_wrongly(page)
    for name in MARKED[:4]:
        press(page, name)
    assert page.locator(".e4j-part-said, .e4j-part-key, .e4j-answer-key").count() == 0
    assert page.locator("[data-state=wrong], [data-state=right], [data-state=missed]").count() == 0


# ---- for every eye and ear ---------------------------------------------------------------------


def spoken(page: Page, name: str) -> str:
    """Return what a screen reader is given of a question."""
    return page.locator(f"{item(name)} fieldset").first.aria_snapshot()


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_every_kind_is_spoken_as_expected(page: Page, static: Place, lang: str) -> None:
    """The accessibility tree of each kind is the one written down; chance is held still, so that the order is known."""
    page.add_init_script("crypto.getRandomValues = (bytes) => bytes.fill(7)")
    start(page, static, lang)
    expected = (HERE / "spoken" / f"kinds.{lang}.txt").read_text(encoding="utf-8")
    assert "".join(f"== {name}\n{spoken(page, name)}\n" for name in KINDS) == expected


@pytest.mark.parametrize(("lang", "theme"), [("en", "light"), ("ar", "dark"), ("zh", "light")])
def test_axe_finds_nothing_grave(page: Page, static: Place, lang: str, theme: str) -> None:
    """Untouched, half answered, checked, and closed with the key."""
    page.add_init_script(f"localStorage.setItem('e4j-theme', '{theme}')")
    start(page, static, lang)
    assert axe(page) == []
    fill_wrongly(page)
    assert axe(page) == []
    for name in MARKED:
        press(page, name)
    assert axe(page) == []
    close_all(page)
    assert axe(page) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_scrolls_sideways_on_a_small_screen(page: Page, static: Place, lang: str) -> None:
    """320 px wide, at normal and at twice the text size: untouched, answered and closed."""
    page.set_viewport_size({"width": 320, "height": 640})
    start(page, static, lang)
    larger = "document.documentElement.classList.toggle('e4j-test-large')"
    page.add_style_tag(content=".e4j-test-large { font-size: 200% }")
    for step in (lambda _: None, fill_wrongly, close_all):
        step(page)
        for _ in range(2):
            assert page.evaluate(WIDE) <= 0
            page.evaluate(larger)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_touch_targets_are_large(page: Page, static: Place, lang: str) -> None:
    """What stands alone is 44 px high, what stands in a sentence 24 px."""
    page.set_viewport_size({"width": 320, "height": 640})
    start(page, static, lang)
    small = """() => [...document.querySelectorAll(".e4j-mover, .e4j-pair .e4j-slot, .e4j-pill, .e4j-chip, .e4j-choice, .e4j-option, .e4j-gap > :first-child")]
      .filter((one) => one.offsetParent && one.getBoundingClientRect().height < (one.closest(".e4j-gap") ? 24 : 43.9)).map((one) => one.outerHTML)"""
    assert page.evaluate(small) == []


def test_right_to_left_mirrors_the_rows_and_not_the_picture(page: Page, static: Place, tmp_path: Path) -> None:
    """In Arabic a row begins at the right; areas lie where the picture has them."""

    def start_of(selector: str) -> float:
        found = page.locator(selector).first.bounding_box()
        assert found
        return found["x"]

    start(page, static, "ar")
    assert start_of(".e4j-handle") > start_of(".e4j-order-part .e4j-part-text") > start_of(".e4j-mover")
    assert start_of(".e4j-pair .e4j-part-text") > start_of(".e4j-pair .e4j-slot")
    wide = page.locator(".e4j-picture img").evaluate("one => one.clientWidth")
    assert abs((start_of(".e4j-area") - start_of(".e4j-picture img")) / wide - 36 / 480) < 0.02
    image = page.locator(".e4j-player").screenshot(path=tmp_path / "kinds.ar.png")
    assert image[:4] == b"\x89PNG"


def test_outlines_hold_in_forced_colours(page: Page, static: Place) -> None:
    """With the colours of the system a chosen area, a picked word and a chosen group still stand out."""
    page.emulate_media(forced_colors="active")
    start(page, static, "en")
    fill_wrongly(page)
    stroke = page.locator(".e4j-area[data-chosen]").evaluate("one => getComputedStyle(one).stroke")
    plain = page.locator(".e4j-area:not([data-chosen])").first.evaluate("one => getComputedStyle(one).stroke")
    assert stroke != plain
    page.locator(f"{item('gaps')} .e4j-chip").first.click()
    for selector in (".e4j-chip[data-picked]", ".e4j-pill:has(:checked)"):
        assert page.locator(selector).first.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"
