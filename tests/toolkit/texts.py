"""Texts as authors and translators write them, for property tests."""

from hypothesis import strategies as st

from e4j.model import blocks as b
from e4j.model.catalog import Page
from e4j.model.text import Text

LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=60).filter(lambda t: t.strip())
"""Any Unicode in one line: quotes, backslashes, signs of every script."""

AWKWARD = st.lists(
    st.sampled_from(['"', "\\", "\\n", "\\\\", "%s", "%(name)d", "{0}", "{term}`x`", "msgid", "#", "#~", "#,", " ", "é", "中", "ب", "\u200f", "🙂", "'", "a"]),
    min_size=1, max_size=8,
).map("".join).filter(lambda t: t.strip())

TEXTS = st.one_of(LINES, AWKWARD)

IDS = st.from_regex(r"[a-z0-9]{1,4}(-[a-z0-9]{1,4})?", fullmatch=True)


def page_of(sections: list[tuple[str, list[str]]]) -> Page:
    """Return a page with a heading for every section and its paragraphs below."""
    made: list[b.Block] = []
    for name, paragraphs in sections:
        made.append(b.Heading(id=name, line=1, level=2, text=Text(value=f"About {name}", line=1)))
        made += [b.Paragraph(id=f"b{number}", line=1, text=Text(value=value, line=1)) for number, value in enumerate(paragraphs)]
    return Page(id="page", title=Text(value="The page"), blocks=tuple(made))


SECTIONS = st.lists(st.tuples(IDS, st.lists(TEXTS, max_size=4)), min_size=1, max_size=4, unique_by=lambda section: section[0])
PAGES = SECTIONS.map(page_of)
