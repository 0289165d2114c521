"""YAML without surprises: only true, false, null and JSON's numbers are not texts."""

import json

import pytest
from hypothesis import given, strategies as st

from e4j.load.yaml import Str, read_yaml


def read(text: str) -> tuple[object, list[str]]:
    findings: list[object] = []
    document = read_yaml(text, "x.yml", findings)
    return document.value if document else None, [f"{f.line}: {f.code}" for f in findings]


@pytest.mark.parametrize("word", [
    "no", "No", "NO", "yes", "on", "off", "y", "n", "True", "TRUE", "False", "Null", "NULL", "12:30", "1:2:3", "2024-01-01", "2024-01-01T10:00:00Z",
    "0x1F", "0o17", "017", "1_000", "+1", ".5", "1.", ".inf", ".nan", "-.inf", "1e", "=", "<<", "!", "٣", "１２",
])
def test_what_looks_like_a_value_elsewhere_is_a_word(word: str) -> None:
    if word in {"=", "!"}:
        word = f"a{word}"
    value, findings = read(f"key: {word}\n")
    assert (value, findings) == ({"key": word}, [])
    assert isinstance(value["key"], Str)


@pytest.mark.parametrize(("text", "value"), [
    ("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("0", 0), ("-7", -7), ("12", 12), ("1.5", 1.5), ("1e3", 1000.0), ("-0.25", -0.25),
])
def test_values_are_those_of_json(text: str, value: object) -> None:
    found, findings = read(f"key: {text}\n")
    assert (found, findings) == ({"key": value}, [])
    assert type(found["key"]) is type(value)


@pytest.mark.parametrize("text", ["true", "null", "12", "1.5", "~"])
def test_quotes_make_a_text_of_anything(text: str) -> None:
    assert read(f'"{text}"') == (text, [])
    assert read(f"'{text}'") == (text, [])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-10**6, 10**6) | st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S", "Zs"]), max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("abcdefgh", min_size=1, max_size=5), inner, max_size=4), max_leaves=12,
)


@given(JSON)
def test_json_is_read_as_what_it_says(value: object) -> None:
    assert read(json.dumps(value)) == (value, [])


def test_a_key_written_twice_is_reported_where_it_stands_and_the_first_counts() -> None:
    assert read("a: 1\nb:\n  c: 1\n  c: 2\na: 3\n") == ({"a": 1, "b": {"c": 1}}, ["4: Y002", "5: Y002"])


def test_every_node_knows_its_line() -> None:
    document = read_yaml("a: 1\nlist:\n  - x\n  - y: |\n      long\n      text\n    z: end\n", "x.yml", [], first_line=11)
    assert document is not None
    assert {path: document.line(path) for path in (("a",), ("list", 0), ("list", 1, "y"), ("list", 1, "z"), ("list", 1, "gone"), ("gone",))} == {
        ("a",): 11, ("list", 0): 13, ("list", 1, "y"): 14, ("list", 1, "z"): 17, ("list", 1, "gone"): 14, ("gone",): 11,
    }


@pytest.mark.parametrize(("text", "line"), [("a: [1, 2\nb: 3\n", 2), ("a: 'open\n", 2), ("a: b: c\n", 1), ("\ta: 1\n", 1), ("a: 1\n---\nb: 2\n", 2)])
def test_broken_yaml_is_one_finding_at_its_line(text: str, line: int) -> None:
    assert read(text) == (None, [f"{line}: Y001"])


def test_an_alias_even_to_itself_is_refused() -> None:
    assert read("a: &x [1, *x]\n") == ({"a": [1, None]}, ["1: Y001"])
