"""Keep learners, events and progress in SQLite or PostgreSQL.

This is the only room that knows SQLAlchemy. Functions take an open `Transaction`; who opens
it, a service, decides what belongs together.
"""
