"""What a newcomer does in the first minutes, with a bad network and a dead battery on the way."""

import contextlib
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

import pytest

pytestmark = pytest.mark.browser
LESSON = "/ar/modules/lost-coin/check.html"


def choose(page, item: int, value: str) -> None:
    """Answer the choice question `item` with the keyboard: focus an option, Space, and Enter on Check."""
    card = page.locator(".e4j-question").nth(item)
    option = card.locator(f"input[value='{value}']")
    option.focus()
    page.keyboard.press("Space")
    assert option.is_checked()
    card.locator(".e4j-quiz-actions .e4j-primary-action").first.focus()
    page.keyboard.press("Enter")
    card.locator(".e4j-feedback").wait_for()


def until(condition: Callable[[], bool], what: str, seconds: float = 20) -> None:
    """Wait for a condition that the browser reaches by itself."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.05)


def events(page) -> dict:
    """Ask the server, with this browser's own token, what it holds."""
    return page.evaluate("""async () => {
        const open = (name) => new Promise((done, fail) => { const r = indexedDB.open(name); r.onsuccess = () => done(r.result); r.onerror = fail; });
        const names = (await indexedDB.databases()).map((d) => d.name);
        for (const name of names) {
            const db = await open(name);
            for (const store of db.objectStoreNames) {
                const all = await new Promise((done) => { const r = db.transaction(store).objectStore(store).getAll(); r.onsuccess = () => done(r.result); });
                for (const value of all) {
                    const token = value?.token ?? value?.value?.token;
                    if (token) {
                        const answer = await fetch('/api/v1/progress', {headers: {Authorization: 'Bearer ' + token}});
                        return answer.json();
                    }
                }
            }
        }
        return {};
    }""")


def answered(progress: dict) -> dict[str, int]:
    items = progress.get("quizzes", {}).get("lost-coin-check", {}).get("items", {})
    return {name: item["tries"] for name, item in items.items()}


@pytest.fixture
def keys(server: str) -> list[dict]:
    """Return the items of the quiz as the page ships them: type, a right and a wrong answer."""
    with urlopen(server + LESSON) as answer:
        text = answer.read().decode()
    items = json.loads(re.search(r'e4j-quiz[^>]*><script type="application/json">(.*?)</script>', text, re.DOTALL)[1])["items"]
    return [
        {"id": i["id"], "type": i["type"], "right": next((o["id"] for o in i.get("options", []) if o.get("correct")), str(i.get("answer")).lower()),
         "wrong": next((o["id"] for o in i.get("options", []) if not o.get("correct")), str(not i.get("answer")).lower())}
        for i in items
    ]


def test_newcomer_answers_in_arabic_loses_power_and_goes_on_elsewhere(server: str, profile, keys) -> None:
    """Catalogue → Arabic lesson → wrong, why, right → offline, two more → killed → delivered once → second device by code."""
    single = [n for n, item in enumerate(keys) if item["type"] in {"single", "truefalse"}]
    assert len(single) >= 3
    first, second, third = single[:3]
    phone = profile("phone")
    page = phone.new_page()
    page.goto(f"{server}/ar/catalogue.html")
    page.locator("main a[href*='lost-coin/index']").first.click()
    page.locator("main a[href$='check.html']").first.click()
    assert page.locator("html").get_attribute("dir") == "rtl"
    page.locator(".e4j-quiz-all").click()

    choose(page, first, keys[first]["wrong"])
    feedback = page.locator(".e4j-question").nth(first).locator(".e4j-feedback")
    feedback.wait_for()
    assert re.search("[\u0600-\u06ff]{3}", feedback.inner_text())
    card = page.locator(".e4j-question").nth(first)
    retry = card.locator(".e4j-quiz-actions button:visible").first
    if card.locator("input:enabled").count() == 0:
        retry.click()
    choose(page, first, keys[first]["right"])
    until(lambda: answered(events(page)).get(keys[first]["id"]) == 2, "the first two answers never reached the server")

    phone.set_offline(True)
    choose(page, second, keys[second]["right"])
    choose(page, third, keys[third]["right"])
    page.locator(".e4j-question").nth(third).locator(".e4j-answer-saved").wait_for(state="attached")
    kill("phone")

    again = profile("phone")
    page = again.new_page()
    page.goto(server + LESSON)
    expected = {keys[first]["id"]: 2, keys[second]["id"]: 1, keys[third]["id"]: 1}
    until(lambda: answered(events(page)) == expected, "the answers given offline were lost or doubled")
    page.goto(f"{server}/ar/progress.html")
    code = page.locator("e4j-progress")
    until(lambda: re.search(r"(\d{5}[\s‑-]+){4}\d{5}", code.inner_text()) is not None, "no recovery code is shown")
    recovery = re.search(r"(\d{5}[\s‑-]+){4}\d{5}", code.inner_text())[0]

    other = profile("tablet")
    tablet = other.new_page()
    tablet.goto(f"{server}/ar/progress.html")
    tablet.locator("e4j-progress input").first.fill(recovery)
    tablet.locator("e4j-progress form button, e4j-progress input ~ button").first.click()
    until(lambda: answered(events(tablet)) == expected, "the second device does not see the first one's answers")


def kill(folder: str) -> None:
    """End the browser as a power cut does: every process of a profile at once. Returns when all are gone."""
    def processes() -> list[int]:
        found = subprocess.run(["pgrep", "-f", f"user-data-dir=.*/{folder}( |$)"], capture_output=True, text=True, check=False).stdout.split()
        return [int(pid) for pid in found if "Z" not in Path(f"/proc/{pid}/stat").read_text().split(")")[1].split()[0]]

    assert processes()
    for pid in processes():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    until(lambda: not processes(), "the browser did not die")


def test_site_works_from_a_stick(site: Path, browser) -> None:
    """From file://: reading, language switch to the same page, search and the quiz work, and nothing is asked of a network."""
    page = browser.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{(site / 'en/modules/the-offer/reading.html').as_uri()}")
    page.locator(".e4j-languages summary").click()
    page.locator("[data-e4j-lang='ar']").click()
    assert page.url.partition("#")[0].endswith("/ar/modules/the-offer/reading.html")
    page.locator("[data-e4j-search-open]").click()
    page.locator("dialog input").fill("الاتجار")
    page.locator("dialog a[href*='the-offer']").first.wait_for()
    page.goto(f"{(site / 'ar/quizzes/the-offer-quiz.html').as_uri()}")
    page.locator(".e4j-question").first.wait_for()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert errors == []
    page.close()
