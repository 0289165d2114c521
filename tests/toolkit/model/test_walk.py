"""Reading segments and applying translations are the same walk."""

from hypothesis import given
from toolkit.texts import PAGES

from e4j.load.catalog import Sources, domains
from e4j.model.catalog import Page
from e4j.model.text import Text
from e4j.model.walk import map_texts, segments


@given(PAGES)
def test_a_walk_that_changes_nothing_returns_the_same_object(page: Page) -> None:
    assert map_texts(page, lambda _, text: text) is page


@given(PAGES)
def test_every_text_is_a_segment_and_can_be_changed(page: Page) -> None:
    visited: list[str] = []

    def visit(context: str, text: Text) -> Text:
        visited.append(text.value)
        return Text(value=text.value + "!", line=text.line)

    changed = map_texts(page, visit)
    assert {segment.text for segment in segments(page)} == set(visited)
    assert {segment.text for segment in segments(changed)} == {f"{value}!" for value in visited}


def test_our_own_content_walks_to_itself_and_every_segment_has_a_place(sources: Sources) -> None:
    for domain, value in domains(sources.catalog):
        thing = value()
        assert map_texts(thing, lambda _, text: text) is thing, domain
        found = segments(thing)
        assert found, domain
        assert [segment for segment in found if not segment.context or not segment.text] == [], domain
        assert len({(segment.context, segment.text) for segment in found}) == len(found), domain
