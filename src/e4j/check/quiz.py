"""What can be wrong in a quiz."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from e4j.check.content import check_text
from e4j.check.facts import texts_of
from e4j.mark.normalize import NORMALIZERS
from e4j.model import quiz as q
from e4j.model.catalog import Catalog, Level
from e4j.model.codes import finding
from e4j.model.finding import Finding
from e4j.model.text import Text

_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_GAP = re.compile(r"\{\{([^{}]*)\}\}")
_ABOVE = re.compile(r"\b(all|none|both|any) of (the above|these answers)\b", re.IGNORECASE)
_MOST_OPTIONS = 5
_AUDIO = (".mp3", ".opus", ".ogg")
_UNMARKED = q.Survey | q.Reflect


@dataclass(slots=True)
class _Check:
    """One item under review."""

    item: Any
    path: str
    languages: tuple[str, ...]
    found: list[Finding] = field(default_factory=list)

    def report(self, code: str, message: str, line: int = 0) -> None:
        self.found.append(finding(code, self.path, line or self.item.line, message))

    def twice(self, ids: Iterable[str], what: str) -> None:
        names = list(ids)
        for name in sorted({name for name in names if names.count(name) > 1}):
            self.report("I002", f"the {what} id '{name}' of '{self.item.id}' is used twice")

    def alike(self, texts: Iterable[Text], what: str) -> None:
        seen: set[str] = set()
        for text in texts:
            words = " ".join(text.value.split()).casefold()
            if words in seen:
                self.report("Q012", f"two {what} of '{self.item.id}' read '{text.value}'", text.line)
            seen.add(words)

    def enough(self, parts: Iterable[Any], what: str) -> None:
        if len(list(parts)) < 2:
            self.report("Q013", f"'{self.item.id}' has too few {what}")


def check_quiz(quiz: q.Quiz, languages: tuple[str, ...]) -> list[Finding]:
    """Check the keys, feedback, accepted answers and settings of a quiz."""
    found: list[Finding] = []
    if not quiz.items:
        found.append(finding("Q009", quiz.path, 1, "the quiz has no items"))
    seen: set[str] = set()
    for item in quiz.items:
        if item.id in seen:
            found.append(finding("I002", quiz.path, item.line, f"the item id '{item.id}' is used twice"))
        seen.add(item.id)
        found.extend(_item(item, quiz, languages))
    return found + list(_draws(quiz))


def check_young_readers(catalog: Catalog) -> list[Finding]:
    """Report what primary pupils would have to write in a quiz that a server marks: a child's words never leave the device."""
    found: list[Finding] = []
    for module in catalog.modules.values():
        quiz = catalog.quizzes.get(module.quiz)
        if module.level is Level.PRIMARY and quiz and quiz.settings.mode == "assessed":
            written = [item for item in quiz.items if isinstance(item, q.Short | q.Numeric) or _writes(item)]
            found.extend(finding("Q021", quiz.path, item.line, f"'{item.id}' asks a young child to write for a server") for item in written)
    return found


def _writes(item: q.Item) -> bool:
    return isinstance(item, q.Cloze) and any(gap.kind == "text" for gap in item.gaps.values())


def _item(item: q.AnyItem, quiz: q.Quiz, languages: tuple[str, ...]) -> list[Finding]:
    check = _Check(item, quiz.path, languages)
    if not item.explain and not isinstance(item, _UNMARKED):
        check.report("Q005", f"the item '{item.id}' has no explanation")
    if quiz.settings.mode == "assessed" and (isinstance(item, _UNMARKED) or (isinstance(item, q.Scenario) and not item.scored)):
        check.report("Q021", f"'{item.id}' has no answer that a server could mark")
    _files(check, quiz)
    _CHECKS[type(item)](check, item)
    for text in texts_of(item):
        check_text(text, quiz.path, check.found)
    return check.found


def _files(check: _Check, quiz: q.Quiz) -> None:
    known = {file.path for file in quiz.media}
    for name, line in q.files_of(check.item):
        if name not in known:
            check.report("L008", f"there is no file '{name}' in quizzes/{quiz.id}/", line)
    media = check.item.media
    if media and not (media.transcript if media.src.endswith(_AUDIO) else media.alt):
        check.report("Q026", f"'{media.src}' of '{check.item.id}' is not told in words")


def _draws(quiz: q.Quiz) -> Iterator[Finding]:
    taken = 0
    for number, draw in enumerate(quiz.settings.draw, 1):
        able = sum(not draw.among or bool({*draw.among} & {*item.tags}) for item in quiz.items)
        taken += draw.n
        if draw.n < 1 or draw.n > able:
            yield finding("Q022", quiz.path, 1, f"draw {number} wants {draw.n} of {able} items")
    if taken > len(quiz.items):
        yield finding("Q022", quiz.path, 1, f"the draws together want {taken} of {len(quiz.items)} items")


# Choices


def _options(check: _Check, item: q.Single | q.Multiple) -> None:
    right = sum(option.correct for option in item.options)
    _few_or_many(check, item.options)
    if isinstance(item, q.Single) and right != 1:
        check.report("Q001", f"'{item.id}' has {right} right options")
    if isinstance(item, q.Multiple) and right in (0, len(item.options)):
        check.report("Q002", f"all options of '{item.id}' are {'right' if right else 'wrong'}")
    _told(check, item.options)


def _few_or_many(check: _Check, options: tuple[q.Option, ...]) -> None:
    if len(options) < 2:
        check.report("Q004", f"'{check.item.id}' has {len(options)} options")
    if len(options) > _MOST_OPTIONS and not isinstance(check.item, q.Survey):
        check.report("Q025", f"'{check.item.id}' has {len(options)} options")
    check.twice((option.id for option in options), "option")
    check.alike((option.text for option in options), "options")
    for option in options:
        if _ABOVE.search(option.text.value):
            check.report("Q024", f"'{option.text.value}' speaks of the other options", option.text.line)


def _told(check: _Check, options: Iterable[q.Option]) -> None:
    for option in options:
        if not option.correct and not option.feedback:
            check.report("Q003", f"the wrong option '{option.id}' of '{check.item.id}' has no feedback", option.text.line)


def _survey(check: _Check, item: q.Survey) -> None:
    if bool(item.options) == bool(item.scale):
        check.report("Q023", f"'{item.id}' has {'both options and a scale' if item.scale else 'neither options nor a scale'}")
    else:
        _few_or_many(check, item.choices)


def _hotspot(check: _Check, item: q.Hotspot) -> None:
    right = sum(area.correct for area in item.areas)
    if right in (0, len(item.areas)):
        check.report("Q016", f"all areas of '{item.id}' are {'right' if right else 'wrong'}")
    check.twice((area.id for area in item.areas), "area")
    check.alike((area.label for area in item.areas), "areas")
    for area in item.areas:
        if not _inside(area, item.image):
            check.report("Q015", f"the area '{area.id}' of '{item.id}' is not inside {item.image.width} × {item.image.height}", area.label.line)
        if not area.correct and not area.feedback:
            check.report("Q003", f"the wrong area '{area.id}' of '{item.id}' has no feedback", area.label.line)


def _inside(area: q.Area, image: q.Picture) -> bool:
    coords = area.coords
    if area.shape == "circle":
        if len(coords) != 3 or coords[2] <= 0:
            return False
        x, y, radius = coords
        points = [(x - radius, y - radius), (x + radius, y + radius)]
    else:
        if len(coords) % 2 or len(coords) < (4 if area.shape == "rect" else 6) or (area.shape == "rect" and len(coords) != 4):
            return False
        points = list(zip(coords[::2], coords[1::2], strict=True))
        if area.shape == "rect" and not (coords[0] < coords[2] and coords[1] < coords[3]):
            return False
    return all(0 <= x <= image.width and 0 <= y <= image.height for x, y in points)


# Words and numbers


def _accept(check: _Check, accept: Mapping[str, tuple[q.AcceptedText, ...]], what: str) -> None:
    for language in check.languages:
        if not accept.get(language):
            check.report("Q006", f"{what} has no accepted answer in '{language}'")
    for texts in accept.values():
        for text in texts:
            _credit(check, text.credit)


def _credit(check: _Check, value: float | None) -> None:
    if value is not None and not 0 <= value <= 1:
        check.report("Q027", f"'{check.item.id}' gives {value:g}")


def _steps(check: _Check, steps: tuple[str, ...]) -> None:
    for step in steps:
        if step not in NORMALIZERS:
            check.report("Q007", f"unknown normaliser '{step}'")


def _short(check: _Check, item: q.Short) -> None:
    _accept(check, item.accept, f"'{item.id}'")
    _steps(check, item.normalize)


def _numeric(check: _Check, item: q.Numeric) -> None:
    for accepted in item.accept:
        for value in (accepted.value, accepted.tolerance):
            if not _DECIMAL.fullmatch(value):
                check.report("Q008", f"'{value}' is not a decimal number")
        _credit(check, accepted.credit)


def _cloze(check: _Check, item: q.Cloze) -> None:
    named = _GAP.findall(item.stem.value)
    if sorted(named) != sorted(item.gaps):
        check.report("Q010", f"the stem of '{item.id}' has the gaps {', '.join(named) or 'none'}, its key {', '.join(item.gaps) or 'none'}", item.stem.line)
    for name, gap in item.gaps.items():
        _gap(check, name, gap)
    check.twice([*item.gaps, *(part.id for part in item.distractors)], "part")
    check.alike([gap.text for gap in item.gaps.values() if gap.kind == "drag"] + [part.text for part in item.distractors], "words")
    if item.distractors and not any(gap.kind == "drag" for gap in item.gaps.values()):
        check.report("Q011", f"'{item.id}' has distractors but no gap to drag to")
    _steps(check, item.normalize)


def _gap(check: _Check, name: str, gap: q.Gap) -> None:
    given = {kind for kind, value in (("text", gap.accept), ("choice", gap.options), ("drag", gap.text)) if value}
    if given != {gap.kind}:
        check.report("Q011", f"the gap '{name}' of '{check.item.id}' is of the kind {gap.kind} and has {', '.join(sorted(given)) or 'nothing'}")
    elif gap.kind == "text":
        _accept(check, gap.accept, f"the gap '{name}' of '{check.item.id}'")
    elif gap.kind == "choice":
        right = sum(option.correct for option in gap.options)
        if right != 1:
            check.report("Q001", f"the gap '{name}' of '{check.item.id}' has {right} right options")
        _few_or_many(check, gap.options)
        _told(check, gap.options)


# Parts to put in place


def _order(check: _Check, item: q.Order) -> None:
    check.enough(item.sequence, "steps")
    check.twice((part.id for part in item.sequence), "step")
    check.alike((part.text for part in item.sequence), "steps")


def _match(check: _Check, item: q.Match) -> None:
    check.enough(item.pairs, "pairs")
    check.twice([*(pair.id for pair in item.pairs), *(part.id for part in item.distractors)], "pair")
    check.alike((pair.left for pair in item.pairs), "left sides")
    check.alike([*(pair.right for pair in item.pairs), *(part.text for part in item.distractors)], "right sides")


def _categorize(check: _Check, item: q.Categorize) -> None:
    check.enough(item.categories, "categories")
    check.enough(item.things, "things")
    check.twice([part.id for part in item.categories], "category")
    check.twice([thing.id for thing in item.things], "thing")
    check.alike((part.text for part in item.categories), "categories")
    check.alike((thing.text for thing in item.things), "things")
    known = {part.id for part in item.categories}
    for thing in item.things:
        if thing.within not in known:
            check.report("Q014", f"'{thing.id}' of '{item.id}' belongs to '{thing.within}', which is no category", thing.text.line)


# Ways through a scenario


def _scenario(check: _Check, item: q.Scenario) -> None:
    if item.start not in item.nodes:
        check.report("Q017", f"'{item.id}' starts at '{item.start}', which does not exist")
        return
    for name, node in item.nodes.items():
        _node(check, name, node, item)
    reached = _reached(item.start, lambda name: [choice.to for choice in item.nodes[name].choices if choice.to in item.nodes])
    for name in item.nodes:
        if name not in reached:
            check.report("Q018", f"nothing leads to '{name}' of '{item.id}'", item.nodes[name].text.line)
    for name in _endless(item):
        check.report("Q019", f"no end can be reached from '{name}' of '{item.id}'", item.nodes[name].text.line)
    if not item.loops and (turn := _loop(item)):
        check.report("Q019", f"a way leads back to '{turn}' of '{item.id}'", item.nodes[turn].text.line)


def _node(check: _Check, name: str, node: q.Node, item: q.Scenario) -> None:
    if node.end and node.choices:
        check.report("Q019", f"'{name}' of '{item.id}' is an end and goes on", node.text.line)
    check.twice((choice.id for choice in node.choices), "choice")
    for choice in node.choices:
        if choice.to not in item.nodes:
            check.report("Q017", f"'{choice.id}' of '{item.id}' leads to '{choice.to}', which does not exist", choice.text.line)
        _credit(check, choice.score)
        for value in choice.values:
            if value not in item.values:
                check.report("Q020", f"'{choice.id}' of '{item.id}' honours '{value}', which has no name", choice.text.line)


def _reached(start: str, ways: Callable[[str], Iterable[str]]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        for name in ways(waiting.pop()):
            if name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached


def _endless(item: q.Scenario) -> list[str]:
    """Return the moments from which no end can be reached: walk back from every end."""
    before: dict[str, set[str]] = {name: set() for name in item.nodes}
    for name, node in item.nodes.items():
        for choice in node.choices:
            before.get(choice.to, set()).add(name)
    ending: set[str] = set()
    for name, node in item.nodes.items():
        if node.end:
            ending |= _reached(name, before.__getitem__)
    return [name for name in item.nodes if name not in ending]


def _loop(item: q.Scenario) -> str:
    """Return a moment that a way leads back to, or nothing."""
    for name, node in item.nodes.items():
        starts = [choice.to for choice in node.choices if choice.to in item.nodes]
        onward = {after for start in starts for after in _reached(start, lambda at: [c.to for c in item.nodes[at].choices if c.to in item.nodes])}
        if name in onward:
            return name
    return ""


def _nothing(check: _Check, item: q.Item) -> None:
    """Kinds without a rule of their own."""


_CHECKS: Mapping[type[q.Item], Callable[[_Check, Any], None]] = {
    q.Single: _options, q.Multiple: _options, q.Survey: _survey, q.Short: _short, q.Numeric: _numeric, q.TrueFalse: _nothing,
    q.Reflect: _nothing, q.Cloze: _cloze, q.Order: _order, q.Match: _match, q.Categorize: _categorize, q.Hotspot: _hotspot,
    q.Scenario: _scenario,
}
