"""Mark one answer of an attempt with the newest key of what was asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from e4j.mark import Mark, canonical, mark, possible
from e4j_server.services.key_book import ItemKey, KeyBook
from e4j_server.store.records import Receipt

Event = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemMark:
    """Say what an item of an attempt earned."""

    iv: str
    earned: int
    possible: int
    remarked: bool
    """The key that held when the answer arrived gave another mark."""
    mark: Mark
    answer: Event | None
    response: Any
    """The response with the ids of the source, or `None` for no answer."""


def mark_item(keys: KeyBook, quiz: str, asked: tuple[str, str], answer: Event | None, receipt: Receipt) -> ItemMark | None:
    """Mark an answer to the item and `iv` that were asked; `None` while its key is not known."""
    item, iv = asked[0], answer["iv"] if answer else asked[1]
    key = keys.item(quiz, item, iv)
    if key is None:
        return None
    response, given = _mark(key, answer)
    former = keys.item(quiz, item, iv, receipt.key_number) if receipt.key_number not in {None, key.number} else None
    return ItemMark(
        iv=iv,
        earned=given.earned,
        possible=given.possible,
        remarked=former is not None and _sums(_mark(former, answer)[1]) != _sums(given),
        mark=given,
        answer=answer,
        response=response,
    )


def _mark(key: ItemKey, answer: Event | None) -> tuple[Any, Mark]:
    item = key.in_language(answer["lang"] if answer else "")
    response = canonical(item, answer.get("r"), key.alias) if answer else None
    # What somebody says of their own text is no mark where only the server marks.
    given = Mark(earned=0, possible=0) if item["type"] == "reflect" else mark(item, response)
    return response, given


def possible_of(item: Mapping[str, Any]) -> int:
    """Return what an item of an assessed quiz can earn at most."""
    return 0 if item["type"] == "reflect" else possible(item)


def _sums(given: Mark) -> tuple[int, int]:
    return given.earned, given.possible
