"""Build the whole site: every language side by side in processes, only what changed, always the same bytes."""

import gc
import multiprocessing
import multiprocessing.connection
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from pathlib import Path
from time import perf_counter

from babel import Locale

from e4j.build.activities import find_player, write_activities
from e4j.build.check import gather_findings, review_sources
from e4j.build.keys import missing_keys, write_keys
from e4j.build.language import LanguageBuild, Result, Task
from e4j.build.paths import PACKAGE, assets_folder, locales_folder, theme_folder
from e4j.build.schema import schema_files
from e4j.check.facts import Facts
from e4j.load.catalog import Memory, Sources, load_sources, root_findings
from e4j.load.files import digest_folder, digest_of
from e4j.load.text import read_text
from e4j.load.translations import load_messages
from e4j.mark.revision import quiz_version
from e4j.model.finding import Finding, Severity
from e4j.publish.extras import entrance, site_map, strings_script
from e4j.publish.search import SearchDoc, build_index, update_index
from e4j.publish.site import Site, load_document, page_templates, stamp_page
from e4j.render.context import direction
from e4j.render.quiz_payload import Payload
from e4j.write.site import copy_tree, empty_folder, remove_files, write_files, write_new
from e4j.write.state import State

ASSETS = ("e4j.js", "search.js")
UNLISTED = re.compile(r".*-teacher\.html|.*404\.html|quizzes/[^/]+/(sheet|key)\.html")
"""Pages that are another view of a page or for nobody to find."""
SUFFIXES = frozenset({".py", ".html", ".json", ".po", ".css", ".js", ".svg"})
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What to build. `languages` empty means all; `url` empty means the one of the catalog.

    `keys` is the folder for what a server needs to mark answers, never inside the site; None: none. `forms` says that a server
    will take answers from pages without scripts.
    `player` is the folder of an H5P player; None: packages are only offered to download.
    """

    roots: Sequence[Path]
    output: Path
    cache: Path
    languages: Sequence[str] = ()
    url: str = ""
    jobs: int = 0
    keys: Path | None = None
    forms: bool = False
    player: Path | None = None


@dataclass(slots=True, kw_only=True)
class Report:
    """What a build did."""

    findings: tuple[Finding, ...] = ()
    pages: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Tell whether the site was built."""
        return not any(f.severity is Severity.ERROR for f in self.findings)


def build_site(options: Options, say: Say = lambda _: None) -> Report:
    """Build or bring up to date the site of `options`. Errors in the sources are in the report, and nothing is written then."""
    start = perf_counter()
    gc_was_on = gc.isenabled()
    gc.disable()  # nothing here makes cycles worth collecting, and collecting costs a fifth of a cold build
    try:
        return _build(options, say, start)
    finally:
        if gc_was_on:
            gc.enable()


def _build(options: Options, say: Say, start: float) -> Report:
    version = toolkit_version()
    player = find_player(options.player)
    state = State(options.cache / "sources.db")
    if state.keys("version").get("toolkit") != version:
        for kind in ("group", "review"):
            state.drop(kind, state.keys(kind))
    stored = state.value("stamps", "all") or {}
    sources = load_sources(options.roots, Memory(stored, state.values("group")))
    if sources is None:
        return Report(findings=root_findings(options.roots))
    reviews = review_sources(sources, state.values("review"))
    facts = {name: review.facts for name, (_, review) in reviews.items()}
    report = Report(findings=tuple(sorted(gather_findings(sources, reviews))))
    if report.ok:
        say(f"{len(sources.catalog.modules)} modules read in {perf_counter() - start:.1f} s")
        _languages(options, sources, facts, version, report, say)
        write_activities(options.output, options.cache, sources.catalog, player, version)
        for kind, entries in (("group", sources.groups), ("review", reviews)):
            known = state.keys(kind)
            state.put(kind, {name: entry for name, entry in entries.items() if known.get(name) != entry[0]})
            state.drop(kind, known.keys() - entries.keys())
        state.put("stamps", {"all": ("", dict(sources.files))})
        state.put("version", {"toolkit": (version, None)})
    state.close()
    report.seconds = perf_counter() - start
    return report


def toolkit_version() -> str:
    """Return a digest of everything that shapes a page besides its sources: code, templates, texts, theme, scripts."""
    return digest_of([digest_folder(PACKAGE, SUFFIXES), digest_folder(theme_folder(), SUFFIXES)])


def make_task(sources: Sources, facts: Mapping[str, Facts], version: str, url: str) -> Task:
    """Gather what every language is built from."""
    catalog = sources.catalog
    revisions: dict[str, str] = {}
    # Files of other roots are named `1:path`; where two roots have the same path, the first one's page is the one that is shown.
    for path, stamp in sources.files.items():
        revisions.setdefault(path.partition(":")[2] or path, stamp.digest[:12])
    names = {code: language_name(code) for code in catalog.root.languages}
    return Task(
        sources=sources, facts=facts, revisions=revisions, version=version, names=names,
        quizzes={name: quiz_version(quiz) for name, quiz in catalog.quizzes.items()}, url=url or catalog.root.url,
        templates=page_templates(),
    )


def language_name(code: str) -> str:
    """Return a language's name in that language."""
    name = Locale.parse(code, sep="-").get_display_name(code) or code
    return name[:1].upper() + name[1:]


def make_site(task: Task, language: str, languages: Sequence[str]) -> Site:
    """Prepare one language of the site."""
    catalog = task.sources.catalog
    messages = load_messages(locales_folder(), language, "site")
    return Site(
        language=language, direction=direction(language), languages=languages, names=task.names, messages=messages,
        title=catalog.root.title.value, url=task.url, environment=task.templates,
    )


def _languages(options: Options, sources: Sources, facts: Mapping[str, Facts], version: str, report: Report, say: Say) -> None:
    catalog = sources.catalog
    wanted = [code for code in catalog.root.languages if not options.languages or code in options.languages]
    task = replace(
        make_task(sources, facts, version, options.url), forms=options.forms, keyless=missing_keys(options, catalog), player=options.player is not None,
    )
    jobs = options.jobs or min(os.cpu_count() or 1, len(wanted))
    work = {code: partial(build_language, options, task, code, wanted) for code in wanted}
    few = len(sources.fresh) < 12 and (options.output / wanted[0]).is_dir()
    results = _serial(work) if jobs == 1 or few or "fork" not in multiprocessing.get_all_start_methods() else _parallel(work, jobs)
    report.pages = {code: built.changed for code, built in results.items()}
    report.findings = tuple(sorted({*report.findings, *(f for built in results.values() for f in built.findings)}))
    _whole(options, task, wanted, next(iter(results.values())).urls)
    if options.keys:
        write_keys(options.keys, catalog, {code: built.keys for code, built in results.items()})
    say(f"{sum(report.pages.values())} pages written")


def _serial(work: Mapping[str, Callable[[], "Built"]]) -> dict[str, "Built"]:
    return {code: run() for code, run in work.items()}


@dataclass(frozen=True, slots=True)
class Built:
    """What became of a language: pages written, all addresses, findings, and keys of quizzes that changed."""

    changed: int
    urls: list[str]
    findings: list[Finding]
    keys: Mapping[str, tuple[Payload, Payload]]


def _parallel(work: Mapping[str, Callable[[], Built]], jobs: int) -> dict[str, Built]:
    """Run each language in a forked process, so that the catalog is shared and not copied. An error in one is raised here."""
    context = multiprocessing.get_context("fork")
    waiting = list(work.items())
    running: dict[str, tuple[ForkProcess, Connection]] = {}
    results: dict[str, Built] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            code, run = waiting.pop(0)
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_send, args=(sender, run))
            process.start()
            sender.close()
            running[code] = (process, receiver)
        ready = multiprocessing.connection.wait([receiver for _, receiver in running.values()])
        for code, (process, receiver) in list(running.items()):
            if receiver in ready:
                outcome = receiver.recv()
                process.join()
                del running[code]
                if isinstance(outcome, BaseException):
                    raise outcome
                results[code] = outcome
    return {code: results[code] for code in work}


def _send(sender: Connection, run: Callable[[], Built]) -> None:
    try:
        sender.send(run())
    except BaseException as error:  # noqa: BLE001 - handed to the parent, which raises it
        sender.send(error)


def build_language(options: Options, task: Task, language: str, languages: Sequence[str]) -> Built:
    """Bring one language's folder up to date."""
    folder = options.output / language
    state = State(options.cache / f"{language}.db")
    if not folder.is_dir() or state.value("output", "folder") != str(options.output.resolve()):
        for kind in ("unit", "card", "doc", "docs"):
            state.drop(kind, state.keys(kind))
        empty_folder(folder)
    site = make_site(task, language, languages)
    result = LanguageBuild(task, site, state).run()
    document = load_document(read_text(theme_folder() / "main.html"))
    made: set[str] = set()
    for page in result.pages:
        write_new(folder, page.url, stamp_page(document, page), made)
    for path, data in result.media.items():
        write_new(folder, path, data, made)
    write_assets(folder, site)
    urls = [url for unit in result.urls.values() for url in unit]
    remove_files(folder, set(state.value("urls", "all") or ()) - set(urls))
    _search(folder, state, language, result)
    state.put("urls", {"all": ("", tuple(urls))})
    state.put("output", {"folder": ("", str(options.output.resolve()))})
    state.close()
    return Built(len(result.pages), urls, result.findings, result.keys)


def write_assets(folder: Path, site: Site) -> None:
    """Write what pages of a language load besides themselves."""
    theme = theme_folder()
    target = folder / "assets" / "e4j"
    browser = load_messages(locales_folder(), site.language, "browser")
    write_files(target, {
        "strings.js": strings_script(site.language, site.direction, browser),
        "e4j.css": style_sheet(theme),
    })
    copy_tree(theme / "assets", target, ["icon.svg"])
    copy_tree(assets_folder(), target, ASSETS)


def style_sheet(theme: Path) -> bytes:
    """Join the style sheets of the theme, the player and the search in a fixed order."""
    parts = sorted((theme / "css").glob("*.css"))
    parts += [assets_folder() / name for name in ("player.css", "search.css") if (assets_folder() / name).is_file()]
    return "\n".join(read_text(path) for path in parts).encode()


def _search(folder: Path, state: State, language: str, result: Result) -> None:
    """Change the shards a few pages touch; lay the index out anew when pages came, went or moved, or many changed."""
    before = state.value("docs", "order")
    state.put("docs", {"order": ("", result.docs)})
    files = set(state.value("docs", "files") or ())
    if before == result.docs and len(result.changed_docs) * 4 < len(result.docs):
        number = {key: index for index, key in enumerate(result.docs)}
        changed = {number[key]: change for key, change in sorted(result.changed_docs.items())}
        if not changed:
            return
        update = update_index(language, lambda path: (folder / path).read_bytes(), changed)
        write_files(folder, update.written)
        remove_files(folder, update.removed)
        state.put("docs", {"files": ("", tuple(sorted((files | update.written.keys()) - update.removed)))})
        return
    docs: dict[str, SearchDoc] = {key: doc for key, (_, doc) in result.changed_docs.items()}
    if len(docs) < len(result.docs):
        docs = {name: doc for name, (_, doc) in state.values("doc").items()} | docs
    index = build_index(language, [docs[key] for key in result.docs])
    write_files(folder, index)
    remove_files(folder, files - index.keys())
    state.put("docs", {"files": ("", tuple(sorted(index)))})


def _whole(options: Options, task: Task, languages: Sequence[str], urls: Sequence[str]) -> None:
    catalog = task.sources.catalog
    invitations = {code: load_messages(locales_folder(), code, "site").get("Find a lesson", "Find a lesson") for code in languages}
    names = {code: task.names[code] for code in languages}
    pages = sorted(url for url in urls if url.endswith(".html") and not UNLISTED.fullmatch(url))
    write_files(options.output, {
        "index.html": entrance(names, catalog.root.title.value, invitations),
        "sitemap.xml": site_map(task.url, languages, pages),
        **schema_files(),
    })
