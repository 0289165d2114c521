"""Documents of QTI 2.0 to 3.0 with the names of 2.1, and what their texts say in our Markdown."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape as escape_html
from xml.etree.ElementTree import Element

from e4j.load.exchange.html import from_html

_HUMP = re.compile("-([a-z])")
_SILENT = frozenset({"rubricBlock", "feedbackInline", "stylesheet", "catalogInfo", "infoControl", "script", "style"})
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")


def plain_names(root: Element) -> Element:
    """Take away namespaces, and turn `qti-simple-choice` into `simpleChoice` and `response-identifier` into `responseIdentifier`."""
    for one in root.iter():
        name = str(one.tag).rpartition("}")[2]
        one.tag = _camel(name.removeprefix("qti-")) if name.startswith("qti-") else name
        attributes = {key.rpartition("}")[2]: value for key, value in one.attrib.items()}
        one.attrib.clear()
        one.attrib.update({key if key.startswith(("data-", "aria-")) else _camel(key): value for key, value in attributes.items()})
    return root


def _camel(name: str) -> str:
    return _HUMP.sub(lambda match: match[1].upper(), name)


@dataclass(slots=True, kw_only=True)
class Said:
    """What a piece of a document says: Markdown, its pictures and sounds, what was left out, and the interactions within it."""

    text: str = ""
    media: list[tuple[str, str]] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    inside: list[Element] = field(default_factory=list)


def said(element: Element | None, stop: Callable[[Element], bool] | None = None) -> Said:
    """Read the text of an element. Where `stop` holds, the text has `{{0}}`, `{{1}}` … and the element is in `inside`."""
    found = Said()
    if element is None:
        return found
    reading = from_html("".join(_html(element, stop or _never, found)))
    found.text = _MARKED.sub(lambda match: "{{" + match[1] + "}}", reading.text)
    found.media += reading.media
    found.lost = reading.lost
    return found


def _never(_: Element) -> bool:
    return False


def _html(element: Element, stop: Callable[[Element], bool], found: Said) -> Iterator[str]:
    yield _words(element.text)
    for child in element:
        if stop(child):
            yield f"{_OPEN}{len(found.inside)}{_CLOSE}"
            found.inside.append(child)
        elif child.tag == "object":
            found.media.append((child.get("data", ""), "".join(child.itertext()).strip()))
        elif child.tag not in _SILENT:
            yield f"<{child.tag}{_attributes(child)}>"
            yield from _html(child, stop, found)
            yield f"</{child.tag}>" if child.tag not in {"br", "img", "hr"} else ""
        yield _words(child.tail)


def _words(text: str | None) -> str:
    return escape_html((text or "").replace(_OPEN, "").replace(_CLOSE, ""), quote=False)


def _attributes(element: Element) -> str:
    return "".join(f' {name}="{escape_html(element.get(name, ""))}"' for name in ("href", "src", "alt") if element.get(name) is not None)


__all__ = ["Said", "plain_names", "said"]
