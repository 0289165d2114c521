"""`e4j serve`: show the site and rebuild it when something is saved."""

import threading
from collections.abc import Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import click
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from e4j.build.paths import theme_folder
from e4j.build.site import Options, build_site
from e4j.cli import options
from e4j.errors import UsageError

QUIET = 0.15
"""Seconds without another change before a rebuild begins: editors save in several steps."""
RELOAD = "/-/changed"
CLIENT = f'<script src="{RELOAD}.js"></script></body>'.encode()
SCRIPT = f"new EventSource('{RELOAD}').onmessage=()=>location.reload();\n".encode()


class Changes:
    """Count builds, and let open pages wait for the next one."""

    def __init__(self) -> None:
        """Begin at zero."""
        self.number = 0
        self._condition = threading.Condition()

    def announce(self) -> None:
        """Wake everybody who waits."""
        with self._condition:
            self.number += 1
            self._condition.notify_all()

    def wait(self, after: int, seconds: float) -> int:
        """Return the number of the newest build, waiting for one after `after`."""
        with self._condition:
            self._condition.wait_for(lambda: self.number > after, seconds)
            return self.number


class _Pages(SimpleHTTPRequestHandler):
    """Serves the site with a script that reloads a page after a build. For authors on their own machine only."""

    def __init__(self, *args: Any, changes: Changes, **kwargs: Any) -> None:
        self.changes = changes
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        if self.path == f"{RELOAD}.js":
            self._send(SCRIPT, "text/javascript")
        elif self.path == RELOAD:
            self._stream()
        else:
            self._page()

    def _page(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() and self.path.endswith("/") else path
        if path.suffix == ".html" and path.is_file():
            self._send(path.read_bytes().replace(b"</body>", CLIENT), "text/html; charset=utf-8")
        else:
            super().do_GET()

    def end_headers(self) -> None:
        if self.path.startswith("/h5p/"):  # activities run in a frame without an origin of its own
            self.send_header("Access-Control-Allow-Origin", "*")
        super().end_headers()

    def _send(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(data)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = self.changes.number
        try:
            while True:
                now = self.changes.wait(seen, 15)
                self.wfile.write(b"data: changed\n\n" if now > seen else b": still here\n\n")
                self.wfile.flush()
                seen = now
        except (BrokenPipeError, ConnectionResetError):
            return

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the base class
        """Say nothing: authors want to read findings."""


class _Watcher(FileSystemEventHandler):
    def __init__(self, ignored: Sequence[Path]) -> None:
        self.changed = threading.Event()
        self._ignored = [path.resolve() for path in ignored]

    def on_any_event(self, event: FileSystemEvent) -> None:
        path = Path(str(event.src_path)).resolve()
        hidden = any(part.startswith(".") or part == "node_modules" for part in path.parts)
        if event.event_type not in {"opened", "closed_no_write"} and not hidden and not any(path.is_relative_to(i) for i in self._ignored):
            self.changed.set()


@click.command()
@options.roots()
@options.languages()
@click.option("--out", "output", type=click.Path(path_type=Path, file_okay=False), default=Path("site"), show_default=True)
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), default=Path("build/cache"), show_default=True)
@options.player()
@click.option("--port", type=click.IntRange(0, 65535), default=8001, show_default=True)
def command(roots: Sequence[Path], languages: Sequence[str], output: Path, cache: Path, player: Path | None, port: int) -> None:
    """Show the site on this machine; rebuild and reload whenever a source is saved.

    Learners' progress needs the server: `make serve`, or `e4j-server serve`.
    """
    wanted = Options(roots=roots, output=output, cache=cache, languages=languages, player=player)
    changes = Changes()
    _build(wanted)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(_Pages, directory=str(output), changes=changes))
    except OSError as error:
        raise UsageError(f"Port {port} is taken or not allowed ({error.strerror}). Choose another with --port.") from error
    threading.Thread(target=server.serve_forever, daemon=True).start()
    click.echo(f"http://127.0.0.1:{server.server_port}/  (Ctrl-C ends it)")
    watcher = _Watcher([output, cache])
    observer = Observer()
    for folder in (*roots, theme_folder()):
        observer.schedule(watcher, str(folder), recursive=True)
    observer.start()
    try:
        while True:
            watcher.changed.wait()
            while watcher.changed.is_set():
                watcher.changed.clear()
                watcher.changed.wait(QUIET)
            if _build(wanted):
                changes.announce()
    except KeyboardInterrupt:
        click.echo("")
    finally:
        observer.stop()
        server.shutdown()


def _build(wanted: Options) -> bool:
    report = build_site(wanted)
    options.show_findings([f for f in report.findings if f.severity == "error"])
    if report.ok:
        click.echo(f"{sum(report.pages.values())} pages in {report.seconds:.1f} s")
    return report.ok
