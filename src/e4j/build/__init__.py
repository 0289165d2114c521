"""Compose the stages: sources to a catalog, findings, pages and a finished site."""
