"""Tables as teachers fill them in: Excel and LibreOffice, merged cells, any separator, and nothing that acts."""

import csv
import io
import zipfile
from typing import Any

import pytest
from hypothesis import given, strategies as st
from openpyxl import Workbook, load_workbook
from toolkit.quizzes import EVERYTHING, sent

from e4j.load.exchange import import_quiz
from e4j.load.exchange.table import unguard
from e4j.model.exchange import Import
from e4j.model.plain import item_value
from e4j.publish.exchange.table import guard


def of_rows(rows: list[list[Any]], separator: str = ",", encoding: str = "utf-8") -> Import:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator).writerows(rows)
    return import_quiz("csv", buffer.getvalue().encode(encoding), "q.csv", "en")


def of_book(rows: list[list[Any]], merged: tuple[str, ...] = ()) -> Import:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return import_quiz("xlsx", buffer.getvalue(), "q.xlsx", "en")


def items(found: Import) -> list[dict[str, Any]]:
    assert found.quiz is not None
    return [item_value(item) for item in found.quiz.items]


ROWS = [
    ["stem", "options", "key", "feedback", "explain", "points"],
    ["Who decides?", "* A judge | The mayor", "", "Yes. | No.", "Courts do.", "2"],
    ["Is it so?", "", "TRUE", "", "", ""],
    ["How many?", "", "12 ± 1", "", "", ""],
    ["Which word?", "", "bribe | 50% bribery", "| The crime.", "", ""],
    ["Match.", "Judge = decides | Lawyer = speaks | = sings", "", "", "", ""],
    ["I would.", "Yes | No", "", "", "", ""],
    ["Which two?", "a | b | c", "1, 3", "", "", ""],
]


@pytest.mark.parametrize(("separator", "encoding"), [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), (";", "utf-8")])
def test_kinds_are_told_by_what_is_filled_in(separator: str, encoding: str) -> None:
    found = of_rows(ROWS, separator, encoding)
    assert found.findings == ()
    made = items(found)
    assert [item["type"] for item in made] == ["single", "truefalse", "numeric", "short", "match", "survey", "multiple"]
    assert made[0] == {
        "id": "who-decides", "type": "single", "stem": "Who decides?", "explain": "Courts do.", "points": 2,
        "options": [{"id": "a-judge", "text": "A judge", "correct": True, "feedback": "Yes."}, {"id": "the-mayor", "text": "The mayor", "feedback": "No."}],
    }
    assert made[2]["accept"] == [{"value": "12", "tolerance": "1"}]
    assert made[3]["accept"] == {"en": [{"text": "bribe"}, {"text": "bribery", "credit": 0.5, "feedback": "The crime."}]}
    assert [part["text"] for part in made[4]["distractors"]] == ["sings"]
    assert [option.get("correct", False) for option in made[6]["options"]] == [True, False, True]


def test_excel_with_numbers_truths_and_merged_cells() -> None:
    found = of_book([
        ["Type", "Stem", "Options", "Key", "Feedback", "Points"], ["single", "Who decides?", "* A judge", None, "Yes.", 2.0], [None, None, "The mayor", None, None, None],
        [None, None, "A trader", None, "No.", None], [None, None, None, None, None, None], ["truefalse", "Is it so?", None, True, None, 1], ["numeric", "How many?", None, 12.5, None, None],
    ], merged=("A2:A4", "B2:B4"))
    assert found.findings == ()
    single, truth, number = items(found)
    assert [(option["text"], option.get("feedback")) for option in single["options"]] == [("A judge", "Yes."), ("The mayor", None), ("A trader", "No.")]
    assert (single["points"], truth["answer"], number["accept"]) == (2, True, [{"value": "12.5"}])


def test_every_mistake_is_found_at_its_row() -> None:
    found = of_rows([
        ["id", "type", "stem", "options", "key", "feedback", "points", "mood"], ["a", "single", "Who?", "One | Two", "", "", "", ""], ["b", "truefalse", "So?", "", "perhaps", "", "", ""],
        ["c", "single", "", "* One | Two", "", "", "", ""], ["d", "numeric", "How many?", "", "lots", "", "", ""], ["e", "match", "Match.", "a = b | c", "", "", "", ""],
        ["f", "single", "Which?", "* One | Two", "", "1 | 2 | 3", "", ""], ["g", "order", "Order.", "first", "", "", "", ""], ["h", "single", "Which?", "* One | Two", "", "", "half", ""],
        ["i", "cloze", "A {{1}} b", "2: x", "", "", "", ""], ["j", "dance", "Dance.", "", "", "", "", ""], ["k", "truefalse", "Right?", "", "yes", "", "", ""],
    ])
    assert [(finding.line, finding.code) for finding in found.findings] == [(1, "X004"), *((line, "X001") for line in range(2, 11)), (11, "X003")]
    assert [item["id"] for item in items(found)] == ["k"]


def test_lines_are_those_of_the_file_also_after_cells_of_several_lines() -> None:
    found = of_rows([["stem", "options"], ["Which?", "* One\nTwo\nThree"], ["Who?", "One"]])
    assert [finding.line for finding in found.findings] == [5]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20))
def test_no_cell_is_a_formula_and_every_cell_comes_back(text: str) -> None:
    assert guard(text)[:1] not in set("=+-@\t\r")
    assert unguard(guard(text)) == text


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_formulas_are_texts(name: str) -> None:
    from dataclasses import replace
    item = EVERYTHING.items[0]
    quiz = replace(EVERYTHING, items=(replace(item, stem=replace(item.stem, value='=HYPERLINK("http://evil.example")')),))
    ((file, data),) = sent(name, quiz).files.items()
    if name == "csv":
        cells = [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")) for cell in row]
    else:
        sheet = load_workbook(io.BytesIO(data)).active
        assert sheet is not None
        cells = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None and cell.data_type != "f"]
        assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    assert not any(cell[:1] in set("=+-@") for cell in cells if cell)
    found = import_quiz(name, data, file, "en")
    assert found.quiz is not None and found.quiz.items[0].stem.value == '=HYPERLINK("http://evil.example")'


def _changed(data: bytes, change: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, old.read(name)))
        for name in change.keys() - set(old.namelist()):
            new.writestr(name, change[name])
    return buffer.getvalue()


@pytest.mark.parametrize(("change", "code"), [
    ({"xl/worksheets/sheet1.xml": b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'}, "X002"), ({"../../x": b"y"}, "X002"), ({"xl/media/bomb.png": b"\0" * 30_000_000}, "X002"),
    ({"xl/workbook.xml": b"<broken"}, "X001"), ({"[Content_Types].xml": b""}, "X001"),
])
def test_workbooks_that_mean_harm_or_are_broken_are_findings(change: dict[str, bytes], code: str) -> None:
    data = next(iter(sent("xlsx", EVERYTHING).files.values()))
    found = import_quiz("xlsx", _changed(data, change), "q.xlsx", "en")
    assert found.quiz is None
    assert [finding.code for finding in found.findings] == [code]


@pytest.mark.parametrize("data", [b"", b"stem\n", b"a,b\n1,2\n", b"\xff\xfe\x00", "stem\nOù".encode("latin-1")])
def test_what_is_no_table_of_questions_is_a_finding(data: bytes) -> None:
    found = import_quiz("csv", data, "q.csv", "en")
    assert [finding.code for finding in found.findings] == ["X001"]


@given(st.one_of(st.binary(max_size=120), st.text(alphabet='stem,;\n"|*=\\%±1:{}', max_size=100).map(lambda text: f"stem,options,key,type\n{text}".encode())))
def test_any_bytes_give_findings_and_never_a_traceback(data: bytes) -> None:
    for name in ("csv", "xlsx"):
        found = import_quiz(name, data, "q", "en")
        assert found.quiz is not None or found.findings
