"""The first sheet of an Excel workbook as lines of cells."""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from itertools import islice
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from nnviz.engine.numerals import Cell
from nnviz.engine.table import MAX_COLUMNS, MAX_ROWS, TableError, visible

# What 5 MB may unpack to: the largest table that can be shown needs 25.
_MOST_UNPACKED = 50_000_000
_AROUND = 100  # rows and columns beyond the limits that are looked at: title, blank and index
_OTHERS = {
    "application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument table",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
    "Index/Document.iwa": "a Numbers or Pages document",
    "xl/workbook.bin": "a binary Excel workbook",
}
_BROKEN = (
    zipfile.BadZipFile, InvalidFileException, ParseError, zlib.error,
    KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError,
    NotImplementedError, RuntimeError, AssertionError,
)  # fmt: skip  # what openpyxl raises for a file that isn't as it should be


def is_zip(content: bytes) -> bool:
    """Whether it is packed as workbooks are."""
    return content.startswith(b"PK\3\4") and zipfile.is_zipfile(io.BytesIO(content))


def first_sheet(content: bytes) -> tuple[list[list[Cell]], list[str]]:
    """The cells of a workbook's first sheet, and what is to be said of it.

    Numbers are floats; dates are text, as 2024-05-17; formulas are what they last gave.

    Raises TableError if it is no workbook, is damaged, or unpacks to more than a table needs.
    """
    try:
        _check_unpacked(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            sheets = book.worksheets
            if not sheets:
                raise TableError("The workbook has no sheet with cells.")
            sheet = sheets[0]
            sheet.reset_dimensions()  # what the file says of its size may be wrong
            rows = sheet.iter_rows(max_col=MAX_COLUMNS + _AROUND, values_only=True)
            lines = [_cells(row) for row in islice(rows, MAX_ROWS + _AROUND)]
        finally:
            book.close()
    except TableError:
        raise
    except _BROKEN as error:
        raise TableError("The workbook can't be read: it is damaged or locked.") from error
    said = []
    if len(sheets) > 1:
        said.append(f"The first of {len(sheets)} sheets was read: “{sheet.title}”.")
    return lines, said


def _check_unpacked(content: bytes) -> None:
    """Unpack it once, counting: what a file says of its own size may be a trap."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = packed.namelist()
        if "xl/workbook.xml" not in names:
            kinds = [*names, _media_type(packed) if "mimetype" in names else ""]
            what = next((_OTHERS[kind] for kind in kinds if kind in _OTHERS), "a compressed file")
            raise TableError(
                f"This is {what}, which can't be read. Save the table as CSV or .xlsx."
            )
        left = _MOST_UNPACKED
        for name in names:
            with packed.open(name) as part:
                while piece := part.read(1 << 20):
                    left -= len(piece)
                    if left < 0:
                        raise TableError(
                            "The workbook unpacks to far more than a table needs. "
                            "Save its first sheet as CSV."
                        )


def _media_type(packed: zipfile.ZipFile) -> str:
    with packed.open("mimetype") as part:
        return part.read(100).decode("ascii", "replace")


def _cells(row: tuple) -> list[Cell]:
    """A row as far as it holds anything; it comes as wide as was asked for."""
    last = max((j for j, value in enumerate(row) if value is not None), default=-1)
    return [_cell(value) for value in row[: last + 1]]


def _cell(value) -> Cell:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return _float(value)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    return None if value is None else visible(str(value)) or None


def _float(value: int | float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
