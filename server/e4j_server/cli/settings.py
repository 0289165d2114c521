"""Give commands their configuration: the environment, and options over it."""

from collections.abc import Mapping
from typing import Any

import click

from e4j_server.config import Config, read_config

site_option = click.option("--site", help="Folder of the built site (E4J_SITE).")
keys_option = click.option("--keys", help="Folder of keys that the build writes (E4J_KEYS).")
database_option = click.option("--database", help="SQLite file or PostgreSQL URL (E4J_DATABASE).")


def config_of(context: click.Context, **options: Any) -> Config:
    """Return the configuration of a command; an option that was given wins over its variable."""
    environment: Mapping[str, str] = context.obj
    given = {f"E4J_{name.upper()}": str(value) for name, value in options.items() if value is not None}
    return read_config({**environment, **given})
