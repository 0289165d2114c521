"""Building: always the same bytes, warm like cold, and nothing of broken sources."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import lxml.etree
import pytest
from toolkit.conftest import LANGUAGES, Built, files_below

from e4j.build.site import Options, build_site, language_name

STORY = "modules/primary/lost-coin/03-story.md"
TWO = ("ar", "en")


def build(root: Path, folder: Path, name: str, **options: object) -> dict[str, bytes]:
    report = build_site(Options(roots=[root], output=folder / name, cache=folder / f"{name}-cache", **options))
    assert report.ok, report.findings
    return files_below(folder / name)


def test_a_second_build_elsewhere_and_one_after_another_gives_the_same_bytes(content: Path, site: Built, tmp_path: Path) -> None:
    assert build(content, tmp_path, "again", jobs=1) == files_below(site.folder)


def test_nothing_is_written_when_nothing_changed(content: Path, tmp_path: Path) -> None:
    first = build(content, tmp_path, "site", languages=TWO)
    stamps = {path: (tmp_path / "site" / path).stat().st_mtime_ns for path in first}
    report = build_site(Options(roots=[content], output=tmp_path / "site", cache=tmp_path / "site-cache", languages=TWO))
    assert report.pages == {"ar": 0, "en": 0}
    assert {path: (tmp_path / "site" / path).stat().st_mtime_ns for path in files_below(tmp_path / "site")} == stamps


def replace(path: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        text = (root / path).read_text(encoding="utf-8")
        assert old in text, (path, old)
        (root / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    return change


def first_paragraph(root: Path) -> None:
    """Put a new word into the first plain paragraph of the story."""
    path = root / STORY
    text = path.read_text(encoding="utf-8")
    changed = re.sub(r"(?m)^([A-Z][a-z]+ )", r"\1Zanzibarward ", text, count=1)
    assert changed != text
    path.write_text(changed, encoding="utf-8")


def retitle(root: Path) -> None:
    path = root / STORY
    path.write_text(re.sub(r"(?m)^title: .*$", "title: Another title", path.read_text(encoding="utf-8"), count=1), encoding="utf-8")


def delete_page(root: Path) -> None:
    (root / "modules/university/what-is-organized-crime/11-readings.md").unlink()


def add_page(root: Path) -> None:
    page = "---\nid: extra\ntitle: An extra page\n---\n## A part {#part}\n\nNew words: quinquennial {term}`integrity`.\n\n:::{say}\nHush.\n:::\n"
    (root / "modules/primary/lost-coin/06-extra.md").write_text(page, encoding="utf-8")


def translate_anew(root: Path) -> None:
    path = root / "translations/ar/modules/lost-coin.po"
    text = path.read_text(encoding="utf-8")
    blocks = text.split("\n\n")
    blocks[5] = re.sub(r"(?ms)^msgstr .*", 'msgstr ""', blocks[5])
    path.write_text("\n\n".join(blocks), encoding="utf-8")


def define_anew(root: Path) -> None:
    path = root / "library/glossary.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^(- \{id: [a-z-]+, term: )", r"\1renamed ", text, count=1) + "\n- {id: newest, term: newest, definition: The last.}\n", encoding="utf-8")


def other_media(root: Path) -> None:
    path = root / "modules/university/what-is-organized-crime/media/models.svg"
    path.write_text(path.read_text(encoding="utf-8") + "<!-- changed -->", encoding="utf-8")


def change_key(root: Path) -> None:
    path = root / "quizzes/lost-coin-check.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^title: .*$", "title: Another quiz", text, count=1), encoding="utf-8")


CHANGES: dict[str, Callable[[Path], None]] = {
    "a word": first_paragraph, "a page's title": retitle, "a page less": delete_page, "a page more": add_page, "a translation": translate_anew,
    "the glossary": define_anew, "a picture": other_media, "a quiz": change_key,
    "the site's title": replace("catalog.yml", "title: ", "title: Open "),
    "the length of a module": replace("modules/primary/lost-coin/module.yml", "minutes: ", "minutes: 1"),
}


def test_warm_is_cold_after_every_kind_of_change(content: Path, tmp_path: Path) -> None:
    """Changes are made one after another, and back again in the end, so that a warm build stands on other warm builds."""
    root = tmp_path / "content"
    shutil.copytree(content, root)
    before = build(root, tmp_path, "warm", languages=TWO)
    for number, (name, change) in enumerate(CHANGES.items()):
        change(root)
        warm = build(root, tmp_path, "warm", languages=TWO)
        cold = build(root, tmp_path, f"cold-{number}", languages=TWO)
        assert [path for path in warm.keys() | cold.keys() if warm.get(path) != cold.get(path)] == [], name
    shutil.rmtree(root)
    shutil.copytree(content, root)
    assert build(root, tmp_path, "warm", languages=TWO) == before


def test_a_changed_word_is_found_and_touches_one_page_a_language(content: Path, tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(content, root)
    before = build(root, tmp_path, "site", languages=TWO)
    first_paragraph(root)
    after = build(root, tmp_path, "site", languages=TWO)
    changed = {path for path in after if after[path] != before.get(path) and path.endswith(".html")}
    assert {path for path in changed if path.startswith("en/")} == {"en/modules/lost-coin/story.html"}
    assert any(b"zanzibarward" in data for path, data in after.items() if path.startswith("en/search/"))
    assert not any(b"zanzibarward" in data for path, data in before.items() if path.startswith("en/search/"))


def test_what_a_deleted_page_left_vanishes(content: Path, tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(content, root)
    before = build(root, tmp_path, "site", languages=TWO)
    delete_page(root)
    after = build(root, tmp_path, "site", languages=TWO)
    gone = {path for path in before.keys() - after.keys() if path.endswith(".html")}
    assert gone == {f"{code}/modules/what-is-organized-crime/readings{view}.html" for code in TWO for view in ("", "-teacher")}
    assert [path for path, data in after.items() if b"organized-crime/readings" in data] == []


def test_broken_sources_write_nothing_and_keep_the_site_that_was(content: Path, tmp_path: Path) -> None:
    root = tmp_path / "content"
    shutil.copytree(content, root)
    (root / STORY).write_text("---\nid: story\ntitle: One\n---\n:::{step}\n", encoding="utf-8")
    report = build_site(Options(roots=[root], output=tmp_path / "new", cache=tmp_path / "new-cache", languages=TWO))
    assert not report.ok
    assert {finding.code for finding in report.findings if finding.path == STORY} == {"M002", "M005", "M014"}
    assert not (tmp_path / "new").exists()
    (root / STORY).unlink()
    shutil.copy(content / STORY, root / STORY)
    before = build(root, tmp_path, "site", languages=TWO)
    (root / "catalog.yml").write_text("id: [", encoding="utf-8")
    report = build_site(Options(roots=[root], output=tmp_path / "site", cache=tmp_path / "site-cache", languages=TWO))
    assert [finding.code for finding in report.findings] == ["Y001"]
    assert files_below(tmp_path / "site") == before


def test_a_damaged_cache_is_begun_anew(content: Path, tmp_path: Path) -> None:
    before = build(content, tmp_path, "site", languages=TWO)
    for path in (tmp_path / "site-cache").glob("*.db"):
        path.write_bytes(b"not a database, but long enough to be mistaken for one" * 50)
    assert build(content, tmp_path, "site", languages=TWO) == before


def test_a_deleted_language_folder_is_made_again(content: Path, tmp_path: Path) -> None:
    before = build(content, tmp_path, "site", languages=TWO)
    shutil.rmtree(tmp_path / "site" / "ar")
    assert build(content, tmp_path, "site", languages=TWO) == before


def test_every_page_exists_in_every_language(site: Built) -> None:
    english = {path.removeprefix("en/") for path in site.of_language("en")}
    assert {code: {path.removeprefix(f"{code}/") for path in site.of_language(code)} for code in LANGUAGES} == dict.fromkeys(LANGUAGES, english)
    assert len(english) > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_says_its_language_direction_and_place(site: Built, language: str) -> None:
    direction = "rtl" if language == "ar" else "ltr"
    for path, page in site.of_language(language).items():
        base = "/" + language + "/" if path.endswith("/404.html") else "../" * (path.count("/") - 1)
        assert (page.get("lang"), page.get("dir"), page.get("data-e4j-base")) == (language, direction, base), path
        assert page.xpath("count(//main)") == page.xpath("count(//h1)") == 1, path
        assert page.xpath("string(//title)").strip(), path


def is_unlisted(path: str) -> bool:
    """Tell pages that only a page leads to: the teacher's view, and the paper of a quiz."""
    return path.endswith(("-teacher.html", "404.html", "/sheet.html", "/key.html"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_page_names_itself_in_all_languages(site: Built, language: str) -> None:
    for path, page in site.of_language(language).items():
        if is_unlisted(path):
            assert page.xpath("//meta[@name='robots']/@content") == ["noindex"], path
            continue
        name = path.removeprefix(f"{language}/")
        public = "" if name == "index.html" else name
        assert page.xpath("//link[@rel='canonical']/@href") == [f"http://localhost:8000/{language}/{public}"], path
        alternates = page.xpath("//link[@rel='alternate']")
        assert {link.get("hreflang"): link.get("href") for link in alternates} == {code: f"http://localhost:8000/{code}/{public}" for code in LANGUAGES}


def test_the_site_map_lists_every_public_page_once(site: Built) -> None:
    tree = lxml.etree.parse(str(site.folder / "sitemap.xml"))
    places = [place.text for place in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    expected = {
        f"http://localhost:8000/{path.removesuffix('index.html') if path.count('/') == 1 else path}"
        for path in site.pages if path != "index.html" and not is_unlisted(path)
    }
    assert len(places) == len(set(places))
    assert set(places) == expected


@pytest.mark.parametrize(("code", "name"), [("ar", "العربية"), ("zh", "中文"), ("en", "English"), ("fr", "Français"), ("ru", "Русский"), ("es", "Español")])
def test_languages_are_called_what_their_readers_call_them(code: str, name: str) -> None:
    assert language_name(code) == name
