"""Every finding code owns a folder of tests/check with a bad input and every finding that is expected of it."""

from pathlib import Path

import pytest

from e4j.build.check import check_languages, check_sources
from e4j.load.catalog import load_sources, root_findings
from e4j.model.codes import CODES, WARNINGS
from e4j.model.finding import Finding, Severity

FOLDER = Path(__file__).resolve().parents[2] / "check"
FOLDERS = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())
MANY = {"many", "many-texts"}


def found_in(root: Path) -> list[Finding]:
    sources = load_sources([root])
    if sources is None:
        return list(root_findings([root]))
    return check_sources(sources) + list(check_languages(sources))


@pytest.mark.parametrize("name", FOLDERS)
def test_the_findings_are_exactly_those_expected(name: str) -> None:
    expected = (FOLDER / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    found = found_in(FOLDER / name)
    assert sorted(f"{f.path}:{f.line}: {f.code}" for f in found) == sorted(expected)


@pytest.mark.parametrize("name", FOLDERS)
def test_every_finding_says_what_to_do(name: str) -> None:
    for finding in found_in(FOLDER / name):
        assert finding.message
        assert finding.hint.strip().endswith((".", "`.", ";"))
        assert finding.severity == (Severity.WARNING if finding.code in WARNINGS else Severity.ERROR)
        assert str(finding) == f"{finding.path}:{finding.line}: {finding.code} {finding.message}\n    {finding.hint}"


def test_every_code_has_a_folder_and_every_folder_a_code() -> None:
    assert set(FOLDERS) - MANY == set(CODES)


@pytest.mark.parametrize("name", sorted(CODES))
def test_the_folder_of_a_code_shows_that_code(name: str) -> None:
    lines = (FOLDER / name / "expected.txt").read_text(encoding="utf-8").splitlines()
    assert name in {line.rpartition(" ")[2] for line in lines}


@pytest.mark.parametrize("name", sorted(MANY))
def test_one_run_names_all_mistakes_of_a_file(name: str) -> None:
    codes = {finding.code for finding in found_in(FOLDER / name)}
    assert len(codes) >= 6


def test_the_documentation_lists_every_code_with_its_remedy() -> None:
    rows = [line for line in (FOLDER.parents[1] / "docs/findings.md").read_text(encoding="utf-8").splitlines() if line.startswith("| ") and not line.startswith("| Code")]
    expected = [f"| {code} | {about}{' (warning)' if code in WARNINGS else ''} | {remedy} |" for code, (about, remedy) in CODES.items()]
    assert rows == expected
