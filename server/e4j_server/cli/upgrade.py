"""Bring the database to this version."""

import click

from e4j_server.cli.settings import config_of, database_option
from e4j_server.store.database import Database
from e4j_server.store.schema import upgrade_schema


@click.command()
@database_option
@click.pass_context
def upgrade(context: click.Context, /, database: str | None) -> None:
    """Make or update the tables, all or nothing."""
    opened = Database(config_of(context, database=database).database)
    click.echo(f"The database {opened.name} has schema {upgrade_schema(opened)}.")
    opened.close()
