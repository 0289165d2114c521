"""Sync answers each event; progress follows from what was stored."""

import copy

from sqlalchemy import text


def test_events_are_new_once_and_then_dup(caller, device):
    events = [device.event(), device.event(k="view"), device.event(k="done")]
    assert caller.sync(*events) == ["new"] * 3
    assert caller.sync(*reversed(events), device.event()) == ["dup"] * 3 + ["new"]


def test_results_come_in_order_with_ids_and_reasons(caller, device):
    good, bad = device.event(), device.event(earned=-1)
    assert caller.results(bad, good, 5, good) == [
        {"id": bad["id"], "status": "invalid", "reason": "bad-earned"},
        {"id": good["id"], "status": "new"},
        {"id": None, "status": "invalid", "reason": "not-an-object"},
        {"id": good["id"], "status": "dup"},
    ]


def test_the_order_of_names_in_an_event_is_no_other_content(caller, device):
    event = device.event()
    assert caller.sync(event) == ["new"]
    assert caller.sync(dict(reversed(event.items()))) == ["dup"]


def test_other_content_under_a_taken_id_or_place_is_kept_aside(app, caller, device):
    first = device.event()
    caller.sync(first)
    same_id = {**first, "n": 7}
    same_place = {**device.event(), "n": 1}
    for _ in range(2):
        assert caller.sync(same_id, same_place) == ["conflict", "conflict"]
    assert caller.progress()["events"] == 1
    with app.extensions["e4j"].database.read() as tx:
        kept = [row.event for row in tx.execute(text("SELECT event FROM quarantine"))]
    assert sorted(kept) == sorted([first["id"], same_place["id"]])


def test_a_clash_inside_one_batch_is_settled_in_its_order(caller, device):
    first = device.event()
    rival = {**device.event(), "n": 1}
    changed = {**first, "r": "loyal"}
    last = device.event()
    assert caller.sync(first, rival, changed, last, first) == ["new", "conflict", "conflict", "new", "dup"]


def test_an_event_of_another_learner_is_neither_changed_nor_shown(make_caller, caller, device):
    event = device.event()
    caller.sync(event)
    stranger = make_caller().start()
    assert stranger.sync(event, {**event, "r": "loyal"}) == ["dup", "conflict"]
    assert (stranger.progress()["events"], caller.progress()["events"]) == (0, 1)


def test_a_full_batch_is_taken_and_one_more_is_not(caller, device):
    events = [device.event(r="x" * 600) for _ in range(200)]
    assert caller.sync(*events) == ["new"] * 200
    answer = caller.post("/sync", {"events": [device.event() for _ in range(201)]})
    assert (answer.status_code, answer.json["error"]["code"]) == (413, "too-many-events")


def test_an_empty_batch_is_fine(caller):
    assert caller.sync() == []


def test_one_flawed_event_does_not_cost_the_others(caller, device):
    flawed = device.event(r="HERE")
    whole = device.event()
    data = b'{"events": [%s]}'
    text_of = caller.client.application.json.dumps
    for flaw in (b"NaN", b"1.5", rb'"\ud800"', b'"a", "r": "b"', b"[" * 50_000 + b"]" * 50_000):
        sent = text_of(flawed).encode().replace(b'"HERE"', flaw) + b"," + text_of(whole).encode()
        answer = caller.post_raw("/sync", data % sent)
        assert [result["id"] for result in answer.json["results"]] == [flawed["id"], whole["id"]]
        assert answer.json["results"][0]["status"] == "invalid"
    assert caller.progress()["events"] == 1


def test_what_is_stored_is_the_event_and_the_hour(app, caller, device):
    event = device.event()
    caller.post("/sync", {"events": [event]}, **{"User-Agent": "Secret/1.0", "X-Forwarded-For": "203.0.113.9"})
    with app.extensions["e4j"].database.read() as tx:
        row = tx.execute(text("SELECT * FROM event")).one()._mapping
    assert set(row) == {"id", "learner", "device", "seq", "body", "sha256", "received_hour", "attempt", "key_number", "late"}
    assert row["attempt"] is row["key_number"] is row["late"] is None
    assert row["received_hour"].endswith(":00Z")
    assert app.json.loads(row["body"]) == event


def test_progress_starts_empty(caller):
    assert caller.progress() == {"learner": caller.learner, "events": 0, "quizzes": {}, "pages": {}}


def test_progress_shows_answers_and_pages(caller, device):
    caller.sync(
        device.event(earned=0, r="loyal"),
        device.event(t=2),
        device.event(k="view"),
        device.event(k="done", u="page/lost-coin/try"),
    )
    assert caller.progress() == {
        "learner": caller.learner,
        "events": 4,
        "quizzes": {
            "lost-coin-check": {
                "items": {
                    "finder": {
                        "tries": 2,
                        "first": {"earned": 0, "possible": 1000},
                        "best": {"earned": 1000, "possible": 1000},
                        "last": {"earned": 1000, "possible": 1000, "r": "owner", "iv": "9c1b"},
                    }
                }
            }
        },
        "pages": {
            "lost-coin/story": {"viewed": True, "done": False},
            "lost-coin/try": {"viewed": False, "done": True},
        },
    }


def test_progress_has_a_tag_that_changes_with_it(caller, device):
    def ask(tag=""):
        return caller.client.get("/api/v1/progress", headers=caller.headers() | {"If-None-Match": tag})

    tag = ask().headers["ETag"]
    assert (ask(tag).status_code, ask(tag).data) == (304, b"")
    caller.sync(device.event())
    assert ask(tag).status_code == 200
    assert ask().headers["ETag"] == ask().headers["ETag"] != tag


def test_progress_is_written_in_utf8(caller, device):
    caller.sync(device.event(r="因为"))
    answer = caller.client.get("/api/v1/progress", headers=caller.headers())
    assert "因为" in answer.data.decode()
    assert answer.content_type == "application/json"


def test_a_batch_packed_with_gzip_is_taken(caller, device, pack):
    event = device.event()
    answer = caller.post_raw("/sync", pack({"events": [event]}), Content_Encoding="gzip")
    assert answer.json["results"] == [{"id": event["id"], "status": "new"}]
    assert caller.sync(copy.deepcopy(event)) == ["dup"]
