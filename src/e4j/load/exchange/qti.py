"""Packages and single items of QTI 2.0 to 3.0, ours and those of others."""

import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element

from e4j.load.exchange.archive import read_archive, read_xml
from e4j.load.exchange.html import escape
from e4j.load.exchange.own import Draft, Head, Reading, untouched
from e4j.load.exchange.qti_item import Item, Unknown, own_source
from e4j.load.exchange.qti_items import item_value
from e4j.load.exchange.qti_tree import plain_names
from e4j.model.envelope import canonical_xml
from e4j.model.exchange import Import
from e4j.model.text import one_line

_BASE = frozenset({"explain", "media", "points", "tags"})
CARRIED: Mapping[str, frozenset[str]] = {
    "single": _BASE | {"options", "shuffle"}, "multiple": _BASE | {"options", "scoring", "shuffle"}, "survey": _BASE | {"options", "scale", "shuffle"},
    "truefalse": _BASE | {"answer", "feedback"}, "short": _BASE | {"accept"}, "numeric": _BASE | {"accept", "unit"},
    "cloze": _BASE | {"distractors", "gaps", "scoring"}, "order": _BASE | {"scoring", "sequence"},
    "match": _BASE | {"distractors", "pairs", "scoring", "shuffle"}, "categorize": _BASE | {"categories", "scoring", "shuffle", "things"},
    "hotspot": _BASE | {"areas", "image"}, "reflect": _BASE | {"model", "rubric"},
}
"""What QTI says itself about each kind as we read it."""

_MANIFEST = "imsmanifest.xml"
_OURS = "e4j-quiz.json"
_MEDIA = (".png", ".jpg", ".jpeg", ".svg", ".webp", ".mp3", ".opus")


@dataclass(slots=True, kw_only=True)
class _Package:
    """What is in a package: the items in order with their tags, the title of the test, and our own form of it."""

    files: Mapping[str, bytes]
    items: list[str] = field(default_factory=list)
    tags: dict[str, list[str]] = field(default_factory=dict)
    title: str = ""
    head: str = ""
    sealed: dict[str, str] = field(default_factory=dict)


def read(data: bytes, name: str, language: str) -> Import:
    """Read a package, or one item that is a file of its own."""
    reading = Reading(name=name, language=language, carried=CARRIED)
    if not data.startswith(b"PK"):
        package = _Package(files={"item.xml": data}, items=["item.xml"])
    else:
        files = read_archive(data, name, reading.findings)
        if files is None:
            return reading.nothing()
        package = _package(files, reading)
    reading.files = {own_source(path).replace("/", "-"): data for path, data in package.files.items() if path.lower().endswith(_MEDIA) and own_source(path)}
    drafts = [draft for path in package.items if (draft := _draft(path, package, reading)) is not None]
    if not drafts:
        if not reading.findings:
            reading.add("X001", 1, "there is no item of QTI in the file")
        return reading.nothing()
    return reading.assemble(Head(title=escape(package.title), envelope=package.head, beside=package.title), drafts)


def _package(files: Mapping[str, bytes], reading: Reading) -> _Package:
    package = _Package(files=files)
    root = read_xml(files[_MANIFEST], f"{reading.name}/{_MANIFEST}", reading.findings) if _MANIFEST in files else None
    if root is None:
        package.items = sorted(path for path in files if path.lower().endswith(".xml") and path != _MANIFEST)
    else:
        _manifest(plain_names(root), package, reading)
    _ours(files.get(_OURS, b""), package)
    return package


def _manifest(root: Element, package: _Package, reading: Reading) -> None:
    tests: list[str] = []
    for resource in root.iter("resource"):
        kind, path = resource.get("type", ""), posixpath.normpath(resource.get("href", ""))
        if kind.startswith("imsqti_test"):
            tests.append(path)
        elif kind.startswith("imsqti_item"):
            package.items.append(path)
            package.tags[path] = [text for one in resource.iter("keyword") if (text := one_line(" ".join(one.itertext())))]
        elif kind.startswith("imsqti_xmlv1"):
            reading.add("X003", 1, f"'{path}' is QTI 1.2, which is another language; save it as QTI 2.1 or 3.0")
    for path in tests[:1]:
        _test(path, package, reading)
    if len(tests) > 1:
        reading.add("X004", 1, "the order and the settings of the second test and of those after it are left out")


def _test(path: str, package: _Package, reading: Reading) -> None:
    """Take the title of the test, and the order in which it asks."""
    root = read_xml(package.files[path], f"{reading.name}/{path}", reading.findings) if path in package.files else None
    if root is None:
        return
    plain_names(root)
    package.title = one_line(root.get("title", ""))
    hrefs = [posixpath.normpath(posixpath.join(posixpath.dirname(path), one.get("href", ""))) for one in root.iter("assessmentItemRef")]
    asked = [one for one in dict.fromkeys(hrefs) if one in package.files]
    package.items = asked + [one for one in package.items if one not in asked] if asked else package.items


def _ours(data: bytes, package: _Package) -> None:
    """Open our own form of the quiz, where there is one that can be read."""
    try:
        found = json.loads(data) if data else {}
    except (ValueError, RecursionError):
        return
    if not isinstance(found, dict):
        return
    package.head = _envelope(found.get("quiz"))
    items = found.get("items")
    for one in items if isinstance(items, list) else []:
        if isinstance(one, dict) and isinstance(one.get("file"), str):
            package.sealed[one["file"]] = _envelope({name: value for name, value in one.items() if name != "file"})


def _envelope(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else ""
    except (ValueError, RecursionError):
        return ""


def _draft(path: str, package: _Package, reading: Reading) -> Draft | None:
    data = package.files.get(path)
    if data is None:
        reading.add("X004", 1, f"the item '{path}' is not in the file")
        return None
    root = read_xml(data, reading.name if path == "item.xml" else f"{reading.name}/{path}", reading.findings)
    if root is None:
        return None
    draft = Draft(value=None, line=1, envelope=package.sealed.get(path, ""), beside=canonical_xml(root))
    plain_names(root)
    before = len(reading.findings)
    draft.value = _native(root, path, package, reading, ours=bool(draft.envelope))
    if untouched(draft):
        del reading.findings[before:]
    elif draft.value is not None and (tags := package.tags.get(path)):
        draft.value["tags"] = tags
    return draft if draft.value is not None or draft.envelope else None


def _native(root: Element, path: str, package: _Package, reading: Reading, *, ours: bool) -> dict[str, Any] | None:
    """Read an item as other systems do; None where it is none of our kinds, with a finding."""
    name = root.get("identifier") or path
    if root.tag != "assessmentItem":
        reading.add("X003", 1, f"'{path}' is no item of QTI but '{root.tag}'")
        return None

    def note(code: str, message: str) -> None:
        reading.add(code, 1, f"'{name[:60]}': {message}")

    try:
        return item_value(Item(root=root, path=path, language=reading.language, files=package.files, note=note))
    except Unknown as error:
        if ours:
            note("X005", f"was changed elsewhere in a way we cannot read ({error}), so our own form of it stays")
        else:
            note("X003", f"{error}: left out")
        return None


__all__ = ["CARRIED", "read"]
