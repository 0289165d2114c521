"""What goes out in any of our formats comes back as the same quiz, and what was changed elsewhere comes back changed."""

import re

import pytest
from hypothesis import given
from toolkit.conftest import LANGUAGES, REPOSITORY
from toolkit.quizzes import EVERYTHING, PNG, QUIZZES, back, sent

from e4j.build.exchange import export_source
from e4j.load.catalog import Sources, load_sources
from e4j.load.exchange import import_quiz
from e4j.load.translations import load_translations
from e4j.model.plain import quiz_value
from e4j.model.quiz import Quiz
from e4j.overlay.translate import translate

FORMATS = ("moodle", "gift", "csv", "xlsx")


@pytest.mark.parametrize("name", FORMATS)
@given(quiz=QUIZZES)
def test_a_quiz_of_any_kinds_comes_back_as_it_went(name: str, quiz: Quiz) -> None:
    found = back(name, sent(name, quiz))
    assert found.quiz is not None and found.findings == ()
    assert quiz_value(found.quiz) == quiz_value(quiz)


@pytest.fixture(scope="module")
def ours() -> Sources:
    sources = load_sources([REPOSITORY])
    assert sources is not None
    return sources


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", FORMATS)
def test_our_own_quizzes_come_back_in_every_language(name: str, language: str, ours: Sources) -> None:
    for quiz_id, quiz in ours.catalog.quizzes.items():
        place = ours.po.get(language, {}).get(f"quizzes/{quiz_id}")
        wanted = translate(quiz, load_translations(place.folder, place.path, [])).value if place else quiz
        found = back(name, export_source(ours, quiz_id, name, language), language)
        assert found.quiz is not None and found.findings == ()
        assert quiz_value(found.quiz) == quiz_value(wanted)


def test_the_pictures_come_back_from_moodle() -> None:
    assert back("moodle", sent("moodle", EVERYTHING)).media == {"one.png": PNG}


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_quiz_is_the_same_bytes(name: str) -> None:
    assert sent(name, EVERYTHING).files == sent(name, EVERYTHING).files


@pytest.mark.parametrize("name", ["moodle", "gift"])
def test_what_was_changed_elsewhere_counts_and_the_rest_stays_ours(name: str) -> None:
    ((file, data),) = sent(name, EVERYTHING).files.items()
    lines = [line if b"e4j" in line else line.replace(b"Option y", b"Another") for line in data.split(b"\n")]
    found = import_quiz(name, b"\n".join(lines), file, "en")
    assert found.quiz is not None
    single = found.quiz.items[0]
    assert [(option.id, option.text.value) for option in single.options] == [("x", "Option x"), ("y", "Another")]
    assert (single.id, single.outcome, single.reread, single.confidence) == ("single", "see", "m/p#s", True)
    changed = [finding.message for finding in found.findings if finding.code == "X005" and "was changed elsewhere" in finding.message]
    assert "'single' was changed elsewhere, so the changed form counts" in changed
    assert not any("'truefalse'" in message for message in changed)


def test_a_changed_cell_counts() -> None:
    ((file, data),) = sent("csv", EVERYTHING).files.items()
    text = data.decode("utf-8-sig")
    first = re.sub(r"\* Option x\nOption y", "* Option x\nAnother", text, count=1)
    found = import_quiz("csv", first.encode(), file, "en")
    assert found.quiz is not None
    single = found.quiz.items[0]
    assert [(option.id, option.text.value, option.correct) for option in single.options] == [("x", "Option x", True), ("y", "Another", False)]
    assert single.shuffle and single.media is not None
    assert [finding.code for finding in found.findings] == ["X005"]


@pytest.mark.parametrize("name", FORMATS[:3])
def test_a_damaged_envelope_gives_the_foreign_reading(name: str) -> None:
    ((file, data),) = sent(name, EVERYTHING).files.items()
    broken = data.replace(b'"v":1,', b'"v":1').replace(b'""v"":1,', b'""v"":1')
    found = import_quiz(name, broken, file, "en")
    assert found.quiz is not None
    assert [item.id for item in found.quiz.items][:5] == ["single", "multiple", "truefalse", "short", "numeric"]
    assert "X005" in {finding.code for finding in found.findings}


def test_names_in_an_envelope_cannot_leave_their_folder() -> None:
    ((file, data),) = sent("moodle", EVERYTHING).files.items()
    found = import_quiz("moodle", data.replace(b'"src":"one.png"', b'"src":"../../one.png"').replace(b'"id":"single"', b'"id":"../x"'), file, "en")
    assert found.quiz is not None
    assert found.quiz.items[0].id == "single"
    assert all(".." not in name for name in found.media)
    assert all(".." not in item.media.src for item in found.quiz.items if item.media)
