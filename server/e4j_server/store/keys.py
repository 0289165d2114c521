"""Keep versions of keys; nothing stored is ever changed."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import func, insert, select

from e4j_server.store.database import Transaction
from e4j_server.store.records import KeyName, KeyVersion
from e4j_server.store.tables import item_key


def count_versions(tx: Transaction) -> int:
    """Count all versions of all keys."""
    return tx.scalar(select(func.count()).select_from(item_key)) or 0


def list_quizzes(tx: Transaction) -> set[str]:
    """Return the quizzes that have keys."""
    return set(tx.scalars(select(item_key.c.quiz).distinct()))


def read_versions(tx: Transaction, quizzes: Collection[str]) -> list[KeyVersion]:
    """Return all versions of the keys of some quizzes, in a fixed order."""
    columns = item_key.c
    rows = select(item_key).where(columns.quiz.in_(sorted(quizzes)))
    ordered = tx.execute(rows.order_by(columns.quiz, columns.item, columns.iv, columns.number))
    return [
        KeyVersion(name=KeyName(row.quiz, row.item, row.iv), number=row.number, digest=row.key_digest, body=row.body)
        for row in ordered
    ]


def newest_numbers(tx: Transaction, names: Iterable[KeyName]) -> Mapping[KeyName, int]:
    """Return the newest number of each key that has one."""
    wanted = set(names)
    columns = item_key.c
    rows = select(columns.quiz, columns.item, columns.iv, func.max(columns.number).label("newest"))
    found = tx.execute(
        rows.where(columns.quiz.in_({name.quiz for name in wanted})).group_by(columns.quiz, columns.item, columns.iv),
    )
    newest = {KeyName(row.quiz, row.item, row.iv): row.newest for row in found}
    return {name: newest[name] for name in wanted & newest.keys()}


def add_versions(tx: Transaction, versions: Sequence[KeyVersion], hour: str) -> None:
    """Store new versions."""
    rows = [
        {
            "quiz": one.name.quiz,
            "item": one.name.item,
            "iv": one.name.iv,
            "number": one.number,
            "key_digest": one.digest,
            "body": one.body,
            "since_hour": hour,
        }
        for one in versions
    ]
    if rows:
        tx.execute(insert(item_key), rows)
