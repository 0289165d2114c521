"""What jupyterquiz reads, and what it cannot."""

import json

from toolkit.publish.exchange.peers import EVERY, quiz, t, writer

from e4j.model import quiz as q
from e4j.publish.exchange import jupyterquiz


def questions(*items: q.AnyItem, language: str = "en") -> list[dict]:
    what = quiz(*items)
    (data,) = jupyterquiz.export(what, language, writer(what, language)).files.values()
    return [{name: value for name, value in one.items() if name != "e4j"} for one in json.loads(data)]


def test_a_choice_says_to_every_answer_what_it_means_and_why():
    options = (q.Option(id="a", text=t("*A*"), correct=True, feedback=t("Yes.")), q.Option(id="b", text=t("B")))
    assert questions(q.Single(id="one", stem=t("Which?"), options=options, explain=t("Because."))) == [{
        "question": "Which?", "type": "multiple_choice",
        "answers": [{"answer": "<em>A</em>", "correct": True, "feedback": "Yes. Because."}, {"answer": "B", "correct": False, "feedback": "Because."}],
    }]


def test_a_tolerance_is_a_range_that_holds_its_upper_end():
    (found,) = questions(q.Numeric(id="n", stem=t("How many?"), accept=(q.AcceptedNumber(value="12"), q.AcceptedNumber(value="0.3", tolerance="0.1", credit=0.5))))
    value, around = found["answers"]
    assert value == {"type": "value", "value": 12, "correct": True}
    assert around["range"][0] == 0.2 and 0.4 < around["range"][1] < 0.400001
    assert around["correct"] is False


def test_what_is_written_from_right_to_left_says_so():
    (found,) = questions(q.TrueFalse(id="x", stem=t("هل؟"), answer=True), language="ar")
    assert found["question"] == '<bdi dir="rtl" lang="ar">هل؟</bdi>'
    assert [(one["answer"], one["correct"]) for one in found["answers"]] == [('<bdi dir="rtl" lang="ar">صحيح</bdi>', True), ('<bdi dir="rtl" lang="ar">خطأ</bdi>', False)]


def test_kinds_it_does_not_know_are_losses():
    losses = jupyterquiz.export(EVERY, "en", writer(EVERY)).losses
    lost = {loss.item for loss in losses if loss.field == "type"}
    assert lost == {item.id for item in EVERY.items if not isinstance(item, q.Single | q.Multiple | q.TrueFalse | q.Short | q.Numeric)}
