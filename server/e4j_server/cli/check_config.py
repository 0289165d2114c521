"""Show the settings in force."""

import dataclasses

import click

from e4j_server.cli.settings import config_of
from e4j_server.config import SETTINGS
from e4j_server.store.database import Database


@click.command("check-config")
@click.pass_context
def check_config(context: click.Context) -> None:
    """Show the settings in force, or name every mistake in them."""
    config = config_of(context)
    # Shown without its password, and without the code of the authors.
    values = dataclasses.asdict(config) | {"database": Database(config.database).name, "authors": "***" if config.authors else ""}
    for variable, (field, _) in SETTINGS.items():
        value = values[field]
        click.echo(f"{variable}={' '.join(value) if isinstance(value, tuple) else value}")
