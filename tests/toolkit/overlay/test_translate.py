"""A translation keeps what it has and always says how true it is to its source."""

from dataclasses import replace

from hypothesis import assume, given, strategies as st
from toolkit.texts import PAGES, TEXTS, page_of

from e4j.load.translations import read_translations
from e4j.model import blocks as b
from e4j.model.catalog import Page
from e4j.model.text import State, Text, Translation
from e4j.model.walk import map_texts, segments
from e4j.overlay.translate import translate
from e4j.write.po import render_po


def full(page: Page, **changes: object) -> list[Translation]:
    """Return a translation of every segment: its text backwards in brackets."""
    return [Translation(**({"context": s.context, "source": s.text, "text": f"[{s.text[::-1]}]", "line": 1} | changes)) for s in segments(page)]


def texts(page: Page) -> list[Text]:
    found: list[Text] = []
    map_texts(page, lambda _, text: (found.append(text), text)[1])
    return found


@given(PAGES)
def test_without_translations_only_the_state_changes(page: Page) -> None:
    done = translate(page, [])
    assert {text.state for text in texts(done.value)} == {State.MISSING}
    assert map_texts(done.value, lambda _, text: replace(text, state=State.CURRENT)) == page
    assert done.coverage.missing == done.coverage.total == len(segments(page))


@given(PAGES)
def test_a_full_translation_is_current_everywhere(page: Page) -> None:
    done = translate(page, full(page))
    assert [text.value for text in texts(done.value)] == [f"[{text.value[::-1]}]" for text in texts(page)]
    assert {(text.state, text.source) for text in texts(done.value)} == {(State.CURRENT, "")}
    assert done.coverage.current == done.coverage.total


@given(PAGES, st.data())
def test_translations_survive_the_file_translators_edit(page: Page, data: st.DataObject) -> None:
    """Segments → .po → translations gives back every text to the letter, whatever it holds."""
    wanted = segments(page)
    done = {(s.context, s.text): data.draw(st.one_of(st.just(""), TEXTS)) for s in wanted}
    machine = data.draw(st.booleans())
    given_ = [Translation(context=c, source=s, text=t, line=1, machine=machine) for (c, s), t in done.items() if t]
    text_only: dict[str, str] = {}
    for translation in given_:
        text_only.setdefault(translation.source, translation.text)
    assume(all(text_only[t.source] == t.text for t in given_))  # one source with two translations is tried below
    findings: list[object] = []
    read = read_translations(render_po(wanted, given_, "ar", "modules/m", "Test"), "m.po", findings)
    assert findings == []
    assert [(t.context, t.source) for t in read] == [(s.context, s.text) for s in wanted]
    assert {(t.context, t.source): t.text for t in read} == {(s.context, s.text): done[s.context, s.text] or text_only.get(s.text, "") for s in wanted}
    assert translate(page, read).value == translate(page, given_).value


@given(PAGES)
def test_extracting_again_changes_no_byte(page: Page) -> None:
    once = render_po(segments(page), full(page), "zh", "modules/m", "Test")
    again = render_po(segments(page), read_translations(once, "m.po", []), "zh", "modules/m", "Test")
    assert again == once


def test_a_changed_source_keeps_its_translation_and_says_that_it_is_behind() -> None:
    before = page_of([("coin", ["Maya finds a coin in the market.", "She looks around."])])
    after = page_of([("coin", ["Maya finds an old coin in the market.", "She looks around."])])
    done = translate(after, [Translation(context=s.context, source=s.text, text=f"fr {s.text}", line=1) for s in segments(before)])
    changed, same = done.value.blocks[1], done.value.blocks[2]
    assert isinstance(changed, b.Paragraph) and isinstance(same, b.Paragraph)
    assert changed.text == Text(
        value="fr Maya finds a coin in the market.", line=1, state=State.OUTDATED, source="Maya finds an old coin in the market.",
    )
    assert same.text == Text(value="fr She looks around.", line=1)
    assert (done.coverage.current, done.coverage.outdated, done.coverage.missing) == (3, 1, 0)


def test_a_changed_source_is_still_behind_after_extracting() -> None:
    before = page_of([("coin", ["Maya finds a coin in the market."])])
    after = page_of([("coin", ["Maya finds an old coin in the market."])])
    po = render_po(segments(after), [Translation(context=s.context, source=s.text, text=f"fr {s.text}", line=1) for s in segments(before)], "fr", "m", "T")
    done = translate(after, read_translations(po, "m.po", []))
    assert (done.coverage.current, done.coverage.outdated, done.coverage.missing) == (2, 1, 0)


def test_a_rewritten_source_is_missing_and_never_shown_in_words_of_something_else() -> None:
    before = page_of([("coin", ["Maya finds a coin in the market."])])
    after = page_of([("coin", ["Who decides when nobody saw it?"])])
    done = translate(after, [Translation(context=s.context, source=s.text, text=f"fr {s.text}", line=1) for s in segments(before)])
    assert (done.coverage.current, done.coverage.outdated, done.coverage.missing) == (2, 0, 1)
    assert done.value.blocks[1].text.state is State.MISSING


def test_an_older_text_is_lent_to_one_successor_only() -> None:
    before = page_of([("coin", ["Maya finds a coin in the market."])])
    after = page_of([("coin", ["Maya finds a coin in the street.", "Maya finds a coin in the garden."])])
    done = translate(after, full(before))
    assert (done.coverage.outdated, done.coverage.missing) == (1, 1)


@given(PAGES, st.text("abc", min_size=1, max_size=3))
def test_moving_everything_to_another_section_keeps_its_translation(page: Page, name: str) -> None:
    paragraphs = [block for block in page.blocks if isinstance(block, b.Paragraph)]
    heading = b.Heading(id=f"moved-{name}", line=1, level=2, text=Text(value="Moved here"))
    moved = replace(page, blocks=(heading, *reversed(paragraphs)))
    done = translate(moved, full(page))
    assert [block.text.value for block in done.value.blocks[1:]] == [f"[{p.text.value[::-1]}]" for p in reversed(paragraphs)]
    assert {block.text.state for block in done.value.blocks[1:]} <= {State.CURRENT}
    assert done.value.blocks[0].text.state in {State.MISSING, State.OUTDATED}


@given(PAGES)
def test_a_machines_words_are_marked_as_such(page: Page) -> None:
    done = translate(page, full(page, machine=True))
    assert {text.state for text in texts(done.value)} == {State.MACHINE}
    read = read_translations(render_po(segments(page), full(page, machine=True), "ru", "m", "T"), "m.po", [])
    assert {translation.machine for translation in read} == {True}


@given(PAGES)
def test_what_a_translator_marks_as_fuzzy_is_behind(page: Page) -> None:
    done = translate(page, full(page, outdated=True))
    assert {(text.state, text.source) for text in texts(done.value)} == {(State.OUTDATED, s.text) for s in segments(page)}


def test_the_same_words_may_be_translated_differently_in_two_places() -> None:
    page = page_of([("one", ["Right"]), ("two", ["Right"])])
    one, two = (segment.context for segment in segments(page) if segment.text == "Right")
    done = translate(page, [
        Translation(context=one, source="Right", text="juste", line=1), Translation(context=two, source="Right", text="droite", line=2),
    ])
    assert [block.text.value for block in done.value.blocks if isinstance(block, b.Paragraph)] == ["juste", "droite"]
