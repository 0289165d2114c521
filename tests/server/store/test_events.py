"""Appending costs the same whether the log is short or long."""

from e4j_server.services.event_check import check_event
from e4j_server.store.database import Database
from e4j_server.store.events import append_events, count_events, read_log
from e4j_server.store.learners import add_learner
from e4j_server.store.records import Status
from sqlalchemy import event


def test_no_statement_reads_the_whole_log(sqlite_url, make_device):
    database, first, second = Database(sqlite_url), make_device(), make_device()
    plans = []

    def explain(_connection, cursor, statement, parameters, _context, many):
        if not statement.startswith(("EXPLAIN", "BEGIN")) and not many:
            plans.extend(row[3] for row in cursor.connection.execute(f"EXPLAIN QUERY PLAN {statement}", parameters))

    event.listen(database.engine, "before_cursor_execute", explain)
    with database.write() as tx:
        add_learner(tx, "a", "h")
        batch = [check_event(device.event()) for device in (first, second, first)]
        assert append_events(tx, "a", batch, "h") == [Status.NEW] * 3
        assert append_events(tx, "a", [check_event(first.event(n=1))], "h") == [Status.CONFLICT]
        assert (count_events(tx, "a"), len(read_log(tx, "a"))) == (3, 3)
    database.close()
    assert any(plan.startswith("SEARCH event") for plan in plans)
    assert [plan for plan in plans if plan.startswith("SCAN")] == []
