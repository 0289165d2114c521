"""Other people's content roots: alone without any of ours, and together with ours as one site."""

import re
import shutil
from pathlib import Path

import lxml.html
import pytest
from toolkit.conftest import REPOSITORY, Built, files_below

from e4j.build.check import check_languages, check_sources
from e4j.build.site import Options, build_site
from e4j.load.catalog import load_sources

FOREIGN = REPOSITORY / "tests/foreign"


def parse(data: bytes) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(data, parser=lxml.html.HTMLParser(encoding="utf-8"))


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("alone")
    report = build_site(Options(roots=[FOREIGN], output=folder / "site", cache=folder / "cache"))
    assert report.findings == ()
    return files_below(folder / "site")


@pytest.fixture(scope="module")
def together(content: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("together")
    report = build_site(Options(roots=[content, FOREIGN], output=folder / "site", cache=folder / "cache"))
    assert report.ok, report.findings
    return files_below(folder / "site")


def test_the_foreign_root_has_nothing_wrong_but_what_is_not_translated() -> None:
    sources = load_sources([FOREIGN])
    assert sources is not None
    assert check_sources(sources) == []
    assert [(f.code, f.path) for f in check_languages(sources)] == [
        ("T002", "translations/en/library/cases.po"), ("T002", "translations/en/library/treaties.po"),
    ]


def test_alone_it_holds_its_own_pages_in_its_own_languages_and_none_of_ours(alone: dict[str, bytes]) -> None:
    own = {
        "modules/o-recado/index.html", "modules/o-recado/aula.html", "modules/o-recado/aula-teacher.html", "modules/o-recado/recado.html",
        "courses/perguntar-antes/index.html", "courses/perguntar-antes/depois.html", "quizzes/o-recado-perguntas.html",
        "quizzes/o-recado-perguntas/sheet.html", "quizzes/o-recado-perguntas/key.html",
    }
    for language in ("pt", "en"):
        pages = {path.removeprefix(f"{language}/") for path in alone if path.startswith(f"{language}/") and path.endswith(".html")}
        assert {path for path in pages if path.count("/") == 2 or path.startswith("quizzes/")} == own
    assert {path.partition("/")[0] for path in alone} == {"pt", "en", "index.html", "sitemap.xml", "schemas"}
    ours = ("lost-coin", "the-offer", "what-is-organized-crime", "Justice, lesson by lesson")
    assert [(path, word) for path, data in alone.items() for word in ours if word.encode() in data] == []


def test_alone_every_page_says_whose_site_it_is(alone: dict[str, bytes]) -> None:
    page = parse(alone["pt/modules/o-recado/aula.html"])
    assert (page.get("lang"), page.get("dir")) == ("pt", "ltr")
    assert page.xpath("string(//title)") == "A aula · Justiça na escola do rio"
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://escola.example/curso/pt/modules/o-recado/aula.html"]
    assert parse(alone["en/modules/o-recado/aula.html"]).xpath("string(//title)") == "The lesson · Justice at the river school"


def test_what_is_not_translated_is_shown_in_portuguese_and_says_so(alone: dict[str, bytes]) -> None:
    page = parse(alone["en/modules/o-recado/recado.html"])
    (caption,) = page.xpath("//figcaption/p")
    assert (caption.get("lang"), caption.get("dir"), caption.text_content()) == ("pt", "ltr", "O recado, como Inês o leu.")
    teacher = alone["en/modules/o-recado/aula-teacher.html"].decode()
    assert "Do not look for the right answer yet." in teacher
    assert "Do not look for the right answer yet." not in alone["en/modules/o-recado/aula.html"].decode()


def test_together_it_is_one_site_with_ours_first(together: dict[str, bytes], site: Built) -> None:
    before = files_below(site.folder)
    assert before.keys() - {path for path in before if "/search/" in path} <= together.keys()
    for language in ("ar", "zh", "en", "fr", "ru", "es"):
        assert {path for path in together if path.startswith(f"{language}/") and "o-recado" in path} == {
            f"{language}/modules/o-recado/{name}" for name in ("index.html", "aula.html", "aula-teacher.html", "recado.html", "media/celular.svg")
        } | {f"{language}/quizzes/o-recado-perguntas{name}" for name in (".html", "/sheet.html", "/key.html")}
    assert not any(path.startswith("pt/") for path in together)
    lessons = [path for path in before if re.fullmatch(r"../modules/[^/]+/[^/]+\.html", path)]
    assert [path for path in lessons if together[path] != before[path]] == []
    catalogue = parse(together["ar/catalogue.html"])
    assert {"modules/lost-coin/index.html", "modules/o-recado/index.html"} <= set(catalogue.xpath("//a/@href"))


def test_together_foreign_pages_find_ours_and_their_own_library(together: dict[str, bytes]) -> None:
    glossary = parse(together["en/library/glossary.html"])
    assert {"aliciamento", "integrity"} <= set(glossary.xpath("//@id"))
    page = parse(together["en/modules/o-recado/aula.html"])
    assert "../../library/glossary.html#aliciamento" in page.xpath("//a/@href")


def test_together_foreign_pages_have_a_revision(together: dict[str, bytes]) -> None:
    assert parse(together["en/modules/o-recado/aula.html"]).get("data-e4j-rev")


def test_together_foreign_texts_are_shown_in_the_language_they_are_in(together: dict[str, bytes]) -> None:
    page = parse(together["en/modules/o-recado/aula.html"])
    assert page.xpath("string(//title)") == "The lesson · Justice, lesson by lesson"


def test_an_id_in_two_roots_is_named_in_the_second(content: Path, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(FOREIGN, root)
    (root / "modules/secondary/o-recado").rename(root / "modules/secondary/lost-coin")
    for path in root.rglob("*.*"):
        if path.suffix in {".yml", ".md"}:
            text = path.read_text(encoding="utf-8")
            path.write_text(re.sub(r"(?<![a-z-])o-recado(?!-)", "lost-coin", text).replace("- {id: aliciamento,", "- {id: integrity,").replace("`aliciamento`", "`integrity`"), encoding="utf-8")
    (root / "quizzes/o-recado-perguntas.yml").rename(root / "quizzes/lost-coin-check.yml")
    for path in (root / "quizzes/lost-coin-check.yml", root / "modules/secondary/lost-coin/module.yml", root / "modules/secondary/lost-coin/02-recado.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("o-recado-perguntas", "lost-coin-check"), encoding="utf-8")
    sources = load_sources([root])
    assert sources is not None
    assert check_sources(sources) == []
    both = load_sources([content, root])
    assert both is not None
    found = [(f.path, f.line) for f in both.findings if f.code == "I002"]
    assert sorted(found) == [("library/glossary.yml", 1), ("modules/secondary/lost-coin/module.yml", 1), ("quizzes/lost-coin-check.yml", 1)]
    report = build_site(Options(roots=[content, root], output=tmp_path / "site", cache=tmp_path / "cache"))
    assert not report.ok
    assert not (tmp_path / "site").exists()


def test_a_course_of_one_root_may_use_modules_of_another(content: Path, tmp_path: Path) -> None:
    root = tmp_path / "mine"
    (root / "courses/mixed").mkdir(parents=True)
    (root / "catalog.yml").write_text("id: mine\ntitle: Mine\nsource_language: en\nlanguages: [en]\nlicence: CC-BY-4.0\npublisher: Me\n", encoding="utf-8")
    (root / "courses/mixed/course.yml").write_text(
        "id: mixed\ntitle: A mix\nsummary: Both.\naudience: learner\nages: [14, 99]\nlicence: CC-BY-4.0\nmodules: [the-offer, lost-coin]\n", encoding="utf-8",
    )
    report = build_site(Options(roots=[content, root], output=tmp_path / "site", cache=tmp_path / "cache", languages=["en"]))
    assert report.ok, report.findings
    page = parse((tmp_path / "site/en/courses/mixed/index.html").read_bytes())
    assert {"../../modules/the-offer/index.html", "../../modules/lost-coin/index.html"} <= set(page.xpath("//a/@href"))
    alone = load_sources([root])
    assert alone is not None
    assert [(f.code, f.path) for f in check_sources(alone)] == [("L009", "courses/mixed/course.yml")] * 2
