"""Attempts at assessed quizzes are marked here and nowhere else."""

import uuid

import pytest


@pytest.fixture
def name():
    return str(uuid.uuid4())


def _sums(document):
    return [document[field] for field in ("state", "earned", "possible", "passed", "remarked")]


def test_the_right_answers_earn_everything(keys, caller, device, right, name):
    events = device.attempt(right, name=name)
    assert caller.sync(*events) == ["new"] * 14
    document = caller.attempt(name)
    assert (document["attempt"], document["quiz"]) == (name, "market-exam")
    assert _sums(document) == ["handed-in", 12000, 12000, True, False]
    assert document["attempts"] == {"used": 1, "allowed": 2}
    assert {item for item, one in document["items"].items() if one["earned"] < one["possible"]} == set()
    assert document["items"]["dare"]["possible"] == document["items"]["rule"]["possible"] == 0


def test_a_document_says_what_was_right_and_why(keys, caller, device, name):
    caller.sync(*device.attempt({"finder": "x3", "gaps": {"1": "x3", "2": "x1", "3": "x"}}, name=name))
    items = caller.attempt(name)["items"]
    assert items["finder"] == {
        "earned": 0,
        "possible": 1000,
        "remarked": False,
        "parts": {"x3": 0},
        "feedback": ["Finding is not owning."],
        "explain": "Things that were lost still belong to somebody.",
        "reread": None,
        "key": ["Its owner"],
    }
    assert items["gaps"]["feedback"] == ["Whom would they obey?", "Nobody could watch."]
    assert items["gaps"]["key"] == ["independent", "public", "Decide"]
    assert items["roles"]["key"] == ["Judge — decides", "Defence — speaks for the accused"]
    assert items["share"]["key"] == ["15 %"]
    assert items["secret"]["key"] == ["False"]
    assert items["steps"]["parts"] == {"x1": 0, "x3": 0, "x2": 0}


def test_a_document_speaks_the_callers_language(keys, caller, device, name):
    caller.sync(*device.attempt({"finder": "x3", "bribe-word": "bribery"}, name=name))
    answer = caller.client.get(f"/api/v1/attempts/{name}", headers=caller.headers() | {"Accept-Language": "ar-EG, en;q=0.5"})
    assert "Accept-Language" in answer.headers["Vary"]
    items = answer.json["items"]
    assert items["finder"]["feedback"] == ["العثور ليس تملكًا."]
    assert items["secret"]["key"] == ["خطأ"]
    # What was accepted is said in the language in which it was accepted.
    assert items["bribe-word"]["feedback"] == ["Name the payment."]
    assert caller.attempt(name, **{"Accept-Language": "fr"})["items"]["finder"]["feedback"] == ["Finding is not owning."]


def test_a_word_is_marked_in_the_language_of_its_answer(keys, caller, device, name):
    caller.sync(*device.attempt({"bribe-word": "رشوة", "gaps": {"3": "يحكمون"}}, name=name, lang="ar"))
    items = caller.attempt(name)["items"]
    assert (items["bribe-word"]["earned"], items["gaps"]["earned"]) == (1000, 333)


def test_nothing_is_told_before_the_hand_in(keys, caller, device, right, name):
    caller.sync(*device.attempt(right, name=name, hand_in=False))
    assert caller.attempt(name) == {
        "attempt": name,
        "quiz": "market-exam",
        "state": "open",
        "earned": None,
        "possible": None,
        "passed": None,
        "remarked": False,
        "items": {},
        "attempts": {"used": 0, "allowed": 2},
    }
    assert caller.progress()["quizzes"] == {
        "market-exam": {"items": {}, "attempts": [{"attempt": name, "state": "open", "earned": None, "possible": None, "passed": None, "remarked": False}]}
    }


def test_attempts_of_other_people_are_unknown(keys, make_caller, caller, device, right, name):
    caller.sync(*device.attempt(right, name=name))
    stranger = make_caller().start()
    for asked in (name, str(uuid.uuid4()), "x", "..%2fx"):
        answer = stranger.client.get(f"/api/v1/attempts/{asked}", headers=stranger.headers())
        assert answer.status_code == 404
    answer = stranger.client.get(f"/api/v1/attempts/{name}", headers=stranger.headers())
    assert answer.json["error"]["code"] == "unknown-attempt"
    assert stranger.client.get(f"/api/v1/attempts/{name}").status_code == 401


def test_an_attempt_taken_over_by_name_tells_a_stranger_nothing_and_changes_nothing(keys, make_caller, make_device, caller, device, right, name):
    caller.sync(*device.attempt(right, name=name))
    before = caller.attempt(name)
    stranger = make_caller().start()
    stranger.sync(*make_device().attempt({"finder": "x2"}, name=name))
    assert stranger.attempt(name)["earned"] == 0
    assert caller.attempt(name) == before


def test_attempts_over_the_limit_earn_and_tell_nothing(keys, caller, device, right):
    names = [str(uuid.uuid4()) for _ in range(3)]
    for name, answers in zip(names, ({"finder": "x2"}, {"finder": "x1"}, right), strict=True):
        caller.sync(*device.attempt(answers, name=name))
    assert [_sums(caller.attempt(name)) for name in names] == [
        ["handed-in", 0, 12000, False, False],
        ["handed-in", 1000, 12000, False, False],
        ["over-limit", None, None, None, False],
    ]
    assert caller.attempt(names[2])["items"] == {}
    assert caller.attempt(names[2])["attempts"] == {"used": 3, "allowed": 2}
    quiz = caller.progress()["quizzes"]["market-exam"]
    assert [one["state"] for one in quiz["attempts"]] == ["handed-in", "handed-in", "over-limit"]
    assert quiz["items"]["finder"] == {
        "tries": 2,
        "first": {"earned": 0, "possible": 1000},
        "best": {"earned": 1000, "possible": 1000},
        "last": {"earned": 1000, "possible": 1000, "r": "x1", "iv": "iv-finder"},
    }


def test_without_feedback_only_sums_are_told(keys, caller, device, right, name):
    keys.change("market-exam", lambda raw: raw.update(feedback="never"))
    caller.sync(*device.attempt(right, name=name))
    assert _sums(caller.attempt(name)) == ["handed-in", 12000, 12000, True, False]
    assert caller.attempt(name)["items"] == {}
    assert caller.progress()["quizzes"]["market-exam"]["items"] == {}


def test_the_last_answer_before_the_hand_in_counts(keys, caller, device, name):
    first = device.attempt({"finder": "x2"}, name=name, hand_in=False)
    second = device.attempt({"finder": "x1"}, name=name)
    third = device.attempt({"finder": "x3"}, name=name)
    caller.sync(*third, *second, *first)
    assert caller.attempt(name)["items"]["finder"]["earned"] == 1000


def test_an_answer_slipped_in_after_the_result_is_known_does_not_count(keys, caller, device, name):
    early = device.attempt({"finder": "x2"}, name=name, hand_in=False)
    slipped = device.attempt({"finder": "x1"}, name=name, hand_in=False)
    caller.sync(*early, *device.attempt({}, name=name))
    assert caller.attempt(name)["items"]["finder"]["earned"] == 0
    assert caller.sync(*slipped) == ["new"]
    assert caller.attempt(name)["items"]["finder"]["earned"] == 0


def test_a_device_may_not_mark_itself_in_an_assessed_quiz(keys, caller, device):
    caller.sync(device.event(u="quiz/market-exam", i="finder", iv="iv-finder", r="x2"))
    assert caller.progress()["quizzes"] == {}


def test_what_was_not_drawn_earns_nothing(keys, caller, device, right, name):
    keys.change("market-exam", lambda raw: raw.update(draw=[{"n": 2, "from": ["facts"]}, {"n": 1, "from": ["cases"]}], shuffle=True))
    caller.sync(*device.attempt(right, name=name))
    document = caller.attempt(name)
    assert len(document["items"]) == 3
    assert document["earned"] == document["possible"] == sum(one["possible"] for one in document["items"].values())


def test_a_corrected_key_marks_old_answers_anew_and_says_so(keys, app, caller, device, name):
    caller.sync(*device.attempt({"finder": "x2", "room": "x1"}, name=name))
    before = caller.progress()
    assert _sums(caller.attempt(name)) == ["handed-in", 1000, 12000, False, False]
    keys.correct("finder", app, right="mayor")
    assert _sums(caller.attempt(name)) == ["handed-in", 2000, 12000, False, True]
    items = caller.attempt(name)["items"]
    assert {item for item, one in items.items() if one["remarked"]} == {"finder"}
    after = caller.progress()
    assert after != before
    assert after["quizzes"]["market-exam"]["attempts"][0]["remarked"] is True
    keys.correct("finder", app, right="owner")
    assert _sums(caller.attempt(name)) == ["handed-in", 1000, 12000, False, False]


def test_an_edited_question_keeps_marking_old_attempts_as_they_were_asked(keys, app, caller, device, name):
    def edit(raw):
        raw["rev"] = "rev-2"
        one = raw["items"][0]
        one.update(iv="iv-new", kv="key-new", stem="Edited", options=one["options"][1:])
        for texts in raw["languages"].values():
            texts["items"][0].update(stem="Edited", explain="Edited")

    caller.sync(*device.attempt({"finder": "x1"}, name=name))
    before = caller.attempt(name)
    keys.change("market-exam", edit, app)
    assert caller.attempt(name) == before


def test_an_unknown_question_waits_for_its_key(keys, app, caller, device, name):
    file = keys.folder / "market-exam.json"
    text = file.read_text()
    file.unlink()
    caller.sync(*device.attempt({"finder": "x1"}, name=name))
    assert _sums(caller.attempt(name)) == ["unmarked", None, None, None, False]
    file.write_text(text)
    keys.change("market-exam", lambda raw: None, app)
    assert _sums(caller.attempt(name)) == ["handed-in", 1000, 12000, False, False]
    assert caller.progress()["quizzes"]["market-exam"]["attempts"][0]["earned"] == 1000


def test_bad_answers_earn_nothing(keys, caller, device, name, right):
    odd = ["", [], True, {}, {"text": "x", "rubric": []}, {"1": "x2", "9": "x"}, ["x1", "x1", "x1"], "nobody"]
    for response in odd:
        caller.sync(*device.attempt(dict.fromkeys(right, response), name=name, hand_in=False))
    caller.sync(*device.attempt({}, name=name))
    assert caller.attempt(name)["state"] == "handed-in"


def test_joined_learners_have_their_attempts_together(keys, make_caller, make_device, right):
    old, new, names = make_caller().start(), make_caller().start(), [str(uuid.uuid4()) for _ in range(2)]
    for caller, name in zip((old, new), names, strict=True):
        caller.sync(*make_device().attempt(right, name=name))
    new.redeem(old.code)
    assert [new.attempt(name)["earned"] for name in names] == [12000, 12000]
    assert new.attempt(names[0])["attempts"] == {"used": 2, "allowed": 2}
