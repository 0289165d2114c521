"""Carry rows between services and tables."""

from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """Say what became of an event; all are final."""

    NEW = "new"
    """Stored now."""
    DUP = "dup"
    """Stored before with the same content."""
    CONFLICT = "conflict"
    """Its id or its place in the device's sequence is taken by other content; kept in quarantine."""
    INVALID = "invalid"
    """Not an event; not kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Hold one checked event of a learner's log."""

    id: str
    """UUIDv7 made by the device."""
    device: str
    """Random UUID of the device."""
    seq: int
    """Place in the log of this device, from 1."""
    body: str
    """The whole event as canonical JSON."""
    sha256: bytes
    """Digest of `body`."""
    attempt: str | None = None
    """UUID of the attempt at an assessed quiz."""
    key: "KeyName | None" = None
    """What the event of an attempt is about."""


@dataclass(frozen=True, slots=True, order=True)
class KeyName:
    """Name what has versions.

    An item as it is asked. Without an item: what a revision of the quiz draws from, or, without a revision either, how the
    quiz is taken.
    """

    quiz: str
    item: str
    iv: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyVersion:
    """Hold one version of a key."""

    name: KeyName
    number: int
    """From 1; the highest one counts."""
    digest: str
    body: str
    """Canonical JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Say what held when an event of an attempt arrived."""

    key_number: int | None = None
    """Newest number of its key."""
    late: bool = False
    """Its attempt was handed in already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Logged:
    """Hold one event as the log gives it back."""

    body: str
    receipt: Receipt



@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProgress:
    """Hold a progress document computed earlier, with what it was computed from."""

    fold: int
    """Version of the fold."""
    events: int
    """Number of events folded."""
    keys: int
    """Number of versions of keys there were."""
    body: str
    """The document as canonical JSON."""
