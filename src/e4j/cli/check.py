"""`e4j check`: name every mistake."""

from collections.abc import Sequence
from pathlib import Path

import click

from e4j.build.check import check_languages, check_sources
from e4j.cli import options
from e4j.load.catalog import load_sources, root_findings


@click.command()
@options.roots()
@click.option("--strict", is_flag=True, help="Warnings count too.")
@click.option("--sources", is_flag=True, help="Leave the translations out.")
@options.as_json()
def command(roots: Sequence[Path], strict: bool, sources: bool, as_json: bool) -> None:  # noqa: FBT001 - click passes flags so
    """Find every mistake in sources and translations, with file, line and remedy."""
    loaded = load_sources(roots)
    findings = list(root_findings(roots)) if loaded is None else check_sources(loaded)
    if loaded is not None and not sources:
        findings += check_languages(loaded)
    findings.sort()
    options.show_findings(findings, as_json=as_json)
    if not findings and not as_json:
        click.echo("No mistakes found.")
    raise SystemExit(options.exit_code(findings, strict=strict))
