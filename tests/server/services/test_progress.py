"""Kept progress is only a copy of what the log says."""

import pytest
from e4j_server.services import progress
from e4j_server.services.progress import find_differences, read_or_fold, rebuild_progress
from sqlalchemy import text


@pytest.fixture
def database(app):
    return app.extensions["e4j"].database


def _kept(database):
    with database.read() as tx:
        return {row.learner: (row.events, row.body) for row in tx.execute(text("SELECT * FROM progress"))}


def test_a_document_is_kept_and_used_again(database, caller, device):
    caller.sync(device.event())
    body = read_or_fold(database, caller.learner)
    assert _kept(database) == {caller.learner: (1, body)}
    with database.write() as tx:
        tx.execute(text("UPDATE progress SET body = '{}'"))
    assert read_or_fold(database, caller.learner) == "{}"


def test_a_document_of_fewer_events_or_another_fold_is_not_used(database, caller, device, monkeypatch):
    caller.sync(device.event())
    before = read_or_fold(database, caller.learner)
    caller.sync(device.event())
    after = read_or_fold(database, caller.learner)
    assert before != after
    with database.write() as tx:
        tx.execute(text("UPDATE progress SET body = '{}'"))
    monkeypatch.setattr(progress, "FOLD_VERSION", -1)
    assert read_or_fold(database, caller.learner) == after


def test_dropping_what_is_kept_changes_nothing(database, caller, device):
    caller.sync(device.event(), device.event(k="view"))
    body = read_or_fold(database, caller.learner)
    with database.write() as tx:
        tx.execute(text("DELETE FROM progress"))
    assert read_or_fold(database, caller.learner) == body


def test_a_rebuild_gives_the_same_bytes(database, make_caller, make_device):
    callers = [make_caller().start() for _ in range(3)]
    for caller in callers:
        caller.sync(make_device().event(r="因为"), make_device().event())
    callers[1].redeem(callers[0].code)
    for caller in callers:
        caller.progress()
    before = _kept(database)
    assert find_differences(database) == []
    assert rebuild_progress(database) == 2
    assert _kept(database) == before
    assert find_differences(database) == []


def test_a_document_that_is_not_what_the_log_says_is_found(database, caller, device):
    caller.sync(device.event())
    caller.progress()
    with database.write() as tx:
        tx.execute(text("UPDATE progress SET body = replace(body, '1000', '0')"))
    assert find_differences(database) == [caller.learner]
    rebuild_progress(database)
    assert find_differences(database) == []


def test_a_rebuild_of_attempts_gives_the_same_bytes_after_a_corrected_key(keys, app, database, caller, device, right):
    caller.sync(*device.attempt(right, name="5c3a7d3e-8f0e-4b0e-9d55-0c9d6d0c2f11"))
    caller.progress()
    keys.correct("finder", app, right="mayor")
    caller.progress()
    before = _kept(database)
    assert find_differences(database) == []
    assert rebuild_progress(database) == 1
    assert _kept(database) == before
