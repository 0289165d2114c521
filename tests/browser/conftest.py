"""A real Chromium, a real server on a free port, and the site built once."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from e4j.build.site import Options, build_site

ROOT = Path(__file__).resolve().parent.parent.parent
AUTHORS = "a-code-for-authors"
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
]


def chromium() -> str:
    """Return the machine's Chromium."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        for folder in os.environ["PATH"].split(os.pathsep):
            if (path := Path(folder) / name).is_file():
                return str(path)
    raise AssertionError("Chromium is missing: tools/system.sh installs it or says how.")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the real site once."""
    folder = tmp_path_factory.mktemp("site")
    report = build_site(Options(roots=[ROOT], output=folder / "site", cache=folder / "cache", keys=folder / "keys", forms=True))
    assert [f for f in report.findings if f.severity == "error"] == []
    return folder / "site"


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium(), args=ARGS)
    yield launched
    launched.close()


@pytest.fixture
def profile(playwright: Playwright, tmp_path: Path) -> Iterator[Callable]:
    """Open browsers with a profile on disk, as a phone has one, by name."""
    opened = []

    def launch(name: str):
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path / name), executable_path=chromium(), args=ARGS, viewport={"width": 360, "height": 740},
        )
        opened.append(context)
        return context

    yield launch
    for context in opened:
        try:
            context.close()
        except Exception:  # noqa: BLE001 - it was killed on purpose
            pass


@pytest.fixture(scope="session")
def server(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run the server on a free port and return its address."""
    with serving(site, tmp_path_factory.mktemp("db") / "e4j.db") as address:
        yield address


@contextmanager
def serving(site: Path, database: Path) -> Iterator[str]:
    """Serve a site with a database on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = os.environ | {"PYTHONPATH": f"{ROOT / 'src'}:{ROOT / 'server'}", "E4J_AUTHORS": AUTHORS}
    command = [sys.executable, "-m", "e4j_server", "serve", "--site", str(site), "--database", f"sqlite:///{database}", "--port", str(port)]
    command += ["--keys", str(site.parent / "keys")]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(10)


def _wait(address: str, process: subprocess.Popen[str]) -> None:
    until = time.monotonic() + 30
    while True:
        try:
            with urlopen(f"{address}/api/v1/health", timeout=2) as answer:
                assert json.load(answer)["status"] == "ok"
            return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > until:
                raise AssertionError(f"the server did not start: {process.stdout.read() if process.stdout else ''}") from error
            time.sleep(0.05)
