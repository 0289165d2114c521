"""What an item of QTI says is right, and what it says to whom: declarations, response processing and feedback."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from xml.etree.ElementTree import Element

from e4j.load.exchange.qti_tree import said
from e4j.model.text import one_line

_NUMBER = re.compile(r"[-+]?[0-9]{1,30}(\.[0-9]{1,30})?([eE][-+]?[0-9]{1,2})?|[-+]?\.[0-9]{1,30}")
_MOST = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """A response: how many values of what kind, which are right, what each is worth, and whether the worth can fall below zero."""

    several: bool = False
    base: str = "identifier"
    right: tuple[str, ...] = ()
    worth: Mapping[str, float] = field(default_factory=dict)
    floor: bool = False

    def correct(self, name: str) -> bool:
        """Tell whether an answer is right."""
        return name in self.right if self.right else self.worth.get(name, 0) > 0

    @property
    def known(self) -> bool:
        """Tell whether there is a key at all."""
        return bool(self.right) or any(worth > 0 for worth in self.worth.values())


def number(text: str | None) -> Decimal | None:
    """Read a number of a sensible size."""
    words = (text or "").strip()
    return Decimal(words) if _NUMBER.fullmatch(words) else None


def decimal_text(value: Decimal) -> str:
    """Write a number as our sources do."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"", "-0", "-"} else text


def declarations(root: Element) -> dict[str, Declared]:
    """Read all responses by their names."""
    return {one.get("identifier", ""): _declared(one) for one in root.iter("responseDeclaration")}


def _declared(one: Element) -> Declared:
    right = tuple(one_line(value.text or "") for value in one.findall("correctResponse/value"))
    mapping = one.find("mapping")
    entries = [] if mapping is None else mapping.findall("mapEntry")
    worth = {one_line(entry.get("mapKey", "")): float(number(entry.get("mappedValue")) or 0) for entry in entries}
    floor = mapping is not None and mapping.get("lowerBound") is not None
    return Declared(several=one.get("cardinality") != "single", base=one.get("baseType", "identifier"), right=right, worth=worth, floor=floor)


def points(root: Element) -> int:
    """Return the most an item gives: of its score, or of an outcome called MAXSCORE."""
    found = {one.get("identifier"): one for one in root.iter("outcomeDeclaration")}
    most = found["SCORE"].get("normalMaximum") if "SCORE" in found else None
    if most is None and "MAXSCORE" in found:
        most = found["MAXSCORE"].findtext("defaultValue/value")
    value = number(most)
    return int(value) if value is not None and 1 <= value <= _MOST else 1


def scale(root: Element) -> float | None:
    """Return what the worth of answers is divided by, where it is."""
    for one in root.iter("divide"):
        parts = list(one)
        value = number(parts[1].text) if len(parts) == 2 and parts[1].tag == "baseValue" else None
        if value:
            return float(value)
    return None


def whole(root: Element) -> bool:
    """Tell whether only the whole answer counts: by a comparison with the right one, by a limit, or by the usual template."""
    processing = root.find("responseProcessing")
    if processing is None or "match_correct" in processing.get("template", ""):
        return True
    names = {one.tag for one in processing.iter()}
    if "gte" in names and "mapResponse" in names:
        return True
    return "mapResponse" not in names and "index" not in names and not processing.get("template")


def cases(root: Element) -> Iterator[tuple[Element, list[Element]]]:
    """Yield every condition with what is set under it, in the order of the document."""
    for name in ("responseIf", "responseElseIf"):
        for one in root.iter(name):
            children = list(one)
            if children:
                yield children[0], [child for child in children[1:] if child.tag == "setOutcomeValue"]


def in_order(root: Element) -> list[tuple[Element, list[Element]]]:
    """Return the conditions in the order in which they are tried."""
    order = {id(one): at for at, one in enumerate(root.iter())}
    return sorted(cases(root), key=lambda case: order[id(case[0])])


def texts(root: Element) -> dict[str, str]:
    """Read what is said, by its name; the explanation that is always shown has the name `explain`."""
    found: dict[str, str] = {}
    for one in [*root.iter("modalFeedback"), *root.iter("feedbackInline")]:
        text = said(one).text
        if text and one.get("showHide", "show") == "show":
            found.setdefault(one.get("identifier", ""), text)
    return found


__all__ = ["Declared", "cases", "decimal_text", "declarations", "in_order", "number", "points", "scale", "texts", "whole"]
