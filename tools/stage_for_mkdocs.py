"""Stage the source language's pages before MkDocs reads them. MkDocs calls `on_config` at the start of every build."""

from pathlib import Path
from typing import Any

from e4j.build.shells import stage_language

ROOT = Path(__file__).resolve().parent.parent


def on_config(config: Any) -> Any:
    """Point MkDocs at freshly staged pages."""
    if Path(config["docs_dir"]).name == "docs":
        config["docs_dir"] = str(stage_language([ROOT], ROOT / "build" / "pages"))
    return config
