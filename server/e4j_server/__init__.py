"""Serve a built E4J site and keep learners' progress."""

__version__ = "0.1.0"
