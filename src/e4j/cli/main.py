"""The `e4j` command: one file a subcommand, each loaded only when it is called."""

import importlib
from typing import Any

import click

from e4j import __version__
from e4j.errors import E4jError

COMMANDS = ("new", "check", "build", "serve", "list", "info", "translate", "quiz")


class _Lazy(click.Group):
    """Import a command's module when it is needed, so that `e4j --help` answers at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"e4j.cli.{name}")
        command: click.Command = module.command
        return command


class _Exit(_Lazy):
    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Turn our own faults into one sentence and exit code 2."""
        try:
            return super().main(*args, **kwargs)
        except E4jError as error:
            click.echo(f"e4j: {error}", err=True)
            raise SystemExit(2) from None


@click.command(cls=_Exit, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="e4j")
def main() -> None:
    """Write, check and build courseware in many languages.

    \b
    Start here:
      e4j serve            see the site and watch it change as you write
      e4j new lesson       begin a page with everything in its place
      e4j check            find every mistake, with file, line and remedy

    Exit codes: 0 all well, 1 mistakes in the sources, 2 the command could not run.

    Completion: eval "$(_E4J_COMPLETE=bash_source e4j)" (or zsh_source, fish_source).
    """  # noqa: D301 - \b is click's mark for lines to keep
