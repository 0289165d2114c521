"""What may not be read is refused in one shape, in the caller's language."""

import gzip
import tracemalloc

import pytest
from sqlalchemy import text

LIMIT = 256 * 1024


def _code(answer):
    assert answer.json.keys() == {"error"}
    assert answer.json["error"].keys() == {"code", "message", "hint"}
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.json["error"]["code"]


@pytest.fixture
def sender(sqlite_app, make_caller_on):
    return make_caller_on(sqlite_app).start()


@pytest.mark.parametrize(
    ("data", "headers", "refusal"),
    [
        (b"", {}, (400, "bad-json")),
        (b"{", {}, (400, "bad-json")),
        (b"\xff", {}, (400, "bad-json")),
        (b"[]", {}, (400, "bad-request")),
        (b"{}", {}, (400, "bad-request")),
        (b'{"events": {}}', {}, (400, "bad-request")),
        (b'{"events": [], "more": 1}', {}, (400, "bad-request")),
        (b'{"events": [], "events": []}', {}, (400, "bad-request")),
        (b'{"events": []}', {"Content_Type": "text/plain"}, (415, "wrong-content-type")),
        (b'{"events": []}', {"Content_Type": "application/x-www-form-urlencoded"}, (415, "wrong-content-type")),
        (b'{"events": []}', {"Content_Encoding": "br"}, (415, "wrong-content-encoding")),
        (b'{"events": []}', {"Content_Encoding": "gzip"}, (400, "bad-json")),
        (gzip.compress(b'{"events": []}')[:-4], {"Content_Encoding": "gzip"}, (400, "bad-json")),
        (gzip.compress(b'{"events": []}') + b"x", {"Content_Encoding": "gzip"}, (400, "bad-json")),
        (b'{"events": []' + b" " * LIMIT + b"}", {}, (413, "body-too-large")),
        (gzip.compress(b'{"events": []' + b" " * LIMIT + b"}"), {"Content_Encoding": "gzip"}, (413, "body-too-large")),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(sender, data, headers, refusal):
    assert _code(sender.post_raw("/sync", data, **headers)) == refusal


def test_a_body_up_to_the_limit_is_read(sender):
    data = b'{"events": []' + b" " * (LIMIT - 14) + b"}"
    assert len(data) == LIMIT
    assert sender.post_raw("/sync", data).status_code == 200
    assert sender.post_raw("/sync", data, Content_Type="application/json; charset=utf-8").status_code == 200


def test_a_bomb_costs_little_memory(sender):
    bomb = gzip.compress(bytes(200 * 1024 * 1024), compresslevel=9)
    assert len(bomb) < LIMIT
    tracemalloc.start()
    answer = sender.post_raw("/sync", bomb, Content_Encoding="gzip")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert _code(answer) == (413, "body-too-large")
    assert peak < 4 * 1024 * 1024


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Bearer x", "Basic x", "Bearer é"])
@pytest.mark.parametrize(("method", "path"), [("POST", "/api/v1/sync"), ("GET", "/api/v1/progress")])
def test_a_call_without_a_known_token_is_refused(client, method, path, header):
    headers = {} if header is None else {"Authorization": header}
    answer = client.open(path, method=method, json={"events": []}, headers=headers)
    assert _code(answer) == (401, "bad-token")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("method", "path", "refusal"),
    [
        ("GET", "/api/v1/nothing", (404, "not-found")),
        ("GET", "/api/v2/health", (404, "not-found")),
        ("DELETE", "/api/v1/progress", (405, "method-not-allowed")),
        ("PUT", "/api/v1/learners", (405, "method-not-allowed")),
    ],
)
def test_addresses_and_methods_that_do_not_exist_are_refused(client, method, path, refusal):
    assert _code(client.open(path, method=method)) == refusal


@pytest.mark.parametrize(
    ("wanted", "language", "message"),
    [
        ("", "en", "The server does not know this device."),
        ("ar", "ar", "لا يعرف الخادم هذا الجهاز."),
        ("zh-TW,en;q=0.5", "zh", "服务器不认识这台设备。"),
        ("fr-CA", "fr", "Le serveur ne connaît pas cet appareil."),
        ("ru", "ru", "Сервер не знает это устройство."),
        ("es-MX,es;q=0.9", "es", "El servidor no conoce este dispositivo."),
        ("sw", "en", "The server does not know this device."),
    ],
)
def test_refusals_are_said_in_the_callers_language(client, wanted, language, message):
    answer = client.get("/api/v1/progress", headers={"Accept-Language": wanted})
    assert answer.json["error"]["message"] == message
    assert (answer.headers["Content-Language"], answer.headers["Vary"]) == (language, "Accept-Language")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 201),
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "https://behind-a-proxy.example"}, 201),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({"Origin": "http://localhost"}, 201),
        ({"Origin": "https://localhost"}, 201),
        ({"Origin": "http://localhost:81"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://school.example", "Sec-Fetch-Site": "cross-site"}, 201),
    ],
)
def test_pages_of_other_sites_may_not_post(make_app, sqlite_url, headers, status):
    client = make_app(database=sqlite_url, origins=("https://school.example",)).test_client()
    answer = client.post("/api/v1/learners", json={}, headers=headers)
    assert answer.status_code == status
    if status == 403:
        assert _code(answer) == (403, "foreign-site")


def test_a_named_site_may_read_answers(make_app, sqlite_url):
    client = make_app(database=sqlite_url, origins=("https://school.example",)).test_client()
    preflight = {"Origin": "https://school.example", "Access-Control-Request-Method": "POST"}
    answer = client.options("/api/v1/sync", headers=preflight)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "https://school.example"
    assert answer.headers["Access-Control-Allow-Headers"] == ("Authorization, Content-Encoding, Content-Type, If-None-Match")
    assert client.get("/api/v1/progress", headers=preflight).headers["Access-Control-Expose-Headers"] == "ETag, Retry-After"
    foreign = client.get("/api/v1/health", headers={"Origin": "https://evil.example"})
    assert "Access-Control-Allow-Origin" not in foreign.headers


def test_an_address_behind_proxies_is_believed_only_if_there_are_any(make_app, sqlite_url):
    wrong = {"code": "0" * 25}
    for proxies, last in ((0, 429), (1, 404)):
        client = make_app(database=sqlite_url, proxies=proxies).test_client()
        statuses = [client.post("/api/v1/learners/redeem", json=wrong, headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code for n in range(11)]
        assert statuses == [404] * 10 + [last]


def test_a_mistake_of_ours_is_admitted_without_its_inside(sqlite_app, sender, device, caplog):
    with sqlite_app.extensions["e4j"].database.write() as tx:
        tx.execute(text("ALTER TABLE event RENAME COLUMN body TO lost"))
    events = [device.event(r="my secret answer")]
    answer = sender.post("/sync", {"events": events}, **{"User-Agent": "Secret/1.0"})
    assert _code(answer) == (500, "broken")
    assert answer.json["error"]["message"] == "Something went wrong on the server."
    assert "table event has no column named body" in caplog.text
    assert [word for word in ("my secret answer", "Secret/1.0", "127.0.0.1", sender.token) if word in caplog.text] == []
