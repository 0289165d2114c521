"""`e4j translate`: keep the `.po` files in step with the sources."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from e4j.build.coverage import coverage_by_language, extract_catalogs
from e4j.build.loaded import require_sources
from e4j.cli import options


@click.group()
def command() -> None:
    """Work with translations."""


@command.command()
@options.roots()
@options.languages()
def extract(roots: Sequence[Path], languages: Sequence[str]) -> None:
    """Write every text of the sources into the .po files, keeping all translations."""
    written = extract_catalogs(require_sources(roots), languages)
    click.echo(f"{written} files changed.")


@command.command()
@options.roots()
@options.as_json()
def status(roots: Sequence[Path], as_json: bool) -> None:  # noqa: FBT001
    """Show how much of everything each language has."""
    coverage = coverage_by_language(require_sources(roots))
    if as_json:
        click.echo(json.dumps(coverage, indent=1))
        return
    for language, share in coverage.items():
        click.echo(f"{language}: {share['translated']} % translated, {share['outdated']} behind, {share['missing']} missing of {share['total']}")
