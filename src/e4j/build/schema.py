"""The schemas that ship with the site and the command line."""

import json

from e4j.load.schema import quiz_schema

QUIZ_SCHEMA = "schemas/quiz-1.schema.json"


def schema_files() -> dict[str, bytes]:
    """Return the schema files of the site by path."""
    return {QUIZ_SCHEMA: json.dumps(quiz_schema(), indent=1).encode() + b"\n"}


__all__ = ["QUIZ_SCHEMA", "quiz_schema", "schema_files"]
