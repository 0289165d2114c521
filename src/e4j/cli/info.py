"""`e4j info`: one module, or the whole catalog, in numbers."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from e4j.build.coverage import coverage_by_language
from e4j.build.loaded import require_sources
from e4j.cli import options
from e4j.errors import UsageError


@click.command()
@click.argument("module", required=False)
@options.roots()
@options.as_json()
def command(module: str | None, roots: Sequence[Path], as_json: bool) -> None:  # noqa: FBT001
    """Show what is there: pages, minutes, words, and how much each language has.

    Name a MODULE for that one alone.
    """
    sources = require_sources(roots)
    catalog = sources.catalog
    if module is not None and module not in catalog.modules:
        raise UsageError(f"There is no module '{module}'. `e4j list` names all.")
    names = [module] if module else list(catalog.modules)
    chosen = [catalog.modules[name] for name in names]
    coverage = coverage_by_language(sources, [f"modules/{name}" for name in names])
    facts = {
        "title": chosen[0].title.value if module else catalog.root.title.value, "modules": len(chosen),
        "pages": sum(len(m.pages) for m in chosen), "minutes": sum(m.minutes for m in chosen), "languages": coverage,
    }
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False, indent=1))
        return
    click.echo(f"{facts['title']}\n{facts['modules']} modules, {facts['pages']} pages, {facts['minutes']} minutes of class")
    for language, share in coverage.items():
        click.echo(f"  {language}: {share['translated']} % translated, {share['outdated']} behind, {share['missing']} missing")
