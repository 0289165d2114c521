"""Lay out terms in files and write these as classic scripts.

Terms are sorted and put in groups by their first letter, so that what a word begins with leads to one place. Which group a
term is in depends on the term and on the number of pages alone. A group that is too large for one file is cut; where, the
terms near the cut decide by their hash, so a change shifts the cuts of a few files and not of all that follow (content-defined
chunking, A. Muthitacharoen et al., "LBFS", 2001). One set of pages therefore has one layout, however it came about.
"""

import json
from collections.abc import Callable, Iterable
from typing import NamedTuple, cast
from zlib import crc32

Entry = tuple[str, str]
"""A term and its written postings."""

LEAST_SIZE = 13_000
LARGEST_SIZE = 20_000
_CUT_ONE_IN = 16
_FIRST_CJK = 0x2E80
# pages fewer than … → how many neighbouring letters share a group, as powers of two: alphabets, CJK
_SHARED_LETTERS = ((128, 3, 11), (512, 1, 8))
_SHARED_LETTERS_AT_MOST = (0, 7)


class Shard(NamedTuple):
    """One file of terms."""

    name: str
    first: str
    """Its first term."""
    data: str
    """Its text: terms and postings in turn."""


def letter_groups(pages: int) -> Callable[[str], int]:
    """Give the function that says which group a first letter belongs to: the first code point of the group."""
    alphabet, cjk = next((shared for below, *shared in _SHARED_LETTERS if pages < below), _SHARED_LETTERS_AT_MOST)

    def group_of(letter: str) -> int:
        code = ord(letter)
        shift = alphabet if code < _FIRST_CJK else cjk
        return code >> shift << shift

    return group_of


def cut_group(group: int, entries: Iterable[Entry]) -> list[Shard]:
    """Cut a group's sorted entries to shards of about 13 to 20 thousand bytes."""
    shards: list[Shard] = []
    parts: list[str] = []
    size = 0
    letter = len(chr(group).encode())

    def close() -> None:
        nonlocal size
        shards.append(Shard(f"t-{group:x}-{len(shards)}", parts[0], " ".join(parts)))
        parts.clear()
        size = 0

    for term, postings in entries:
        needed = letter * len(term) + len(postings) + 2
        wanted = size >= LEAST_SIZE and not crc32(term.encode()) % _CUT_ONE_IN
        if parts and (wanted or size + needed > LARGEST_SIZE):
            close()
        parts += (term, postings)
        size += needed
    if parts:
        close()
    return shards


def path_of(name: str) -> str:
    """Give the path of a file of the index, relative to the language folder."""
    return f"search/{name}.js"


def write_script(name: str, stamp: str, data: object) -> bytes:
    """Write `data` as a classic script, so that it loads from `file://` too."""
    values = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in (name, stamp, data))
    return f"e4jSearchLoad({values});\n".encode()


def read_script(script: bytes) -> object:
    """Read back the data of a script from `write_script`."""
    arguments = script.decode().removeprefix("e4jSearchLoad(").removesuffix(");\n")
    return cast("object", json.loads(f"[{arguments}]")[2])
