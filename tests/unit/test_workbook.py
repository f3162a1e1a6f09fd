"""Excel workbooks: which cells they give, and which are refused."""

import datetime
import io
import zipfile

import pytest
from odd_files.workbooks import workbook

from nnviz.engine import workbook as room
from nnviz.engine.reading import read
from nnviz.engine.table import TableError
from nnviz.engine.workbook import first_sheet, is_zip

PLAIN = workbook(["a", "b"], [1, 2])


def packed(**parts):
    """A zip of these parts, by their names."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return content.getvalue()


def repacked(content, **changed):
    """The same workbook with some parts changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return packed(**{name: file.read(name) for name in file.namelist()} | changed)


def test_numbers_are_floats_and_all_else_is_text():
    row = [
        1,
        2.5,
        "x",
        True,
        datetime.date(2024, 5, 17),
        datetime.datetime(2024, 5, 17, 8, 30),
        " ",
    ]
    cells, said = first_sheet(workbook(row))
    assert cells == [[1.0, 2.5, "x", "TRUE", "2024-05-17", "2024-05-17 08:30:00", None]]
    assert said == []


def test_rows_are_as_long_as_they_hold_something():
    assert first_sheet(workbook(["a", None, None], [None, 2]))[0] == [["a"], [None, 2.0]]


def test_a_formula_is_what_it_last_gave():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>'
    )
    content = repacked(PLAIN, **{"xl/worksheets/sheet1.xml": sheet})
    assert first_sheet(content)[0] == [[2.0]]


def test_a_cell_at_the_far_end_costs_nothing():
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<dimension ref="A1:XFD1048576"/><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>2</v></c></row>'
        b'<row r="1048576"><c r="XFD1048576"><v>3</v></c></row></sheetData></worksheet>'
    )
    content = repacked(PLAIN, **{"xl/worksheets/sheet1.xml": sheet})
    assert first_sheet(content)[0][0] == [1.0]


def test_more_rows_or_columns_than_can_be_shown_are_refused():
    with pytest.raises(TableError, match="rows; at most 10,000"):
        read(workbook(["a", "b"], *[[1, 2]] * 10_001))
    with pytest.raises(TableError, match="51 columns; at most 50"):
        read(workbook([f"c{k}" for k in range(51)], [1] * 51))


def test_what_unpacks_to_too_much_is_refused(monkeypatch):
    monkeypatch.setattr(room, "_MOST_UNPACKED", 5_000_000)
    bomb = repacked(PLAIN, **{"xl/media/image1.png": b"\0" * 6_000_000})
    assert len(bomb) < 20_000
    with pytest.raises(TableError, match="unpacks to far more than a table needs"):
        first_sheet(bomb)


def test_what_lies_about_its_size_is_refused():
    content = repacked(PLAIN, **{"xl/worksheets/sheet1.xml": b" " * 100_000})
    lying = content.replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != content
    with pytest.raises(TableError, match="can't be read"):
        first_sheet(lying)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (packed(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "OpenDocument"),
        (packed(**{"word/document.xml": "<a/>"}), "Word document"),
        (packed(**{"Index/Document.iwa": "x"}), "Numbers or Pages"),
        (packed(**{"a.csv": "a,b\n1,2\n"}), "compressed file"),
        (packed(**{"xl/workbook.xml": "<a/>"}), "damaged or locked"),
        (repacked(PLAIN, **{"xl/workbook.xml": b"<a"}), "damaged or locked"),
        (repacked(PLAIN, **{"xl/worksheets/sheet1.xml": b"<a"}), "damaged or locked"),
        (repacked(PLAIN, **{"[Content_Types].xml": b"<a/>"}), "damaged or locked|no sheet"),
    ],
)
def test_what_is_no_sound_workbook_is_named(content, words):
    assert is_zip(content)
    with pytest.raises(TableError, match=words):
        read(content)


def test_a_workbook_cut_short_is_refused():
    for end in range(100, len(PLAIN), 211):
        with pytest.raises(TableError):
            read(PLAIN[:end])


def test_any_slip_in_a_workbook_is_read_or_refused():
    for place in range(0, len(PLAIN), 97):
        slipped = bytearray(PLAIN)
        slipped[place] ^= 0x55
        try:
            read(bytes(slipped))
        except TableError as error:
            assert str(error)
