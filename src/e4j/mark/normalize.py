"""Named steps that bring two spellings of the same answer together. web/player/normalize.ts takes the same steps."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

_UNSEEN = {code: None for first, last in (
    (0xAD, 0xAD), (0x61C, 0x61C), (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2060), (0x2066, 0x2069), (0xFEFF, 0xFEFF),
) for code in range(first, last + 1)}
_DIGITS = {zero + digit: str(digit) for zero in (0x0660, 0x06F0, 0x0966) for digit in range(10)}
_FOLD = {ord("ς"): "σ", ord("ß"): "ss"} | _DIGITS
_END = " .,;:!?。،؟！？；"
_LETTERS = dict.fromkeys([*range(0x064B, 0x0660), 0x0670, 0x0640]) | dict(zip(map(ord, "أإآٱىة"), "اااايه", strict=True))
_HALF = re.compile("[\ud800-\udfff]")


def normalize(text: str, steps: Sequence[str] = ("base",)) -> str:
    """Take the named steps in their order (see docs/developers/contracts.md)."""
    text = well_formed(text)
    for step in steps:
        text = NORMALIZERS[step](text)
    return text


def well_formed(text: str) -> str:
    """Put U+FFFD for halves of a surrogate pair: JSON may hold them, and two halves must not meet when what parts them is dropped."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if _HALF.search(text) else text


def drop_unseen(text: str) -> str:
    """Drop bidi controls, zero-width characters and soft hyphens."""
    return text.translate(_UNSEEN)


def ascii_digits(text: str) -> str:
    """Write Arabic-Indic, Persian and Devanagari digits as ASCII digits."""
    return text.translate(_DIGITS)


def plain_spaces(text: str) -> str:
    """Make each run of white space one space, with none at either end."""
    return " ".join(text.split())


def _base(text: str) -> str:
    # Of a whole text Python lowers only the final sigma by its neighbours, and both sigmas become one here.
    return plain_spaces(drop_unseen(unicodedata.normalize("NFKC", text)).lower().translate(_FOLD)).rstrip(_END)


NORMALIZERS: Mapping[str, Callable[[str], str]] = {
    "base": _base,
    "ar-letters": lambda text: text.translate(_LETTERS),
    "ru-yo": lambda text: text.replace("ё", "е").replace("Ё", "Е"),
}
