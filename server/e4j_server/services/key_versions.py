"""Add the keys of the folder to the database as versions: what was once asked can be marked for ever."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from threading import Lock

from e4j_server.errors import Busy, StorageFull
from e4j_server.services.key_folder import Json, KeyEntry, KeyFile, KeyFiles, KeyFolder
from e4j_server.services.strict_json import canonical_json
from e4j_server.store.database import Database
from e4j_server.store.keys import add_versions, read_versions
from e4j_server.store.records import KeyName, KeyVersion

_OF_LANGUAGE = ("accept", "gaps", "unit")
"""Fields of an item that are data for each language, not translations."""


class Keys:
    """Give the keys of the folder, and see to it that the database has them first."""

    def __init__(self, folder: KeyFolder, database: Database) -> None:
        self._folder = folder
        self._database = database
        self._added: KeyFiles | None = None
        self._lock = Lock()

    def files(self, hour: str) -> KeyFiles:
        """Return the files of the folder; their versions are stored when this returns.

        A full disk or a busy database stops no reading: then the next call tries again.
        """
        files = self._folder.files()
        with self._lock, suppress(Busy, StorageFull):
            if files and files is not self._added:
                add_keys(self._database, files, hour)
                self._added = files
        return files


def add_keys(database: Database, files: KeyFiles, hour: str) -> int:
    """Store every key that differs from the newest version under its name; return how many were new.

    A known `iv` with another digest is a corrected key and gets the next number.
    """
    with database.write() as tx:
        newest = {one.name: one for one in read_versions(tx, files.keys())}
        fresh = [one for file in files.values() for one in _fresh_versions(file, newest)]
        add_versions(tx, fresh, hour)
    return len(fresh)


def _fresh_versions(file: KeyFile, newest: dict[KeyName, KeyVersion]) -> Iterator[KeyVersion]:
    for name, digest, body in _bodies(file):
        held = newest.get(name)
        if held is None or held.digest != digest:
            yield KeyVersion(name=name, number=held.number + 1 if held else 1, digest=digest, body=canonical_json(body))


def _bodies(file: KeyFile) -> Iterator[tuple[KeyName, str, Json]]:
    policy: Json = {"mode": file.mode, "passing": file.passing, "attempts": file.attempts, "feedback": file.feedback}
    items = [{"id": entry.id, "tags": entry.item.get("tags") or [], "iv": entry.iv} for entry in file.entries]
    selection: Json = {"draw": list(file.draw), "shuffle": file.shuffle, "items": items}
    yield KeyName(file.quiz, "", ""), _digest(policy), policy
    yield KeyName(file.quiz, "", file.rev), _digest(selection), selection
    for entry in file.entries:
        yield KeyName(file.quiz, entry.id, entry.iv), entry.digest, _item_body(entry, file)


def _item_body(entry: KeyEntry, file: KeyFile) -> Json:
    languages = {language: _pick(texts.items[entry.id], _OF_LANGUAGE) for language, texts in file.languages.items()}
    return {"item": entry.item, "alias": dict(entry.alias), "languages": {language: own for language, own in languages.items() if own}}


def _pick(item: Json, names: Iterable[str]) -> Json:
    return {name: item[name] for name in names if name in item}


def _digest(value: Json) -> str:
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()[:12]
