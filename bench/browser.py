"""A browser and the real server, for what only they can measure."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

from bench.corpus import ROOT

LIGHTHOUSE = "lighthouse@13"


@dataclass
class Visit:
    """What a page asked for, and what it got."""

    origin: str
    urls: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)


class Visits:
    """Open pages of a built site through the real server."""

    def __enter__(self) -> Self:
        self.chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome") or ""
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=self.chromium, args=["--no-sandbox", "--disable-gpu"])
        self.servers: dict[Path, tuple[str, subprocess.Popen[bytes]]] = {}
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.browser.close()
        self.playwright.stop()
        for _, server in self.servers.values():
            server.terminate()
            server.wait()

    def serve(self, site: Path) -> str:
        """Start the server for a site once and return its address."""
        if site not in self.servers:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            database = tempfile.mkdtemp(prefix="e4j-bench-db-")
            command = [sys.executable, "-m", "e4j_server", "serve", "--site", str(site), "--database", f"sqlite:///{database}/e4j.db", "--port", str(port)]
            server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self.servers[site] = (f"http://127.0.0.1:{port}", server)
            _wait(self.servers[site][0])
        return self.servers[site][0]

    def open(self, site: Path, path: str) -> Visit:
        """Visit a page with an empty cache and keep every answer."""
        page, visit = self._watched(site)
        page.goto(visit.origin + path, wait_until="networkidle")
        page.close()
        return visit

    def search(self, site: Path, path: str) -> Visit:
        """Open search on a page, type a word of it, and keep what was loaded up to the first result."""
        page, visit = self._watched(site)
        page.goto(visit.origin + path, wait_until="networkidle")
        words = [word for word in page.locator("h3").first.inner_text().split() if len(word) > 3][:2]
        visit.urls.clear()
        visit.bodies.clear()
        page.locator("[data-e4j-search-open]").click()
        page.locator("dialog input").fill(" ".join(words))
        page.locator("dialog a[href]").first.wait_for()
        page.close()
        return visit

    def axe(self, site: Path) -> tuple[int, list[str]]:
        """Return the number of pages looked at and the serious and critical faults."""
        script = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
        page = self.browser.new_page(viewport={"width": 1024, "height": 768}, bypass_csp=True)
        faults = []
        pages = sorted(site.rglob("*.html"))
        for path in pages:
            page.goto(self.serve(site) + "/" + path.relative_to(site).as_posix())
            page.evaluate(script)
            found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations.filter(v => ['serious', 'critical'].includes(v.impact)).map(v => v.id)")
            faults += [f"{path.relative_to(site)}: {name}" for name in found]
        page.close()
        return len(pages), faults

    def lighthouse(self, site: Path, path: str) -> dict[str, float]:
        """Return the performance and accessibility scores of a page on a slow phone."""
        flags = "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync --no-first-run"
        command = ["npx", "--yes", LIGHTHOUSE, self.serve(site) + path, "--quiet", "--output=json", "--only-categories=performance,accessibility", f"--chrome-flags={flags}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"CHROME_PATH": self.chromium})
        if done.returncode:
            raise SystemExit(f"Lighthouse failed: {done.stderr[-800:]}")
        categories = json.loads(done.stdout)["categories"]
        return {name: categories[name]["score"] for name in ("performance", "accessibility")}

    def _watched(self, site: Path) -> tuple[Page, Visit]:
        visit = Visit(self.serve(site))
        page = self.browser.new_context().new_page()
        page.on("requestfinished", lambda request: (visit.urls.append(request.url), visit.bodies.append(request.response().body())))
        return page, visit


def _wait(address: str) -> None:
    for _ in range(600):
        try:
            with urlopen(f"{address}/api/v1/health", timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise SystemExit("The server did not start.")
