"""Transactions keep their promises on both kinds of database."""

import shutil
import threading

import pytest
from e4j_server.errors import Busy
from e4j_server.store.database import Database
from e4j_server.store.learners import add_learner, find_by_token, list_survivors
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError


def test_what_a_block_wrote_is_seen_afterwards(database):
    with database.write() as tx:
        add_learner(tx, "a", "h")
    with database.read() as tx:
        assert list_survivors(tx) == ["a"]


def test_a_failed_block_leaves_nothing(database):
    def write_half():
        with database.write() as tx:
            add_learner(tx, "a", "h")
            raise LookupError

    with pytest.raises(LookupError):
        write_half()
    with database.read() as tx:
        assert list_survivors(tx) == []


def test_a_row_taken_by_a_rival_asks_to_come_back(database):
    with database.write() as tx:
        add_learner(tx, "a", "h")
    with pytest.raises(Busy) as caught, database.write() as tx:
        add_learner(tx, "a", "h")
    assert caught.value.retry_after == 2


def test_events_are_never_changed(app, caller, device):
    caller.sync(device.event())
    database = app.extensions["e4j"].database
    with pytest.raises((DBAPIError, Busy)) as caught, database.write() as tx:
        tx.execute(text("UPDATE event SET body = '{}'"))
    assert "events are never changed" in str(caught.value.__cause__ or caught.value)


def test_a_mistake_in_our_sql_is_not_hidden(database):
    with pytest.raises(DBAPIError), database.read() as tx:
        tx.execute(text("SELECT nothing FROM nowhere"))


def test_sqlite_syncs_each_commit(sqlite_url):
    database = Database(sqlite_url)
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 15000, "secure_delete": 1}
    with database.read() as tx:
        assert {name: tx.scalar(text(f"PRAGMA {name}")) for name in wanted} == wanted
        assert {row.name: row.strict for row in tx.execute(text("PRAGMA table_list")) if row.schema == "main"} == {
            "event": 1,
            "item_key": 1,
            "learner": 1,
            "progress": 1,
            "quarantine": 1,
            "recovery": 1,
            "token": 1,
            "alembic_version": 0,
            "sqlite_schema": 0,
        }
    database.close()


def test_postgresql_syncs_each_commit(postgres, migrated_postgres):
    database = Database(postgres.url(postgres.create(migrated_postgres)))
    with database.write() as tx:
        assert tx.scalar(text("SHOW synchronous_commit")) == "on"
    database.close()


def test_a_sqlite_writer_waits_for_the_other_one(sqlite_url):
    database = Database(sqlite_url)
    started = threading.Event()

    def write_second():
        started.set()
        with database.write() as tx:
            add_learner(tx, "b", "h")

    second = threading.Thread(target=write_second)
    with database.write() as tx:
        second.start()
        started.wait()
        add_learner(tx, "a", "h")
    second.join()
    with database.read() as tx:
        assert list_survivors(tx) == ["a", "b"]
    database.close()


def test_a_full_disk_stops_writing_and_not_reading(sqlite_app, make_caller_on, make_device):
    database = sqlite_app.extensions["e4j"].database
    # SQLite's own limit stands for the disk: it fails in the same place with the same error.
    pages = {"most": 4_000_000}
    event.listen(database.engine, "begin", lambda tx: tx.exec_driver_sql(f"PRAGMA max_page_count={pages['most']}"))
    caller, device = make_caller_on(sqlite_app).start(), make_device()
    assert caller.sync(device.event()) == ["new"]
    pages["most"] = 1
    batch = [device.event(r="x" * 3000) for _ in range(50)]
    answer = caller.post("/sync", {"events": batch})
    assert (answer.status_code, answer.json["error"]["code"]) == (507, "storage-full")
    assert caller.progress()["events"] == 1
    pages["most"] = 4_000_000
    assert caller.sync(*batch) == ["new"] * 50
    assert caller.progress()["events"] == 51


def test_postgresql_away_is_busy_and_comes_back(postgres, migrated_postgres):
    name = postgres.create(migrated_postgres)
    database, other = Database(postgres.url(name)), Database(postgres.url("postgres"))
    with pytest.raises(Busy), database.read() as tx:
        with other.write() as killer:
            killer.execute(text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :n"), {"n": name})
        find_by_token(tx, b"")
    with database.read() as tx:
        assert find_by_token(tx, b"") is None
    database.close()
    other.close()


def test_a_damaged_file_is_no_reason_to_drop_answers(tmp_path, sqlite_url):
    path = tmp_path / "damaged.db"
    shutil.copy(sqlite_url.removeprefix("sqlite:///"), path)
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * len(data[4096:])
    path.write_bytes(data)
    database = Database(f"sqlite:///{path}")
    with pytest.raises(Busy), database.read() as tx:
        list_survivors(tx)
    database.close()
