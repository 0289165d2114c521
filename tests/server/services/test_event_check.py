"""An event is checked field by field."""

import json

import pytest
from e4j_server.services.event_check import LARGEST_EVENT, Invalid, check_event
from e4j_server.store.records import Event
from hypothesis import given, strategies as st

GONE = object()
UUID = "5c3a7d3e-8f0e-4b0e-9d55-0c9d6d0c2f11"


def test_an_event_is_kept_whole_and_in_one_form(device):
    raw = device.event(r="مالك")
    checked = check_event(dict(reversed(raw.items())))
    assert checked == check_event(raw)
    assert (checked.id, checked.device, checked.seq) == (raw["id"], raw["d"], 1)
    assert json.loads(checked.body) == raw


@pytest.mark.parametrize("r", ["owner", "", True, [], ["a", "c"], {"text": "因为", "rubric": ["r1"]}, {}, {"1": "corrupt", "p1": "d1"}, {"text": "x"}, {str(n): "x" for n in range(64)}, GONE])
def test_every_kind_of_response_is_taken(device, r):
    raw = {name: value for name, value in device.event(r=r).items() if value is not GONE}
    assert isinstance(check_event(raw), Event)


@pytest.mark.parametrize(
    "changes",
    [
        {"k": "view"},
        {"k": "done", "u": "quiz/lost-coin-check"},
        {"k": "view", "u": "page/a/b/c/d"},
        {"earned": 0, "possible": 0},
        {"u": "quiz/h5p-coin-market", "i": "activity", "src": "h5p"},
        {"n": 2**53 - 1},
        {"lang": "zh-Hans-CN"},
        {"c": 1},
        {"c": 3},
        {"src": "h5p"},
        {"a": UUID, "earned": GONE, "possible": GONE},
        {"k": "done", "u": "quiz/market-exam", "a": UUID},
        {"lc": "+012026-11-23T09:30:00.000Z"},
    ],
)
def test_what_the_contract_allows_is_taken(device, changes):
    raw = {name: value for name, value in device.event(**changes).items() if value is not GONE}
    assert isinstance(check_event(raw), Event)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"v": 2}, "bad-v"),
        ({"src": "ours"}, "bad-src"),
        ({"src": True}, "bad-src"),
        ({"k": "done", "src": "h5p"}, "unknown-field"),
        ({"v": True}, "bad-v"),
        ({"id": "x"}, "bad-id"),
        ({"id": "0190a0a0-0000-4000-8000-000000000000"}, "bad-id"),
        ({"id": "0190A0A0-0000-7000-8000-000000000000"}, "bad-id"),
        ({"k": "vote"}, "bad-k"),
        ({"k": []}, "bad-k"),
        ({"d": "device"}, "bad-d"),
        ({"n": 0}, "bad-n"),
        ({"n": "1"}, "bad-n"),
        ({"n": 2**53}, "bad-n"),
        ({"u": "quiz/Lost"}, "bad-u"),
        ({"u": "quiz/lost\n"}, "bad-u"),
        ({"u": "quiz/../../etc"}, "bad-u"),
        ({"u": "quiz/" + "a" * 200}, "bad-u"),
        ({"u": "page/lost-coin/story"}, "bad-u"),
        ({"uv": ""}, "bad-uv"),
        ({"i": "Finder"}, "bad-i"),
        ({"i": GONE}, "missing-i"),
        ({"iv": None}, "bad-iv"),
        ({"earned": 1001}, "bad-earned"),
        ({"earned": -1}, "bad-earned"),
        ({"possible": True}, "bad-possible"),
        ({"t": 0}, "bad-t"),
        ({"r": 5}, "bad-r"),
        ({"r": None}, "bad-r"),
        ({"r": [1]}, "bad-r"),
        ({"r": ["a"] * 65}, "bad-r"),
        ({"r": {"1": 2}}, "bad-r"),
        ({"r": {"1": ["x"]}}, "bad-r"),
        ({"r": {"P 1": "x"}}, "bad-r"),
        ({"r": {"": "x"}}, "bad-r"),
        ({"r": {str(n): "x" for n in range(65)}}, "bad-r"),
        ({"earned": GONE}, "missing-earned"),
        ({"possible": GONE}, "missing-possible"),
        ({"a": UUID}, "bad-earned"),
        ({"a": UUID, "earned": GONE}, "bad-earned"),
        ({"a": UUID, "possible": GONE}, "bad-earned"),
        ({"a": "x", "earned": GONE, "possible": GONE}, "bad-a"),
        ({"a": None}, "bad-a"),
        ({"a": UUID, "src": "h5p", "earned": GONE, "possible": GONE}, "bad-src"),
        ({"k": "done", "a": UUID}, "bad-u"),
        ({"k": "view", "a": UUID}, "unknown-field"),
        ({"k": "done", "u": "quiz/q", "c": 1}, "unknown-field"),
        ({"src": "scorm"}, "bad-src"),
        ({"c": 0}, "bad-c"),
        ({"c": 4}, "bad-c"),
        ({"c": True}, "bad-c"),
        ({"r": {"text": "x", "rubric": [], "more": 1}}, "bad-r"),
        ({"lang": "english"}, "bad-lang"),
        ({"lc": "x" * 41}, "bad-lc"),
        ({"name": "Amina"}, "unknown-field"),
        ({"k": "view", "r": "owner"}, "unknown-field"),
        ({"r": "a" * LARGEST_EVENT}, "too-large"),
        ({"r": "\ud800"}, "lone-surrogate"),
    ],
)
def test_everything_else_is_refused_with_a_reason(device, changes, reason):
    raw = {name: value for name, value in device.event(**changes).items() if value is not GONE}
    assert check_event(raw).reason == reason


@pytest.mark.parametrize("raw", [None, 5, "x", [], True])
def test_what_is_no_object_has_no_id(raw):
    assert check_event(raw) == Invalid(id=None, reason="not-an-object")


@pytest.mark.parametrize(("given_id", "shown"), [("x", "x"), ("x" * 65, None), ("\ud800", None), (7, None)])
def test_an_id_is_repeated_only_if_it_is_short_and_plain(given_id, shown):
    assert check_event({"id": given_id}).id == shown


def test_size_is_counted_in_bytes_of_utf8(device):
    small = check_event(device.event(r=""))
    room = LARGEST_EVENT - len(small.body.encode())
    assert isinstance(check_event(device.event(r="é" * (room // 2))), Event)
    assert check_event(device.event(r="é" * (room // 2 + 1))).reason == "too-large"


@given(st.data())
def test_no_change_of_one_field_breaks_the_checker(data):
    raw = {"v": 1, "id": "x", "k": "answer", "d": "x", "n": 1, "u": "x", "uv": "x", "lang": "x", "lc": "x"}
    name = data.draw(st.sampled_from([*raw, "r", "t", "earned", "possible", "a", "c", "src"]))
    json_values = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
    assert isinstance(check_event(raw | {name: data.draw(json_values)}), Invalid)


@given(st.data())
def test_no_mix_of_the_fields_of_attempts_breaks_the_checker_or_lets_marks_through(data):
    raw = {"v": 1, "id": "0192f0a0-0000-7000-8000-000000000000", "k": "answer", "d": UUID, "n": 1, "u": "quiz/q", "uv": "1"}
    raw |= {"i": "x", "iv": "1", "t": 1, "lang": "en", "lc": "x"}
    texts = st.text(max_size=5)
    values = st.sampled_from([UUID, "h5p", 1, 2, True, 1000, "answer", "done", "view", "quiz/q", "page/q"]) | texts | st.dictionaries(texts, texts) | st.lists(texts)
    changes = data.draw(st.dictionaries(st.sampled_from(["k", "u", "a", "c", "src", "r", "earned", "possible"]), values))
    checked = check_event(raw | changes)
    if isinstance(checked, Event):
        kept = json.loads(checked.body)
        assert ("a" in kept) == (checked.attempt is not None) == (checked.key is not None)
        assert ("earned" in kept) == ("possible" in kept) == ("a" not in kept and kept["k"] == "answer")
