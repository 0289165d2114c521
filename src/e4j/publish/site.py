"""The site: what surrounds a fragment, in one language.

A `SitePage` is everything a shell needs. `stage_page` writes it for a site generator, `stamp_page` fills in the document at once;
both use `theme/main.html`, and a test holds their bodies equal.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from posixpath import relpath
from typing import Any
from urllib.parse import urlsplit

from jinja2 import BaseLoader, Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from e4j.model.fragment import Piece
from e4j.publish.card import Card, PageCard


@dataclass(frozen=True, slots=True, kw_only=True)
class SitePage:
    """A page of the site, ready for any shell. `url` is relative to the language folder."""

    url: str
    title: str
    parts: Mapping[str, str]
    body: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is special about one page, for the chrome around it."""

    url: str
    title: str
    description: str
    body: tuple[Piece, ...]
    layout: str = "page"
    key: str = ""
    revision: str = ""
    tier: str = ""
    owner: Card | None = None
    page: PageCard | None = None
    teacher_view: bool = False
    resource: Mapping[str, Any] | None = None
    index: bool = True
    before: str = ""
    after: str = ""


@dataclass(slots=True, kw_only=True)
class Site:
    """One language of the site: its interface texts, templates and the languages beside it."""

    language: str
    direction: str
    languages: Sequence[str]
    names: Mapping[str, str]
    messages: Mapping[str, str]
    title: str
    url: str
    environment: Environment

    def say(self, message: str) -> str:
        """Return an interface text in this language."""
        return self.messages.get(message, message)

    def render(self, template: str, url: str, **values: Any) -> str:
        """Fill in a template; `href` in it leads from `url` to an address in the language folder."""
        return self.environment.get_template(template).render(_=self.say, site=self, href=self.href_from(url), url=url, **values)

    def href_from(self, url: str) -> Callable[[str], str]:
        """Return how a page leads to others. The page for missing addresses is shown anywhere, so its links begin at the root."""
        if url == "404.html":
            return lambda target: f"{self.root}{target}"
        return lambda target: href(url, target)

    @property
    def root(self) -> str:
        """Return the path of the language folder on its host, as the public address has it."""
        return f"{urlsplit(self.url).path.rstrip('/')}/{self.language}/"

    def page(self, facts: Facts) -> SitePage:
        """Put the chrome around a page."""
        contents = [b for b in facts.body if b.level in (2, 3)]
        base = self.root if facts.url == "404.html" else "../" * facts.url.count("/")
        values: dict[str, Any] = {"facts": facts, "contents": contents, "base": base}
        parts = {name: self.render(f"{name}.html", facts.url, **values) for name in ("head", "header", "side", "aside", "footer")}
        parts["html"] = self._attributes(facts, base)
        parts["layout"] = facts.layout
        parts["before"] = self.render("before.html", facts.url, **values)
        parts["after"] = facts.after + self.render("after.html", facts.url, **values)
        return SitePage(url=facts.url, title=facts.title, parts=parts, body=facts.body)

    def _attributes(self, facts: Facts, base: str) -> str:
        values = {"lang": self.language, "dir": self.direction, "data-e4j-base": base}
        optional = {"data-e4j-page": facts.key, "data-e4j-rev": facts.revision, "data-e4j-tier": facts.tier}
        values |= {name: value for name, value in optional.items() if value}
        return " ".join(f'{name}="{escape(value)}"' for name, value in values.items())

    def absolute(self, language: str, url: str) -> str:
        """Return the public address of a page in a language."""
        return f"{self.url.rstrip('/')}/{language}/{'' if url == 'index.html' else url}"

    def json_ld(self, facts: Facts) -> Markup:
        """Return the schema.org description of a learning resource, safe inside a script element."""
        data = {"@context": "https://schema.org", "@type": "LearningResource"} | dict(facts.resource or {})
        return Markup(json.dumps(data, ensure_ascii=False, sort_keys=True).replace("<", "\\u003c"))  # noqa: S704 - escaped above


def page_templates() -> Environment:
    """Return the templates of pages; compiled once, they serve every language."""
    return Environment(
        loader=PackageLoader("e4j.publish", "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )


def href(url: str, target: str) -> str:
    """Return the relative way from one page to another address; both are relative to the language folder."""
    path, hash_sign, anchor = target.partition("#")
    folder = url.rpartition("/")[0]
    return f"{relpath(path, folder or '.')}{hash_sign}{anchor}" if path else f"#{anchor}"


def body_html(page: SitePage) -> str:
    """Return a page's body as every shell must produce it."""
    return "\n".join(f'<h{b.level} id="{b.id}">{b.html}</h{b.level}>' if b.level else f"<div>{b.html}</div>" for b in page.body)


def stage_page(page: SitePage) -> bytes:
    """Write a page for a site generator: headings stay Markdown with explicit ids, all else is ready HTML in a `<div>`."""
    front = {"title": page.title, "e4j": dict(page.parts)}
    lines = ["---", *(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()), "---", ""]
    for part in page.body:
        if part.level:
            lines += [f"{'#' * part.level} {_heading(part.html)} {{#{part.id}}}", ""]
        else:
            lines += [f"<div>{_one_line(part.html)}</div>", ""]
    return "\n".join(lines).encode()


def _heading(html: str) -> str:
    """Keep Python-Markdown from reading anything into a heading that is HTML already."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]#" else c for c in html)


def _one_line(html: str) -> str:
    """Keep raw HTML on one line: a blank line would end it, and `&#10;` means the same inside `<pre>`."""
    return html.replace("\n", "&#10;")


def stamp_page(document: Template, page: SitePage) -> bytes:
    """Fill in the document: the same template the generators use, without their detours."""
    view = {"meta": {"e4j": page.parts}, "content": body_html(page)}
    return document.render(page=view).encode()


def load_document(source: str) -> Template:
    """Compile `theme/main.html`. Like MkDocs, it takes its parts as ready HTML."""
    return Environment(loader=BaseLoader(), autoescape=False, undefined=StrictUndefined).from_string(source)  # noqa: S701 - see above
