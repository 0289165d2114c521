"""HTML of other systems to our inline Markdown. Scripts, styles and everything that acts are dropped without a word."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from e4j.model.text import one_line

_LONGEST = 100_000
"""No text of a question is longer; a longer one is meant to keep a parser busy."""

_LONE = 50
"""So many signs `<` may stand alone; the parser of the standard library needs the square of the time for each that leads nowhere."""

_DEEPEST = 40

_SILENT = frozenset({"script", "style", "head", "title", "template", "noscript", "iframe", "object", "embed", "svg", "math"})
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_BREAKS = frozenset({"p", "br", "div", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "hr", "td", "th", "dt", "dd"})
_ALLOWED = re.compile(r"(https?://|mailto:|tel:)", re.IGNORECASE)
_SIGNS = re.compile(r"[\\`*\[\]{}]|(?<![^\W_])_|_(?![^\W_])")


@dataclass(slots=True, kw_only=True)
class Reading:
    """What a piece of HTML says: inline Markdown, the files of its pictures and sounds, and what was left out."""

    text: str
    media: list[tuple[str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def from_html(html: str) -> Reading:
    """Read HTML. `media` holds the address and the alternative text of each picture and sound."""
    if html.count("<") > html.count(">") + _LONE or html.count("<!--") > html.count("-->") + _LONE:
        return Reading(text=escape(html[:_LONGEST]), lost=["markup that is broken"])
    parser = _Parser()
    parser.feed(html[:_LONGEST])
    parser.close()
    if len(html) > _LONGEST:
        parser.lost.add(f"everything after {_LONGEST} signs of a text")
    return Reading(text=parser.finish(), media=parser.media, lost=sorted(parser.lost))


def escape(text: str) -> str:
    """Return plain words as Markdown that says exactly these words."""
    safe = _SIGNS.sub(lambda match: "\\" + match[0], text)
    safe = re.sub(r"&(?=[a-zA-Z#])", "&amp;", safe).replace("<", "&lt;")
    return one_line(safe.replace("](", "]&#40;"))


class _Parser(HTMLParser):
    """Collects Markdown; marks are closed where their element ends or where the text ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.open: list[tuple[str, int]] = []
        self.silent: list[str] = []
        self.media: list[tuple[str, str]] = []
        self.lost: set[str] = set()
        self.links: list[str] = []
        self.code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if self.silent or tag in _SILENT:
            if tag in {"iframe", "object", "embed", "svg", "math"} and not self.silent:
                self.lost.add(tag)
            if tag != "embed":
                self.silent.append(tag)
            return
        if tag in _BREAKS:
            self.parts.append(" ")
        if tag == "li":
            self.parts.append("• ")
        if tag == "table":
            self.lost.add("table")
        if tag in {"img", "audio", "video", "source"} and values.get("src"):
            self.media.append((values["src"] or "", values.get("alt") or ""))
        elif tag in {"sub", "sup"}:
            self.lost.add(tag)
        elif len(self.open) >= _DEEPEST:
            return
        elif tag == "a":
            self._open("a")
            self.links.append(values.get("href") or "")
        elif tag in _MARKS or tag in {"code", "tt", "kbd"}:
            self._open(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.silent:
            if tag in self.silent:
                del self.silent[self.silent.index(tag):]
            return
        if tag in _BREAKS:
            self.parts.append(" ")
        elif any(name == tag for name, _ in self.open):
            while self.open[-1][0] != tag:
                self._close()
            self._close()

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.parts.append(data if self.code else _keep_edges(data))

    def finish(self) -> str:
        """Close what is open and return the text."""
        while self.open:
            self._close()
        return one_line("".join(self.parts))

    def _open(self, tag: str) -> None:
        self.open.append((tag, len(self.parts)))
        self.code = self.code or tag in {"code", "tt", "kbd"}

    def _close(self) -> None:
        tag, start = self.open.pop()
        href = self.links.pop() if tag == "a" else ""
        inside = "".join(self.parts[start:])
        del self.parts[start:]
        words = one_line(inside)
        before, after = " " if inside[:1].isspace() else "", " " if inside[-1:].isspace() else ""
        self.parts.append(before + self._marked(tag, words, href) + after if words else " " if inside else "")
        self.code = any(name in {"code", "tt", "kbd"} for name, _ in self.open)

    def _marked(self, tag: str, words: str, href: str) -> str:
        if tag == "a":
            return f"[{words}](<{href}>)" if _ALLOWED.match(href) and not re.search(r"[<>\s\\]", href) else words
        if tag in {"code", "tt", "kbd"}:
            return _code(words) if not self.links else escape(words)
        mark = _MARKS[tag]
        return words if words.startswith("*") or words.endswith("*") else f"{mark}{words}{mark}"


def _keep_edges(data: str) -> str:
    words = escape(data)
    if not words:
        return " " if data else ""
    return (" " if data[0].isspace() else "") + words + (" " if data[-1].isspace() else "")


def _code(words: str) -> str:
    longest = max((len(run) for run in re.findall("`+", words)), default=0)
    fence = "`" * (longest + 1)
    edge = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{edge}{words}{edge}{fence}"


__all__ = ["Reading", "escape", "from_html"]
