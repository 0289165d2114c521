"""Without scripts a quiz is a form, and the answer is a page."""

import re
import uuid
from html.parser import HTMLParser

import pytest
from sqlalchemy import text

RIGHT = {
    "q-finder": "owner",
    "q-needs": ["hearing", "judge"],
    "q-secret": "false",
    "q-bribe-word": "Bribe!",
    "q-share": "15",
    "q-gaps-1": "free",
    "q-gaps-2": "2",
    "q-gaps-3": "decide",
    "q-steps-ask": "1",
    "q-steps-object": "2",
    "q-steps-court": "3",
    "q-roles-judge": "judge",
    "q-roles-defence": "defence",
    "q-sorting-threat": "crime",
    "q-sorting-rent": "other",
    "q-room": "desk",
    "q-dare": "2",
    "q-rule": 'Prices are <posted> & "seen".',
    "q-rule-r-clear": "1",
    "q-envelope-morning": "take",
    "q-envelope-evening": "tell",
}
RIGHT_IN_EXAM = {
    "q-finder": "x1",
    "q-needs": ["x1", "x2"],
    "q-secret": "false",
    "q-bribe-word": "bribe",
    "q-share": "15",
    "q-gaps-1": "x2",
    "q-gaps-2": "x4",
    "q-gaps-3": "decide",
    "q-steps-x1": "1",
    "q-steps-x3": "2",
    "q-steps-x2": "3",
    "q-roles-x2": "x3",
    "q-roles-x1": "x5",
    "q-sorting-x1": "x3",
    "q-sorting-x2": "x4",
    "q-room": "x1",
    "q-dare": "x2",
    "q-rule": "Prices are posted.",
    "q-envelope-x1": "x5",
}


class _Form(HTMLParser):
    """Read the fields of a form as a browser would send them, and every name there is."""

    def __init__(self, page):
        super().__init__()
        self.sent, self.names, self.choices, self._select, self._area = {}, set(), {}, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        name = facts.get("name")
        if tag in {"input", "select", "textarea"}:
            self.names.add(name)
        if tag == "input":
            self.choices.setdefault(name, []).append(facts.get("value"))
            if facts.get("type") not in {"radio", "checkbox"} or "checked" in facts:
                self.sent.setdefault(name, []).append(facts["value"])
        self._select = name if tag == "select" else self._select
        self._area = name if tag == "textarea" else None
        if tag == "option":
            self.choices.setdefault(self._select, []).append(facts.get("value"))
            if "selected" in facts:
                self._picked = facts.get("value")
                self.sent.setdefault(self._select, []).append(self._picked or "")
                self._fill = self._picked is None
            else:
                self._fill = False

    def handle_data(self, data):
        if self._area:
            self.sent.setdefault(self._area, []).append(data)
        elif getattr(self, "_fill", False):
            self.sent[self._select][-1] = data.strip()
            self._fill = False

    def handle_endtag(self, tag):
        self._area = None


@pytest.fixture
def post(app):
    client = app.test_client()

    def send(quiz, fields, language="en", **headers):
        return client.post(f"/answers/{language}/{quiz}", data={"rev": "rev-1", **fields}, headers=headers)

    return send


def _count(app, table):
    with app.extensions["e4j"].database.read() as tx:
        return tx.scalar(text(f"SELECT count(*) FROM {table}"))


def test_a_practice_form_is_marked_and_nothing_is_stored(keys, app, post):
    answer = post("market-practice", RIGHT)
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    assert (answer.headers["Cache-Control"], answer.headers["Content-Language"]) == ("no-store", "en")
    assert "Set-Cookie" not in answer.headers
    assert "12.4 of 13 points" in answer.text
    assert answer.text.count('class="verdict"') == 13
    assert re.findall(r'class="verdict">([^<]*)', answer.text) == ["Right"] * 10 + ["No mark here", "Right", "Partly right"]
    assert "Prices are &lt;posted&gt; &amp; &#34;seen&#34;." in answer.text or "Prices are &lt;posted&gt; &amp; &quot;seen&quot;." in answer.text
    assert "Late, and braver than silence." in answer.text
    assert [_count(app, table) for table in ("learner", "event")] == [0, 0]


def test_wrong_answers_get_their_feedback_and_the_right_ones(keys, post):
    wrong = RIGHT | {"q-finder": "mayor", "q-gaps-2": "hidden", "q-roles-judge": "watch", "q-sorting-rent": "crime", "q-steps-ask": "2", "q-steps-object": "1"}
    page = post("market-practice", wrong).text
    for said in ("Power does not make an owner.", "Its owner", "Nobody could watch.", "That is the public.", "A civil matter.", "Object before you sue."):
        assert said in page


def test_a_page_speaks_the_language_of_its_address(keys, post):
    page = post("market-practice", RIGHT | {"q-bribe-word": "رشوة"}, "ar").text
    assert '<html lang="ar" dir="rtl">' in page
    assert "السوق" in page
    assert "Right" not in page


def test_the_look_of_the_site_is_used_where_it_has_one(keys, post, site):
    assert "e4j.css" not in post("market-practice", RIGHT).text
    (site / "en/assets/e4j/e4j.css").write_text("a {}")
    assert '<link rel="stylesheet" href="../../en/assets/e4j/e4j.css">' in post("market-practice", RIGHT).text


def test_its_own_look_is_served(keys, app, post):
    assert '<link rel="stylesheet" href="../../answers/server.css">' in post("market-practice", RIGHT).text
    answer = app.test_client().get("/answers/server.css")
    assert (answer.status_code, answer.content_type) == (200, "text/css; charset=utf-8")


def test_a_page_may_ask_one_question_alone(keys, post):
    assert "1 of 1 points" in post("market-practice", {"only": "finder", "q-finder": "owner"}).text
    again = post("market-practice", {"only": "finder"})
    assert (again.status_code, again.text.count("<legend>"), _Form(again.text).sent["only"]) == (422, 1, ["finder"])
    assert post("market-practice", {"only": "nothing", "q-finder": "owner"}).text.count("<legend>") > 12


def test_a_text_without_ticks_is_not_worth_nothing(keys, post):
    fields = {name: value for name, value in RIGHT.items() if name != "q-rule-r-clear"}
    assert "11.4 of 12 points" in post("market-practice", fields).text


def test_pictures_and_links_lead_where_the_keys_say(keys, post):
    page = post("market-practice", {"only": "room"}).text
    assert '<img src="../../en/quizzes/market-exam/hall.svg" alt="Plan of a hall">' in page


def test_an_exam_begins_with_its_questions(keys, post):
    begun = post("market-exam", {})
    assert (begun.status_code, begun.text.count('<p class="problem"')) == (200, 0)
    (attempt,) = _Form(begun.text).sent["attempt"]
    assert "12 of 12 points" in post("market-exam", RIGHT_IN_EXAM | {"attempt": attempt}).text


def test_what_is_missing_is_said_and_what_was_typed_is_kept(keys, post):
    fields = {name: value for name, value in RIGHT.items() if name not in {"q-finder", "q-gaps-1", "q-envelope-evening"}} | {"q-steps-ask": "2"}
    answer = post("market-practice", fields)
    assert answer.status_code == 422
    problems = re.findall(r'class="problem" id="p-([a-z-]*)">([^<]*)', answer.text)
    assert problems == [
        ("finder", "This question has no answer yet."),
        ("gaps", "Something is still open in this question."),
        ("steps", "Give each part its own place."),
        ("envelope", "Follow one way until it ends."),
    ]
    sent = {name: values for name, values in _Form(answer.text).sent.items() if values != [""]}
    assert sent == {name: value if isinstance(value, list) else [value] for name, value in fields.items()} | {"rev": ["rev-1"]}
    again = post("market-practice", fields | {"anyway": "1"})
    assert again.status_code == 200
    assert "No answer" in again.text


@pytest.mark.parametrize("bad", [{"q-finder": "nobody"}, {"q-needs": "x"}, {"q-steps-ask": "9"}, {"q-secret": "perhaps"}, {"q-roles-judge": "rent"}, {"q-envelope-morning": "tell"}])
def test_values_that_are_no_answer_are_missing(keys, post, bad):
    assert post("market-practice", RIGHT | bad).status_code == 422


def test_a_page_older_than_the_quiz_is_sent_again(keys, post):
    answer = post("market-practice", RIGHT | {"rev": "rev-0"})
    assert answer.status_code == 422
    assert "This quiz has changed since you opened it." in answer.text
    assert _Form(answer.text).sent["rev"] == ["rev-1"]
    assert post("market-practice", {name: values[0] if len(values) == 1 else values for name, values in _Form(answer.text).sent.items()}).status_code == 200


def test_an_exam_is_handed_in_for_a_new_learner(keys, app, post, make_caller):
    answer = post("market-exam", RIGHT_IN_EXAM)
    assert answer.status_code == 200
    assert "12 of 12 points" in answer.text
    assert "You have passed." in answer.text
    code = re.search(r"\d{5}(-\d{5}){4}", answer.text)[0]
    caller = make_caller().redeem(code)
    (attempt,) = caller.progress()["quizzes"]["market-exam"]["attempts"]
    assert (attempt["state"], attempt["earned"], attempt["passed"]) == ("handed-in", 12000, True)
    assert caller.progress()["events"] == 14
    assert caller.attempt(attempt["attempt"])["earned"] == 12000


def test_a_recovery_code_brings_back_its_learner(keys, post, caller):
    for _ in range(2):
        answer = post("market-exam", RIGHT_IN_EXAM | {"code": caller.code})
        assert "recovery code" not in answer.text
    third = post("market-exam", RIGHT_IN_EXAM | {"code": caller.code})
    assert "This attempt does not count." in third.text
    assert "Its owner" not in third.text
    states = [one["state"] for one in caller.progress()["quizzes"]["market-exam"]["attempts"]]
    assert sorted(states) == ["handed-in", "handed-in", "over-limit"]


def test_a_wrong_code_keeps_what_was_typed_and_is_counted(keys, app, post):
    misspelt = post("market-exam", RIGHT_IN_EXAM | {"code": "12345"})
    assert misspelt.status_code == 400
    assert "This is not a complete recovery code." in misspelt.text
    assert _Form(misspelt.text).sent["q-finder"] == ["x1"]
    assert [post("market-exam", RIGHT_IN_EXAM | {"code": "0" * 25}).status_code for _ in range(11)] == [404] * 10 + [429]
    assert _count(app, "learner") == 0


def test_an_exam_without_feedback_shows_only_the_sum(keys, post):
    keys.change("market-exam", lambda raw: raw.update(feedback="never"))
    page = post("market-exam", RIGHT_IN_EXAM | {"q-finder": "x2"}).text
    assert "11 of 12 points" in page
    assert "verdict" not in page
    assert "owner" not in page


def test_a_bank_draws_and_the_form_comes_back(keys, post, make_caller):
    keys.change("market-exam", lambda raw: raw.update(draw=[{"n": 2, "from": ["facts"]}, {"n": 2, "from": ["cases"]}], shuffle=True))
    drawn = post("market-exam", {})
    assert drawn.status_code == 200
    form = _Form(drawn.text)
    assert drawn.text.count("<legend>") == 4
    (attempt,) = form.sent["attempt"]
    items = {name: RIGHT_IN_EXAM[name] for name in RIGHT_IN_EXAM if name in form.names}
    answer = post("market-exam", items | {"attempt": attempt})
    assert re.search(r"<strong>(\d) of \1 points", answer.text)
    assert re.search(r"\d{5}(-\d{5}){4}", answer.text)
    assert post("market-exam", {"attempt": "5"}).text.count("<legend>") == 4


def test_the_same_hand_in_twice_counts_once(keys, post, caller):
    fields = RIGHT_IN_EXAM | {"code": caller.code, "attempt": str(uuid.uuid4())}
    post("market-exam", fields | {"q-finder": "x2"})
    assert "11 of 12 points" in post("market-exam", fields).text
    (attempt,) = caller.progress()["quizzes"]["market-exam"]["attempts"]
    assert attempt["earned"] == 11000


def test_no_form_holds_a_key(keys, post):
    keys.change("market-exam", lambda raw: raw.update(draw=[{"n": 13, "from": []}]))
    page = post("market-exam", {}).text
    for said in ("Things that were lost", "bribery", "Finding is not owning", "Power does not", "decide<", "braver", "Prices are posted", "It is clear", 'owner"', "key-"):
        assert said not in page
    choices = _Form(page).choices
    assert choices["q-finder"] == ["x1", "x2", "x3"]
    assert choices["q-roles-x2"] == ["", "x3", "x4", "x5"]
    assert {name for name in choices if "steps" in name} == {"q-steps-x1", "q-steps-x2", "q-steps-x3"}
    assert re.findall(r'<span>(\w+)</span> *\n*<select name="q-roles-(x\d)"', page) == [("Defence", "x1"), ("Judge", "x2")]


def test_children_leave_no_text(keys, app, post):
    keys.change("market-exam", lambda raw: raw.update(tier="primary"))
    post("market-exam", RIGHT_IN_EXAM | {"q-bribe-word": "my secret", "q-share": "my secret", "q-rule": "my secret", "q-gaps-3": "my secret"})
    with app.extensions["e4j"].database.read() as tx:
        bodies = list(tx.scalars(text("SELECT body FROM event")))
    assert len(bodies) == 10
    assert "my secret" not in "".join(bodies)


def test_a_long_text_is_shortened_and_taken(keys, app, post):
    assert "of 12 points" in post("market-exam", RIGHT_IN_EXAM | {"q-rule": '因为"' * 2500}).text
    assert _count(app, "event") == 14


def test_what_is_stored_says_only_the_hour(keys, app, post):
    post("market-exam", RIGHT_IN_EXAM)
    with app.extensions["e4j"].database.read() as tx:
        ids = list(tx.scalars(text("SELECT id FROM event")))
    assert {int(name.replace("-", "")[:12], 16) % 3_600_000 for name in ids} == {0}


@pytest.mark.parametrize(("quiz", "language"), [("nothing", "en"), ("market-exam", "fr"), ("market-exam", "xx")])
def test_there_is_no_form_without_keys_in_its_language(keys, post, quiz, language):
    assert post(quiz, {}, language).status_code == 404


def test_a_form_of_another_site_is_refused_with_a_page(keys, post):
    for headers in ({"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = post("market-exam", RIGHT_IN_EXAM, **headers)
        assert (answer.status_code, answer.content_type) == (403, "text/html; charset=utf-8")
        assert "This request came from another website." in answer.text
    assert post("market-exam", RIGHT_IN_EXAM, Origin="http://localhost").status_code == 200


def test_a_form_has_a_limit(keys, post):
    assert post("market-exam", {"q-rule": "x" * 64 * 1024}).status_code == 413


def test_only_forms_are_read(keys, app):
    assert app.test_client().post("/answers/en/market-exam", json={}).status_code == 400
    assert app.test_client().get("/answers/en/market-exam").status_code == 404
