"""Every key that was ever in force stays in the database."""

import pytest
from e4j_server.services.key_folder import KeyFolder
from e4j_server.services.key_versions import Keys, add_keys
from e4j_server.store.database import Database
from e4j_server.store.keys import count_versions, read_versions
from sqlalchemy import event


@pytest.fixture
def add(database, keys):
    return lambda: add_keys(database, KeyFolder(keys.folder).files(), "h")


def _numbers(database, item):
    with database.read() as tx:
        return [(one.name.iv, one.number, one.digest) for one in read_versions(tx, ["market-exam"]) if one.name.item == item]


def test_keys_are_added_once(database, add):
    # Thirteen questions of two quizzes, with what each quiz asks and how it is taken.
    assert (add(), add()) == (30, 0)
    with database.read() as tx:
        assert count_versions(tx) == 30


def test_a_corrected_key_is_the_next_number_and_so_is_one_that_comes_back(database, add, keys):
    add()
    for digest in ("corrected", "key-finder"):
        keys.change("market-exam", lambda raw, digest=digest: raw["items"][0].update(kv=digest))
        assert add() == 1
    assert _numbers(database, "finder") == [("iv-finder", 1, "key-finder"), ("iv-finder", 2, "corrected"), ("iv-finder", 3, "key-finder")]


def test_an_edited_question_begins_anew(database, add, keys):
    add()
    keys.change("market-exam", lambda raw: raw["items"][0].update(iv="iv-new"))
    # The question, and the quiz's list of questions.
    assert add() == 2
    assert _numbers(database, "finder") == [("iv-finder", 1, "key-finder"), ("iv-new", 1, "key-finder")]


def test_how_a_quiz_is_taken_has_versions_too(database, add, keys):
    add()
    keys.change("market-exam", lambda raw: raw.update(attempts=5))
    assert add() == 1
    assert [(iv, number) for iv, number, _ in _numbers(database, "")] == [("", 1), ("", 2), ("rev-1", 1)]


def test_a_full_disk_stops_no_reading_and_the_next_call_tries_again(keys, sqlite_url):
    database, room = Database(sqlite_url), {"pages": 1}
    # SQLite's own limit stands for the disk.
    event.listen(database.engine, "begin", lambda tx: tx.exec_driver_sql(f"PRAGMA max_page_count={room['pages']}"))
    held = Keys(KeyFolder(keys.folder), database)
    assert held.files("h").keys() == {"market-exam", "market-practice"}
    room["pages"] = 4_000_000
    held.files("h")
    with database.read() as tx:
        assert count_versions(tx) == 30
    database.close()
