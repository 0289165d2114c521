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
    # The next three only for events of attempts at assessed quizzes: the attempt, the newest number of the key when
    # the event arrived, and 1 if the attempt was handed in already.
    Column("attempt", Text),
    Column("key_number", Integer),
    Column("late", Integer),
    UniqueConstraint("device", "seq"),
    Index(None, "learner"),
    Index(None, "attempt"),
    sqlite_strict=True,
)

# A version is of an item as it is asked (`iv`); a corrected key is the next number. Two kinds of rows have no item: with
# a revision of the quiz as `iv` they say what is drawn from, with an empty `iv` how the quiz is taken.
item_key = Table(
    "item_key",
    metadata,
    Column("quiz", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("iv", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key_digest", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("since_hour", Text, nullable=False),
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
    Column("keys", Integer, nullable=False, server_default="0"),
    Column("body", Text, nullable=False),
    sqlite_strict=True,
)
