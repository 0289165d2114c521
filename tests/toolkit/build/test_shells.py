"""MkDocs, ProperDocs and Zensical show the same pages as our own stamp: whoever leaves one for another loses nothing."""

import re
from pathlib import Path

import lxml.html
import pytest
from toolkit.conftest import Built

from e4j.build.shells import SHELLS, build_with_shell, stage_language
from e4j.build.site import Options
from e4j.errors import UsageError


def article(page: lxml.html.HtmlElement) -> str:
    """Return the article of a page; white space between elements and within texts may differ."""
    (found,) = page.xpath("//article[contains(concat(' ', @class, ' '), ' e4j-page ')]")
    return re.sub(r"\s+", " ", lxml.html.tostring(found, encoding="unicode", with_tail=False)).replace("> <", "><")


@pytest.mark.parametrize("shell", SHELLS)
def test_every_shell_shows_the_same_articles_in_arabic(shell: str, content: Path, site: Built, tmp_path: Path) -> None:
    report = build_with_shell(Options(roots=[content], output=tmp_path / "site", cache=tmp_path / "cache", languages=["ar"]), shell)
    assert report.pages == {"ar": len(site.of_language("ar"))}
    differing = []
    for path, page in site.of_language("ar").items():
        other = lxml.html.document_fromstring((tmp_path / "site" / path).read_bytes(), parser=lxml.html.HTMLParser(encoding="utf-8"))
        assert (other.get("lang"), other.get("dir")) == ("ar", "rtl"), path
        if article(other) != article(page):
            differing.append(path)
    assert differing == []


def test_an_unknown_shell_is_named_with_those_there_are(content: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        build_with_shell(Options(roots=[content], output=tmp_path, cache=tmp_path), "hugo")
    assert str(raised.value) == "There is no shell 'hugo'. Use one of mkdocs, properdocs, zensical."


def test_headings_stay_markdown_with_their_ids_in_staged_pages(content: Path, tmp_path: Path) -> None:
    folder = stage_language([content], tmp_path, "en")
    text = (folder / "modules/lost-coin/story.md").read_text(encoding="utf-8")
    headings = re.findall(r"(?m)^(#{1,4}) .+ \{#([a-z0-9-]+)\}$", text)
    assert len(headings) > 5
    assert headings[0] == ("#", "top")


def test_broken_sources_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="C001"):
        stage_language([tmp_path], tmp_path / "pages")
