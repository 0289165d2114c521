"""The search dialog in a real Chromium, from file:// and 320 pixels wide, in both directions of writing."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from e4j.publish.search import Analyser, SearchDoc, build_index, page_terms

ROOT = Path(__file__).parents[2]
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
QUERIES = json.loads((ROOT / "tests" / "search" / "queries.json").read_text(encoding="utf-8"))
PAGE = """<!doctype html><html lang="{lang}" dir="{dir}" data-e4j-base="../../"><head><meta charset="utf-8"><title>x</title>
<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="../../search.css"></head>
<body><button>Search</button><script src="../../search.js"></script></body></html>"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (ESBUILD.exists() and CHROMIUM), reason="no Chromium or no browser tools: see docs/developers"),
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    for lang in ("ar", "en"):
        analyser = Analyser(lang)
        docs = [
            SearchDoc(key=f"{key}-{copy}", url=f"{key}.html", title=title, context="", summary=text, terms=page_terms(analyser, title, [], text))
            for copy in range(30)
            for key, title, text in QUERIES[lang]["docs"]
        ]
        pages = {"m/x/page.html": PAGE.format(lang=lang, dir="rtl" if lang == "ar" else "ltr").encode()}
        for path, content in (build_index(lang, docs) | pages).items():
            (folder / lang / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / lang / path).write_bytes(content)
        shutil.copy(ROOT / "web" / "search" / "search.css", folder / lang)
        options = ["--bundle", "--format=iife", "--target=es2019", "--log-level=warning", f"--outfile={folder / lang / 'search.js'}"]
        subprocess.run([ESBUILD, ROOT / "web" / "search" / "main.ts", *options], check=True)
    return folder


@pytest.fixture(scope="module")
def browser_page() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 320, "height": 640})
        browser.close()


def start(page: Page, site: Path, lang: str, query: str) -> None:
    page.goto((site / lang / "m" / "x" / "page.html").as_uri())
    page.focus("button")
    page.evaluate("e4jSearch.open()")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type(query)


@pytest.mark.parametrize(("lang", "query", "marked"), [("en", "smuggled", "Smuggling"), ("ar", "المهاجرون", "المهاجرين")])
def test_results_are_links_with_marked_words(browser_page: Page, site: Path, lang: str, query: str, marked: str) -> None:
    start(browser_page, site, lang, query)
    links = browser_page.locator(".e4j-search-link")
    expect(links).to_have_count(20)
    assert links.first.get_attribute("href") == "../../smuggling.html"
    expect(links.first.locator("mark")).to_have_text(marked)
    expect(browser_page.get_by_role("status")).to_have_text("Results: 30")
    assert browser_page.evaluate("document.querySelector('dialog').scrollWidth <= document.querySelector('dialog').clientWidth")
    browser_page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8"))
    assert browser_page.evaluate("axe.run('dialog').then((found) => found.violations.map((one) => one.id))") == []


def test_keys_lead_through_the_results_and_out(browser_page: Page, site: Path) -> None:
    start(browser_page, site, "en", "smuggled")
    links = browser_page.locator(".e4j-search-link")
    expect(links).to_have_count(20)
    browser_page.keyboard.press("ArrowDown")
    browser_page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    browser_page.get_by_role("button", name="Show more").click()
    expect(links).to_have_count(30)
    expect(links.nth(20)).to_be_focused()
    expect(browser_page.get_by_role("button", name="Show more")).to_be_hidden()
    browser_page.keyboard.press("Escape")
    expect(browser_page.locator("dialog")).to_be_hidden()
    expect(browser_page.locator("body > button")).to_be_focused()


def test_nothing_found_says_what_to_try(browser_page: Page, site: Path) -> None:
    start(browser_page, site, "en", "xyzzy")
    expect(browser_page.get_by_role("status")).to_have_text("Results: 0")
    expect(browser_page.locator(".e4j-search-help")).to_have_text("Nothing found. Check the spelling, or try other words or fewer.")


def test_a_failed_load_can_be_tried_again(browser_page: Page, site: Path) -> None:
    away = (site / "en" / "search").rename(site / "en" / "away")
    try:
        start(browser_page, site, "en", "smuggled")
        expect(browser_page.get_by_role("status")).to_have_text("Search could not be loaded. Try again.")
    finally:
        away.rename(site / "en" / "search")
    browser_page.get_by_role("button", name="Try again").click()
    expect(browser_page.get_by_role("status")).to_have_text("Results: 30")
    expect(browser_page.get_by_role("searchbox")).to_be_focused()
