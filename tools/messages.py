"""List the interface texts of the pages, and bring `locales/<lang>/site.po` in step with them."""

import ast
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "e4j"
LANGUAGES = ("ar", "es", "fr", "ru", "zh")
_CALL = re.compile(r"""_\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\)""")
TABLES = ("LEVELS", "THEME_NAMES", "VALUE_NAMES", "FORMS", "TEACHER", "BOXES", "SLOTS")


def messages() -> list[str]:
    """Return every interface text once, in a fixed order: those in templates, in `say(…)` and in tables of names."""
    found: dict[str, None] = {}
    for path in sorted((PACKAGE / "publish" / "templates").glob("*.html")):
        found |= {ast.literal_eval(text): None for text in _CALL.findall(path.read_text(encoding="utf-8"))}
    for path in sorted([*(PACKAGE / "publish").glob("*.py"), *(PACKAGE / "render").glob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found |= dict.fromkeys(_texts(node))
    return list(found)


def _texts(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "say":
        return [a.value for a in ast.walk(node) if (isinstance(a, ast.Constant) and isinstance(a.value, str) and a.value and " " in a.value) or _word(a)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id in TABLES and isinstance(node.value, ast.Dict):
        return [v.value for v in node.value.values if isinstance(v, ast.Constant)]
    if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "labels" for t in node.targets):
        return [e.elts[0].value for e in getattr(node.value, "elts", ()) if isinstance(e, ast.Tuple) and isinstance(e.elts[0], ast.Constant)]
    return []


def _word(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(re.fullmatch(r"[A-Z][A-Za-z:-]+", node.value))


def catalog(language: str) -> Catalog:
    """Return a language's catalog of page texts."""
    path = PACKAGE / "locales" / language / "site.po"
    if not path.is_file():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def main() -> int:
    """Print what each language lacks or has too much of; with `--write`, add what is lacking and drop what is gone."""
    wanted = messages()
    wrong = 0
    for language in LANGUAGES:
        known = {str(m.id): str(m.string) for m in catalog(language) if m.id}
        lacking = [text for text in wanted if not known.get(text)]
        extra = sorted(known.keys() - set(wanted))
        wrong += len(lacking) + len(extra)
        for text in lacking:
            print(f"{language}: lacks {text!r}")
        for text in extra:
            print(f"{language}: no longer used {text!r}")
        if "--write" in sys.argv:
            fresh = Catalog(locale=language, project="e4j", fuzzy=False)
            for text in wanted:
                fresh.add(text, known.get(text, ""))
            path = PACKAGE / "locales" / language / "site.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                write_po(file, fresh, width=0, omit_header=False)
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
