"""Give browser tests the harness, a real server and a real Chromium."""

import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).parents[2]
BUNDLE = ROOT / "src" / "e4j" / "assets" / "e4j.js"
CHROMIUM = os.environ.get("E4J_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]


@dataclass(frozen=True)
class Place:
    """Say where a page is opened from."""

    name: str
    base: str

    def url(self, path: str) -> str:
        """Return the address of a page of the harness."""
        return f"{self.base}/{path}"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing: the tests speak."""


@pytest.fixture(scope="session")
def harness(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out the small site around the browser code. Each process of a test run has its own, and none writes a bundle that is up to date."""
    target = tmp_path_factory.mktemp("harness") / "site"
    sources = [path.stat().st_mtime for path in (ROOT / "web").rglob("*") if path.suffix in {".ts", ".css", ".mjs"}]
    if not BUNDLE.is_file() or BUNDLE.stat().st_mtime < max(sources):
        subprocess.run(["node", "web/build.mjs"], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["node", "tests/web/harness/make.mjs", str(target)], cwd=ROOT, check=True, capture_output=True)
    return target


@pytest.fixture(scope="session")
def static(harness: Path) -> Iterator[Place]:
    """Serve the harness as a plain host does: files, and no API."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=harness))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Place("static", f"http://127.0.0.1:{server.server_port}")
    server.shutdown()
    server.server_close()


@contextmanager
def run_server(name: str, site: Path, database: Path, keys: Path) -> Iterator[Place]:
    """Serve a site with the real server and a database of its own."""
    places = ["--site", str(site), "--database", str(database), "--keys", str(keys)]
    command = [sys.executable, "-m", "e4j_server", "serve", *places, "--port", "0"]
    paths = os.pathsep.join([str(ROOT / "server"), str(ROOT / "src")])
    environment = {**os.environ, "PYTHONPATH": paths, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment, cwd=ROOT) as process:
        assert process.stdout is not None
        said = [process.stdout.readline()]
        while said[-1] and not re.search(r"http://[^/ ]+", said[-1]):
            said.append(process.stdout.readline())
        found = re.search(r"http://[^/ ]+", said[-1])
        assert found, "".join(said)
        yield Place(name, found[0])
        process.terminate()


@pytest.fixture(scope="session")
def served(harness: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """Serve the harness with the real server and a new database."""
    folder = tmp_path_factory.mktemp("data")
    with run_server("served", harness, folder / "e4j.db", folder / "keys") as place:
        yield place


@pytest.fixture(scope="session")
def stick(harness: Path) -> Place:
    """Open the harness from a folder, as from a USB stick."""
    return Place("file", harness.as_uri())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run these tests first: Playwright runs once in a thread, and other folders keep theirs until the end."""
    items.sort(key=lambda item: Path(__file__).parent not in item.path.parents)


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """Start what drives the browsers, for one file of tests."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Start one Chromium; a name other than localhost is a plain school server, without a secure context."""
    rules = "--host-resolver-rules=MAP school.test 127.0.0.1"
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, rules])
    yield browser
    browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Give a browser profile of its own."""
    context = browser.new_context(viewport={"width": 900, "height": 800}, reduced_motion="reduce")
    context.set_default_timeout(8000)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """Give a page on which any script error fails the test."""
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []
