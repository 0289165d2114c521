"""Keep computed progress; every row may be dropped at any time."""

from sqlalchemy import delete, insert, select

from e4j_server.store.database import Transaction
from e4j_server.store.records import KeptProgress
from e4j_server.store.tables import progress


def read_progress(tx: Transaction, learner_id: str) -> KeptProgress | None:
    """Return what was computed last for a learner, which may be out of date."""
    row = tx.execute(select(progress).where(progress.c.learner == learner_id)).one_or_none()
    return KeptProgress(fold=row.fold, events=row.events, keys=row.keys, body=row.body) if row else None


def keep_progress(tx: Transaction, learner_id: str, kept: KeptProgress) -> None:
    """Put a computed document in the place of the last one."""
    drop_progress(tx, learner_id)
    row = {"learner": learner_id, "fold": kept.fold, "events": kept.events, "keys": kept.keys, "body": kept.body}
    tx.execute(insert(progress).values(row))


def drop_progress(tx: Transaction, learner_id: str) -> None:
    """Forget what was computed for a learner."""
    tx.execute(delete(progress).where(progress.c.learner == learner_id))


def drop_all_progress(tx: Transaction) -> None:
    """Forget everything computed."""
    tx.execute(delete(progress))
