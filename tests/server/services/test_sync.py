"""Sync holds under any mix of devices, orders, repeats, lost answers and joined histories."""

import threading

import pytest
from e4j_server.services.event_check import check_event
from e4j_server.services.fold import fold_events
from e4j_server.services.progress import find_differences
from e4j_server.store.events import append_events
from e4j_server.store.learners import list_survivors, lock_learners, merge_learner
from hypothesis import HealthCheck, settings, strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import text

DEVICES = st.integers(0, 2)


def _machine(app, make_caller, make_device):
    class Sync(RuleBasedStateMachine):
        """Three devices, each with its own learner at first; the model is a set of events for each learner."""

        @initialize()
        def start(self):
            self.callers = [make_caller().start() for _ in range(3)]
            self.devices = [make_device() for _ in range(3)]
            self.logs = [[] for _ in range(3)]
            self.stored = {caller.learner: {} for caller in self.callers}
            self.codes = {caller.learner: caller.code for caller in self.callers}

        @rule(which=DEVICES, item=st.sampled_from("ab"), earned=st.integers(0, 3))
        def answer(self, which, item, earned):
            self.logs[which].append(self.devices[which].event(i=item, earned=earned, possible=3))

        @rule(which=DEVICES, kind=st.sampled_from(["view", "done"]))
        def read(self, which, kind):
            self.logs[which].append(self.devices[which].event(k=kind))

        @rule(which=DEVICES, data=st.data())
        def send(self, which, data):
            """Send any part of the log in any order, perhaps twice; the answer may have been lost before."""
            if not self.logs[which]:
                return
            batch = data.draw(st.lists(st.sampled_from(self.logs[which]), max_size=6))
            known = {one for log in self.stored.values() for one in log}
            expected = []
            for event in batch:
                expected.append("dup" if event["id"] in known else "new")
                known.add(event["id"])
            assert self.callers[which].sync(*batch) == expected
            log = self.stored[self.callers[which].learner]
            log.update({event["id"]: event for event, status in zip(batch, expected, strict=True) if status == "new"})

        @rule(which=DEVICES, data=st.data())
        def send_changed(self, which, data):
            """Send other content under a stored id: the log must not change."""
            log = self.stored[self.callers[which].learner]
            if log:
                event = log[data.draw(st.sampled_from(sorted(log)))]
                assert self.callers[which].sync({**event, "uv": "changed"}) == ["conflict"]

        @rule(which=DEVICES, other=DEVICES, with_own=st.booleans())
        def redeem(self, which, other, with_own):
            caller, before = self.callers[which], self.callers[which].learner
            code = self.codes[self.callers[other].learner]
            if not with_own:
                caller.token = None
            caller.redeem(code)
            if with_own and before != caller.learner:
                self.stored[caller.learner] |= self.stored.pop(before)
                for one in self.callers:
                    one.learner = caller.learner if one.learner == before else one.learner

        @invariant()
        def everyone_sees_their_own(self):
            for caller in getattr(self, "callers", ()):
                events = self.stored[caller.learner].values()
                assert caller.progress() == fold_events(caller.learner, events)

        def teardown(self):
            assert find_differences(app.extensions["e4j"].database) == []

    return Sync


def test_any_history_ends_in_the_same_progress(app, make_caller, make_device):
    run_state_machine_as_test(
        lambda: _machine(app, make_caller, make_device)(),
        settings=settings(
            max_examples=20,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )


def test_the_same_batch_from_many_tabs_at_once_is_stored_once(caller, device, app):
    batch = [device.event() for _ in range(30)]
    answers = []

    def send():
        client = app.test_client()
        answers.append(client.post("/api/v1/sync", json={"events": batch}, headers=caller.headers()).json)

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    counts = sorted([result["status"] for result in answer["results"]].count("new") for answer in answers)
    assert counts == [0] * 5 + [30]
    assert caller.progress()["events"] == 30


@pytest.fixture
def rival(postgres, migrated_postgres, make_app, make_caller_on):
    """Give a learner on PostgreSQL and the database, in which a test holds what the server needs."""
    app = make_app(database=postgres.url(postgres.create(migrated_postgres)))
    database = app.extensions["e4j"].database
    return make_caller_on(app).start(), make_caller_on(app).start(), database


def _start_and_wait_until_blocked(database, act):
    answers = []
    thread = threading.Thread(target=lambda: answers.append(act()))
    thread.start()
    blocked = False
    while thread.is_alive() and not blocked:
        with database.read() as tx:
            blocked = bool(tx.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))
    assert blocked
    return thread, answers


def test_a_batch_waits_for_the_same_one_that_is_being_stored(rival, device):
    caller, _, database = rival
    batch = [device.event(), device.event()]
    with database.write() as tx:
        lock_learners(tx, [caller.learner])
        append_events(tx, caller.learner, [check_event(event) for event in batch], "h")
        thread, answers = _start_and_wait_until_blocked(database, lambda: caller.sync(*batch))
    thread.join()
    assert answers == [["dup", "dup"]]


def test_two_learners_who_redeem_each_other_at_once_end_as_one(rival, make_device):
    first, second, database = rival
    for caller in (first, second):
        caller.sync(make_device().event())
    with database.write() as tx:
        lock_learners(tx, [first.learner, second.learner])
        merge_learner(tx, first.learner, second.learner)
        thread, answers = _start_and_wait_until_blocked(database, lambda: second.post("/learners/redeem", {"code": first.code}).status_code)
    thread.join()
    # 503 says: come back. A page does.
    assert answers == [503]
    second.redeem(first.code)
    assert first.progress() == second.progress()
    assert first.progress()["events"] == 2
    with database.read() as tx:
        assert list_survivors(tx) == [second.learner]
