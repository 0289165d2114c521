"""Speak HTTP: read requests, ask services, write answers. Only this room and `app.py` know Flask."""
