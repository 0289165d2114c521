"""Turn a page's text into blocks. Block structure is read here once, for all languages; inline Markdown stays text."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from markdown_it import MarkdownIt
from markdown_it.token import Token

from e4j.load.decode import check_id
from e4j.load.directives import Chunk, Directive, split_directives
from e4j.model import blocks as b
from e4j.model.codes import finding
from e4j.model.finding import Finding
from e4j.model.text import EMPTY, Text

_HEADING_ID = re.compile(r"^(.*?)\s*\{#([^}\s]*)\}\s*$", re.DOTALL)
_ALIGN = {"left": "start", "center": "center", "right": "end"}
BOXES = ("note", "tip", "caution", "sensitive", "reflect")
TEACHER = ("say", "expect", "teacher")
SLOTS = ("legal-framework", "case", "local-help", "local-data")

BLOCK_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table").disable(["html_block", "reference", "inline", "text_join"])
"""CommonMark with pipe tables, block structure only."""


@dataclass(slots=True)
class BlockReader:
    """Read the blocks of one page; ids already seen in it keep prose ids unique."""

    path: str
    findings: list[Finding]
    seen: dict[str, int] = field(default_factory=dict)

    def read(self, lines: list[str], first_line: int) -> tuple[b.Block, ...]:
        """Return the blocks of `lines`, the first of which has the number `first_line`."""
        return self._parts(split_directives(lines, first_line, self.path, self.findings))

    def _parts(self, parts: Sequence[Chunk | Directive]) -> tuple[b.Block, ...]:
        result: list[b.Block] = []
        for part in parts:
            if isinstance(part, Chunk):
                result.extend(self._chunk(part))
            elif (block := self._directive(part)) is not None:
                result.append(block)
        return tuple(result)

    # Plain Markdown

    def _chunk(self, chunk: Chunk) -> list[b.Block]:
        text = "\n".join(chunk.lines)
        if not text.strip():
            return []
        tokens = BLOCK_PARSER.parse(text)
        return self._tokens(tokens, 0, len(tokens), chunk.line)

    def _tokens(self, tokens: list[Token], start: int, end: int, base: int) -> list[b.Block]:
        result: list[b.Block] = []
        position = start
        while position < end:
            close = _close(tokens, position)
            block = self._token(tokens, position, close, base)
            if block is not None:
                result.append(block)
            position = close + 1
        return result

    def _token(self, tokens: list[Token], start: int, close: int, base: int) -> b.Block | None:
        token = tokens[start]
        line = base + (token.map[0] if token.map else 0)
        inside = (tokens, start + 1, close, base)
        match token.type:
            case "heading_open":
                return self._heading(tokens[start + 1].content, int(token.tag[1]), line)
            case "paragraph_open":
                text = _inline(tokens[start + 1], line)
                return b.Paragraph(id=self._prose_id(text.value), line=line, text=text)
            case "bullet_list_open" | "ordered_list_open":
                return self._list(tokens, start, close, base)
            case "blockquote_open":
                return self._around(b.Quote, line, tuple(self._tokens(*inside)))
            case "fence" | "code_block":
                code = token.content
                return b.Code(id=self._prose_id(code), line=line, language=token.info.split(" ")[0] if token.info else "", text=code)
            case "hr":
                return b.Rule(id=self._prose_id("---"), line=line)
            case "table_open":
                return self._table(tokens, start, close, base)
        return None

    def _heading(self, content: str, level: int, line: int) -> b.Heading:
        match = _HEADING_ID.match(content)
        if level == 1 or level > 4:
            self._report("M008", line, f"a heading of level {level}")
        if match is None:
            self._report("M007", line, f"the heading '{content}' has no id")
            return b.Heading(id=self._prose_id(content), line=line, level=level, text=Text(value=content, line=line))
        return b.Heading(id=self._own_id(match[2], line), line=line, level=level, text=Text(value=match[1], line=line))

    def _list(self, tokens: list[Token], start: int, close: int, base: int) -> b.List:
        token = tokens[start]
        line = base + (token.map[0] if token.map else 0)
        items: list[b.ListItem] = []
        tight = True
        position = start + 1
        while position < close:
            end = _close(tokens, position)
            tight = tight and all(t.hidden for t in tokens[position + 1:end] if t.type == "paragraph_open" and t.level == token.level + 2)
            item_line = base + (tokens[position].map or [0])[0]
            blocks = tuple(self._tokens(tokens, position + 1, end, base))
            items.append(b.ListItem(id=self._derived(blocks), line=item_line, blocks=blocks))
            position = end + 1
        first = int(token.attrs.get("start", 1)) if token.type == "ordered_list_open" else None
        return b.List(id=self._derived(items), line=line, start=first, tight=tight, items=tuple(items))

    def _table(self, tokens: list[Token], start: int, close: int, base: int) -> b.Table:
        line = base + (tokens[start].map or [0])[0]
        rows: list[list[Text]] = []
        align: list[str] = []
        for token in tokens[start:close]:
            if token.type == "tr_open":
                rows.append([])
                row_line = base + (token.map or [0])[0]
            elif token.type == "th_open":
                align.append(_ALIGN.get(str(token.attrs.get("style", "")).removeprefix("text-align:"), ""))
            elif token.type == "inline":
                rows[-1].append(_inline(token, row_line))
        body = tuple(tuple(row) for row in rows[1:])
        name = self._prose_id("|".join(cell.value for row in rows for cell in row))
        return b.Table(id=name, line=line, header=tuple(rows[0]), align=tuple(align), rows=body)

    # Directives

    def _directive(self, directive: Directive) -> b.Block | None:
        make = _MAKERS.get(directive.name)
        if make is None:
            self._report("M001", directive.line, f"unknown directive '{directive.name}'")
            self._parts(directive.parts)
            return None
        return make(self, directive)

    def _options(self, directive: Directive, known: Sequence[str], required: Sequence[str] = ()) -> dict[str, tuple[str, int]]:
        for name, (_, line) in directive.options.items():
            if name not in known:
                self._report("M004", line, f"{{{directive.name}}} has no option '{name}'")
        for name in required:
            if not directive.options.get(name, ("", 0))[0]:
                self._report("M005", directive.line, f"{{{directive.name}}} needs the option '{name}'", f"Add `:{name}:` below it.")
        return directive.options

    def _argument(self, directive: Directive, what: str) -> str:
        if not directive.argument:
            self._report("M014", directive.line, f"{{{directive.name}}} needs {what}")
        return directive.argument

    def _title(self, directive: Directive) -> Text:
        return Text(value=directive.argument, line=directive.line) if directive.argument else EMPTY

    def _id(self, directive: Directive, fallback: str) -> str:
        if "id" in directive.options:
            value, line = directive.options["id"]
            return self._own_id(value, line)
        return self._prose_id(f"{directive.name}|{fallback}")

    def step(self, directive: Directive) -> b.Block:
        options = self._options(directive, ("id", "minutes", "form", "objective"), ("id", "minutes"))
        self._argument(directive, "a title")
        minutes, minutes_line = options.get("minutes", ("0 0 0", directive.line))
        form, form_line = options.get("form", ("whole-class", directive.line))
        if form not in tuple(b.Form):
            self._report("M006", form_line, f"'{form}' is not a form of work; use {', '.join(b.Form)}")
            form = "whole-class"
        objectives = tuple(options.get("objective", ("", 0))[0].replace(",", " ").split())
        return b.Step(
            id=self._id(directive, directive.argument), line=directive.line, title=self._title(directive),
            minutes=self._minutes(minutes, minutes_line), form=b.Form(form), objectives=objectives, blocks=self._parts(directive.parts),
        )

    def _minutes(self, value: str, line: int) -> b.Minutes:
        numbers = [int(part) for part in value.split() if part.isascii() and part.isdigit()]
        if len(numbers) != 3 or len(value.split()) != 3:
            self._report("M006", line, f"'{value}' is not three numbers: minutes at least, usually, at most")
            return b.Minutes(least=0, usual=0, most=0)
        if numbers != sorted(numbers):
            self._report("P002", line, f"{value}: the usual minutes are not between least and most")
        return b.Minutes(least=numbers[0], usual=numbers[1], most=numbers[2])

    def stage(self, directive: Directive) -> b.Block:
        self._options(directive, ())
        return self._around(b.Stage, directive.line, self._parts(directive.parts))

    def teacher(self, directive: Directive) -> b.Block:
        self._options(directive, ())
        blocks = self._parts(directive.parts)
        return b.TeacherOnly(id=self._derived(blocks), line=directive.line, kind=directive.name, title=self._title(directive), blocks=blocks)

    def box(self, directive: Directive) -> b.Block:
        self._options(directive, ("id",))
        blocks = self._parts(directive.parts)
        own = self._id(directive, directive.argument + self._joined(blocks))
        return b.Box(id=own, line=directive.line, kind=directive.name, title=self._title(directive), blocks=blocks)

    def slot(self, directive: Directive) -> b.Block:
        options = self._options(directive, ("title", "id"))
        name = self._argument(directive, f"a name: {', '.join(SLOTS)}")
        if name and name not in SLOTS:
            self._report("M006", directive.line, f"unknown slot '{name}'; use {', '.join(SLOTS)}")
        title, line = options.get("title", ("", 0))
        blocks = self._parts(directive.parts)
        own = self._id(directive, name + self._joined(blocks))
        return b.Slot(id=own, line=directive.line, name=name, title=Text(value=title, line=line), blocks=blocks)

    def cards(self, directive: Directive) -> b.Block:
        self._options(directive, ("id",))
        blocks = self._parts(directive.parts)
        return b.Cards(id=self._id(directive, self._joined(blocks)), line=directive.line, title=self._title(directive), blocks=blocks)

    def case(self, directive: Directive) -> b.Block:
        self._options(directive, ())
        name = self._argument(directive, "the id of a case")
        return b.CaseRef(id=self._prose_id(f"case|{name}"), line=directive.line, case=name, blocks=self._parts(directive.parts))

    def treaty(self, directive: Directive) -> b.Block:
        self._options(directive, ())
        treaty, _, article = self._argument(directive, "a treaty and an article, such as untoc/2").partition("/")
        return b.TreatyRef(id=self._prose_id(f"treaty|{treaty}/{article}"), line=directive.line, treaty=treaty, article=article)

    def reading(self, directive: Directive) -> b.Block:
        self._options(directive, ())
        key = self._argument(directive, "the key of a reference")
        return b.Reading(id=self._prose_id(f"reading|{key}"), line=directive.line, reference=key, blocks=self._parts(directive.parts))

    def quiz(self, directive: Directive) -> b.Block:
        self._options(directive, ())
        quiz, _, item = self._argument(directive, "the id of a quiz").partition("/")
        if directive.name == "item" and not item:
            self._report("M014", directive.line, "{item} needs quiz/item")
        return b.QuizRef(id=self._prose_id(f"quiz|{quiz}/{item}"), line=directive.line, quiz=quiz, item=item)

    def figure(self, directive: Directive) -> b.Block:
        options = self._options(directive, ("alt",), ("alt",))
        src = self._argument(directive, "a file such as media/market.svg")
        alt, line = options.get("alt", ("", directive.line))
        alt_text = Text(value=alt, line=line)
        return b.Figure(id=self._prose_id(f"figure|{src}"), line=directive.line, src=src, alt=alt_text, blocks=self._parts(directive.parts))

    def activity(self, directive: Directive) -> b.Block:
        options = self._options(directive, ("title", "minutes"), ("title",))
        src = self._argument(directive, "a file such as media/market.h5p")
        title, line = options.get("title", ("", directive.line))
        minutes, minutes_line = options.get("minutes", ("0", directive.line))
        if not (minutes.isascii() and minutes.isdigit()):
            self._report("M006", minutes_line, f"'{minutes}' is not a number of minutes")
            minutes = "0"
        return b.Activity(
            id=self._prose_id(f"h5p|{src}"), line=directive.line, src=src, title=Text(value=title, line=line), minutes=int(minutes),
            blocks=self._parts(directive.parts),
        )

    def table(self, directive: Directive) -> b.Block:
        self._options(directive, ("id",))
        blocks = self._parts(directive.parts)
        own = self._id(directive, self._joined(blocks))
        return b.CaptionedTable(id=own, line=directive.line, caption=self._title(directive), blocks=blocks)

    def lab(self, directive: Directive) -> b.Block:
        self._options(directive, ())
        page = self._argument(directive, "the id of a notebook page")
        return b.LabLink(id=self._prose_id(f"lab|{page}"), line=directive.line, page=page, blocks=self._parts(directive.parts))

    # Ids

    def _own_id(self, value: str, line: int) -> str:
        check_id(value, self.path, line, self.findings)
        if value in self.seen:
            self._report("I002", line, f"the id '{value}' is used twice on this page")
        self.seen[value] = self.seen.get(value, 0) + 1
        return value

    def _prose_id(self, content: str) -> str:
        name = "b" + sha256(" ".join(content.split()).encode()).hexdigest()[:10]
        count = self.seen[name] = self.seen.get(name, 0) + 1
        return name if count == 1 else f"{name}-{count}"

    def _derived(self, inside: Sequence[b.Block]) -> str:
        return self._prose_id(self._joined(inside))

    def _joined(self, inside: Sequence[b.Block]) -> str:
        return "|".join(block.id for block in inside)

    def _around(self, cls: Callable[..., b.Block], line: int, inside: tuple[b.Block, ...]) -> "b.Block":
        return cls(id=self._derived(inside), line=line, blocks=inside)

    def _report(self, code: str, line: int, message: str, hint: str = "") -> None:
        self.findings.append(finding(code, self.path, line, message, hint))


def _close(tokens: list[Token], start: int) -> int:
    """Return the index of the token that closes the one at `start`."""
    if tokens[start].nesting != 1:
        return start
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth == 0:
            return index
    return len(tokens) - 1


def _inline(token: Token, line: int) -> Text:
    return Text(value=" ".join(token.content.split()) if "`" not in token.content else token.content.replace("\n", " "), line=line)


_MAKERS: dict[str, Callable[[BlockReader, Directive], b.Block]] = {
    "step": BlockReader.step, "stage": BlockReader.stage, "slot": BlockReader.slot, "cards": BlockReader.cards,
    "case": BlockReader.case, "treaty": BlockReader.treaty, "reading": BlockReader.reading, "quiz": BlockReader.quiz,
    "item": BlockReader.quiz, "figure": BlockReader.figure, "h5p": BlockReader.activity, "table": BlockReader.table, "lab": BlockReader.lab,
    **dict.fromkeys(BOXES, BlockReader.box), **dict.fromkeys(TEACHER, BlockReader.teacher),
}
