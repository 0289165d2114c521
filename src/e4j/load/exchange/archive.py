"""Read archives and XML of strangers without trusting a word of what they say about themselves."""

import io
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from e4j.model.codes import finding
from e4j.model.finding import Finding

MOST_ENTRIES = 2_000
MOST_BYTES = 200_000_000
MOST_RATIO = 100
SMALL = 1_000_000
"""Up to this size the ratio does not matter: a table of equal cells packs well."""
MOST_DEPTH = 200
_CHUNK = 65_536


class _Unsafe(ValueError):
    """Says what is not safe about an archive."""


def read_archive(data: bytes, name: str, findings: list[Finding]) -> Mapping[str, bytes] | None:
    """Return the files of a zip archive by their path; None and X001 where it is none, X002 where it breaks a limit.

    Limits: 2,000 entries, 200 MB in all, one to 100 in packing; no absolute paths, no `..`, no links, no two names that differ only
    in case. Sizes are counted while unpacking, because an archive can lie about them.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, len(data))
    except _Unsafe as error:
        findings.append(finding("X002", name, 1, str(error)))
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, OverflowError) as error:
        findings.append(finding("X001", name, 1, f"not readable as an archive: {error or type(error).__name__}"))
    return None


def _read(archive: zipfile.ZipFile, packed: int) -> Mapping[str, bytes]:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise _Unsafe(f"the archive holds {len(entries)} files; {MOST_ENTRIES} are allowed")
    seen: set[str] = set()
    files: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        _check_name(entry, seen)
        if entry.is_dir():
            continue
        files[entry.filename], total = _unpack(archive, entry, total, packed)
    return files


def _check_name(entry: zipfile.ZipInfo, seen: set[str]) -> None:
    name = entry.filename
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or "\\" in name or (len(name) > 1 and name[1] == ":") or not path.parts:
        raise _Unsafe(f"the archive holds a path that leads out of it: {name!r}")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise _Unsafe(f"the archive holds a link: {name!r}")
    key = path.as_posix().casefold()
    if key in seen:
        raise _Unsafe(f"the archive holds the name {name!r} twice")
    seen.add(key)


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, total: int, packed: int) -> tuple[bytes, int]:
    parts: list[bytes] = []
    with archive.open(entry) as file:
        while part := file.read(_CHUNK):
            parts.append(part)
            total += len(part)
            if total > MOST_BYTES:
                raise _Unsafe(f"the archive is larger than {MOST_BYTES // 1_000_000} MB when unpacked")
            if total > SMALL and total > MOST_RATIO * packed:
                raise _Unsafe(f"the archive grows more than {MOST_RATIO} times when unpacked")
    return b"".join(parts), total


def read_xml(data: bytes, name: str, findings: list[Finding]) -> Element | None:
    """Parse XML without any document type, entities or addresses; None with X002 where it has one, X001 where it is no XML."""
    try:
        root: Element = fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        findings.append(finding("X002", name, 1, f"the XML declares a document type or an entity ({type(error).__name__})"))
        return None
    except ParseError as error:
        findings.append(finding("X001", name, error.position[0], f"not readable as XML: {error}"))
        return None
    except (ValueError, LookupError) as error:  # an encoding that is unknown or a lie
        findings.append(finding("X001", name, 1, f"not readable as XML: {error}"))
        return None
    if _depth(root) > MOST_DEPTH:
        findings.append(finding("X002", name, 1, f"the XML is nested more than {MOST_DEPTH} deep"))
        return None
    return root


def _depth(root: Element) -> int:
    deepest, level = 0, [root]
    while level:
        deepest += 1
        level = [child for element in level for child in element]
        if deepest > MOST_DEPTH:
            break
    return deepest


__all__ = ["read_archive", "read_xml"]
