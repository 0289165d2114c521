"""A package is unpacked whole or refused with a reason; nothing in it leaves its folder or fills a disk."""

import io
import json
import struct
import zipfile

import pytest
from h5p_packages import archive, package

from e4j.load.h5p_package import LARGEST, MOST_FILES, UnusablePackageError, package_language, unpack

HEAD = {"mainLibrary": "A", "preloadedDependencies": [{"machineName": "A", "majorVersion": 1, "minorVersion": 0}]}
SMALL = {"h5p.json": json.dumps(HEAD), "content/content.json": "{}", "A-1.0/library.json": "{}"}


def why(data: bytes) -> str:
    with pytest.raises(UnusablePackageError) as refused:
        unpack(data)
    return str(refused.value)


def link(path: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        member = zipfile.ZipInfo(path)
        member.external_attr = 0o120777 << 16
        target.writestr(member, "/etc/passwd")
    return buffer.getvalue()


def test_a_package_is_unpacked() -> None:
    files = unpack(package())
    assert sorted(files) == ["E4J.Choice-1.0/choice.css", "E4J.Choice-1.0/choice.js", "E4J.Choice-1.0/library.json", "content/content.json", "h5p.json"]
    assert json.loads(files["h5p.json"])["mainLibrary"] == "E4J.Choice"


def test_what_a_browser_would_open_as_a_page_and_hidden_files_stay_out() -> None:
    more = {"content/page.html": "<script>", "content/a.xml": "<a/>", "E4J.Choice-1.0/.git": "x", "__MACOSX/a.js": "x", "content/images/a.png": b"1"}
    kept = unpack(package(**more)).keys() - unpack(package()).keys()
    assert kept == {"content/images/a.png"}


@pytest.mark.parametrize(("said", "language"), [("ar", "ar"), ("pt-br", "pt-br"), ("und", ""), ("<b>", ""), ("", "")])
def test_the_language_is_what_the_package_says(said: str, language: str) -> None:
    assert package_language(unpack(package(language=said))) == language


@pytest.mark.parametrize("path", ["../evil.js", "/evil.js", "a/../../evil.js", "a//b.js", "./a.js", "C:/evil.js", "a\\b.js", "a\x01.js", "x" * 300 + ".js"])
def test_a_name_that_leads_elsewhere_refuses_the_whole_package(path: str) -> None:
    assert "unsafe name" in why(package(**{path: "x"}))


def test_a_name_with_a_zero_byte_is_refused() -> None:
    data = package(**{"content/aXb.js": "x"}).replace(b"content/aXb.js", b"content/a\0b.js")
    assert "unsafe name" in why(data) or "zip" in why(data)


def test_links_and_names_that_some_disks_cannot_tell_apart_are_refused() -> None:
    assert "is a link" in why(link("content/passwd.txt"))
    assert "two files" in why(package(**{"content/A.png": "1", "content/a.png": "2"}))


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert "far more" in why(package(**{"content/bomb.json": b"0" * 20_000_000}))


def test_a_header_that_lies_about_the_size_does_not_help() -> None:
    data = bytearray(package(**{"content/bomb.json": b"0" * 20_000_000}))
    place = data.rindex(b"content/bomb.json") - 46  # its entry in the central directory
    assert data[place:place + 4] == b"PK\x01\x02"
    struct.pack_into("<L", data, place + 24, 10)
    assert "far more" in why(bytes(data)) or "zip" in why(bytes(data))


def test_too_many_files_and_too_large_a_package_are_refused() -> None:
    assert "more than 2000 files" in why(archive(dict.fromkeys((f"{n}.txt" for n in range(MOST_FILES + 1)), "")))
    assert "more than 50 MB" in why(b"P" * (LARGEST + 1))


@pytest.mark.parametrize("data", [b"", b"This is no archive.", package()[:-40], package()[40:]])
def test_what_is_no_zip_is_named_so(data: bytes) -> None:
    assert "zip" in why(data)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"h5p.json": None}, "there is no h5p.json"),
        ({"h5p.json": "{"}, "h5p.json of the package is not JSON"),
        ({"h5p.json": "[" * 5000}, "h5p.json of the package is not JSON"),
        ({"h5p.json": "[]"}, "h5p.json of the package is not an object"),
        ({"content/content.json": None}, "there is no content/content.json"),
        ({"h5p.json": json.dumps(HEAD | {"mainLibrary": "B"})}, "does not name its main library"),
        ({"A-1.0/library.json": None}, "the library A 1.0 is not inside the package"),
        ({"A-1.0/library.json": json.dumps({"preloadedDependencies": [{"machineName": "B", "majorVersion": 2, "minorVersion": 7}]})}, "the library B 2.7 is not inside"),
        ({"A-1.0/library.json": json.dumps({"preloadedDependencies": [{"machineName": "../B"}]})}, "a library that cannot be"),
    ],
)
def test_what_a_player_would_miss_is_named(changes: dict[str, str | None], reason: str) -> None:
    files = {path: data for path, data in (SMALL | changes).items() if data is not None}
    assert reason in why(archive(files))


def test_libraries_may_need_each_other_and_stand_in_folders_without_version() -> None:
    need = json.dumps({"preloadedDependencies": [{"machineName": "B", "majorVersion": 1, "minorVersion": 0}]})
    back = json.dumps({"preloadedDependencies": HEAD["preloadedDependencies"]})
    assert len(unpack(archive(SMALL | {"A-1.0/library.json": need, "B/library.json": back}))) == 4
