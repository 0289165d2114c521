"""Migrations run whole or not at all, and the tables are what the code says."""

import threading

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade as upgrade_to
from alembic.runtime.migration import MigrationContext
from e4j_server.errors import DatabaseUnreachable, SchemaMismatch
from e4j_server.store import schema
from e4j_server.store.database import Database
from e4j_server.store.schema import check_schema, newest_schema, read_schema, upgrade_schema
from e4j_server.store.tables import metadata
from sqlalchemy import event, inspect, text


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request, tmp_path):
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/empty.db"
    else:
        postgres = request.getfixturevalue("postgres")
        url = postgres.url(postgres.create())
    database = Database(url)
    yield database
    database.close()


def test_migrations_make_exactly_the_tables_of_the_code(database):
    check_schema(database)
    with database.read() as tx:
        assert compare_metadata(MigrationContext.configure(tx), metadata) == []


def test_an_upgrade_can_be_repeated(empty):
    assert read_schema(empty) is None
    assert upgrade_schema(empty) == upgrade_schema(empty) == newest_schema() == read_schema(empty)


def test_an_empty_database_is_not_used_unasked(empty):
    with pytest.raises(SchemaMismatch) as caught:
        check_schema(empty)
    assert caught.value.remedy == "Make a backup, then run: e4j-server upgrade"


@pytest.mark.parametrize("act", [check_schema, upgrade_schema])
def test_a_database_of_a_newer_version_is_left_alone(database, act):
    with database.write() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(SchemaMismatch) as caught:
        act(database)
    assert caught.value.remedy == "It was made by a newer version of e4j-server. Install that version or a newer one."


def test_a_migration_that_fails_leaves_nothing(empty):
    class Stop(Exception):
        pass

    def stop_at_progress(_connection, _cursor, statement, *_):
        if "CREATE TABLE progress" in statement:
            raise Stop

    event.listen(empty.engine, "before_cursor_execute", stop_at_progress)
    with pytest.raises(Stop):
        upgrade_schema(empty)
    event.remove(empty.engine, "before_cursor_execute", stop_at_progress)
    assert inspect(empty.engine).get_table_names() == []
    assert upgrade_schema(empty) == newest_schema()


def test_what_is_stored_stays_when_keys_and_attempts_come(empty, monkeypatch):
    monkeypatch.setattr(schema.command, "upgrade", lambda settings, _: upgrade_to(settings, "0001"))
    upgrade_schema(empty)
    monkeypatch.undo()
    rows = {
        "learner": {"id": "a", "merged_into": None, "created_hour": "h"},
        "event": {"id": "e", "learner": "a", "device": "d", "seq": 1, "body": "{}", "sha256": b"1", "received_hour": "h"},
        "progress": {"learner": "a", "fold": 1, "events": 1, "body": "{}"},
    }
    with empty.write() as tx:
        for table, row in rows.items():
            tx.execute(text(f"INSERT INTO {table} ({', '.join(row)}) VALUES (:{', :'.join(row)})"), row)
    assert upgrade_schema(empty) == newest_schema()
    added = {"event": {"attempt": None, "key_number": None, "late": None}, "progress": {"keys": 0}}
    with empty.read() as tx:
        found = {table: dict(tx.execute(text(f"SELECT * FROM {table}")).one()._mapping) for table in rows}
        assert tx.scalar(text("SELECT count(*) FROM item_key")) == 0
    assert found == {table: row | added.get(table, {}) for table, row in rows.items()}


def test_an_upgrade_that_fails_half_way_leaves_the_former_schema(empty, monkeypatch):
    class Stop(Exception):
        pass

    def stop_late(_connection, _cursor, statement, *_):
        if statement.startswith("ALTER TABLE progress"):
            raise Stop

    monkeypatch.setattr(schema.command, "upgrade", lambda settings, _: upgrade_to(settings, "0001"))
    upgrade_schema(empty)
    monkeypatch.undo()
    event.listen(empty.engine, "before_cursor_execute", stop_late)
    with pytest.raises(Stop):
        upgrade_schema(empty)
    event.remove(empty.engine, "before_cursor_execute", stop_late)
    assert read_schema(empty) == "0001"
    assert "item_key" not in inspect(empty.engine).get_table_names()
    assert upgrade_schema(empty) == newest_schema()


def test_two_upgrades_at_once_wait_for_each_other(empty):
    reached = []

    def upgrade():
        database = Database(empty.url.render_as_string(hide_password=False))
        reached.append(upgrade_schema(database))
        database.close()

    threads = [threading.Thread(target=upgrade) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert reached == [newest_schema()] * 2


def test_a_database_that_cannot_be_opened_is_named_without_its_password(tmp_path):
    (tmp_path / "file").write_text("")
    for url in (f"sqlite:///{tmp_path}/file/e4j.db", f"postgresql+psycopg://e4j:secret@/e4j?host={tmp_path}"):
        with pytest.raises(DatabaseUnreachable) as caught:
            check_schema(Database(url))
        assert "secret" not in str(caught.value)
        assert caught.value.remedy == ("Check E4J_DATABASE or --database, that the server runs, and that this user may write there.")


def test_scripts_are_shipped_beside_the_code():
    assert (schema._SCRIPTS / "env.py").is_file()
