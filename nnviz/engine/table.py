"""What a table may hold: its names, its cells, its limits. Each fault has its sentence here."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

import numpy as np
import pandas as pd

from nnviz.engine.numerals import meanings, plain

MAX_BYTES = 5_000_000
MAX_ROWS = 10_000
MAX_COLUMNS = 50
# No number is larger: doubles then hold whole numbers no more, and sums overflow. And nothing is
# divided by a smaller one, such as a column's largest value: what comes of that is as large again,
# and has more decimals than can be written or read.
MAX_MAGNITUDE, MIN_MAGNITUDE = 1e15, 1e-15
_FAULTS_SHOWN = 3  # a wrong file can have thousands
_BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # letters, but nothing to see


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

    return pd.DataFrame(
        {name: pd.Series(map(cell_text, table[name]), dtype=object) for name in table.columns},
        index=table.index,
    )


def cell_text(value) -> str | None:
    """A cell as the text a person would type; None if it is blank."""
    number = as_number(value)
    if number is None:
        return visible(str(value))
    return None if math.isnan(number) else repr(number).removesuffix(".0")


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


def visible(text: str) -> str:
    """A text from outside without what can't be seen in it: a name, or what stands in a cell.

    Line breaks and tabs become spaces. Left out are control characters, marks that turn the
    direction of what follows, letters of no width, and halves of a surrogate pair. They would
    turn a sentence round, break it, or make two names look the same.
    """
    if text.isascii() and text.isprintable():  # as nearly all cells are
        return text.strip()
    kept = (" " if _breaks(letter) else letter for letter in text if _is_visible(letter))
    return "".join(kept).strip()


def _breaks(letter: str) -> bool:
    return letter in "\t\n\v\f\r\x85\u2028\u2029"


def _is_visible(letter: str) -> bool:
    unseen = unicodedata.category(letter) in ("Cc", "Cf", "Cs") or letter in _BLANK_LETTERS
    return _breaks(letter) or not unseen


def as_number(value) -> float | None:
    """A cell as a float (blank is NaN), or None if it is not a number."""
    if isinstance(value, str):
        value = visible(value)
    try:
        return float("nan") if value is None or value is pd.NA else float(value)
    except OverflowError:  # a whole number beyond all floats
        return math.inf if value > 0 else -math.inf
    except (TypeError, ValueError):
        return float("nan") if isinstance(value, str) and value in ("", "?") else None


def column_name(name: object) -> str:
    """A column's name as text, empty if it has none."""
    is_blank = name is None or name is pd.NA or name != name  # nothing but NaN is not itself
    return "" if is_blank else visible(str(name))


def check_names(names: list[str]) -> None:
    faults = []
    for number, name in enumerate(names, start=1):
        if not name:
            faults.append(f"Column {number} has no name. Give it one in the first line.")
        elif name in names[: number - 1]:
            faults.append(f"Two columns are named “{name}”. Rename column {number}.")
    if faults:
        raise TableError.of(faults)


def numbers_of(name: str, column: pd.Series) -> tuple[np.ndarray, list[str]]:
    """A column's cells as floats, (rows,), blanks and faults NaN; a sentence on each fault."""
    cells = column.tolist() if column.dtype == float else [as_number(cell) for cell in column]
    faults = []
    for i in (i for i, cell in enumerate(cells) if cell is None):
        text = visible(str(column.iloc[i]))[:40]
        faults.append(f"Row {i + 1}: {name} is “{text}”. {_remedy(text)}.")
    values = np.array([math.nan if cell is None else cell for cell in cells], dtype=float)
    for i in np.flatnonzero(np.abs(values) > MAX_MAGNITUDE).tolist():
        faults.append(
            f"Row {i + 1}: {name} is {values[i]:g}, too large to compute with. "
            f"Stay within ±{MAX_MAGNITUDE:g}."
        )
    return values, faults


def are_within(values: np.ndarray | Sequence[float]) -> bool:
    """Whether each is a finite number and no larger than one of a table may be."""
    return bool((np.abs(values) <= MAX_MAGNITUDE).all())  # nor is NaN


def check_sizes(sizes: Sequence[float], names: Sequence[str]) -> None:
    """Whether columns can be divided by their sizes.

    sizes: of each column the largest absolute value among the training rows, or what else it is
        divided by; 0 is a fault.
    """
    faults = []
    for name, size in zip(names, sizes):
        if size == 0:
            faults.append(
                f"{name} is 0 in every training row, so there is nothing to learn from it. "
                "Change a value or leave the column out."
            )
        elif size < MIN_MAGNITUDE:
            faults.append(
                f"{name} stays within ±{size:g} in every training row, too near 0 to compute with. "
                f"Use a smaller unit, so that its largest value is {MIN_MAGNITUDE:g} or more."
            )
    if faults:
        raise TableError.of(faults)


def checked_full_scale(given: float) -> float:
    """The label that is to stand for 1, as a person or a file says."""
    if not MIN_MAGNITUDE <= given <= MAX_MAGNITUDE:  # nor is NaN
        raise TableError(
            f"The full scale must be a number from {MIN_MAGNITUDE:g} to {MAX_MAGNITUDE:g}, "
            f"not {given:g}."
        )
    return float(given)


def _remedy(text: str) -> str:
    """What to type in the place of a text: each number that it may mean."""
    numbers = [plain(value) for value in meanings(text)]
    return f"Write {' or '.join(numbers)}" if numbers else "Type a number instead"
