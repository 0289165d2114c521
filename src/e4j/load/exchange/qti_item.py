"""One item of QTI on its way in: what all readers of interactions ask of it."""

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from e4j.load.exchange.html import escape
from e4j.load.exchange.media import safe_name
from e4j.load.exchange.own import fresh
from e4j.load.exchange.qti_key import Declared, declarations, texts
from e4j.load.exchange.qti_tree import Said, said

INTERACTIONS = frozenset({
    "associateInteraction", "choiceInteraction", "customInteraction", "drawingInteraction", "endAttemptInteraction", "extendedTextInteraction",
    "gapMatchInteraction", "graphicAssociateInteraction", "graphicGapMatchInteraction", "graphicOrderInteraction", "hotspotInteraction",
    "hottextInteraction", "inlineChoiceInteraction", "matchInteraction", "mediaInteraction", "orderInteraction", "portableCustomInteraction",
    "positionObjectInteraction", "selectPointInteraction", "sliderInteraction", "textEntryInteraction", "uploadInteraction",
})
_PREFIX = re.compile(r"^[a-z]\.(?=.)|^_(?=.)")

Value = dict[str, Any]


class Unknown(ValueError):
    """Says what about an item is none of our kinds."""


@dataclass(slots=True, kw_only=True)
class Item:
    """One item being read. `files` are the media of the package by their path there, `note` takes a code and a message."""

    root: Element
    path: str
    language: str
    files: Mapping[str, bytes]
    note: Callable[[str, str], None]
    keys: Mapping[str, Declared] = field(init=False)
    said: Mapping[str, str] = field(init=False)
    used: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.keys = declarations(self.root)
        self.said = texts(self.root)

    def key(self, one: Element) -> Declared:
        """Return what is right for an interaction."""
        return self.keys.get(one.get("responseIdentifier", ""), Declared())

    def text(self, element: Element | None) -> str:
        """Return the Markdown of an element."""
        found = said(element)
        self.lost(found)
        return found.text

    def lost(self, found: Said) -> None:
        """Note what of a text was left out."""
        for name in found.lost:
            self.note("X004", f"the look of <{name}> is left out; its words stay" if name in {"table", "sub", "sup"} else f"<{name}> is left out")

    def feedback(self, name: str) -> Value:
        """Return what is said about an answer by its name."""
        self.used.add(name)
        return {"feedback": self.said[name]} if name in self.said else {}

    def source(self, address: str) -> str:
        """Return the name we give to a file of the package; empty where there is none or it is of a kind we do not show."""
        path = posixpath.normpath(posixpath.join(posixpath.dirname(self.path), address.replace("%20", " ")))
        if path not in self.files:
            return ""
        return own_source(path)

    def media(self, around: Said) -> Value:
        """Return the picture or sound of an item."""
        block = next((one for one in self.body().iter("div") if one.get("class") == "e4j-media"), None)
        shown = around if block is None else said(block)
        self.lost(around)
        result: Value = {}
        for address, alt in [*shown.media, *(around.media if block is not None else [])]:
            src = self.source(address)
            if result or not src:
                self.note("X004", f"the picture or sound '{address[:60]}' is left out")
                continue
            result = {"media": {"src": src} | ({"alt": escape(alt)} if alt else {})}
        for one in [] if block is None or not result else block.findall("p"):
            name = one.get("class", "").removeprefix("e4j-")
            if name in {"caption", "transcript"}:
                result["media"][name] = self.text(one)
        return result

    def body(self) -> Element:
        """Return what is asked. Unknown where there is nothing."""
        found = self.root.find("itemBody")
        if found is None:
            raise Unknown("it has nothing to ask")
        return found


def outside(one: Element) -> bool:
    """Tell what is no part of the text around an interaction."""
    return one.tag in INTERACTIONS or one.get("class") == "e4j-media"


def own_id(identifier: str) -> str:
    """Return an id of ours for a name in QTI; one of ours comes back as it was."""
    bare = _PREFIX.sub("", identifier)
    return "-".join(re.findall(r"[a-z0-9]+", bare.lower()))[:60].strip("-")


def own_source(path: str) -> str:
    """Return the name of a file of the package in the folder of a quiz."""
    return path.removeprefix("media/") if path.startswith("media/") else safe_name(path.replace("/", "-"))


def name_all(elements: Iterable[Element], attribute: str = "identifier") -> list[str]:
    """Return an id of ours for each element."""
    taken: list[str] = []
    for at, one in enumerate(elements, 1):
        taken.append(fresh(own_id(one.get(attribute, "")) or f"o{at}", taken))
    return taken


def named_all(elements: Iterable[Element], attribute: str = "identifier") -> list[tuple[Element, str]]:
    """Return elements with ids of ours."""
    found = list(elements)
    return list(zip(found, name_all(found, attribute), strict=True))


def said_name(choice: Element) -> str:
    """Return the name of what is said about a choice: that of the feedback within it, or its own."""
    inside = choice.find("feedbackInline")
    return choice.get("identifier", "") if inside is None else inside.get("identifier", "")


def pairs_of(key: Declared) -> list[tuple[str, str]]:
    """Return what belongs together."""
    right = key.right or tuple(pair for pair, worth in key.worth.items() if worth > 0)
    return [(pair[0], pair[1]) for pair in (one.split() for one in right) if len(pair) == 2]


def one_right(item: Item, options: list[Value]) -> list[Value]:
    """Keep the first right answer alone."""
    right = [option for option in options if option.get("correct")]
    if len(right) > 1:
        item.note("X005", "only the first of several right answers counts")
        for option in right[1:]:
            del option["correct"]
    return options


__all__ = ["INTERACTIONS", "Item", "Unknown", "Value", "name_all", "named_all", "one_right", "outside", "own_id", "own_source", "pairs_of", "said_name"]
