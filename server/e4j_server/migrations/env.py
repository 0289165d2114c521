"""Run migrations on the connection that `store.schema` holds; there is no other way in."""

from alembic import context

from e4j_server.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # Our SQLite connections begin transactions themselves, so DDL is rolled back with the rest.
    transactional_ddl=True,
)
context.run_migrations()
