"""Write the finished site, touching only what changed."""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from e4j.write.po import write_file


def write_files(folder: Path, files: Mapping[str, bytes]) -> int:
    """Write files below a folder; return how many differed from what was there."""
    return sum(write_file(folder / path, data) for path, data in files.items())


def write_new(folder: Path, path: str, data: bytes, made: set[str]) -> None:
    """Write one file without looking at what was there. `made` remembers the folders that exist."""
    target = folder / path
    parent = path.rpartition("/")[0]
    if parent not in made:
        target.parent.mkdir(parents=True, exist_ok=True)
        made.add(parent)
    target.write_bytes(data)


def remove_files(folder: Path, paths: Iterable[str]) -> None:
    """Delete files, and folders left empty."""
    for path in paths:
        target = folder / path
        target.unlink(missing_ok=True)
        for parent in target.parents:
            if parent == folder or not parent.is_dir() or any(parent.iterdir()):
                break
            parent.rmdir()


def empty_folder(folder: Path) -> None:
    """Delete a generated folder with everything in it."""
    if folder.is_dir():
        shutil.rmtree(folder)


def move_folder(source: Path, target: Path) -> None:
    """Put a folder in the place of another."""
    empty_folder(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)


def copy_tree(source: Path, target: Path, names: Iterable[str]) -> None:
    """Copy named files from one folder to another."""
    for name in names:
        write_file(target / name, (source / name).read_bytes())
