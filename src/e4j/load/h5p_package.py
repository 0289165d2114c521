"""Read an H5P package: a zip that a stranger made, so nothing in it is believed.

What it holds is only ever shown in a closed frame. Here it is kept from filling a disk, from leaving its folder, and from
bringing files that a browser would open as pages of ours.
"""

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from stat import S_IFLNK, S_IFMT
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

LARGEST = 50 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_FILES = 2000
MOST_RATIO = 100
_CHUNK = 64 * 1024
_HEAD = "h5p.json"
_ENCRYPTED = 1
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_LANGUAGE = re.compile(r"(?=.{2,35}$)[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")
_LIBRARY = re.compile(r"[A-Za-z][A-Za-z0-9.-]{0,99}")
KEPT = frozenset({
    ".json", ".js", ".css", ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".svg", ".eot", ".ttf", ".otf", ".woff", ".woff2", ".mp3",
    ".m4a", ".wav", ".ogg", ".oga", ".opus", ".mp4", ".webm", ".vtt", ".txt", ".md", ".csv", ".pdf", ".gltf", ".glb",
})
"""Endings of the files that are unpacked. Web pages are not among them."""


class UnusablePackageError(Exception):
    """Say what is wrong with a package."""


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the files of a package that a browser needs, by path. Raise `UnusablePackageError` where anything is unsafe or missing."""
    if len(data) > LARGEST:
        raise UnusablePackageError(f"the package has more than {LARGEST >> 20} MB")
    try:
        with ZipFile(BytesIO(data)) as archive:
            files = dict(_members(archive, min(LARGEST_UNPACKED, len(data) * MOST_RATIO)))
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:  # ValueError: offsets before the beginning
        raise UnusablePackageError("the file is not a whole zip archive") from error
    _check_libraries(files)
    return files


def package_language(files: Mapping[str, bytes]) -> str:
    """Return the language a package says it is written in, or nothing."""
    head = _json(files, _HEAD)
    for key in ("defaultLanguage", "language"):
        value = head.get(key)
        if isinstance(value, str) and value != "und" and _LANGUAGE.fullmatch(value):
            return value
    return ""


def _members(archive: ZipFile, left: int) -> Iterator[tuple[str, bytes]]:
    members = archive.infolist()
    if len(members) > MOST_FILES:
        raise UnusablePackageError(f"the package has more than {MOST_FILES} files")
    seen: set[str] = set()
    for member in members:
        path = _safe_path(member)
        if path.casefold() in seen:
            raise UnusablePackageError(f"two files of the package are called '{path}'")
        seen.add(path.casefold())
        if member.is_dir() or not _wanted(path):
            continue
        content = _read(archive, member, left)
        left -= len(content)
        yield path, content


def _safe_path(member: ZipInfo) -> str:
    """Return a member's path, or refuse the package: a name that must be mended first is no accident."""
    name = member.orig_filename.removesuffix("/")
    parts = name.split("/")
    if any(part in {"", ".", ".."} for part in parts) or "\\" in name or ":" in name or _CONTROL.search(name) or len(name) > 240:
        raise UnusablePackageError(f"the package has a file with an unsafe name, {name[:80]!r}")
    if S_IFMT(member.external_attr >> 16) == S_IFLNK:
        raise UnusablePackageError(f"'{name}' is a link, not a file")
    if member.flag_bits & _ENCRYPTED or member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise UnusablePackageError(f"'{name}' is packed in a way that is not allowed")
    return name


def _wanted(path: str) -> bool:
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.split("/"))
    return not hidden and PurePosixPath(path).suffix.lower() in KEPT


def _read(archive: ZipFile, member: ZipInfo, left: int) -> bytes:
    """Unpack one file in pieces: what its header says of its size may be a lie."""
    pieces: list[bytes] = []
    with archive.open(member) as file:
        while piece := file.read(_CHUNK):
            left -= len(piece)
            if left < 0:
                raise UnusablePackageError("the package unpacks to far more than it should")
            pieces.append(piece)
    return b"".join(pieces)


def _check_libraries(files: Mapping[str, bytes]) -> None:
    """Follow what the package needs from its main library on; a player cannot fetch what is missing."""
    head = _json(files, _HEAD)
    _json(files, "content/content.json")
    main = head.get("mainLibrary")
    waiting = list(_dependencies(head))
    if not isinstance(main, str) or main not in {name for name, _ in waiting}:
        raise UnusablePackageError("h5p.json does not name its main library among its dependencies")
    done: set[str] = set()
    while waiting:
        name, version = waiting.pop()
        folder = f"{name}-{version}" if f"{name}-{version}/library.json" in files else name
        if folder in done:
            continue
        done.add(folder)
        if f"{folder}/library.json" not in files:
            raise UnusablePackageError(f"the library {name} {version} is not inside the package")
        waiting += _dependencies(_json(files, f"{folder}/library.json"))


def _dependencies(head: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    listed = head.get("preloadedDependencies", [])
    for entry in listed if isinstance(listed, list) else []:
        name = entry.get("machineName") if isinstance(entry, dict) else None
        if not isinstance(name, str) or not _LIBRARY.fullmatch(name):
            raise UnusablePackageError("the package names a library that cannot be")
        yield name, f"{entry.get('majorVersion')}.{entry.get('minorVersion')}"


def _json(files: Mapping[str, bytes], path: str) -> Mapping[str, Any]:
    if path not in files:
        raise UnusablePackageError(f"there is no {path} in the package")
    try:
        value = json.loads(files[path])
    except (ValueError, RecursionError) as error:
        raise UnusablePackageError(f"{path} of the package is not JSON") from error
    if not isinstance(value, dict):
        raise UnusablePackageError(f"{path} of the package is not an object")
    return value
