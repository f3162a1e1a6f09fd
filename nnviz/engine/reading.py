"""A file or a paste becomes a table."""

from __future__ import annotations

import csv
import io
import os
from typing import IO

import pandas as pd

from nnviz.engine.table import (
    MAX_BYTES,
    TableError,
    as_number,
    check_names,
    check_size,
)


def read_table(source: str | os.PathLike | bytes | IO[bytes]) -> pd.DataFrame:
    """Read a CSV table whose first line names the columns.

    source: a path, the file's bytes, or a binary file. UTF-8; commas, semicolons (then
        with decimal commas, as spreadsheets write them) or tabs. ``?`` is a blank cell.

    Returns a DataFrame in the file's order; a column that is all numbers is float, any
    other stays text, for `Dataset` to name the cell at fault.

    Raises TableError if it can't be read as a table, a column has no name or another's, or
    it is larger than 5 MB, 10,000 rows or 50 columns.
    """
    text = _decode(_read_bytes(source))
    first_line = next((line for line in text.splitlines() if line.strip()), "")
    try:
        delimiter = max(",;\t", key=lambda d: len(next(csv.reader([first_line], delimiter=d))))
        lines = csv.reader(io.StringIO(text, newline=None), delimiter=delimiter)
        rows = [row for row in lines if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise TableError(f"This is not a CSV table: {error}.") from error
    if not rows:
        raise TableError("The file is empty. It needs a line of column names and rows of numbers.")
    names, cells = [name.strip() for name in rows[0]], rows[1:]
    check_size(len(cells), len(names))
    if len(names) > 1 and all(as_number(_cell(name, delimiter)) is not None for name in names):
        raise TableError("The first line must hold the column names, but it holds numbers.")
    check_names(names)
    for number, row in enumerate(cells, start=1):
        if len(row) > len(names):
            raise TableError(
                f"Row {number} has {len(row)} cells, but there are {len(names)} column names. "
                "Remove the extra cells or name their columns."
            )
    padded = [row + [""] * (len(names) - len(row)) for row in cells]
    columns = [
        _as_numbers(pd.Series([_cell(text, delimiter) for text in column], dtype=object))
        for column in zip(*padded)
    ]
    table = pd.concat(columns, axis=1) if columns else pd.DataFrame(columns=range(len(names)))
    return table.set_axis(names, axis=1)


def _read_bytes(source: str | os.PathLike | bytes | IO[bytes]) -> bytes:
    """At most one byte more than is allowed, so that a huge file is never read whole."""
    try:
        if isinstance(source, bytes):
            return source
        if hasattr(source, "read"):
            return source.read(MAX_BYTES + 1)
        with open(source, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise TableError(f"The file can't be read: {error.strerror}.") from error


def _decode(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise TableError(
            f"The file is larger than {MAX_BYTES // 1_000_000} MB. Keep the rows that matter."
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise TableError(
            "The file is not UTF-8 text. In a spreadsheet, save it as “CSV UTF-8”."
        ) from error
    if "\0" in text:
        raise TableError("This is not a CSV table: it holds binary data.")
    return text


def _cell(text: str, delimiter: str) -> str | None:
    """A cell's text; None if blank; with its decimal comma made a point, if it has one."""
    text = text.strip()
    if delimiter != "," and text.count(",") == 1 and as_number(text.replace(",", ".")) is not None:
        text = text.replace(",", ".")
    return text if text not in ("", "?") else None


def _as_numbers(column: pd.Series) -> pd.Series:
    numbers = [as_number(value) for value in column]
    return column if None in numbers else pd.Series(numbers, dtype=float)
