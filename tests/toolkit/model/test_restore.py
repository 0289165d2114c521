"""Objects come back from pickles as they went."""

import pickle

from e4j.load.catalog import Sources
from e4j.model.text import State, Text


def test_a_text_comes_back_whole() -> None:
    text = Text(value="слово", line=7, state=State.OUTDATED, source="word")
    again = pickle.loads(pickle.dumps(text))
    assert again == text and (again.value, again.line, again.state, again.source) == ("слово", 7, State.OUTDATED, "word")


def test_every_module_course_and_quiz_comes_back_whole(sources: Sources) -> None:
    catalog = sources.catalog
    assert pickle.loads(pickle.dumps(catalog)) == catalog
