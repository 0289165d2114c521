"""Serve the site and the API."""

import logging
import signal
import sys
from typing import Any

import click
from waitress.server import create_server

from e4j_server.app import create_app
from e4j_server.cli.settings import config_of, database_option, keys_option, site_option
from e4j_server.config import Config
from e4j_server.errors import AddressUnusable
from e4j_server.services.instance import this_hour
from e4j_server.services.key_folder import KeyFolder
from e4j_server.services.key_versions import Keys
from e4j_server.services.site import Site
from e4j_server.store.database import Database
from e4j_server.store.schema import check_schema, open_schema, upgrade_schema

_THREADS = 8
_CONNECTIONS = 1000
_IDLE_SECONDS = 60
_LARGEST_HEADER = 32 * 1024
# Four times what the API takes: what is over the API's limit still gets its own answer, more than this is cut off.
_LARGEST_BODY = 1024 * 1024


@click.command()
@site_option
@keys_option
@database_option
@click.option("--host", help="Address to listen on (E4J_HOST).")
@click.option("--port", help="Port to listen on, 0 for a free one (E4J_PORT).")
@click.pass_context
def serve(context: click.Context, /, **options: str | None) -> None:
    """Serve the built site and the API until Ctrl+C."""
    config = config_of(context, **options)
    Site(config.site).check()
    KeyFolder(config.keys).check(config.site)
    _prepare_database(config)
    server = _listen(config)
    # systemd and docker say TERM: finish what is being answered, as after Ctrl+C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    host = f"[{config.host}]" if ":" in config.host else config.host
    said = [f"Serving {config.site.resolve()} at http://{host}:{server.effective_port}/ (Ctrl+C stops it)"]
    if not KeyFolder(config.keys).files():
        said.append(f"There are no keys in {config.keys}: no assessed quizzes and no forms.")
    click.echo("\n".join(said))
    server.run()


def _prepare_database(config: Config) -> None:
    database = Database(config.database)
    # A new SQLite file belongs to this server alone. On PostgreSQL somebody decides when tables are made.
    if open_schema(database) is None and database.is_sqlite:
        upgrade_schema(database)
    check_schema(database)
    Keys(KeyFolder(config.keys), database).files(this_hour())
    database.close()


def _listen(config: Config) -> Any:
    app = create_app(config)
    # It warns of every request that waits for a moment, which a class at its start does; that says nothing to an operator.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        return create_server(
            app,
            host=config.host,
            port=config.port,
            threads=_THREADS,
            connection_limit=_CONNECTIONS,
            channel_timeout=_IDLE_SECONDS,
            max_request_header_size=_LARGEST_HEADER,
            max_request_body_size=_LARGEST_BODY,
            clear_untrusted_proxy_headers=not config.proxies,
            asyncore_use_poll=True,
            ident=None,
        )
    except (OSError, ValueError) as error:
        raise AddressUnusable(
            f"Cannot listen on {config.host} port {config.port}: {error}",
            "Stop the other program that uses this port, or choose another one with --port or E4J_PORT.",
        ) from error
