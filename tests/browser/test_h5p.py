"""An H5P package that somebody brings: played by a real player in a closed frame, kept like an answer, and shut in."""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from browser.conftest import ROOT, serving
from browser.test_every_page import AXE
from browser.test_newcomer import events, until
from h5p_packages import CHOICE_JS, package

from e4j.build.site import Options, build_site
from e4j.cli.serve import Changes, _Pages

pytestmark = pytest.mark.browser

CATALOG = "id: try\ntitle: A try\nsource_language: en\nlanguages: [en, ar]\nlicence: CC-BY-4.0\npublisher: Us\nurl: https://example.org/\n"
MODULE = "id: coin\ntitle: Coin\nlevel: secondary\nsummary: A coin.\nages: [14, 18]\nminutes: 10\nlicence: CC-BY-4.0\n"
PAGE = "---\nid: {name}\ntitle: A page\n---\n\n## A game {{#game}}\n\n:::{{h5p}} media/{name}.h5p\n:title: At the market\n:minutes: 5\nListen first.\n:::\n"

ESCAPES = """
(async function () {
  var tries = {
    dom: function () { return top.document.body.innerHTML; },
    cookie: function () { return document.cookie; },
    database: function () { return indexedDB.open('e4j'); },
    popup: function () { if (!window.open('https://example.org/popup')) throw new Error('null'); },
    top: function () { top.location = 'https://example.org/top'; },
    outside: function () { return fetch('https://example.org/fetch'); },
    api: function () { return fetch('/api/v1/health').then(function (r) { return r.text(); }); },
    page: function () { return fetch('/en/index.html').then(function (r) { return r.text(); }); },
    inline: function () { return new Promise(function (done, fail) {
      window.ran = function () { done(); };
      var script = document.createElement('script'); script.textContent = 'window.ran()'; document.body.append(script); setTimeout(fail, 100); }); },
    evaluated: function () { return (0, eval)('1'); }
  };
  localStorage.setItem('mine', 'kept here');
  var got = {memory: localStorage.getItem('mine'), own: localStorage.length};
  for (var name in tries) { try { await tries[name](); got[name] = 'reached'; } catch (error) { got[name] = 'refused'; } }
  new Image().src = 'https://example.org/pixel.png';
  var form = document.createElement('form'); form.method = 'post'; form.action = 'https://example.org/form'; document.body.append(form); form.submit();
  document.querySelector('.said').textContent = JSON.stringify(got);
})();
"""
FORGED = """
var statement = {verb: 'http://adlnet.gov/expapi/verbs/answered', object: 'x?subContentId=finder', raw: 1, max: 1, kind: 'choice', response: 'Amina'};
top.postMessage({e4j: 'h5p', is: 'statement', u: 'quiz/lost-coin-check', activity: 'lost-coin-check', told: statement}, '*');
var inner = document.createElement('iframe'); document.body.append(inner);
"""
FLOOD = """
for (var i = 0; i < 5000; i++)
  top.postMessage({e4j: 'h5p', is: 'statement', told: {verb: 'x/answered', object: 'x?subContentId=q' + i, raw: 1, max: 1}}, '*');
"""


def on_answer(script: str) -> str:
    """Let the test's content type do something when it is answered."""
    return CHOICE_JS.replace("function answer(option, index) {", "function answer(option, index) {" + script + "return;", 1)


CREDIT = {"license": "CC BY", "licenseVersion": "4.0", "authors": [{"name": "Amina Haddad", "role": "Author"}]}


@dataclass(frozen=True)
class Lessons:
    """A served site with a page for each package."""

    folder: Path
    address: str
    database: Path

    def log(self, activity: str) -> list[dict]:
        """Return the events of an activity that the server holds."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as db:
            bodies = [json.loads(body) for (body,) in db.execute("SELECT body FROM event")]
        return [body for body in bodies if body["u"] == f"quiz/{activity}"]


@pytest.fixture(scope="module")
def lessons(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lessons]:
    folder = tmp_path_factory.mktemp("h5p")
    module = folder / "root/modules/secondary/coin"
    (module / "media").mkdir(parents=True)
    (folder / "root/catalog.yml").write_text(CATALOG)
    (module / "module.yml").write_text(MODULE)
    packages = {
        "market": package(), "credited": package(head=CREDIT), "escapes": package(script=on_answer(ESCAPES)), "forged": package(script=on_answer(FORGED)),
        "flood": package(script=on_answer(FLOOD)), "broken": package(script="throw new Error('no');"),
    }
    for name, data in packages.items():
        (module / f"media/{name}.h5p").write_bytes(data)
        (module / f"{name}.md").write_text(PAGE.format(name=name))
    player = ROOT / "node_modules/h5p-standalone/dist"
    report = build_site(Options(roots=[folder / "root"], output=folder / "site", cache=folder / "cache", jobs=1, player=player))
    assert report.ok, report.findings
    with serving(folder / "site", folder / "e4j.db") as address:
        yield Lessons(folder / "site", address, folder / "e4j.db")


@pytest.fixture
def page(browser, lessons: Lessons):
    """Give a page from which no request leaves the origin."""
    context = browser.new_context(viewport={"width": 900, "height": 900})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.asked = asked = []
    refused: list[tuple[str, str]] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("requestfailed", lambda request: refused.append((request.url, request.failure)))
    yield page
    context.close()
    # What the policy stops is announced all the same, and then fails before anything is sent.
    stopped = {url for url, why in refused if why == "csp"}
    assert [url for url in asked if not url.startswith((lessons.address, "data:", "blob:", "file:")) and url not in stopped] == []


def start(page, lessons: Lessons, name: str, language: str = "en"):
    """Open a page with an activity, press Start with the keyboard, and return the frame once the activity is there."""
    page.goto(f"{lessons.address}/{language}/modules/coin/{name}.html")
    door = page.locator("e4j-h5p button")
    door.focus()
    page.keyboard.press("Enter")
    frame = page.frame_locator("iframe.e4j-h5p-frame")
    frame.locator("[data-option='1']").wait_for()
    return frame


def test_an_activity_is_played_and_its_answer_is_kept(page, lessons: Lessons) -> None:
    page.goto(f"{lessons.address}/ar/modules/coin/market.html")
    page.locator("e4j-h5p button").wait_for()
    assert [url for url in page.asked if "/h5p/" in url] == []
    assert page.locator("iframe").count() == 0
    frame = start(page, lessons, "market", "ar")
    frame.locator("[data-option='0']").click()
    frame.locator(".said", has_text="Think of who misses it.").wait_for()
    page.locator(".e4j-h5p-said", has_text="محفوظ على هذا الجهاز").wait_for()
    frame.locator("[data-option='1']").click()
    until(lambda: len(lessons.log("h5p-coin-market")) == 2, "the answers never reached the server")
    first, second = lessons.log("h5p-coin-market")
    rev = page.locator("e4j-h5p").get_attribute("rev")
    shared = {"v": 1, "k": "answer", "u": "quiz/h5p-coin-market", "uv": rev, "i": "activity", "iv": rev, "possible": 1000, "lang": "ar", "src": "h5p"}
    own = {"id", "d", "n", "lc"}
    assert {name: value for name, value in first.items() if name not in own} == shared | {"earned": 0, "r": "0", "t": 1}
    assert {name: value for name, value in second.items() if name not in own} == shared | {"earned": 1000, "r": "1", "t": 2}
    item = events(page)["quizzes"]["h5p-coin-market"]["items"]["activity"]
    assert (item["tries"], item["best"]) == (2, {"earned": 1000, "possible": 1000})
    page.goto(f"{lessons.address}/ar/progress.html")
    page.locator(".e4j-progress-quiz a[href='modules/coin/market.html']").wait_for()


def test_the_keyboard_goes_in_and_out_again(page, lessons: Lessons) -> None:
    frame = start(page, lessons, "market")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    page.keyboard.press("Tab")
    assert frame.locator("[data-option='0']").evaluate("e => e === document.activeElement")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    frame.locator(".said", has_text="Yes.").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").endswith("/h5p/coin/market.h5p")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_axe_finds_nothing_serious_before_and_after_the_start(page, lessons: Lessons, language: str) -> None:
    script = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
    page.goto(f"{lessons.address}/{language}/modules/coin/market.html")
    page.evaluate(script)
    assert page.evaluate(AXE) == []
    start(page, lessons, "market", language)
    page.evaluate(script)
    assert page.evaluate(AXE) == []
    inside = next(frame for frame in page.frames if "/h5p/frame.html" in frame.url)
    inside.evaluate(script)
    assert inside.evaluate(AXE) == []
    assert inside.title() == "At the market"


def test_the_frame_is_as_high_as_the_activity_and_no_wider_than_a_phone(page, lessons: Lessons) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    start(page, lessons, "market")
    inside = next(frame for frame in page.frames if "/h5p/frame.html" in frame.url)
    until(lambda: abs(page.locator("iframe").bounding_box()["height"] - inside.evaluate("document.documentElement.offsetHeight")) <= 4, "the frame never fits")
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")


def test_whose_work_it_is_can_be_read(page, lessons: Lessons) -> None:
    frame = start(page, lessons, "credited", "ar")
    frame.get_by_role("button", name="حقوق الاستخدام").click()
    frame.get_by_text("Amina Haddad").first.wait_for()


def test_a_hostile_package_gets_nowhere(page, lessons: Lessons) -> None:
    page.goto(f"{lessons.address}/en/modules/coin/escapes.html")
    page.evaluate("localStorage.setItem('secret', 'ours')")
    frame = start(page, lessons, "escapes")
    frame.locator("[data-option='1']").click()
    frame.locator(".said", has_text="memory").wait_for()
    got = json.loads(frame.locator(".said").inner_text())
    assert got == {"memory": "kept here", "own": 1} | dict.fromkeys(
        ("dom", "cookie", "database", "popup", "top", "outside", "api", "page", "inline", "evaluated"), "refused",
    )
    assert page.url == f"{lessons.address}/en/modules/coin/escapes.html"
    assert page.evaluate("localStorage.getItem('mine')") is None


def test_forged_messages_stay_within_their_own_activity(page, lessons: Lessons) -> None:
    frame = start(page, lessons, "forged")
    page.evaluate("postMessage({e4j: 'h5p', is: 'statement', told: {verb: 'x/answered', object: 'x?subContentId=other', raw: 1, max: 1}}, '*')")
    frame.locator("[data-option='1']").click()
    until(lambda: len(lessons.log("h5p-coin-forged")) == 1, "the one answer never reached the server")
    event = lessons.log("h5p-coin-forged")[0]
    assert (event["i"], event["src"], "r" in event) == ("finder", "h5p", False)
    assert lessons.log("lost-coin-check") == []


def test_a_flood_ends_the_activity(page, lessons: Lessons) -> None:
    frame = start(page, lessons, "flood")
    frame.locator("[data-option='1']").click()
    page.locator(".e4j-h5p-said", has_text="sent too much at once").wait_for()
    assert page.locator("iframe").count() == 0
    until(lambda: len(lessons.log("h5p-coin-flood")) > 0, "what came before the flood is kept")
    assert len(lessons.log("h5p-coin-flood")) <= 200


def test_files_of_activities_have_no_origin_wherever_they_are_opened(page, lessons: Lessons) -> None:
    page.goto(f"{lessons.address}/h5p/frame.html#place=coin/market")
    page.locator("[data-option='1']").wait_for()
    assert page.evaluate("self.origin") == "null"


def test_from_a_stick_the_package_is_offered_to_take_away(page, lessons: Lessons) -> None:
    page.goto((lessons.folder / "en/modules/coin/market.html").as_uri())
    page.locator(".e4j-h5p-note", has_text="From a folder or a stick").wait_for()
    assert (page.locator("e4j-h5p button").count(), page.locator("e4j-h5p a[download]").count()) == (0, 1)


def test_an_author_sees_the_activity_too(browser, lessons: Lessons) -> None:
    host = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Pages, directory=str(lessons.folder), changes=Changes()))
    host.daemon_threads = True
    threading.Thread(target=host.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{host.server_port}/en/modules/coin/market.html", wait_until="domcontentloaded")
    page.locator("e4j-h5p button").click()
    page.frame_locator("iframe.e4j-h5p-frame").locator("[data-option='1']").click()
    page.locator(".e4j-h5p-said", has_text="Saved on this device").wait_for()
    page.close()
    host.shutdown()


class _Plain(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


def test_a_host_without_the_headers_says_that_it_cannot(browser, lessons: Lessons) -> None:
    host = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Plain, directory=str(lessons.folder)))
    threading.Thread(target=host.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{host.server_port}/en/modules/coin/market.html")
    page.locator("e4j-h5p button").click()
    page.locator(".e4j-h5p-said", has_text="could not be started").wait_for()
    page.close()
    host.shutdown()
    host.server_close()
