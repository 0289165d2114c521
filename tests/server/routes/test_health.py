"""Health says whether the server can do its work."""

from e4j_server import __version__


def test_a_healthy_server_names_its_version_and_schema(app):
    answer = app.test_client().get("/api/v1/health")
    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "version": __version__, "schema": "0002"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_server_without_its_database_asks_to_come_back(make_app, tmp_path):
    for url in (f"sqlite:///{tmp_path}/nowhere/e4j.db", f"postgresql+psycopg://e4j@/e4j?host={tmp_path}"):
        answer = make_app(database=url).test_client().get("/api/v1/health")
        assert (answer.status_code, answer.json["error"]["code"]) == (503, "busy")
        assert answer.headers["Retry-After"] == "2"
