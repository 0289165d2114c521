"""Write a term's pages as text, and read them back. The twin of `web/search/postings.ts`.

A posting is the number `page × 16 + weight`. A term's postings, in page order, are written as the steps from one to the
next, starting from 1. Most steps are whole pages at equal weight, so these take one character:

| first digit | stands for |
|---|---|
| 0 … 47 | a step of 16, 32 … 768 |
| 48 … 81 | with one more digit, a step below 34 × 91 |
| 82 … 89 | with two more, a step below 8 × 91² |
| 90 | with three more, a step below 91³ |
"""

import operator
from collections.abc import Mapping, Sequence

from e4j.publish.search.tables import Tables

BASE = 91
NEAR = 48
TWO = 34
THREE = 8
MOST_PAGES = BASE**3 // 16


def step_codes(pages: int, tables: Tables) -> list[str]:
    """List how each step that `pages` pages can need is written."""
    return [_code(step, tables.digits) for step in range(pages * 16)]


def _code(step: int, digits: str) -> str:
    pages, uneven = divmod(step, 16)
    if not uneven and 1 <= pages <= NEAR:
        return digits[pages - 1]
    high, low = divmod(step, BASE)
    if high < TWO:
        return digits[NEAR + high] + digits[low]
    high, middle = divmod(high, BASE)
    if high < THREE:
        return digits[NEAR + TWO + high] + digits[middle] + digits[low]
    return digits[BASE - 1] + digits[high] + digits[middle] + digits[low]


def encode(postings: int | Sequence[int], codes: Sequence[str]) -> str:
    """Write one posting, or several in ascending order, with the codes from `step_codes`."""
    if isinstance(postings, int):
        return codes[postings - 1]
    return "".join(map(codes.__getitem__, map(operator.sub, postings, (1, *postings))))


def decode(text: str, tables: Tables) -> dict[int, int]:
    """Read postings back: page number → weight."""
    digits = tables.digits
    found: dict[int, int] = {}
    posting, at = 1, 0
    while at < len(text):
        lead = digits.index(text[at])
        more = (lead >= NEAR) + (lead >= NEAR + TWO) + (lead >= NEAR + TWO + THREE)
        step = (0, lead - NEAR, lead - NEAR - TWO, 0)[more]
        for digit in text[at + 1 : at + 1 + more]:
            step = step * BASE + digits.index(digit)
        posting += step if more else (lead + 1) * 16
        found[posting >> 4] = posting & 15
        at += 1 + more
    return found


def pack(weights: Mapping[int, int]) -> list[int]:
    """Turn page number → weight into ascending postings; a weight of 0 means the page lost the term."""
    return sorted(page * 16 + weight for page, weight in weights.items() if weight)
