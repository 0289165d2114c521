"""Offer the commands of an operator: one file each."""

import os
from typing import Any

import click

from e4j_server import __version__
from e4j_server.cli.answers import answers
from e4j_server.cli.check_config import check_config
from e4j_server.cli.rebuild import rebuild
from e4j_server.cli.serve import serve
from e4j_server.cli.upgrade import upgrade
from e4j_server.errors import SetupFault


class _Commands(click.Group):
    """Turn every fault an operator can mend into two lines and exit code 2."""

    def invoke(self, context: click.Context) -> Any:
        """Run the chosen command."""
        try:
            return super().invoke(context)
        except SetupFault as fault:
            click.echo(f"error: {fault.problem}\n  {fault.remedy}", err=True)
            context.exit(2)


@click.group(cls=_Commands)
@click.version_option(__version__)
@click.pass_context
def main(context: click.Context) -> None:
    """Serve an E4J site and keep learners' progress."""
    context.obj = dict(os.environ)


for command in (serve, upgrade, rebuild, answers, check_config):
    main.add_command(command)
