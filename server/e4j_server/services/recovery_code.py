"""Make and read recovery codes: digits only, so they can be read aloud in any language."""

import secrets
import unicodedata

from e4j_server.errors import MisspeltCode

_RANDOM_DIGITS = 24
_GROUP = 5


def make_code() -> str:
    """Return a new code as it is shown, `12345-67890-…`: 24 random digits, about 80 bits, and a check digit."""
    digits = f"{secrets.randbelow(10**_RANDOM_DIGITS):0{_RANDOM_DIGITS}d}"
    digits += check_digit(digits)
    return "-".join(digits[start : start + _GROUP] for start in range(0, len(digits), _GROUP))


def read_code(text: str) -> str:
    """Return the 25 ASCII digits of a code as somebody typed it.

    Digits may be of any script; spaces, dashes and marks of direction between them do not
    count. Raises `MisspeltCode` for anything else, and for a wrong check digit.
    """
    digits = "".join(_read_character(character) for character in text)
    if len(digits) != _RANDOM_DIGITS + 1 or check_digit(digits[:-1]) != digits[-1]:
        raise MisspeltCode
    return digits


def check_digit(digits: str) -> str:
    """Return the Luhn digit: it finds every single wrong digit and nearly every pair of swapped ones.

    Source: ISO/IEC 7812-1, annex B.
    """
    doubled = [int(digit) * (2 - place % 2) for place, digit in enumerate(reversed(digits))]
    return str(-sum(value - 9 if value > 9 else value for value in doubled) % 10)


def _read_character(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    # Pd: dashes. Zs, Cc: spaces and line ends. Cf: invisible marks of direction that come along when Arabic is pasted.
    if unicodedata.category(character) in {"Pd", "Zs", "Cc", "Cf"} or character == "\N{MINUS SIGN}":
        return ""
    raise MisspeltCode
