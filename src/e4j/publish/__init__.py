"""Fragments and facts to pages, and pages to artifacts: relative path → bytes."""
