"""Read every setting from the environment, here and nowhere else."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from e4j_server.errors import ConfigInvalid

_PORTS = range(65536)
_PROXIES = range(6)
_SHORTEST_CODE = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Hold the settings of one server."""

    site: Path = Path("site")
    """Folder of the built site."""
    keys: Path = Path("build/keys")
    """Folder of keys that the build writes; never inside the site."""
    authors: str = field(default="", repr=False)
    """Code that opens the pages for authors; without one there are none."""
    database: str = "sqlite:///data/e4j.db"
    """SQLAlchemy URL of the database: a SQLite file or PostgreSQL."""
    host: str = "127.0.0.1"
    """Address to listen on."""
    port: int = 8000
    """Port to listen on; 0 takes a free one."""
    proxies: int = 0
    """Reverse proxies in front whose `X-Forwarded-For` is believed."""
    origins: tuple[str, ...] = ()
    """Origins of other sites whose pages may call this API (`data-e4j-server`)."""


def read_config(environment: Mapping[str, str]) -> Config:
    """Make a `Config` from `E4J_*` variables; an empty value means the default.

    Raises `ConfigInvalid` naming every unknown variable and every bad value at once: a
    misspelt `E4J_DATABASE` must not end in an empty database beside the real one.
    """
    values: dict[str, object] = {}
    problems = []
    for name in sorted(name for name in environment if name.startswith("E4J_")):
        text = environment[name].strip()
        if name not in SETTINGS:
            problems.append(f"{name} is not a setting")
        elif text:
            field, read = SETTINGS[name]
            try:
                values[field] = read(text)
            except ValueError as error:
                problems.append(f"{name} {error}")
    if problems:
        known = ", ".join(SETTINGS)
        raise ConfigInvalid("; ".join(problems) + ".", f"Correct or remove it. The settings are {known}.")
    return Config(**values)  # type: ignore[arg-type]  # each reader returns the type of its field


def _read_database(text: str) -> str:
    scheme, found, rest = text.partition("://")
    if not found:
        return f"sqlite:///{text}"
    if scheme == "sqlite" and len(rest) > 1:
        return text
    if scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
        return f"postgresql+psycopg://{rest}"
    raise ValueError("must be a file name, sqlite:///FILE or postgresql://USER@HOST/NAME")


def _read_code(text: str) -> str:
    if len(text) < _SHORTEST_CODE:
        raise ValueError(f"must have {_SHORTEST_CODE} characters or more")
    return text


def _read_whole(allowed: range) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and int(text) in allowed):
            raise ValueError(f"must be a whole number from 0 to {allowed[-1]}")
        return int(text)

    return read


def _read_origins(text: str) -> tuple[str, ...]:
    origins = tuple(text.replace(",", " ").split())
    for origin in origins:
        parts = urlsplit(origin)
        if parts.scheme not in {"http", "https"} or origin != f"{parts.scheme}://{parts.netloc}":
            raise ValueError(f"must list origins such as https://learn.example.org, not {origin}")
    return origins


SETTINGS: Mapping[str, tuple[str, Callable[[str], object]]] = {
    "E4J_SITE": ("site", Path),
    "E4J_KEYS": ("keys", Path),
    "E4J_AUTHORS": ("authors", _read_code),
    "E4J_DATABASE": ("database", _read_database),
    "E4J_HOST": ("host", str),
    "E4J_PORT": ("port", _read_whole(_PORTS)),
    "E4J_PROXIES": ("proxies", _read_whole(_PROXIES)),
    "E4J_ORIGINS": ("origins", _read_origins),
}
"""Each variable with the field it fills and how its text is read."""
