"""Authors see how their questions work, and nobody else sees anything."""

import re
import uuid
from base64 import b64encode

import pytest

CODE = "a long code indeed"


@pytest.fixture
def authors_app(make_app, database_url, keys):
    return make_app(database=database_url, authors=CODE)


@pytest.fixture
def read(authors_app):
    def ask(path, code=CODE, **headers):
        packed = b64encode(f"anybody:{code}".encode()).decode()
        return authors_app.test_client().get(path, headers={"Authorization": f"Basic {packed}", "Accept-Language": "en", **headers})

    return ask


@pytest.fixture
def attend(authors_app, make_caller_on, make_device):
    """Let learners hand in the exam; three of four know the finder of the coin, and what those choose who do not is given."""

    def come(learners, lang="en", wrong="x3", right=None):
        for number in range(learners):
            name = str(uuid.uuid4())
            answers = {"finder": "x1" if number % 4 else wrong, "secret": bool(number % 2), "sorting": {"x1": "x3", "x2": "x4" if number % 3 else "x3"}}
            make_caller_on(authors_app).start().sync(*make_device().attempt(answers, name=name, lang=lang))

    return come


def test_without_a_code_in_the_settings_there_is_nothing(make_app, sqlite_url, keys):
    client = make_app(database=sqlite_url).test_client()
    for path in ("/authors/", "/authors/quizzes/market-exam", "/authors/x"):
        answer = client.get(path, headers={"Authorization": f"Basic {b64encode(b'a:').decode()}"})
        assert answer.status_code == 404


@pytest.mark.parametrize("header", [None, "Basic", "Basic x", "Bearer x", f"Basic {b64encode(b'x').decode()}"])
def test_who_says_no_code_is_asked_for_it(authors_app, header):
    answer = authors_app.test_client().get("/authors/", headers={"Authorization": header} if header else {})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Basic realm="E4J", charset="UTF-8"'
    assert "market" not in answer.text


def test_ten_wrong_codes_end_in_a_wait(read):
    assert [read("/authors/", code="wrong").status_code for _ in range(11)] == [401] * 10 + [429]
    assert read("/authors/").status_code == 429


def test_quizzes_are_listed_in_six_languages(read):
    page = read("/authors/").text
    assert '<a href="quizzes/market-exam?lang=en">The market, examined</a>' in page
    arabic = read("/authors/?lang=ar").text
    assert '<html lang="ar" dir="rtl">' in arabic
    assert "اختبار السوق" in arabic
    assert read("/authors/quizzes/nothing").status_code == 404


def test_twenty_nine_learners_are_not_shown_and_thirty_are(read, attend):
    attend(29)
    page = read("/authors/quizzes/market-exam").text
    assert page.count("Fewer than 30 learners have answered this.") == 13
    assert "<meter" not in page
    attend(1)
    page = read("/authors/quizzes/market-exam").text
    assert "Fewer than 30" not in page
    assert "Who may keep a lost coin?" in page


def test_options_flags_and_languages_are_shown(read, attend):
    attend(32)
    attend(8, lang="ar")
    page = re.sub(r"\s+", " ", read("/authors/quizzes/market-exam").text)
    assert '<th scope="row"><span>Its owner</span> <small>(right)</small></th> <td data-label="Learners">30 (75%)</td>' in page
    assert "Hardly anybody chooses “The mayor”." in page
    # Eight learners are hidden, and so is what would show them.
    assert page.count("not shown: it would be about too few") == 26
    assert "Who may keep a lost coin?" not in read("/authors/quizzes/market-exam?lang=ar").text


def test_a_quiz_without_the_authors_language_is_shown_in_one_it_has(read, attend):
    attend(30)
    page = read("/authors/quizzes/market-exam?lang=fr").text
    assert '<div class="stem" lang="en">Who may keep a lost coin?' in page
    assert '<th scope="row">anglais</th>' in page


def test_a_language_that_is_none_is_shown_as_it_was_sent(read, attend):
    attend(30)
    attend(30, lang="zzz-1")
    assert '<th scope="row">zzz-1</th>' in read("/authors/quizzes/market-exam").text


def test_pages_have_no_scripts_and_are_not_kept(read):
    answer = read("/authors/quizzes/market-exam")
    assert "<script" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert "style-src 'self'" in answer.headers["Content-Security-Policy"]
