"""Find the files of the built site."""

import json
import re
from pathlib import Path

from e4j_server.errors import SiteUnusable

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
# Anything else could end the header and begin another one.
_HASH = re.compile(r"sha(256|384|512)-[A-Za-z0-9+/]+={0,2}")
_INDEX = "index.html"
_MISSING = "404.html"


class Site:
    """Look into the folder of a built site; it may be built anew while we serve it."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def check(self) -> None:
        """Raise `SiteUnusable` unless there is something to serve."""
        if not self.languages() and self.find(_INDEX) is None:
            raise SiteUnusable(
                f"There is no built site in {self.root}.",
                "Build it with: e4j build    or name its folder with --site or E4J_SITE.",
            )
        self.script_hashes()

    def languages(self) -> list[str]:
        """List the languages the site is built in."""
        if not self.root.is_dir():
            return []
        names = (path.name for path in self.root.iterdir() if _LANGUAGE.fullmatch(path.name))
        return sorted(name for name in names if (self.root / name / _INDEX).is_file())

    def find(self, name: str) -> Path | None:
        """Return the file at an address, `index.html` for a folder, or `None`.

        Nothing outside the site is ever found: not by `..`, not by a link, not a hidden file.
        """
        parts = name.split("/")
        if parts[-1] == "":
            parts[-1] = _INDEX
        if any(part == "" or part.startswith(".") or "\\" in part or "\0" in part for part in parts):
            return None
        try:
            path = self.root.joinpath(*parts).resolve()
            return path if path.is_relative_to(self.root) and path.is_file() else None
        except OSError:
            # A name too long for the file system.
            return None

    def is_folder(self, name: str) -> bool:
        """Say whether an address without its last slash is a folder with a first page."""
        return self.find(f"{name}/") is not None

    def find_missing_page(self, language: str | None) -> Path | None:
        """Return the page that says in a language that there is nothing here."""
        return (self.find(f"{language}/{_MISSING}") if language else None) or self.find(_MISSING)

    def script_hashes(self) -> tuple[str, ...]:
        """Return the hashes of inline scripts that the build lists in `csp.json`."""
        path = self.root / "csp.json"
        try:
            hashes = json.loads(path.read_bytes())["script_hashes"]
            valid = isinstance(hashes, list) and all(isinstance(one, str) and _HASH.fullmatch(one) for one in hashes)
        except FileNotFoundError:
            return ()
        except (ValueError, KeyError, TypeError):
            valid = False
        if not valid:
            raise SiteUnusable(f"{path} is not a list of script hashes.", "Build the site again.")
        return tuple(hashes)
