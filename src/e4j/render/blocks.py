"""Blocks to HTML pieces. Headings stay apart, so that every shell can make its own table of contents from them."""

import base64
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape, unescape
from typing import Any

from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from e4j.model import blocks as b
from e4j.model.catalog import Case, Reference, activity_id
from e4j.model.fragment import Piece
from e4j.model.text import State, Text
from e4j.render.context import Context, direction
from e4j.render.inline import inline, markdown, plain
from e4j.render.quiz import quiz_html


def without_teacher(blocks: Sequence[b.Block]) -> tuple[b.Block, ...]:
    """Return the blocks a learner may see."""
    kept: list[b.Block] = []
    for block in blocks:
        if isinstance(block, b.TeacherOnly):
            continue
        inside = b.children(block)
        seen = without_teacher(inside)
        name = "items" if isinstance(block, b.List) else "blocks"
        kept.append(block if seen == inside else replace(block, **{name: seen}))  # type: ignore[arg-type]
    return tuple(kept)


def has_teacher(blocks: Sequence[b.Block]) -> bool:
    """Tell whether anything in the blocks is for the teacher only."""
    return any(isinstance(block, b.TeacherOnly) or has_teacher(b.children(block)) for block in blocks)


def render_page(blocks: Sequence[b.Block], context: Context) -> tuple[Piece, ...]:
    """Render a page's blocks in order: headings and steps of the top level become headings of their own."""
    return tuple(_join(_Renderer(context).top(blocks)))


def render_html(blocks: Sequence[b.Block], context: Context) -> str:
    """Render blocks to one fragment, headings included."""
    return _Renderer(context).inside(blocks)


def _join(pieces: Sequence[Piece]) -> list[Piece]:
    joined: list[Piece] = []
    for piece in pieces:
        if piece.level == 0 and joined and joined[-1].level == 0:
            joined[-1] = Piece(html=joined[-1].html + piece.html)
        else:
            joined.append(piece)
    return joined


def reference_html(reference: Reference, context: Context) -> str:
    """Return a full citation: author (year). title. publisher. address."""
    fields = reference.fields
    author = fields.get("author", "").replace(" and ", "; ")
    parts = [f"{escape(author)} ({escape(fields.get('year', ''))})." if author else f"({escape(fields.get('year', ''))})."]
    title = f"<cite>{escape(fields.get('title', ''))}</cite>"
    where = ", ".join(escape(fields[name]) for name in ("journal", "booktitle", "publisher") if name in fields)
    parts += [f"{title}.", f"{where}." if where else ""]
    address = f"https://doi.org/{fields['doi']}" if "doi" in fields else fields.get("url", "")
    if address.startswith(("https://", "http://")):
        parts.append(f'<a class="e4j-outside" rel="noopener noreferrer" href="{escape(address)}">{escape(_host(address))}</a>')
    return f'<span lang="en" dir="ltr">{" ".join(part for part in parts if part)}</span>'


def _host(address: str) -> str:
    return address.split("/")[2].removeprefix("www.")


def case_html(case: Case, context: Context, level: int = 3) -> str:
    """Return a case with what happened, what was decided, why it is worth a class, and its source."""
    labels = (("What was decided", case.decision), ("Why it is worth a class", case.teaches))
    facts = "".join(f"<dt>{escape(context.say(label))}</dt><dd>{inline(text, context)}</dd>" for label, text in labels if text)
    questions = "".join(f"<li>{inline(question, context)}</li>" for question in case.questions)
    source = context.library.references.get(case.source)
    if source:
        context.cited.setdefault(source.id, source)
    cite = markdown(f"{{cite}}`{case.source}`", context) if source else ""
    return (
        f'<section class="e4j-case" id="case-{case.id}"><h{level}>{inline(case.title, context)}</h{level}>'
        f'<p class="e4j-case-where">{inline(case.place, context)}, {case.year}</p><p>{inline(case.summary, context)} {cite}</p>'
        f'{f"<dl>{facts}</dl>" if facts else ""}{f"<ol>{questions}</ol>" if questions else ""}</section>'
    )


@dataclass(slots=True)
class _Renderer:
    context: Context
    level: int = 1

    def top(self, blocks: Sequence[b.Block]) -> list[Piece]:
        pieces: list[Piece] = []
        for block in blocks:
            if isinstance(block, b.Heading):
                self.level = block.level
                pieces.append(self._heading_piece(block.id, block.level, block.text))
            elif isinstance(block, b.Step):
                pieces.append(self._heading_piece(block.id, min(self.level + 1, 4), block.title))
                pieces.append(Piece(html=self._step(block)))
            else:
                pieces.append(Piece(html=self._block(block)))
        return pieces

    def _heading_piece(self, name: str, level: int, text: Text) -> Piece:
        return Piece(level=level, id=name, html=inline(text, self.context), text=plain(text, self.context))

    def inside(self, blocks: Sequence[b.Block]) -> str:
        return "".join(map(self._block, blocks))

    def _block(self, block: b.Block) -> str:
        return _RENDERERS[type(block)](self, block)

    def _step(self, step: b.Step) -> str:
        say = self.context.say
        minutes = step.minutes
        spread = "" if minutes.least == minutes.most else f' <span class="e4j-step-spread">({minutes.least}–{minutes.most})</span>'
        time = escape(say("{n} min")).format(n=f"<b>{minutes.usual}</b>")
        form = f'<span class="e4j-step-form e4j-form-{step.form}">{escape(say(FORMS[step.form]))}</span>'
        return (
            f'<div class="e4j-step" data-minutes="{minutes.usual}"><p class="e4j-step-facts"><span class="e4j-step-time">{time}{spread}</span> {form}</p>'
            f"{self.inside(step.blocks)}</div>"
        )

    def heading(self, block: b.Heading) -> str:
        return f'<h{block.level} id="{block.id}">{inline(block.text, self.context)}</h{block.level}>'

    def paragraph(self, block: b.Paragraph) -> str:
        return self._element("p", block.text) + self._behind(block.text)

    def _element(self, tag: str, text: Text, classes: str = "") -> str:
        """Wrap a text in an element that carries its language when it is not the page's, and its state when it is behind."""
        attributes = f' class="{classes}"' if classes else ""
        if text.state is State.MISSING and self.context.language != self.context.source_language:
            source = self.context.source_language
            return f'<{tag}{attributes} lang="{source}" dir="{direction(source)}">{markdown(text.value, self.context)}</{tag}>'
        if text.state is State.OUTDATED:
            attributes = f' class="{(classes + " e4j-outdated").strip()}"'
        return f"<{tag}{attributes}>{markdown(text.value, self.context)}</{tag}>"

    def _behind(self, text: Text) -> str:
        """Offer the current source text where a translation is behind."""
        if text.state is not State.OUTDATED:
            return ""
        source = self.context.source_language
        label = escape(self.context.say("This paragraph has changed since it was translated"))
        inner = markdown(text.source, self.context)
        return f'<details class="e4j-behind"><summary>{label}</summary><p lang="{source}" dir="{direction(source)}">{inner}</p></details>'

    def list(self, block: b.List) -> str:
        tag = "ul" if block.start is None else "ol"
        start = f' start="{block.start}"' if block.start not in (None, 1) else ""
        return f"<{tag}{start}>{''.join(self._item(item, tight=block.tight) for item in block.items)}</{tag}>"

    def _item(self, item: b.ListItem, *, tight: bool) -> str:
        parts = [
            inline(child.text, self.context) + self._behind(child.text) if tight and isinstance(child, b.Paragraph) else self._block(child)
            for child in item.blocks
        ]
        return f"<li>{''.join(parts)}</li>"

    def quote(self, block: b.Quote) -> str:
        return f"<blockquote>{self.inside(block.blocks)}</blockquote>"

    def code(self, block: b.Code) -> str:
        return _listing(block.text, block.language)

    def rule(self, block: b.Rule) -> str:
        return "<hr>"

    def table(self, block: b.Table, caption: str = "") -> str:
        label = escape(caption or self.context.say("Table"))
        classes = [f' class="e4j-{align}"' if align else "" for align in block.align]
        head = "".join(f'<th scope="col"{c}>{inline(cell, self.context)}</th>' for cell, c in zip(block.header, classes, strict=False))
        rows = "".join(
            "<tr>" + "".join(f"<td{c}>{inline(cell, self.context)}</td>" for cell, c in zip(row, classes, strict=False)) + "</tr>"
            for row in block.rows
        )
        shown = f"<caption>{escape(caption)}</caption>" if caption else ""
        return (
            f'<div class="e4j-table" role="region" tabindex="0" aria-label="{label}"><table>{shown}<thead><tr>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )

    def captioned(self, block: b.CaptionedTable) -> str:
        caption = plain(block.caption, self.context)
        inner = "".join(self.table(x, caption) if isinstance(x, b.Table) else self._block(x) for x in block.blocks)
        return f'<div id="{block.id}">{inner}</div>'

    def stage(self, block: b.Stage) -> str:
        return f'<div class="e4j-stage">{self.inside(block.blocks)}</div>'

    def teacher(self, block: b.TeacherOnly) -> str:
        title = inline(block.title, self.context) if block.title else escape(self.context.say(TEACHER[block.kind]))
        return f'<div class="e4j-teacher e4j-{block.kind}"><p class="e4j-label">{title}</p>{self.inside(block.blocks)}</div>'

    def box(self, block: b.Box) -> str:
        title = inline(block.title, self.context) if block.title else escape(self.context.say(BOXES[block.kind]))
        return f'<aside class="e4j-box e4j-{block.kind}" id="{block.id}"><p class="e4j-label">{title}</p>{self.inside(block.blocks)}</aside>'

    def slot(self, block: b.Slot) -> str:
        title = inline(block.title, self.context) if block.title else escape(self.context.say(SLOTS[block.name]))
        return (
            f'<section class="e4j-slot" id="{block.id}" data-slot="{block.name}"><p class="e4j-label">{title}</p>'
            f"{self.inside(block.blocks)}</section>"
        )

    def cards(self, block: b.Cards) -> str:
        title = f'<p class="e4j-label">{inline(block.title, self.context)}</p>' if block.title else ""
        intro, cards = _split_cards(block.blocks)
        shown = "".join(f'<div class="e4j-card-role">{self.inside(card)}</div>' for card in cards)
        return f'<div class="e4j-cards" id="{block.id}">{title}{self.inside(intro)}<div class="e4j-card-grid">{shown}</div></div>'

    def case(self, block: b.CaseRef) -> str:
        case = self.context.library.cases.get(block.case)
        shown = case_html(case, self.context, min(self.level + 1, 4)) if case else escape(block.case)
        return shown + self.inside(block.blocks)

    def treaty(self, block: b.TreatyRef) -> str:
        treaty = self.context.library.treaties.get(block.treaty)
        article = next((a for a in treaty.articles if a.id == block.article), None) if treaty else None
        if treaty is None or article is None:
            return escape(f"{block.treaty}/{block.article}")
        link = markdown(f"{{treaty}}`{block.treaty}/{block.article}`", self.context)
        return f'<aside class="e4j-box e4j-article"><p class="e4j-label">{link} · {inline(article.title, self.context)}</p><p>{inline(article.text, self.context)}</p></aside>'

    def reading(self, block: b.Reading) -> str:
        reference = self.context.library.references.get(block.reference)
        shown = reference_html(reference, self.context) if reference else escape(block.reference)
        return f'<div class="e4j-reading"><p>{shown}</p>{self.inside(block.blocks)}</div>'

    def quiz(self, block: b.QuizRef) -> str:
        quiz = self.context.quizzes.get(block.quiz)
        return quiz_html(quiz, self.context, block.item) if quiz else escape(block.quiz)

    def figure(self, block: b.Figure) -> str:
        caption = f"<figcaption>{self.inside(block.blocks)}</figcaption>" if block.blocks else ""
        alt = escape(plain(block.alt, self.context))
        return f'<figure><img src="{escape(block.src)}" alt="{alt}" loading="lazy">{caption}</figure>'

    def activity(self, block: b.Activity) -> str:
        package = self.context.packages.get(block.src)
        if package is None:
            return escape(block.src)
        say = self.context.say
        place = f"{self.context.module}/{package.name}"
        time = f'<p class="e4j-minutes">{escape(say("{n} min")).format(n=block.minutes)}</p>' if block.minutes else ""
        file = escape(self.context.href(f"../h5p/{place}.h5p"))
        note = escape(say("This activity needs an H5P player; open it in your learning platform."))
        inner = (
            f'{self._element("p", block.title, "e4j-label")}{time}{self.inside(block.blocks)}{self._start() if self.context.player else ""}'
            f'<p class="e4j-h5p-note">{note}</p><p><a href="{file}" download>{escape(say("Download the activity (H5P)"))}</a></p>'
        )
        if not self.context.player:
            return f'<section class="e4j-box e4j-h5p" id="{block.id}">{inner}</section>'
        language = package.language or self.context.source_language
        return (
            f'<e4j-h5p class="e4j-box e4j-h5p" id="{block.id}" activity="{activity_id(self.context.module, package.name)}" rev="{package.digest}" place="{place}"'
            f' src="{escape(self.context.href("../h5p/frame.html"))}" content-lang="{escape(language)}" content-dir="{direction(language)}"'
            f' label="{escape(plain(block.title, self.context))}">{inner}</e4j-h5p>'
        )

    def _start(self) -> str:
        """Return the way in: nothing of the activity is loaded before."""
        say = self.context.say
        what = escape(say("It runs in a closed frame on this page. Nothing of it is loaded before you start. Only your marks and the options you choose are kept, never what you type."))
        return (
            f'<div class="e4j-h5p-door" data-e4j-script><p>{what}</p>'
            f'<p><button type="button" class="e4j-button e4j-primary-action">{escape(say("Start the activity"))}</button></p></div>'
        )

    def lab(self, block: b.LabLink) -> str:
        link = markdown(f"{{page}}`{block.page}`", self.context)
        label = escape(self.context.say("Data lab"))
        return f'<aside class="e4j-box e4j-lab"><p class="e4j-label">{label}: {link}</p>{self.inside(block.blocks)}</aside>'

    def cell(self, block: b.CodeCell) -> str:
        label = escape(self.context.say("Code"))
        shown = "".join(self._output(output) for output in block.outputs)
        code = f"<details><summary>{label}</summary>{_listing(block.source, block.language)}</details>"
        return f'<div class="e4j-cell" id="{escape(block.id)}">{code}{shown}</div>'

    def _output(self, output: b.Output) -> str:
        label = escape(self.context.say("Result"))
        if output.kind == "svg":
            title = re.search(r"<title[^>]*>(.*?)</title>", output.data, re.DOTALL)
            data = base64.b64encode(output.data.encode()).decode()
            return f'<img class="e4j-output" src="data:image/svg+xml;base64,{data}" alt="{escape(unescape(title[1])) if title else label}">'
        if output.kind == "png":
            return f'<img class="e4j-output" src="data:image/png;base64,{escape("".join(output.data.split()))}" alt="{label}">'
        return f'<pre class="e4j-output" dir="ltr" tabindex="0" role="region" aria-label="{label}">{escape(output.data, quote=False)}</pre>'


FORMS: Mapping[b.Form, str] = {
    b.Form.WHOLE_CLASS: "Whole class", b.Form.GROUPS: "In groups", b.Form.PAIRS: "In pairs", b.Form.ALONE: "Each alone",
}
TEACHER: Mapping[str, str] = {"say": "Say", "expect": "What you may hear", "teacher": "For the teacher"}
BOXES: Mapping[str, str] = {
    "note": "Note", "tip": "Tip", "caution": "Take care", "sensitive": "Before you read", "reflect": "Think about it",
}
SLOTS: Mapping[str, str] = {
    "legal-framework": "The law where you are", "case": "A case from where you are", "local-help": "Where to find help",
    "local-data": "Figures from where you are",
}


def _split_cards(blocks: Sequence[b.Block]) -> tuple[list[b.Block], list[list[b.Block]]]:
    intro: list[b.Block] = []
    cards: list[list[b.Block]] = []
    for block in blocks:
        if isinstance(block, b.Heading):
            cards.append([block])
        else:
            (cards[-1] if cards else intro).append(block)
    return intro, cards


def _listing(code: str, language: str) -> str:
    try:
        lexer = get_lexer_by_name(language) if language else None
    except ClassNotFound:
        lexer = None
    shown = highlight(code, lexer, HtmlFormatter(nowrap=True)) if lexer else escape(code, quote=False)
    return f'<pre class="e4j-code" dir="ltr" tabindex="0"><code>{shown}</code></pre>'


_RENDERERS: Mapping[type[b.Block], Callable[[_Renderer, Any], str]] = {
    b.Heading: _Renderer.heading, b.Paragraph: _Renderer.paragraph, b.List: _Renderer.list, b.Quote: _Renderer.quote,
    b.Code: _Renderer.code, b.Rule: _Renderer.rule, b.Table: _Renderer.table, b.CaptionedTable: _Renderer.captioned,
    b.Step: lambda self, step: self.heading(b.Heading(id=step.id, line=step.line, level=min(self.level + 1, 4), text=step.title)) + self._step(step),
    b.Stage: _Renderer.stage, b.TeacherOnly: _Renderer.teacher, b.Box: _Renderer.box, b.Slot: _Renderer.slot, b.Cards: _Renderer.cards,
    b.CaseRef: _Renderer.case, b.TreatyRef: _Renderer.treaty, b.Reading: _Renderer.reading, b.QuizRef: _Renderer.quiz,
    b.Figure: _Renderer.figure, b.Activity: _Renderer.activity, b.LabLink: _Renderer.lab, b.CodeCell: _Renderer.cell,
}


def page_text(pieces: Sequence[Piece]) -> str:
    """Return the readable words of rendered pieces, for search. What scripts and quiz keys hold is left out."""
    html = " ".join(piece.html for piece in pieces)
    html = _UNREAD.sub(" ", html)
    return unescape(_TAGS.sub(" ", html))


_UNREAD = re.compile(r'<script.*?</script>|<details.*?</details>|<div class="e4j-h5p-door".*?</div>', re.DOTALL)
_TAGS = re.compile(r"<[^>]+>")
