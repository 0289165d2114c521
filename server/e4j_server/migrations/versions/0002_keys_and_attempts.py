"""Keep versions of keys, and note with each event of an attempt what held when it arrived."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a table and columns; what is stored stays as it is."""
    op.create_table(
        "item_key",
        sa.Column("quiz", sa.Text, nullable=False),
        sa.Column("item", sa.Text, nullable=False),
        sa.Column("iv", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("key_digest", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("since_hour", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("quiz", "item", "iv", "number", name="pk_item_key"),
        sqlite_strict=True,
    )
    op.add_column("event", sa.Column("attempt", sa.Text))
    op.add_column("event", sa.Column("key_number", sa.Integer))
    op.add_column("event", sa.Column("late", sa.Integer))
    op.create_index("ix_event_attempt", "event", ["attempt"])
    op.add_column("progress", sa.Column("keys", sa.Integer, nullable=False, server_default="0"))
