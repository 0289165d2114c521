"""Run the command line as `python -m e4j_server`."""

from e4j_server.cli import main

main()
