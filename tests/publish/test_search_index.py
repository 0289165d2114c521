"""The files of the index: layout, size, and that a change leads to the same bytes as a new build."""

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings, strategies as st

from e4j.publish.search import SearchDoc, build_index, update_index
from e4j.publish.search.postings import decode, encode, pack, step_codes
from e4j.publish.search.shards import LARGEST_SIZE, letter_groups, read_script
from e4j.publish.search.tables import read_tables

TABLES = read_tables()
LETTERS = {"en": "abcdefghijklmnopqrstuvwxyz", "ru": "абвгдежзиклмнопрстуфхцч", "zh": "".join(map(chr, range(0x4E00, 0x9000, 37)))}


def doc(number: int, terms: Mapping[str, int], **fields: str) -> SearchDoc:
    texts = {"title": f"Page {number}", "context": f"Module {number // 9}", "summary": "A page."} | fields
    return SearchDoc(key=f"page-{number}", url=f"pages/{number}.html", terms=terms, **texts)


def make_docs(lang: str, pages: int, vocabulary: int, words: int, seed: int = 1) -> list[SearchDoc]:
    """Make pages of random words whose frequency falls as in a text."""
    rng = random.Random(seed)
    longest = 2 if lang == "zh" else 9
    known = sorted({"".join(rng.choices(LETTERS[lang], k=rng.randint(2, longest))) for _ in range(vocabulary)})
    rng.shuffle(known)
    ranks = [1 / (rank + 3) for rank in range(len(known))]
    return [doc(n, {w: rng.choice((1, 1, 1, 2, 3, 9)) for w in rng.choices(known, ranks, k=words)}) for n in range(pages)]


def apply_update(lang: str, files: dict[str, bytes], old: Sequence[SearchDoc], new: Sequence[SearchDoc]) -> dict[str, bytes]:
    changed = {n: (before.terms, after) for n, (before, after) in enumerate(zip(old, new, strict=True)) if before != after}
    written, removed = update_index(lang, files.__getitem__, changed)
    assert written.keys().isdisjoint(removed)
    assert all(files.get(path) != content for path, content in written.items())
    return {path: content for path, content in files.items() if path not in removed} | written


weights = st.dictionaries(st.integers(0, 3000), st.integers(1, 15), min_size=1)


@given(weights)
def test_postings_read_back_as_written(weights: dict[int, int]) -> None:
    assert decode(encode(pack(weights), step_codes(3001, TABLES)), TABLES) == weights


def test_postings_use_every_length_of_code() -> None:
    weights = {0: 1, 1: 1, 49: 1, 50: 1, 60: 3, 300: 2, 4600: 1, 46_000: 15}
    text = encode(pack(weights), step_codes(46_001, TABLES))
    assert decode(text, TABLES) == weights
    assert len(text) == 2 + 1 + 1 + 1 + 2 + 3 + 4 + 4


words = st.dictionaries(st.text("abcж犯", min_size=1, max_size=3), st.integers(1, 15), max_size=12)
texts = st.text(max_size=30)
pages = st.lists(st.tuples(words, texts, texts), min_size=1, max_size=20)


@settings(max_examples=60, deadline=None)
@given(pages, st.data())
def test_update_equals_build(rows: list[tuple[dict[str, int], str, str]], data: st.DataObject) -> None:
    old = [doc(n, terms, title=title, context=context) for n, (terms, title, context) in enumerate(rows)]
    new = [doc(n, data.draw(words), title=data.draw(texts)) if data.draw(st.booleans()) else page for n, page in enumerate(old)]
    assert apply_update("en", build_index("en", old), old, new) == build_index("en", new)


@pytest.mark.parametrize("lang", ["en", "ru", "zh"])
def test_update_equals_build_when_groups_are_cut(lang: str) -> None:
    old = make_docs(lang, 140, 5000, 700)
    files = build_index(lang, old)
    rng = random.Random(5)
    for fresh in (make_docs(lang, 140, 9000, 1500, 2), make_docs(lang, 140, 300, 20, 3)):
        numbers = rng.sample(range(140), 60)
        new = [fresh[n] if n in numbers else page for n, page in enumerate(old)]
        files = apply_update(lang, files, old, new)
        assert files == build_index(lang, new)
        old = new


def test_update_without_a_change_writes_nothing() -> None:
    docs = make_docs("en", 30, 200, 50)
    written, removed = update_index("en", build_index("en", docs).__getitem__, {3: (docs[3].terms, docs[3])})
    assert (written, removed) == ({}, frozenset())


def test_update_touches_only_the_groups_of_changed_terms() -> None:
    docs = [doc(n, {"alpha": 1, "zulu": 2, "mike": 1}) for n in range(600)]
    changed = {7: (docs[7].terms, replace(docs[7], terms={"alpha": 1, "zulu": 3, "mike": 1}))}
    written, _ = update_index("en", build_index("en", docs).__getitem__, changed)
    assert sorted(written) == ["search/t-7a-0.js"]


def test_update_refuses_the_index_of_another_language() -> None:
    files = build_index("en", [doc(0, {"coin": 1})])
    with pytest.raises(ValueError, match="the index is for en, not for fr"):
        update_index("fr", files.__getitem__, {})


def test_files_of_a_small_index() -> None:
    docs = [
        doc(0, {"coin": 1, "brib": 7}, title="The coin", context="Honesty", summary="Mira “finds” a coin."),
        doc(1, {"coin": 2, "法": 1}, title="法", context="Honesty", summary=""),
    ]
    files = build_index("en", docs)
    stamp = "6ed1fa82"
    assert {path: content.decode() for path, content in files.items()} == {
        "search/manifest.js": f'e4jSearchLoad("manifest","{stamp}",'
        '{"lang":"en","docs":2,"chunk":16,"lengths":"((","groups":["60 brib","6800 法"]});\n',
        "search/t-60-0.js": f'e4jSearchLoad("t-60-0","{stamp}","brib S( coin S!S3");\n',
        "search/t-6800-0.js": f'e4jSearchLoad("t-6800-0","{stamp}","法 !");\n',
        "search/d-0.js": f'e4jSearchLoad("d-0","{stamp}",{{"c":["Honesty"],"d":['
        '["The coin","pages/0.html",0,"Mira “finds” a coin."],["法","pages/1.html",0,""]]});\n',
    }


def test_an_index_without_pages_is_a_manifest() -> None:
    assert list(build_index("en", [])) == ["search/manifest.js"]


def test_too_many_pages_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 47098 pages"):
        build_index("en", [doc(0, {})] * 47_099)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_shards_are_small_and_in_order(lang: str) -> None:
    files = build_index(lang, make_docs(lang, 600, 20_000, 1200))
    manifest = json.loads(json.dumps(read_script(files["search/manifest.js"])))
    names = [(f"t-{group}-{n}", first) for group, *firsts in map(str.split, manifest["groups"]) for n, first in enumerate(firsts)]
    assert [first for _, first in names] == sorted(first for _, first in names)
    assert max(len(files[f"search/{name}.js"]) for name, _ in names) < LARGEST_SIZE + 100
    for name, first in names:
        assert str(read_script(files[f"search/{name}.js"])).split()[0] == first


@given(st.integers(0, 2000), st.characters(max_codepoint=0x2FFFF, exclude_categories=["Cs"]))
def test_groups_keep_the_order_of_letters(pages: int, letter: str) -> None:
    group_of = letter_groups(pages)
    assert group_of(letter) <= ord(letter)
    assert group_of(chr(group_of(letter)) if not 0xD800 <= group_of(letter) < 0xE000 else letter) == group_of(letter)


@pytest.mark.parametrize(
    ("summary", "shown"),
    [
        ("short  and\nplain", "short and plain"),
        ("word " * 40, "word " * 30 + "word…"),
        ("字" * 200, "字" * 159 + "…"),
        ("x" * 100 + ", " + "y" * 100, "x" * 100 + "…"),
    ],
)
def test_summaries_are_cut_at_a_space(summary: str, shown: str) -> None:
    files = build_index("en", [doc(0, {}, summary=summary)])
    data = json.loads(json.dumps(read_script(files["search/d-0.js"])))
    assert data["d"][0][3] == shown
    assert len(shown) <= 160
