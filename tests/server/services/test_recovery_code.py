"""A recovery code can be read aloud, written in any digits and checked for slips."""

import re

import pytest
from e4j_server.errors import MisspeltCode
from e4j_server.services.recovery_code import check_digit, make_code, read_code
from hypothesis import given, strategies as st

CODE = "12345-67890-12345-67890-12340"
DIGITS = CODE.replace("-", "")
_DIGITS = st.text("0123456789", min_size=24, max_size=24)


def test_a_new_code_has_five_groups_of_five_and_reads_back():
    code = make_code()
    assert re.fullmatch(r"(\d{5}-){4}\d{5}", code)
    assert read_code(code) == code.replace("-", "")


def test_two_codes_differ():
    assert make_code() != make_code()


def test_the_check_digit_is_luhn():
    # The example of ISO/IEC 7812-1, annex B.
    assert check_digit("7992739871") == "3"


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "०१२३४५६७८९", "0123456789"])  # noqa: RUF001
@pytest.mark.parametrize("between", ["", " ", "-", "–", "\u00a0", "\u200f", "\n", "−"])  # noqa: RUF001
def test_digits_of_any_script_and_any_spacing_are_read(digits, between):
    typed = between.join(digits[int(digit)] for digit in DIGITS)
    assert read_code(typed) == DIGITS


@pytest.mark.parametrize("typed", ["", "12345", f"{CODE}0", CODE[:-1] + "1", CODE.replace("1", "l"), "½" * 25, "²" * 25])
def test_anything_else_is_misspelt(typed):
    with pytest.raises(MisspeltCode):
        read_code(typed)


@given(_DIGITS, st.integers(0, 24), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(digits, place, step):
    right = digits + check_digit(digits)
    wrong = right[:place] + str((int(right[place]) + step) % 10) + right[place + 1 :]
    with pytest.raises(MisspeltCode):
        read_code(wrong)
