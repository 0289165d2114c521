"""`e4j-server answers` writes what statistics need and nothing that says who."""

import json
import uuid

import pytest

from e4j.mark.statistics import read_rows


@pytest.fixture
def write(run_command, database_url, keys, tmp_path):
    def run(quiz):
        out = tmp_path / "answers.jsonl"
        code, said = run_command("answers", "--quiz", quiz, "--out", str(out), "--keys", str(keys.folder), "--database", database_url)
        return code, said, out.read_text().splitlines()

    return run


def test_first_attempts_are_written_with_the_ids_of_the_source(write, make_caller, make_device, right):
    for _ in range(3):
        caller, device = make_caller().start(), make_device()
        caller.sync(*device.attempt(right | {"finder": "x2"}, name=str(uuid.uuid4())))
        caller.sync(*device.attempt(right, name=str(uuid.uuid4())))
    code, said, lines = write("market-exam")
    assert (code, said) == (0, "39 answers of 3 learners.\n")
    rows = [json.loads(line) for line in lines]
    assert {row["who"] for row in rows} == {1, 2, 3}
    assert rows[0] == {
        "who": 1,
        "quiz": "market-exam",
        "item": "finder",
        "iv": "iv-finder",
        "lang": "en",
        "edition": "",
        "earned": 0,
        "possible": 1000,
        "response": "mayor",
        "options": {"owner": True, "finder": False, "mayor": False},
        "parts": {"mayor": 0},
    }
    assert len(read_rows(lines)) == 39


def test_first_answers_of_practice_are_written(write, make_caller, make_device):
    caller, device = make_caller().start(), make_device()
    about = {"u": "quiz/market-practice", "i": "finder", "iv": "iv-finder"}
    caller.sync(device.event(**about, r="mayor", earned=1000), device.event(**about, r="owner", t=2), device.event(**about | {"u": "quiz/other"}))
    caller.sync(device.event(**about | {"i": "unknown"}, earned=5, possible=9, r="x"))
    _, _, lines = write("market-practice")
    shown = [(row["item"], row["earned"], row["possible"], row["response"]) for row in map(json.loads, lines)]
    # The server marks what it has a key for; a device's own marks are only a hint.
    assert shown == [("finder", 0, 1000, "mayor"), ("unknown", 5, 9, None)]


def test_nothing_says_who_or_when_and_typed_text_is_left_out(write, make_caller, make_device, right):
    caller, device = make_caller().start(), make_device()
    name = str(uuid.uuid4())
    events = device.attempt(right | {"bribe-word": "Amina", "rule": {"text": "Amina", "rubric": []}, "gaps": {"3": "Amina"}}, name=name)
    caller.sync(*events)
    text = "\n".join(write("market-exam")[2])
    for secret in (caller.learner, device.id, name, events[0]["id"], events[0]["lc"][:10], "Amina"):
        assert secret not in text


def test_an_attempt_left_open_or_empty_is_not_written(write, make_caller, make_device, right):
    for answers, hand_in in ((right, False), ({}, True)):
        make_caller().start().sync(*make_device().attempt(answers, name=str(uuid.uuid4()), hand_in=hand_in))
    assert write("market-exam")[1:] == ("0 answers of 0 learners.\n", [])


def test_without_a_file_they_go_to_the_screen(run_command, database_url, keys):
    assert run_command("answers", "--quiz", "market-exam", "--database", database_url) == (0, "0 answers of 0 learners.\n")
