"""Numbers as people type them in six languages, compared exactly. web/player/numbers.ts reads the same."""

import re
import unicodedata

from e4j.mark.normalize import ascii_digits, drop_unseen, normalize, plain_spaces, well_formed

_LONGEST = 40
_SIGNS = str.maketrans({"−": "-", "‒": "-", "–": "-", "—": "-", "٫": ".", "،": ",", "٪": "%", "٬": None, "'": None, "’": None})
_SPACED = re.compile(r"(?<=[0-9]) (?=[0-9])")
_NUMBER = re.compile(r"([+-]?) ?([0-9.,]+)")
_TAG = re.compile(r"<[^>]*>")
_ENTITIES = {"lt": "<", "gt": ">", "quot": '"', "#39": "'", "#x27": "'", "amp": "&"}


def read_numbers(typed: str, unit: str = "") -> list[str]:
    """Return every number the typed text may mean, as decimal strings: none, one, or two for the likes of "1,000".

    "1,000" is a thousand in one language and one in another. `unit` is inline HTML and may stand at either end of the text.
    """
    match = _NUMBER.fullmatch(_SPACED.sub("", _without_unit(_plain(typed), unit)))
    digits = re.sub(r"[.,]\Z", "", match[2]) if match else ""
    if not match or len(digits) > _LONGEST or not re.search("[0-9]", digits):
        return []
    sign = "-" if match[1] == "-" else ""
    marks = [mark for mark in ",." if mark in digits]
    readings = [digits] if not marks else _one_mark(digits, marks[0]) if len(marks) == 1 else _two_marks(digits)
    return [sign + ("0" if reading.startswith(".") else "") + reading for reading in readings]


def within(number: str, value: str, tolerance: str) -> bool:
    """Tell whether |number − value| ≤ tolerance, exactly."""
    decimals = [_decimal(text) for text in (number, value, tolerance)]
    scale = max(scale for _, scale in decimals)
    left, right, most = (digits * int("1" + "0" * (scale - own)) for digits, own in decimals)
    return abs(left - right) <= most


def _decimal(text: str) -> tuple[int, int]:
    """Return digits and scale: the number is digits × 10^-scale."""
    whole, _, part = text.partition(".")
    return int(whole + part), len(part)


def _plain(text: str) -> str:
    """Bring minus signs, digits, separators and per cent signs of all scripts to ASCII and drop the marks that group digits."""
    text = drop_unseen(unicodedata.normalize("NFKC", well_formed(text)))
    return plain_spaces(ascii_digits(text).translate(_SIGNS))


def _unit_words(unit: str) -> str:
    """Return the words of a unit, which comes as inline HTML of our renderer."""
    return re.sub("&(lt|gt|quot|#39|#x27|amp);", lambda match: _ENTITIES[match[1]], _TAG.sub("", unit))


def _without_unit(text: str, unit: str) -> str:
    """Take the item's unit off either end, once."""
    lowered, name = normalize(text), normalize(_plain(_unit_words(unit)))
    if name and lowered.endswith(name):
        return lowered[: -len(name)].strip(" ")
    if name and lowered.startswith(name):
        return lowered[len(name):].strip(" ")
    return text


def _grouped(digits: str, mark: str) -> bool:
    return bool(re.fullmatch(rf"[0-9]{{1,3}}(\{mark}[0-9]{{3}})+", digits))


def _one_mark(digits: str, mark: str) -> list[str]:
    """Read digits with one kind of separator: a decimal mark, grouping, or, as in 1,000, either."""
    decimal = [digits.replace(mark, ".")] if digits.count(mark) == 1 else []
    whole = [digits.replace(mark, "")] if _grouped(digits, mark) and not digits.startswith("0") else []
    return decimal + whole


def _two_marks(digits: str) -> list[str]:
    """Read digits with both separators: the last one is the decimal mark, the other one groups."""
    mark, group = (",", ".") if digits.rfind(",") > digits.rfind(".") else (".", ",")
    whole, _, part = digits.rpartition(mark)
    return [f"{whole.replace(group, '')}.{part}"] if _grouped(whole, group) and re.fullmatch("[0-9]+", part) else []
