"""`e4j new`: begin a module, lesson, quiz or course with everything in its place."""

from collections.abc import Mapping
from pathlib import Path

import click

from e4j.errors import UsageError
from e4j.load.decode import ID
from e4j.model.catalog import Level
from e4j.write.site import write_files

MODULE = """\
id: {id}
title: {title}
level: {level}
summary: Two or three sentences for the catalogue.
themes: []
ages: {ages}
minutes: 45
key_question: What should learners still be asking themselves tomorrow?
outcomes:
  - {{id: first-outcome, text: "Say what learners can do afterwards, with a verb that can be observed."}}
licence: CC-BY-4.0
"""
LESSON = """\
---
id: {id}
title: {title}
description: One sentence for search results and lists.
minutes: 45
outcomes: []
---

Begin with what learners already know.

::::{{step}} The first step
:id: {id}-first-step
:minutes: 5 10 15
:form: whole-class

:::{{stage}}
What the wall shows.
:::

:::{{say}}
What you say.
:::

:::{{expect}}
- What learners may answer.
:::
::::

## What we found out {{#{id}-found-out}}

End with what to remember.
"""
QUIZ = """\
schema: quiz/1
id: {id}
title: {title}
settings: {{mode: practice, pass: 0.6}}
items:
  - id: first-question
    type: single
    stem: A case, in two sentences. What should happen?
    options:
      - {{id: right, text: The right thing, correct: true, feedback: "Yes, because …"}}
      - {{id: tempting, text: What many would do, feedback: "It is tempting, but …"}}
      - {{id: wrong, text: Something else, feedback: "Think of …"}}
    explain: What is shown after every answer.
"""
COURSE = """\
id: {id}
title: {title}
summary: One or two sentences for the list of courses.
audience: learner
ages: [14, 99]
modules: []
pass: {{quizzes: 0.6, pages: all}}
licence: CC-BY-4.0
"""
WELCOME = "---\nid: index\ntitle: {title}\n---\n\nSay who this course is for and how long it takes.\n"
AGES: Mapping[str, str] = {"primary": "[6, 9]", "secondary": "[13, 18]", "university": "[18, 99]"}


@click.group()
def command() -> None:
    """Begin something new with everything in its place."""


in_root = click.option("--root", type=click.Path(path_type=Path, file_okay=False, exists=True), default=Path(), help="The content root.")


def _write(root: Path, files: Mapping[str, str]) -> None:
    if not (root / "catalog.yml").is_file():
        raise UsageError(f"'{root}' is not a content root: it has no catalog.yml. Name one with --root.")
    for path in files:
        if (root / path).exists():
            raise UsageError(f"{path} exists already; nothing was written.")
    write_files(root, {path: text.encode() for path, text in files.items()})
    for path in files:
        click.echo(path)


def _name(identity: str, title: str | None) -> dict[str, str]:
    if not ID.fullmatch(identity):
        raise UsageError(f"'{identity}' is not a well-formed id. Use small letters a-z, digits and single hyphens.")
    return {"id": identity, "title": title or identity.replace("-", " ").capitalize()}


@command.command()
@in_root
@click.argument("identity", metavar="ID")
@click.option("--level", type=click.Choice([level.value for level in Level]), required=True)
@click.option("--title", help="The title; it can be changed at any time, the id cannot.")
def module(root: Path, identity: str, level: str, title: str | None) -> None:
    """Begin a module: module.yml and a first page."""
    names = _name(identity, title)
    folder = f"modules/{level}/{identity}"
    _write(root, {
        f"{folder}/module.yml": MODULE.format(**names, level=level, ages=AGES[level]),
        f"{folder}/01-lesson.md": LESSON.format(id="lesson", title=names["title"]),
    })


@command.command()
@in_root
@click.argument("module_id", metavar="MODULE")
@click.argument("identity", metavar="ID")
@click.option("--title")
def lesson(root: Path, module_id: str, identity: str, title: str | None) -> None:
    """Add a page to a module, after its last."""
    folders = [path for level in Level if (path := root / "modules" / level / module_id).is_dir()]
    if not folders:
        raise UsageError(f"There is no module '{module_id}'. `e4j list` names all, `e4j new module` begins one.")
    number = len([*folders[0].glob("[0-9]*.md"), *folders[0].glob("[0-9]*.ipynb")]) + 1
    home = folders[0].relative_to(root).as_posix()
    _write(root, {f"{home}/{number:02}-{identity}.md": LESSON.format(**_name(identity, title))})


@command.command()
@in_root
@click.argument("identity", metavar="ID")
@click.option("--title")
def quiz(root: Path, identity: str, title: str | None) -> None:
    """Begin a quiz with one question."""
    _write(root, {f"quizzes/{identity}.yml": QUIZ.format(**_name(identity, title))})


@command.command()
@in_root
@click.argument("identity", metavar="ID")
@click.option("--title")
def course(root: Path, identity: str, title: str | None) -> None:
    """Begin a course with its welcome."""
    names = _name(identity, title)
    _write(root, {f"courses/{identity}/course.yml": COURSE.format(**names), f"courses/{identity}/index.md": WELCOME.format(**names)})
