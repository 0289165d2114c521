"""Model to findings."""
