"""Keep learners, their tokens and their recovery codes."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Table, func, insert, or_, select, update

from e4j_server.store.database import Transaction
from e4j_server.store.tables import learner, recovery, token


def add_learner(tx: Transaction, learner_id: str, hour: str) -> None:
    """Store a new learner."""
    tx.execute(insert(learner).values(id=learner_id, created_hour=hour))


def add_token(tx: Transaction, digest: bytes, learner_id: str, hour: str) -> None:
    """Let the holder of a token act for a learner."""
    _add_secret(tx, token, digest, learner_id, hour)


def add_recovery(tx: Transaction, digest: bytes, learner_id: str, hour: str) -> None:
    """Let the holder of a recovery code become a learner."""
    _add_secret(tx, recovery, digest, learner_id, hour)


def find_by_token(tx: Transaction, digest: bytes) -> str | None:
    """Return the surviving learner for whom a token acts."""
    return _find_by_secret(tx, token, digest)


def find_by_recovery(tx: Transaction, digest: bytes) -> str | None:
    """Return the surviving learner to whom a recovery code belongs."""
    return _find_by_secret(tx, recovery, digest)


def family_of(learner_id: str) -> ColumnElement[bool]:
    """Select a surviving learner and everyone merged into it, for a statement that joins `learner`."""
    return or_(learner.c.id == learner_id, learner.c.merged_into == learner_id)


def lock_learners(tx: Transaction, learner_ids: Iterable[str]) -> set[str]:
    """Hold learners until the transaction ends and return those of them that survive unmerged.

    SQLite's one writer holds everything already. Rows are locked in one order, so two
    transactions never wait for each other.
    """
    rows = select(learner.c.id, learner.c.merged_into).where(learner.c.id.in_(sorted(learner_ids)))
    locked = tx.execute(rows.order_by(learner.c.id).with_for_update(key_share=True))
    return {row.id for row in locked if row.merged_into is None}


def merge_learner(tx: Transaction, source: str, target: str) -> None:
    """Make one surviving learner part of another, with all who were part of it."""
    rows = update(learner).where(or_(learner.c.id == source, learner.c.merged_into == source))
    tx.execute(rows.values(merged_into=target))


def list_survivors(tx: Transaction) -> list[str]:
    """Return every learner that is not merged into another, in a fixed order."""
    return list(tx.scalars(select(learner.c.id).where(learner.c.merged_into.is_(None)).order_by(learner.c.id)))


def _add_secret(tx: Transaction, table: Table, digest: bytes, learner_id: str, hour: str) -> None:
    tx.execute(insert(table).values(sha256=digest, learner=learner_id, created_hour=hour))


def _find_by_secret(tx: Transaction, table: Table, digest: bytes) -> str | None:
    survivor = func.coalesce(learner.c.merged_into, learner.c.id)
    rows = select(survivor).join_from(table, learner, table.c.learner == learner.c.id)
    found: str | None = tx.scalar(rows.where(table.c.sha256 == digest))
    return found
