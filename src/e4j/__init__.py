"""The courseware toolkit: sources in, a static site in many languages out."""

__version__ = "0.1.0"
