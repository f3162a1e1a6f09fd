"""A table becomes scaled arrays. Every fault a table can have is found and named here."""

from __future__ import annotations

import csv
import io
import math
import os
from typing import IO

import numpy as np
import pandas as pd

MAX_BYTES = 5_000_000
MAX_ROWS = 10_000
MAX_COLUMNS = 50
MAX_MAGNITUDE = 1e15  # beyond it, doubles no longer hold whole numbers and sums overflow
_FAULTS_SHOWN = 3  # a wrong file can have thousands


class TableError(ValueError):
    """A table that can't be learned from; the message says where and what to do."""

    @classmethod
    def of(cls, faults: list[str]) -> TableError:
        """One error that names the first few faults and counts the rest."""
        more = len(faults) - _FAULTS_SHOWN
        rest = [f"… and {more} more of this kind."] if more > 0 else []
        return cls("\n".join(faults[:_FAULTS_SHOWN] + rest))


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
    _check_size(len(cells), len(names))
    if len(names) > 1 and all(_number(_cell(name, delimiter)) is not None for name in names):
        raise TableError("The first line must hold the column names, but it holds numbers.")
    _check_names(names)
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


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with each cell as the text a person would type; blank cells are None.

    In a grid of text a slip of the keys stays to be seen, and is named by `Dataset`; one of
    numbers would make a number of it, or nothing.
    """

    def text(value) -> str | None:
        number = _number(value)
        if number is None:
            return str(value)
        return None if math.isnan(number) else repr(number).removesuffix(".0")

    return pd.DataFrame(
        {name: pd.Series(map(text, table[name]), dtype=object) for name in table.columns},
        index=table.index,
    )


class Dataset:
    """A table as scaled arrays, ready to train on.

    table: a DataFrame; the last columns are labels, the others inputs. A row whose label
        is blank is a question: predicted, never trained on. Wholly blank rows are left out.
    labels: how many of the last columns are labels.
    label_scale: the label that stands for 1, the sigmoid's upper end; by default the
        smallest power of ten that no label exceeds.

    Raises TableError, naming row (from 1) and column, for every fault in the table.

    X, y: (rows, inputs) and (rows, labels), scaled; training rows alone.
    inputs, targets: the same in the table's own units.
    questions: (questions, inputs), in the table's own units.
    input_names, label_names: lists of the column names.
    input_scale: (inputs,), the largest absolute value of each input column among the
        training rows (the tutorial's ``np.amax(X, axis=0)``).
    training_rows, question_rows: the rows' numbers in the table, from 1.
    """

    def __init__(self, table: pd.DataFrame, labels: int = 1, label_scale: float | None = None):
        _check_size(*table.shape)
        if not 1 <= labels < table.shape[1]:
            raise TableError(
                f"{labels} of {table.shape[1]} columns can't be labels; there must be an input too."
            )
        names = ["" if pd.isna(name) else str(name).strip() for name in table.columns]
        _check_names(names)
        self.input_names, self.label_names = names[:-labels], names[-labels:]
        values, blank = _checked_values(table, names)
        numbers = np.flatnonzero(~blank.all(axis=1))
        values, blank = values[numbers], blank[numbers]

        is_question = blank[:, -labels:].all(axis=1)
        self.training_rows = numbers[~is_question] + 1
        self.question_rows = numbers[is_question] + 1
        _check_blanks(blank, is_question, numbers, names, labels)
        if is_question.all():
            raise TableError(
                f"There is no row to learn from. Give at least one row a {self.label_names[0]}."
            )
        self.inputs, self.targets = values[~is_question, :-labels], values[~is_question, -labels:]
        self.questions = values[is_question, :-labels]
        self.label_scale = _checked_label_scale(label_scale, self.targets)
        _check_labels(self.targets, self.training_rows, self.label_names, self.label_scale)
        self.input_scale = _checked_input_scale(self.inputs, self.input_names)
        self.X, self.y = self.inputs / self.input_scale, self.targets / self.label_scale
        for array in (self.X, self.y, self.inputs, self.targets, self.questions, self.input_scale):
            array.flags.writeable = False  # a Run replays from them

    def scale(self, inputs) -> np.ndarray:
        """Inputs in the table's own units, (rows, inputs), by the training rows' scale.

        Raises ValueError if the shape does not fit or a value is no finite number
        within ±1e15.
        """
        inputs = np.asarray(inputs, dtype=float)
        if inputs.ndim != 2 or inputs.shape[1] != len(self.input_names):
            raise ValueError(
                f"Inputs must have shape (rows, {len(self.input_names)}), not {inputs.shape}."
            )
        if not np.isfinite(inputs).all():
            raise ValueError("Every input must be a finite number.")
        if (np.abs(inputs) > MAX_MAGNITUDE).any():
            raise ValueError(f"Every input must be within ±{MAX_MAGNITUDE:g}.")
        return inputs / self.input_scale

    def scaling(self) -> str:
        """A sentence on what the network sees in the place of the table's numbers."""
        divided = [f"{name} / {size:g}" for name, size in zip(self.input_names, self.input_scale)]
        inputs = ", ".join(divided) if len(divided) <= 4 else "each input / its largest value"
        labels = ", ".join(f"{name} / {self.label_scale:g}" for name in self.label_names)
        return f"The network sees {inputs}, and {labels}."

    def far_outside(self, question) -> list[str]:
        """A sentence for each input far outside what was trained on.

        question: (inputs,), in the table's own units. Far is beyond the training rows' range
        by more than its width, or by more than half the largest value where all are alike.
        """
        low, high = self.inputs.min(axis=0), self.inputs.max(axis=0)
        far = np.where(high > low, high - low, self.input_scale / 2)
        return [
            f"{self.input_names[j]} {question[j]:g} is far outside the training rows "
            f"({low[j]:g} to {high[j]:g}): the answer is an extrapolation."
            for j in np.flatnonzero((question < low - far) | (question > high + far))
        ]


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


def _check_size(rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        raise TableError(f"The table has {rows:,} rows; at most {MAX_ROWS:,} can be shown.")
    if columns > MAX_COLUMNS:
        raise TableError(f"The table has {columns} columns; at most {MAX_COLUMNS} can be shown.")
    if columns < 2:
        raise TableError(
            "The table needs two columns or more: the inputs, and last the label to predict. "
            "If there are more, separate them by commas, semicolons or tabs."
        )


def _cell(text: str, delimiter: str) -> str | None:
    """A cell's text; None if blank; with its decimal comma made a point, if it has one."""
    text = text.strip()
    if delimiter != "," and text.count(",") == 1 and _number(text.replace(",", ".")) is not None:
        text = text.replace(",", ".")
    return text if text not in ("", "?") else None


def _number(value) -> float | None:
    """A cell as a float (blank is NaN), or None if it is not a number."""
    try:
        return float("nan") if value is None or value is pd.NA else float(value)
    except OverflowError:  # a whole number beyond all floats
        return math.inf if value > 0 else -math.inf
    except (TypeError, ValueError):
        return float("nan") if isinstance(value, str) and value.strip() in ("", "?") else None


def _as_numbers(column: pd.Series) -> pd.Series:
    numbers = [_number(value) for value in column]
    return column if None in numbers else pd.Series(numbers, dtype=float)


def _check_names(names: list[str]) -> None:
    faults = []
    for number, name in enumerate(names, start=1):
        if not name:
            faults.append(f"Column {number} has no name. Give it one in the first line.")
        elif name in names[: number - 1]:
            faults.append(f"Two columns are named “{name}”. Rename column {number}.")
    if faults:
        raise TableError.of(faults)


def _checked_values(table: pd.DataFrame, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """All cells as floats, and where they are blank; faults if one is no usable number."""
    values, faults = np.empty(table.shape), []
    for j, name in enumerate(names):
        cells = [_number(cell) for cell in table.iloc[:, j]]
        for i in (i for i, cell in enumerate(cells) if cell is None):
            text = str(table.iloc[i, j])[:40]
            pointed = text.replace(",", ".")
            remedy = f"Write {pointed}" if _number(pointed) is not None else "Type a number instead"
            faults.append(f"Row {i + 1}: {name} is “{text}”. {remedy}.")
        values[:, j] = np.array(cells, dtype=float)
        for i in np.flatnonzero(np.abs(values[:, j]) > MAX_MAGNITUDE):
            faults.append(
                f"Row {i + 1}: {name} is {values[i, j]:g}, too large to compute with. "
                f"Stay within ±{MAX_MAGNITUDE:g}."
            )
    if faults:
        raise TableError.of(faults)
    return values, np.isnan(values)


def _check_blanks(
    blank: np.ndarray, is_question: np.ndarray, numbers: np.ndarray, names: list[str], labels: int
) -> None:
    wrong = blank.copy()
    wrong[is_question, -labels:] = False
    if wrong.any():
        raise TableError.of(
            [
                f"Row {numbers[i] + 1}: {names[j]} is blank. Type a number or delete the row."
                for i, j in np.argwhere(wrong)
            ]
        )


def _checked_label_scale(label_scale: float | None, targets: np.ndarray) -> float:
    if label_scale is None:
        largest = targets.max()
        return _smallest_power_of_ten(largest) if largest > 0 else 1.0
    if not (np.isfinite(label_scale) and label_scale > 0):
        raise TableError(f"The full scale must be a number above 0, not {label_scale:g}.")
    return float(label_scale)


def _smallest_power_of_ten(value: float) -> float:
    """The smallest power of ten that ``value``, above 0, does not exceed."""
    exponent = int(np.floor(np.log10(value)))  # may be off by one, as logarithms round
    powers = [float(f"1e{e}") for e in (exponent - 1, exponent, exponent + 1)]
    return next(power for power in powers if power >= value)


def _check_labels(
    targets: np.ndarray, rows: np.ndarray, names: list[str], label_scale: float
) -> None:
    faults = []
    for i, j in np.argwhere((targets < 0) | (targets > label_scale)):
        limit = "below 0" if targets[i, j] < 0 else f"above the full scale of {label_scale:g}"
        faults.append(
            f"Row {rows[i]}: {names[j]} is {targets[i, j]:g}, {limit}, which a sigmoid can't "
            f"reach. Type a number from 0 to {label_scale:g}."
        )
    if faults:
        raise TableError.of(faults)


def _checked_input_scale(inputs: np.ndarray, names: list[str]) -> np.ndarray:
    scale = np.abs(inputs).max(axis=0)
    empty = scale < 1 / MAX_MAGNITUDE
    if empty.any():
        raise TableError.of(
            [
                f"{names[j]} is 0 in every training row, so there is nothing to learn from it. "
                "Change a value or leave the column out."
                for j in np.flatnonzero(empty)
            ]
        )
    return scale
