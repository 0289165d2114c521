"""A real browser without scripts hands in a form over plain http, as in a school without HTTPS."""

import os
import re
import shutil

import pytest
from playwright.sync_api import sync_playwright

CHROMIUM = os.environ.get("E4J_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
HOST = "school.test"
FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", f"--host-resolver-rules=MAP {HOST} 127.0.0.1"]
FORM = """<!doctype html><title>Exam</title><form method="post" action="../../answers/en/market-exam">
<input type="hidden" name="rev" value="rev-1"><input type="radio" name="q-finder" value="x1"> <input name="q-bribe-word"> <button>Hand in</button></form>"""


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def page(browser, run_server, keys, site):
    (site / "en/lost-coin/quiz.html").write_text(FORM)
    line = run_server("serve", "--site", str(site), "--port", "0", "--keys", str(keys.folder)).stdout.readline()
    port = re.search(r":(\d+)/ ", line)[1]
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    opened = context.new_page()
    opened.goto(f"http://{HOST}:{port}/en/lost-coin/quiz.html")
    yield opened
    context.close()


@pytest.mark.browser
def test_a_form_is_sent_again_with_what_is_missing_and_then_taken(page):
    page.check("[name=q-finder]")
    page.fill("[name=q-bribe-word]", "bribe")
    page.click("button")
    assert page.text_content("h1") == "The market, examined"
    assert page.locator("[role=alert]").text_content() == "Something is missing."
    assert page.is_checked("[name=q-finder][value=x1]")
    assert page.input_value("[name=q-bribe-word]") == "bribe"
    # Nothing is wider than the narrowest phone.
    assert page.locator("body").bounding_box()["width"] <= 320
    page.check("[name=anyway]")
    page.click("button")
    assert page.text_content(".score strong") == "2 of 12 points"
    assert re.fullmatch(r"\d{5}(-\d{5}){4}", page.text_content(".code strong"))
