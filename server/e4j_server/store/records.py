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


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProgress:
    """Hold a progress document computed earlier, with what it was computed from."""

    fold: int
    """Version of the fold."""
    events: int
    """Number of events folded."""
    body: str
    """The document as canonical JSON."""
