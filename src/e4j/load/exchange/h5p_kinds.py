"""Questions of H5P as plain values in the form of our sources: one reader for each library that says one of our kinds."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import PurePosixPath
from typing import Any

from e4j.load.exchange.html import escape, from_html
from e4j.load.exchange.media import safe_name
from e4j.load.exchange.own import fresh, name_parts, slug
from e4j.model.text import one_line

Value = dict[str, Any]

_ISOLATES = re.compile("[\u2066-\u2069]")
_TOKEN = re.compile(r"\*(.+?)\*", re.DOTALL)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_OPEN, _CLOSE = "\ue000", "\ue001"
_MARKED = re.compile(f"{_OPEN}([0-9]+){_CLOSE}")
_MOST = 200


INSTRUCTIONS = frozenset({
    "", "Fill in the gaps.", "املأ الفراغات.", "填空。", "Complétez les trous.", "Заполните пропуски.", "Complete los huecos.",
    "Drag the words to where they belong.", "اسحب الكلمات إلى مواضعها.", "把词语拖到正确的位置。", "Glissez les mots à leur place.",
    "Перетащите слова на свои места.", "Arrastre las palabras a su lugar.", "Fill in the missing words", "Drag the words into the correct boxes",
})
"""What we, and H5P itself, say before a text with gaps."""


class Unknown(ValueError):
    """Says what about a question is none of our kinds."""


def words(text: Any) -> str:
    """Return the Markdown of a piece of HTML, without the signs that we put around texts for their direction."""
    return from_html(_ISOLATES.sub("", text)).text if isinstance(text, str) else ""


def _list(value: Any) -> list[Any]:
    return value[:_MOST] if isinstance(value, list) else []


def _dict(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


@dataclass(slots=True, kw_only=True)
class Question:
    """One question being read. `files` are the pictures by the name we give them, `note` takes a code and a message."""

    params: Mapping[str, Any]
    language: str
    note: Callable[[str, str], None]
    files: Mapping[str, bytes]

    def framed(self, value: Value) -> Value:
        """Add what every kind has."""
        stem = value.pop("stem", "") or "…"
        explain = value.pop("explain", self.explain())
        made: Value = {"id": slug(stem) or "q", "stem": stem} | value | ({"explain": explain} if explain else {})
        return made | self._media()

    def explain(self) -> str:
        """Return what is said about the whole, where the same is said to every result."""
        said = [words(one.get("feedback")) for one in _list(self.params.get("overallFeedback")) if isinstance(one, dict)]
        told = list(dict.fromkeys(text for text in said if text))
        if len(told) > 1:
            self.note("X004", "what is said to other results than the first is left out")
        return told[0] if told else ""

    def behaviour(self, name: str) -> Any:
        """Return a setting of the question."""
        return _dict(self.params.get("behaviour")).get(name)

    def _media(self) -> Value:
        media = _dict(self.params.get("media"))
        kind = _dict(media.get("type") or media)
        library, inside = str(kind.get("library", "")), _dict(kind.get("params"))
        if not library:
            return {}
        name = safe_name(PurePosixPath(str(_dict(inside.get("file")).get("path", ""))).name)
        if not library.startswith("H5P.Image ") or name not in self.files:
            self.note("X004", f"the medium '{library[:40]}' is left out")
            return {}
        alt = words(inside.get("alt"))
        return {"media": {"src": name} | ({"alt": alt} if alt else {})}

    # One method a library

    def multi_choice(self) -> Value:
        """Choose one or several."""
        answers = [_dict(one) for one in _list(self.params.get("answers"))]
        texts = [words(one.get("text")) for one in answers]
        if len(answers) < 2:
            raise Unknown("a choice without answers")
        right = [one.get("correct") is True for one in answers]
        options = [_option(name, text, one) for name, text, one in zip(name_parts(texts, "o"), texts, answers, strict=True)]
        if any(words(_dict(one.get("tipsAndFeedback")).get(name)) for one in answers for name in ("tip", "notChosenFeedback")):
            self.note("X004", "hints on single answers, and what is said where they are not chosen, are left out")
        kind = self.behaviour("type")
        single = kind == "single" or (kind != "multi" and sum(right) == 1)
        shuffle: Value = {"shuffle": True} if self.behaviour("randomAnswers") is True else {}
        found: Value = {"stem": words(self.params.get("question"))}
        if not any(right) or (all(right) and single):
            return found | {"type": "survey", "options": [{k: v for k, v in one.items() if k != "correct"} for one in options]} | shuffle
        if single:
            return found | {"type": "single", "options": self._one(options)} | shuffle
        scoring: Value = {"scoring": "all-or-nothing"} if self.behaviour("singlePoint") is True else {}
        return found | {"type": "multiple", "options": options} | scoring | shuffle

    def _one(self, options: list[Value]) -> list[Value]:
        right = [one for one in options if one.get("correct")]
        for one in right[1:]:
            del one["correct"]
        if len(right) > 1:
            self.note("X005", "only the first of several right answers counts")
        return options

    def single_choice(self) -> Value:
        """Choose one: the first answer is the right one."""
        texts = [text for one in _list(self.params.get("answers")) if (text := words(one))]
        if len(texts) < 2:
            raise Unknown("a choice without answers")
        options = [{"id": name, "text": text} | ({"correct": True} if at == 0 else {}) for at, (name, text) in enumerate(zip(name_parts(texts, "o"), texts, strict=True))]
        return {"type": "single", "stem": words(self.params.get("question")), "options": options, "shuffle": True}

    def true_false(self) -> Value:
        """Say whether it is true."""
        answer = self.params.get("correct") in {"true", True}
        said = {True: words(self.behaviour("feedbackOnCorrect")), False: words(self.behaviour("feedbackOnWrong"))}
        told = {name: said[(name == "true") is answer] for name in ("true", "false") if said[(name == "true") is answer]}
        return {"type": "truefalse", "stem": words(self.params.get("question")), "answer": answer} | ({"feedback": told} if told else {})

    def blanks(self) -> Value:
        """Fill in words: one field alone is a short answer."""
        lead = words(self.params.get("text"))
        line = " ".join(_ISOLATES.sub("", one) for one in _list(self.params.get("questions")) if isinstance(one, str))
        if self.behaviour("caseSensitive") is not False:
            self.note("X005", "capital letters do not matter")
        found: list[list[str]] = []
        tips: list[str] = []
        text = words(_TOKEN.sub(lambda match: _field(match[1], found, tips), line))
        gaps = {str(at): _texts(texts, self.language) for at, texts in enumerate(found, 1)}
        if not gaps or not all(gaps.values()):
            raise Unknown("a text without gaps")
        hints = [tip for tip in tips if tip]
        if len(gaps) == 1 and _MARKED.fullmatch(text):
            return {"type": "short", "stem": lead, "accept": gaps["1"]} | ({"hints": hints} if hints else {})
        stem = _with_lead(lead, _MARKED.sub(lambda match: "{{" + match[1] + "}}", text))
        if hints:
            self.note("X004", "hints on single gaps are left out")
        return {"type": "cloze", "stem": stem, "gaps": {name: {"kind": "text", "accept": accept} for name, accept in gaps.items()}}

    def drag_text(self) -> Value:
        """Drag words into a text."""
        line = _ISOLATES.sub("", str(self.params.get("textField", "")))
        gaps: dict[str, Value] = {}

        def gap(match: re.Match[str]) -> str:
            text, feedback = _dragged(match[1])
            gaps[str(len(gaps) + 1)] = {"kind": "drag", "text": escape(text)} | ({"feedback": escape(feedback)} if feedback else {})
            return f"{_OPEN}{len(gaps)}{_CLOSE}"

        marked = _TOKEN.sub(gap, unescape(line))
        if not gaps or any(not one["text"] for one in gaps.values()):
            raise Unknown("a text without words to drag")
        stem = _with_lead(words(self.params.get("taskDescription")), _MARKED.sub(lambda match: "{{" + match[1] + "}}", escape(marked)))
        texts = [text for match in _TOKEN.findall(_ISOLATES.sub("", str(self.params.get("distractors", "")))) if (text := escape(_dragged(unescape(match))[0]))]
        extra = [{"id": fresh(name, gaps), "text": text} for name, text in zip(name_parts(texts, "d"), texts, strict=True)]
        return {"type": "cloze", "stem": stem, "gaps": gaps} | ({"distractors": extra} if extra else {})

    def sort_paragraphs(self) -> Value:
        """Put paragraphs in order."""
        texts = [text for one in _list(self.params.get("paragraphs")) if (text := words(one))]
        if len(texts) < 2:
            raise Unknown("an order of nothing")
        if self.behaviour("scoringMode") == "transitions" or self.behaviour("applyPenalties") is True:
            self.note("X005", "each step in its place counts, and nothing counts against it")
        sequence = [{"id": name, "text": text} for name, text in zip(name_parts(texts, "s"), texts, strict=True)]
        return {"type": "order", "stem": words(self.params.get("taskDescription")), "sequence": sequence}

    def essay(self) -> Value:
        """Write freely."""
        if _list(self.params.get("keywords")):
            self.note("X004", "points for key words are left out")
        solution = _dict(self.params.get("solution"))
        return {"type": "reflect", "stem": words(self.params.get("taskDescription")), "model": words(solution.get("sample"))}

    def branching(self) -> Value:
        """Live through a scenario of questions; other content in it is none of ours."""
        inner = _dict(self.params.get("branchingScenario") or self.params)
        moments = [_dict(one) for one in _list(inner.get("content"))]
        if not moments or any(not str(_dict(one.get("type")).get("library", "")).startswith("H5P.BranchingQuestion ") for one in moments):
            raise Unknown("a scenario with more than questions")
        scored = _dict(inner.get("scoringOptionGroup")).get("scoringOption") == "static-end-score"
        nodes: dict[str, Value] = {}
        for at, one in enumerate(moments):
            self._moment(at, one, nodes, scored=scored, count=len(moments))
        title = words(_dict(inner.get("startScreen")).get("startScreenTitle")) or words(inner.get("title"))
        return {"type": "scenario", "stem": title, "start": "n1", "nodes": nodes} | _loops(nodes)

    def _moment(self, at: int, one: Mapping[str, Any], nodes: dict[str, Value], *, scored: bool, count: int) -> None:
        asked = _dict(_dict(_dict(one.get("type")).get("params")).get("branchingQuestion"))
        ways = [_dict(way) for way in _list(asked.get("alternatives"))]
        texts = [words(way.get("text")) or "…" for way in ways]
        if not ways:
            raise Unknown("a scenario that stops without an end")
        choices = []
        for name, text, way in zip(name_parts(texts, "c"), texts, ways, strict=True):
            choices.append({"id": name, "text": text} | self._way(way, f"end-{at + 1}-{name}", nodes, scored=scored, count=count))
        nodes[f"n{at + 1}"] = {"text": words(asked.get("question")) or "…", "choices": choices}

    def _way(self, way: Mapping[str, Any], end: str, nodes: dict[str, Value], *, scored: bool, count: int) -> Value:
        to, feedback = way.get("nextContentId"), _dict(way.get("feedback"))
        title, subtitle = words(feedback.get("title")), words(feedback.get("subtitle"))
        if isinstance(to, int) and not isinstance(to, bool) and 0 <= to < count:
            said = " ".join(text for text in (title, subtitle) if text)
            return {"to": f"n{to + 1}"} | ({"feedback": said} if said else {})
        nodes[end] = {"text": subtitle or title or "…", "end": True}
        points = feedback.get("endScreenScore")
        score: Value = {"score": max(0.0, min(1.0, points / 100))} if scored and isinstance(points, int | float) and not isinstance(points, bool) else {}
        return {"to": end} | score | ({"feedback": title} if title and subtitle else {})


def _loops(nodes: Mapping[str, Value]) -> Value:
    """Say that a way may lead back, where one does."""
    state: dict[str, int] = {}

    def back(name: str) -> bool:
        stack = [(name, iter(nodes[name].get("choices", ())))]
        state[name] = 1
        while stack:
            at, left = stack[-1]
            choice = next(left, None)
            if choice is None:
                state[at] = 2
                stack.pop()
            elif state.get(choice["to"], 0) == 1:
                return True
            elif choice["to"] not in state:
                state[choice["to"]] = 1
                stack.append((choice["to"], iter(nodes[choice["to"]].get("choices", ()))))
        return False

    return {"loops": True} if back("n1") else {}


def _with_lead(lead: str, stem: str) -> str:
    """Put the task before the text with gaps, unless it only says how to fill them."""
    return stem if lead in INSTRUCTIONS else one_line(f"{lead} {stem}")


def _option(name: str, text: str, answer: Mapping[str, Any]) -> Value:
    feedback = words(_dict(answer.get("tipsAndFeedback")).get("chosenFeedback"))
    return {"id": name, "text": text} | ({"correct": True} if answer.get("correct") is True else {}) | ({"feedback": feedback} if feedback else {})


def _field(content: str, found: list[list[str]], tips: list[str]) -> str:
    solution, _, tip = _TAG.sub("", content).partition(":")
    found.append([text for one in solution.split("/") if (text := one_line(unescape(one)))])
    tips.append(escape(unescape(tip)))
    return f"{_OPEN}{len(found)}{_CLOSE}"


def _texts(texts: list[str], language: str) -> Value:
    return {language: [{"text": text} for text in dict.fromkeys(texts)]} if texts else {}


def _dragged(content: str) -> tuple[str, str]:
    """Return the word and what is said where it is put wrongly; hints and what is said to the right place fall away."""
    wrong = re.search(r"\\-([^\\*:]+)", content)
    return one_line(re.split(r":|\\\+|\\-", content)[0]), one_line(wrong[1]) if wrong else ""


READERS: Mapping[str, Callable[[Question], Value]] = {
    "H5P.MultiChoice": Question.multi_choice, "H5P.SingleChoiceSet": Question.single_choice, "H5P.TrueFalse": Question.true_false,
    "H5P.Blanks": Question.blanks, "H5P.DragText": Question.drag_text, "H5P.SortParagraphs": Question.sort_paragraphs, "H5P.Essay": Question.essay,
    "H5P.BranchingScenario": Question.branching,
}

__all__ = ["INSTRUCTIONS", "READERS", "Question", "Unknown", "Value", "words"]
