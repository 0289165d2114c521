"""Create learners, their secrets, the log, quarantine and kept progress."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables."""
    _create_learner()
    _create_secret("token")
    _create_secret("recovery")
    _create_event()
    _create_quarantine()
    _create_progress()
    _forbid_changes()


def _create_learner() -> None:
    op.create_table(
        "learner",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("merged_into", sa.Text),
        sa.Column("created_hour", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_learner"),
        sa.ForeignKeyConstraint(["merged_into"], ["learner.id"], name="fk_learner_merged_into"),
        sqlite_strict=True,
    )
    op.create_index("ix_learner_merged_into", "learner", ["merged_into"])


def _create_secret(name: str) -> None:
    op.create_table(
        name,
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("created_hour", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["learner"], ["learner.id"], name=f"fk_{name}_learner"),
        sqlite_strict=True,
    )
    op.create_index(f"ix_{name}_learner", name, ["learner"])


def _create_event() -> None:
    op.create_table(
        "event",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("device", sa.Text, nullable=False),
        sa.Column("seq", _WHOLE, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("received_hour", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_event"),
        sa.UniqueConstraint("device", "seq", name="uq_event_device_seq"),
        sa.ForeignKeyConstraint(["learner"], ["learner.id"], name="fk_event_learner"),
        sqlite_strict=True,
    )
    op.create_index("ix_event_learner", "event", ["learner"])


def _create_quarantine() -> None:
    op.create_table(
        "quarantine",
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("sha256", sa.LargeBinary, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("received_hour", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("event", "sha256", name="pk_quarantine"),
        sa.ForeignKeyConstraint(["learner"], ["learner.id"], name="fk_quarantine_learner"),
        sqlite_strict=True,
    )
    op.create_index("ix_quarantine_learner", "quarantine", ["learner"])


def _create_progress() -> None:
    op.create_table(
        "progress",
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("fold", sa.Integer, nullable=False),
        sa.Column("events", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("learner", name="pk_progress"),
        sa.ForeignKeyConstraint(["learner"], ["learner.id"], name="fk_progress_learner"),
        sqlite_strict=True,
    )


def _forbid_changes() -> None:
    # Append-only is a promise of the log, so the database keeps it too. DELETE stays possible: erasure will need it.
    if op.get_bind().dialect.name == "sqlite":
        op.execute("CREATE TRIGGER event_is_final BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'events are never changed'); END")
        return
    op.execute("CREATE FUNCTION event_is_final() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'events are never changed'; END $$")
    op.execute("CREATE TRIGGER event_is_final BEFORE UPDATE ON event FOR EACH STATEMENT EXECUTE FUNCTION event_is_final()")
