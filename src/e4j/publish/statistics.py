"""The figures of how questions work, as text for a terminal and as one HTML page for a browser."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from e4j.mark.statistics import Choice, Flag, Group, ItemReport, QuizReport

FLAGS: Mapping[str, str] = {
    "efficiency": "it hardly tells apart who knows and who does not",
    "too-hard": "nearly nobody answers it rightly",
    "too-easy": "nearly everybody answers it rightly",
    "idle": "nearly nobody takes '{name}'",
    "misleading": "those who do well elsewhere take '{name}'",
    "hard-in-language": "it is harder in '{name}' than in the other languages: look at the translation",
}
"""What an author should look at, by the code of a flag."""

_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0}th,td{border:1px solid #767676;padding:.3rem .6rem;text-align:start}"
    "td.n{text-align:end;font-variant-numeric:tabular-nums}caption{text-align:start;font-weight:600}"
)
_HEADS = ("Who", "Answers", "Facility", "Discrimination", "Efficiency")


def statistics_text(reports: Iterable[QuizReport]) -> str:
    """Return the figures as lines: a quiz, its items, who answered, and what to look at."""
    lines: list[str] = []
    for report in reports:
        lines.append(report.quiz)
        for item in report.items:
            lines.append(f"  {item.item}")
            lines += [f"    {_group_line(group)}" for group in item.groups]
            lines += [f"    ! {flag_text(flag)}" for flag in item.flags]
    return "\n".join(lines)


def flag_text(flag: Flag) -> str:
    """Say what a flag means."""
    return FLAGS[flag.code].format(name=flag.name)


def _group_line(group: Group) -> str:
    who = _who(group)
    if group.withheld:
        return f"{who}: too few to be shown"
    figures = zip(_HEADS[1:], _figures(group), strict=True)
    return f"{who}: " + ", ".join(f"{name.lower()} {figure}" for name, figure in figures)


def _who(group: Group) -> str:
    return "everybody" if group.kind == "all" else f"{'language' if group.kind == 'lang' else group.kind} {group.name}"


def _figures(group: Group) -> tuple[str, ...]:
    return (str(group.n), _share(group.facility), _per_cent(group.discrimination), _per_cent(group.efficiency))


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.0f} %"


def _per_cent(value: float | None) -> str:
    return "–" if value is None else f"{value:.0f} %"


def statistics_html(reports: Sequence[QuizReport]) -> bytes:
    """Return one page without scripts and without anything from elsewhere."""
    body = "".join(_parts(reports)) or "<p>There are no answers.</p>"
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>How the questions work</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main><h1>How the questions work</h1>{body}</main></body></html>\n'.encode()


def _parts(reports: Iterable[QuizReport]) -> Iterator[str]:
    for report in reports:
        yield f"<h2>{escape(report.quiz)}</h2>"
        for item in report.items:
            yield f"<h3>{escape(item.item)}</h3>"
            if item.flags:
                yield "<ul>" + "".join(f"<li>{escape(flag_text(flag))}</li>" for flag in item.flags) + "</ul>"
            yield _groups(item)
            yield from (_choices(group) for group in item.groups if group.choices)


def _groups(item: ItemReport) -> str:
    heads = "".join(f'<th scope="col">{name}</th>' for name in _HEADS)
    rows = "".join(f'<tr><th scope="row">{escape(_who(group))}</th>{_cells(group)}</tr>' for group in item.groups)
    return f"<table><caption>Answers to {escape(item.item)}</caption><tr>{heads}</tr>{rows}</table>"


def _cells(group: Group) -> str:
    if group.withheld:
        return f'<td colspan="{len(_HEADS) - 1}">too few to be shown</td>'
    return "".join(f'<td class="n">{figure}</td>' for figure in _figures(group))


def _choices(group: Group) -> str:
    rows = "".join(_choice(choice) for choice in group.choices)
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Answer", "Right", "Taken", "Share", "Elsewhere"))
    return f"<details><summary>What was answered: {escape(_who(group))}</summary><table><tr>{heads}</tr>{rows}</table></details>"


def _choice(choice: Choice) -> str:
    right = "" if choice.right is None else "yes" if choice.right else "no"
    figures = "".join(f'<td class="n">{figure}</td>' for figure in (choice.n, _share(choice.share), _share(choice.mean_rest)))
    return f'<tr><th scope="row">{escape(choice.name)}</th><td>{right}</td>{figures}</tr>'


__all__ = ["FLAGS", "flag_text", "statistics_html", "statistics_text"]
