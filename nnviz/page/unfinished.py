"""What is still being typed: a row or a column that lacks cells is no fault until it is left."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from nnviz.engine.table import as_number

_MOST_ROWS_NAMED = 5


def set_aside(
    table: pd.DataFrame, row: int | None, columns: Sequence[str]
) -> tuple[pd.DataFrame, list[str]]:
    """The table without what is not complete yet, and a sentence on each part that was set aside.

    row: where the row stands, from 0, that was added last, if it was never complete.
    columns: the names of those that were put there without a value.
    """
    said = []
    for name in columns:
        lacking = _rows_without(table, name)
        others = [column for column in table.columns if column != name]
        if lacking and name != table.columns[-1] and len(others) >= 2:
            table = table[others]
            said.append(f"{name} is not complete yet: {_rows(lacking)}. {_WITHOUT}")
    if row is not None:
        blank = _blanks(table, row)
        if blank and blank != [table.columns[-1]] and len(blank) < table.shape[1]:
            table = table.copy()
            table.iloc[row] = None
            said.append(f"Row {row + 1} is not complete yet: {_names(blank)} blank. {_WITHOUT}")
    return table, said


_WITHOUT = "Until then the network learns without it."


def is_complete(table: pd.DataFrame, row: int) -> bool:
    """Whether a row has every input; without a label it is a question."""
    return set(_blanks(table, row)) <= {table.columns[-1]}


def without_values(table: pd.DataFrame) -> list[str]:
    """The columns that have a name and nothing else."""
    return [name for name in table.columns if all(map(_is_blank, table[name]))]


def _blanks(table: pd.DataFrame, row: int) -> list[str]:
    """The names of a row's blank cells; none where a cell is a fault, which is to be said."""
    cells = table.iloc[row]
    if any(as_number(cell) is None for cell in cells):
        return []
    return [name for name, cell in cells.items() if _is_blank(cell)]


def _rows_without(table: pd.DataFrame, name: str) -> list[int]:
    """The numbers of the rows that have other values than this; none where a cell is a fault."""
    if any(as_number(cell) is None for cell in table[name]):
        return []
    others = table.drop(columns=name).map(_is_blank).all(axis=1)
    lacking = table[name].map(_is_blank) & ~others
    return [number for number, lacks in enumerate(lacking, start=1) if lacks]


def _is_blank(cell) -> bool:
    number = as_number(cell)
    return number is not None and math.isnan(number)


def _names(names: list[str]) -> str:
    *rest, last = names
    return f"{', '.join(rest)} and {last} are" if rest else f"{last} is"


def _rows(numbers: list[int]) -> str:
    """Which rows lack a value."""
    if len(numbers) == 1:
        return f"row {numbers[0]} has no value"
    if len(numbers) > _MOST_ROWS_NAMED:
        return f"{len(numbers):,} rows have no value"
    *rest, last = map(str, numbers)
    return f"rows {', '.join(rest)} and {last} have no value"
