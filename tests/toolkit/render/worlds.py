"""A small world to render in."""

from e4j.model.catalog import Article, Case, Library, Reference, Term, Treaty
from e4j.model.text import Text
from e4j.render.context import Context, Link


def text(value: str) -> Text:
    return Text(value=value)


LIBRARY = Library(
    treaties={"untoc": Treaty(id="untoc", title=text("A convention"), short=text("Convention"), articles=(Article(id="2", title=text("Terms"), text=text("Words.")),))},
    cases={"lorry": Case(id="lorry", title=text("A lorry"), place=text("Here"), year=2019, summary=text("So."), source="one")},
    terms={"trust": Term(id="trust", term=text("trust & faith"), definition=text("A word."))},
    references={"one": Reference(id="one", kind="book", fields={"author": "O'Neil, Ann and <b>Ba</b>, Bo", "title": "A <i>title</i>", "year": "2003", "url": "https://example.org/?a=1&b=2"})},
)


def world(language: str = "en", **changes: object) -> Context:
    """Return the context of a page with one of each thing to point to."""
    values: dict[str, object] = {
        "language": language, "source_language": "en", "messages": {}, "library": LIBRARY, "links": {"m/two": Link(url="modules/m/two.html", title="Two & more")},
        "quizzes": {}, "versions": {}, "variables": {"line": text("<112>")}, "module": "m", "url": "modules/m/one.html",
    }
    return Context(**(values | changes))
