"""What the writers of QTI items share: the quiz they stand in, its language and texts, and the list of losses."""

import mimetypes
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from xml.etree.ElementTree import Element

from e4j.model.exchange import Loss
from e4j.model.quiz import Item
from e4j.model.text import Text
from e4j.publish.exchange.qti_dialect import Dialect, Node, append, element
from e4j.publish.exchange.writer import Writer

_INLINE = frozenset({"a", "br", "code", "em", "span", "strong", "sub", "sup"})
_RENAMED = {"b": "strong", "i": "em"}
_NOT_IDENTIFIER = re.compile(r"[^\w.-]", re.ASCII)


@dataclass(slots=True, kw_only=True)
class Scene:
    """One item on its way out."""

    item: Item
    language: str
    writer: Writer
    dialect: Dialect
    losses: list[Loss] = field(default_factory=list)

    def inline(self, text: Text) -> list[Node]:
        """Return a text with its emphasis as nodes."""
        reader = _Inline(self.dialect)
        reader.feed(self.writer.html(text))
        reader.close()
        return reader.nodes()

    def words(self, text: Text, what: str) -> str:
        """Return a text as words alone, where markup is not allowed. Markup that is lost is a loss of the field `what`."""
        plain = self.writer.plain(text)
        if any(isinstance(node, Element) for node in self.inline(text)):
            self.lose(what, "emphasis and links are not allowed here; the words stay")
        return plain

    def paragraph(self, text: Text, **attributes: object) -> Element:
        """Return a text as a paragraph."""
        return element("p", attributes, *self.inline(text))

    def content(self, *blocks: Element) -> tuple[Element, ...]:
        """Wrap what is said in a block of its own, as 3.0 wants it."""
        return (element("contentBody", {}, *blocks),) if self.dialect.kebab else blocks

    def lose(self, what: str, message: str) -> None:
        """Report something the format cannot carry, once."""
        loss = Loss(item=self.item.id, field=what, message=message)
        if loss not in self.losses:
            self.losses.append(loss)


class _Inline(HTMLParser):
    """Turn our inline HTML into nodes, with the elements alone that QTI allows."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(convert_charrefs=True)
        self.dialect = dialect
        self.stack = [Element("inline")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        name = _RENAMED.get(tag, tag)
        if name not in _INLINE:
            return
        made = Element(name, self._attributes(name, dict(attrs)))
        self.stack[-1].append(made)
        if name != "br":
            self.stack.append(made)

    def handle_endtag(self, tag: str) -> None:
        name = _RENAMED.get(tag, tag)
        if len(self.stack) > 1 and self.stack[-1].tag == name:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        append(self.stack[-1], data)

    def nodes(self) -> list[Node]:
        """Return what was read."""
        root = self.stack[0]
        parts: list[Node] = [root.text] if root.text else []
        for child in root:
            tail, child.tail = child.tail, None
            parts.extend([child, tail] if tail else [child])
        return parts

    def _attributes(self, tag: str, found: dict[str, str | None]) -> dict[str, str]:
        if tag == "a":
            return {"href": found.get("href") or ""}
        named = {"xml:lang": found.get("lang"), "dir": found.get("dir") if self.dialect.kebab else None}
        return {name: value for name, value in named.items() if value}


def identifier(name: str, prefix: str = "") -> str:
    """Return an id as QTI allows it: a letter or underscore first. `prefix` keeps two lists of one interaction apart."""
    cleaned = _NOT_IDENTIFIER.sub("_", name)
    if prefix:
        return f"{prefix}.{cleaned}"
    return cleaned if cleaned[:1].isalpha() or cleaned[:1] == "_" else f"_{cleaned}"


def media_type(path: str) -> str:
    """Return the media type of a file by its name."""
    known = {".opus": "audio/ogg", ".webp": "image/webp", ".svg": "image/svg+xml"}
    suffix = "." + path.rpartition(".")[2].lower()
    return known.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")


def media_path(src: str) -> str:
    """Return where a file of the quiz is in the package."""
    return f"media/{src}"


def all_nodes(parts: Iterable[Iterable[Node]]) -> list[Node]:
    """Put lists of nodes one after the other."""
    return [node for part in parts for node in part]


__all__ = ["Scene", "all_nodes", "identifier", "media_path", "media_type"]
