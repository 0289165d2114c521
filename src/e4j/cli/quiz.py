"""`e4j quiz`: take quizzes out to other systems, and in from them."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from e4j.build.exchange import TARGETS, Order, export_order, exportable
from e4j.build.imports import MARKDOWN, Request, import_files, importable
from e4j.build.loaded import require_sources
from e4j.build.schema import quiz_schema
from e4j.build.statistics import as_values, read_reports, statistics_text, write_html
from e4j.cli import options
from e4j.model.exchange import FORMATS


@click.group()
def command() -> None:
    """Take quizzes to other systems, bring them in, and look at results."""


@command.command()
def formats() -> None:
    """List the formats, and whether each is written or read."""
    for name in sorted({*exportable(), *importable()}):
        title, suffix = FORMATS.get(name, MARKDOWN)
        ways = [word for word, names in (("export", exportable()), ("import", importable())) if name in names]
        click.echo(f"{name:<12} {suffix:<6} {' and '.join(ways):<18} {title}")


@command.command()
@options.roots()
@click.argument("quizzes", nargs=-1, required=True)
@click.option("--to", "format_name", required=True, type=click.Choice(exportable()), help="The format to write.")
@click.option("--lang", "language", default="", show_default="the language it is written in", help="The language to write it in.")
@click.option("--out", type=click.Path(path_type=Path), default=Path(), show_default="this folder", help="A folder, or a file where only one comes out.")
@click.option("--strict", is_flag=True, help="Write nothing where the format cannot say everything.")
@click.option("--h5p-target", "target", default="", type=click.Choice(["", *TARGETS]), show_default=TARGETS[0], help="The host an H5P package is for.")
@click.option("--libraries", type=click.Path(path_type=Path, exists=True, file_okay=False), help="A folder of H5P libraries to put into the package.")
def export(
    roots: Sequence[Path], quizzes: Sequence[str], format_name: str, language: str, out: Path, strict: bool, target: str, libraries: Path | None,  # noqa: FBT001
) -> None:
    """Write quizzes in a format that other systems read, and say what it cannot carry."""
    order = Order(format_name=format_name, language=language, strict=strict, out=out, target=target, libraries=libraries)
    result = export_order(require_sources(roots), quizzes, order)
    for loss in result.losses:
        click.secho(f"{loss.item or 'the quiz'}: {loss.field}: {loss.message}", err=True, fg="yellow")
    for path in result.written:
        click.echo(path)
    raise SystemExit(int(strict and bool(result.losses)))


@command.command(name="import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--from", "format_name", default="", type=click.Choice(["", *importable()]), show_default="told by the suffix", help="The format of the files.")
@click.option("--id", "name", default="", show_default="told by the file", help="The id of the quiz.")
@click.option("--lang", "language", default="en", show_default=True, help="The language the texts are written in.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("quizzes"), show_default=True, help="The folder for the quiz and its media.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
@click.option("--keep", is_flag=True, help="Write what was understood even where there are errors.")
@options.as_json()
def import_(files: Sequence[Path], format_name: str, name: str, language: str, out: Path, force: bool, keep: bool, as_json: bool) -> None:  # noqa: FBT001
    """Write quizzes of other systems as our YAML, and say what was not understood."""
    request = Request(out=out, format_name=format_name, id=name, language=language, force=force, keep=keep)
    arrival = import_files(files, request)
    options.show_findings(arrival.findings, as_json=as_json)
    for path in arrival.written:
        click.echo(path, err=as_json)
    raise SystemExit(options.exit_code(arrival.findings))


@command.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write the figures as a page that any browser shows.")
@options.as_json()
def stats(file: Path, html: Path | None, as_json: bool) -> None:  # noqa: FBT001
    """Show how well questions work, from a file that `e4j-server answers` wrote."""
    reports = read_reports(file)
    if html is not None:
        write_html(html, reports)
        click.echo(html)
    elif as_json:
        click.echo(json.dumps(as_values(reports), ensure_ascii=False, indent=1))
    else:
        click.echo(statistics_text(reports))


@command.command()
def schema() -> None:
    """Write the JSON Schema of a quiz file, for editors that complete and check while somebody writes."""
    click.echo(json.dumps(quiz_schema(), indent=1))
