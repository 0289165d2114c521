"""Pictures and sounds from foreign files: only kinds we show, under names that stay in their folder, and without anything that acts."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath

from e4j.load.exchange.archive import read_xml
from e4j.model.finding import Finding

STARTS: Mapping[str, tuple[bytes, ...]] = {
    ".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".webp": (b"RIFF",),
    ".mp3": (b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"), ".opus": (b"OggS",), ".svg": (b"",),
}
"""How the files we take begin, by suffix."""

_ACTIVE = frozenset({"script", "foreignobject", "iframe", "object", "embed", "handler", "set", "animate"})
_SIZE = re.compile(r"\s*([0-9]+)(\.[0-9]+)?(px)?\s*")


def safe_path(src: str) -> bool:
    """Tell whether a path stays within the folder of a quiz and is of a kind we show."""
    path = PurePosixPath(src)
    plain = bool(src) and "\\" not in src and ":" not in src and not any(ord(sign) < 32 for sign in src)
    return plain and not path.is_absolute() and ".." not in path.parts and path.suffix in STARTS


def safe_name(name: str) -> str:
    """Return a file name of Latin letters, digits, hyphens and one suffix; empty where its kind is none we show."""
    path = PurePosixPath(name.replace("\\", "/"))
    stem = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")
    suffix = path.suffix.lower()
    return f"{stem or 'media'}{suffix}" if suffix in STARTS else ""


def safe_media(src: str, data: bytes) -> bool:
    """Tell whether the bytes are what the suffix says, and nothing in them acts."""
    suffix = PurePosixPath(src).suffix.lower()
    if suffix == ".svg":
        return _safe_svg(data)
    return any(data.startswith(start) for start in STARTS.get(suffix, ()))


def _safe_svg(data: bytes) -> bool:
    found: list[Finding] = []
    root = read_xml(data, "", found)
    if root is None or not str(root.tag).endswith("svg"):
        return False
    for element in root.iter():
        if str(element.tag).rpartition("}")[2].lower() in _ACTIVE or "url(" in (element.text or "").replace("url(#", "") or "@import" in (element.text or ""):
            return False
        for name, value in element.attrib.items():
            short = name.rpartition("}")[2].lower()
            if short.startswith("on") or (short == "href" and not value.startswith(("#", "data:image/png", "data:image/jpeg"))) or "javascript:" in value.lower():
                return False
    return True


def picture_size(src: str, data: bytes) -> tuple[int, int]:
    """Return width and height in pixels or units; (0, 0) where the file does not say."""
    suffix = PurePosixPath(src).suffix.lower()
    if suffix == ".png" and len(data) >= 24:
        return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    if suffix in {".jpg", ".jpeg"}:
        return _jpeg_size(data)
    return _svg_size(data) if suffix == ".svg" else (0, 0)


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        if 0xC0 <= data[at + 1] <= 0xCF and data[at + 1] not in {0xC4, 0xC8, 0xCC}:
            return int.from_bytes(data[at + 7:at + 9]), int.from_bytes(data[at + 5:at + 7])
        at += 2 + int.from_bytes(data[at + 2:at + 4])
    return 0, 0


def _svg_size(data: bytes) -> tuple[int, int]:
    found: list[Finding] = []
    root = read_xml(data, "", found)
    if root is None:
        return 0, 0
    sides = [_SIZE.fullmatch(root.get(name, "")) for name in ("width", "height")]
    if all(sides):
        return int(sides[0][1]), int(sides[1][1])  # type: ignore[index]
    box = re.findall(r"[0-9.]+", root.get("viewBox", ""))
    return (int(float(box[2])), int(float(box[3]))) if len(box) == 4 and max(map(len, box)) < 9 and all(one.count(".") < 2 and one != "." for one in box) else (0, 0)


__all__ = ["picture_size", "safe_media", "safe_name", "safe_path"]
