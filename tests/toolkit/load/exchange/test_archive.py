"""Archives and XML of people who mean harm are refused with a finding, and cost little."""

import io
import stat
import zipfile

import pytest

from e4j.load.exchange.archive import read_archive, read_xml
from e4j.model.finding import Finding


def packed(files: dict[str, bytes], *, link: str = "") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            if name == link:
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def refused(data: bytes) -> list[str]:
    found: list[Finding] = []
    assert read_archive(data, "a.zip", found) is None
    return [finding.code for finding in found]


def test_a_good_archive_is_read() -> None:
    found: list[Finding] = []
    assert read_archive(packed({"a.xml": b"<a/>", "dir/b.png": b"x", "dir/": b""}), "a.zip", found) == {"a.xml": b"<a/>", "dir/b.png": b"x"}
    assert found == []


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "C:/a", "a\\..\\b", "..\\a"])
def test_paths_that_lead_out_are_refused(name: str) -> None:
    assert refused(packed({name: b"x"})) == ["X002"]


def test_links_and_names_that_differ_in_case_only_are_refused() -> None:
    assert refused(packed({"a": b"/etc/passwd"}, link="a")) == ["X002"]
    assert refused(packed({"A.xml": b"1", "a.XML": b"2"})) == ["X002"]


def test_too_many_files_are_refused() -> None:
    assert refused(packed({f"f{number}": b"" for number in range(2001)})) == ["X002"]


def test_a_bomb_is_refused_while_it_unpacks() -> None:
    assert refused(packed({"bomb": b"\0" * 30_000_000})) == ["X002"]


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(packed({"bomb": b"\0" * 30_000_000}))
    lie = (10).to_bytes(4, "little")
    local, central = data.index(b"PK\x03\x04"), data.index(b"PK\x01\x02")
    data[local + 22:local + 26] = data[central + 24:central + 28] = lie
    assert refused(bytes(data))[0] in {"X001", "X002"}


@pytest.mark.parametrize("data", [b"", b"no archive", b"PK\x03\x04" + b"\0" * 50, packed({"a": b"x" * 100})[:-30]])
def test_what_is_no_archive_is_a_finding(data: bytes) -> None:
    assert refused(data) == ["X001"]


LAUGHS = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><quiz>&b;</quiz>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>'


@pytest.mark.parametrize(("data", "code"), [
    (LAUGHS, "X002"), (OUTSIDE, "X002"), (b'<!DOCTYPE quiz SYSTEM "http://example.org/x.dtd"><quiz/>', "X002"), (b"<quiz>", "X001"), (b"", "X001"),
    (b'<?xml version="1.0" encoding="no-such"?><quiz/>', "X001"), (b"<a>" * 5000 + b"</a>" * 5000, "X002"), (b"<quiz>\xff</quiz>", "X001"),
])
def test_xml_that_is_not_safe_or_no_xml_is_refused(data: bytes, code: str) -> None:
    found: list[Finding] = []
    assert read_xml(data, "q.xml", found) is None
    assert [finding.code for finding in found] == [code]
