"""Inline Markdown: CommonMark for Latin, relaxed for Chinese and Arabic, and never a tag that nobody meant."""

import re
from urllib.parse import urlsplit

import lxml.html
import pytest
from hypothesis import example, given, settings, strategies as st
from markdown_it import MarkdownIt
from toolkit.render.worlds import text, world

from e4j.check.content import check_text
from e4j.model.text import State, Text
from e4j.render.inline import inline, markdown, plain

TAGS = {"p", "em", "strong", "code", "a", "span", "br"}
STOCK = MarkdownIt("commonmark", {"html": False}).disable(["image", "newline"])
PIECES = [
    "<", ">", "&", '"', "'", "<script>", "</script>", "<img src=x onerror=alert(1)>", "javascript:", "JaVaScRiPt&#58;", "&#106;avascript:", "data:text/html,",
    "](", "[", ")", "`", "``", "\\", "*", "**", "_", "{term}`", "{cite}`", "{page}`", "{treaty}`", "{var}`", "trust", "one", "line", "m/two", "untoc/2", " <", ">`",
    "http://example.org/", '<https://example.org/" onclick="x>', "vbscript:x", "\t", " ", "a", "中", "ب", "&lt;", "&quot;", "#", ";", ",",
]
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=14).map("".join) | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=60)


@given(HOSTILE)
@settings(max_examples=500)
@example("{term}`<script>alert(1)</script> <trust>`")
@example('{cite}`one, p. "><script>`')
@example("{page}`<img src=x> <two>`")
@example("[x](javascript:alert(1))")
@example("<javascript:alert(1)>")
def test_no_text_becomes_a_tag_or_attribute_that_is_not_ours(value: str) -> None:
    tree = lxml.html.fragment_fromstring(markdown(value, world()), create_parent="p")
    for element in tree.iter():
        assert isinstance(element.tag, str)
        assert element.tag in TAGS
        assert set(element.attrib) <= {"href", "class", "rel"}
        assert re.fullmatch(r"[a-z0-9 -]*", element.get("class", ""))
        assert urlsplit(element.get("href", "").strip()).scheme.lower() not in {"javascript", "vbscript", "data", "file"}


@given(HOSTILE)
@settings(max_examples=300)
def test_plain_text_says_what_the_page_says(value: str) -> None:
    shown = plain(text(value), world())
    tree = lxml.html.fragment_fromstring(markdown(value, world()), create_parent="p")
    words = re.sub(r"[\s\x00-\x1f\x7f-\x9f\ufffd]+", "", tree.text_content())
    assert re.sub(r"[\s\x00-\x1f\x7f-\x9f\ufffd]+", "", shown) == words


LATIN = st.text(st.sampled_from("ab é1*_`[]()\\.,!-\"'&;"), max_size=30)


@given(LATIN)
@settings(max_examples=1000)
@example("*foo*bar")
@example("a * b * c")
@example("_foo_bar_baz_")
@example("**foo*bar**")
@example('a*"foo"*')
@example("***a** b*")
def test_latin_text_is_plain_commonmark(value: str) -> None:
    stock = STOCK.renderInline(value)
    ours = markdown(value, world())
    assert lxml.html.tostring(lxml.html.fragment_fromstring(ours, create_parent="p")) == lxml.html.tostring(lxml.html.fragment_fromstring(stock, create_parent="p"))


@pytest.mark.parametrize(("value", "html"), [
    ("**“犯罪”**的定义", "<strong>“犯罪”</strong>的定义"),
    ("这是**《公约》**第二条", "这是<strong>《公约》</strong>第二条"),
    ("他说：**“不。”**然后走了", "他说：<strong>“不。”</strong>然后走了"),
    ("**有组织犯罪。**这是", "<strong>有组织犯罪。</strong>这是"),
    ("*（一）*项", "<em>（一）</em>项"),
    ("قال: **«لا»**ثم مضى", "قال: <strong>«لا»</strong>ثم مضى"),
    ("**الاتفاقية (2000)**، المادة", "<strong>الاتفاقية (2000)</strong>، المادة"),
    ("كلمة**مهمة**هنا", "كلمة<strong>مهمة</strong>هنا"),
    ("**どこ。**へ", "<strong>どこ。</strong>へ"),
    ("**“A”**的 *b*", "<strong>“A”</strong>的 <em>b</em>"),
    ("中 * 文 * 字", "中 * 文 * 字"),
    ("2 * 3 * 4", "2 * 3 * 4"),
])
def test_emphasis_works_where_scripts_set_no_spaces(value: str, html: str) -> None:
    assert markdown(value, world()) == html


@pytest.mark.parametrize(("value", "html"), [
    ("{term}`trust`", '<a class="e4j-term" href="../../library/glossary.html#trust">trust &amp; faith</a>'),
    ("{term}`<i>x</i> <trust>`", '<a class="e4j-term" href="../../library/glossary.html#trust">&lt;i&gt;x&lt;/i&gt;</a>'),
    ("{cite}`one, p. 3; gone`", '<span class="e4j-cite">(<a href="#ref-one">O&#x27;Neil &amp; &lt;b&gt;Ba&lt;/b&gt; 2003</a>, p. 3; gone)</span>'),
    ("{page}`two`", '<a href="two.html">Two &amp; more</a>'),
    ("{page}`the &c <m/two#part>`", '<a href="two.html#part">the &amp;c</a>'),
    ("{page}`gone`", "gone"),
    ("{treaty}`untoc/2(a)`", '<a class="e4j-treaty" href="../../library/treaties.html#untoc-2">Convention, article 2(a)</a>'),
    ("{var}`line`", '<span class="e4j-var">&lt;112&gt;</span>'),
    ("{unknown}`x`", "{unknown}<code>x</code>"),
    ("`{term}`", "<code>{term}</code>"),
])
def test_roles(value: str, html: str) -> None:
    assert markdown(value, world()) == html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JavaScript:alert(1)", "vbscript:x", "data:text/html,x", "file:///etc/passwd"])
def test_addresses_that_run_are_refused_when_checked_and_again_when_rendered(address: str) -> None:
    for value in (f"[x]({address})", f"[x](<{address}>)", f"<{address}>"):
        found: list[object] = []
        check_text(Text(value=value, line=7), "x.md", found)
        assert [(finding.code, finding.line) for finding in found] == [("L014", 7)], value
        assert "<a" not in markdown(value, world()), value


def test_a_missing_translation_carries_the_language_it_is_in() -> None:
    missing = Text(value="*Words*", state=State.MISSING)
    assert inline(missing, world("ar")) == '<span lang="en" dir="ltr"><em>Words</em></span>'
    assert inline(missing, world("ar", source_language="fa")) == '<span lang="fa" dir="rtl"><em>Words</em></span>'
    assert inline(missing, world("en")) == "<em>Words</em>"
    assert inline(Text(value="*Words*", state=State.OUTDATED), world("ar")) == "<em>Words</em>"
