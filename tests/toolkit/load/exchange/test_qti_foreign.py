"""QTI as other tools write it: inline feedback, templates, single items; and what is none of our kinds."""

from typing import Any

import pytest
from toolkit.publish.exchange.peers import PNG

from e4j.load.exchange import import_quiz
from e4j.model.plain import item_value
from e4j.publish.exchange.package import pack

QTI22 = 'xmlns="http://www.imsglobal.org/xsd/imsqti_v2p2" identifier="Q-1" title="A title" adaptive="false" timeDependent="false"'
TEMPLATE = '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/rptemplates/{}"/>'


def item(declared: str, body: str, rest: str = "", attributes: str = QTI22) -> bytes:
    return f"<assessmentItem {attributes}>{declared}<itemBody>{body}</itemBody>{rest}</assessmentItem>".encode()


def declared(right: str = "", *, base: str = "identifier", cardinality: str = "single", mapping: str = "", name: str = "RESPONSE") -> str:
    values = "".join(f"<value>{one}</value>" for one in right.split("|")) if right else ""
    correct = f"<correctResponse>{values}</correctResponse>" if values else ""
    return f'<responseDeclaration identifier="{name}" cardinality="{cardinality}" baseType="{base}">{correct}{mapping}</responseDeclaration>'


def read(data: bytes, name: str = "a.xml") -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    found = import_quiz("qti3", data, name, "en")
    items = [item_value(one) for one in found.quiz.items] if found.quiz else []
    return items, [(one.code, one.message) for one in found.findings]


CHOICE = (
    '<p>Look <b>here</b>.</p><choiceInteraction responseIdentifier="RESPONSE" shuffle="true" maxChoices="1"><prompt>Which?</prompt>'
    '<simpleChoice identifier="ChoiceA">One <i>thing</i> <feedbackInline outcomeIdentifier="FEEDBACK" identifier="fA" showHide="show">Yes.</feedbackInline></simpleChoice>'
    '<simpleChoice identifier="ChoiceB" fixed="true">Two</simpleChoice></choiceInteraction>'
)
ONE = {
    "id": "q-1", "type": "single", "stem": "Look **here**. Which?",
    "options": [{"id": "choicea", "text": "One *thing*", "correct": True, "feedback": "Yes."}, {"id": "choiceb", "text": "Two"}], "shuffle": True,
}


def test_a_choice_with_feedback_within_it():
    assert read(item(declared("ChoiceA"), CHOICE, TEMPLATE.format("match_correct"))) == ([ONE], [])


def test_the_same_in_three():
    names = {
        "assessmentItem": "qti-assessment-item", "responseDeclaration": "qti-response-declaration", "correctResponse": "qti-correct-response", "value": "qti-value",
        "itemBody": "qti-item-body", "choiceInteraction": "qti-choice-interaction", "simpleChoice": "qti-simple-choice", "prompt": "qti-prompt",
        "feedbackInline": "qti-feedback-inline", "responseProcessing": "qti-response-processing", "baseType": "base-type", "responseIdentifier": "response-identifier",
        "maxChoices": "max-choices", "outcomeIdentifier": "outcome-identifier", "showHide": "show-hide", "timeDependent": "time-dependent",
        "imsqti_v2p2": "imsqtiasi_v3p0",
    }
    text = item(declared("ChoiceA"), CHOICE, TEMPLATE.format("match_correct")).decode()
    for old, new in names.items():
        text = text.replace(old, new)
    assert read(text.encode()) == ([ONE], [])


def test_several_right_choices_by_template_are_all_or_nothing_and_by_mapping_are_counted():
    many = CHOICE.replace('maxChoices="1"', 'maxChoices="0"')
    right = declared("ChoiceA", cardinality="multiple")
    assert read(item(right, many, TEMPLATE.format("match_correct")))[0][0]["scoring"] == "all-or-nothing"
    mapping = '<mapping lowerBound="0" defaultValue="-2"><mapEntry mapKey="ChoiceA" mappedValue="2"/></mapping>'
    (found,), said = read(item(declared("ChoiceA", cardinality="multiple", mapping=mapping), many, TEMPLATE.format("map_response")))
    assert (found["type"], found.get("scoring")) == ("multiple", None)
    assert said == [("X005", "'Q-1': every right choice counts alike, and wrong ones count against them")]


def test_a_choice_without_a_key_is_a_survey():
    assert read(item(declared(), CHOICE))[0][0]["type"] == "survey"


def test_words_with_shares_by_mapping():
    mapping = '<mapping defaultValue="0"><mapEntry mapKey="York" mappedValue="1"/><mapEntry mapKey="york" mappedValue="0.5"/><mapEntry mapKey="Paris" mappedValue="0"/></mapping>'
    body = '<p>Capital: <textEntryInteraction responseIdentifier="RESPONSE" expectedLength="15"/>?</p>'
    assert read(item(declared("York", base="string", mapping=mapping), body))[0] == [
        {"id": "q-1", "type": "short", "stem": "Capital: ?", "accept": {"en": [{"text": "York"}, {"text": "york", "credit": 0.5}]}},
    ]


@pytest.mark.parametrize(("test", "wanted"), [
    ('<equal toleranceMode="absolute" tolerance="0.5 0.5">{}</equal>', {"value": "12", "tolerance": "0.5"}),
    ('<equal toleranceMode="relative" tolerance="10 10">{}</equal>', {"value": "12", "tolerance": "1.2"}), ('<equal toleranceMode="exact">{}</equal>', {"value": "12"}),
])
def test_numbers_with_their_tolerance(test, wanted):
    inner = test.format('<variable identifier="RESPONSE"/><baseValue baseType="float">12</baseValue>')
    rules = f'<responseProcessing><responseCondition><responseIf>{inner}<setOutcomeValue identifier="SCORE"><baseValue baseType="float">1</baseValue></setOutcomeValue></responseIf></responseCondition></responseProcessing>'
    body = '<p>How many? <textEntryInteraction responseIdentifier="RESPONSE"/></p>'
    assert read(item(declared("12", base="float"), body, rules))[0][0]["accept"] == [wanted]


def test_fields_and_menus_in_one_text_are_gaps():
    body = (
        '<p>I <textEntryInteraction responseIdentifier="A"/> you <inlineChoiceInteraction responseIdentifier="B" shuffle="false">'
        '<inlineChoice identifier="x">much</inlineChoice><inlineChoice identifier="y">little</inlineChoice></inlineChoiceInteraction>.</p>'
    )
    right = declared("love|adore", base="string", cardinality="multiple", name="A") + declared("x", name="B")
    assert read(item(right, body))[0] == [{
        "id": "q-1", "type": "cloze", "stem": "I {{1}} you {{2}}.", "gaps": {
            "1": {"kind": "text", "accept": {"en": [{"text": "love"}, {"text": "adore"}]}},
            "2": {"kind": "choice", "options": [{"id": "x", "text": "much", "correct": True}, {"id": "y", "text": "little"}]},
        },
    }]


def test_a_picture_of_the_package_comes_along_and_one_of_the_world_does_not():
    body = '<p><img src="../img/plan.png" alt="A plan"/><img src="https://example.org/x.png" alt="x"/></p>' + CHOICE
    manifest = b'<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources><resource identifier="r" type="imsqti_item_xmlv2p2" href="items/a.xml"><file href="items/a.xml"/></resource></resources></manifest>'
    files = {"imsmanifest.xml": manifest, "items/a.xml": item(declared("ChoiceA"), body), "img/plan.png": PNG}
    found = import_quiz("qti2", pack(files), "bank.zip", "en")
    assert found.quiz is not None
    assert item_value(found.quiz.items[0])["media"] == {"src": "img-plan.png", "alt": "A plan"}
    assert found.media == {"img-plan.png": PNG}
    assert [(one.code, one.message) for one in found.findings] == [("X004", "'Q-1': the picture or sound 'https://example.org/x.png' is left out")]


@pytest.mark.parametrize(("body", "said"), [
    ('<drawingInteraction responseIdentifier="RESPONSE"/>', "the interaction 'drawingInteraction': left out"), ("<p>Read this.</p>", "it is a text without a question: left out"),
    (CHOICE + CHOICE, "several interactions in one item: left out"), ('<hotspotInteraction responseIdentifier="RESPONSE"><object data="no.png"/></hotspotInteraction>', "a place in a picture that is not in the file: left out"),
    ('<orderInteraction responseIdentifier="RESPONSE"><simpleChoice identifier="a">A</simpleChoice></orderInteraction>', "the right order is not said: left out"),
    ('<matchInteraction responseIdentifier="RESPONSE"/>', "a matching without two lists: left out"),
    ('<p><textEntryInteraction responseIdentifier="RESPONSE"/></p>', "what is right is not said: left out"),
])
def test_what_is_none_of_our_kinds_is_named(body, said):
    assert read(item("", body)) == ([], [("X003", f"'Q-1': {said}")])


def test_other_documents_are_named():
    assert read(b"<questestinterop/>") == ([], [("X003", "'item.xml' is no item of QTI but 'questestinterop'")])
    assert read(b"<a") == ([], [("X001", "not readable as XML: unclosed token: line 1, column 0")])
    assert read(pack({"a.txt": b"x"}), "a.zip") == ([], [("X001", "there is no item of QTI in the file")])
    old = b'<manifest><resources><resource type="imsqti_xmlv1p2" href="a.xml"/></resources></manifest>'
    assert read(pack({"imsmanifest.xml": old}), "a.zip") == ([], [("X003", "'a.xml' is QTI 1.2, which is another language; save it as QTI 2.1 or 3.0")])
