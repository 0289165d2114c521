"""A folder of H5P libraries of the user's own: one folder a library, as H5P unpacks them."""

from collections.abc import Mapping
from pathlib import Path


def read_libraries(folder: Path) -> Mapping[str, bytes]:
    """Return every file of the libraries in a folder by its path; what begins with a dot stays out, as H5P itself has it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts) and (folder / path.relative_to(folder).parts[0] / "library.json").is_file()
    }


__all__ = ["read_libraries"]
