"""Stage pages for site generators and run them: MkDocs, ProperDocs or Zensical, once a language.

The pages are those `e4j build` stamps; a test holds their bodies equal.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from e4j.build.activities import find_player, write_activities
from e4j.build.check import gather_findings, review_sources
from e4j.build.language import LanguageBuild
from e4j.build.paths import theme_folder
from e4j.build.site import Options, Report, make_site, make_task, toolkit_version, write_assets
from e4j.errors import EnvironmentFault, UsageError
from e4j.load.catalog import load_sources, root_findings
from e4j.publish.search import build_index
from e4j.publish.site import stage_page
from e4j.write.site import empty_folder, move_folder, write_files
from e4j.write.state import State

SHELLS = ("mkdocs", "properdocs", "zensical")


def stage_language(roots: Sequence[Path], folder: Path, language: str = "", languages: Sequence[str] = (), *, player: bool = False) -> Path:
    """Write the staged pages of one language to `folder/<language>` and return that folder."""
    sources = load_sources(roots)
    if sources is None:
        raise UsageError(str(root_findings(roots)[0]))
    reviews = review_sources(sources)
    errors = [f for f in gather_findings(sources, reviews) if f.severity == "error"]
    if errors:
        raise UsageError("\n".join(map(str, errors)))
    code = language or sources.catalog.language
    facts = {name: review.facts for name, (_, review) in reviews.items()}
    task = replace(make_task(sources, facts, toolkit_version(), ""), player=player)
    site = make_site(task, code, languages or sources.catalog.root.languages)
    target = folder / code
    empty_folder(target)
    with TemporaryDirectory() as scratch:
        state = State(Path(scratch) / "state.db")
        result = LanguageBuild(task, site, state).run()
        docs = [result.changed_docs[key][1] for key in result.docs]
        state.close()
    write_files(target, {page.url.removesuffix(".html") + ".md": stage_page(page) for page in result.pages})
    write_files(target, result.media | build_index(code, docs))
    write_assets(target, site)
    return target


def build_with_shell(options: Options, shell: str, say: Callable[[str], None] = lambda _: None) -> Report:
    """Stage every wanted language and run the generator on it."""
    if shell not in SHELLS:
        raise UsageError(f"There is no shell '{shell}'. Use one of {', '.join(SHELLS)}.")
    sources = load_sources(options.roots)
    if sources is None:
        return Report(findings=root_findings(options.roots))
    player = find_player(options.player)
    report = Report()
    wanted = [code for code in sources.catalog.root.languages if not options.languages or code in options.languages]
    for code in wanted:
        say(f"{shell}: {code}")
        pages = stage_language(options.roots, options.cache / "pages", code, wanted, player=options.player is not None)
        run_shell(shell, pages, options.output / code, options.cache / f"{shell}-{code}.yml")
        report.pages[code] = sum(1 for _ in pages.rglob("*.md"))
    write_activities(options.output, options.cache, sources.catalog, player, toolkit_version())
    return report


def run_shell(shell: str, pages: Path, output: Path, config: Path) -> None:
    """Run a generator over staged pages. A failure is an `EnvironmentFault` with what the generator said."""
    settings = {
        "site_name": "e4j", "docs_dir": str(pages.resolve()), "site_dir": str(output.resolve()), "use_directory_urls": False, "plugins": [],
        "theme": {"name": "material", "custom_dir": str(theme_folder().resolve()), "font": False},
        "markdown_extensions": ["attr_list", {"toc": {"permalink": False}}],
    }
    if shell == "zensical":  # wants everything below the folder of its configuration
        config = pages.parent / config.name
        settings |= {"docs_dir": pages.name, "site_dir": f"{pages.name}-site"}
    config.parent.mkdir(parents=True, exist_ok=True)
    write_files(config.parent, {config.name: json.dumps(settings, ensure_ascii=False, indent=1).encode()})
    command = [sys.executable, "-m", shell, "build", "-f", str(config)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own interpreter and arguments
    if done.returncode:
        raise EnvironmentFault(f"{shell} failed. Is it installed (pip install 'e4j[shells]')? It said:\n{done.stderr.strip()[-2000:]}")
    if shell == "zensical":
        move_folder(pages.parent / f"{pages.name}-site", output)
