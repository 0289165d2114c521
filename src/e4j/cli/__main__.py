"""Let `python -m e4j.cli` do what `e4j` does."""

from e4j.cli.main import main

main()
