"""What only the teacher may see never reaches a learner: not in a page, not in search, not in a course."""

import dataclasses
import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from toolkit.conftest import LANGUAGES, Built, files_below

from e4j.build.site import Options, build_site
from e4j.load.catalog import Sources, load_sources
from e4j.model import blocks as b
from e4j.model.catalog import Audience
from e4j.model.text import EMPTY, Text
from e4j.render.blocks import has_teacher, without_teacher

SECRET = "xyzzysecret"
KINDS = ("say", "expect", "teacher")


@pytest.fixture(scope="module")
def teacher_pages(sources: Sources) -> set[str]:
    """Addresses of pages for teachers, within a language folder."""
    modules = {f"modules/{m.id}/{p.id}.html" for m in sources.catalog.modules.values() for p in m.pages if p.audience is Audience.TEACHER}
    return modules | {f"courses/{c.id}/{p.id}.html" for c in sources.catalog.courses.values() for p in c.pages if p.audience is Audience.TEACHER}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_learners_page_of_ours_has_a_teachers_block(site: Built, teacher_pages: set[str], language: str) -> None:
    shown = {
        path.removeprefix(f"{language}/")
        for path, page in site.of_language(language).items()
        if page.xpath("//*[contains(concat(' ', @class, ' '), ' e4j-teacher ')]")
    }
    assert {path for path in shown if not path.endswith("-teacher.html")} <= teacher_pages
    assert len(shown) > 10


def insert_everywhere(lines: list[str]) -> tuple[list[str], int]:
    """Put each kind of teacher's block after every line that opens or follows a directive, and between all top level paragraphs."""
    result: list[str] = []
    listing = False
    count = 0
    for number, line in enumerate(lines):
        result.append(line)
        listing ^= line.startswith(("```", "~~~"))
        option = number + 1 < len(lines) and lines[number + 1].startswith(":") and not lines[number + 1].startswith(":::")
        if listing or option or lines[0] != "---" or number < lines.index("---", 1):
            continue
        if not line.strip() or line.startswith(":"):
            kind = KINDS[count % 3]
            result += ["", f":::::::{{{kind}}}", f"Spoken: {SECRET}{count}.", "", f"- {SECRET} in a list", ":::::::", ""]
            count += 1
    return result, count


def test_a_secret_in_every_teachers_block_of_every_page_stays_out_of_learners_pages_and_search(
    content: Path, tmp_path: Path,
) -> None:
    root = tmp_path / "content"
    shutil.copytree(content, root)
    total = 0
    for path in sorted((root / "modules").rglob("*.md")):
        lines, count = insert_everywhere(path.read_text(encoding="utf-8").splitlines())
        if "audience: teacher" in lines:
            continue
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        total += count
    for path in sorted(root.rglob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        for cell in notebook["cells"][1:]:
            if cell["cell_type"] == "markdown":
                cell["source"] = [*cell["source"], f"\n\n:::{{say}}\n{SECRET}\n:::\n"]
                total += 1
        path.write_text(json.dumps(notebook, indent=1), encoding="utf-8")
    assert total > 300
    report = build_site(Options(roots=[root], output=tmp_path / "site", cache=tmp_path / "cache", languages=["en"]))
    assert report.ok, report.findings[:5]
    files = files_below(tmp_path / "site")
    told = {path for path, data in files.items() if SECRET.encode() in data}
    assert {path for path in told if not path.endswith("-teacher.html")} == set()
    assert len(told) > 15


def paragraph(value: str) -> b.Paragraph:
    return b.Paragraph(id=value, line=1, text=Text(value=value))


def holders(inside: Sequence[b.Block]) -> dict[str, b.Block]:
    """Return every kind of block that can hold others, around `inside`."""
    blocks = tuple(inside)
    common = {"id": "x", "line": 1}
    minutes = b.Minutes(least=1, usual=2, most=3)
    return {
        "item": b.List(**common, start=None, tight=False, items=(b.ListItem(**common, blocks=blocks),)), "quote": b.Quote(**common, blocks=blocks),
        "step": b.Step(**common, title=EMPTY, minutes=minutes, form=b.Form.PAIRS, objectives=(), blocks=blocks),
        "stage": b.Stage(**common, blocks=blocks), "box": b.Box(**common, kind="note", title=EMPTY, blocks=blocks),
        "slot": b.Slot(**common, name="case", title=EMPTY, blocks=blocks), "cards": b.Cards(**common, title=EMPTY, blocks=blocks),
        "case": b.CaseRef(**common, case="c", blocks=blocks), "reading": b.Reading(**common, reference="r", blocks=blocks),
        "figure": b.Figure(**common, src="s", alt=EMPTY, blocks=blocks), "table": b.CaptionedTable(**common, caption=EMPTY, blocks=blocks),
        "lab": b.LabLink(**common, page="p", blocks=blocks), "activity": b.Activity(**common, src="s", title=EMPTY, minutes=0, blocks=blocks),
    }


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("holder", holders(()))
@pytest.mark.parametrize("outer", ["", *holders(())])
def test_a_teachers_block_is_taken_out_of_every_kind_of_block(kind: str, holder: str, outer: str) -> None:
    secret = b.TeacherOnly(id="t", line=1, kind=kind, title=Text(value=SECRET), blocks=(paragraph(SECRET),))

    def wrapped(*inside: b.Block) -> tuple[b.Block, ...]:
        block = holders([paragraph("before"), *inside, paragraph("after")])[holder]
        return (holders([block])[outer],) if outer else (block,)

    assert has_teacher(wrapped(secret))
    assert without_teacher(wrapped(secret)) == wrapped()
    assert without_teacher(wrapped()) == wrapped()
    assert not has_teacher(wrapped())


def test_every_block_that_holds_blocks_is_tried_above() -> None:
    kinds = {cls for cls in vars(b).values() if isinstance(cls, type) and issubclass(cls, b.Block) and cls is not b.Block}
    holding = {cls for cls in kinds if {"blocks", "items"} & {f.name for f in dataclasses.fields(cls)}}
    assert holding - {type(block) for block in holders(()).values()} == {b.TeacherOnly, b.ListItem}


def test_a_course_page_hides_what_is_for_the_teacher(tmp_path: Path) -> None:
    root = tmp_path / "root"
    (root / "courses/c").mkdir(parents=True)
    (root / "catalog.yml").write_text("id: t\ntitle: T\nsource_language: en\nlanguages: [en]\nlicence: CC-BY-4.0\npublisher: P\nurl: http://x/\n", encoding="utf-8")
    (root / "courses/c/course.yml").write_text("id: c\ntitle: C\nsummary: S\naudience: learner\nages: [14, 99]\nlicence: CC-BY-4.0\n", encoding="utf-8")
    for name in ("index", "01-one"):
        page = f"---\nid: {name}\ntitle: One\n---\nSeen.\n\n:::{{say}}\n{SECRET}\n:::\n"
        (root / f"courses/c/{name}.md").write_text(page, encoding="utf-8")
    sources = load_sources([root])
    assert sources is not None
    report = build_site(Options(roots=[root], output=tmp_path / "site", cache=tmp_path / "cache"))
    assert report.ok, report.findings
    assert [path for path, data in files_below(tmp_path / "site").items() if SECRET.encode() in data and not path.endswith("-teacher.html")] == []
