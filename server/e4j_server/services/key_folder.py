"""Read the folder of keys that the build writes, and notice when it changes.

One file a quiz, never inside the site: `docs/developers/contracts.md`, "The keys a server needs".
"""

import json
import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

from e4j_server.errors import KeysUnusable

Json = dict[str, Any]
"""One JSON object of a key file."""

_SCHEMA = "key/1"
_OF_ENTRY = ("iv", "kv", "alias")
_SECONDS = 1.0
_Stamp = tuple[tuple[str, int, int], ...]
_log = logging.getLogger("e4j_server")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEntry:
    """Hold one item with its key."""

    id: str
    iv: str
    digest: str
    item: Json
    alias: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizTexts:
    """Hold a quiz in one language: its title and its items with keys, by id."""

    title: str
    items: Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFile:
    """Hold the keys of one quiz."""

    quiz: str
    rev: str
    mode: str
    passing: int
    """Thousandths of the points that are enough."""
    attempts: int
    """How often the quiz may be handed in; 0: any number."""
    feedback: str
    draw: tuple[Json, ...]
    shuffle: bool
    tier: str
    entries: tuple[KeyEntry, ...]
    languages: Mapping[str, QuizTexts] = field(repr=False)


KeyFiles = Mapping[str, KeyFile]
"""The files of a folder by quiz."""


class KeyFolder:
    """Look into the folder of keys; it may be written anew while we serve."""

    def __init__(self, root: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self.root = root
        self._clock = clock
        self._looked: float | None = None
        self._stamp: _Stamp | None = None
        self._files: KeyFiles = {}
        self._lock = Lock()

    def check(self, site: Path) -> None:
        """Raise `KeysUnusable` for a folder that cannot be read or that the site would show to everybody."""
        if self.root.resolve().is_relative_to(site.resolve()):
            raise KeysUnusable(
                f"The keys in {self.root} are inside the site, where everybody can read them.",
                "Name another folder with --keys or E4J_KEYS and build again.",
            )
        self._read()

    def files(self) -> KeyFiles:
        """Return what the folder holds; it is looked at once a second at most.

        A folder that is just being written stays as it was before: the next look will find it whole.
        """
        with self._lock:
            now = self._clock()
            if self._looked is None or now - self._looked >= _SECONDS:
                self._looked = now
                try:
                    self._read()
                except KeysUnusable as error:
                    _log.warning(error)
            return self._files

    def _read(self) -> None:
        try:
            stamp = _stamp(self.root)
            if stamp != self._stamp:
                files = [_read_file(self.root / name) for name, _, _ in stamp]
                self._stamp, self._files = stamp, {one.quiz: one for one in files}
        except OSError as error:
            raise KeysUnusable(f"The keys in {self.root} cannot be read: {error}", "Check --keys or E4J_KEYS.") from error


def _stamp(root: Path) -> _Stamp:
    if not root.is_dir():
        return ()
    facts = ((path.name, path.stat()) for path in sorted(root.glob("*.json")))
    return tuple((name, one.st_mtime_ns, one.st_size) for name, one in facts)


def _read_file(path: Path) -> KeyFile:
    try:
        return _decode(json.loads(path.read_bytes()), path.stem)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeysUnusable(f"{path} is not a file of keys of this version.", "Build the site again with: e4j build") from error


def _decode(raw: Json, quiz: str) -> KeyFile:
    if raw["schema"] != _SCHEMA or raw["quiz"] != quiz:
        raise ValueError(raw["schema"])
    languages = {
        language: QuizTexts(title=texts["title"], items={item["id"]: item for item in texts["items"]})
        for language, texts in raw["languages"].items()
    }
    return KeyFile(
        quiz=raw["quiz"],
        rev=raw["rev"],
        mode=raw["mode"],
        passing=round(float(raw.get("pass") or 0) * 1000),
        attempts=int(raw.get("attempts") or 0),
        feedback=raw.get("feedback") or "on-finish",
        draw=tuple(raw.get("draw") or ()),
        shuffle=bool(raw.get("shuffle")),
        tier=raw["tier"],
        entries=tuple(_decode_entry(entry) for entry in raw["items"]),
        languages=languages,
    )


def _decode_entry(entry: Json) -> KeyEntry:
    item = {name: value for name, value in entry.items() if name not in _OF_ENTRY}
    return KeyEntry(id=item["id"], iv=entry["iv"], digest=str(entry["kv"]), item=item, alias=entry.get("alias") or {})
