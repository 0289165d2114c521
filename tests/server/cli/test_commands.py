"""The other commands: upgrade, rebuild and check-config."""

from e4j_server import __version__
from sqlalchemy import text


def test_the_settings_in_force_are_shown_without_the_password(run_command):
    assert run_command("check-config", E4J_DATABASE="postgres://e4j:secret@db/e4j", E4J_ORIGINS="https://a.example", E4J_AUTHORS="a long code indeed") == (
        0,
        "E4J_SITE=site\nE4J_KEYS=build/keys\nE4J_AUTHORS=***\nE4J_DATABASE=postgresql+psycopg://e4j:***@db/e4j\nE4J_HOST=127.0.0.1\nE4J_PORT=8000\nE4J_PROXIES=0\nE4J_ORIGINS=https://a.example\n",
    )


def test_an_unknown_setting_is_named(run_command):
    assert run_command("check-config", E4J_DATABSE="x") == (
        2,
        "error: E4J_DATABSE is not a setting.\n"
        "  Correct or remove it. The settings are E4J_SITE, E4J_KEYS, E4J_AUTHORS, E4J_DATABASE, E4J_HOST, E4J_PORT, E4J_PROXIES, "
        "E4J_ORIGINS.\n",
    )


def test_an_upgrade_makes_folder_and_tables(run_command, tmp_path):
    path = tmp_path / "new" / "e4j.db"
    assert run_command("upgrade", "--database", str(path)) == (0, f"The database sqlite:///{path} has schema 0002.\n")


def test_a_rebuild_checks_and_mends(run_command, app, database_url, caller, device):
    caller.sync(device.event())
    caller.progress()
    assert run_command("rebuild", "--check", "--database", database_url) == (0, "0 documents differ from their log.\n")
    with app.extensions["e4j"].database.write() as tx:
        tx.execute(text("UPDATE progress SET body = '{}'"))
    assert run_command("rebuild", "--check", "--database", database_url) == (
        1,
        f"differs: {caller.learner}\n1 documents differ from their log.\n",
    )
    assert run_command("rebuild", "--database", database_url) == (0, "1 documents computed.\n")
    assert run_command("rebuild", "--check", "--database", database_url) == (0, "0 documents differ from their log.\n")


def test_the_version_is_shown(run_command):
    assert run_command("--version") == (0, f"main, version {__version__}\n")
