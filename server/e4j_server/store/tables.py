"""Describe the tables as the newest migration leaves them.

Types are only those that a STRICT table of SQLite knows. Ids are UUIDs as text and hours are
ISO 8601 text in UTC, so a person with a database shell can read them on both databases.
"""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, Text, UniqueConstraint

WHOLE = BigInteger().with_variant(Integer, "sqlite")
"""Whole numbers up to 2^53, as far as JavaScript counts. A STRICT table knows no BIGINT; its INTEGER has 64 bits."""

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    },
)

learner = Table(
    "learner",
    metadata,
    Column("id", Text, primary_key=True),
    # A merged learner points straight at the surviving one, never at another merged one.
    Column("merged_into", Text, ForeignKey("learner.id")),
    Column("created_hour", Text, nullable=False),
    Index(None, "merged_into"),
    sqlite_strict=True,
)

token = Table(
    "token",
    metadata,
    Column("sha256", LargeBinary, primary_key=True),
    Column("learner", Text, ForeignKey("learner.id"), nullable=False),
    Column("created_hour", Text, nullable=False),
    Index(None, "learner"),
    sqlite_strict=True,
)

recovery = Table(
    "recovery",
    metadata,
    Column("sha256", LargeBinary, primary_key=True),
    Column("learner", Text, ForeignKey("learner.id"), nullable=False),
    Column("created_hour", Text, nullable=False),
    Index(None, "learner"),
    sqlite_strict=True,
)

event = Table(
    "event",
    metadata,
    Column("id", Text, primary_key=True),
    Column("learner", Text, ForeignKey("learner.id"), nullable=False),
    Column("device", Text, nullable=False),
    Column("seq", WHOLE, nullable=False),
    Column("body", Text, nullable=False),
    Column("sha256", LargeBinary, nullable=False),
    Column("received_hour", Text, nullable=False),
    UniqueConstraint("device", "seq"),
    Index(None, "learner"),
    sqlite_strict=True,
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("event", Text, primary_key=True),
    Column("sha256", LargeBinary, primary_key=True),
    Column("learner", Text, ForeignKey("learner.id"), nullable=False),
    Column("body", Text, nullable=False),
    Column("received_hour", Text, nullable=False),
    Index(None, "learner"),
    sqlite_strict=True,
)

progress = Table(
    "progress",
    metadata,
    Column("learner", Text, ForeignKey("learner.id"), primary_key=True),
    Column("fold", Integer, nullable=False),
    Column("events", Integer, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_strict=True,
)
