"""Files are tagged by content, typed by name and packed within a bound."""

import gzip
import os

import pytest
from e4j_server.services.content import Contents, media_type


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("E4J.JS", "text/javascript; charset=utf-8"),
        ("a.svg", "image/svg+xml"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("font.woff2", "font/woff2"),
        ("story.mp4", "video/mp4"),
        ("README", "application/octet-stream"),
    ],
)
def test_types_do_not_depend_on_the_machine(name, kind):
    assert media_type(name) == kind


def test_a_tag_follows_the_content_and_not_the_date(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("one")
    contents = Contents()
    first = contents.read(path).tag
    os.utime(path, (1, 1))
    assert contents.read(path).tag == first
    path.write_text("another")
    assert contents.read(path).tag != first


def test_text_is_packed_and_pictures_are_not(tmp_path):
    for name in ("a.html", "a.png"):
        (tmp_path / name).write_bytes(b"a" * 2000)
    contents = Contents()
    assert gzip.decompress(contents.read(tmp_path / "a.html").packed) == b"a" * 2000
    assert contents.read(tmp_path / "a.png").packed is None


def test_text_that_does_not_shrink_stays_as_it_is(tmp_path):
    (tmp_path / "a.js").write_bytes(os.urandom(2000))
    assert Contents().read(tmp_path / "a.js").packed is None


def test_memory_is_bounded(tmp_path):
    contents = Contents(most_bytes=100)
    for name in "abcdefgh":
        path = tmp_path / f"{name}.html"
        path.write_text(name * 2000)
        assert contents.read(path).packed is not None
    assert sum(len(content.packed) for content in contents._known.values()) == contents._bytes <= 100
