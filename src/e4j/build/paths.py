"""Where the toolkit's own files are: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

from e4j.errors import EnvironmentFault

PACKAGE = Path(__file__).resolve().parent.parent


def theme_folder() -> Path:
    """Return the folder with `main.html` and the style sheets."""
    for folder in (PACKAGE / "theme", PACKAGE.parent.parent / "theme"):
        if (folder / "main.html").is_file():
            return folder
    raise EnvironmentFault("The theme is missing from this installation. Install e4j again.")


def assets_folder() -> Path:
    """Return the folder with the browser scripts."""
    folder = PACKAGE / "assets"
    if not (folder / "e4j.js").is_file():
        raise EnvironmentFault("The browser scripts are not built yet. Run `make assets` once, or install the wheel.")
    return folder


def locales_folder() -> Path:
    """Return the folder with the interface texts of each language."""
    return PACKAGE / "locales"
