"""Run migrations on the connection that `store.schema` holds; there is no other way in."""

from alembic import context

from e4j_server.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
)
# No transaction of Alembic's own: the caller's holds all migrations, DDL included, and rolls them back together.
context.run_migrations()
