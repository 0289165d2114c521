"""`e4j quiz` with packages: options of H5P, and the way back from a zip."""

import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from toolkit.conftest import REPOSITORY

from e4j.cli.main import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["quiz", *arguments])


def export(out: Path, *more: str) -> Result:
    return run("export", "kinds-of-questions", "--root", str(REPOSITORY), "--out", str(out), *more)


@pytest.mark.parametrize(("target", "minor"), [((), 20), (("--h5p-target", "2026"), 21)])
def test_the_host_of_a_package_can_be_named(target, minor, tmp_path):
    result = export(tmp_path, "--to", "h5p", *target)
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "kinds-of-questions-complaint-steps.h5p", "kinds-of-questions-the-envelope.h5p", "kinds-of-questions.h5p",
    ]
    with zipfile.ZipFile(tmp_path / "kinds-of-questions.h5p") as archive:
        assert json.loads(archive.read("h5p.json"))["preloadedDependencies"] == [{"machineName": "H5P.QuestionSet", "majorVersion": 1, "minorVersion": minor}]


def test_a_folder_that_lacks_libraries_is_told_which(tmp_path):
    result = export(tmp_path / "out", "--to", "h5p", "--libraries", str(tmp_path))
    assert result.exit_code == 2
    assert "The folder of libraries lacks H5P.Blanks 1.14, H5P.DragText 1.10" in result.output


@pytest.mark.parametrize("option", [("--h5p-target", "2026"), ("--libraries", ".")])
def test_options_of_h5p_are_for_h5p(option, tmp_path):
    result = export(tmp_path, "--to", "qti3", *option)
    assert result.exit_code == 2
    assert "--h5p-target and --libraries are for --to h5p." in result.output


@pytest.mark.parametrize("name", ["qti2", "qti3", "h5p"])
def test_a_package_becomes_our_yaml_again(name, tmp_path):
    assert export(tmp_path, "--to", name, "--lang", "ar").exit_code == 0
    (package,) = [path for path in tmp_path.iterdir() if path.name in {"kinds-of-questions.h5p", f"kinds-of-questions-{name}.zip"}]
    result = run("import", str(package), "--lang", "ar", "--out", str(tmp_path / "quizzes"))
    assert result.exit_code == 0, result.output
    assert (tmp_path / "quizzes/kinds-of-questions.yml").is_file()
    assert (tmp_path / "quizzes/kinds-of-questions/market-hall.svg").is_file()
