"""JSON from strangers is read strictly, and a flaw costs one event, not the batch."""

import time

import pytest
from e4j_server.errors import BadJson
from e4j_server.services.strict_json import DEEPEST, canonical_json, find_flaw, parse_json
from hypothesis import given, strategies as st

_KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5)
_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | _KEYS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(_VALUES)
def test_what_is_written_is_read_back_without_flaw(value):
    read = parse_json(canonical_json(value).encode())
    assert (read, find_flaw(read)) == (value, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": NaN}', "bad-number"),
        ('{"a": -Infinity}', "too-deep"),
        ('{"a": 1.0}', "bad-number"),
        ('{"a": 1e3}', "bad-number"),
        (f'{{"a": {"9" * 10_000}}}', "bad-number"),
        ('{"a": 1, "a": 2}', "duplicate-key"),
        (r'{"a": "\ud800"}', "lone-surrogate"),
        (r'{"\udfff": 1}', "lone-surrogate"),
        ("[" * (DEEPEST + 1) + "]" * (DEEPEST + 1), "too-deep"),
        ("[" * DEEPEST + "]" * DEEPEST, None),
        (r'"\ud83d\ude00"', None),
        ('"\\u0000"', None),
    ],
)
def test_flaws_are_found(text, reason):
    assert find_flaw(parse_json(text.encode())) == reason


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b'"\xed\xa0\x80"', b"\xef\xbb\xbf{}", b"{'a': 1}", b"[1,]", b'"a\nb"', b"{} {}"])
def test_what_is_no_json_is_refused(data):
    with pytest.raises(BadJson):
        parse_json(data)


def test_nesting_beyond_the_parser_costs_only_the_value_around_it():
    deep = "[" * 50_000 + '"]"' + "]" * 50_000
    read = parse_json(f'[{{"id": "x"}}, {{"id": "y", "r": {deep}}}, "z"]'.encode())
    assert [find_flaw(part) for part in read] == [None, "too-deep", None]
    assert read[1]["id"] == "y"


@pytest.mark.parametrize("text", ["[" * 100_000, "[" * 100_000 + '"' + r"\"" * 80_000, "]" * 9 + "[" * 100_000])
def test_hostile_nesting_is_refused_quickly(text):
    start = time.perf_counter()
    with pytest.raises(BadJson):
        parse_json(text.encode())
    assert time.perf_counter() - start < 2
