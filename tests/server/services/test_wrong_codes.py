"""Wrong codes are counted by address, for a minute, in bounded memory."""

import pytest
from e4j_server.errors import TooManyCodes
from e4j_server.services import wrong_codes
from e4j_server.services.wrong_codes import WRONG_CODES, WrongCodes


class Clock:
    """Show the seconds a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_ten_wrong_codes_are_borne_and_then_the_address_waits():
    clock = Clock()
    codes = WrongCodes(clock)
    for _ in range(WRONG_CODES):
        codes.check("a")
        codes.add("a")
        clock.now += 2
    with pytest.raises(TooManyCodes) as caught:
        codes.check("a")
    assert caught.value.retry_after == 40
    codes.check("b")
    clock.now += 40
    codes.check("a")


def test_addresses_are_forgotten_after_a_minute():
    clock = Clock()
    codes = WrongCodes(clock)
    for address in "abc":
        codes.add(address)
    clock.now += 60
    codes.check("b")
    codes.add("d")
    assert list(codes._times) == ["d"]


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(wrong_codes, "_MOST_ADDRESSES", 3)
    codes = WrongCodes(Clock())
    for address in "abcde":
        codes.add(address)
    assert list(codes._times) == ["c", "d", "e"]
