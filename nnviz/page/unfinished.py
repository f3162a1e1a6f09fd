"""What is still being typed: a row or a column that lacks cells is no fault until it is left."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from nnviz.engine.coding import NUMBERS
from nnviz.engine.roles import LABEL, Column
from nnviz.engine.table import as_number

_MOST_ROWS_NAMED = 5
_WITHOUT = "Until then the network learns without it."

Columns = Mapping[str, Column]  # those that are used, by their names


@dataclass(frozen=True)
class Aside:
    """What of a table is not complete yet.

    columns: their names. row: where it stands, from 0, or None. said: a sentence on each.
    """

    columns: tuple[str, ...] = ()
    row: int | None = None
    said: tuple[str, ...] = ()


def set_aside(table: pd.DataFrame, columns: Columns, row: int | None, new: Sequence[str]) -> Aside:
    """What is to be set aside of a table until it is complete.

    row: where the row stands, from 0, that was added last, if it was never complete.
    new: the names of the columns that were put there without a value.
    """
    inputs = [name for name, column in columns.items() if column.role != LABEL]
    aside: list[str] = []
    said = []
    for name in new:
        lacking = _rows_without(table, columns, name)
        if lacking and name in inputs and len(aside) + 1 < len(inputs):
            aside.append(name)
            said.append(f"{name} is not complete yet: {_rows(lacking)}. {_WITHOUT}")
    if row is not None:
        rest = {name: column for name, column in columns.items() if name not in aside}
        blank = _blanks(table, rest, row)
        if set(blank) & set(inputs) and len(blank) < len(rest):
            said.append(f"Row {row + 1} is not complete yet: {_names(blank)} blank. {_WITHOUT}")
        else:
            row = None
    return Aside(tuple(aside), row, tuple(said))


def is_complete(table: pd.DataFrame, columns: Columns, row: int) -> bool:
    """Whether a row has every input; without a label it is a question."""
    return all(columns[name].role == LABEL for name in _blanks(table, columns, row))


def without_values(table: pd.DataFrame) -> list[str]:
    """The columns that have a name and nothing else."""
    return [name for name in table.columns if all(map(_is_blank, table[name]))]


def _blanks(table: pd.DataFrame, columns: Columns, row: int) -> list[str]:
    """The names of a row's blank cells; none where a cell is a fault, which is to be said."""
    cells = table.iloc[row][list(columns)]
    if any(_is_fault(cell, columns[name]) for name, cell in cells.items()):
        return []
    return [name for name, cell in cells.items() if _is_blank(cell)]


def _rows_without(table: pd.DataFrame, columns: Columns, name: str) -> list[int]:
    """The numbers of the rows that have other values than this; none where a cell is a fault."""
    if any(_is_fault(cell, columns[name]) for cell in table[name]):
        return []
    others = table[[other for other in columns if other != name]].map(_is_blank).all(axis=1)
    lacking = table[name].map(_is_blank) & ~others
    return [number for number, lacks in enumerate(lacking, start=1) if lacks]


def _is_fault(cell, column: Column) -> bool:
    return column.kind == NUMBERS and as_number(cell) is None


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
