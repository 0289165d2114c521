"""Write XML the way Moodle does: texts with markup in CDATA, one element a line."""

import re
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    """Append an element with a text and return it. What XML cannot hold becomes the replacement character."""
    element = SubElement(parent, tag, attributes)
    element.text = clean(text) or None
    return element


def clean(text: str) -> str:
    """Return the text without signs that XML 1.0 forbids; a carriage return would come back as a line feed."""
    return _FORBIDDEN.sub("\ufffd", text).replace("\r", "\n")


def to_bytes(root: Element) -> bytes:
    """Return the whole document."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + "".join(_lines([root], 0))).encode()


def _lines(elements: Sequence[Element], depth: int) -> Iterator[str]:
    for element in elements:
        indent = "  " * depth
        attributes = "".join(f' {name}="{_escape(clean(value))}"' for name, value in element.attrib.items())
        if len(element):
            yield f"{indent}<{element.tag}{attributes}>\n"
            yield from _lines(list(element), depth + 1)
            yield f"{indent}</{element.tag}>\n"
        else:
            yield f"{indent}<{element.tag}{attributes}>{_content(element.text or '')}</{element.tag}>\n"


def _content(text: str) -> str:
    if "<" in text or "&" in text:
        return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
    return text.replace(">", "&gt;")


def _escape(text: str) -> str:
    signs: dict[str, str | int | None] = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
    return text.translate(str.maketrans(signs))


__all__ = ["add", "clean", "to_bytes"]
