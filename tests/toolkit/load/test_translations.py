"""Translators' files are read as they are, and nothing in them is lost in silence."""

from hypothesis import given, strategies as st

from e4j.load.translations import read_translations
from e4j.model.text import Translation

HEAD = 'msgid ""\nmsgstr ""\n"Language: ar\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'


def read(text: str | bytes) -> tuple[tuple[Translation, ...], list[str]]:
    findings: list[object] = []
    data = text.encode() if isinstance(text, str) else text
    return read_translations(data, "x.po", findings), [f"{f.line}: {f.code}" for f in findings]


def test_flags_comments_contexts_and_long_texts() -> None:
    text = HEAD + (
        '# A note\n#: modules/m:3\n#, fuzzy, machine\nmsgctxt "a/b"\nmsgid ""\n"One "\n"two"\nmsgstr ""\n"Un "\n"deux"\n\n'
        'msgid "Plain"\nmsgstr "Simple\\n"\n\n#~ msgid "Gone"\n#~ msgstr "Parti"\n'
    )
    assert read(text) == ((
        Translation(context="a/b", source="One two", text="Un deux", line=10, machine=True, outdated=True),
        Translation(context="", source="Plain", text="Simple ", line=17),
    ), [])


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    text = HEAD + 'msgid "One"\nmsgstr "Un"\n'
    assert read(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()) == read(text)


def test_an_entry_that_comes_twice_is_kept_twice() -> None:
    found, findings = read(HEAD + 'msgid "One"\nmsgstr "Un"\n\nmsgid "One"\nmsgstr "Une"\n')
    assert ([(t.source, t.text, t.line) for t in found], findings) == ([("One", "Un", 6), ("One", "Une", 9)], [])


def test_what_is_broken_is_named_with_its_line() -> None:
    assert read(HEAD + 'msgid "One"\nmsgstr "Un\n') == ((), ["7: T001"])
    assert read(HEAD + 'msgid "One"\nmsgtsr "Un"\n') == ((), ["7: T001"])
    assert read(HEAD + 'msgid "One"\n') == ((), ["6: T001"])
    assert read(HEAD + 'msgid "a "quoted" word"\nmsgstr ""\n') == ((), ["6: T001"])
    assert read((HEAD + 'msgid "One"\nmsgstr "').encode() + b'\xe9"\n') == ((), ["1: T001"])
    assert read("") == ((), [])


@given(st.binary(max_size=200) | st.lists(st.sampled_from(['msgid "a"', 'msgstr "b"', 'msgctxt "c"', '"d"', "#, fuzzy", '#~ msgid "x"', "", 'msgstr[0] "e"', 'msgid_plural "f"', '"\\']), max_size=8).map(lambda lines: "\n".join(lines).encode()))
def test_no_file_makes_reading_fail(data: bytes) -> None:
    found, findings = read(data)
    assert all(translation.source for translation in found)
    assert len(findings) <= 1
