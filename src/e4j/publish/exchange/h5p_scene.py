"""What the writers of H5P share: texts as H5P takes them, its interface texts in our languages, its pictures and its versions."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID, uuid5

from e4j.model.exchange import Loss
from e4j.model.quiz import ItemMedia
from e4j.model.text import EMPTY, Text
from e4j.publish.exchange.words import direction, word
from e4j.publish.exchange.writer import Writer

TARGETS: Mapping[str, Mapping[str, str]] = {
    "moodle-4.5": {
        "H5P.MultiChoice": "1.16", "H5P.TrueFalse": "1.8", "H5P.Blanks": "1.14", "H5P.DragText": "1.10", "H5P.QuestionSet": "1.20",
        "H5P.SortParagraphs": "0.12", "H5P.BranchingScenario": "1.10", "H5P.BranchingQuestion": "1.0", "H5P.Essay": "1.5", "H5P.Image": "1.1",
    },
    "2026": {
        "H5P.MultiChoice": "1.16", "H5P.TrueFalse": "1.8", "H5P.Blanks": "1.14", "H5P.DragText": "1.10", "H5P.QuestionSet": "1.21",
        "H5P.SortParagraphs": "0.12", "H5P.BranchingScenario": "1.10", "H5P.BranchingQuestion": "1.0", "H5P.Essay": "1.5", "H5P.Image": "1.1",
    },
}
"""Versions of libraries by the host they are for: another minor version is refused."""

NAMES = UUID("8d3e1c8e-52a4-5c1f-9d0b-6c4f7a3b2e10")
"""Where the names of questions live: `uuid5(NAMES, "quiz/item")` comes back in xAPI statements."""

_LINK = re.compile(r"</?a\b[^>]*>")
_SIGNS = str.maketrans({"*": "∗", ":": "∶", "\\": "＼"})
_PICTURES = {".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


@dataclass(slots=True, kw_only=True)
class Scene:
    """One item on its way out; `pictures` are the files it shows, by their path in the package."""

    quiz: str
    item: str
    language: str
    writer: Writer
    target: str
    pictures: dict[str, bytes] = field(default_factory=dict)
    losses: list[Loss] = field(default_factory=list)

    def library(self, name: str) -> str:
        """Return a library with its version, as content names it."""
        return f"{name} {TARGETS[self.target][name]}"

    def html(self, text: Text) -> str:
        """Return a text with emphasis. H5P takes no links in questions and loses `dir`, so the script's direction is a sign in the text."""
        made = self.writer.html(text)
        if "<a " in made:
            self.lose("links", "links are left out; their words stay")
        return self.isolated(_LINK.sub("", made))

    def block(self, text: Text) -> str:
        """Return a text as a paragraph."""
        return f"<p>{self.html(text)}</p>"

    def plain(self, text: Text) -> str:
        """Return the words of a text."""
        return self.isolated(self.writer.plain(text))

    def isolated(self, text: str) -> str:
        """Keep the end of a sentence on its own side of a page that runs the other way."""
        return f"\u2067{text}\u2069" if text and direction(self.language) == "rtl" else text

    def bare(self, text: Text, what: str) -> str:
        """Return words for a line in which `*`, `:` and the backslash have a meaning: look-alikes stand for them."""
        words = " ".join(self.writer.plain(text).split())
        if words.translate(_SIGNS) != words:
            self.lose(what, "the signs * : and \\ become look-alikes, because they have a meaning here")
        return words.translate(_SIGNS)

    def lose(self, what: str, message: str) -> None:
        """Report something H5P cannot carry, once."""
        loss = Loss(item=self.item, field=what, message=message)
        if loss not in self.losses:
            self.losses.append(loss)

    def name(self, part: str = "") -> str:
        """Return the permanent name of the item, or of a part of it."""
        return str(uuid5(NAMES, "/".join(filter(None, (self.quiz, self.item, part)))))

    def texts(self, library: str) -> dict[str, Any]:
        """Return the interface texts of a library in this language."""
        return _localised(fields()[library], self.language)

    def picture(self, src: str, alt: Text) -> dict[str, Any] | None:
        """Take a picture along, or the `.png` beside it; None where H5P takes neither."""
        path = PurePosixPath(src)
        found = next((one for one in (src, str(path.with_suffix(".png"))) if PurePosixPath(one).suffix.lower() in _PICTURES and one in self.writer.media), None)
        if found is None:
            self.lose("media", f"'{src}' is left out: H5P takes pictures as png or jpg only; put {path.stem}.png beside it")
            return None
        inside = f"images/{found.replace('/', '-')}"
        self.pictures[f"content/{inside}"] = self.writer.media[found]
        kind = _PICTURES[PurePosixPath(found).suffix.lower()]
        words = self.plain(alt)
        params = {"contentName": "Image", "file": {"path": inside, "mime": kind, "copyright": {"license": "U"}}, "alt": words}
        return {
            "type": {"library": self.library("H5P.Image"), "params": params, "subContentId": self.name("image"), "metadata": metadata("Image", words)},
            "disableImageZooming": False,
        }

    def media(self, media: ItemMedia | None) -> dict[str, Any]:
        """Return the field `media` of a question; empty where there is none."""
        if media is None:
            return {}
        shown = self.picture(media.src, media.alt)
        if media.caption or media.transcript:
            self.lose("media", "what stands below a picture or sound is left out")
        return {"media": shown} if shown else {}


def metadata(kind: str, title: str) -> dict[str, Any]:
    """Return what H5P wants to know about a piece of content."""
    return {"contentType": kind, "license": "U", "title": title[:255] or kind}


def overall(scene: Scene, explain: Text = EMPTY) -> dict[str, Any]:
    """Return the feedback on the whole. It is there even when it says nothing: one type stops at Check without it."""
    return {"overallFeedback": [{"from": 0, "to": 100} | ({"feedback": scene.plain(explain)} if explain else {})]}


def entity(text: str) -> str:
    """Write an answer for Blanks, which takes `*`, `/` and `:` apart before it reads entities."""
    return escape(text, quote=False).replace("*", "&#42;").replace("/", "&#47;").replace(":", "&#58;")


def fields() -> Mapping[str, Any]:
    """Return the interface texts of every library in English."""
    return _fields()


@cache
def _fields() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((files("e4j.publish.exchange") / "h5p_fields.json").read_text("utf-8"))
    return found


def _localised(value: Mapping[str, Any], language: str) -> dict[str, Any]:
    return {name: _localised(one, language) if isinstance(one, dict) else word(one, language) for name, one in value.items()}


__all__ = ["NAMES", "TARGETS", "Scene", "entity", "fields", "metadata", "overall"]
