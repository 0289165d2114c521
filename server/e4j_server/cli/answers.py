"""Write what learners answered first, for statistics."""

from pathlib import Path

import click

from e4j_server.cli.settings import config_of, database_option, keys_option
from e4j_server.services.first_answers import first_rows, write_row
from e4j_server.services.instance import this_hour
from e4j_server.services.key_folder import KeyFolder
from e4j_server.services.key_versions import Keys
from e4j_server.store.database import Database
from e4j_server.store.schema import check_schema


@click.command()
@click.option("--quiz", required=True, help="Id of the quiz.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write; without it, the screen.")
@keys_option
@database_option
@click.pass_context
def answers(context: click.Context, /, quiz: str, out: Path | None, **options: str | None) -> None:
    """Write what learners answered first in a quiz, without saying who: input for `e4j quiz stats`."""
    config = config_of(context, **options)
    database = Database(config.database)
    check_schema(database)
    Keys(KeyFolder(config.keys), database).files(this_hour())
    rows = first_rows(database, quiz)
    database.close()
    text = "".join(f"{write_row(row)}\n" for row in rows)
    if out:
        out.write_text(text, encoding="utf-8")
    else:
        click.echo(text, nl=False)
    click.echo(f"{len(rows)} answers of {len({row.who for row in rows})} learners.", err=True)
