"""Settings come from the environment, and every mistake in them is named."""

from pathlib import Path

import pytest
from e4j_server.config import Config, read_config
from e4j_server.errors import ConfigInvalid


def test_defaults_hold_without_variables():
    assert read_config({"PATH": "/bin", "E4J_PORT": " "}) == Config()


def test_every_variable_is_read():
    environment = {
        "E4J_SITE": "/srv/site",
        "E4J_KEYS": "/srv/keys",
        "E4J_AUTHORS": "a long code indeed",
        "E4J_DATABASE": "postgresql://e4j@db/e4j",
        "E4J_HOST": "::",
        "E4J_PORT": "80",
        "E4J_PROXIES": "1",
        "E4J_ORIGINS": "https://a.example, http://b.example:8080",
    }
    assert read_config(environment) == Config(
        site=Path("/srv/site"),
        keys=Path("/srv/keys"),
        authors="a long code indeed",
        database="postgresql+psycopg://e4j@db/e4j",
        host="::",
        port=80,
        proxies=1,
        origins=("https://a.example", "http://b.example:8080"),
    )


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("e4j.db", "sqlite:///e4j.db"),
        ("/var/lib/e4j/e4j.db", "sqlite:////var/lib/e4j/e4j.db"),
        ("sqlite:////var/lib/e4j/e4j.db", "sqlite:////var/lib/e4j/e4j.db"),
        ("postgres://e4j@db/e4j", "postgresql+psycopg://e4j@db/e4j"),
    ],
)
def test_a_database_may_be_a_file_or_a_url(text, url):
    assert read_config({"E4J_DATABASE": text}).database == url


def test_all_mistakes_are_named_at_once():
    environment = {
        "E4J_DATABSE": "x",
        "E4J_DATABASE": "mysql://x",
        "E4J_PORT": "65536",
        "E4J_AUTHORS": "short",
        "E4J_ORIGINS": "https://a.example/path",
    }
    with pytest.raises(ConfigInvalid) as caught:
        read_config(environment)
    assert caught.value.problem == (
        "E4J_AUTHORS must have 12 characters or more; "
        "E4J_DATABASE must be a file name, sqlite:///FILE or postgresql://USER@HOST/NAME; "
        "E4J_DATABSE is not a setting; "
        "E4J_ORIGINS must list origins such as https://learn.example.org, not https://a.example/path; "
        "E4J_PORT must be a whole number from 0 to 65535."
    )
