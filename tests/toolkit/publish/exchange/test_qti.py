"""What importers of QTI rely on: names, order and required attributes; every word of a mark as whole numbers; nothing dangling in a package."""

import io
import zipfile
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest
from toolkit.publish.exchange.peers import EVERY, quiz, t, writer

from e4j.load.exchange.qti_tree import plain_names
from e4j.model import quiz as q
from e4j.model.exchange import Export, Loss
from e4j.publish.exchange import qti2, qti3

NAMESPACES = {
    qti2: ("http://www.imsglobal.org/xsd/imsqti_v2p1", "http://www.imsglobal.org/xsd/imscp_v1p1", "http://www.imsglobal.org/xsd/imsmd_v1p2"),
    qti3: ("http://www.imsglobal.org/xsd/imsqtiasi_v3p0", "http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1", "http://ltsc.ieee.org/xsd/LOM"),
}
BOTH = pytest.mark.parametrize("module", [qti2, qti3], ids=["2.1", "3.0"])
ORDER = ("responseDeclaration", "outcomeDeclaration", "itemBody", "responseProcessing", "modalFeedback")
REQUIRED = {
    "assessmentItem": {"identifier", "title", "adaptive", "timeDependent", "lang"}, "responseDeclaration": {"identifier", "cardinality", "baseType"},
    "outcomeDeclaration": {"identifier", "cardinality", "baseType"}, "mapEntry": {"mapKey", "mappedValue"}, "mapping": {"defaultValue"},
    "choiceInteraction": {"responseIdentifier", "shuffle", "maxChoices"}, "orderInteraction": {"responseIdentifier", "shuffle"},
    "matchInteraction": {"responseIdentifier", "shuffle", "maxAssociations"}, "gapMatchInteraction": {"responseIdentifier", "shuffle"},
    "inlineChoiceInteraction": {"responseIdentifier", "shuffle"}, "textEntryInteraction": {"responseIdentifier"}, "hotspotInteraction": {"responseIdentifier", "maxChoices"},
    "extendedTextInteraction": {"responseIdentifier"}, "simpleChoice": {"identifier"}, "simpleAssociableChoice": {"identifier", "matchMax"},
    "gapText": {"identifier", "matchMax"}, "gap": {"identifier"}, "inlineChoice": {"identifier"}, "hotspotChoice": {"identifier", "shape", "coords"},
    "modalFeedback": {"outcomeIdentifier", "identifier", "showHide"}, "feedbackBlock": {"outcomeIdentifier", "identifier", "showHide"},
    "baseValue": {"baseType"}, "setOutcomeValue": {"identifier"}, "variable": {"identifier"}, "index": {"n"}, "equal": {"toleranceMode"},
    "stringMatch": {"caseSensitive"}, "img": {"src", "alt"}, "object": {"data", "type"}, "a": {"href"}, "rubricBlock": {"view"}, "mapResponse": {"identifier"},
}


def package(module, what=EVERY, language="en") -> dict[str, bytes]:
    (data,) = module.export(what, language, writer(what, language)).files.values()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def items(module, what=EVERY, language="en") -> dict[str, Element]:
    return {path: fromstring(data) for path, data in package(module, what, language).items() if path.startswith("item-")}


@BOTH
def test_every_name_is_of_its_version(module):
    for root in items(module).values():
        for one in root.iter():
            space, _, name = one.tag[1:].partition("}")
            assert space == NAMESPACES[module][0]
            assert name.startswith("qti-") is (module is qti3 and name not in {"p", "div", "em", "strong", "img", "ul", "li", "span"})
            assert all(key.islower() or key.startswith("{") for key in one.attrib) or module is qti2


@BOTH
def test_elements_come_in_the_order_of_the_schema_with_what_they_need(module):
    for path, root in items(module).items():
        plain_names(root)
        names = [child.tag for child in root]
        assert names == sorted(names, key=ORDER.index), path
        for one in root.iter():
            assert REQUIRED.get(one.tag, set()) <= set(one.attrib), (path, one.tag)
        assert len({one.get("identifier") for one in root.iter("simpleAssociableChoice")}) == len(list(root.iter("simpleAssociableChoice")))


@BOTH
def test_every_response_and_outcome_that_is_named_is_declared(module):
    for path, root in items(module).items():
        plain_names(root)
        responses = {one.get("identifier") for one in root.iter("responseDeclaration")}
        outcomes = {one.get("identifier") for one in root.iter("outcomeDeclaration")} | {"completionStatus"}
        assert {one.get("responseIdentifier") for one in root.iter() if "responseIdentifier" in one.attrib} == responses, path
        assert {one.get("identifier") for one in root.iter("variable")} <= responses | outcomes, path
        assert {one.get("identifier") for one in root.iter("setOutcomeValue")} <= outcomes, path
        assert {one.get("outcomeIdentifier") for one in root.iter() if "outcomeIdentifier" in one.attrib} <= outcomes, path


@BOTH
def test_what_parts_are_worth_is_written_in_whole_numbers(module):
    for root in items(module).values():
        plain_names(root)
        assert all(one.get("mappedValue").lstrip("-").isdecimal() for one in root.iter("mapEntry"))


@BOTH
def test_the_order_of_steps_and_pairs_gives_nothing_away(module):
    found = {path: plain_names(root) for path, root in items(module).items()}
    order, match = found["item-order.xml"], found["item-match.xml"]
    right = [one.text for one in order.iter("value")][:4]
    assert [one.get("identifier") for one in order.iter("simpleChoice")] != right
    lefts, rights = ([one.get("identifier")[2:] for one in side] for side in match.iter("simpleMatchSet"))
    assert rights[:3] != lefts


@BOTH
def test_the_manifest_names_every_file_once(module):
    files = package(module)
    space = f"{{{NAMESPACES[module][1]}}}"
    root = fromstring(files["imsmanifest.xml"])
    named = [one.get("href") for one in root.iter(f"{space}file")]
    assert sorted(named) == sorted(set(files) - {"imsmanifest.xml"})
    resources = {one.get("identifier"): one for one in root.iter(f"{space}resource")}
    assert len(resources) == len(named)
    assert {one.get("identifierref") for one in root.iter(f"{space}dependency")} <= set(resources)
    assert {one.get("type") for one in resources.values()} == {f"imsqti_{kind}_xmlv{'2p1' if module is qti2 else '3p0'}" for kind in ("item", "test")} | {"webcontent"}
    assert [child.tag for child in root] == [f"{space}{name}" for name in ("metadata", "organizations", "resources")]
    assert next(root.iter(f"{{{NAMESPACES[module][2]}}}title"))[0].text == "All kinds"


@BOTH
def test_the_test_asks_all_items_in_order_and_keeps_what_it_can_of_the_settings(module):
    what = replace(EVERY, settings=q.Settings(shuffle=True, draw=(q.Draw(n=3),), tries=3))
    root = plain_names(fromstring(package(module, what)["test.xml"]))
    assert [one.get("href") for one in root.iter("assessmentItemRef")] == [f"item-{item.id}.xml" for item in EVERY.items]
    assert next(root.iter("selection")).get("select") == "3"
    assert next(root.iter("ordering")).get("shuffle") == "true"
    assert next(root.iter("itemSessionControl")).get("maxAttempts") == "3"


def test_three_says_which_way_the_script_runs_and_two_says_what_it_cannot():
    assert {root[-1].tag and plain_names(root).find("itemBody").get("dir") for root in items(qti3, language="ar").values()} == {"rtl"}
    assert {root.get("{http://www.w3.org/XML/1998/namespace}lang") for root in items(qti2, language="ar").values()} == {"ar"}
    assert [loss.field for loss in _short(qti2, "ar").losses] == ["language", "normalize"]
    assert [loss.field for loss in _short(qti3, "ar").losses] == ["normalize"]


def _short(module, language: str) -> Export:
    what = quiz(q.Short(id="short", stem=t("؟"), accept={"ar": (q.AcceptedText(text="رشوة"),)}))
    return module.export(what, language, writer(what, language))


@BOTH
def test_a_missing_file_is_a_loss(module):
    what = replace(EVERY, media=())
    losses = module.export(what, "en", writer(what)).losses
    assert Loss(item="hotspot", field="media", message="the file hall.svg is missing") in losses


@BOTH
def test_emphasis_where_only_words_are_allowed_is_a_loss(module):
    losses = module.export(EVERY, "en", writer(EVERY)).losses
    assert Loss(item="cloze-all", field="gaps", message="emphasis and links are not allowed here; the words stay") in losses


@BOTH
def test_signs_that_xml_cannot_hold_do_not_break_it(module):
    what = quiz(q.TrueFalse(id="true", stem=t('A\x00B\x0b\ufffe & <b> "c" ]]>'), answer=True), title=t('"<&>\x01'))
    for data in package(module, what).values():
        if data.startswith(b"<?xml"):
            fromstring(data)
