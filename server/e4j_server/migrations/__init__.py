"""Hold the Alembic scripts, so that the wheel brings them along."""
