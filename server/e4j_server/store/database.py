"""Open the database and its transactions."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from typing import Any

from sqlalchemy import Connection, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, IntegrityError

from e4j_server.errors import Busy, Refusal, StorageFull

Transaction = Connection
"""What store functions take; services only pass it on."""

_RETRY_SECONDS = 2

# WAL lets readers read while one writes. FULL syncs the WAL before a commit returns: with NORMAL, half of all power
# cuts lose answers that the server had already acknowledged. secure_delete overwrites what erasure deletes.
_SQLITE_PRAGMAS = (
    "busy_timeout=15000",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "trusted_schema=OFF",
    "secure_delete=ON",
)
# The same promise on PostgreSQL, whatever the cluster's default; and no call waits for a lock for ever.
_POSTGRES_SETTINGS = ("synchronous_commit = on", "lock_timeout = '15s'", "statement_timeout = '60s'")

_SQLITE_FULL = {"SQLITE_FULL"}
_SQLITE_AWAY = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_CORRUPT")
_POSTGRES_FULL = {"53100"}
# Connection lost, out of resources, shutting down, rolled back for a rival, lock or statement timeout.
_POSTGRES_AWAY = ("08", "53", "57P", "57014", "40", "55P03")


class Database:
    """Give out short transactions on one SQLite file or PostgreSQL database."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        # hide_parameters: an error in a log must not show what a learner answered.
        self.engine = create_engine(self.url, hide_parameters=True, pool_pre_ping=not self.is_sqlite)
        self._writer = self.engine.execution_options(e4j_writes=True)
        if self.is_sqlite:
            event.listen(self.engine, "connect", _prepare_sqlite)
            event.listen(self.engine, "begin", _begin_sqlite)
        else:
            event.listen(self.engine, "connect", _prepare_postgres)

    @property
    def name(self) -> str:
        """Show where the database is, without its password."""
        return self.url.render_as_string(hide_password=True)

    @property
    def file(self) -> Path | None:
        """Return the file of a SQLite database."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Open a transaction that sees one state and writes nothing."""
        with _refusals(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Transaction]:
        """Open a transaction that is on disk when the block ends without an exception."""
        with _refusals(), self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def _prepare_sqlite(connection: SqliteConnection, _record: object) -> None:
    # We begin transactions ourselves: the driver begins none before DDL, so a failed migration would stay half applied.
    connection.isolation_level = None
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: a reader that turns writer fails without waiting when another came first.
    writes = connection.get_execution_options().get("e4j_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _prepare_postgres(connection: Any, _record: object) -> None:
    with connection.cursor() as cursor:
        for setting in _POSTGRES_SETTINGS:
            cursor.execute(f"SET {setting}")
    connection.commit()


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        # Store functions look before they insert, so only a rival between the two gets here. Coming back settles it.
        raise Busy(retry_after=_RETRY_SECONDS) from error
    except DBAPIError as error:
        refusal = _refusal_of(error)
        if refusal is None:
            raise
        raise refusal from error


def _refusal_of(error: DBAPIError) -> Refusal | None:
    cause = error.orig
    name = getattr(cause, "sqlite_errorname", None) or ""
    state = getattr(cause, "sqlstate", None)
    if name in _SQLITE_FULL or state in _POSTGRES_FULL:
        return StorageFull()
    # psycopg has no state for a server that does not answer.
    unreachable = not name and state is None and type(cause).__name__ == "OperationalError"
    if name.startswith(_SQLITE_AWAY) or (state or "").startswith(_POSTGRES_AWAY) or unreachable:
        return Busy(retry_after=_RETRY_SECONDS)
    return None
