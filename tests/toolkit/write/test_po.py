"""Extracting keeps what translators did, flags and older sources included."""

import pytest
from hypothesis import given, strategies as st
from toolkit.texts import TEXTS

from e4j.load.translations import read_translations
from e4j.model.blocks import Paragraph
from e4j.model.catalog import Page
from e4j.model.text import Segment, Text, Translation
from e4j.model.walk import segments
from e4j.overlay.translate import translate
from e4j.write.po import render_po, write_file


def test_a_file_is_written_as_poedit_would() -> None:
    data = render_po([Segment(context="page/one", text='Say "no"\\.', line=3)], [], "fr", "modules/m", "Test")
    text = data.decode()
    assert text.endswith('#: modules/m\nmsgctxt "page/one"\nmsgid "Say \\"no\\"\\\\."\nmsgstr ""\n\n')
    assert "Date" not in text
    assert "Generated-By" not in text


def test_an_older_source_stays_until_a_translator_has_seen_it() -> None:
    old = Translation(context="p", source="Old words", text="Vieux mots", line=1)
    data = render_po([Segment(context="p", text="New words", line=1)], [old], "fr", "m", "T")
    assert [(t.source, t.text) for t in read_translations(data, "x", [])] == [("New words", ""), ("Old words", "Vieux mots")]


@pytest.mark.parametrize(("machine", "outdated"), [(True, False), (False, True), (True, True)])
def test_an_older_source_keeps_its_flags(machine: bool, outdated: bool) -> None:
    old = Translation(context="p", source="Old words", text="Vieux mots", line=1, machine=machine, outdated=outdated)
    data = render_po([Segment(context="p", text="New words", line=1)], [old], "fr", "m", "T")
    kept = read_translations(data, "x", [])[1]
    assert (kept.machine, kept.outdated) == (machine, outdated)


@given(st.lists(TEXTS, min_size=1, max_size=5, unique=True), st.data())
def test_flags_survive(texts: list[str], data: st.DataObject) -> None:
    segments = [Segment(context="p", text=text, line=1) for text in texts]
    done = [Translation(context="p", source=text, text="x", line=1, machine=data.draw(st.booleans()), outdated=data.draw(st.booleans())) for text in texts]
    read = read_translations(render_po(segments, done, "es", "m", "T"), "x", [])
    assert [(t.source, t.machine, t.outdated) for t in read] == [(t.source, t.machine, t.outdated) for t in done]


def test_a_file_that_is_as_it_should_be_is_not_touched(tmp_path) -> None:
    path = tmp_path / "a" / "b.txt"
    assert write_file(path, b"one") is True
    stamp = path.stat().st_mtime_ns
    assert write_file(path, b"one") is False
    assert path.stat().st_mtime_ns == stamp
    assert write_file(path, b"two") is True
    assert path.read_bytes() == b"two"


def test_a_new_place_is_given_the_translation_that_readers_see_there() -> None:
    words = Paragraph(id="b", line=1, text=Text(value="Right", line=1))
    done = [Translation(context="one", source="Right", text="juste", line=1), Translation(context="two", source="Right", text="droite", line=2)]
    page = Page(id="page", title=Text(value="Title"), blocks=(words,))
    seen = translate(page, done).value
    read = read_translations(render_po(segments(page), done, "fr", "m", "T"), "x", [])
    assert translate(page, read).value == seen
