"""The small language in which QTI says how a response is marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from e4j.publish.exchange.qti_dialect import element

FEEDBACK = "FEEDBACK"
EXPLAIN = "EXPLAIN"
RESPONSE = "RESPONSE"
SCORE = "SCORE"


def variable(name: str) -> Element:
    """Read a variable."""
    return element("variable", {"identifier": name})


def value(base: str, text: object) -> Element:
    """Write a constant."""
    return element("baseValue", {"baseType": base}, str(text))


def expression(name: str, *parts: Element, **attributes: object) -> Element:
    """Apply an operator."""
    return element(name, attributes, *parts)


def assign(name: str, what: Element) -> Element:
    """Set an outcome."""
    return element("setOutcomeValue", {"identifier": name}, what)


def when(test: Element, *then: Element, otherwise: Sequence[tuple[Element, Sequence[Element]]] = ()) -> Element:
    """Do something under a condition; `otherwise` holds further conditions that are tried in turn."""
    rest = [element("responseElseIf", {}, other, *rules) for other, rules in otherwise]
    return element("responseCondition", {}, element("responseIf", {}, test, *then), *rest)


def answered(name: str, *rules: Element) -> Element:
    """Do something where there is a response: some systems stumble over the mapping of none."""
    return when(expression("not", expression("isNull", variable(name))), *rules)


def first_of(cases: Iterable[tuple[Element, Sequence[Element]]]) -> list[Element]:
    """Do what the first case says whose condition holds."""
    found = list(cases)
    return [when(found[0][0], *found[0][1], otherwise=found[1:])] if found else []


def add(name: str, what: Element) -> Element:
    """Add a number to an outcome."""
    return assign(name, expression("sum", variable(name), what))


def say(name: str) -> Element:
    """Add the name of a feedback to those that are shown."""
    return assign(FEEDBACK, expression("multiple", variable(FEEDBACK), value("identifier", name)))


def score(points: int, got: Element, out_of: int, *, whole: bool = False) -> Element:
    """Set the score to the share `got` of `out_of`; `whole` gives all points or none. Integers are divided last, so thirds add up.

    Where nothing is right the share is one of none, and there is no score.
    """
    if whole:
        return when(expression("gte", got, value("float", out_of)), assign(SCORE, value("float", points)))
    share = expression("divide", expression("product", got, value("float", points)), value("float", max(1, out_of)))
    return assign(SCORE, share)


@dataclass(slots=True)
class Pairs:
    """Pairs to look for in a response. Not every system reads a pair as a constant, so each is the default of an outcome."""

    outcomes: list[Element] = field(default_factory=list)

    def put(self, left: str, right: str) -> Element:
        """Tell whether two were put together."""
        name = f"PAIR.{len(self.outcomes) + 1}"
        self.outcomes.append(outcome(name, "single", "directedPair", f"{left} {right}"))
        return expression("member", variable(name), variable(RESPONSE))


def response(name: str, cardinality: str, base: str, right: Sequence[str] = (), mapping: Element | None = None) -> Element:
    """Declare a response with its right answer and what its parts are worth."""
    children = [element("correctResponse", {}, *(element("value", {}, one) for one in right))] if right else []
    children += [mapping] if mapping is not None else []
    return element("responseDeclaration", {"identifier": name, "cardinality": cardinality, "baseType": base}, *children)


def mapping(worth: Iterable[tuple[str, int]], *, floor: bool = False, texts: bool = False) -> Element | None:
    """Say what each answer is worth, in whole numbers; None without any. `texts` are compared without regard to capitals."""
    extra = {"caseSensitive": False} if texts else {}
    first: dict[str, tuple[str, int]] = {}
    for key, number in worth:
        first.setdefault(key.lower() if texts else key, (key, number))
    entries = [element("mapEntry", {"mapKey": key, "mappedValue": number, **extra}) for key, number in first.values()]
    return element("mapping", {"lowerBound": 0 if floor else None, "defaultValue": 0}, *entries) if entries else None


def outcome(name: str, cardinality: str, base: str, default: object = None, most: int | None = None) -> Element:
    """Declare an outcome."""
    children = [] if default is None else [element("defaultValue", {}, element("value", {}, str(default)))]
    return element("outcomeDeclaration", {"identifier": name, "cardinality": cardinality, "baseType": base, "normalMaximum": most}, *children)


__all__ = [
    "EXPLAIN", "FEEDBACK", "RESPONSE", "SCORE", "Pairs", "add", "answered", "assign", "expression", "first_of", "mapping", "outcome", "response", "say", "score",
    "value", "variable", "when",
]
