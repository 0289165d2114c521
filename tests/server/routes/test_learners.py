"""Learners start without a name and come back by a code."""

import pytest
from sqlalchemy import text


def test_a_learner_starts_with_a_token_and_a_code(make_caller):
    answer = make_caller().post("/learners", {})
    assert answer.status_code == 201
    assert answer.json.keys() == {"learner", "token", "recovery_code"}
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers


def test_only_digests_of_secrets_are_stored(app, caller):
    with app.extensions["e4j"].database.read() as tx:
        stored = [str(value) for table in ("learner", "token", "recovery") for row in tx.execute(text(f"SELECT * FROM {table}")) for value in row]
    assert caller.learner in stored
    assert not {caller.token, caller.code, caller.code.replace("-", "")} & set(stored)


def test_a_code_gives_another_device_the_same_learner(make_caller, caller, device):
    caller.sync(device.event())
    other = make_caller().redeem(caller.code)
    assert other.learner == caller.learner
    assert other.token != caller.token
    assert other.progress() == caller.progress()


def test_a_code_works_again_and_in_other_digits(make_caller, caller):
    arabic = caller.code.translate(str.maketrans("0123456789-", "٠١٢٣٤٥٦٧٨٩ "))
    assert make_caller().redeem(arabic).learner == make_caller().redeem(caller.code).learner == caller.learner


def test_redeeming_joins_two_histories(make_caller, make_device):
    old, new = make_caller().start(), make_caller().start()
    tablet, phone = make_device(), make_device()
    old.sync(tablet.event(i="first"))
    new.sync(phone.event(i="second"))
    before = new.token
    new.redeem(old.code)
    assert new.learner == old.learner
    assert new.progress()["quizzes"]["lost-coin-check"]["items"].keys() == {"first", "second"}
    new.token = before
    assert new.sync(phone.event(i="third")) == ["new"]
    assert old.sync(tablet.event(i="fourth")) == ["new"]
    assert old.progress() == new.progress()
    assert old.progress()["events"] == 4
    assert old.progress()["learner"] == old.learner


def test_joined_histories_join_further(make_caller, make_device):
    callers = [make_caller().start() for _ in range(4)]
    for caller in callers:
        caller.sync(make_device().event())
    first, second, third, fourth = callers
    second.redeem(first.code)
    fourth.redeem(third.code)
    third.redeem(second.code)
    assert {caller.progress()["learner"] for caller in callers} == {first.learner}
    assert {caller.progress()["events"] for caller in callers} == {4}


def test_ones_own_code_changes_nothing(caller, device):
    caller.sync(device.event())
    before = caller.progress()
    assert caller.redeem(caller.code).progress() == before


@pytest.mark.parametrize(
    ("code", "status", "name"),
    [
        ("12345", 400, "misspelt-code"),
        ("00000-00000-00000-00000-00000", 404, "unknown-code"),
        (5, 400, "bad-request"),
        (None, 400, "bad-request"),
    ],
)
def test_a_wrong_code_says_what_is_wrong(make_caller, code, status, name):
    answer = make_caller().post("/learners/redeem", {"code": code})
    assert (answer.status_code, answer.json["error"]["code"]) == (status, name)


def test_an_unknown_token_is_not_taken_for_none(make_caller, caller):
    stranger = make_caller()
    stranger.token = "x"
    assert stranger.post("/learners/redeem", {"code": caller.code}).status_code == 401


def test_ten_wrong_codes_end_in_a_wait_for_this_address_only(make_caller, caller):
    stranger, wrong = make_caller(), {"code": "0" * 25}
    for _ in range(20):
        assert stranger.post("/learners/redeem", {"code": "1"}).status_code == 400
    assert [stranger.post("/learners/redeem", wrong).status_code for _ in range(11)] == [404] * 10 + [429]
    answer = stranger.post("/learners/redeem", {"code": caller.code})
    assert (answer.status_code, answer.json["error"]["code"]) == (429, "too-many-codes")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    elsewhere = stranger.client.post("/api/v1/learners/redeem", json={"code": caller.code}, environ_base={"REMOTE_ADDR": "192.0.2.7"})
    assert elsewhere.status_code == 200
