"""Compute progress anew from the log."""

import click

from e4j_server.cli.settings import config_of, database_option
from e4j_server.services.progress import find_differences, rebuild_progress
from e4j_server.store.database import Database
from e4j_server.store.schema import check_schema


@click.command()
@database_option
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a kept document differs from its log.")
@click.pass_context
def rebuild(context: click.Context, /, database: str | None, *, check: bool) -> None:
    """Compute every learner's progress anew from the log."""
    opened = Database(config_of(context, database=database).database)
    check_schema(opened)
    different = find_differences(opened) if check else []
    for learner in different:
        click.echo(f"differs: {learner}")
    if check:
        click.echo(f"{len(different)} documents differ from their log.")
    else:
        click.echo(f"{rebuild_progress(opened)} documents computed.")
    opened.close()
    context.exit(1 if different else 0)
