"""Remember between builds what is done: an SQLite file that may be deleted at any time."""

import pickle
import sqlite3
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any


class State:
    """A table of named values with the key they were made for. Values are pickled; a damaged file is started anew."""

    def __init__(self, path: Path) -> None:
        """Open or create the file."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._db = self._open()

    def _open(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.DatabaseError:
            self._path.unlink()
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        db = sqlite3.connect(self._path)
        db.execute("PRAGMA journal_mode=OFF")
        db.execute("PRAGMA synchronous=OFF")
        db.execute("CREATE TABLE IF NOT EXISTS entry (kind TEXT, name TEXT, key TEXT, value BLOB, PRIMARY KEY (kind, name)) WITHOUT ROWID")
        return db

    def keys(self, kind: str) -> dict[str, str]:
        """Return the key of every entry of a kind by name."""
        return dict(self._db.execute("SELECT name, key FROM entry WHERE kind = ?", (kind,)))

    def values(self, kind: str) -> dict[str, tuple[str, Any]]:
        """Return key and value of every entry of a kind by name."""
        rows = self._db.execute("SELECT name, key, value FROM entry WHERE kind = ? ORDER BY name", (kind,))
        return {name: (key, pickle.loads(value)) for name, key, value in rows}  # noqa: S301 - our own cache

    def value(self, kind: str, name: str) -> Any:
        """Return one value, or None."""
        row = self._db.execute("SELECT value FROM entry WHERE kind = ? AND name = ?", (kind, name)).fetchone()
        return pickle.loads(row[0]) if row else None  # noqa: S301 - our own cache

    def put(self, kind: str, entries: Mapping[str, tuple[str, Any]]) -> None:
        """Add or replace entries: name → (key, value)."""
        rows = [(kind, name, key, pickle.dumps(value, protocol=5)) for name, (key, value) in entries.items()]
        self._db.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", rows)

    def drop(self, kind: str, names: Iterable[str]) -> None:
        """Remove entries."""
        self._db.executemany("DELETE FROM entry WHERE kind = ? AND name = ?", [(kind, name) for name in names])

    def close(self) -> None:
        """Write everything and close the file."""
        self._db.commit()
        self._db.close()
