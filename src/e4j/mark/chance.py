"""Chance that can be replayed: the same seed gives the same order here and in web/player/chance.ts."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import count, islice
from typing import Any, TypeVar

from e4j.mark.normalize import well_formed

T = TypeVar("T")
_WORD = 0xFFFFFFFF


def hash32(text: str) -> int:
    """Return FNV-1a over UTF-8, 32 bits."""
    value = 0x811C9DC5
    for byte in well_formed(text).encode():
        value = (value ^ byte) * 0x01000193 & _WORD
    return value


def numbers(seed: str) -> Iterator[int]:
    """Yield the states of xorshift32 (13, 17, 5) that follow the hash of the seed, without end."""
    state = hash32(seed) or 1
    for _ in count():
        state ^= state << 13 & _WORD
        state ^= state >> 17
        state ^= state << 5 & _WORD
        yield state


def shuffle(values: Sequence[T], seed: str) -> list[T]:
    """Return the values in another order: Fisher–Yates from the end."""
    shuffled = list(values)
    for last, number in zip(range(len(shuffled) - 1, 0, -1), numbers(seed), strict=False):
        other = number % (last + 1)
        shuffled[last], shuffled[other] = shuffled[other], shuffled[last]
    return shuffled


def part_order(parts: Sequence[T], seed: str, item: str) -> list[T]:
    """Return the parts of an item as they are shown. `parts` comes in the right order; an order that comes out right is turned by one."""
    order = shuffle(range(len(parts)), f"{seed}/{item}")
    if order == list(range(len(parts))):
        order = order[1:] + order[:1]
    return [parts[place] for place in order]


def draw(items: Sequence[Mapping[str, Any]], lines: Sequence[Mapping[str, Any]], seed: str, *, mixed: bool = False) -> list[Mapping[str, Any]]:
    """Return the items to ask: `n` of those with one of the tags `from` for each line, or all without lines. `mixed` shuffles them."""
    taken: set[int] = set() if lines else set(range(len(items)))
    for number, line in enumerate(lines):
        candidates = [place for place, item in enumerate(items) if place not in taken and _fits(item, line["from"])]
        taken.update(islice(shuffle(candidates, f"{seed}/draw/{number}"), line["n"]))
    drawn = [items[place] for place in sorted(taken)]
    return shuffle(drawn, f"{seed}/items") if mixed else drawn


def _fits(item: Mapping[str, Any], tags: Sequence[str]) -> bool:
    return not tags or any(tag in tags for tag in item.get("tags") or ())
