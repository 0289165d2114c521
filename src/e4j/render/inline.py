"""Inline Markdown to HTML: CommonMark, MyST roles, and emphasis that works next to Chinese and Arabic.

CommonMark decides by spaces and punctuation whether `**` opens or closes, which fails in scripts that set no spaces
(commonmark-spec issue 650). Next to a Han, kana, Hangul or Arabic character the rule is relaxed.
"""

import re
from collections.abc import Callable, MutableMapping
from html import escape, unescape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isPunctChar, isWhiteSpace
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from e4j.model.catalog import Reference
from e4j.model.text import State, Text
from e4j.render.context import Context, direction

ROLE = re.compile(r"\{([a-z-]+)\}`([^`]+)`")
_LABELLED = re.compile(r"(.*?)\s*<([^<>]+)>", re.DOTALL)
_LOOSE = re.compile("[\u0600-\u06ff\u0750-\u077f\u2e80-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_SPECIAL = re.compile(r"[\\`*_\[\]!&<>{\n]|https?:")


def split_role(content: str) -> tuple[str, str]:
    """Return label and target of a role's content: `label <target>` or just `target`."""
    match = _LABELLED.fullmatch(content)
    return (match[1], match[2]) if match else ("", content)


def _role(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of a markdown-it rule
    if state.src[state.pos] != "{":
        return False
    match = ROLE.match(state.src, state.pos, state.posMax)
    if match is None or match[1] not in _ROLES:
        return False
    if not silent:
        token = state.push("role", "", 0)
        token.meta = {"name": match[1]}
        token.content = match[2]
    state.pos = match.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - the signature of a markdown-it rule
    """Collect the runs of `*` and `_`, as markdown-it does, with the relaxed flanking rule."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    can_open, can_close, length = _scan(state, marker)
    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(Delimiter(
            marker=ord(marker), length=length, token=len(state.tokens) - 1, end=-1, open=can_open, close=can_close,
        ))
    state.pos += length
    return True


def _scan(state: StateInline, marker: str) -> tuple[bool, bool, int]:
    start = end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    loose = marker == "*" and bool(_LOOSE.match(before) or _LOOSE.match(after))
    space_before, space_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    punct_before, punct_after = isPunctChar(before), isPunctChar(after)
    left = not space_after and (loose or not punct_after or space_before or punct_before)
    right = not space_before and (loose or not punct_before or space_after or punct_after)
    if marker == "_":
        return left and (not right or punct_before), right and (not left or punct_after), end - start
    return left, right, end - start


class _Renderer(RendererHTML):
    """Adds roles and safe links to the HTML renderer."""

    def role(self, tokens: list[Token], index: int, options: Any, env: MutableMapping[str, Any]) -> str:
        token = tokens[index]
        return _ROLES[token.meta["name"]](token.content, env["context"])

    def link_open(self, tokens: list[Token], index: int, options: Any, env: MutableMapping[str, Any]) -> str:
        href = str(tokens[index].attrs.get("href", ""))
        outside = href.startswith(("http:", "https:"))
        extra = ' rel="noopener noreferrer" class="e4j-outside"' if outside else ""
        return f'<a href="{escape(href)}"{extra}>'


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer)
    parser.disable(["image", "newline"])
    parser.inline.ruler.before("emphasis", "role", _role)
    parser.inline.ruler.at("emphasis", _emphasis)
    return parser


PARSER = _parser()


def inline(text: Text, context: Context) -> str:
    """Render a text. A missing translation is wrapped with the language and direction of what is shown instead."""
    html = markdown(text.value, context)
    if text.state is State.MISSING and context.language != context.source_language:
        return f'<span lang="{context.source_language}" dir="{direction(context.source_language)}">{html}</span>'
    return html


def markdown(value: str, context: Context) -> str:
    """Render inline Markdown."""
    if not _SPECIAL.search(value):
        return escape(value, quote=False)
    return str(PARSER.renderInline(value, {"context": context}))


def plain(text: Text, context: Context) -> str:
    """Return what a text says without any markup, for titles, search and attributes."""
    if not _SPECIAL.search(text.value):
        return text.value
    tokens = PARSER.parseInline(text.value, {"context": context})[0].children or []
    return "".join(_plain_token(token, context) for token in tokens)


def _plain_token(token: Token, context: Context) -> str:
    if token.type == "role":
        return unescape(re.sub(r"<[^>]+>", "", _ROLES[token.meta["name"]](token.content, context)))
    return token.content if token.type in {"text", "code_inline", "text_special"} else ""


# Roles: each turns its content into HTML; what cannot be resolved was reported by the check and shows its own text.


def _term(content: str, context: Context) -> str:
    label, target = split_role(content)
    term = context.library.terms.get(target)
    if term is None:
        return escape(label or target)
    href = context.href(f"library/glossary.html#{term.id}")
    return f'<a class="e4j-term" href="{href}">{escape(label or term.term.value)}</a>'


def _cite(content: str, context: Context) -> str:
    parts = []
    for citation in content.split(";"):
        key, comma, place = citation.strip().partition(",")
        reference = context.library.references.get(key.strip())
        if reference is None:
            parts.append(escape(citation.strip()))
            continue
        context.cited.setdefault(reference.id, reference)
        tail = f", {escape(place.strip())}" if comma else ""
        parts.append(f'<a href="#ref-{reference.id}">{escape(citation_label(reference))}</a>{tail}')
    return f'<span class="e4j-cite">({"; ".join(parts)})</span>'


def citation_label(reference: Reference) -> str:
    """Return "Author year", with at most two names."""
    fields = reference.fields
    if "shortauthor" in fields:
        return f"{fields['shortauthor']} {fields.get('year', '')}".strip()
    author = fields.get("author") or fields.get("publisher") or fields.get("title", "")
    names = [name.partition(",")[0] for name in author.split(" and ")]
    shown = names[0] if len(names) == 1 else f"{names[0]} & {names[1]}" if len(names) == 2 else f"{names[0]} et al."
    return f"{shown} {fields.get('year', '')}".strip()


def _treaty(content: str, context: Context) -> str:
    label, target = split_role(content)
    name, _, number = target.partition("/")
    treaty = context.library.treaties.get(name)
    if treaty is None:
        return escape(label or target)
    anchor = f"{name}-{number.partition('(')[0]}" if number else name
    words = label or (context.say("{treaty}, article {number}").format(treaty=treaty.short.value, number=number) if number else treaty.short.value)
    return f'<a class="e4j-treaty" href="{context.href(f"library/treaties.html#{anchor}")}">{escape(words)}</a>'


def _page(content: str, context: Context) -> str:
    label, target = split_role(content)
    link = context.page(target)
    if link is None:
        return escape(label or target)
    return f'<a href="{context.href(link.url)}">{escape(label or link.title)}</a>'


def _var(content: str, context: Context) -> str:
    variable = context.variables.get(content)
    return f'<span class="e4j-var">{escape(variable.value if variable else content)}</span>'


_ROLES: dict[str, Callable[[str, Context], str]] = {"term": _term, "cite": _cite, "treaty": _treaty, "page": _page, "var": _var}
ROLES = frozenset(_ROLES)
