"""What a server needs to mark answers: one file a quiz with its key in every language, outside the site."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from e4j.errors import UsageError
from e4j.load.text import read_text
from e4j.model.catalog import Catalog
from e4j.render.quiz_payload import Payload
from e4j.write.site import remove_files, write_files

if TYPE_CHECKING:
    from e4j.build.site import Options


def missing_keys(options: "Options", catalog: Catalog) -> frozenset[str] | None:
    """Return the quizzes whose key file is not there, or None where no keys are wanted.

    Raises `UsageError` where the folder lies in the site: then everybody could read the keys.
    """
    if options.keys is None:
        return None
    if options.keys.resolve().is_relative_to(options.output.resolve()):
        raise UsageError(f"The keys may not lie inside the site ({options.output}): name another folder with --keys.")
    return frozenset(name for name in catalog.quizzes if not (options.keys / f"{name}.json").is_file())


def write_keys(folder: Path, catalog: Catalog, languages: Mapping[str, Mapping[str, tuple[Payload, Payload]]]) -> None:
    """Bring the key files up to date with what changed in each language, and remove those of quizzes that are gone."""
    changed = {name for keys in languages.values() for name in keys}
    files = {f"{name}.json": _file(folder / f"{name}.json", name, languages) for name in sorted(changed)}
    write_files(folder, files)
    known = {f"{name}.json" for name in catalog.quizzes}
    remove_files(folder, [path.name for path in folder.glob("*.json") if path.name not in known])


def _file(path: Path, name: str, languages: Mapping[str, Mapping[str, tuple[Payload, Payload]]]) -> bytes:
    old: dict[str, Any] = json.loads(read_text(path))["languages"] if path.is_file() else {}
    fresh = {code: keys[name] for code, keys in languages.items() if name in keys}
    common = next(iter(fresh.values()))[0]
    spoken = {code: fresh[code][1] if code in fresh else old[code] for code in languages if code in fresh or code in old}
    return json.dumps(common | {"languages": spoken}, ensure_ascii=False, sort_keys=True, indent=1).encode()
