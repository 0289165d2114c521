"""Know which files changed, by content. Times and sizes only save reading what cannot have changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file looked like: time in nanoseconds, size in bytes, and SHA-256 of its content."""

    mtime_ns: int
    size: int
    digest: str


def stamp_files(root: Path, paths: Iterable[str], known: Mapping[str, Stamp]) -> dict[str, Stamp]:
    """Return the stamp of every file that exists; content is read only where time or size differ from what is known."""
    result: dict[str, Stamp] = {}
    for path in paths:
        try:
            status = (root / path).stat()
        except FileNotFoundError:
            continue
        old = known.get(path)
        if old and old.mtime_ns == status.st_mtime_ns and old.size == status.st_size:
            result[path] = old
        else:
            digest = sha256((root / path).read_bytes()).hexdigest()
            result[path] = Stamp(status.st_mtime_ns, status.st_size, digest)
    return result


def digest_of(parts: Iterable[str]) -> str:
    """Return one short digest of several."""
    return sha256("\0".join(parts).encode()).hexdigest()[:24]


def digest_folder(folder: Path, suffixes: frozenset[str]) -> str:
    """Return a digest of all files of certain kinds below a folder: names and contents."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in suffixes and "__pycache__" not in path.parts)
    return digest_of(f"{path.relative_to(folder).as_posix()}:{sha256(path.read_bytes()).hexdigest()}" for path in paths)
