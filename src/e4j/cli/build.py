"""`e4j build`: make the site."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from e4j.build.shells import SHELLS, build_with_shell
from e4j.build.site import Options, build_site
from e4j.cli import options


@click.command()
@options.roots()
@options.languages()
@click.option("--out", "output", type=click.Path(path_type=Path, file_okay=False), default=Path("site"), show_default=True, help="Where the site goes.")
@click.option("--cache", type=click.Path(path_type=Path, file_okay=False), default=Path("build/cache"), show_default=True, help="What is remembered between builds.")
@click.option("--url", default="", help="The public address of the site, for links between languages. [default: the catalog's]")
@click.option("--jobs", type=click.IntRange(0), default=0, help="How many languages at once. [default: one a core]")
@click.option("--shell", type=click.Choice(["e4j", *SHELLS]), default="e4j", show_default=True, help="Which generator puts the pages together.")
@click.option("--keys", type=click.Path(path_type=Path, file_okay=False), default=None, help="Write what a server needs to mark answers into this folder, outside the site.")
@click.option("--forms", is_flag=True, help="A server will take answers from readers without scripts.")
@options.player()
@options.as_json()
def command(
    roots: Sequence[Path], languages: Sequence[str], output: Path, cache: Path, url: str, jobs: int, shell: str, keys: Path | None, forms: bool,  # noqa: FBT001
    player: Path | None, as_json: bool,  # noqa: FBT001
) -> None:
    """Build the site in every language; what has not changed is kept."""
    wanted = Options(roots=roots, output=output, cache=cache, languages=languages, url=url, jobs=jobs, keys=keys, forms=forms, player=player)
    say = (lambda _: None) if as_json else click.echo
    report = build_site(wanted, say) if shell == "e4j" else build_with_shell(wanted, shell, say)
    if as_json:
        click.echo(json.dumps({"pages": report.pages, "seconds": round(report.seconds, 3), "findings": [str(f) for f in report.findings]}))
    else:
        options.show_findings([f for f in report.findings if f.severity == "error"])
        if report.ok:
            click.echo(f"{output}/index.html is ready ({report.seconds:.1f} s).")
    raise SystemExit(options.exit_code(report.findings))
