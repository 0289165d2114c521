"""Lay out H5P activities once for all languages: every package as it is, and, where an operator brings a player, unpacked beside it."""

from collections.abc import Iterator
from pathlib import Path

from e4j.build.paths import assets_folder
from e4j.errors import UsageError
from e4j.load.files import digest_of
from e4j.load.h5p_package import KEPT, unpack
from e4j.model.catalog import Catalog, Package
from e4j.publish.extras import activity_frame
from e4j.write.site import remove_files, write_files
from e4j.write.state import State

FOLDER = "h5p"
SCRIPT = "h5p-frame.js"
PLAYER = ("main.bundle.js", "frame.bundle.js", "styles/h5p.css")
"""What a folder must hold to be a player: the `dist` of h5p-standalone has it."""


def find_player(folder: Path | None) -> Path | None:
    """Return the folder of the player below the one that was named, or say what is missing there."""
    if folder is None:
        return None
    for place in (folder, folder / "dist"):
        if all((place / name).is_file() for name in PLAYER):
            return place
    raise UsageError(f"There is no H5P player in {folder}: it should hold {', '.join(PLAYER)}. Name the folder `dist` of h5p-standalone.")


def write_activities(output: Path, cache: Path, catalog: Catalog, player: Path | None, version: str) -> None:
    """Bring `output/h5p` up to date. A package is unpacked again only when it, the toolkit or the folder changed."""
    folder = output / FOLDER
    state = State(cache / "h5p.db")
    known = state.values("package")
    packages = {f"{module.id}/{package.name}": package for module in catalog.modules.values() for package in module.packages}
    kept: dict[str, tuple[str, tuple[str, ...]]] = {}
    for name, package in packages.items():
        key = digest_of([version, package.digest, str(player is not None), str(folder.resolve())])
        old = known.get(name)
        fresh = old is None or old[0] != key or not all((folder / path).is_file() for path in old[1])
        kept[name] = (key, _write_package(folder, name, package, play=player is not None)) if old is None or fresh else old
    if player and packages:
        kept["player"] = ("", _write_player(folder, player))
    made = {path for _, paths in kept.values() for path in paths}
    remove_files(folder, {path for _, paths in known.values() for path in paths} - made)
    state.put("package", kept)
    state.drop("package", known.keys() - kept.keys())
    state.close()


def _write_package(folder: Path, name: str, package: Package, *, play: bool) -> tuple[str, ...]:
    files = {f"{name}.h5p": package.data}
    if play:
        files |= {f"{name}/{path}": data for path, data in unpack(package.data).items()}
    write_files(folder, files)
    return tuple(files)


def _write_player(folder: Path, player: Path) -> tuple[str, ...]:
    files = {f"player/{path.relative_to(player).as_posix()}": path.read_bytes() for path in _player_files(player)}
    files |= {SCRIPT: (assets_folder() / SCRIPT).read_bytes(), "frame.html": activity_frame()}
    write_files(folder, files)
    return tuple(files)


def _player_files(player: Path) -> Iterator[Path]:
    """Yield what a browser loads of a player, and its licences, which go where the player goes."""
    for path in sorted(player.rglob("*")):
        if path.is_file() and (path.suffix.lower() in KEPT or path.name.startswith("LICENSE")):
            yield path
