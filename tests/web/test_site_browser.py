"""Use what the site's pages do besides quizzes: theme, languages, menu, filters, search, reading."""

import pytest
from playwright.sync_api import Page, expect

from .conftest import Place

pytestmark = pytest.mark.browser


def test_the_theme_is_kept(page: Page, static: Place) -> None:
    """Light, dark and the device's own go round; a reload remembers."""
    page.goto(static.url("en/index.html"))
    toggle = page.locator("[data-e4j-theme-toggle]")
    expect(toggle).to_have_accessible_name("Light or dark. Colours: as on this device")
    toggle.click()
    toggle.click()
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"
    toggle.click()
    assert page.get_attribute("html", "data-theme") is None


def test_a_change_of_language_stays_at_the_heading(page: Page, static: Place) -> None:
    """The link leads to the same heading in the other language."""
    page.goto(static.url("en/market/story.html"))
    page.locator("#the-guard").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('#the-guard').scrollIntoView()")
    page.evaluate("document.querySelector('[data-e4j-lang=ar]').click()")
    page.wait_for_url("**/ar/market/story.html#the-guard")


def test_the_menu_opens_and_closes(page: Page, static: Place) -> None:
    """Click opens, Escape closes and gives the focus back, a click elsewhere closes."""
    page.goto(static.url("en/index.html"))
    toggle, menu = page.locator("[data-e4j-nav-toggle]"), page.locator("#menu")
    toggle.click()
    expect(menu).to_be_visible()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(toggle).to_be_focused()
    toggle.click()
    page.click("h1")
    expect(menu).to_be_hidden()


@pytest.mark.parametrize("where", ["static", "stick"])
def test_filters_show_what_fits_and_live_in_the_address(page: Page, where: str, request: pytest.FixtureRequest) -> None:
    """Also from a stick, as far as the browser lets the address be changed there."""
    place = request.getfixturevalue(where)
    page.goto(place.url("en/catalogue.html?level=primary"))
    cards, count = page.locator("[data-e4j-card]:visible"), page.locator("[data-e4j-filter-count]")
    expect(cards).to_have_count(2)
    page.select_option("[name=level]", "")
    page.fill("[name=age]", "13")
    expect(cards).to_have_count(1)
    expect(count).to_have_text("Shown: 1 of 4")
    page.check("[name=complete]")
    expect(count).to_have_text("Nothing fits. Take a filter away.")
    assert page.url.endswith("catalogue.html?age=13&complete=1")
    page.reload()
    expect(cards).to_have_count(0)
    page.click("[type=reset]")
    page.select_option("[name=time]", "90")
    expect(cards).to_have_count(3)


@pytest.mark.parametrize("where", ["static", "stick"])
def test_search_loads_when_it_is_wanted(page: Page, where: str, request: pytest.FixtureRequest) -> None:
    """By its button or by "/"; not while typing, and not when the key is switched off."""
    place = request.getfixturevalue(where)
    page.goto(place.url("en/catalogue.html"))
    assert page.locator("script[src*=search]").count() == 0
    page.focus("[name=age]")
    page.keyboard.press("/")
    assert page.locator("script[src*=search]").count() == 0
    page.click("h1")
    page.keyboard.press("/")
    expect(page).to_have_title("search open")
    page.goto(place.url("en/progress.html"))
    page.uncheck("text=The “/” key opens the search")
    page.goto(place.url("en/catalogue.html"))
    page.click("h1")
    page.keyboard.press("/")
    page.wait_for_timeout(150)
    expect(page).to_have_title("Catalogue")
    page.click("[data-e4j-search-open]")
    expect(page).to_have_title("search open")


def test_reading_is_marked_on_links_and_leads_back(page: Page, static: Place) -> None:
    """A viewed page is "started", a page marked as read is "done", the home page leads back to it in any language."""
    page.goto(static.url("en/index.html"))
    link = page.locator("a[data-e4j-page-link]")
    page.click("[data-e4j-nav-toggle]")
    expect(link).to_have_text("Story")
    link.click()
    page.wait_for_url("**/story.html")
    page.click("[data-e4j-nav-toggle]")
    expect(link).to_have_accessible_name("Story started")
    page.click("[data-e4j-done]")
    expect(page.locator("[data-e4j-done]")).to_have_text("Marked as read")
    expect(link).to_have_attribute("data-state", "done")
    page.goto(static.url("ar/index.html"))
    expect(page.locator(".e4j-continue-link")).to_have_attribute("href", "./market/story.html")
    page.click(".e4j-continue-link")
    page.wait_for_url("**/ar/market/story.html")


def test_a_page_is_done_when_its_quiz_is(page: Page, static: Place) -> None:
    """Finishing the quiz marks the page; a single question does not."""
    page.goto(static.url("en/market/item.html"))
    page.wait_for_selector("e4j-quiz[data-ready]")
    page.check("input[value=owner]")
    page.click(".e4j-primary-action")
    page.wait_for_selector(".e4j-feedback-title")
    page.goto(static.url("en/progress.html"))
    expect(page.locator(".e4j-progress-quiz")).to_have_count(1)
    expect(page.locator("[data-state=done]")).to_have_count(0)
