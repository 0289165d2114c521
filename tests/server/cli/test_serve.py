"""`e4j-server serve` starts with one command and says clearly why it cannot."""

import json
import re
import signal
import socket
import urllib.request

import pytest
from e4j_server.store.database import Database


def _address(process):
    line = process.stdout.readline()
    return re.search(r"http://\S+/(?= )", line)[0]


def test_the_first_start_needs_nothing_but_a_site(run_server, site, tmp_path):
    process = run_server("serve", "--site", str(site), "--port", "0")
    line = process.stdout.readline()
    address = re.fullmatch(rf"Serving {site} at (http://127\.0\.0\.1:\d+/) \(Ctrl\+C stops it\)\n", line)[1]
    assert process.stdout.readline() == "There are no keys in build/keys: no assessed quizzes and no forms.\n"
    with urllib.request.urlopen(f"{address}api/v1/health") as answer:
        assert json.load(answer)["status"] == "ok"
        assert answer.headers["Server"] is None
    with urllib.request.urlopen(address) as answer:
        assert answer.url == f"{address}en/"
    with urllib.request.urlopen(f"{address}en/lost-coin") as answer:
        assert answer.url == f"{address}en/lost-coin/"
    assert (tmp_path / "data/e4j.db").is_file()
    process.send_signal(signal.SIGTERM)
    output, errors = process.communicate()
    # No access log: nothing says who asked for what.
    assert (process.returncode, output, errors) == (0, "", "")


def test_keys_are_taken_from_the_folder_that_is_named(run_server, keys, site):
    process = run_server("serve", "--site", str(site), "--port", "0", "--keys", str(keys.folder))
    assert _address(process)
    process.send_signal(signal.SIGTERM)
    assert process.communicate() == ("", "")


def test_it_stops_if_the_site_would_show_the_keys(run_command, keys, site):
    inside = site / "en" / "keys"
    keys.folder.rename(inside)
    assert run_command("serve", "--site", str(site), "--keys", str(inside)) == (
        2,
        f"error: The keys in {inside} are inside the site, where everybody can read them.\n  Name another folder with --keys or E4J_KEYS and build again.\n",
    )


@pytest.mark.parametrize("text", ["{", "[]", '{"schema": "key/2", "quiz": "market-exam"}', '{"schema": "key/1", "quiz": "other"}'])
def test_it_stops_if_a_file_of_keys_cannot_be_read(run_command, keys, site, text):
    path = keys.folder / "market-exam.json"
    path.write_text(text)
    assert run_command("serve", "--site", str(site), "--keys", str(keys.folder)) == (
        2,
        f"error: {path} is not a file of keys of this version.\n  Build the site again with: e4j build\n",
    )


def test_options_win_over_variables(run_server, site, tmp_path):
    process = run_server("serve", "--database", str(tmp_path / "b.db"), E4J_SITE=str(site), E4J_PORT="0", E4J_DATABASE="a.db")
    assert _address(process)
    assert [path.name for path in tmp_path.glob("*.db")] == ["b.db"]


def test_a_request_of_any_length_is_cut_off(run_server, site):
    address = _address(run_server("serve", "--site", str(site), "--port", "0"))
    host, port = re.search(r"//(.*):(\d+)/", address).groups()
    with socket.create_connection((host, int(port))) as connection:
        connection.sendall(b"POST /api/v1/sync HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413 ")


def test_it_stops_with_a_remedy_if_the_port_is_taken(run_command, site, sqlite_url):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert run_command("serve", "--site", str(site), "--port", str(port), "--database", sqlite_url) == (
            2,
            f"error: Cannot listen on 127.0.0.1 port {port}: [Errno 98] Address already in use\n"
            "  Stop the other program that uses this port, or choose another one with --port or E4J_PORT.\n",
        )


def test_it_stops_with_a_remedy_if_there_is_no_site(run_server, tmp_path):
    process = run_server("serve")
    errors = process.communicate()[1]
    assert process.returncode == 2
    assert errors == (f"error: There is no built site in {tmp_path}/site.\n  Build it with: e4j build    or name its folder with --site or E4J_SITE.\n")


@pytest.mark.parametrize("url", ["postgresql://e4j:secret@/e4j?host={}", "{}/site/en/index.html/e4j.db"])
def test_it_stops_with_a_remedy_if_the_database_cannot_be_opened(run_command, site, tmp_path, url):
    code, output = run_command("serve", "--site", str(site), "--database", url.format(tmp_path))
    first, second = output.splitlines()
    assert code == 2
    assert re.match(r"error: The database \S+ cannot be opened: ", first)
    assert second == "  Check E4J_DATABASE or --database, that the server runs, and that this user may write there."
    assert "secret" not in output


def test_postgresql_is_upgraded_only_when_asked(run_server, run_command, site, postgres):
    url = postgres.url(postgres.create())
    code, output = run_command("serve", "--site", str(site), "--port", "0", "--database", url)
    assert (code, output.splitlines()[1]) == (2, "  Make a backup, then run: e4j-server upgrade")
    assert run_command("upgrade", "--database", url) == (0, f"The database {Database(url).name} has schema 0002.\n")
    address = _address(run_server("serve", "--site", str(site), "--port", "0", "--database", url))
    with urllib.request.urlopen(f"{address}api/v1/health") as answer:
        assert json.load(answer)["schema"] == "0002"
