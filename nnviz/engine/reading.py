"""A file or a paste becomes a table; whatever is read otherwise than it is written is said."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

import pandas as pd

from nnviz.engine import decoding, lines, workbook
from nnviz.engine.numerals import Cell, Column, Numeral, decimal_marks, plain
from nnviz.engine.table import MAX_BYTES, TableError, check_names, check_size

_NAMED = 3  # columns in a sentence


@dataclass(frozen=True)
class Ambiguous:
    """A column whose points or commas may stand before decimals or between thousands.

    cell: one of those, as it is written. point, comma: the number that it is if that is the
    decimal mark.
    """

    column: str
    cell: str
    point: float
    comma: float

    def read(self, decimal: str) -> str:
        """The cell as it would be read."""
        return _said(self.point if decimal == "." else self.comma)


@dataclass(frozen=True)
class Reading:
    """A table as it was read.

    table: a column is float where all of it is numbers, blank cells NaN; else text, blank cells
        None. No two names are the same.
    notes: a sentence on everything that is not as it is written.
    ambiguous: columns that are still text, as only a person can tell which numbers are meant;
        `read` is then to be told the decimal mark.
    """

    table: pd.DataFrame
    notes: tuple[str, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()


def read_table(
    source: str | os.PathLike | bytes | IO[bytes], decimal: str | None = None
) -> pd.DataFrame:
    """Read a table whose first line names the columns, see `read`.

    Raises TableError, also where only a person can tell “1,234” for 1234 from 1.234.
    """
    reading = read(source, decimal)
    if reading.ambiguous:
        one = reading.ambiguous[0]
        raise TableError(
            f"{one.column} has cells such as “{one.cell}”, which may be {one.read('.')} or "
            f'{one.read(",")}. Say which with decimal="." or decimal=",".'
        )
    return reading.table


def read(source: str | os.PathLike | bytes | IO[bytes], decimal: str | None = None) -> Reading:
    """Read a table, and say what was read otherwise than it is written.

    source: a path, a file's bytes, or a binary file. Text in UTF-8, UTF-16 or an older encoding,
        with commas, semicolons, tabs, bars or spaces between cells; or an Excel workbook (.xlsx).
    decimal: "." or ",", the decimal mark of columns that can be read either way.

    A title above the names, blank rows and columns at the end, and a first column without a name
    that only tells rows apart are left out. Where the first line holds no names, columns are
    named by number. ``?``, ``NA``, ``null``, ``–``, ``#N/A`` and the like are blank cells.

    Raises TableError if it can't be read as a table, a column has no name or another's, or
    it is larger than 5 MB, 10,000 rows or 50 columns; ValueError for another decimal mark.
    """
    if decimal not in (None, ".", ","):
        raise ValueError(f"The decimal mark must be “.” or “,”, not {decimal!r}.")
    content = _bytes_of(source)
    cells, delimiter, said = _cells_of(content)
    written = lines.as_table(cells)
    check_size(len(written.rows), len(written.names))
    check_names(written.names)
    by_column = zip(*written.rows) if written.rows else [()] * len(written.names)
    columns = [Column(name, cells) for name, cells in zip(written.names, by_column)]
    return _read_columns(columns, delimiter, decimal, said + written.said)


def _bytes_of(source: str | os.PathLike | bytes | IO[bytes]) -> bytes:
    """At most one byte more than is allowed, so that a huge file is never read whole."""
    try:
        if isinstance(source, bytes):
            content = source
        elif hasattr(source, "read"):
            content = source.read(MAX_BYTES + 1)
        else:
            with open(source, "rb") as file:
                content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise TableError(f"The file can't be read: {error.strerror}.") from error
    if len(content) > MAX_BYTES:
        raise TableError(
            f"The file is larger than {MAX_BYTES // 1_000_000} MB. Keep the rows that matter."
        )
    return content


def _cells_of(content: bytes) -> tuple[Sequence[Sequence[Cell]], str | None, list[str]]:
    """A file's lines of cells, what separates them in a text, and what is to be said of it."""
    if workbook.is_zip(content):
        sheet, said = workbook.first_sheet(content)
        return sheet, None, said
    text, said = decoding.decoded(content)
    rows, delimiter, of_separators = lines.split(text)
    return rows, delimiter, said + of_separators


def _read_columns(
    columns: list[Column], delimiter: str | None, decimal: str | None, said: list[str]
) -> Reading:
    marks = [mark or decimal for mark in decimal_marks(columns, delimiter)]
    table = pd.DataFrame(
        {column.name: _values(column, mark) for column, mark in zip(columns, marks)}
    )
    open_ = [_ambiguous(column) for column, mark in zip(columns, marks) if mark is None]
    return Reading(table, (*said, *_notes(columns, marks)), tuple(open_))


def _values(column: Column, mark: str | None) -> pd.Series:
    """The cells as numbers, or as text where one is no number or it can't be told which.

    Beside a slip of the keys, a number is written so that `Dataset` reads it.
    """
    if column.is_numbers and mark is not None:
        numbers = [float("nan") if one is None else one.value(mark) for one in column.numerals]
        return pd.Series(numbers, dtype=float)
    cells = [
        None if blank else _text(cell, one if column.is_mostly_numbers else None, mark)
        for cell, blank, one in zip(column.cells, column.is_blank, column.numerals)
    ]
    return pd.Series(cells, dtype=object)


def _text(cell, number: Numeral | None, mark: str | None) -> str:
    if isinstance(cell, float):
        return plain(cell)
    if number is None or mark is None or not number.rewritten(mark):
        return cell
    return plain(number.value(mark))


def _ambiguous(column: Column) -> Ambiguous:
    """The column with an example, of which there is always one where the mark is unknown."""
    one = column.ambiguous[0]
    return Ambiguous(column.name, one.text, one.value("."), one.value(","))


def _notes(columns: Sequence[Column], marks: Sequence[str | None]) -> Iterator[str]:
    """What numbers and blanks there are that are not written as such, with an example each."""
    examples: dict[tuple, str] = {}
    cells: defaultdict[tuple, Counter] = defaultdict(Counter)
    for column, mark in zip(columns, marks):
        for kind, cell, value in _rewritten(column, mark):
            if kind not in examples:
                read_as = "“{}” read as blank" if value is None else f"{{}} read as {_said(value)}"
                examples[kind] = read_as.format(cell)
            cells[kind][column.name] += 1
    for kind, example in examples.items():
        count = cells[kind].total()
        many = "1 cell" if count == 1 else f"{count:,} cells"
        yield f"{example} in {many} of {_listed(list(cells[kind]))}."


def _rewritten(
    column: Column, mark: str | None
) -> Iterator[tuple[tuple[str, str], Cell, float | None]]:
    """Each cell that isn't read as it is written: of what kind it is, and how it is read."""
    for cell, blank, one in zip(column.cells, column.is_blank, column.numerals):
        if blank:
            if cell and cell != "?":
                yield ("blank", str(cell)), cell, None
        elif one and mark and column.is_mostly_numbers and (kind := one.rewritten(mark)):
            yield ("number", kind), one.text, one.value(mark)


def _said(value: float) -> str:
    """A number in a sentence, with a true minus."""
    return plain(value).replace("-", "−")


def _listed(names: Sequence[str]) -> str:
    shown = [name[:40] for name in names[:_NAMED]]
    more = len(names) - len(shown)
    if more:
        return f"{', '.join(shown)} and {more} more {'column' if more == 1 else 'columns'}"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)
