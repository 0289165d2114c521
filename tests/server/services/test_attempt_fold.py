"""Attempts follow from events, receipts and keys alone."""

import json
from pathlib import Path

import pytest
from e4j_server.services.attempt_fold import State, fold_attempts
from e4j_server.services.fold import fold_events
from e4j_server.services.key_book import Assessment, KeyBook
from e4j_server.store.records import KeyName, KeyVersion, Receipt
from hypothesis import given, strategies as st

FILE = json.loads(Path(__file__).with_name("attempt_vectors.json").read_text())
KEYS = KeyBook.of(
    KeyVersion(name=KeyName(one["quiz"], one["item"], one["iv"]), number=one["number"], digest="", body=json.dumps(one["body"])) for one in FILE["versions"]
)
FIELDS = ("attempt", "state", "earned", "possible", "passed", "remarked")


def _assessment(vector, keys=KEYS):
    return Assessment(keys, {name: Receipt(**receipt) for name, receipt in vector.get("receipts", {}).items()})


@pytest.mark.parametrize("vector", FILE["vectors"], ids=lambda vector: vector["about"])
@given(data=st.data())
def test_each_vector_gives_its_attempts_in_any_order_of_arrival(vector, data):
    events = data.draw(st.permutations(vector["events"]))
    quiz = fold_events("L", events, _assessment(vector))["quizzes"]["q"]
    assert [[one[field] for field in FIELDS] for one in quiz["attempts"]] == vector["attempts"]
    assert {name: [one["tries"], *(one[when]["earned"] for when in ("first", "best", "last"))] for name, one in quiz["items"].items()} == vector["items"]


def test_without_keys_nothing_is_marked_and_nothing_breaks():
    for vector in FILE["vectors"]:
        quiz = fold_events("L", vector["events"], _assessment(vector, KeyBook()))["quizzes"]["q"]
        assert {one["state"] for one in quiz["attempts"]} <= {"open", "unmarked"}


def test_any_number_of_attempts_counts_where_there_is_no_limit():
    body = {"mode": "assessed", "passing": 0, "attempts": 0, "feedback": "never"}
    versions = [one for some in KEYS.versions.values() for one in some]
    free = KeyBook.of([*versions, KeyVersion(name=KeyName("q", "", ""), number=2, digest="", body=json.dumps(body))])
    events = [{"id": str(n), "k": "done", "d": "A", "n": n, "u": "quiz/q", "uv": "r1", "lang": "en", "a": str(n)} for n in range(5)]
    attempts = fold_attempts(events, Assessment(free))
    assert [(one.state, one.earned, one.passed) for one in attempts] == [(State.HANDED_IN, 0, True)] * 5


@given(st.data())
def test_no_mix_of_events_breaks_the_fold(data):
    """Whatever strangers send that has the shape of events, every attempt has a state and no marks beyond what is possible."""
    responses = st.sampled_from(["x1", "x2", "a", "", "law", True, [], ["x1"], {"1": "x"}, {"text": "", "rubric": []}])
    some = st.fixed_dictionaries(
        {"k": st.sampled_from(["answer", "done"]), "a": st.sampled_from("TUV"), "u": st.sampled_from(["quiz/q", "quiz/practice", "quiz/z"])}
        | {"uv": st.sampled_from(["r1", "r2"]), "i": st.sampled_from("xyz"), "iv": st.sampled_from("12"), "d": st.sampled_from("AB"), "lang": st.sampled_from(["en", "fr", "zz"])},
        optional={"r": responses},
    )
    events = [{**one, "n": n, "id": str(n)} for n, one in enumerate(data.draw(st.lists(some, max_size=12)))]
    receipts = data.draw(st.dictionaries(st.sampled_from([str(n) for n in range(12)]), st.builds(Receipt, key_number=st.none() | st.integers(1, 3), late=st.booleans())))
    for quiz in fold_events("L", events, Assessment(KEYS, receipts))["quizzes"].values():
        for one in quiz.get("attempts", []):
            assert one["state"] in set(State)
            assert one["earned"] is None or 0 <= one["earned"] <= one["possible"]
