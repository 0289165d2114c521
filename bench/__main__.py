"""Print every figure with its bar; exit 1 when one is missed.

The generated corpus and the peer (stock Material with static-i18n and search) are measured in the same run. The peer takes minutes on the whole corpus,
so it is run on two sample sizes, and its time for the whole follows the power law through both (its navigation and index grow faster than the pages).
"""

import gzip
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from filecmp import cmpfiles
from math import log
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.browser import Visits
from bench.corpus import ROOT, write_corpus, write_plain

SAMPLES = (150, 450)


@dataclass
class Row:
    """One figure."""

    name: str
    value: str
    bar: str
    ok: bool


def run(arguments: list[str]) -> float:
    """Run the command line in a process of its own, as people do, and return its seconds."""
    start = perf_counter()
    done = subprocess.run([sys.executable, "-m", "e4j.cli", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:] + done.stdout[-2000:])
    return perf_counter() - start


def corpus_rows(folder: Path) -> list[Row]:
    """Measure cold, one word, and twice the same."""
    pages = write_corpus(folder / "corpus")
    arguments = ["build", "--root", str(folder / "corpus"), "--out", str(folder / "site"), "--cache", str(folder / "cache")]
    cold = run(arguments)
    peer = peer_seconds(folder, pages)
    word = median(one_word(folder, arguments) for _ in range(5))
    return [
        Row(f"{pages} pages × 6 languages, cold, search included", f"{cold:.1f} s", "≤ 50 s", cold <= 50),
        Row("… against stock Material + static-i18n, same run", f"{peer / cold:.1f}× (peer {peer:.0f} s, by samples of {SAMPLES[0]} and {SAMPLES[1]} pages)", "≥ 8×", peer >= 8 * cold),
        Row("one word changed, to the finished site, median of five", f"{word:.2f} s", "≤ 2 s", word <= 2),
    ]


def one_word(folder: Path, arguments: list[str]) -> float:
    """Add a word to a page and return the seconds until the site has it."""
    page = folder / "corpus/modules/university/m050/03-p3.md"
    text = page.read_text(encoding="utf-8")
    at = text.index("\n\n", text.index("## ")) + 2
    page.write_text(f"{text[:at]}changed {text[at:]}", encoding="utf-8")
    return run(arguments)


def peer_seconds(folder: Path, pages: int) -> float:
    """Return the peer's seconds for `pages` pages in six languages, by the power law through two samples."""
    times = []
    for count in SAMPLES:
        home = folder / f"peer{count}"
        write_plain(home, count)
        start = perf_counter()
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(home / "mkdocs.yml")], check=True, capture_output=True)
        times.append(perf_counter() - start)
    power = log(times[1] / times[0]) / log(SAMPLES[1] / SAMPLES[0])
    return times[1] * (pages / SAMPLES[1]) ** power


def same_bytes(folder: Path) -> Row:
    """Build our own content twice from nothing and compare every file."""
    sites = []
    for name in ("one", "two"):
        run(["build", "--out", str(folder / name), "--cache", str(folder / f"{name}-cache")])
        sites.append(folder / name)
    files = sorted(str(p.relative_to(sites[0])) for p in sites[0].rglob("*") if p.is_file())
    other = sorted(str(p.relative_to(sites[1])) for p in sites[1].rglob("*") if p.is_file())
    _, different, errors = cmpfiles(*sites, files, shallow=False)
    count = len(different) + len(errors) + len(set(files) ^ set(other))
    return Row("two builds of one commit", f"{len(files)} files, {count} different", "byte-identical", count == 0)


def sizes(folder: Path) -> list[Row]:
    """Weigh what a first visit and a first search load, packed as the server sends it."""
    with Visits() as visits:
        lesson = visits.open(folder / "one", "/en/modules/the-offer/reading.html")
        search = visits.search(folder / "site", "/en/index.html")
    weight = sum(len(gzip.compress(data, 9)) for data in lesson.bodies)
    found = sum(len(gzip.compress(data, 9)) for data in search.bodies)
    outside = [url for url in lesson.urls if not url.startswith(lesson.origin)]
    indexed = [url for url in lesson.urls if "/search" in url]
    return [
        Row("first visit to a lesson, all requests, gz", f"{weight / 1000:.1f} KB, {len(lesson.urls)} requests", "≤ 100 KB, ≤ 12", weight <= 100_000 and len(lesson.urls) <= 12),
        Row("… third-party requests, search bytes", f"{len(outside)}, {len(indexed)}", "0, 0", not outside and not indexed),
        Row("first search result on the corpus, loaded, gz", f"{found / 1000:.1f} KB in {len(search.urls)} files", "≤ 150 KB", 0 < found <= 150_000),
    ]


def packed(*paths: Path) -> int:
    """Return the bytes of files, each packed as a server sends it."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def player() -> list[Row]:
    """Weigh the scripts of a page with a quiz of all thirteen kinds, beside a player of H5P that has no kind of question yet."""
    ours = packed(ROOT / "src/e4j/assets/e4j.js")
    dist = ROOT / "node_modules/h5p-standalone/dist"
    peer = packed(dist / "main.bundle.js", dist / "frame.bundle.js")
    return [
        Row("player of thirteen kinds with log and site scripts, gz", f"{ours / 1000:.1f} KB", "≤ 45 KB", ours <= 45_000),
        Row("… against h5p-standalone without any content type", f"{peer / ours:.1f}× lighter (peer {peer / 1000:.0f} KB)", "lighter", ours < peer),
    ]


def axe(folder: Path) -> Row:
    """Look for serious and critical faults on every page of the real site in six languages."""
    with Visits() as visits:
        count, faults = visits.axe(folder / "one")
    return Row("axe on every page × six languages", f"{count} pages, {len(faults)} serious or critical {faults[:3] or ''}", "0", not faults)


def lighthouse(folder: Path) -> list[Row]:
    """Run Lighthouse (npm, fetched for the measurement only) on home, lesson and quiz."""
    with Visits() as visits:
        rows = []
        for page in ("index.html", "modules/the-offer/reading.html", "quizzes/the-offer-quiz.html"):
            scores = visits.lighthouse(folder / "one", f"/en/{page}")
            ok = scores["performance"] >= 0.95 and scores["accessibility"] == 1
            rows.append(Row(f"Lighthouse mobile, {page}", json.dumps(scores), "≥ 0.95, 1.00", ok))
        return rows


def main() -> int:
    """Measure and print."""
    folder = Path(tempfile.mkdtemp(prefix="e4j-bench-"))
    rows: list[Row] = []
    steps: list[Callable[[], Row | list[Row]]] = [
        lambda: corpus_rows(folder), lambda: same_bytes(folder), lambda: sizes(folder), player, lambda: lighthouse(folder), lambda: axe(folder),
    ]
    try:
        for step in steps:
            made = step()
            for row in made if isinstance(made, list) else [made]:
                print(f"{'ok  ' if row.ok else 'MISS'}  {row.name}: {row.value}   [{row.bar}]", flush=True)
                rows.append(row)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return int(not all(row.ok for row in rows))


if __name__ == "__main__":
    sys.exit(main())
