"""Give learners their progress, computed once for each state of their log."""

from contextlib import suppress

from e4j_server.errors import Busy, StorageFull
from e4j_server.services.fold import FOLD_VERSION, fold_events
from e4j_server.services.learner_log import read_learner_log
from e4j_server.services.strict_json import canonical_json
from e4j_server.store.database import Database, Transaction
from e4j_server.store.events import count_events
from e4j_server.store.keys import count_versions
from e4j_server.store.learners import list_survivors
from e4j_server.store.progress import drop_all_progress, keep_progress, read_progress
from e4j_server.store.records import KeptProgress


def read_or_fold(database: Database, learner: str) -> str:
    """Return the progress document of a surviving learner as canonical JSON."""
    with database.read() as tx:
        kept = _read_current(tx, learner)
        computed = kept or _fold(tx, learner)
    if kept is None:
        # What is computed need not be kept: a full disk stops writing, never reading.
        with suppress(Busy, StorageFull), database.write() as tx:
            keep_progress(tx, learner, computed)
    return computed.body


def rebuild_progress(database: Database) -> int:
    """Forget every computed document, compute all again and return how many there are."""
    with database.write() as tx:
        drop_all_progress(tx)
        learners = list_survivors(tx)
    for learner in learners:
        with database.write() as tx:
            keep_progress(tx, learner, _fold(tx, learner))
    return len(learners)


def find_differences(database: Database) -> list[str]:
    """Return the learners whose kept document is not byte for byte what their log gives."""
    with database.read() as tx:
        learners = list_survivors(tx)
    different = []
    for learner in learners:
        with database.read() as tx:
            kept = _read_current(tx, learner)
            if kept and kept.body.encode() != _fold(tx, learner).body.encode():
                different.append(learner)
    return different


def _read_current(tx: Transaction, learner: str) -> KeptProgress | None:
    """Return the kept document if it is of this fold, of all events and of all keys.

    Log and keys only grow, so equal counts mean equal sets: nothing needs to be told when
    events or keys arrive or learners merge.
    """
    kept = read_progress(tx, learner)
    current = kept and (kept.fold, kept.events, kept.keys) == (FOLD_VERSION, count_events(tx, learner), count_versions(tx))
    return kept if current else None


def _fold(tx: Transaction, learner: str) -> KeptProgress:
    log = read_learner_log(tx, learner)
    body = canonical_json(fold_events(learner, log.events, log.assessment))
    return KeptProgress(fold=FOLD_VERSION, events=len(log.events), keys=count_versions(tx), body=body)
