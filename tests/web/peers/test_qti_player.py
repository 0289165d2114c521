"""Our items of QTI 3 in a certified player: it gives the marks that we give."""

import io
import math
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from toolkit.publish.exchange.peers import EVERY, ITEMS, earned, in_qti, writer

from e4j.publish.exchange import qti3

ROOT = Path(__file__).parents[3]
SCRIPTS = (ROOT / "node_modules/vue/dist/vue.min.js", ROOT / "node_modules/qti3-item-player/dist/qti3Player.umd.min.js", Path(__file__).with_name("qti_player.js"))
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def player(browser: Browser) -> Iterator[Page]:
    """Open a page with the player."""
    page = browser.new_page()
    page.set_content('<!doctype html><meta charset="utf-8"><div id="app"></div>')
    for script in SCRIPTS:
        page.add_script_tag(path=script)
    yield page
    page.close()


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    """Give the files of a package with every kind."""
    (data,) = qti3.export(EVERY, "en", writer(EVERY)).files.values()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


@pytest.mark.parametrize(("item", "responses"), ITEMS, ids=[item.id for item, _ in ITEMS])
def test_the_player_marks_as_we_do(item, responses, player, files):
    for response in responses:
        steps = list(in_qti(item, response))
        outcomes = player.evaluate("([xml, steps]) => score(xml, steps)", [files[f"item-{item.id}.xml"], steps])
        assert math.floor(outcomes.get("SCORE", 0) * 1000 + 1e-6) == earned(item, response), (response, outcomes)
    assert player.evaluate("complaints") == []
