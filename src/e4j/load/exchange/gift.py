"""GIFT: the text form of Moodle, as people write it by hand and as programs write it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from e4j.load.exchange.gift_text import Block, cut, release
from e4j.load.exchange.html import escape, from_html
from e4j.load.exchange.own import Draft, Head, Reading, name_parts, slug, untouched
from e4j.model.exchange import Import
from e4j.model.text import one_line

_BASE = frozenset({"explain", "tags"})
CARRIED: Mapping[str, frozenset[str]] = {
    "single": _BASE | {"options"}, "multiple": _BASE | {"options"}, "survey": _BASE | {"options"}, "truefalse": _BASE | {"answer", "feedback"},
    "short": _BASE | {"accept"}, "numeric": _BASE | {"accept"}, "cloze": _BASE | {"gaps"}, "order": _BASE | {"sequence", "scoring"},
    "match": _BASE | {"pairs", "distractors"}, "reflect": _BASE,
}
"""What GIFT says itself about each kind as we read it."""

_TITLE = re.compile(r"\s*::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\s*\[(html|markdown|moodle|plain)\]")
_TRUTH = re.compile(r"\s*(TRUE|T|FALSE|F)\s*(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_WEIGHT = re.compile(r"\s*%(-?[0-9]+(?:\.[0-9]+)?)%")
_ANSWER = re.compile(r"([=~])([^=~]*)")
_ORDERING = re.compile(
    r">[ \t]*([0-9]+)?[ \t]*(ALL|EXACT|RANDOM|REL|CONTIGUOUS|CONTIG)?[ \t]*(HORIZONTAL|HORI|VERTICAL|VERT|[HV10])?[ \t]*"
    r"(ALL_OR_NOTHING|ABSOLUTE_POSITION|ABSOLUTE|ABS|RELATIVE\w*|LONGEST\w*)?[ \t]*(SHOW|HIDE)?[ \t]*(none|abc|ABCD|123|iii|IIII)?[^\n]*\n?",
)


def read(data: bytes, name: str, language: str) -> Import:
    """Read the questions of a GIFT file as one quiz."""
    reading = Reading(name=name, language=language, carried=CARRIED)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        reading.add("X001", data.count(b"\n", 0, error.start) + 1, "the file is not UTF-8", "Save the file as UTF-8.")
        return reading.nothing()
    head, drafts = Head(), []
    for block in cut(text, reading):
        if block.category:
            _category(block, head, reading)
        elif (draft := _Question(block=block, reading=reading).draft()) is not None:
            drafts.append(draft)
    if not drafts and not reading.findings:
        reading.add("X001", 1, "there is no question in the file")
    return reading.assemble(head, drafts)


def _category(block: Block, head: Head, reading: Reading) -> None:
    title = block.text if block.envelope else block.text.rpartition("/")[2]
    if head.title:
        reading.add("X005", block.line, f"the category '{title[:60]}' becomes part of the same quiz")
        return
    head.title, head.beside, head.envelope = one_line(title), block.text, block.envelope


class _Mistake(Exception):
    """Something in a question that is not GIFT, with its place in the text."""

    def __init__(self, at: int, message: str, code: str = "X001") -> None:
        super().__init__(message)
        self.at, self.code = at, code


@dataclass(slots=True, kw_only=True)
class _Question:
    """One question being read. Places are counted in `block.text`."""

    block: Block
    reading: Reading
    style: str = "moodle"

    def draft(self) -> Draft | None:
        """Return what the question says, or None where only a finding can be said about it."""
        block = self.block
        draft = Draft(value=None, line=block.line, envelope=block.envelope, beside=block.raw)
        if untouched(draft):
            return draft
        try:
            draft.value = self._value()
        except _Mistake as mistake:
            line = block.line + block.text.count("\n", 0, mistake.at)
            self.reading.add(mistake.code, line, str(mistake))
        return draft if draft.value is not None or draft.envelope else None

    def note(self, code: str, at: int, message: str) -> None:
        """Note a finding at a place of the question."""
        self.reading.add(code, self.block.line + self.block.text.count("\n", 0, at), message)

    def text(self, held: str) -> str:
        """Return the Markdown of a piece of the question."""
        words = release(held)
        if self.style == "markdown":
            return one_line(words)
        if self.style == "plain" or not re.search(r"<[a-zA-Z/!]|&[a-zA-Z#]", words):
            return escape(words)
        said = from_html(words)
        for address, _ in said.media:
            self.note("X004", 0, f"the picture or sound '{address[:60]}' is left out")
        return said.text

    def _value(self) -> dict[str, Any]:
        text = self.block.text
        title = _TITLE.match(text)
        at = title.end() if title else 0
        style = _FORMAT.match(text, at)
        if style:
            self.style, at = style[1], style.end()
        opening, closing = self._braces(at)
        name = self.block.id.rpartition("/")[2] or (release(title[1]) if title else "")
        if opening < 0:
            raise _Mistake(0, "a text without a question is left out", "X004")
        before, after = self.text(text[at:opening]), self.text(text[closing + 1:])
        body, explain = self._general(text[opening + 1:closing])
        value = self._answers(body, opening + 1, missing=bool(after))
        if value["type"] == "cloze":
            value["stem"] = one_line(f"{before} {{{{1}}}} {after}") if text[closing + 1:closing + 2].isspace() else one_line(f"{before} {{{{1}}}}{after}")
        else:
            value["stem"] = before or escape(name)
        found = {"id": slug(name) or slug(before) or f"q{self.block.line}"} | value
        return found | ({"explain": explain} if explain else {}) | ({"tags": list(self.block.tags)} if self.block.tags else {})

    def _braces(self, at: int) -> tuple[int, int]:
        text = self.block.text
        opening, closing = text.find("{", at), text.find("}", at)
        if opening < 0 and closing < 0:
            return -1, -1
        if closing < opening or opening < 0:
            raise _Mistake(max(closing, opening), "a brace is closed that was not opened; write \\} for the sign itself" if closing >= 0 else "the brace is not closed")
        again = text.find("{", opening + 1)
        if 0 <= again < closing:
            raise _Mistake(again, "a brace within braces; write \\{ for the sign itself")
        if again > 0 or text.find("}", closing + 1) > 0:
            raise _Mistake(max(again, text.find("}", closing + 1)), "a question has one pair of braces; write \\{ and \\} for the signs themselves")
        return opening, closing

    def _general(self, body: str) -> tuple[str, str]:
        answers, mark, general = body.partition("####")
        return answers, self.text(general) if mark else ""

    def _answers(self, body: str, at: int, *, missing: bool) -> dict[str, Any]:
        bare = body.strip()
        if not bare:
            return {"type": "reflect", "model": ""}
        if bare.startswith("#"):
            return self._numeric(body, at)
        if bare.startswith(">"):
            return self._order(bare)
        if truth := _TRUTH.fullmatch(body):
            return self._truefalse(truth)
        found = list(_ANSWER.finditer(body))
        if not found or body[:found[0].start()].strip():
            raise _Mistake(at, "answers begin with = or ~; write \\= and \\~ for the signs themselves")
        signs = {match[1] for match in found}
        if signs == {"="} and any("->" in match[2] for match in found):
            return self._match(found, at)
        if signs == {"="}:
            accepted = self._accepted(found, at)
            gap = {"kind": "text", "accept": {self.reading.language: accepted}}
            return {"type": "cloze", "gaps": {"1": gap}} if missing else {"type": "short", "accept": {self.reading.language: accepted}}
        value = self._choice(found, at)
        if missing and value["type"] == "single":
            return {"type": "cloze", "gaps": {"1": {"kind": "choice", "options": value["options"]}}}
        return value

    def _split(self, held: str, at: int) -> tuple[float | None, str, str]:
        """Return weight, answer and feedback of what follows a sign."""
        weight = _WEIGHT.match(held)
        rest = held[weight.end():] if weight else held
        if weight is None and re.match(r"\s*%[0-9.,-]*%?", held) and held.lstrip()[1:2] in set("0123456789-"):
            raise _Mistake(at, f"'{held.strip()[:12]}' is no share such as %50%")
        words, _, feedback = rest.partition("#")
        return float(weight[1]) if weight else None, words, self.text(feedback)

    def _accepted(self, found: list[re.Match[str]], at: int) -> list[dict[str, Any]]:
        accepted = []
        for match in found:
            share, words, feedback = self._split(match[2], at + match.start())
            text = one_line(release(words)).replace("\\*", "*")
            if not text or (share is not None and share <= 0):
                self.note("X004", at + match.start(), f"what is said to the wrong answer '{text}' is left out")
                continue
            accepted.append({"text": text} | _credit(share) | _said(feedback))
        return accepted

    def _choice(self, found: list[re.Match[str]], at: int) -> dict[str, Any]:
        answers = [(match[1], *self._split(match[2], at + match.start())) for match in found]
        texts = [self.text(words) for _, _, words, _ in answers]
        single = any(sign == "=" for sign, _, _, _ in answers)
        shares = [100.0 if sign == "=" and share is None else share or 0.0 for sign, share, _, _ in answers]
        options = [
            {"id": name, "text": text} | ({"correct": True} if share >= (100 if single else 0.0001) else {}) | _said(feedback)
            for name, text, share, (_, _, _, feedback) in zip(name_parts(texts, "o"), texts, shares, answers, strict=True)
        ]
        if all(share == 100 for share in shares) and len(shares) > 1:
            return {"type": "survey", "options": [{key: value for key, value in option.items() if key != "correct"} for option in options]}
        if single and any(share not in {0.0, 100.0} for share in shares):
            self.note("X005", at, "answers count wholly or not at all; parts of a mark are left out")
        if not single and not any(share > 0 for share in shares):
            raise _Mistake(at, "no answer is marked as right with = or a share such as %50%")
        if not single and not _even(shares):
            self.note("X005", at, "every right choice counts alike, and wrong ones count against them")
        return {"type": "single" if single else "multiple", "options": options}

    def _truefalse(self, truth: re.Match[str]) -> dict[str, Any]:
        answer = truth[1].upper().startswith("T")
        wrong, _, right = (truth[2] or "").partition("#")
        said = {"true" if answer else "false": self.text(right), "false" if answer else "true": self.text(wrong)}
        said = {name: said[name] for name in ("true", "false") if said[name]}
        return {"type": "truefalse", "answer": answer} | ({"feedback": said} if said else {})

    def _numeric(self, body: str, at: int) -> dict[str, Any]:
        start = body.index("#") + 1
        found = list(_ANSWER.finditer(body, start))
        first = body[start:found[0].start()] if found else body[start:]
        pieces = [(first, start, "=")] if first.strip() or not found else []
        pieces += [(match[2], match.start(), match[1]) for match in found]
        accepted = []
        for held, place, sign in pieces:
            share, words, feedback = self._split(held, at + place)
            if sign == "~" or (share is not None and share <= 0) or not words.strip():
                self.note("X004", at + place, "what is said to wrong numbers is left out")
                continue
            accepted.append(self._number(words, at + place) | _credit(share) | _said(feedback))
        return {"type": "numeric", "accept": accepted}

    def _number(self, words: str, at: int) -> dict[str, Any]:
        text = release(words).strip()
        low, dots, high = text.partition("..")
        value, colon, tolerance = text.partition(":")
        try:
            if dots:
                least, most = _decimal(low), _decimal(high)
                return {"value": _plain((least + most) / 2)} | _within((most - least) / 2)
            return {"value": _plain(_decimal(value))} | _within(_decimal(tolerance) if colon and tolerance.strip() else Decimal(0))
        except InvalidOperation:
            raise _Mistake(at, f"'{text[:40]}' is no number, range or number with a tolerance") from None

    def _order(self, bare: str) -> dict[str, Any]:
        match = _ORDERING.match(bare)
        lines = bare[match.end():].split("\n") if match else []
        texts = [text for text in map(self.text, lines) if text]
        all_or_nothing = {"scoring": "all-or-nothing"} if match and match[4] == "ALL_OR_NOTHING" else {}
        return {"type": "order", "sequence": [{"id": name, "text": text} for name, text in zip(name_parts(texts, "s"), texts, strict=True)]} | all_or_nothing

    def _match(self, found: list[re.Match[str]], at: int) -> dict[str, Any]:
        pairs: list[tuple[str, str]] = []
        for match in found:
            left, arrow, right = match[2].partition("->")
            if not arrow:
                raise _Mistake(at + match.start(), "a pair has -> between its two sides")
            pairs.append((self.text(left), self.text(right.partition("#")[0])))
        known = [(left, right) for left, right in pairs if left]
        extra = [right for left, right in pairs if not left]
        names = name_parts([left for left, _ in known], "p")
        value: dict[str, Any] = {
            "type": "match", "pairs": [{"id": name, "left": left, "right": right} for name, (left, right) in zip(names, known, strict=True)],
        }
        if extra:
            value["distractors"] = [
                {"id": f"{name}-x" if name in names else name, "text": text} for name, text in zip(name_parts(extra, "d"), extra, strict=True)
            ]
        return value


def _decimal(text: str) -> Decimal:
    words = text.strip()
    if len(words) > 30 or not re.fullmatch(r"[-+]?[0-9]*[.,]?[0-9]*([eE][-+]?[0-9]{1,2})?", words):
        raise InvalidOperation
    return Decimal(words.replace(",", "."))


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def _within(tolerance: Decimal) -> dict[str, Any]:
    return {} if tolerance == 0 else {"tolerance": _plain(abs(tolerance))}


def _even(shares: list[float]) -> bool:
    right = [share for share in shares if share > 0]
    each = 100 / len(right)
    return all(abs(abs(share) - each) < 0.5 for share in shares)


def _credit(share: float | None) -> dict[str, Any]:
    return {} if share is None or share >= 100 else {"credit": round(share / 100, 7)}


def _said(feedback: str) -> dict[str, Any]:
    return {"feedback": feedback} if feedback else {}


__all__ = ["CARRIED", "read"]
