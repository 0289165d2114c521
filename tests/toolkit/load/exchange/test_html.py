"""HTML of other systems becomes our inline Markdown: what it says stays, what acts goes."""

import pytest
from hypothesis import given, strategies as st
from toolkit.texts import TEXTS

from e4j.build.exchange import bare_context
from e4j.check.content import check_text
from e4j.load.exchange.html import escape, from_html
from e4j.model.finding import Finding
from e4j.model.text import Text, one_line
from e4j.render.inline import plain


@pytest.mark.parametrize(("html", "text"), [
    ("<p>One</p><p>Two</p>", "One Two"), ("a<br/>b<br>c", "a b c"), ("<b>Bold</b> and <i>fine</i>", "**Bold** and *fine*"),
    ("<strong> edges </strong>x", "**edges** x"), ("<ul><li>one</li><li>two</li></ul>", "• one • two"), ("<code>a*b</code>", "`a*b`"),
    ('<a href="https://example.org/a">law</a>', "[law](<https://example.org/a>)"), ('<a href="javascript:alert(1)">law</a>', "law"),
    ('<p onclick="x()">Law<script>alert("x")</script><style>p{}</style></p>', "Law"), ("a &lt;b&gt; &amp;amp; c", "a &lt;b> &amp;amp; c"),
    ("<b><i>both</b> after", "*both* after"), ("5 * 3 [x] `y` {z}", "5 \\* 3 \\[x\\] \\`y\\` \\{z\\}"), ("snake_case _x_", "snake_case \\_x\\_"),
    ("<a href='x'></a><a href='https://e.org'>l</a>", "[l](<https://e.org>)"), ("À l’heure\xa0: «\xa0oui\xa0»", "À l’heure\xa0: «\xa0oui\xa0»"),
])
def test_what_is_said_stays(html: str, text: str) -> None:
    assert from_html(html).text == text


def test_what_cannot_be_said_is_named() -> None:
    said = from_html('<table><tr><td>a</td><td>b</td></tr></table><img src="x.png" alt="An x"><iframe src="y">z</iframe>H<sub>2</sub>O<embed src="q">!')
    assert (said.text, said.media, said.lost) == ("a b H2O!", [("x.png", "An x")], ["embed", "iframe", "sub", "table"])


@given(TEXTS)
def test_plain_words_stay_exactly_these_words(words: str) -> None:
    assert plain(Text(value=escape(words)), bare_context("en")) == one_line(words)


@given(st.text(alphabet='<>/="abipscriptonclj:() &;x\'', max_size=80))
def test_whatever_html_there_is_our_checks_find_nothing_that_acts(html: str) -> None:
    found: list[Finding] = []
    check_text(Text(value=from_html(html).text), "q.xml", found)
    assert [finding for finding in found if finding.code in {"M009", "L014"}] == []


@pytest.mark.parametrize("html", ["<a " * 30_000, "<!--" * 30_000 + ">" * 30_000, "<b>" * 60_000, "x" * 300_000])
def test_html_that_is_meant_to_keep_a_parser_busy_is_cut_short(html: str) -> None:
    said = from_html(html)
    assert said.lost and len(said.text) <= 500_000
