"""The documentation names everything there is: commands, options of pages, interface texts in six languages."""

import re
import sys
from pathlib import Path

import click
import pytest

from e4j.cli.main import COMMANDS, main
from e4j.load.markdown import _MAKERS, BOXES, TEACHER
from e4j.render.inline import ROLES

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))
from messages import LANGUAGES, catalog, messages  # noqa: E402

GUIDES = "\n".join(path.read_text(encoding="utf-8") for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))])


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_and_has_help(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None and command.help
    assert f"`e4j {name}" in GUIDES or f" e4j {name}" in GUIDES


@pytest.mark.parametrize("name", sorted({*_MAKERS, *BOXES, *TEACHER}))
def test_every_directive_is_documented(name: str) -> None:
    assert re.search(rf"\{{{name}\}}|`\{{{name}", (ROOT / "docs/authors.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(ROLES))
def test_every_role_is_documented(name: str) -> None:
    assert f"{{{name}}}`" in (ROOT / "docs/authors.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_text_is_translated_and_none_is_stale(language: str) -> None:
    known = {str(m.id): str(m.string) for m in catalog(language) if m.id}
    assert [text for text in messages() if not known.get(text)] == []
    assert sorted(known.keys() - set(messages())) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_of_page_texts_survive(language: str) -> None:
    field = re.compile(r"\{[a-z]*\}")
    wrong = [m.id for m in catalog(language) if m.id and sorted(field.findall(str(m.id))) != sorted(field.findall(str(m.string)))]
    assert wrong == []
