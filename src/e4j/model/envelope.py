"""Our own form of an item inside a foreign file, sealed with a digest of what other systems read beside it.

Equal digest on the way back: nobody has changed the foreign part, so ours is the whole truth. Another digest: somebody has, and the
foreign part counts.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from xml.etree.ElementTree import Element

_ODD = re.compile("[^\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML, tables or lines of text cannot hold; JSON can write it as an escape."""

MARK = "e4j"
"""The name of our place in every format: an element, a column, a comment, a key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What an envelope holds: plain values in the form of `model.plain`, and the digest of what stood beside them."""

    value: Mapping[str, Any]
    digest: str

    def fits(self, beside: str) -> bool:
        """Tell whether what stands beside is still what it was."""
        return self.digest == digest(beside)


def seal(value: Mapping[str, Any], beside: str) -> str:
    """Return one line of JSON. `beside` is the canonical form of everything else about the item in this file."""
    text = json.dumps({"v": 1, "digest": digest(beside), "value": value}, ensure_ascii=False, separators=(",", ":"))
    return _ODD.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def unseal(text: str) -> Sealed | None:
    """Open an envelope; None where it is none of ours or damaged."""
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or not isinstance(found.get("value"), dict) or not isinstance(found.get("digest"), str):
        return None
    return Sealed(value=found["value"], digest=found["digest"])


def digest(text: str) -> str:
    """Return a short digest that does not see how white space is set."""
    return sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def canonical_xml(element: Element, without: str = MARK) -> str:
    """Write an element so that indentation, CDATA and the order of attributes do not matter, leaving out elements named `without`."""
    parts: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        one = stack.pop()
        if isinstance(one, str):
            parts.append(one)
            continue
        attributes = "".join(f' {name}="{value}"' for name, value in sorted(one.attrib.items()))
        parts.append(f"<{one.tag}{attributes}>{(one.text or '').strip()}")
        stack.append(f"</{one.tag}>")
        for child in reversed(one):
            stack.append((child.tail or "").strip())
            if child.tag != without:
                stack.append(child)
    return "".join(parts)


def _refuse(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


__all__ = ["MARK", "Sealed", "canonical_xml", "digest", "seal", "unseal"]
