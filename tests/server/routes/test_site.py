"""The built site is served safely, packed and with honest caching."""

import gzip
from urllib.parse import urljoin

import pytest

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-src 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize(
    ("wanted", "place"),
    [("ar", "ar/"), ("zh-Hans-CN,en;q=0.1", "zh/"), ("fr,en;q=0.5", "en/"), ("sw", "en/"), ("", "en/")],
)
def test_the_front_leads_to_the_readers_language(client, wanted, place):
    answer = client.get("/", headers={"Accept-Language": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (302, place)
    assert (answer.headers["Vary"], answer.headers["Cache-Control"]) == ("Accept-Language", "no-cache")


def test_a_front_page_is_shown_to_readers_of_other_languages(client, site):
    (site / "index.html").write_text("choose")
    assert client.get("/", headers={"Accept-Language": "sw"}).text == "choose"
    assert client.get("/", headers={"Accept-Language": "ar"}).headers["Location"] == "ar/"


def test_a_page_is_served(client):
    answer = client.get("/ar/")
    assert (answer.status_code, answer.text) == (200, "<h1>الفساد</h1>")
    assert answer.content_type == "text/html; charset=utf-8"
    assert "Content-Disposition" not in answer.headers
    assert client.get("/ar/", follow_redirects=True).text == answer.text


def test_a_folder_without_its_slash_leads_on(client):
    answer = client.get("/en/lost-coin")
    assert (answer.status_code, answer.headers["Location"]) == (302, "lost-coin/")
    # Werkzeug's client does not resolve relative places as browsers do.
    assert client.get(urljoin("/en/lost-coin", answer.headers["Location"])).text == "<h1>The lost coin</h1>"


@pytest.mark.parametrize(
    ("path", "wanted", "text"),
    [
        ("/ar/nothing.html", "en", "<h1>لا شيء هنا</h1>"),
        ("/en/a/b/c", "ar", "<h1>Nothing here</h1>"),
        ("/nothing", "ar", "<h1>لا شيء هنا</h1>"),
        ("/../outside.html", "en", "<h1>Nothing here</h1>"),
        ("/%2e%2e/outside.html", "en", "<h1>Nothing here</h1>"),
        ("/en/..%2f..%2foutside.html", "en", "<h1>Nothing here</h1>"),
        ("/en/%00", "en", "<h1>Nothing here</h1>"),
        ("/en//index.html", "en", "<h1>Nothing here</h1>"),
        ("/.hidden", "en", "<h1>Nothing here</h1>"),
    ],
)
def test_where_nothing_is_a_page_says_so_in_the_right_language(client, path, wanted, text):
    answer = client.get(path, headers={"Accept-Language": wanted})
    assert (answer.status_code, answer.text) == (404, text)
    assert answer.content_type == "text/html; charset=utf-8"


def test_without_such_a_page_the_api_shape_says_so(client):
    assert client.get("/zh/nothing").json["error"]["code"] == "not-found"


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/en/", "no-cache, public"),
        ("/en/search/c.js", "no-cache, public"),
        ("/en/assets/e4j/e4j.js", "public, max-age=3600"),
        ("/en/story.mp4", "public, max-age=3600"),
    ],
)
def test_pages_are_asked_for_again_and_assets_kept_an_hour(client, path, policy):
    assert client.get(path).headers["Cache-Control"] == policy


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_a_reader_who_has_the_file_gets_none(client, encoding):
    headers = {"Accept-Encoding": encoding}
    tag = client.get("/en/", headers=headers).headers["ETag"]
    again = client.get("/en/", headers=headers | {"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get("/en/assets/e4j/e4j.js", headers=headers | {"If-None-Match": tag})
    assert other.status_code == 200


def test_text_is_packed_for_those_who_take_it(client, site):
    plain = client.get("/en/")
    packed = client.get("/en/", headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data == (site / "en/index.html").read_bytes()
    assert packed.content_type == plain.content_type
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    refused = client.get("/en/", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in refused.headers


def test_a_page_built_anew_is_served_at_once(client, site):
    tag = client.get("/en/").headers["ETag"]
    (site / "en/index.html").write_text("new")
    assert client.get("/en/", headers={"If-None-Match": tag}).text == "new"


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_head_says_what_get_would(client, encoding):
    headers = {"Accept-Encoding": encoding}
    head, get = client.head("/en/", headers=headers), client.get("/en/", headers=headers)
    assert head.data == b""
    assert dict(head.headers) == dict(get.headers)
    assert int(head.headers["Content-Length"]) == len(get.data)


def test_players_may_ask_for_a_part_of_a_film(client, site):
    film = (site / "en/story.mp4").read_bytes()
    part = client.get("/en/story.mp4", headers={"Range": "bytes=10-19", "Accept-Encoding": "gzip"})
    assert (part.status_code, part.data) == (206, film[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(film)}"
    assert client.get("/en/story.mp4", headers={"Range": "bytes=9999-"}).status_code == 416


def test_a_part_is_of_the_plain_file(client, site):
    part = client.get("/en/", headers={"Range": "bytes=0-9", "Accept-Encoding": "gzip"})
    assert (part.status_code, part.data) == (206, (site / "en/index.html").read_bytes()[:10])


@pytest.mark.parametrize("path", ["/", "/en/", "/en/assets/e4j/e4j.js", "/en/nothing", "/zh/nothing"])
def test_every_answer_of_the_site_carries_the_policy(client, path):
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == POLICY
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=(), " in headers["Permissions-Policy"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", ["/h5p/frame.html", "/H5P/frame.html", "/h5p/coin/market/content/drawing.svg", "/h5p/nothing"])
def test_activities_have_no_origin_and_are_readable_for_themselves(client, site, path):
    for name in ("frame.html", "coin/market/content/drawing.svg"):
        (site / "h5p" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "h5p" / name).write_text("<svg/>")
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == (
        "sandbox allow-scripts; default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "media-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; form-action 'none'; base-uri 'none'; object-src 'none'; "
        "frame-ancestors 'self'"
    )
    assert (headers["Access-Control-Allow-Origin"], headers["Cross-Origin-Resource-Policy"]) == ("*", "cross-origin")
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/en/", "/api/v1/health", "/h5p", "/en/h5p/frame.html"])
def test_nothing_else_is_readable_for_other_sites(client, path):
    assert "Access-Control-Allow-Origin" not in client.get(path).headers


def test_the_api_may_not_be_shown_as_a_page(client):
    policy = client.get("/api/v1/health").headers["Content-Security-Policy"]
    assert policy == "default-src 'none'; frame-ancestors 'none'"


def test_hashes_of_the_build_join_the_policy(client, site):
    (site / "csp.json").write_text('{"script_hashes": ["sha256-AAAA=", "sha256-BBBB="]}')
    policy = client.get("/en/").headers["Content-Security-Policy"]
    assert policy == POLICY.replace("script-src 'self'", "script-src 'self' 'sha256-AAAA=' 'sha256-BBBB='")


def test_a_broken_list_of_hashes_costs_only_inline_scripts(client, site):
    (site / "csp.json").write_text("{")
    answer = client.get("/en/")
    assert (answer.status_code, answer.headers["Content-Security-Policy"]) == (200, POLICY)


def test_nothing_can_be_posted_to_a_page(client):
    assert client.post("/en/").status_code == 405
