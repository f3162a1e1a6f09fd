"""What a table may hold: its names, its cells, its limits. Each fault has its sentence here."""

from __future__ import annotations

import math

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


def typed(table: pd.DataFrame) -> pd.DataFrame:
    """The same table with each cell as the text a person would type; blank cells are None.

    In a grid of text a slip of the keys stays to be seen, and is named by `Dataset`; one of
    numbers would make a number of it, or nothing.
    """

    def text(value) -> str | None:
        number = as_number(value)
        if number is None:
            return str(value)
        return None if math.isnan(number) else repr(number).removesuffix(".0")

    return pd.DataFrame(
        {name: pd.Series(map(text, table[name]), dtype=object) for name in table.columns},
        index=table.index,
    )


def check_size(rows: int, columns: int) -> None:
    if rows > MAX_ROWS:
        raise TableError(f"The table has {rows:,} rows; at most {MAX_ROWS:,} can be shown.")
    if columns > MAX_COLUMNS:
        raise TableError(f"The table has {columns} columns; at most {MAX_COLUMNS} can be shown.")
    if columns < 2:
        raise TableError(
            "The table needs two columns or more: the inputs, and last the label to predict. "
            "If there are more, separate them by commas, semicolons or tabs."
        )


def as_number(value) -> float | None:
    """A cell as a float (blank is NaN), or None if it is not a number."""
    try:
        return float("nan") if value is None or value is pd.NA else float(value)
    except OverflowError:  # a whole number beyond all floats
        return math.inf if value > 0 else -math.inf
    except (TypeError, ValueError):
        return float("nan") if isinstance(value, str) and value.strip() in ("", "?") else None


def check_names(names: list[str]) -> None:
    faults = []
    for number, name in enumerate(names, start=1):
        if not name:
            faults.append(f"Column {number} has no name. Give it one in the first line.")
        elif name in names[: number - 1]:
            faults.append(f"Two columns are named “{name}”. Rename column {number}.")
    if faults:
        raise TableError.of(faults)


def checked_values(table: pd.DataFrame, names: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """All cells as floats, and where they are blank; faults if one is no usable number."""
    values, faults = np.empty(table.shape), []
    for j, name in enumerate(names):
        column = table.iloc[:, j]
        cells = column.tolist() if column.dtype == float else [as_number(cell) for cell in column]
        for i in (i for i, cell in enumerate(cells) if cell is None):
            text = str(table.iloc[i, j])[:40]
            pointed = text.replace(",", ".")
            remedy = (
                f"Write {pointed}" if as_number(pointed) is not None else "Type a number instead"
            )
            faults.append(f"Row {i + 1}: {name} is “{text}”. {remedy}.")
        values[:, j] = np.array(cells, dtype=float)
        for i in np.flatnonzero(np.abs(values[:, j]) > MAX_MAGNITUDE).tolist():
            faults.append(
                f"Row {i + 1}: {name} is {values[i, j]:g}, too large to compute with. "
                f"Stay within ±{MAX_MAGNITUDE:g}."
            )
    if faults:
        raise TableError.of(faults)
    return values, np.isnan(values)


def _remedy(text: str) -> str:
    pointed = text.replace(",", ".")
    return "Type a number instead" if as_number(pointed) is None else f"Write {pointed}"
