"""Bring the database to the schema of this version."""

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from e4j_server.errors import Busy, DatabaseUnreachable, SchemaMismatch, StorageFull
from e4j_server.store.database import Database, Transaction

_SCRIPTS = Path(__file__).parent.parent / "migrations"
# Any number does, as long as every server uses the same one.
_UPGRADE_LOCK = 0xE4F0


def newest_schema() -> str:
    """Return the revision this version of the server works with."""
    head = ScriptDirectory(str(_SCRIPTS)).get_current_head()
    if head is None:
        raise LookupError(f"no migrations in {_SCRIPTS}")
    return head


def read_schema(database: Database) -> str | None:
    """Return the revision of a database, or `None` for an empty one."""
    with database.read() as tx:
        return _revision(tx)


def check_schema(database: Database) -> None:
    """Raise `SchemaMismatch` unless the database has the schema of this version."""
    have = open_schema(database)
    if have != newest_schema():
        raise _mismatch(database, have)


def open_schema(database: Database) -> str | None:
    """Return the revision of a database that an operator named, or say why it cannot be opened."""
    try:
        if database.file:
            database.file.parent.mkdir(parents=True, exist_ok=True)
        return read_schema(database)
    except (OSError, Busy, StorageFull, ValueError) as error:
        reason = _first_line(error.__cause__ or error)
        raise DatabaseUnreachable(
            f"The database {database.name} cannot be opened: {reason}",
            "Check E4J_DATABASE or --database, that the server runs, and that this user may write there.",
        ) from error


def upgrade_schema(database: Database) -> str:
    """Run every missing migration in one transaction and return the revision reached.

    Two upgrades at once wait for each other; a failed one leaves the database as it was.
    """
    open_schema(database)
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    with database.write() as tx:
        if not database.is_sqlite:
            tx.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
        have = _revision(tx)
        if not _is_known(have):
            raise _mismatch(database, have)
        settings.attributes["connection"] = tx
        command.upgrade(settings, "head")
    return newest_schema()


def _revision(tx: Transaction) -> str | None:
    return MigrationContext.configure(tx).get_current_revision()


def _is_known(revision: str | None) -> bool:
    ours = {script.revision for script in ScriptDirectory(str(_SCRIPTS)).walk_revisions()}
    return revision is None or revision in ours


def _mismatch(database: Database, have: str | None) -> SchemaMismatch:
    remedy = "It was made by a newer version of e4j-server. Install that version or a newer one."
    if _is_known(have):
        remedy = "Make a backup, then run: e4j-server upgrade"
    problem = f"The database {database.name} has schema {have or 'none'}, this version needs {newest_schema()}."
    return SchemaMismatch(problem, remedy)


def _first_line(error: BaseException) -> str:
    cause = getattr(error, "orig", None) or error
    return (str(cause).splitlines() or [type(cause).__name__])[0]
