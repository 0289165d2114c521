"""Start learners, recognise them and bring them back by their recovery code."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass

from e4j_server.errors import BadToken, Busy, UnknownCode
from e4j_server.services.recovery_code import make_code, read_code
from e4j_server.store import learners as store
from e4j_server.store.database import Database, Transaction

_TOKEN_BYTES = 32
_RETRY_SECONDS = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """Hold what lets a device act for a learner; the server itself keeps only digests of it."""

    learner: str
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLearner(Admission):
    """Hold what a learner gets once, at the start."""

    recovery_code: str


def start_learner(database: Database, hour: str) -> NewLearner:
    """Make a learner about whom nothing is known."""
    new = NewLearner(learner=str(uuid.uuid4()), token=_make_token(), recovery_code=make_code())
    with database.write() as tx:
        store.add_learner(tx, new.learner, hour)
        store.add_token(tx, _digest_token(new.token), new.learner, hour)
        store.add_recovery(tx, _digest_code(read_code(new.recovery_code)), new.learner, hour)
    return new


def recognise_learner(database: Database, token: str) -> str:
    """Return the surviving learner for whom a token acts, or raise `BadToken`."""
    with database.read() as tx:
        learner = store.find_by_token(tx, _digest_token(token))
    if learner is None:
        raise BadToken
    return learner


def find_learner(database: Database, code: str) -> str:
    """Return the surviving learner of a recovery code, or raise `MisspeltCode` or `UnknownCode`."""
    digest = _digest_code(read_code(code))
    with database.read() as tx:
        learner = store.find_by_recovery(tx, digest)
    if learner is None:
        raise UnknownCode
    return learner


def redeem_code(database: Database, code: str, own_learner: str | None, hour: str) -> Admission:
    """Let a device act for the learner of a recovery code, and join its own learner's history to it.

    Raises `MisspeltCode` or `UnknownCode`. The code stays valid: it is on paper.
    """
    digest = _digest_code(read_code(code))
    token = _make_token()
    with database.write() as tx:
        learner = store.find_by_recovery(tx, digest)
        if learner is None:
            raise UnknownCode
        if own_learner not in {None, learner}:
            _merge(tx, str(own_learner), learner)
        store.add_token(tx, _digest_token(token), learner, hour)
    return Admission(learner=learner, token=token)


def _merge(tx: Transaction, source: str, target: str) -> None:
    both = {source, target}
    # One of them was merged elsewhere between our look and our lock; the next try sees it.
    if store.lock_learners(tx, both) != both:
        raise Busy(retry_after=_RETRY_SECONDS)
    store.merge_learner(tx, source, target)


def _make_token() -> str:
    return secrets.token_urlsafe(_TOKEN_BYTES)


# Plain SHA-256 is enough for both: a slow hash protects secrets that people invent, and these are 256 and 80 random
# bits. The prefix keeps a digest of one kind from ever being one of the other.
def _digest_token(token: str) -> bytes:
    return hashlib.sha256(b"token:" + token.encode()).digest()


def _digest_code(digits: str) -> bytes:
    return hashlib.sha256(b"recovery:" + digits.encode()).digest()
