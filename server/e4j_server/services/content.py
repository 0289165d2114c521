"""Know what a file is, tag it by its content and keep it packed."""

import gzip
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path, PurePath
from threading import Lock

_TEXT_TYPES = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".htm": "text/html",
    ".html": "text/html",
    ".js": "text/javascript",
    ".map": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".xml": "application/xml",
}
_PACKED_TYPES = {
    ".geojson": "application/geo+json",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
}
_OTHER_TYPES = {
    ".avif": "image/avif",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".epub": "application/epub+zip",
    ".gif": "image/gif",
    ".ico": "image/vnd.microsoft.icon",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".wav": "audio/wav",
    ".webm": "video/webm",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
_SMALLEST_PACKED = 512
_LARGEST_PACKED = 8 * 1024 * 1024
_CACHE_BYTES = 64 * 1024 * 1024
_CACHE_FILES = 20_000
_CHUNK = 256 * 1024

_Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Hold what is known of one state of one file."""

    tag: str
    """Digest of the content: a site built again unchanged is not fetched again over a slow line."""
    packed: bytes | None
    """The file packed with gzip, if that makes it smaller."""


class Contents:
    """Keep what was learnt of files in a bounded part of memory."""

    def __init__(self, most_bytes: int = _CACHE_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._known: OrderedDict[_Key, Content] = OrderedDict()
        self._lock = Lock()

    def read(self, path: Path) -> Content:
        """Return what is known of a file, reading it if it changed."""
        facts = path.stat()
        key = (str(path), facts.st_mtime_ns, facts.st_size)
        with self._lock:
            if key in self._known:
                self._known.move_to_end(key)
                return self._known[key]
        # Outside the lock: two callers may pack the same file once, and nobody waits for a large one.
        content = _read_content(path, facts.st_size)
        self._keep(key, content)
        return content

    def _keep(self, key: _Key, content: Content) -> None:
        with self._lock:
            if key not in self._known:
                self._known[key] = content
                self._bytes += len(content.packed or b"")
            while self._bytes > self._most_bytes or len(self._known) > _CACHE_FILES:
                _, oldest = self._known.popitem(last=False)
                self._bytes -= len(oldest.packed or b"")


def media_type(name: str) -> str:
    """Return the `Content-Type` of a file; the machine's own tables differ, so they are not asked."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _TEXT_TYPES:
        return f"{_TEXT_TYPES[suffix]}; charset=utf-8"
    return _PACKED_TYPES.get(suffix) or _OTHER_TYPES.get(suffix) or "application/octet-stream"


def is_packable(name: str) -> bool:
    """Say whether files of this kind are worth packing."""
    return PurePath(name).suffix.lower() in _TEXT_TYPES.keys() | _PACKED_TYPES.keys()


def _read_content(path: Path, size: int) -> Content:
    if is_packable(path.name) and _SMALLEST_PACKED <= size <= _LARGEST_PACKED:
        data = path.read_bytes()
        packed = gzip.compress(data, compresslevel=6, mtime=0)
        return Content(tag=hashlib.sha256(data).hexdigest()[:32], packed=packed if len(packed) < len(data) else None)
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return Content(tag=digest.hexdigest()[:32], packed=None)
