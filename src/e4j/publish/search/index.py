"""Make the files of a language's search index, all of them or only those a change touches.

| File under `search/` | Calls `e4jSearchLoad(name, stamp, data)` with |
|---|---|
| `manifest.js` | `{lang, docs, chunk, lengths, groups: ["63 c con court", …]}`: the first term of each shard, by group |
| `t-63-0.js` | `"term postings term postings …"`, see `postings` |
| `d-0.js` | `{c: [module title, …], d: [[title, url, index into c, summary], …]}`, 16 pages a file |

`stamp` names the order of the pages. A browser that holds files of two builds sees it and loads the older one again, so a
number never leads to the wrong page.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple, cast

from e4j.publish.search.page import SearchDoc
from e4j.publish.search.postings import MOST_PAGES, decode, encode, pack, step_codes
from e4j.publish.search.shards import Entry, Shard, cut_group, letter_groups, path_of, read_script, write_script
from e4j.publish.search.tables import Tables, read_tables

PAGES_A_CHUNK = 16
LONGEST_SUMMARY = 160
Row = tuple[str, str, str, str]
"""Title, address, module title and summary of a page."""


class IndexUpdate(NamedTuple):
    """What to write and what to delete so that the folder equals a full build."""

    written: dict[str, bytes]
    removed: frozenset[str]


def build_index(lang: str, docs: Sequence[SearchDoc]) -> dict[str, bytes]:
    """Make every file of the index: path relative to the language folder → bytes."""
    if len(docs) > MOST_PAGES:
        raise ValueError(f"a search index holds at most {MOST_PAGES} pages, not {len(docs)}")
    tables = read_tables()
    stamp = _stamp(docs)
    shards = _lay_out(_entries(docs, tables), len(docs))
    files = {path_of(shard.name): write_script(shard.name, stamp, shard.data) for shard in shards}
    rows = [_row(doc) for doc in docs]
    for chunk in range(0, len(rows), PAGES_A_CHUNK):
        files |= _chunk_file(chunk // PAGES_A_CHUNK, stamp, rows[chunk : chunk + PAGES_A_CHUNK])
    lengths = "".join(_length(doc.terms, tables) for doc in docs)
    groups = {shard.name: shard.first for shard in shards}
    return files | _manifest_file(lang, stamp, lengths, groups)


def update_index(
    lang: str,
    read: Callable[[str], bytes],
    changed: Mapping[int, tuple[Mapping[str, int], SearchDoc]],
) -> IndexUpdate:
    """Bring an index up to date with some changed pages, in files equal to those of a full build.

    Args:
        lang: The language the index was built for.
        read: Gives a file of the old index by its path.
        changed: Number of the page in the build → its old terms and the page as it is now. Pages, their keys and their
            order are those of the old index; a page more or less needs `build_index`.

    """
    old = _Old(lang, read)
    firsts = dict(old.firsts)
    written: dict[str, bytes] = {}
    for group, postings in sorted(_changed_postings(changed, old.pages).items()):
        before = [name for name in old.firsts if _group_of_name(name) == group]
        shards = cut_group(group, _patched(old, before, postings))
        for name in before:
            del firsts[name]
        firsts |= {shard.name: shard.first for shard in shards}
        written |= {path_of(shard.name): write_script(shard.name, old.stamp, shard.data) for shard in shards}
    written |= _changed_chunks(old, changed)
    lengths = list(old.lengths)
    for page, (_, doc) in changed.items():
        lengths[page] = _length(doc.terms, old.tables)
    written |= _manifest_file(lang, old.stamp, "".join(lengths), firsts)
    removed = frozenset(path_of(name) for name in old.firsts.keys() - firsts.keys())
    return IndexUpdate({path: new for path, new in written.items() if old.get(path) != new}, removed)


class _Old:
    """The index as it was."""

    def __init__(self, lang: str, read: Callable[[str], bytes]) -> None:
        self._read = read
        script = read(path_of("manifest"))
        manifest = cast("dict[str, Any]", read_script(script))
        if manifest["lang"] != lang:
            raise ValueError(f"the index is for {manifest['lang']}, not for {lang}")
        self.stamp = script.decode().split('"', 4)[3]
        self.lengths: str = manifest["lengths"]
        self.pages = len(self.lengths)
        self.firsts: dict[str, str] = {}
        for group, *firsts in map(str.split, manifest["groups"]):
            self.firsts |= {f"t-{group}-{number}": first for number, first in enumerate(firsts)}
        self._paths = {path_of("manifest"), *map(path_of, self.firsts)}
        self._paths |= {path_of(f"d-{chunk}") for chunk in range(-(-self.pages // PAGES_A_CHUNK))}
        self.tables = read_tables()

    def get(self, path: str) -> bytes | None:
        return self._read(path) if path in self._paths else None

    def entries(self, name: str) -> Iterable[Entry]:
        parts = cast("str", read_script(self._read(path_of(name)))).split(" ")
        return zip(parts[::2], parts[1::2], strict=True)

    def rows(self, chunk: int) -> list[Row]:
        data = cast("dict[str, Any]", read_script(self._read(path_of(f"d-{chunk}"))))
        return [(title, url, data["c"][context], summary) for title, url, context, summary in data["d"]]


def _entries(docs: Sequence[SearchDoc], tables: Tables) -> Iterator[Entry]:
    postings = _collect(docs)
    codes = step_codes(len(docs), tables)
    return ((term, encode(postings.pop(term), codes)) for term in sorted(postings))


def _collect(docs: Iterable[SearchDoc]) -> dict[str, int | list[int]]:
    """Turn page → terms round. Half of all terms stand on one page, so a list is made only for the second posting."""
    postings: dict[str, int | list[int]] = {}
    get = postings.get
    for page, doc in enumerate(docs):
        start = page * 16
        for term, weight in doc.terms.items():
            held = get(term)
            if held is None:
                postings[term] = start + weight
            elif type(held) is list:
                held.append(start + weight)
            else:
                postings[term] = [cast("int", held), start + weight]
    return postings


def _lay_out(entries: Iterable[Entry], pages: int) -> list[Shard]:
    group_of = letter_groups(pages)
    groups = groupby(entries, lambda entry: group_of(entry[0][0]))
    return [shard for group, members in groups for shard in cut_group(group, members)]


def _changed_postings(
    changed: Mapping[int, tuple[Mapping[str, int], SearchDoc]], pages: int
) -> dict[int, dict[str, dict[int, int]]]:
    """Give what became of the terms: group → term → page → new weight, 0 for none."""
    group_of = letter_groups(pages)
    groups: dict[int, dict[str, dict[int, int]]] = {}
    for page, (old, doc) in changed.items():
        for term in old.keys() | doc.terms.keys():
            weight = doc.terms.get(term, 0)
            if weight != old.get(term, 0):
                groups.setdefault(group_of(term[0]), {}).setdefault(term, {})[page] = weight
    return groups


def _patched(old: _Old, names: Iterable[str], postings: Mapping[str, Mapping[int, int]]) -> list[Entry]:
    """Give a group's entries after the change, sorted."""
    codes = step_codes(old.pages, old.tables)
    entries = {term: code for name in names for term, code in old.entries(name)}
    for term, weights in postings.items():
        packed = pack(decode(entries.pop(term, ""), old.tables) | dict(weights))
        if packed:
            entries[term] = encode(packed, codes)
    return sorted(entries.items())


def _changed_chunks(old: _Old, changed: Mapping[int, tuple[Mapping[str, int], SearchDoc]]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for chunk, pages in groupby(sorted(changed), key=lambda page: page // PAGES_A_CHUNK):
        rows = old.rows(chunk)
        for page in pages:
            rows[page % PAGES_A_CHUNK] = _row(changed[page][1])
        files |= _chunk_file(chunk, old.stamp, rows)
    return files


def _row(doc: SearchDoc) -> Row:
    return doc.title, doc.url, doc.context, _shorten(doc.summary)


def _chunk_file(chunk: int, stamp: str, rows: Iterable[Row]) -> dict[str, bytes]:
    contexts: dict[str, int] = {}
    data = [[title, url, contexts.setdefault(context, len(contexts)), summary] for title, url, context, summary in rows]
    name = f"d-{chunk}"
    return {path_of(name): write_script(name, stamp, {"c": list(contexts), "d": data})}


def _manifest_file(lang: str, stamp: str, lengths: str, firsts: Mapping[str, str]) -> dict[str, bytes]:
    names = sorted(firsts, key=lambda name: (_group_of_name(name), int(name.rpartition("-")[2])))
    groups = [
        " ".join([f"{group:x}", *(firsts[name] for name in members)])
        for group, members in groupby(names, _group_of_name)
    ]
    data = {"lang": lang, "docs": len(lengths), "chunk": PAGES_A_CHUNK, "lengths": lengths, "groups": groups}
    return {path_of("manifest"): write_script("manifest", stamp, data)}


def _group_of_name(name: str) -> int:
    return int(name.split("-")[1], 16)


def _length(terms: Mapping[str, int], tables: Tables) -> str:
    """Write how many terms a page has as one digit: five steps to each doubling, in integers so every machine agrees."""
    return tables.digits[min((len(terms) ** 5).bit_length(), len(tables.digits) - 1)]


def _stamp(docs: Iterable[SearchDoc]) -> str:
    return hashlib.sha256("\n".join(doc.key for doc in docs).encode()).hexdigest()[:8]


def _shorten(summary: str) -> str:
    """Cut a summary to 160 letters, at a space where one is near."""
    text = " ".join(summary.split())
    if len(text) <= LONGEST_SUMMARY:
        return text
    cut = text[: LONGEST_SUMMARY - 1]
    space = cut.rfind(" ")
    return cut[: space if space >= LONGEST_SUMMARY // 2 else None].rstrip(" ,;:،，、") + "…"
