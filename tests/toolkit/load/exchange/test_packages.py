"""Packages of QTI, H5P and jupyterquiz come back as they went; without our own part they come back as others see them; and nothing in them is trusted."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st
from toolkit.conftest import LANGUAGES, REPOSITORY
from toolkit.publish.exchange.peers import EVERY
from toolkit.quizzes import EVERYTHING, PNG, QUIZZES, sent

from e4j.build.exchange import export_source
from e4j.load.catalog import Sources, load_sources
from e4j.load.exchange import import_quiz
from e4j.load.translations import load_translations
from e4j.model import quiz as q
from e4j.model.exchange import Export, Import
from e4j.model.plain import item_value, quiz_value
from e4j.overlay.translate import translate
from e4j.publish.exchange.package import pack

FORMATS = ("qti2", "qti3", "h5p", "jupyterquiz")
NOTEBOOK = (q.Single, q.Multiple, q.TrueFalse, q.Short, q.Numeric)


def back(name: str, export: Export, language: str = "en") -> Import:
    """Read the first file of an export: it holds the whole quiz."""
    file, data = next(iter(export.files.items()))
    return import_quiz(name, data, file, language)


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def first(export: Export) -> bytes:
    return next(iter(export.files.values()))


def bare(name: str, data: bytes) -> bytes:
    """Take our own part out of a file."""
    if name == "jupyterquiz":
        return json.dumps([{key: value for key, value in one.items() if key != "e4j"} for one in json.loads(data)]).encode()
    files = opened(data)
    files.pop("e4j-quiz.json", None)
    if "content/content.json" in files:
        content = json.loads(files["content/content.json"])
        content.pop("e4j")
        files["content/content.json"] = json.dumps(content).encode()
    return pack(files)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=50)
@given(quiz=QUIZZES, language=st.sampled_from(LANGUAGES))
def test_a_quiz_of_any_kinds_comes_back_as_it_went(name: str, quiz: q.Quiz, language: str) -> None:
    if name == "jupyterquiz" and not any(isinstance(item, NOTEBOOK) for item in quiz.items):
        assert json.loads(first(sent(name, quiz, language))) == []
        return
    found = back(name, sent(name, quiz, language), language)
    assert found.quiz is not None
    assert [one for one in found.findings if one.code != "X004"] == []
    assert quiz_value(found.quiz) == quiz_value(quiz)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("quiz", [EVERYTHING, EVERY], ids=["every field", "every kind"])
def test_every_field_of_every_kind_comes_back(name: str, quiz: q.Quiz) -> None:
    found = back(name, sent(name, quiz))
    assert found.quiz is not None
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
        assert found.quiz is not None
        assert quiz_value(found.quiz) == quiz_value(wanted)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_quiz_is_the_same_bytes(name: str) -> None:
    assert sent(name, EVERYTHING).files == sent(name, EVERYTHING).files


@pytest.mark.parametrize("name", ["qti2", "qti3", "h5p"])
def test_archives_name_no_time_and_no_system(name: str) -> None:
    for data in sent(name, EVERYTHING).files.values():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert [entry.filename for entry in entries[1:]] == sorted(entry.filename for entry in entries[1:])


@pytest.mark.parametrize("name", ["qti2", "qti3", "h5p"])
def test_pictures_come_back(name: str) -> None:
    assert back(name, sent(name, EVERYTHING)).media == {"one.png": PNG}


# Without our own part

QTI_LOSES = {
    "short": {"accept"}, "cloze": {"gaps", "distractors"}, "cloze-all": {"gaps"}, "match": {"distractors"},
}
"""Fields that look another way in QTI: an answer that is there twice, words to drag as a menu, and emphasis within one; the order of distractors."""


@pytest.mark.parametrize("name", ["qti2", "qti3"])
def test_qti_says_nearly_all_of_it_itself(name: str) -> None:
    found = import_quiz(name, bare(name, first(sent(name, EVERY))), "a.zip", "en")
    assert found.quiz is not None
    items = {item.id: item_value(item) for item in found.quiz.items}
    assert [one.message for one in found.findings] == ["'scenario': it changes while it is answered: left out"]
    assert found.quiz.title.value == "All kinds"
    for item in EVERY.items:
        if item.id != "scenario":
            wanted, got = item_value(item), items[item.id]
            differ = {key for key in wanted.keys() | got.keys() if wanted.get(key) != got.get(key)}
            assert differ == QTI_LOSES.get(item.id, set()), item.id


def key(item: Any) -> Any:
    """Return what is right, in words."""
    match item:
        case q.Single() | q.Multiple():
            return item.type, [(o.text.value, o.correct) for o in item.options]
        case q.TrueFalse():
            return item.type, item.answer
        case q.Short():
            return item.type, [one.text for texts in item.accept.values() for one in texts if one.credit == 1][:1]
        case q.Numeric():
            return item.type, [float(one.value) for one in item.accept if one.credit == 1][:1]
        case q.Order():
            return item.type, [part.text.value for part in item.sequence]
        case _:
            return item.type, None


CARRIED: Mapping[str, tuple[str, ...]] = {
    "qti2": ("single", "multiple", "truefalse", "short", "numeric", "order"), "qti3": ("single", "multiple", "truefalse", "short", "numeric", "order"),
    "h5p": ("single", "multiple", "truefalse", "short"), "jupyterquiz": ("single", "multiple", "truefalse", "numeric"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_stem_options_and_key_are_what_others_see(name: str) -> None:
    wanted = [item for item in EVERYTHING.items if item.type in CARRIED[name]]
    found = import_quiz(name, bare(name, first(sent(name, replace(EVERYTHING, items=tuple(wanted))))), f"a.{name}", "en")
    assert found.quiz is not None
    got = {item.stem.value: item for item in found.quiz.items}
    for item in wanted:
        twin = got.get(item.stem.value) or got.get(f"{item.stem.value} (km)")
        if twin is None and name == "h5p":
            continue  # an order is a package of its own
        assert twin is not None, item.id
        if name == "jupyterquiz" and item.type == "truefalse":
            assert [(o.text.value, o.correct) for o in twin.options] == [("True", True), ("False", False)]
        else:
            assert key(twin) == key(item)


@pytest.mark.parametrize("name", FORMATS)
@settings(max_examples=30)
@given(quiz=QUIZZES)
def test_without_our_part_stems_are_read_in_every_script(name: str, quiz: q.Quiz) -> None:
    plain = tuple(item for item in quiz.items if isinstance(item, q.TrueFalse | q.Short))
    if plain:
        found = import_quiz(name, bare(name, first(sent(name, replace(quiz, items=plain, settings=q.Settings())))), "a.b", "en")
        assert found.quiz is not None
        assert len(found.quiz.items) == len(plain) or any(one.code == "X003" for one in found.findings)


# Changed elsewhere


def changed(name: str, old: str, new: str, quiz: q.Quiz = EVERYTHING) -> Import:
    data = first(sent(name, quiz))
    if name == "jupyterquiz":
        questions = [one | {"answers": json.loads(json.dumps(one["answers"]).replace(old, new))} for one in json.loads(data)]
        return import_quiz(name, json.dumps(questions).encode(), "a.json", "en")
    files = opened(data)
    for path in files:
        if path.startswith("item-"):
            files[path] = files[path].replace(old.encode(), new.encode())
    if "content/content.json" in files:
        content = json.loads(files["content/content.json"])
        e4j = content.pop("e4j")
        files["content/content.json"] = json.dumps(json.loads(json.dumps(content).replace(old, new)) | {"e4j": e4j}).encode()
    return import_quiz(name, pack(files), "a.zip", "en")


@pytest.mark.parametrize("name", FORMATS)
def test_what_was_changed_elsewhere_counts_and_the_rest_stays_ours(name: str) -> None:
    found = changed(name, "Option y", "Another")
    assert found.quiz is not None
    single = found.quiz.items[0]
    assert [(option.id, option.text.value, option.correct) for option in single.options] == [("x", "Option x", True), ("y", "Another", False)]
    assert (single.id, single.outcome, single.reread, single.confidence, single.hints) == ("single", "see", "m/p#s", True, EVERYTHING.items[0].hints)
    said = [one.message for one in found.findings if one.code == "X005" and "was changed elsewhere" in one.message]
    assert "'single' was changed elsewhere, so the changed form counts" in said
    assert not any("'truefalse'" in message for message in said)


@pytest.mark.parametrize("name", ["qti2", "qti3"])
def test_layout_alone_is_no_change(name: str) -> None:
    files = opened(first(sent(name, EVERY)))
    for path, data in files.items():
        if path.startswith("item-"):
            files[path] = data.replace(b'"?>\n', b'"?>\n<!-- saved again -->\n')
    found = import_quiz(name, pack(files), "a.zip", "en")
    assert found.quiz is not None and found.findings == ()
    assert quiz_value(found.quiz) == quiz_value(EVERY)


def test_a_scenario_changed_in_qti_stays_ours_with_a_word_about_it() -> None:
    found = changed("qti3", "It begins.", "It starts.")
    assert found.quiz is not None
    assert found.quiz.items[-1].nodes["n"].text.value == "It begins."
    assert [one.code for one in found.findings] == ["X005"]


@pytest.mark.parametrize("name", ["qti2", "qti3"])
def test_a_question_that_was_taken_out_stays_out(name: str) -> None:
    files = opened(first(sent(name, EVERY)))
    for path in ("test.xml", "imsmanifest.xml"):
        files[path] = b"\n".join(line for line in files[path].split(b"\n") if b"item-single.xml" not in line or b"<file" in line or b"<resource" in line)
    found = import_quiz(name, pack({path: data for path, data in files.items() if path != "item-single.xml"}), "a.zip", "en")
    assert found.quiz is not None
    assert [item.id for item in found.quiz.items] == [item.id for item in EVERY.items[1:]]


def test_a_question_added_to_a_question_set_comes_last() -> None:
    files = opened(first(sent("h5p", EVERYTHING)))
    content = json.loads(files["content/content.json"])
    added = {"library": "H5P.TrueFalse 1.8", "params": {"question": "<p>New?</p>", "correct": "true"}, "subContentId": "new"}
    content["questions"].insert(0, added)
    files["content/content.json"] = json.dumps(content).encode()
    found = import_quiz("h5p", pack(files), "a.h5p", "en")
    assert found.quiz is not None
    assert quiz_value(replace(found.quiz, items=found.quiz.items[:-1])) == quiz_value(EVERYTHING)
    assert (found.quiz.items[-1].type, found.quiz.items[-1].stem.value) == ("truefalse", "New?")


# Hostile


def hostile(name: str, change: Callable[[dict[str, bytes]], None]) -> Import:
    files = opened(first(sent(name, EVERY)))
    change(files)
    return import_quiz(name, pack(files), "a.zip", "en")


BOMB = b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("name", ["qti2", "qti3"])
@pytest.mark.parametrize("path", ["imsmanifest.xml", "test.xml", "item-single.xml"])
def test_a_document_type_is_refused(name: str, path: str) -> None:
    def change(files: dict[str, bytes]) -> None:
        files[path] = files[path].replace(b"?>\n", b"?>\n" + BOMB, 1)

    assert "X002" in {one.code for one in hostile(name, change).findings}


@pytest.mark.parametrize("name", ["qti3", "h5p"])
@pytest.mark.parametrize("path", ["../evil.txt", "/evil.txt", "a/../../evil.txt", "C:/evil.txt"])
def test_paths_that_lead_out_are_refused(name: str, path: str) -> None:
    found = hostile(name, lambda files: files.update({path: b"x"}))
    assert (found.quiz, [one.code for one in found.findings]) == (None, ["X002"])


@pytest.mark.parametrize("name", ["qti3", "h5p"])
def test_a_bomb_is_refused(name: str) -> None:
    found = hostile(name, lambda files: files.update({"content/zeros.json": b"0" * 60_000_000}))
    assert (found.quiz, [one.code for one in found.findings]) == (None, ["X002"])


@pytest.mark.parametrize("deep", [b"[" * 200_000, b'{"a":' * 100_000, b"nonsense", b"\xff\xfe", b"[]", b"1e999999", b'{"questions": 3, "e4j": []}'])
def test_json_of_any_shape_is_a_finding(deep: bytes) -> None:
    for name, path in (("h5p", "content/content.json"), ("h5p", "h5p.json")):
        found = hostile(name, lambda files, path=path: files.update({path: deep}))
        assert found.quiz is None or found.findings, (name, path)
    found = hostile("qti3", lambda files: files.update({"e4j-quiz.json": deep}))
    assert found.quiz is not None
    assert import_quiz("jupyterquiz", deep, "a.json", "en").quiz is None


def test_scripts_in_content_are_dropped() -> None:
    def change(files: dict[str, bytes]) -> None:
        content = json.loads(files["content/content.json"])
        del content["e4j"]
        content["questions"][0]["params"]["question"] = '<p onclick="x()">A<script>alert(1)</script><img src=x onerror=y()><a href="javascript:z()">b</a>?</p>'
        files["content/content.json"] = json.dumps(content).encode()

    found = hostile("h5p", change)
    assert found.quiz is not None
    assert found.quiz.items[0].stem.value == "Ab?"


def test_ids_and_files_of_our_own_part_are_not_trusted() -> None:
    data = first(sent("qti3", EVERY))
    files = opened(data)
    ours = json.loads(files["e4j-quiz.json"])
    for one in ours["items"]:
        one["value"]["id"] = "../../evil"
    ours["quiz"]["value"]["id"] = "../evil"
    files["e4j-quiz.json"] = json.dumps(ours).encode()
    found = import_quiz("qti3", pack(files), "a.zip", "en")
    assert found.quiz is not None
    assert all("/" not in one.id for one in (found.quiz, *found.quiz.items))


@pytest.mark.parametrize("name", ["qti3", "h5p"])
@settings(max_examples=120)
@given(edits=st.lists(st.tuples(st.integers(0, 100), st.integers(0, 20_000), st.binary(max_size=6), st.integers(0, 8)), min_size=1, max_size=6))
def test_damaged_packages_are_findings_and_never_errors(name: str, edits: list[tuple[int, int, bytes, int]]) -> None:
    files = opened(DAMAGED[name])
    paths = sorted(path for path in files if not path.endswith((".png", ".svg")))
    for which, at, new, cut in edits:
        path = paths[which % len(paths)]
        at %= len(files[path]) + 1
        files[path] = files[path][:at] + new + files[path][at + cut:]
    found = import_quiz(name, pack(files), "a.zip", "en")
    assert found.quiz is not None or found.findings


DAMAGED = {name: first(sent(name, EVERY)) for name in ("qti3", "h5p")}
JUPYTER = first(sent("jupyterquiz", EVERY))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20), lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4), max_leaves=12,
)


@settings(max_examples=120)
@given(data=st.data())
def test_values_of_any_type_in_content_are_never_errors(data: st.DataObject) -> None:
    files = opened(DAMAGED["h5p"])
    content = json.loads(files["content/content.json"])
    where: list[tuple[Any, Any]] = []

    def collect(value: Any) -> None:
        if isinstance(value, dict | list):
            where.extend((value, name) for name in (value if isinstance(value, dict) else range(len(value))))
            for one in value.values() if isinstance(value, dict) else value:
                collect(one)

    collect(content)
    holder, name = data.draw(st.sampled_from(range(len(where))).map(lambda at: where[at]))
    holder[name] = data.draw(JSON)
    files["content/content.json"] = json.dumps(content).encode()
    import_quiz("h5p", pack(files), "a.h5p", "en")


@settings(max_examples=120)
@given(value=st.lists(st.fixed_dictionaries({}, optional={name: JSON for name in ("question", "answers", "e4j", "code")} | {
    "type": st.sampled_from(["multiple_choice", "many_choice", "numeric", "string", "x"]),
    "answers": st.lists(st.fixed_dictionaries({}, optional={name: JSON for name in ("answer", "correct", "value", "range", "feedback", "type")}), max_size=3),
}), max_size=3))
def test_questions_of_any_shape_are_never_errors(value: Any) -> None:
    found = import_quiz("jupyterquiz", json.dumps(value).encode(), "a.json", "en")
    assert found.quiz is not None or found.findings
