"""One copy of our content and one site made of it, shared by all tests of the toolkit."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import lxml.html
import pytest
from hypothesis import HealthCheck, settings

from e4j.build.site import Options, build_site
from e4j.load.catalog import Sources, load_sources

# In CI the same examples each time: a commit is judged by itself, not by luck. On a developer's machine others each time.
settings.register_profile("toolkit", deadline=None, max_examples=100, suppress_health_check=list(HealthCheck), derandomize="CI" in os.environ)
settings.load_profile("toolkit")

REPOSITORY = Path(__file__).resolve().parents[2]
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Look into `build` too: pytest skips folders of that name unless told otherwise."""
    return False if collection_path == Path(__file__).parent / "build" else None


@dataclass(frozen=True)
class Built:
    """A built site with its pages parsed, by path."""

    folder: Path
    pages: Mapping[str, lxml.html.HtmlElement]

    def of_language(self, language: str) -> dict[str, lxml.html.HtmlElement]:
        return {path: page for path, page in self.pages.items() if path.startswith(f"{language}/")}


def copy_content(target: Path) -> Path:
    """Copy our content, and nothing else, to a folder."""
    for name in ("modules", "courses", "quizzes", "library", "translations"):
        shutil.copytree(REPOSITORY / name, target / name)
    shutil.copy(REPOSITORY / "catalog.yml", target / "catalog.yml")
    return target


def files_below(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="session")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our content as it was when the tests began. Tests that change it make a copy."""
    return copy_content(tmp_path_factory.mktemp("content"))


@pytest.fixture(scope="session")
def sources(content: Path) -> Sources:
    loaded = load_sources([content])
    assert loaded is not None
    return loaded


@pytest.fixture(scope="session")
def site(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """All six languages of our site."""
    folder = tmp_path_factory.mktemp("site")
    report = build_site(Options(roots=[content], output=folder / "site", cache=folder / "cache"))
    assert report.ok, report.findings
    pages = {
        path.relative_to(folder / "site").as_posix(): lxml.html.document_fromstring(path.read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
        for path in sorted((folder / "site").rglob("*.html"))
    }
    return Built(folder / "site", pages)
