"""`e4j list`: what the catalog holds."""

import json
from collections.abc import Sequence
from pathlib import Path

import click

from e4j.build.loaded import require_sources
from e4j.cli import options
from e4j.model.catalog import Course, Module


@click.command(name="list")
@options.roots()
@click.option("--pages", "what", flag_value="pages", help="Every page by the id that {page} takes.")
@click.option("--quizzes", "what", flag_value="quizzes", help="Every quiz and its items.")
@click.option("--courses", "what", flag_value="courses", help="Every course.")
@click.option("--modules", "what", flag_value="modules", default="modules", help="Every module (the default).")
@options.as_json()
def command(roots: Sequence[Path], what: str, as_json: bool) -> None:  # noqa: FBT001
    """List modules, pages, quizzes or courses with their ids."""
    catalog = require_sources(roots).catalog
    owners: list[Module | Course] = [*catalog.modules.values(), *catalog.courses.values()]
    rows: dict[str, list[dict[str, object]]] = {
        "modules": [{"id": m.id, "level": m.level, "minutes": m.minutes, "title": m.title.value} for m in catalog.modules.values()],
        "courses": [{"id": c.id, "audience": c.audience, "modules": list(c.modules), "title": c.title.value} for c in catalog.courses.values()],
        "pages": [{"id": f"{o.id}/{p.id}", "audience": p.audience, "minutes": p.minutes, "title": p.title.value} for o in owners for p in o.pages],
        "quizzes": [{"id": q.id, "items": [i.id for i in q.items], "title": q.title.value} for q in catalog.quizzes.values()],
    }
    if as_json:
        click.echo(json.dumps(rows[what], ensure_ascii=False, indent=1))
        return
    width = max((len(str(row["id"])) for row in rows[what]), default=0)
    for row in rows[what]:
        between = "  ".join(str(row[key]) for key in row if key not in {"id", "title", "items", "modules"})
        click.echo(f"{row['id']:<{width}}  {between}  {row['title']}")
