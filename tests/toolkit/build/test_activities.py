"""Activities of others: laid out once for all languages, only where there is a player, and never broken where there is none."""

import shutil
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner
from h5p_packages import package
from toolkit.conftest import REPOSITORY, files_below

from e4j.build.check import check_sources
from e4j.build.site import Options, build_site
from e4j.cli.main import main
from e4j.errors import UsageError
from e4j.load.catalog import load_sources

PLAYER = REPOSITORY / "node_modules/h5p-standalone/dist"
CATALOG = "id: try\ntitle: A try\nsource_language: en\nlanguages: [en, ar]\nlicence: CC-BY-4.0\npublisher: Us\nurl: https://example.org/\n"
MODULE = "id: {name}\ntitle: Coin\nlevel: primary\nsummary: A coin.\nages: [6, 9]\nminutes: 10\nlicence: CC-BY-4.0\n"
PAGE = "---\nid: page\ntitle: Page\n---\n\n:::{h5p} media/market.h5p\n:title: At the *market*\n:minutes: 5\nListen first.\n:::\n"


def write_module(root: Path, name: str = "coin", page: str = PAGE, file: str = "media/market.h5p", data: bytes | None = None) -> Path:
    folder = root / "modules/primary" / name
    (folder / "media").mkdir(parents=True)
    (folder / "module.yml").write_text(MODULE.format(name=name))
    (folder / "01-page.md").write_text(page)
    (folder / file).write_bytes(package() if data is None else data)
    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root").mkdir()
    (tmp_path / "root/catalog.yml").write_text(CATALOG)
    write_module(tmp_path / "root")
    return tmp_path / "root"


def build(root: Path, player: Path | None = None, name: str = "site") -> dict[str, bytes]:
    report = build_site(Options(roots=[root], output=root.parent / name, cache=root.parent / f"{name}-cache", jobs=1, player=player))
    assert report.ok, report.findings
    return files_below(root.parent / name)


def block(site: dict[str, bytes], language: str) -> lxml.html.HtmlElement:
    page = lxml.html.document_fromstring(site[f"{language}/modules/coin/page.html"].decode())
    return page.find_class("e4j-h5p")[0]


def test_without_a_player_the_package_is_offered_to_take_away(root: Path) -> None:
    site = build(root)
    assert [path for path in site if "h5p" in path] == ["h5p/coin/market.h5p"]
    shown = block(site, "en")
    assert (shown.tag, shown.xpath(".//button"), shown.xpath(".//a/@href")) == ("section", [], ["../../../h5p/coin/market.h5p"])
    assert "needs an H5P player" in shown.text_content()
    assert "يحتاج هذا النشاط" in block(site, "ar").text_content()


def test_with_a_player_everything_is_there_once(root: Path) -> None:
    site = build(root, PLAYER)
    paths = [path.removeprefix("h5p/") for path in site if path.startswith("h5p/")]
    assert {"frame.html", "h5p-frame.js", "player/main.bundle.js", "player/frame.bundle.js", "player/styles/h5p.css"} <= set(paths)
    assert [path for path in paths if path.startswith("coin/")] == [
        "coin/market/E4J.Choice-1.0/choice.css", "coin/market/E4J.Choice-1.0/choice.js", "coin/market/E4J.Choice-1.0/library.json",
        "coin/market/content/content.json", "coin/market/h5p.json", "coin/market.h5p",
    ]
    assert not [path for path in site if ".h5p" in path and not path.startswith("h5p/")]
    shown = block(site, "ar")
    values = {name: shown.get(name) for name in ("activity", "place", "src", "label", "content-lang", "content-dir")}
    assert values == {
        "activity": "h5p-coin-market", "place": "coin/market", "src": "../../../h5p/frame.html", "label": "At the market", "content-lang": "en",
        "content-dir": "ltr",
    }
    assert len(shown.get("rev")) == 12
    assert shown.xpath(".//iframe") == []
    assert "h5p-coin-market" in site["en/progress.html"].decode()


def test_a_package_that_names_its_language_is_shown_in_it(root: Path) -> None:
    (root / "modules/primary/coin/media/market.h5p").write_bytes(package(language="ar"))
    shown = block(build(root, PLAYER), "en")
    assert (shown.get("content-lang"), shown.get("content-dir")) == ("ar", "rtl")


def test_a_warm_build_touches_nothing_and_every_change_arrives(root: Path) -> None:
    first = build(root, PLAYER)
    stamps = {path: (root.parent / "site" / path).stat().st_mtime_ns for path in first}
    assert build(root, PLAYER) == first
    assert {path: (root.parent / "site" / path).stat().st_mtime_ns for path in first} == stamps
    (root / "modules/primary/coin/media/market.h5p").write_bytes(package(**{"content/images/a.png": b"1"}))
    changed = build(root, PLAYER)
    assert changed["h5p/coin/market/content/images/a.png"] == b"1"
    assert changed == build(root, PLAYER, "fresh")
    (root.parent / "site/h5p/coin/market/h5p.json").unlink()
    assert build(root, PLAYER) == changed


def test_a_player_that_came_or_went_changes_the_page_and_leaves_nothing(root: Path) -> None:
    without, with_player = build(root, None, "without"), build(root, PLAYER, "with")
    assert build(root) == without
    assert build(root, PLAYER) == with_player
    assert build(root) == without
    (root / "modules/primary/coin/media/market.h5p").unlink()
    (root / "modules/primary/coin/01-page.md").write_text("---\nid: page\ntitle: Page\n---\nText.\n")
    assert [path for path in build(root, PLAYER) if path.startswith("h5p")] == []


def test_the_command_takes_a_player_and_without_one_says_what_is_missing(root: Path) -> None:
    def run(*arguments: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["build", "--root", str(root), "--out", str(root.parent / "out"), "--cache", str(root.parent / "c"), *arguments])
        return done.exit_code, done.output

    assert run("--h5p-player", str(PLAYER))[0] == 0
    assert (root.parent / "out/h5p/player/frame.bundle.js").is_file()
    code, said = run("--h5p-player", str(root))
    assert (code, "main.bundle.js" in said) == (2, True)


def test_a_folder_without_a_player_is_named(root: Path) -> None:
    with pytest.raises(UsageError, match=r"main\.bundle\.js"):
        build(root, root)
    assert "h5p/frame.html" in build(root, PLAYER.parent)


def found_in(root: Path) -> list[str]:
    sources = load_sources([root])
    assert sources is not None
    return sorted(f"{f.path}: {f.code}" for f in check_sources(sources))


def test_names_of_packages_are_ids_and_used_once_in_a_module(root: Path) -> None:
    for name in ("Market 2", "market"):
        shutil.copy(root / "modules/primary/coin/media/market.h5p", root / f"modules/primary/coin/{name}.h5p")
    assert found_in(root) == ["modules/primary/coin/Market 2.h5p: I001", "modules/primary/coin/module.yml: I002"]


def test_two_names_that_make_one_id_are_found(root: Path) -> None:
    write_module(root, "coin-x", PAGE.replace("market", "one"), "media/one.h5p")
    assert found_in(root) == []
    shutil.copy(root / "modules/primary/coin/media/market.h5p", root / "modules/primary/coin/media/x-one.h5p")
    assert found_in(root) == ["modules/primary/coin-x/module.yml: I002"]


@pytest.mark.parametrize(("options", "codes"), [("", ["M005"]), (":title: A\n:minutes: five\n", ["M006"]), (":title: A\n:width: 3\n", ["M004"])])
def test_options_of_the_directive_are_checked(root: Path, options: str, codes: list[str]) -> None:
    (root / "modules/primary/coin/01-page.md").write_text(f"---\nid: page\ntitle: Page\n---\n\n:::{{h5p}} media/market.h5p\n{options}:::\n")
    assert [found.rpartition(" ")[2] for found in found_in(root)] == codes
