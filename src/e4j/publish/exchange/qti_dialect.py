"""The two dialects of QTI. Everything is built with the names of 2.1; writing turns them into those of 3.0 where they are wanted."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from xml.etree.ElementTree import Element

Node = str | Element
HTML = frozenset({"a", "audio", "br", "code", "div", "em", "img", "li", "object", "ol", "p", "span", "strong", "sub", "sup", "ul"})
"""Elements that both dialects take from HTML under their own names."""

_MIXED = frozenset({"a", "code", "div", "em", "li", "object", "p", "prompt", "simpleChoice", "simpleAssociableChoice", "gapText", "inlineChoice", "span", "strong", "sub", "sup", "value"})
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CAPITAL = re.compile("(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What differs between the versions beside the form of names."""

    version: str
    namespace: str
    schema: str
    manifest: str
    manifest_schema: str
    title: str
    title_version: str
    resource: str
    lom: str
    lom_text: str
    lom_language: str
    kebab: bool

    def element(self, tag: str) -> str:
        """Return an element's name in this dialect."""
        return tag if not self.kebab or tag in HTML else "qti-" + _kebab(tag)

    def attribute(self, name: str, tag: str) -> str:
        """Return an attribute's name in this dialect."""
        return name if not self.kebab or tag in HTML or ":" in name else _kebab(name)


QTI2 = Dialect(
    version="2.1", namespace="http://www.imsglobal.org/xsd/imsqti_v2p1",
    schema="http://www.imsglobal.org/xsd/imsqti_v2p1 http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd",
    manifest="http://www.imsglobal.org/xsd/imscp_v1p1",
    manifest_schema="http://www.imsglobal.org/xsd/imscp_v1p1 http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd",
    title="QTIv2.1 Package", title_version="1.0.0", resource="xmlv2p1",
    lom="http://www.imsglobal.org/xsd/imsmd_v1p2", lom_text="langstring", lom_language="xml:lang", kebab=False,
)
QTI3 = Dialect(
    version="3.0", namespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
    schema="http://www.imsglobal.org/xsd/imsqtiasi_v3p0 https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
    manifest="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
    manifest_schema="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1 https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
    title="QTI Package", title_version="3.0.0", resource="xmlv3p0",
    lom="http://ltsc.ieee.org/xsd/LOM", lom_text="string", lom_language="language", kebab=True,
)


def element(tag: str, attributes: Mapping[str, object] | None = None, *children: Node) -> Element:
    """Make an element with the names of 2.1. True and False become words, None leaves an attribute out."""
    made = Element(tag, {name: _word(value) for name, value in (attributes or {}).items() if value is not None})
    for child in children:
        append(made, child)
    return made


def append(parent: Element, child: Node) -> None:
    """Add a text or an element at the end."""
    if not isinstance(child, str):
        parent.append(child)
    elif len(parent):
        parent[-1].tail = (parent[-1].tail or "") + child
    else:
        parent.text = (parent.text or "") + child


def write_xml(root: Element, dialect: Dialect, extra: Sequence[tuple[str, str]] = ()) -> bytes:
    """Write a document in a dialect: same tree, same bytes. Characters that XML cannot hold are dropped."""
    head = "".join(f' {name}="{escape(value)}"' for name, value in extra)
    return clean(f'<?xml version="1.0" encoding="UTF-8"?>\n{_write(root, dialect, head, "")}\n').encode()


def clean(text: str) -> str:
    """Return a text without the signs that XML cannot hold."""
    return _NOT_XML.sub("", text)


def _write(one: Element, dialect: Dialect, head: str, indent: str) -> str:
    name = dialect.element(one.tag)
    attributes = "".join(f' {dialect.attribute(key, one.tag)}="{escape(value)}"' for key, value in one.attrib.items())
    if not len(one) and not one.text:
        return f"<{name}{head}{attributes}/>"
    mixed = one.tag in _MIXED or bool(one.text) or any(child.tail for child in one)
    inner = indent + "  "
    line, last = ("", "") if mixed else (f"\n{inner}", f"\n{indent}")
    inside = "".join(f"{line}{_write(child, dialect, '', inner)}{escape(child.tail or '', quote=False)}" for child in one)
    return f"<{name}{head}{attributes}>{escape(one.text or '', quote=False)}{inside}{last}</{name}>"


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _kebab(name: str) -> str:
    return _CAPITAL.sub("-", name).lower()


__all__ = ["QTI2", "QTI3", "Dialect", "Node", "append", "clean", "element", "write_xml"]
