"""What pages load and where they lead: all of it exists, all of it is ours, and nothing runs inline."""

import posixpath
from urllib.parse import unquote, urlsplit

import pytest
from toolkit.conftest import LANGUAGES, Built

DATA = {"application/json", "application/ld+json"}


def inside(path: str, address: str) -> str:
    """Return the file an address of a page leads to, as a path in the site."""
    target = unquote(urlsplit(address).path)
    if not target:
        return path
    return posixpath.normpath(target).lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(path), target))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_and_anchor_leads_somewhere(site: Built, language: str) -> None:
    anchors = {path: set(page.xpath("//@id")) | {""} for path, page in site.pages.items()}
    broken = []
    for path, page in site.of_language(language).items():
        for address in page.xpath("//a/@href"):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            target = inside(path, address)
            if target.endswith("/") or target in {"", "."}:
                target = posixpath.join(target, "index.html")
            if target not in anchors:
                broken.append((path, address, "no such page"))
            elif unquote(parts.fragment) not in anchors[target]:
                broken.append((path, address, "no such place"))
    assert broken == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_to_elsewhere_are_plain_https_or_http(site: Built, language: str) -> None:
    schemes = {urlsplit(address).scheme for page in site.of_language(language).values() for address in page.xpath("//a/@href")}
    assert schemes <= {"", "http", "https", "mailto", "tel"}
    for path, page in site.of_language(language).items():
        for link in page.xpath("//a[starts-with(@href, 'http')]"):
            assert "noopener" in link.get("rel", ""), (path, link.get("href"))


def test_every_page_loads_only_files_of_the_site(site: Built) -> None:
    problems = []
    for path, page in site.pages.items():
        loaded = page.xpath("//script/@src | //img/@src | //source/@src | //audio/@src | //video/@src | //iframe/@src | //object/@data")
        loaded += page.xpath("//link[contains(@rel, 'stylesheet') or contains(@rel, 'icon') or contains(@rel, 'preload') or @rel='manifest']/@href")
        for address in loaded:
            parts = urlsplit(address)
            if parts.scheme == "data":
                continue
            if parts.scheme or parts.netloc or not (site.folder / inside(path, address)).is_file():
                problems.append((path, address))
    assert problems == []


def test_style_sheets_load_nothing_from_elsewhere(site: Built) -> None:
    for path in site.folder.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "@import" not in text
        assert "http://" not in text.replace("http://www.w3.org/2000/svg", "")
        assert "url(//" not in text and "url(http" not in text and "https://" not in text


def test_nothing_runs_inline(site: Built) -> None:
    problems = []
    for path, page in site.pages.items():
        problems += [(path, "script") for script in page.xpath("//script[not(@src)]") if script.get("type") not in DATA]
        problems += [(path, f"style={value}") for value in page.xpath("//@style")]
        problems += [(path, "style element") for _ in page.xpath("//style")]
        problems += [(path, name) for element in page.iter() if isinstance(element.tag, str) for name in element.attrib if name.startswith("on")]
    assert problems == []


def test_ids_are_unique_on_every_page(site: Built) -> None:
    twice = []
    for path, page in site.pages.items():
        ids = page.xpath("//@id")
        twice += [(path, name) for name in set(ids) if ids.count(name) > 1]
    assert twice == []


def test_every_picture_has_words_and_every_field_a_label(site: Built) -> None:
    for path, page in site.pages.items():
        assert page.xpath("//img[not(@alt)]") == [], path
        fields = page.xpath("//input[not(@type='hidden')] | //textarea | //select")
        assert [field.get("name") for field in fields if not (
            field.get("aria-label") or field.get("aria-labelledby") or field.xpath("ancestor::label") or page.xpath("//label[@for=$id]", id=field.get("id", "-"))
        )] == [], path
