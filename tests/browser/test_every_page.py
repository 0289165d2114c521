"""Every page in every language: nothing serious for axe, nothing asked of another host, nothing wider than a phone."""

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parent.parent.parent
LANGUAGES = ("ar", "zh", "en", "fr", "ru", "es")
PHONE = (
    "index.html", "catalogue.html", "progress.html", "library/glossary.html", "modules/lost-coin/lesson.html", "modules/the-offer/lesson-teacher.html",
    "modules/the-offer/reading.html", "modules/what-is-organized-crime/lab.html", "quizzes/organized-crime-quiz.html",
)
AXE = """async () => (await axe.run(document, {resultTypes: ['violations']})).violations
    .filter((v) => ['serious', 'critical'].includes(v.impact)).map((v) => v.id + ' ' + v.nodes[0].html.slice(0, 120))"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_serious_on_any_page(site: Path, browser, language: str) -> None:
    """Open every page of a language on a wall of 1024 × 768."""
    script = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
    page = browser.new_page(viewport={"width": 1024, "height": 768})
    outside: list[str] = []
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:", "blob:")) else outside.append(request.url))
    faults: dict[str, list[str]] = {}
    pages = sorted((site / language).rglob("*.html"))
    for path in pages:
        page.goto(path.as_uri())
        page.evaluate(script)
        if found := page.evaluate(AXE):
            faults[str(path.relative_to(site))] = found
    page.close()
    assert len(pages) > 50
    assert (faults, outside) == ({}, [])


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_a_phone(site: Path, browser, language: str) -> None:
    """At 320 px, and at 640 px with text twice as large, no page scrolls sideways."""
    wide: list[str] = []
    for width, size in ((320, "100%"), (640, "200%")):
        page = browser.new_page(viewport={"width": width, "height": 640})
        for url in PHONE:
            page.goto((site / language / url).as_uri())
            page.evaluate("size => { document.documentElement.style.fontSize = size; }", size)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wide.append(f"{url} at {width} px, {size}")
        page.close()
    assert wide == []
