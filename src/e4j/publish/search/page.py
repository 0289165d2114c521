"""Weigh the terms of one page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from e4j.publish.search.analyse import Analyser

HEAVIEST = 15
_TITLE = 6
_HEADING = 3
# A word said ten times is not ten times as telling as one said once: steps of about √2, after BM25's saturation.
_BODY = (0, 1, 2, 3, 4, 4, 5, 5, 5, 6, 6, 6, 6, 6, 6, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchDoc:
    """Describe a page as the index sees it."""

    key: str
    """The page's permanent id; the order of the keys says which number means which page."""
    url: str
    """Relative to the language folder."""
    title: str
    context: str
    """Title of the module the page belongs to."""
    summary: str
    """Plain text; what is over 160 letters is cut off."""
    terms: Mapping[str, int]
    """Term → weight 1 to 15, from `page_terms`."""


def page_terms(analyser: Analyser, title: str, headings: Iterable[str], body_text: str) -> dict[str, int]:
    """Weigh every term of a page 1 to 15: how often the text says it, more when a heading or the title does."""
    weights = {term: _BODY[times] if times < 15 else 7 for term, times in analyser.analyse(body_text).items()}
    for text, boost in (("\n".join(headings), _HEADING), (title, _TITLE)):
        for term in analyser.analyse(text):
            weights[term] = min(weights.get(term, 0) + boost, HEAVIEST)
    return weights
