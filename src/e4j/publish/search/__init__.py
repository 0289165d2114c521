"""Make the search index: terms of a page, shards that classic scripts load, the change of a few pages."""

from e4j.publish.search.analyse import Analyser, analyse
from e4j.publish.search.index import IndexUpdate, build_index, update_index
from e4j.publish.search.page import SearchDoc, page_terms

__all__ = ["Analyser", "IndexUpdate", "SearchDoc", "analyse", "build_index", "page_terms", "update_index"]
