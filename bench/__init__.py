"""Measurements: what the project promises, printed beside a named peer measured in the same run."""
