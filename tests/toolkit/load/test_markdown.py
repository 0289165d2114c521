"""Blocks: what is read, on which line, and under an id that lasts."""

from hypothesis import given, strategies as st

from e4j.load.markdown import BlockReader
from e4j.model import blocks as b
from e4j.model.text import Text


def read(text: str, first_line: int = 1) -> tuple[b.Block, ...]:
    findings: list[object] = []
    blocks = BlockReader("x.md", findings).read(text.splitlines(), first_line)
    assert findings == []
    return blocks


WORDS = st.text("abcdefghij é中ب", min_size=1, max_size=20).map(lambda t: "w" + " ".join(t.split()))
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=6)


def ids(paragraphs: list[str]) -> dict[str, str]:
    return {block.text.value: block.id for block in read("\n\n".join(paragraphs)) if isinstance(block, b.Paragraph)}


@given(PARAGRAPHS, PARAGRAPHS, st.randoms())
def test_a_paragraph_keeps_its_id_wherever_others_are_put(kept: list[str], new: list[str], random: object) -> None:
    kept = list(dict.fromkeys(kept))
    mixed = list(dict.fromkeys([*kept, *new]))
    random.shuffle(mixed)
    before, after = ids(kept), ids(mixed)
    assert {text: after[text] for text in before} == before
    assert len(set(after.values())) == len(after)


def test_the_same_words_twice_get_ids_apart() -> None:
    one, two, three = read("Same.\n\nSame.\n\nSame.\n")
    assert (two.id, three.id) == (f"{one.id}-2", f"{one.id}-3")


def test_an_id_depends_on_words_and_not_on_how_lines_are_broken() -> None:
    assert read("One two\nthree.\n")[0].id == read("One   two three.\n")[0].id


def test_every_block_is_read_with_its_line() -> None:
    heading, paragraph, items, quote, code, rule, table = read(
        "## A {#a}\n\nText over\ntwo lines.\n\n3. one\n4. two\n\n   - deep\n\n> Said.\n\n```python\nx = 1\n```\n\n---\n\n| a | b |\n|:-:|--:|\n| 1 | **2** |\n", 10,
    )
    assert heading == b.Heading(id="a", line=10, level=2, text=Text(value="A", line=10))
    assert (paragraph.line, paragraph.text.value) == (12, "Text over two lines.")
    assert isinstance(items, b.List)
    assert (items.line, items.start, items.tight, [item.line for item in items.items]) == (15, 3, False, [15, 16])
    assert isinstance(items.items[1].blocks[1], b.List) and items.items[1].blocks[1].line == 18
    assert isinstance(quote, b.Quote) and quote.line == 20
    assert isinstance(code, b.Code) and (code.line, code.language, code.text) == (22, "python", "x = 1\n")
    assert isinstance(rule, b.Rule)
    assert isinstance(table, b.Table)
    assert (table.align, [cell.value for cell in table.header], [[cell.value for cell in row] for row in table.rows]) == (("center", "end"), ["a", "b"], [["1", "**2**"]])


def test_a_definition_of_a_link_is_text_and_not_lost() -> None:
    (paragraph,) = read("[a]: https://example.org/ 'Title'\n")
    assert isinstance(paragraph, b.Paragraph)
    assert paragraph.text.value == "[a]: https://example.org/ 'Title'"


def test_a_step_with_all_it_may_hold() -> None:
    (step,) = read(":::{step} Hear it\n:id: hear\n:minutes: 5 8 10\n:form: pairs\n:objective: one, two\n\n:::{stage}\nLook.\n:::\n:::{say} Aloud\nListen.\n:::\n:::\n")
    assert isinstance(step, b.Step)
    assert (step.id, step.title.value, step.minutes, step.form, step.objectives) == ("hear", "Hear it", b.Minutes(least=5, usual=8, most=10), b.Form.PAIRS, ("one", "two"))
    stage, say = step.blocks
    assert isinstance(stage, b.Stage) and isinstance(say, b.TeacherOnly)
    assert (say.kind, say.title.value) == ("say", "Aloud")


@given(st.text(max_size=200))
def test_no_text_makes_reading_fail(text: str) -> None:
    blocks = BlockReader("x.md", []).read(text.splitlines(), 1)
    assert all(block.id and block.line >= 1 for block in blocks)
