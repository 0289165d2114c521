"""Options that several commands share, and how findings are shown."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from e4j.model.finding import Finding, Severity

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def roots() -> Decorator:
    """Add `--root`, which may be given several times."""
    return click.option(
        "--root", "roots", multiple=True, type=click.Path(path_type=Path, file_okay=False), default=(Path(),), show_default="this folder",
        help="A content root: a folder with a catalog.yml. Several combine.",
    )


def as_json() -> Decorator:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")


def languages() -> Decorator:
    """Add `--lang`, which may be given several times."""
    return click.option("--lang", "languages", multiple=True, help="Only this language; may be given several times.")


def player() -> Decorator:
    """Add `--h5p-player`."""
    return click.option(
        "--h5p-player", "player", type=click.Path(path_type=Path, file_okay=False, exists=True), default=None,
        help="A folder with the files of h5p-standalone, to play H5P packages in the page. [default: packages are only offered to download]",
    )


def show_findings(findings: Sequence[Finding], *, as_json: bool = False) -> None:
    """Print findings to people on standard error, or as JSON on standard output."""
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
        return
    for finding in findings:
        click.secho(str(finding), err=True, fg="red" if finding.severity is Severity.ERROR else "yellow")
    errors = sum(f.severity is Severity.ERROR for f in findings)
    if findings:
        click.echo(f"{errors} errors, {len(findings) - errors} warnings", err=True)


def exit_code(findings: Sequence[Finding], *, strict: bool = False) -> int:
    """Return 1 where there are errors, or where there is anything at all and `strict` is set."""
    return int(any(strict or f.severity is Severity.ERROR for f in findings))
