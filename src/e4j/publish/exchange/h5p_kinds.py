"""Each kind of question as content of the H5P library that says most of it."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from e4j.model import quiz as q
from e4j.model.text import Text
from e4j.publish.exchange.h5p_branching import scenario
from e4j.publish.exchange.h5p_scene import Scene, entity, overall
from e4j.publish.exchange.qti_cloze import GAP
from e4j.publish.exchange.words import word

Content = tuple[str, dict[str, Any]]
"""A library and its parameters."""

IN_SET = frozenset({"H5P.MultiChoice", "H5P.TrueFalse", "H5P.Blanks", "H5P.DragText", "H5P.Essay"})
"""Libraries that a question set admits; the others become packages of their own."""

_BUTTONS = {"enableRetry": True, "enableSolutionsButton": True, "enableCheckButton": True}
_NO_DIALOGS = {"confirmCheckDialog": False, "confirmRetryDialog": False}


def _choice(item: q.Item, options: Sequence[dict[str, Any]], scene: Scene, *, kind: str, one_point: bool, shuffle: bool) -> Content:
    behaviour = {
        **_BUTTONS, **_NO_DIALOGS, "type": kind, "singlePoint": one_point, "randomAnswers": shuffle, "showSolutionsRequiresInput": True, "autoCheck": False,
        "passPercentage": 100, "showScorePoints": True,
    }
    params = {
        **scene.media(item.media), "question": scene.block(item.stem), "answers": list(options), **overall(scene, item.explain), "behaviour": behaviour,
        **scene.texts("H5P.MultiChoice"),
    }
    return "H5P.MultiChoice", params


def _answer(text: Text, *, correct: bool, feedback: Text, scene: Scene) -> dict[str, Any]:
    said = {"tipsAndFeedback": {"tip": "", "chosenFeedback": f"<div>{scene.html(feedback)}</div>", "notChosenFeedback": ""}} if feedback else {}
    return {"text": f"<div>{scene.html(text)}</div>", "correct": correct, **said}


def single(item: q.Single, scene: Scene) -> Content:
    """Choose one."""
    options = [_answer(o.text, correct=o.correct, feedback=o.feedback, scene=scene) for o in item.options]
    return _choice(item, options, scene, kind="single", one_point=False, shuffle=item.shuffle)


def multiple(item: q.Multiple, scene: Scene) -> Content:
    """Choose all that apply: H5P takes right minus wrong as we do."""
    if item.scoring == "per-option":
        scene.lose("scoring", "right choices minus wrong ones count, not each option for itself")
    options = [_answer(o.text, correct=o.correct, feedback=o.feedback, scene=scene) for o in item.options]
    return _choice(item, options, scene, kind="multi", one_point=item.scoring == "all-or-nothing", shuffle=item.shuffle)


def survey(item: q.Survey, scene: Scene) -> Content:
    """Choose without a key: every answer counts as right."""
    scene.lose("type", "every answer counts as right, because H5P has no question without a key here")
    options = [_answer(o.text, correct=True, feedback=o.feedback, scene=scene) for o in item.choices]
    return _choice(item, options, scene, kind="single", one_point=False, shuffle=item.shuffle)


def hotspot(item: q.Hotspot, scene: Scene) -> Content:
    """Choose a place by its label; the picture stands above."""
    scene.lose("areas", "the places are chosen by their labels, not in the picture")
    options = [_answer(a.label, correct=a.correct, feedback=a.feedback, scene=scene) for a in item.areas]
    library, params = _choice(item, options, scene, kind="single", one_point=False, shuffle=item.shuffle)
    shown = scene.picture(item.image.src, item.image.alt)
    if item.media and shown:
        scene.lose("media", "only the picture with the places is shown")
    return library, params | ({"media": shown} if shown else {})


def truefalse(item: q.TrueFalse, scene: Scene) -> Content:
    """Say whether it is true. The explanation is part of what is said to either answer."""
    said = {True: item.feedback.true, False: item.feedback.false}
    told = {}
    for name, text in (("feedbackOnCorrect", said[item.answer]), ("feedbackOnWrong", said[not item.answer])):
        if words := " ".join(scene.plain(one) for one in (text, item.explain) if one):
            told[name] = words
    params = {
        **scene.media(item.media), "question": scene.block(item.stem), "correct": "true" if item.answer else "false",
        "behaviour": {**_BUTTONS, **_NO_DIALOGS, "autoCheck": False, **told}, **scene.texts("H5P.TrueFalse"),
    }
    return "H5P.TrueFalse", params


def _blanks(item: q.Item, lead: str, line: str, scene: Scene) -> Content:
    behaviour = {
        **_BUTTONS, **_NO_DIALOGS, "autoCheck": False, "caseSensitive": False, "showSolutionsRequiresInput": True, "separateLines": False,
        "acceptSpellingErrors": False,
    }
    params = {
        **scene.media(item.media), "text": lead, "questions": [f"<p>{scene.isolated(line)}</p>"], **overall(scene, item.explain), "behaviour": behaviour,
        **scene.texts("H5P.Blanks"),
    }
    return "H5P.Blanks", params


def _gap(texts: Sequence[str], scene: Scene, tip: Text | None = None) -> str:
    hint = f":{entity(scene.writer.plain(tip))}" if tip else ""
    return f"*{'/'.join(entity(text) for text in dict.fromkeys(texts))}{hint}*"


def _accepted(accept: Sequence[q.AcceptedText], what: str, scene: Scene) -> list[str]:
    if any(one.credit < 1 for one in accept):
        scene.lose(what, "answers that are right in part are not accepted")
    if any(one.feedback for one in accept):
        scene.lose(what, "what is said to single answers is left out")
    scene.lose("normalize", "H5P compares letters: capitals do not matter, but accents and end marks do")
    return [one.text for one in accept if one.credit >= 1] or [one.text for one in accept]


def _of(accept: Mapping[str, tuple[q.AcceptedText, ...]], scene: Scene) -> tuple[q.AcceptedText, ...]:
    return tuple(accept.get(scene.language) or next(iter(accept.values()), ()))


def short(item: q.Short, scene: Scene) -> Content:
    """Write a word or two."""
    gap = _gap(_accepted(_of(item.accept, scene), "accept", scene), scene, item.hints[0] if item.hints else None)
    return _blanks(item, scene.block(item.stem), gap, scene)


def numeric(item: q.Numeric, scene: Scene) -> Content:
    """Write a number: as a list of ways to write it."""
    right = [one for one in item.accept if one.credit >= 1]
    if any(Decimal(one.tolerance) for one in item.accept):
        scene.lose("accept", "there is no tolerance: only the numbers themselves are accepted")
    if len(right) < len(item.accept) or any(one.feedback for one in item.accept):
        scene.lose("accept", "numbers that are right in part, and what is said to them, are left out")
    unit = f" {scene.html(item.unit)}" if item.unit else ""
    ways = [way for one in right or item.accept for way in (one.value, one.value.replace(".", ","))]
    return _blanks(item, scene.block(item.stem), _gap(ways, scene, item.hints[0] if item.hints else None) + unit, scene)


def cloze(item: q.Cloze, scene: Scene) -> Content:
    """Fill gaps: words to drag where nothing has to be written, and fields otherwise."""
    if item.scoring == "all-or-nothing":
        scene.lose("scoring", "each gap counts for itself")
    if any(gap.kind == "text" for gap in item.gaps.values()):
        return _written(item, scene)
    return _dragged(item, scene)


def _written(item: q.Cloze, scene: Scene) -> Content:
    if any(gap.kind != "text" for gap in item.gaps.values()) or item.distractors:
        scene.lose("gaps", "all gaps are to be written; the words to choose from are not shown")
    made = {name: _gap(_right(gap, scene), scene) for name, gap in item.gaps.items()}
    line = scene.writer.html(item.stem).replace("*", "&#42;")
    return _blanks(item, f"<p>{scene.isolated(word('Fill in the gaps.', scene.language))}</p>", _filled(line, made), scene)


def _right(gap: q.Gap, scene: Scene) -> list[str]:
    if gap.kind == "text":
        return _accepted(_of(gap.accept, scene), "gaps", scene)
    return [scene.writer.plain(o.text) for o in gap.options if o.correct] or ["…"] if gap.kind == "choice" else [scene.writer.plain(gap.text)]


def _filled(line: str, made: Mapping[str, str]) -> str:
    return GAP.sub(lambda match: made.get(match[1].strip(), match[0]), line)


def _drag_text(item: q.Item, lead: str, lines: str, extra: Sequence[str], scene: Scene) -> Content:
    params = {
        **scene.media(item.media), "taskDescription": lead, "textField": lines, **({"distractors": " ".join(f"*{one}*" for one in extra)} if extra else {}),
        **overall(scene, item.explain), "behaviour": {**_BUTTONS, "instantFeedback": False}, **scene.texts("H5P.DragText"),
    }
    return "H5P.DragText", params


def _word(text: str, feedback: str = "") -> str:
    return f"*{text}\\-{feedback}*" if feedback else f"*{text}*"


def _dragged(item: q.Cloze, scene: Scene) -> Content:
    made: dict[str, str] = {}
    extra = [scene.bare(part.text, "distractors") for part in item.distractors]
    for name, gap in item.gaps.items():
        if gap.kind == "drag":
            made[name] = _word(scene.bare(gap.text, "gaps"), scene.bare(gap.feedback, "gaps"))
            continue
        scene.lose("gaps", "menus become words to drag, all in one heap")
        made[name] = _word(next((scene.bare(o.text, "gaps") for o in gap.options if o.correct), "…"))
        extra += [scene.bare(o.text, "gaps") for o in gap.options if not o.correct]
    if any(part.feedback for part in item.distractors) or any(o.feedback for gap in item.gaps.values() for o in gap.options):
        scene.lose("feedback", "what is said to wrong words is left out")
    line = _filled(scene.bare(item.stem, "stem"), made)
    lead = f"<p>{scene.isolated(word('Drag the words to where they belong.', scene.language))}</p>"
    return _drag_text(item, lead, scene.isolated(line), extra, scene)


def match(item: q.Match, scene: Scene) -> Content:
    """Find what belongs together: a line for each, with a gap for its other half."""
    _in_lines(item, scene)
    lines = [f"{scene.bare(p.left, 'pairs')} {_word(scene.bare(p.right, 'pairs'), scene.bare(p.feedback, 'pairs'))}" for p in item.pairs]
    if any(part.feedback for part in item.distractors):
        scene.lose("distractors", "what is said to wrong words is left out")
    extra = [scene.bare(part.text, "distractors") for part in item.distractors]
    return _drag_text(item, scene.block(item.stem), "\n".join(map(scene.isolated, lines)), extra, scene)


def categorize(item: q.Categorize, scene: Scene) -> Content:
    """Sort things: a line for each, with a gap for its category."""
    _in_lines(item, scene)
    names = {c.id: scene.bare(c.text, "categories") for c in item.categories}
    lines = [f"{scene.bare(t.text, 'things')} {_word(names[t.within], scene.bare(t.feedback, 'things'))}" for t in item.things]
    unused = [name for key, name in names.items() if key not in {t.within for t in item.things}]
    if any(c.feedback for c in item.categories):
        scene.lose("categories", "what is said about a category is left out")
    return _drag_text(item, scene.block(item.stem), "\n".join(map(scene.isolated, lines)), unused, scene)


def _in_lines(item: q.Match | q.Categorize, scene: Scene) -> None:
    scene.lose("type", "it becomes lines with gaps, into which words are dragged")
    if item.scoring == "all-or-nothing":
        scene.lose("scoring", "each gap counts for itself")


def order(item: q.Order, scene: Scene) -> Content:
    """Put steps in order."""
    if item.scoring == "all-or-nothing":
        scene.lose("scoring", "each step in its place counts")
    if any(part.feedback for part in item.sequence):
        scene.lose("feedback", "what is said to single steps is left out")
    params = {
        **scene.media(item.media), "taskDescription": scene.block(item.stem), "paragraphs": [scene.block(part.text) for part in item.sequence],
        **overall(scene, item.explain),
        "behaviour": {
            "scoringMode": "positions", "applyPenalties": False, "duplicatesInterchangeable": True, "addButtonsForMovement": True, "enableRetry": True,
            "enableSolutionsButton": True,
        },
        **scene.texts("H5P.SortParagraphs"),
    }
    return "H5P.SortParagraphs", params


def reflect(item: q.Reflect, scene: Scene) -> Content:
    """Write freely, then see a model answer."""
    scene.lose("words", "the length is not limited in words")
    rubric = "".join(f"<li>{scene.html(line.text)}</li>" for line in item.rubric)
    if rubric:
        scene.lose("rubric", "the lines of the rubric are shown, but cannot be ticked and give no points")
    lead = scene.block(item.explain) if item.explain else ""
    params = {
        **scene.media(item.media), "taskDescription": scene.block(item.stem),
        "solution": {"introduction": lead + (f"<ul>{rubric}</ul>" if rubric else ""), "sample": scene.block(item.model)}, **overall(scene),
        "behaviour": {"inputFieldSize": "10", "enableRetry": True, "ignoreScoring": True, "pointsHost": 1, "linebreakReplacement": " "},
        **scene.texts("H5P.Essay"),
    }
    return "H5P.Essay", params


KINDS: Mapping[type[q.Item], Callable[[Any, Scene], Content]] = {
    q.Single: single, q.Multiple: multiple, q.TrueFalse: truefalse, q.Survey: survey, q.Short: short, q.Numeric: numeric, q.Cloze: cloze, q.Order: order,
    q.Match: match, q.Categorize: categorize, q.Hotspot: hotspot, q.Reflect: reflect, q.Scenario: scenario,
}
_HINT = frozenset({q.Short, q.Numeric})


def content(item: q.AnyItem, scene: Scene) -> Content:
    """Return the library and the parameters of an item. What cannot be said is in `scene.losses`."""
    made = KINDS[type(item)](item, scene)
    lost = {
        "hints": (len(item.hints) > (type(item) in _HINT), "hints are left out, but for the first of a gap"),
        "reread": (bool(item.reread), "the place to read again is left out"), "outcome": (bool(item.outcome), "the outcome it shows is not named"),
        "tags": (bool(item.tags), "the tags are left out"), "confidence": (item.confidence is not None, "nobody is asked how sure they are"),
        "points": (item.points != 1, "H5P counts points in its own way"),
        "explain": (isinstance(item, q.Scenario) and bool(item.explain), "the explanation is left out"),
    }
    for name, (there, message) in lost.items():
        if there:
            scene.lose(name, message)
    return made


__all__ = ["IN_SET", "content"]
