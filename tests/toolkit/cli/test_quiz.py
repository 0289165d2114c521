"""`e4j quiz` as people call it: quizzes go out in every language and come back, and nothing is written over or lost in silence."""

import json
from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from toolkit.conftest import LANGUAGES, REPOSITORY

from e4j.build.check import check_sources
from e4j.cli.main import main
from e4j.load.catalog import load_sources
from e4j.model.exchange import FORMATS
from e4j.model.plain import quiz_value


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, ["quiz", *map(str, words)])


def catalog(folder: Path) -> Path:
    (folder / "quizzes").mkdir(parents=True)
    (folder / "catalog.yml").write_text("id: t\ntitle: T\nsource_language: en\nlanguages: [en]\nlicence: CC-BY-4.0\npublisher: N\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_our_quizzes_go_out_as_moodle_in_every_language(content: Path, tmp_path: Path, language: str) -> None:
    names = ["kinds-of-questions", "lost-coin-check", "organized-crime-quiz", "the-offer-quiz"]
    result = run("export", *names, "--to", "moodle", "--lang", language, "--out", tmp_path, "--root", content)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(tmp_path / f"{name}.xml") for name in names]


@pytest.mark.parametrize("name", ["moodle", "gift", "csv", "xlsx"])
def test_out_and_in_gives_the_same_quiz(content: Path, tmp_path: Path, name: str) -> None:
    root = catalog(tmp_path / "root")
    assert run("export", "kinds-of-questions", "--to", name, "--out", tmp_path, "--root", content).exit_code == 0
    result = run("import", tmp_path / f"kinds-of-questions{FORMATS[name][1]}", "--out", root / "quizzes")
    assert result.exit_code == 0
    before, after = load_sources([content]), load_sources([root])
    assert before is not None and after is not None
    assert quiz_value(after.catalog.quizzes["kinds-of-questions"]) == quiz_value(before.catalog.quizzes["kinds-of-questions"])
    assert after.findings == ()
    picture = root / "quizzes/kinds-of-questions/market-hall.svg"
    assert picture.is_file() == (name == "moodle")
    assert ("X004" in result.stderr) == (name != "moodle")


def test_losses_are_told_and_strict_writes_nothing(content: Path, tmp_path: Path) -> None:
    loose = run("export", "lost-coin-check", "--to", "gift", "--out", tmp_path / "a", "--root", content)
    assert loose.exit_code == 0
    assert "nobody-comes: type: GIFT has no question without a key: every answer counts as right" in loose.stderr
    strict = run("export", "lost-coin-check", "--to", "gift", "--strict", "--out", tmp_path / "b", "--root", content)
    assert (strict.exit_code, strict.stdout, (tmp_path / "b").exists()) == (1, "", False)


def test_one_quiz_can_go_to_a_named_file(content: Path, tmp_path: Path) -> None:
    assert run("export", "lost-coin-check", "--to", "csv", "--out", tmp_path / "my.csv", "--root", content).stdout == f"{tmp_path / 'my.csv'}\n"
    two = run("export", "lost-coin-check", "the-offer-quiz", "--to", "csv", "--out", tmp_path / "my.csv", "--root", content)
    assert (two.exit_code, two.stderr) == (2, "e4j: 2 files come out; name a folder with --out, not a file.\n")


@pytest.mark.parametrize(("words", "sentence"), [
    (["export", "no-such", "--to", "moodle"], "There is no quiz 'no-such'; `e4j list --quizzes` names all."),
    (["export", "lost-coin-check", "--to", "moodle", "--lang", "tlh"], "The catalog has no language 'tlh'; it has"),
])
def test_what_there_is_not_is_said_in_a_sentence(content: Path, words: Sequence[str], sentence: str) -> None:
    result = run(*words, "--root", content)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"e4j: {sentence}")


GIFT = "::a::Who?{=A judge ~The mayor}\n\n::b::Broken {\n"


def test_a_file_with_errors_is_written_only_when_wanted(tmp_path: Path) -> None:
    (tmp_path / "q.gift").write_text(GIFT, encoding="utf-8")
    refused = run("import", tmp_path / "q.gift", "--out", tmp_path / "out")
    assert (refused.exit_code, refused.stdout, (tmp_path / "out").exists()) == (1, "", False)
    assert "q.gift:3: X001 the brace is not closed" in refused.stderr
    kept = run("import", tmp_path / "q.gift", "--out", tmp_path / "out", "--keep", "--id", "mine")
    assert (kept.exit_code, kept.stdout) == (1, f"{tmp_path / 'out/mine.yml'}\n")


def test_nothing_is_written_over_without_force(tmp_path: Path) -> None:
    (tmp_path / "q.gift").write_text("::a::So?{T}\n", encoding="utf-8")
    (tmp_path / "r.gift").write_text("::a::So?{F}\n", encoding="utf-8")
    assert run("import", tmp_path / "q.gift", "--out", tmp_path).exit_code == 0
    before = (tmp_path / "q.yml").read_bytes()
    again = run("import", tmp_path / "r.gift", tmp_path / "q.gift", "--out", tmp_path)
    assert again.exit_code == 2
    assert again.stderr.startswith(f"e4j: '{tmp_path / 'q.yml'}' is there already;")
    assert not (tmp_path / "r.yml").exists()
    assert run("import", tmp_path / "r.gift", "--out", tmp_path, "--id", "q", "--force").exit_code == 0
    assert (tmp_path / "q.yml").read_bytes() != before


def test_formats_are_told_by_suffix_or_by_word(tmp_path: Path) -> None:
    (tmp_path / "q.dat").write_text("::a::So?{T}\n", encoding="utf-8")
    unknown = run("import", tmp_path / "q.dat", "--out", tmp_path)
    assert unknown.exit_code == 2
    assert "name it with --from: " in unknown.stderr
    assert run("import", tmp_path / "q.dat", "--from", "gift", "--out", tmp_path).exit_code == 0


def test_findings_for_programs(tmp_path: Path) -> None:
    (tmp_path / "q.gift").write_text(GIFT, encoding="utf-8")
    found = json.loads(run("import", tmp_path / "q.gift", "--out", tmp_path, "--json").stdout)
    assert [(one["code"], one["line"]) for one in found] == [("X001", 3)]


def test_formats_are_listed() -> None:
    lines = run("formats").stdout.splitlines()
    assert {line.split()[0] for line in lines} >= {"moodle", "gift", "csv", "xlsx", "markdown"}
    assert "markdown     .md    import             Markdown short form" in lines


def test_quizzes_in_other_forms_are_read_where_they_lie(tmp_path: Path) -> None:
    root = catalog(tmp_path)
    front = "---\nid: short\ntitle: Short\n---\n"
    (root / "quizzes/short.md").write_text(front + "## So? {#so}\nTrue\nExplain: Yes.\n", encoding="utf-8")
    (root / "quizzes/table.csv").write_text("id,stem,key,explain\nso,So?,true,Yes.\n", encoding="utf-8")
    (root / "quizzes/text.gift").write_text("::so::So?{T####Yes.}\n", encoding="utf-8")
    (root / "quizzes/text.yml").write_text("id: text\ntitle: T\nitems: []\n", encoding="utf-8")
    sources = load_sources([root])
    assert sources is not None
    assert [(quiz.id, [item.id for item in quiz.items]) for quiz in sources.catalog.quizzes.values()] == [("short", ["so"]), ("table", ["so"]), ("text", ["so"])]
    assert [(f.path, f.code) for f in check_sources(sources)] == [("quizzes/text.yml", "I002")]


def _answers(path: Path, learners: int) -> Path:
    rows = [
        {"who": str(who), "quiz": "q", "item": item, "iv": "1", "lang": "en", "earned": 1000 * (who % 3 > 0), "possible": 1000, "response": "a" if who % 3 else "<b>", "options": {"a": True, "<b>": False, "c": False}}
        for who in range(learners) for item in ("one", "two")
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_figures_for_people_programs_and_browsers(tmp_path: Path) -> None:
    file = _answers(tmp_path / "answers.jsonl", 60)
    text = run("stats", file)
    assert (text.exit_code, text.stdout.splitlines()[:3]) == (0, ["q", "  one", "    everybody: answers 60, facility 67 %, discrimination 100 %, efficiency 100 %"])
    assert "    ! nearly nobody takes 'c'" in text.stdout.splitlines()
    (quiz,) = json.loads(run("stats", file, "--json").stdout)
    assert (quiz["quiz"], [item["item"] for item in quiz["items"]], quiz["items"][0]["groups"][0]["n"]) == ("q", ["one", "two"], 60)
    assert run("stats", file, "--html", tmp_path / "s.html").exit_code == 0
    page = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert "<b>" not in page and "&lt;b&gt;" in page and "<script" not in page


def test_few_learners_are_not_shown(tmp_path: Path) -> None:
    assert "    everybody: too few to be shown" in run("stats", _answers(tmp_path / "answers.jsonl", 10)).stdout.splitlines()


def test_what_is_no_file_of_answers_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}\n", encoding="utf-8")
    for name, sentence in (("a.jsonl", "is not what `e4j-server answers` writes: line 1"), ("none", "There is no file")):
        result = run("stats", tmp_path / name)
        assert result.exit_code == 2 and sentence in result.stderr


def test_every_command_and_option_is_in_the_guide() -> None:
    guide = (REPOSITORY / "docs/quizzes.md").read_text(encoding="utf-8")
    group = main.get_command(click.Context(main), "quiz")
    assert isinstance(group, click.Group)
    for name, command in group.commands.items():
        assert command.help and f"`e4j quiz {name}" in guide
        for option in (option for parameter in command.params if isinstance(parameter, click.Option) for option in parameter.opts):
            assert f"`{option}`" in guide
