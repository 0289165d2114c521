"""Read a page: front matter and blocks, from Markdown or from a notebook."""

import json
import re
from dataclasses import dataclass, replace
from typing import Any

from e4j.load.decode import check_id, decode
from e4j.load.markdown import BlockReader
from e4j.load.yaml import read_yaml
from e4j.model import blocks as b
from e4j.model.catalog import Audience, Page
from e4j.model.codes import finding
from e4j.model.finding import Finding
from e4j.model.text import EMPTY, Text

_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class _FrontMatter:
    id: str
    title: Text
    description: Text = EMPTY
    audience: Audience = Audience.ALL
    minutes: int = 0
    outcomes: tuple[str, ...] = ()


def read_page(text: str, path: str, findings: list[Finding]) -> Page | None:
    """Read a Markdown page; None where the front matter cannot be used. The rest of the page is read all the same."""
    lines = text.splitlines()
    end = _front_matter_end(lines)
    reader = BlockReader(path, findings)
    if end is None:
        findings.append(finding("M011", path, 1, "the page does not begin with front matter"))
        reader.read(lines, 1)
        return None
    page = _front_matter(lines[1:end], path, findings)
    blocks = reader.read(lines[end + 1:], end + 2)
    return replace(page, blocks=blocks) if page else None


def _front_matter_end(lines: list[str]) -> int | None:
    if not lines or lines[0].rstrip() != "---":
        return None
    return next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)


def _front_matter(lines: list[str], path: str, findings: list[Finding]) -> Page | None:
    document = read_yaml("\n".join(lines), path, findings, first_line=2)
    if document is None:
        return None
    front = decode(document, _FrontMatter, path, findings)
    if front is None:
        return None
    check_id(front.id, path, document.line(("id",)), findings)
    return Page(
        id=front.id, title=front.title, description=front.description, audience=front.audience, minutes=front.minutes,
        outcomes=front.outcomes, path=path,
    )


def read_notebook(text: str, path: str, findings: list[Finding]) -> Page | None:
    """Read a Jupyter notebook (nbformat 4) with its stored outputs. Nothing is executed."""
    try:
        cells = json.loads(text)["cells"]
        sources = [("".join(cell["source"]), cell) for cell in cells]
        if not all(isinstance(output, dict) for _, cell in sources for output in cell.get("outputs", ())):
            raise TypeError("an output is a mapping")  # noqa: TRY301 - reported below with the other faults of form
    except (ValueError, KeyError, TypeError) as error:
        line = error.lineno if isinstance(error, json.JSONDecodeError) else 1
        findings.append(finding("N001", path, line, "not readable as a Jupyter notebook"))
        return None
    lines = _cell_lines(text)
    head = sources[0][0].splitlines() if sources else []
    end = _front_matter_end(head)
    if end is None:
        findings.append(finding("M011", path, 1, "the first cell does not begin with front matter"))
        return None
    page = _front_matter(head[1:end], path, findings)
    if page is None:
        return None
    blocks = _cells(sources, end, lines, path, findings)
    return replace(page, notebook=True, blocks=blocks)


def _cells(sources: list[tuple[str, Any]], end: int, lines: list[int], path: str, findings: list[Finding]) -> tuple[b.Block, ...]:
    reader = BlockReader(path, findings)
    result: list[b.Block] = []
    for number, (source, cell) in enumerate(sources):
        line = lines[number] if number < len(lines) else 1
        text = source.splitlines()[end + 1:] if number == 0 else source.splitlines()
        if cell.get("cell_type") == "markdown":
            result.extend(reader.read(text, line))
        elif cell.get("cell_type") == "code":
            result.append(_code_cell(source, cell, number, line, path, findings))
    return tuple(result)


def _code_cell(source: str, cell: Any, number: int, line: int, path: str, findings: list[Finding]) -> b.CodeCell:
    outputs = tuple(output for raw in cell.get("outputs", ()) if (output := _output(raw)) is not None)
    if source.strip() and cell.get("execution_count") is None:
        findings.append(finding("N002", path, line, "this cell has not been run"))
    if any(output.kind == "error" for output in outputs):
        findings.append(finding("N003", path, line, "this cell ends in an error"))
    return b.CodeCell(id=_cell_id(cell, number), line=line, language="python", source=source, outputs=outputs)


def _cell_id(cell: Any, number: int) -> str:
    """Return the cell's own id, which Jupyter keeps unique, apart from the ids authors write."""
    own = str(cell.get("id", ""))
    return f"cell-{own}" if _CELL_ID.fullmatch(own) else f"cell-{number}"


def _output(raw: Any) -> b.Output | None:
    kind = raw.get("output_type")
    if kind == "stream":
        return b.Output(kind="text", data="".join(raw.get("text", "")))
    if kind == "error":
        return b.Output(kind="error", data=f"{raw.get('ename')}: {raw.get('evalue')}")
    data = raw.get("data", {})
    for mime, name in (("image/svg+xml", "svg"), ("image/png", "png"), ("text/plain", "text")):
        if mime in data:
            return b.Output(kind=name, data="".join(data[mime]))
    return None


def _cell_lines(text: str) -> list[int]:
    """Return the line on which each cell's source begins, as notebooks are written with one key a line."""
    return [number + 1 for number, line in enumerate(text.splitlines(), 1) if line.lstrip().startswith('"source":')]


__all__ = ["read_notebook", "read_page"]
