"""The browser's side of search, run in Node over indexes the build made: same terms, right pages, few bytes."""

import json
import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from e4j.publish.search import Analyser, SearchDoc, build_index, page_terms

ROOT = Path(__file__).parents[2]
ESBUILD = ROOT / "node_modules" / ".bin" / "esbuild"
QUERIES = json.loads((ROOT / "tests" / "search" / "queries.json").read_text(encoding="utf-8"))
EXAMPLES = json.loads((ROOT / "tests" / "search" / "examples.json").read_text(encoding="utf-8"))
LANGS = ("ar", "zh", "en", "fr", "ru", "es")

pytestmark = pytest.mark.skipif(
    not (ESBUILD.exists() and shutil.which("node")), reason="the browser's tools are not installed: npm ci"
)

ANALYSE = """
const analysers = {};
answer(input.map(([lang, text]) => (analysers[lang] ||= new client.Analyser(lang)).terms(text)));
"""
# files: name → script; a name in `old` gives that script unless its address says which build is wanted.
FIND = """
const load = async (name, version) => {
  const script = (!version && input.old?.[name]) || input.files[`search/${name}.js`];
  if (!script) throw new Error(name);
  loaded.push([name, Buffer.byteLength(script)]);
  let got;
  new Function("e4jSearchLoad", script)((_, stamp, data) => { got = { stamp, data }; });
  return got;
};
let loaded = [];
const finder = new client.Finder(input.lang, load);
(async () => {
  const results = [];
  for (const query of input.queries) {
    if (input.afresh) { loaded = []; }
    const one = input.afresh ? new client.Finder(input.lang, load) : finder;
    const { pages, slots } = await one.find(query);
    const rows = await Promise.all(pages.slice(0, input.rows).map((page) => one.row(page)));
    const marked = rows.map((row) => client.pieces(row.title, slots, one.analyser).filter((p) => p.hit).map((p) => p.text));
    results.push({ count: pages.length, rows, marked, loaded });
  }
  answer(results);
})();
"""


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Bundle the parts of the client that need no page."""
    folder = tmp_path_factory.mktemp("client")
    modules = ("analyse", "find", "highlight")
    source = "".join(f'export * from "{ROOT}/web/search/{name}.ts";\n' for name in modules)
    (folder / "entry.ts").write_text(source)
    target = folder / "client.cjs"
    options = ["--bundle", "--format=cjs", "--platform=node", "--log-level=warning", f"--outfile={target}"]
    subprocess.run([ESBUILD, folder / "entry.ts", *options], check=True)
    yield target


def run(bundle: Path, script: str, value: object) -> Any:
    """Run a script in Node with `client` and `input`, and give what it answers."""
    head = (
        f"const client = require({json.dumps(str(bundle))});"
        "const input = JSON.parse(require('fs').readFileSync(0, 'utf8'));"
        "const answer = (value) => process.stdout.write(JSON.stringify(value));"
    )
    node = subprocess.run(["node", "-e", head + script], input=json.dumps(value), capture_output=True, encoding="utf-8", check=True)
    return json.loads(node.stdout)


BLOCKS = (
    (0x20, 0x7F), (0xA0, 0x250), (0x300, 0x370), (0x370, 0x530), (0x600, 0x700), (0x1E00, 0x1F00), (0x2000, 0x2150),
    (0x3000, 0x3400), (0x4E00, 0xA000), (0xAC00, 0xD7A4), (0xF900, 0xFE00), (0xFE70, 0x10000), (0x1D400, 0x1D800),
    (0x20000, 0x31350),
)  # fmt: skip


def strings(rng: random.Random) -> Iterator[tuple[str, str]]:
    """Give strings as they come and as they never should: any letter, blocks side by side, words glued and turned."""
    words = {lang: [e["text"] for e in EXAMPLES if e["lang"] == lang] for lang in LANGS}
    glue = ["", "", " ", "-", "’", "\u00ad", "\u200f", "\u0301", "\u0640", "\u064e", "，", "5", "٣", "s", "ы", "ها", "的"]
    for number in range(24_000):
        lang = LANGS[number % 6]
        match number // 6 % 4:
            case 0:
                yield lang, "".join(chr(rng.choice((rng.randrange(0xD800), rng.randrange(0xE000, 0x110000)))) for _ in range(12))
            case 1:
                yield lang, "".join(chr(rng.randrange(*rng.choice(BLOCKS))) for _ in range(12))
            case 2:
                parts = [rng.choice(words[rng.choice(LANGS)])[: rng.randint(1, 12)] + rng.choice(glue) for _ in range(4)]
                yield lang, "".join(parts)
            case _:
                text = " ".join(rng.choices(words[lang], k=4)) + rng.choice(glue)
                yield lang, rng.choice((text.upper(), text.title(), text[::-1], text))


def test_both_sides_make_the_same_terms(bundle: Path) -> None:
    cases = list(strings(random.Random(20_261_123)))
    analysers = {lang: Analyser(lang) for lang in LANGS}
    here = [analysers[lang].analyse(text) for lang, text in cases]
    there = [dict(Counter(terms)) for terms in run(bundle, ANALYSE, cases)]
    assert [case for case, a, b in zip(cases, here, there, strict=True) if a != b] == []


def index_of(lang: str) -> dict[str, str]:
    analyser = Analyser(lang)
    docs = [
        SearchDoc(key=key, url=f"{key}.html", title=title, context="", summary=text, terms=page_terms(analyser, title, [], text))
        for key, title, text in QUERIES[lang]["docs"]
    ]
    return {path: content.decode() for path, content in build_index(lang, docs).items()}


@pytest.mark.parametrize("lang", LANGS)
def test_queries_in_other_forms_find_their_page_among_the_first_five(bundle: Path, lang: str) -> None:
    asked = QUERIES[lang]["queries"]
    assert len(QUERIES[lang]["docs"]) >= 12
    assert len(asked) >= 25
    found = run(bundle, FIND, {"lang": lang, "files": index_of(lang), "queries": [query for query, _ in asked], "rows": 5})
    missed = [
        (query, wanted)
        for (query, wanted), result in zip(asked, found, strict=True)
        if f"{wanted}.html" not in [row["url"] for row in result["rows"]]
    ]
    first = sum(result["rows"][:1] != [] and result["rows"][0]["url"] == f"{wanted}.html" for (_, wanted), result in zip(asked, found, strict=True))
    assert len(missed) <= 0.05 * len(asked), missed
    assert first >= 0.8 * len(asked)


def test_titles_mark_the_words_that_were_found(bundle: Path) -> None:
    english = run(bundle, FIND, {"lang": "en", "files": index_of("en"), "queries": ["laundered", "traff"], "rows": 1})
    chinese = run(bundle, FIND, {"lang": "zh", "files": index_of("zh"), "queries": ["野生动物"], "rows": 1})
    assert [result["marked"] for result in english + chinese] == [[["laundering"]], [["Trafficking"]], [["野生动物"]]]


def test_a_query_of_stop_words_and_one_of_nothing_find_nothing(bundle: Path) -> None:
    found = run(bundle, FIND, {"lang": "en", "files": index_of("en"), "queries": ["of the ", "", "?", "xyzzy"], "rows": 5})
    assert [result["count"] for result in found] == [0, 0, 0, 0]


def test_pages_with_all_words_come_before_pages_with_one(bundle: Path) -> None:
    found = run(bundle, FIND, {"lang": "en", "files": index_of("en"), "queries": ["independent police "], "rows": 2})
    assert found[0]["rows"][0]["url"] == "police.html"


def many_docs(lang: str, keys: str = "page") -> list[SearchDoc]:
    """Make 1,084 pages of random words, as many terms a page as a real one."""
    rng = random.Random(3)
    letters = {"en": "etaoinshrdlucmfwypvbgkjqxz", "zh": "".join(map(chr, range(0x4E00, 0x5600)))}[lang]
    sizes = (2, 2) if lang == "zh" else (3, 9)
    falling = [1 / (rank + 4) for rank in range(len(letters))]
    words = ["".join(rng.choices(letters, falling, k=rng.randint(*sizes))) for _ in range(60_000 if lang == "zh" else 20_000)]
    ranks = [1 / (rank + 20) for rank in range(len(words))]
    pages = [dict.fromkeys(rng.choices(words, ranks, k=2000 if lang == "zh" else 800), 1) for _ in range(1084)]
    title, summary = ("有组织犯罪" * 4, "犯罪" * 80) if lang == "zh" else ("organized crime " * 3, "crime " * 26)
    return [
        SearchDoc(key=f"{keys}-{n}", url=f"university/module-{n // 9}/{n}.html", title=title, context=title, summary=summary, terms=terms)
        for n, terms in enumerate(pages)
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_first_result_loads_little(bundle: Path, lang: str) -> None:
    docs = many_docs(lang)
    files = {path: content.decode() for path, content in build_index(lang, docs).items()}
    rng = random.Random(9)
    pairs = [rng.sample(sorted(docs[n].terms), 2) for n in range(40)]
    queries = [" ".join(pair) if lang == "en" else "".join(pair) for pair in pairs]
    found = run(bundle, FIND, {"lang": lang, "files": files, "queries": queries, "rows": 1, "afresh": True})
    client = 32_000  # search.js as it is; its gzipped size has a test of its own
    assert max(client + sum(size for _, size in result["loaded"]) for result in found) <= 150_000
    assert min(result["count"] for result in found) >= 1


def test_files_of_an_older_build_are_loaded_anew(bundle: Path) -> None:
    docs = many_docs("en")[:40]
    query = max(docs[0].terms, key=len)
    new = {path: content.decode() for path, content in build_index("en", docs).items()}
    moved = build_index("en", [*docs[20:], *docs[:20]])
    names = [path.removeprefix("search/").removesuffix(".js") for path in new]
    old = {name: moved[f"search/{name}.js"].decode() for name in names if f"search/{name}.js" in moved}
    ask = {"lang": "en", "files": new, "queries": [query], "rows": 50}
    right = [row["url"] for row in run(bundle, FIND, ask)[0]["rows"]]
    assert right
    for stale in (["manifest"], [name for name in old if name != "manifest"]):
        mixed = ask | {"old": {name: old[name] for name in stale}}
        assert [row["url"] for row in run(bundle, FIND, mixed)[0]["rows"]] == right


def test_the_client_is_small(tmp_path: Path) -> None:
    import gzip

    target = tmp_path / "search.js"
    options = ["--bundle", "--minify", "--format=iife", "--target=es2019", "--charset=utf8", "--log-level=warning"]
    subprocess.run([ESBUILD, ROOT / "web" / "search" / "main.ts", *options, f"--outfile={target}"], check=True)
    assert len(gzip.compress(target.read_bytes())) <= 12_000
    assert target.stat().st_size <= 32_000
