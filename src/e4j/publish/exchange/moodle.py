"""Moodle XML: one file with a category and its questions, as Moodle's question bank imports it.

What the real Moodle taught: `ordering` without `shownumcorrect` breaks its database, an `idnumber` that comes twice is dropped
without a word, and a share of a grade that is not on its list refuses the file.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any
from xml.etree.ElementTree import Element

from e4j.model import quiz as q
from e4j.model.envelope import MARK, canonical_xml, seal
from e4j.model.exchange import Export, Loss
from e4j.model.plain import item_value, settings_value
from e4j.model.text import Text, one_line
from e4j.publish.exchange.fractions import grade
from e4j.publish.exchange.losses import common_losses, settings_losses
from e4j.publish.exchange.moodle_cloze import cloze_text
from e4j.publish.exchange.writer import Writer
from e4j.publish.exchange.xml_text import add, clean, to_bytes

RTL = frozenset({"ar", "fa", "he", "ur"})
TYPES: Mapping[str, str] = {
    "single": "multichoice", "multiple": "multichoice", "truefalse": "truefalse", "short": "shortanswer", "numeric": "numerical", "cloze": "cloze",
    "order": "ordering", "match": "matching", "categorize": "matching", "hotspot": "ddmarker", "survey": "multichoice", "reflect": "essay",
    "scenario": "description",
}
"""What Moodle calls each kind."""

CARRIED = ("explain", "hints", "points", "tags", "media", "shuffle")
_NAME = 80


def export(quiz: q.Quiz, language: str, writer: Writer) -> Export:
    """Return the quiz as one Moodle XML file."""
    losses = list(settings_losses(quiz))
    root = Element("quiz")
    _category(root, quiz, writer)
    for item in quiz.items:
        making = _Question(quiz=quiz, item=item, language=language, writer=writer, losses=losses)
        root.append(making.build())
    return Export(files={f"{quiz.id}.xml": to_bytes(root)}, losses=tuple(losses))


def _category(root: Element, quiz: q.Quiz, writer: Writer) -> None:
    question = add(root, "question", type="category")
    title = one_line(clean(writer.plain(quiz.title)))
    path = f"$course$/top/{title.replace('/', '//')}"
    add(add(question, "category"), "text", path)
    add(add(question, "info", format="html"), "text")
    add(question, "idnumber", quiz.id)
    value = {"id": quiz.id, "title": quiz.title.value, "settings": settings_value(quiz.settings)}
    add(question, MARK, seal(value, path))


@dataclass(slots=True, kw_only=True)
class _Question:
    """One question being written."""

    quiz: q.Quiz
    item: q.Item
    language: str
    writer: Writer
    losses: list[Loss]
    root: Element = field(default_factory=lambda: Element("question"))

    def build(self) -> Element:
        """Return the finished question with our own form sealed into it."""
        item, kind = self.item, self.item.type  # type: ignore[attr-defined]
        self.losses.extend(common_losses(item, CARRIED))
        body = _BODIES[kind]
        if isinstance(item, q.Hotspot) and (self._right_area() is None or item.image.src not in self.writer.media):
            self.lose("type", "without its picture or a right place it is a text only")
            kind, body = "scenario", _Question._nothing
        self.root.set("type", TYPES[kind])
        self._frame()
        body(self)
        for hint in () if kind == "scenario" else item.hints:
            self.html(self.root, "hint", hint)
        if item.tags:
            tags = add(self.root, "tags")
            for tag in item.tags:
                add(add(tags, "tag"), "text", tag)
        add(self.root, MARK, seal(item_value(item), canonical_xml(self.root)))
        return self.root

    def lose(self, name: str, message: str) -> None:
        """Note something that Moodle cannot say."""
        self.losses.append(Loss(item=self.item.id, field=name, message=message))

    def html(self, parent: Element, tag: str, text: Text) -> Element:
        """Append an element with a text in HTML."""
        element = add(parent, tag, format="html")
        add(element, "text", self.writer.html(text) if text else "")
        return element

    def _frame(self) -> None:
        item = self.item
        name = one_line(self.writer.plain(item.stem))
        add(add(self.root, "name"), "text", name if len(name) <= _NAME else name[: _NAME - 1] + "…")
        stem = add(self.root, "questiontext", format="html")
        add(stem, "text", self._paragraph(self._stem()) + self._media(stem))
        self.html(self.root, "generalfeedback", item.explain)
        graded = not isinstance(item, q.Survey | q.Scenario)
        add(self.root, "defaultgrade", str(item.points if graded else 0))
        if not graded and item.points != 1:
            self.lose("points", "there is no mark for it")
        add(self.root, "penalty", "0.3333333")
        add(self.root, "hidden", "0")
        add(self.root, "idnumber", f"{self.quiz.id}/{item.id}")

    def _stem(self) -> str:
        html = self.writer.html(self.item.stem)
        return cloze_text(html, self.item, self.language, self.writer, self.lose) if isinstance(self.item, q.Cloze) else html

    def _paragraph(self, html: str) -> str:
        return f'<p dir="rtl" lang="{self.language}">{html}</p>' if self.language in RTL else f"<p>{html}</p>"

    def _media(self, stem: Element) -> str:
        media = self.item.media
        if media is None:
            return ""
        if media.src not in self.writer.media:
            self.lose("media", f"the file '{media.src}' is missing")
            return ""
        self._file(stem, media.src)
        address = escape(f"@@PLUGINFILE@@/{_flat(media.src)}")
        sound = media.src.endswith((".mp3", ".opus"))
        alt = escape(self.writer.plain(media.alt))
        shown = f'<audio controls="controls" src="{address}" title="{alt}"></audio>' if sound else f'<img src="{address}" alt="{alt}">'
        words = "".join(f"<p>{self.writer.html(text)}</p>" for text in (media.caption, media.transcript) if text)
        return f"<p>{shown}</p>{words}"

    def _file(self, parent: Element, src: str) -> None:
        data = b64encode(self.writer.media[src]).decode()
        add(parent, "file", data, name=_flat(src), path="/", encoding="base64")

    def _answer(self, fraction: str, text: str, feedback: Text, style: str = "moodle_auto_format") -> Element:
        answer = add(self.root, "answer", fraction=fraction, format=style)
        add(answer, "text", text)
        self.html(answer, "feedback", feedback)
        return answer

    # One method a kind

    def _choice(self, options: tuple[q.Option, ...], shares: Mapping[bool, str], *, single: bool) -> None:
        add(self.root, "single", "true" if single else "false")
        add(self.root, "shuffleanswers", "true" if self.item.shuffle else "false")
        add(self.root, "answernumbering", "abc")
        for option in options:
            self._answer(shares[option.correct], self.writer.html(option.text), option.feedback, "html")

    def _single(self) -> None:
        self._choice(self.item.options, {True: "100", False: "0"}, single=True)  # type: ignore[attr-defined]

    def _multiple(self) -> None:
        item: Any = self.item
        right = sum(option.correct for option in item.options) or 1
        share, exact = grade(100 / right)
        if item.scoring != "right-minus-wrong":
            self.lose("scoring", "marks are the right choices less the wrong ones")
        elif not exact:
            self.lose("scoring", f"Moodle knows no share of one to {right}; the nearest is {share} %")
        self._choice(item.options, {True: share, False: f"-{share}"}, single=False)

    def _survey(self) -> None:
        self.lose("type", "Moodle has no question without a key: every answer counts as right, for no marks")
        self._choice(self.item.choices, {True: "100", False: "100"}, single=True)  # type: ignore[attr-defined]

    def _truefalse(self) -> None:
        item: Any = self.item
        for answer, word in ((True, "true"), (False, "false")):
            self._answer("100" if item.answer is answer else "0", word, getattr(item.feedback, word))

    def _short(self) -> None:
        item: Any = self.item
        add(self.root, "usecase", "0")
        if item.normalize != ("base",):
            self.lose("normalize", "spellings that we hold equal must be written one by one")
        for accepted in item.accept.get(self.language, ()):
            self._answer(self._share(accepted.credit), accepted.text.replace("\\", "\\\\").replace("*", "\\*"), accepted.feedback)

    def _numeric(self) -> None:
        item: Any = self.item
        for accepted in item.accept:
            answer = self._answer(self._share(accepted.credit), accepted.value, accepted.feedback)
            add(answer, "tolerance", accepted.tolerance)
        unit = self.writer.plain(item.unit)
        if unit:
            one = add(add(self.root, "units"), "unit")
            add(one, "multiplier", "1")
            add(one, "unit_name", unit)
        for tag, value in (("unitgradingtype", "0"), ("unitpenalty", "0.1"), ("showunits", "0" if unit else "3"), ("unitsleft", "0")):
            add(self.root, tag, value)

    def _share(self, credit: float) -> str:
        share, exact = grade(credit * 100)
        if not exact:
            self.lose("accept", f"Moodle knows no share of {credit * 100:g} %; the nearest is {share} %")
        return share

    def _order(self) -> None:
        item: Any = self.item
        for tag, value in (
            ("layouttype", "VERTICAL"), ("selecttype", "ALL"), ("selectcount", str(max(2, len(item.sequence)))),
            ("gradingtype", "ABSOLUTE_POSITION" if item.scoring == "position" else "ALL_OR_NOTHING"), ("showgrading", "SHOW"),
            ("numberingstyle", "none"), ("shownumcorrect", "1"),
        ):
            add(self.root, tag, value)
        for number, part in enumerate(item.sequence, start=1):
            answer = add(self.root, "answer", fraction=f"{number}.0000000", format="html")
            add(answer, "text", self.writer.html(part.text))
        if any(part.feedback for part in item.sequence):
            self.lose("sequence", "what is said about single steps is left out")

    def _match(self) -> None:
        item: Any = self.item
        rights = [(pair.left, pair.right) for pair in item.pairs]
        self._matching(rights, [part.text for part in item.distractors])
        if any(part.feedback for part in (*item.pairs, *item.distractors)):
            self.lose("pairs", "what is said about single pairs is left out")

    def _categorize(self) -> None:
        item: Any = self.item
        names = {category.id: category.text for category in item.categories}
        used = {thing.within for thing in item.things}
        self.lose("type", "it is a question of matching")
        self._matching([(thing.text, names.get(thing.within, Text(value=thing.within))) for thing in item.things], [text for name, text in names.items() if name not in used])
        if any(thing.feedback for thing in item.things):
            self.lose("things", "what is said about single things is left out")

    def _matching(self, pairs: list[tuple[Text, Text]], extra: list[Text]) -> None:
        if self.item.scoring == "all-or-nothing":  # type: ignore[attr-defined]
            self.lose("scoring", "each pair counts on its own")
        add(self.root, "shuffleanswers", "true")
        for left, right in (*pairs, *((Text(value=""), text) for text in extra)):
            sub = self.html(self.root, "subquestion", left)
            add(add(sub, "answer"), "text", self.writer.plain(right))

    def _right_area(self) -> q.Area | None:
        return next((area for area in self.item.areas if area.correct), None)  # type: ignore[attr-defined]

    def _hotspot(self) -> None:
        item: Any = self.item
        area = self._right_area()
        assert area is not None  # noqa: S101 - `build` has looked
        self.lose("areas", "wrong places, the labels of places and what is said about them are left out; it cannot be done without seeing the picture")
        self._file(self.root, item.image.src)
        add(self.root, "shuffleanswers", "0")
        drag = add(self.root, "drag")
        add(drag, "no", "1")
        add(drag, "text", "●")
        add(drag, "noofdrags", "1")
        drop = add(self.root, "drop")
        add(drop, "no", "1")
        add(drop, "shape", {"rect": "rectangle", "circle": "circle", "poly": "polygon"}[area.shape])
        add(drop, "coords", _coords(area))
        add(drop, "choice", "1")

    def _reflect(self) -> None:
        item: Any = self.item
        for tag, value in (
            ("responseformat", "editor"), ("responserequired", "1"), ("responsefieldlines", "15"), ("minwordlimit", str(item.words.min)),
            ("maxwordlimit", str(item.words.max)), ("attachments", "0"), ("attachmentsrequired", "0"),
        ):
            add(self.root, tag, value)
        info = add(self.root, "graderinfo", format="html")
        rows = "".join(f"<li>{self.writer.html(line.text)} ({line.points})</li>" for line in item.rubric)
        add(info, "text", f"<p>{self.writer.html(item.model)}</p>" + (f"<ul>{rows}</ul>" if rows else ""))
        self.html(self.root, "responsetemplate", Text(value=""))
        if rows:
            self.lose("rubric", "the rubric is a list in the notes for graders; learners do not see it")

    def _scenario(self) -> None:
        item: Any = self.item
        self.lose("type", "it is a text to discuss: only its beginning is shown")
        self.lose("nodes", "the ways through the story are left out")
        start = item.nodes.get(item.start)
        stem = self.root.find("questiontext/text")
        if start is not None and stem is not None:
            choices = "".join(f"<li>{self.writer.html(choice.text)}</li>" for choice in start.choices)
            stem.text = clean(f"{stem.text}<p>{self.writer.html(start.text)}</p><ul>{choices}</ul>")
        if item.hints:
            self.lose("hints", "a text has no hints")

    def _nothing(self) -> None:
        """Add nothing: the frame says all that can be said."""


def _flat(src: str) -> str:
    """Return the name of a file without folders: Moodle keeps the files of a question in one place."""
    return src.replace("/", "-")


def _coords(area: q.Area) -> str:
    numbers = area.coords
    if area.shape == "rect" and len(numbers) == 4:
        left, top, right, bottom = numbers
        return f"{left},{top};{right - left},{bottom - top}"
    if area.shape == "circle" and len(numbers) == 3:
        return f"{numbers[0]},{numbers[1]};{numbers[2]}"
    return ";".join(f"{x},{y}" for x, y in zip(numbers[::2], numbers[1::2], strict=False))


_BODIES: Mapping[str, Callable[[_Question], None]] = {
    "single": _Question._single, "multiple": _Question._multiple, "truefalse": _Question._truefalse, "short": _Question._short,  # noqa: SLF001
    "numeric": _Question._numeric, "cloze": _Question._nothing, "order": _Question._order, "match": _Question._match,  # noqa: SLF001
    "categorize": _Question._categorize, "hotspot": _Question._hotspot, "survey": _Question._survey, "reflect": _Question._reflect,  # noqa: SLF001
    "scenario": _Question._scenario,  # noqa: SLF001
}

__all__ = ["CARRIED", "TYPES", "export"]
