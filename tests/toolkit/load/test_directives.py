"""Directives nest with equal fences and with longer outer ones, and listings hold anything."""

from hypothesis import given, strategies as st

from e4j.load.directives import Chunk, Directive, split_directives

Tree = list[object]


def outline(parts: list[Chunk | Directive]) -> Tree:
    """Return directives as [name, …inside] and other lines as texts; empty lines are left out."""
    result: Tree = []
    for part in parts:
        if isinstance(part, Directive):
            result.append([part.name, *outline(part.parts)])
        else:
            result += [line for line in part.lines if line.strip()]
    return result


def read(text: str) -> tuple[Tree, list[str]]:
    findings: list[object] = []
    parts = split_directives(text.splitlines(), 1, "x.md", findings)
    return outline(parts), [f"{f.line}: {f.code}" for f in findings]


def test_equal_fences_nest_and_the_innermost_closes_first() -> None:
    assert read(":::{step} A\n:::{say}\none\n:::\n:::{expect}\ntwo\n:::\nthree\n:::\nfour\n") == ([["step", ["say", "one"], ["expect", "two"], "three"], "four"], [])


def test_a_longer_outer_fence_holds_shorter_ones() -> None:
    assert read(":::::{step} A\n::::{stage}\n:::{note}\none\n:::\n::::\n:::::\n") == ([["step", ["stage", ["note", "one"]]]], [])


def test_a_longer_closing_line_closes_a_shorter_opening() -> None:
    assert read(":::{note}\none\n::::\ntwo\n") == ([["note", "one"], "two"], [])


def test_closing_the_outer_one_names_those_left_open_inside() -> None:
    assert read("::::{step} A\n:::{say}\none\n::::\ntwo\n") == ([["step", ["say", "one"]], "two"], ["2: M002"])


def test_a_listing_holds_colons_and_even_directives() -> None:
    text = ":::{note}\n```\n:::{say}\n:::\n```\n~~~text\n:::\n```\n~~~\n:::\nend\n"
    assert read(text) == ([["note", "```", ":::{say}", ":::", "```", "~~~text", ":::", "```", "~~~"], "end"], [])


def test_a_listing_is_closed_only_by_as_long_a_fence_of_its_kind() -> None:
    assert read("````\n```\n:::{note}\n````\n:::{tip}\n:::\n") == (["````", "```", ":::{note}", "````", ["tip"]], [])


def test_options_stand_first_and_only_there() -> None:
    findings: list[object] = []
    (directive,) = split_directives([":::{step}  A title ", ":id: one", ":minutes:  1 2 3 ", ":empty:", "text", ":late: no", ":::"], 5, "x.md", findings)
    assert isinstance(directive, Directive)
    assert (directive.name, directive.argument, directive.line) == ("step", "A title", 5)
    assert directive.options == {"id": ("one", 6), "minutes": ("1 2 3", 7), "empty": ("", 8)}
    assert outline(directive.parts) == ["text", ":late: no"]
    assert findings == []


@st.composite
def trees(draw: st.DrawFn, depth: int = 3) -> Tree:
    names = st.sampled_from(["note", "say", "step"])
    words = st.sampled_from(["one", "two words", "- item"])
    if depth == 0:
        return draw(st.lists(words, max_size=2))
    return draw(st.lists(words | st.tuples(names, trees(depth - 1)).map(lambda pair: [pair[0], *pair[1]]), max_size=3))


def height(tree: Tree) -> int:
    return max((1 + height(part[1:]) for part in tree if isinstance(part, list)), default=0)


def write(tree: Tree, *, equal: bool) -> list[str]:
    lines: list[str] = []
    for part in tree:
        if isinstance(part, list):
            fence = ":::" if equal else ":" * (3 + height(part[1:]))
            lines += [f"{fence}{{{part[0]}}}", "", *write(part[1:], equal=equal), fence]
        else:
            lines.append(part)
    return lines


@given(trees(), st.booleans())
def test_whatever_is_nested_is_read_as_it_was_meant(tree: Tree, equal: bool) -> None:
    assert read("\n".join(write(tree, equal=equal))) == (tree, [])


@given(st.lists(st.sampled_from([":::", "::::", ":::{note}", "::::{say}", "```", "~~~", "text", ":id: x", "  :::{tip}", "", "-"]), max_size=12))
def test_no_line_is_lost_however_broken_the_fences(lines: list[str]) -> None:
    findings: list[object] = []
    parts = split_directives(lines, 1, "x.md", findings)
    assert [line for line in lines if line == "text"] == [line for line in flat(outline(parts)) if line == "text"]
    assert all(1 <= finding.line <= len(lines) for finding in findings)


def flat(tree: Tree) -> list[str]:
    return [line for part in tree for line in (flat(part[1:]) if isinstance(part, list) else [part])]
