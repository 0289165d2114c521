"""Put a quiz together from what a foreign file says and what we once sealed into it.

Nobody changed the foreign part: our own form counts. Somebody did: the foreign part counts, and of ours stays what its format cannot
say, as far as it still fits.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import cattrs

from e4j.load.decode import CONVERTER, ID
from e4j.load.exchange.media import safe_media, safe_path
from e4j.model import quiz as q
from e4j.model.codes import finding
from e4j.model.envelope import Sealed, unseal
from e4j.model.exchange import Import
from e4j.model.finding import Finding
from e4j.model.text import Text, one_line

MISSING_TITLE = "Quiz"
MOST_ITEMS = 2_000


@dataclass(slots=True, kw_only=True)
class Draft:
    """An item as a foreign file has it: plain values in the form of our sources, or None where only our own form can help.

    `envelope` is what we sealed into the file, `beside` the canonical form of what stands next to it.
    """

    value: dict[str, Any] | None
    line: int
    envelope: str = ""
    beside: str = ""


@dataclass(slots=True, kw_only=True)
class Head:
    """What a file says about the quiz itself. `beside` is what our own form of the title was sealed with."""

    id: str = ""
    title: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    envelope: str = ""
    beside: str = ""


@dataclass(slots=True, kw_only=True)
class Reading:
    """One file being read: its name, its language and everything found so far.

    `carried` names, for each kind, the fields a format says itself; the others are kept from our own form. `files` are the pictures
    and sounds of the file by their name there (folders joined by hyphens), `media` those that items use, by the name they use.
    """

    name: str
    language: str
    carried: Mapping[str, frozenset[str]]
    findings: list[Finding] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)

    def add(self, code: str, line: int, message: str, hint: str = "") -> None:
        """Note a finding at a line of the file."""
        self.findings.append(finding(code, self.name, line, message, hint))

    def assemble(self, head: Head, drafts: Sequence[Draft]) -> Import:
        """Return the quiz that head and drafts make."""
        items: list[q.Item] = []
        for item in self.assemble_items(drafts):
            kept = self._with_media(item)
            if kept is not None:
                items.append(kept)
        quiz_id, title, settings = self._head(head)
        quiz = q.Quiz(id=quiz_id, title=Text(value=title), items=tuple(_unique(items)), settings=settings, path=self.name)  # type: ignore[arg-type]
        return Import(quiz=quiz, findings=tuple(self.findings), media=self.media)

    def assemble_items(self, drafts: Sequence[Draft]) -> tuple[q.AnyItem, ...]:
        """Return the items that can be made of drafts."""
        items = [item for draft in islice(drafts, MOST_ITEMS) if (item := self._item(draft)) is not None]
        if any(True for _ in islice(drafts, MOST_ITEMS, None)):
            self.add("X004", 1, f"only the first {MOST_ITEMS} questions are read")
        return tuple(items)  # type: ignore[arg-type]

    def nothing(self) -> Import:
        """Return an import without a quiz."""
        return Import(quiz=None, findings=tuple(self.findings), media={})

    def _head(self, head: Head) -> tuple[str, str, q.Settings]:
        sealed = unseal(head.envelope) if head.envelope else None
        ours = sealed.value if sealed else {}
        fits = bool(sealed and sealed.fits(head.beside))
        title = one_line(str(ours.get("title", ""))) if fits else one_line(head.title)
        name = str(ours.get("id", "")) or head.id
        settings = decoded(ours.get("settings", head.settings), q.Settings) or q.Settings()
        stem = self.name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
        return name if ID.fullmatch(name) else slug(stem) or "quiz", title or MISSING_TITLE, settings

    def _item(self, draft: Draft) -> q.Item | None:
        sealed = unseal(draft.envelope) if draft.envelope else None
        ours = decoded(sealed.value, q.AnyItem) if sealed else None
        if ours is not None and not well_named(sealed.value if sealed else {}):
            ours = None
        if draft.envelope and ours is None:
            self.add("X005", draft.line, "our own form of this question is damaged, so it is read as other systems see it")
        if sealed and ours is not None and (sealed.fits(draft.beside) or draft.value is None):
            return replace(ours, line=draft.line)  # type: ignore[no-any-return]
        if draft.value is None:
            return None
        value = draft.value
        if sealed and ours is not None:
            value = self._kept(sealed, draft)
        item = decoded(value, q.AnyItem) or decoded(draft.value, q.AnyItem)
        if item is None:
            self.add("X001", draft.line, f"the question '{str(draft.value.get('stem', ''))[:60]}' does not fit together and is left out")
            return None
        return replace(item, line=draft.line)  # type: ignore[no-any-return]

    def _with_media(self, item: q.Item) -> q.Item | None:
        """Take over the files an item names; without its picture a question about a place cannot be asked."""
        for src, line in q.files_of(item):
            data = self.files.get(src.replace("/", "-"))
            if safe_path(src) and (data is None or safe_media(src, data)):
                if data is not None:
                    self.media[src] = data
                continue
            self.add("X004", line, f"the picture or sound '{src}' of '{item.id}' is of a kind that is not shown, or has parts that act")
            if isinstance(item, q.Hotspot) and item.image.src == src:
                return None
            item = replace(item, media=None)
        return item

    def _kept(self, sealed: Sealed, draft: Draft) -> dict[str, Any]:
        assert draft.value is not None  # noqa: S101 - the caller has looked
        kind, was = str(draft.value.get("type")), str(sealed.value.get("type"))
        tail = f"; it was '{was}' and is read as '{kind}' now" if kind != was else ""
        self.add("X005", draft.line, f"'{sealed.value.get('id')}' was changed elsewhere, so the changed form counts{tail}")
        return keep(sealed.value, draft.value, self.carried.get(kind, frozenset()))


def untouched(draft: Draft) -> bool:
    """Tell whether nobody has changed what stands beside our own form."""
    sealed = unseal(draft.envelope) if draft.envelope else None
    return sealed is not None and sealed.fits(draft.beside)


def missing_files(found: Import) -> tuple[Finding, ...]:
    """Name the pictures and sounds that items of an import use and its file does not hold, each once."""
    if found.quiz is None:
        return ()
    named = {src: line for item in reversed(found.quiz.items) for src, line in q.files_of(item) if src not in found.media}
    return tuple(
        finding("X004", found.quiz.path, line, f"the picture or sound '{src}' is not in the file", "Put it into the folder of the quiz, under this name.")
        for src, line in sorted(named.items(), key=lambda one: one[1])
    )


COMMON = frozenset({"outcome", "explain", "hints", "reread", "points", "tags", "media", "confidence", "shuffle"})


def keep(ours: Mapping[str, Any], foreign: Mapping[str, Any], carried: frozenset[str]) -> dict[str, Any]:
    """Return the foreign form of an item with our id, our ids of parts, and our fields that its format does not carry."""
    result = dict(foreign) | {"id": ours["id"]}
    same = ours.get("type") == foreign.get("type")
    for name, value in ours.items():
        if name in result and name in carried:
            result[name] = _kept_inside(value, result[name])
        elif name not in carried and name not in {"id", "type", "stem"} and (same or name in COMMON):
            result[name] = value
    return result


def _kept_inside(ours: Any, foreign: Any) -> Any:
    """Give parts their ids back: those with the same words, then those in the same place."""
    if isinstance(ours, Mapping) and isinstance(foreign, Mapping):
        return {**ours, **foreign}
    if not _parts(ours) or not _parts(foreign):
        return foreign
    left = list(ours)
    matched: dict[int, Mapping[str, Any]] = {}
    for index, part in enumerate(foreign):
        twin = next((one for one in left if _words(one) == _words(part)), None)
        if twin is not None:
            left.remove(twin)
            matched[index] = twin
    if len(ours) == len(foreign):
        for index, one in enumerate(ours):
            if index not in matched and one in left:
                matched[index] = one
    taken = {str(one["id"]) for one in matched.values()}
    made = []
    for index, part in enumerate(foreign):
        own = {"id": matched[index]["id"]} if index in matched else {"id": fresh(str(part["id"]), taken)}
        taken.add(str(own["id"]))
        made.append({**part, **own})
    return made


def _parts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) and "id" in one for one in value)


def _words(part: Mapping[str, Any]) -> tuple[Any, ...]:
    return (part.get("text"), part.get("left"), part.get("right"), part.get("label"))


def decoded(value: Any, kind: Any) -> Any:
    """Structure plain values; None where they are none of ours."""
    try:
        return CONVERTER.structure(value, kind)
    except (cattrs.BaseValidationError, TypeError, ValueError, KeyError, RecursionError, OverflowError):
        return None


def well_named(value: Any) -> bool:
    """Tell whether every id in plain values is one that may be used in paths and pages."""
    if isinstance(value, Mapping):
        return all((ID.fullmatch(str(one)) is not None if name == "id" else well_named(one)) for name, one in value.items())
    return all(map(well_named, value)) if isinstance(value, list) else True


def slug(text: str, *, words: int = 6, longest: int = 40) -> str:
    """Return an id made of the first words of a text; empty where no Latin letter or digit is in it."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = re.findall(r"[a-z0-9]+", plain)[:words]
    return "-".join(found)[:longest].strip("-")


def fresh(wanted: str, taken: Iterable[str]) -> str:
    """Return `wanted`, with a number where it is taken."""
    used = taken if isinstance(taken, AbstractSet) else set(taken)
    name, number = wanted, 2
    while name in used:
        name, number = f"{wanted}-{number}", number + 1
    return name


@dataclass(slots=True)
class _Names:
    """Gives out names, each once, without trying all that are taken for one that comes often."""

    taken: set[str] = field(default_factory=set)
    next: dict[str, int] = field(default_factory=dict)

    def take(self, wanted: str) -> str:
        name, number = wanted, self.next.get(wanted, 2)
        while name in self.taken:
            name, number = f"{wanted}-{number}", number + 1
        self.next[wanted] = number
        self.taken.add(name)
        return name


def name_parts(texts: Sequence[str], prefix: str) -> list[str]:
    """Return an id for each text: its first words where they are in Latin letters, and a number otherwise."""
    names = _Names()
    return [names.take(slug(text, words=3, longest=24) or f"{prefix}{number}") for number, text in enumerate(texts, start=1)]


def _unique(items: Iterable[q.Item]) -> list[q.Item]:
    names = _Names()
    return [item if (name := names.take(item.id)) == item.id else replace(item, id=name) for item in items]


__all__ = ["Draft", "Head", "Reading", "decoded", "fresh", "keep", "missing_files", "name_parts", "slug", "untouched"]
