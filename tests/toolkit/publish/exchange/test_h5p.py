"""The rules that two real importers taught, each as a test; and the importer itself, with the libraries it misses."""

import io
import json
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from toolkit.conftest import REPOSITORY
from toolkit.publish.exchange.peers import EVERY, ITEMS, PNG, quiz, t, writer

from e4j.errors import UsageError
from e4j.load.exchange.h5p_folder import read_libraries
from e4j.load.exchange.h5p_kinds import INSTRUCTIONS
from e4j.model import quiz as q
from e4j.publish.exchange import h5p
from e4j.publish.exchange.h5p_scene import TARGETS, fields
from e4j.publish.exchange.words import words

PEER = REPOSITORY / "tests/web/peers/h5p_server.mjs"
LIBRARIES = {
    q.Single: "H5P.MultiChoice", q.Multiple: "H5P.MultiChoice", q.TrueFalse: "H5P.TrueFalse", q.Short: "H5P.Blanks", q.Numeric: "H5P.Blanks",
    q.Order: "H5P.SortParagraphs", q.Match: "H5P.DragText", q.Categorize: "H5P.DragText", q.Hotspot: "H5P.MultiChoice", q.Survey: "H5P.MultiChoice",
    q.Reflect: "H5P.Essay", q.Scenario: "H5P.BranchingScenario",
}


def opened(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def exported(what: q.Quiz = EVERY, language: str = "en", **more: Any) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    files = {name: opened(data) for name, data in h5p.export(what, language, writer(what, language), **more).files.items()}
    return {name: (json.loads(one["h5p.json"]), json.loads(one["content/content.json"])) for name, one in files.items()}


def alone(item: q.AnyItem, language: str = "en", **more: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    ((head, content),) = exported(quiz(item), language, **more).values()
    return head, content


def asked(paths: list[Path]) -> list[dict[str, Any]]:
    """Give packages to h5p-server and return what it says."""
    run = subprocess.run(["node", str(PEER), *map(str, paths)], capture_output=True, check=True, cwd=REPOSITORY)
    return json.loads(run.stdout)


@pytest.mark.parametrize("target", TARGETS)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_real_server_misses_exactly_the_library_we_declare(language, target, tmp_path):
    wanted, paths = [], []
    for what in [EVERY, *(quiz(item, id=item.id) for item, _ in ITEMS)]:
        for name, data in h5p.export(what, language, writer(what, language), target=target).files.items():
            (path := tmp_path / name).write_bytes(data)
            (library,) = json.loads(opened(data)["h5p.json"])["preloadedDependencies"]
            paths.append(path)
            wanted.append({"error": "install-missing-libraries", "libraries": [f"{library['machineName']}-{library['majorVersion']}.{library['minorVersion']}"]})
    assert asked(paths) == wanted


def test_each_kind_becomes_its_library():
    for item, _ in ITEMS:
        library = LIBRARIES.get(type(item)) or ("H5P.DragText" if item.id == "cloze-drag" else "H5P.Blanks")
        head, _ = alone(item)
        assert head["mainLibrary"] == library
        assert [one["machineName"] for one in head["preloadedDependencies"]] == [library]


def test_a_set_takes_what_it_admits_and_the_rest_is_apart():
    found = exported()
    assert {name: head["mainLibrary"] for name, (head, _) in found.items()} == {
        "peers.h5p": "H5P.QuestionSet", "peers-order.h5p": "H5P.SortParagraphs", "peers-order-all.h5p": "H5P.SortParagraphs",
        "peers-scenario.h5p": "H5P.BranchingScenario",
    }
    inside = {one["library"].partition(" ")[0] for one in found["peers.h5p"][1]["questions"]}
    assert inside == {"H5P.MultiChoice", "H5P.TrueFalse", "H5P.Blanks", "H5P.DragText", "H5P.Essay"}


def test_names_of_questions_are_permanent():
    names = [one["subContentId"] for one in exported()["peers.h5p"][1]["questions"]]
    assert len(set(names)) == len(names)
    assert names[0] == h5p.sub_content("peers", "single")
    assert h5p.sub_content("lost-coin-check", "finder") == "44bfe59e-0b69-59b7-8c7d-e72255a697bd"


@pytest.mark.parametrize(("target", "version"), [("moodle-4.5", "1.20"), ("2026", "1.21")])
def test_versions_are_those_of_the_host(target, version):
    head, content = exported(target=target)["peers.h5p"]
    (library,) = head["preloadedDependencies"]
    assert f"{library['majorVersion']}.{library['minorVersion']}" == version
    assert {one["library"] for one in content["questions"]} <= {f"{name} {number}" for name, number in TARGETS[target].items()}


def test_an_unknown_host_is_named():
    with pytest.raises(UsageError, match="There is no H5P target 'x'; there are moodle-4.5, 2026."):
        h5p.export(EVERY, "en", writer(EVERY), target="x")


def values(value: Any) -> Any:
    yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from values(one)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_list_is_empty_and_no_text_has_what_hosts_take_out(language):
    for head, content in exported(language=language).values():
        content.pop("e4j")
        found = [*values(head), *values(content)]
        assert [] not in found
        texts = [one for one in found if isinstance(one, str)]
        assert not any(sign in text for text in texts for sign in ("<bdi", "dir=", "<script", "<ruby", "<a "))


def test_heads_hold_what_both_importers_want_and_no_more():
    long = exported(replace(EVERY, title=t("x" * 400)))
    for head, _ in long.values():
        assert set(head) == {"title", "language", "defaultLanguage", "mainLibrary", "embedTypes", "license", "preloadedDependencies"}
        assert (len(head["title"]), head["language"], head["embedTypes"]) == (255, "und", ["iframe"])


def test_what_is_said_about_the_whole_is_always_there():
    for item, _ in ITEMS:
        head, content = alone(item)
        if head["mainLibrary"] not in {"H5P.TrueFalse", "H5P.BranchingScenario"}:
            assert content["overallFeedback"][0].items() >= {"from": 0, "to": 100}.items(), item.id
    assert exported()["peers.h5p"][1]["endGame"]["overallFeedback"] == [{"from": 0, "to": 100}]


def test_an_order_is_marked_by_places_without_penalties():
    _, content = alone(next(item for item, _ in ITEMS if item.id == "order"))
    assert (content["behaviour"]["scoringMode"], content["behaviour"]["applyPenalties"]) == ("positions", False)


def test_only_png_and_jpg_go_in_and_a_drawing_gives_way_to_the_png_beside_it():
    hotspot = next(item for item, _ in ITEMS if item.id == "hotspot")
    (data,) = h5p.export(quiz(hotspot), "en", writer(quiz(hotspot))).files.values()
    files = opened(data)
    assert sorted(files) == ["content/content.json", "content/images/hall.png", "h5p.json"]
    assert files["content/images/hall.png"] == PNG
    assert json.loads(files["content/content.json"])["media"]["type"]["params"]["file"]["path"] == "images/hall.png"
    bare = replace(quiz(hotspot), media=quiz(hotspot).media[:1])
    export = h5p.export(bare, "en", writer(bare))
    assert "'hall.svg' is left out: H5P takes pictures as png or jpg only; put hall.png beside it" in [loss.message for loss in export.losses]
    assert sorted(opened(next(iter(export.files.values())))) == ["content/content.json", "h5p.json"]


def test_every_ending_stands_in_the_way_that_leads_to_it():
    _, content = alone(next(item for item, _ in ITEMS if item.id == "scenario"))
    inner = content["branchingScenario"]
    ways = {way["text"]: way for one in inner["content"] for way in one["type"]["params"]["branchingQuestion"]["alternatives"]}
    assert {text: way["nextContentId"] for text, way in ways.items()} == {"Choose a": 1, "Choose b": -1, "Choose c": -1, "Choose d": -1}
    assert {text: (way["feedback"]["subtitle"], way["feedback"].get("endScreenScore")) for text, way in ways.items()} == {
        "Choose a": ("", None), "Choose b": ("The end", 100), "Choose c": ("The end", 63), "Choose d": ("The end", 0),
    }
    assert [(one["contentId"], one["endScreenScore"]) for one in inner["endScreens"]] == [(-1, 0)]
    assert inner["scoringOptionGroup"]["scoringOption"] == "static-end-score"


def test_signs_with_a_meaning_are_written_otherwise():
    odd = q.AcceptedText(text="a*b/c:d<e")
    _, content = alone(q.Short(id="odd", stem=t("?"), accept={"en": (odd, q.AcceptedText(text="f"))}, hints=(t("g:h"),)))
    assert content["questions"] == ["<p>*a&#42;b&#47;c&#58;d&lt;e/f:g&#58;h*</p>"]
    _, content = alone(q.Match(id="odd", stem=t("?"), pairs=(q.Pair(id="p", left=t("a:b"), right=t("c\\*d")), q.Pair(id="r", left=t("x"), right=t("y")))))
    assert content["textField"] == "a∶b *c∗d*\nx *y*"


def test_arabic_is_isolated_and_its_interface_is_arabic():
    _, content = alone(q.TrueFalse(id="x", stem=t("هل هذا صحيح؟"), answer=True, explain=t("نعم.")), "ar")
    assert content["question"] == "<p>\u2067هل هذا صحيح؟\u2069</p>"
    assert content["l10n"]["trueText"] == "صحيح"
    assert content["behaviour"]["feedbackOnCorrect"] == "\u2067نعم.\u2069"


# Interface texts


def leaves(value: Any) -> Any:
    return [one for inner in value.values() for one in leaves(inner)] if isinstance(value, dict) else [value]


def test_every_interface_text_is_in_six_languages_with_its_places():
    used = {text for library in fields().values() for text in leaves(library)}
    assert used <= set(words())
    for english, translated in words().items():
        assert list(translated) == ["ar", "zh", "fr", "ru", "es"], english
        for language, text in translated.items():
            for place in (":num", ":total", ":ans", "@score", "@total", "@num", "@index", "@count", "@current", "@finals", "@totals", "@chars", "@draggable", "%d", "%total"):
                assert (place in english) == (place in text), (english, language)


def test_what_we_say_before_gaps_is_known_when_it_comes_back():
    for english in ("Fill in the gaps.", "Drag the words to where they belong."):
        assert {english, *words()[english].values()} <= INSTRUCTIONS


# Libraries of the user's own


def library(name: str, version: str, *needs: tuple[str, str], editor: tuple[str, str] | None = None) -> dict[str, bytes]:
    def named(one: tuple[str, str]) -> dict[str, Any]:
        major, minor = one[1].split(".")
        return {"machineName": one[0], "majorVersion": int(major), "minorVersion": int(minor)}

    about = {
        "title": name, **named((name, version)), "patchVersion": 1, "runnable": 1, "preloadedDependencies": [named(one) for one in needs],
        "editorDependencies": [named(editor)] if editor else [], "preloadedJs": [{"path": "a.js"}],
    }
    about = {key: value for key, value in about.items() if value != []}
    folder = f"{name}-{version}"
    return {f"{folder}/library.json": json.dumps(about).encode(), f"{folder}/semantics.json": b"[]", f"{folder}/a.js": b"// nothing"}


FOLDER = {
    **library("H5P.TrueFalse", "1.8", ("H5P.Question", "1.5"), editor=("H5PEditor.Missing", "1.0")), **library("H5P.Question", "1.5", ("FontAwesome", "4.5")),
    **library("FontAwesome", "4.5"), **library("H5P.Other", "1.0"),
}
TRUE_FALSE = quiz(q.TrueFalse(id="x", stem=t("?"), answer=True))


def test_libraries_are_bundled_with_all_they_need_and_a_real_server_takes_the_package(tmp_path):
    for path, data in FOLDER.items():
        (tmp_path / "folder" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "folder" / path).write_bytes(data)
    (data,) = h5p.export(TRUE_FALSE, "en", writer(TRUE_FALSE), libraries=read_libraries(tmp_path / "folder")).files.values()
    files = opened(data)
    assert {path.partition("/")[0] for path in files} == {"h5p.json", "content", "H5P.TrueFalse-1.8", "H5P.Question-1.5", "FontAwesome-4.5"}
    assert [one["machineName"] for one in json.loads(files["h5p.json"])["preloadedDependencies"]] == ["FontAwesome", "H5P.Question", "H5P.TrueFalse"]
    (path := tmp_path / "a.h5p").write_bytes(data)
    assert asked([path]) == [{"error": None, "libraries": []}]


def test_libraries_that_are_missing_are_named():
    folder = {path: data for path, data in FOLDER.items() if not path.startswith("FontAwesome")}
    with pytest.raises(UsageError, match=r"The folder of libraries lacks FontAwesome 4.5, H5P.Question 1.6. Versions have to be these."):
        h5p.export(TRUE_FALSE, "en", writer(TRUE_FALSE), libraries={**folder, **library("H5P.TrueFalse", "1.8", ("H5P.Question", "1.5"), ("H5P.Question", "1.6"))})
