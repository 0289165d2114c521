"""Hold versions of keys in memory, so that folding stays pure."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from e4j_server.store.records import KeyName, KeyVersion, Receipt

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Say how a quiz is taken now."""

    mode: str
    passing: int
    """Thousandths of the points that are enough."""
    attempts: int
    """How often it may be handed in; 0: any number."""
    feedback: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Say what a revision of a quiz asks."""

    draw: tuple[Json, ...]
    shuffle: bool
    items: tuple[Json, ...]
    """Id, tags and `iv` of each item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemKey:
    """Hold an item with its key."""

    number: int
    item: Json
    alias: Mapping[str, str]
    languages: Mapping[str, Json]

    def in_language(self, language: str) -> Json:
        """Return the item with what counts as right in a language."""
        return {**self.item, **self.languages.get(language, {})}


@dataclass(frozen=True, slots=True)
class KeyBook:
    """Find keys by name and number."""

    versions: Mapping[KeyName, tuple[KeyVersion, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, versions: Iterable[KeyVersion]) -> "KeyBook":
        """Make a book of versions in any order."""
        found: dict[KeyName, list[KeyVersion]] = {}
        for one in sorted(versions, key=lambda one: (one.name, one.number)):
            found.setdefault(one.name, []).append(one)
        return cls({name: tuple(some) for name, some in found.items()})

    def policy(self, quiz: str) -> Policy | None:
        """Return how a quiz is taken."""
        body = self._body(KeyName(quiz, "", ""))
        return Policy(**body) if body else None

    def is_assessed(self, quiz: str) -> bool:
        """Tell whether only the server marks a quiz."""
        policy = self.policy(quiz)
        return policy is not None and policy.mode == "assessed"

    def selection(self, quiz: str, rev: str, number: int | None) -> Selection | None:
        """Return what a revision of a quiz asked when version `number` held."""
        name = KeyName(quiz, "", rev)
        body = self._body(name, number) or self._body(name)
        return body and Selection(draw=tuple(body["draw"]), shuffle=body["shuffle"], items=tuple(body["items"]))

    def item(self, quiz: str, item: str, iv: str, number: int | None = None) -> ItemKey | None:
        """Return the newest key of an item as it was asked, or the one of a number."""
        version = self._version(KeyName(quiz, item, iv), number)
        return ItemKey(number=version.number, **json.loads(version.body)) if version else None

    def _body(self, name: KeyName, number: int | None = None) -> Any:
        version = self._version(name, number)
        return json.loads(version.body) if version else None

    def _version(self, name: KeyName, number: int | None) -> KeyVersion | None:
        versions = self.versions.get(name, ())
        return next((one for one in reversed(versions) if number in {None, one.number}), None)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Hold what marking an assessed quiz needs beside the events."""

    keys: KeyBook = field(default_factory=KeyBook)
    receipts: Mapping[str, Receipt] = field(default_factory=dict)
    """By id of event."""

    def receipt(self, event: str) -> Receipt:
        """Say what held when an event arrived."""
        return self.receipts.get(event, Receipt())
