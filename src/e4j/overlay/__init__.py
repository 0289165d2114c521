"""Overlays: a translation lies over the sources and never replaces them."""
