"""Libraries of H5P from a folder of the user's own: those that are needed, and those that they need."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from e4j.errors import UsageError

_KINDS = ("preloadedDependencies", "dynamicDependencies", "editorDependencies")


def bundle(files: Mapping[str, bytes], wanted: Iterable[tuple[str, str]]) -> tuple[list[dict[str, Any]], dict[str, bytes]]:
    """Return the list of dependencies and the files of every library wanted, however far away. UsageError names those that are missing."""
    folders = _folders(files)
    found: dict[tuple[str, str], str] = {}
    missing: set[str] = set()
    left = sorted(set(wanted))
    while left:
        key = left.pop()
        if key in found:
            continue
        folder = folders.get(key)
        if folder is None:
            missing.add(f"{key[0]} {key[1]}")
            continue
        found[key] = folder
        left += _needs(files, folder)
    if missing:
        raise UsageError(f"The folder of libraries lacks {', '.join(sorted(missing))}. Versions have to be these.")
    kept = {path: data for path, data in files.items() if path.partition("/")[0] in set(found.values())}
    return [_dependency(*key) for key in sorted(found)], kept


def _folders(files: Mapping[str, bytes]) -> dict[tuple[str, str], str]:
    """Return the folder of every library by its name and version, as its own library.json says."""
    found: dict[tuple[str, str], str] = {}
    for path in files:
        folder, _, name = path.partition("/")
        if name == "library.json" and (about := _about(files[path])):
            found[_key(about)] = folder
    return found


def _needs(files: Mapping[str, bytes], folder: str) -> list[tuple[str, str]]:
    """Return what a library needs. Editor libraries are wanted by some hosts, and taken along where the folder has them."""
    about = _about(files[f"{folder}/library.json"])
    here = _folders(files)
    needed = [_key(one) for kind in _KINDS[:2] for one in about.get(kind, ()) if isinstance(one, dict)]
    return needed + [key for one in about.get(_KINDS[2], ()) if isinstance(one, dict) and (key := _key(one)) in here]


def _about(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except ValueError:
        return {}
    return value if isinstance(value, dict) and "machineName" in value else {}


def _key(about: Mapping[str, Any]) -> tuple[str, str]:
    return str(about.get("machineName")), f"{about.get('majorVersion')}.{about.get('minorVersion')}"


def _dependency(name: str, version: str) -> dict[str, Any]:
    major, _, minor = version.partition(".")
    return {"machineName": name, "majorVersion": int(major), "minorVersion": int(minor)}


__all__ = ["bundle"]
