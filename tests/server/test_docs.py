"""Every command, setting, endpoint and code is documented."""

import re
from pathlib import Path

import pytest
from e4j_server.cli import main
from e4j_server.config import SETTINGS

DOCS = Path(__file__).parents[2] / "docs"
OPERATORS = (DOCS / "operators.md").read_text()
CONTRACTS = (DOCS / "developers/contracts.md").read_text()


@pytest.mark.parametrize("name", SETTINGS)
def test_each_setting_has_a_row(name):
    assert re.search(rf"^\| `{name}` \|", OPERATORS, re.MULTILINE)


def test_no_setting_is_documented_that_does_not_exist():
    assert set(re.findall(r"E4J_[A-Z]+", OPERATORS)) == set(SETTINGS)


@pytest.mark.parametrize("name", main.commands)
def test_each_command_is_shown(name):
    assert f"e4j-server {name}" in OPERATORS


def test_the_contract_lists_exactly_our_calls(sqlite_app):
    ours = {
        f"{method} {rule.rule.replace('<name>', '<id>')}"
        for rule in sqlite_app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
        if rule.endpoint.startswith("api.") and "<path:" not in rule.rule
    }
    assert set(re.findall(r"^\| `((?:GET|POST) /api/v1/\S+)` \|", CONTRACTS, re.MULTILINE)) == ours
