"""The commands as people and programs call them: what they write, what they say, and their exit codes."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from e4j.cli.main import COMMANDS, main

ROOT = Path(__file__).resolve().parents[3]
CATALOG = "id: mine\ntitle: Mine\nsource_language: en\nlanguages: [en]\nlicence: CC-BY-4.0\npublisher: Me\n"


def e4j(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "catalog.yml").write_text(CATALOG, encoding="utf-8")
    return tmp_path


def test_what_new_writes_is_without_mistakes_and_builds(root: Path) -> None:
    where = ("--root", str(root))
    assert e4j("new", "module", "fair-shares", "--level", "primary", *where).exit_code == 0
    added = e4j("new", "lesson", "fair-shares", "sharing", "--title", "Sharing", *where)
    assert (added.exit_code, added.output) == (0, "modules/primary/fair-shares/02-sharing.md\n")
    assert e4j("new", "quiz", "fair-quiz", *where).exit_code == 0
    assert e4j("new", "course", "fair-course", *where).exit_code == 0
    checked = e4j("check", "--strict", *where)
    assert (checked.exit_code, checked.stdout) == (0, "No mistakes found.\n")
    built = e4j("build", *where, "--out", str(root / "site"), "--cache", str(root / "cache"), "--json")
    assert built.exit_code == 0
    assert json.loads(built.stdout)["findings"] == []
    assert (root / "site/en/modules/fair-shares/sharing.html").is_file()


def test_new_never_overwrites(root: Path) -> None:
    assert e4j("new", "quiz", "one", "--root", str(root)).exit_code == 0
    again = e4j("new", "quiz", "one", "--root", str(root))
    assert (again.exit_code, "nothing was written" in again.stderr) == (2, True)


@pytest.mark.parametrize("arguments", [
    ("new", "quiz", "Not An Id"), ("new", "lesson", "nowhere", "x"), ("list", "--root", "/nonexistent-folder"), ("info", "no-such-module"),
    ("nonsense",), ("build", "--shell", "hugo"),
])
def test_calls_that_cannot_work_end_with_two_and_a_sentence(arguments: tuple[str, ...]) -> None:
    done = CliRunner().invoke(main, list(arguments), catch_exceptions=False)
    assert done.exit_code == 2
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_mistakes_end_with_one_and_are_data_for_programs(root: Path) -> None:
    e4j("new", "quiz", "one", "--root", str(root))
    path = root / "quizzes/one.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("correct: true", "correct: false"), encoding="utf-8")
    done = e4j("check", "--json", "--root", str(root))
    assert done.exit_code == 1
    assert {(f["code"], f["severity"]) for f in json.loads(done.stdout)} >= {("Q001", "error")}


def test_list_and_info_speak_json() -> None:
    where = ("--root", str(ROOT), "--json")
    assert {row["id"] for row in json.loads(e4j("list", *where).stdout)} == {"lost-coin", "the-offer", "what-is-organized-crime"}
    assert "how-to-use-this-pack" in {row["id"] for row in json.loads(e4j("list", "--courses", *where).stdout)}
    info = json.loads(e4j("info", *where).stdout)
    assert set(info["languages"]) == {"ar", "zh", "fr", "ru", "es"}


def test_extracting_ours_loses_no_translation(tmp_path: Path) -> None:
    import shutil
    for name in ("modules", "courses", "quizzes", "library", "translations"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "catalog.yml", tmp_path)
    where = ("--root", str(tmp_path))
    before = json.loads(e4j("translate", "status", "--json", *where).stdout)
    assert e4j("translate", "extract", *where).exit_code == 0
    assert json.loads(e4j("translate", "status", "--json", *where).stdout) == before
    assert e4j("translate", "extract", *where).stdout == "0 files changed.\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    assert e4j(name, "--help").exit_code == 0
