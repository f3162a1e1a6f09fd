"""One side of the network, its inputs or its labels: columns as neurons' numbers, scaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from nnviz.engine.coding import CATEGORIES, MAX_CATEGORIES, NUMBERS, Coding, coding_of
from nnviz.engine.roles import LABEL, Column
from nnviz.engine.scaling import FULL_SCALE, INPUT_SCALINGS, LABEL_SCALINGS
from nnviz.engine.table import TableError


@dataclass(frozen=True, eq=False)
class Side:
    """The columns of one role.

    columns: what each is for. codings: how its cells become numbers; both in the table's order.
    shift, scale: (neurons,); a number becomes (number − shift) / scale.
    """

    columns: tuple[Column, ...]
    codings: tuple[Coding, ...]
    shift: np.ndarray
    scale: np.ndarray

    @cached_property
    def neurons(self) -> list[str]:
        """The neurons' names, column after column."""
        return [name for coding in self.codings for name in coding.neurons]

    @cached_property
    def places(self) -> tuple[slice, ...]:
        """For each column, where its neurons stand."""
        ends = np.cumsum([len(coding.neurons) for coding in self.codings]).tolist()
        return tuple(slice(end - len(c.neurons), end) for end, c in zip(ends, self.codings))

    @cached_property
    def is_category(self) -> np.ndarray:
        """Of which neurons the number is 1 for one category and 0 for all others, (neurons,)."""
        return np.array([c.kind == CATEGORIES for c in self.codings for _ in c.neurons])

    def scaled(self, numbers: np.ndarray) -> np.ndarray:
        """Numbers in the table's own units, (…, neurons), as the network sees them."""
        return (numbers - self.shift) / self.scale

    def unscaled(self, numbers: np.ndarray) -> np.ndarray:
        """The reverse."""
        return numbers * self.scale + self.shift

    def fitted(self, values: np.ndarray, full_scale: float | None) -> Side:
        """The same side, scaled by the training rows' values, (rows, neurons).

        full_scale: of labels, in the place of the power of ten; None leaves that.
        """
        fits = []
        for column, coding, place in zip(self.columns, self.codings, self.places):
            if coding.kind != NUMBERS:
                fits += [(0.0, 1.0)] * len(coding.neurons)
            elif full_scale is not None and column.scaling == FULL_SCALE.name:
                fits.append((0.0, full_scale))
            else:
                scalings = LABEL_SCALINGS if column.role == LABEL else INPUT_SCALINGS
                fits.append(scalings[column.scaling].fit(values[:, place.start]))
        shift, scale = np.array(fits, float).T
        return replace(self, shift=shift, scale=scale)

    def filled(self, values: np.ndarray, training: np.ndarray) -> np.ndarray:
        """Blanks, NaN, as the training rows' mean or, of texts, as the most frequent one.

        values: (rows, neurons); training: which rows.
        """
        filled = values.copy()
        for coding, place in zip(self.codings, self.places):
            blank = np.isnan(values[:, place]).any(axis=1)
            known = values[training & ~blank, place]
            if not len(known):
                continue
            mean = known.mean(axis=0)
            if coding.kind == CATEGORIES:
                mean = np.arange(len(mean)) == mean.argmax()
            filled[blank, place] = mean if coding.kind == NUMBERS else np.round(mean)
        return filled

    def encode(self, rows: Sequence[Sequence]) -> np.ndarray:
        """Rows with a cell for each column as numbers, (rows, neurons), in the table's units.

        Raises ValueError if there are more or fewer cells, or one does not fit its column.
        """
        if any(len(row) != len(self.codings) for row in rows):
            raise ValueError(f"Every row must have {len(self.codings)} cells, one a column.")
        parts = [np.empty((len(rows), 0))]
        for coding, cells in zip(self.codings, zip(*rows)):
            numbers, _ = coding.read(pd.Series(cells, dtype=object))
            if np.isnan(numbers).any():
                wrong = cells[int(np.isnan(numbers).any(axis=1).argmax())]
                raise ValueError(f"{coding.name} can't be “{str(wrong)[:40]}”.")
            parts.append(numbers)
        return np.hstack(parts)

    def decode(self, numbers: Sequence[float]) -> list[float | str]:
        """One row of numbers in the table's units as cells, one a column."""
        return [coding.decode(numbers[place]) for coding, place in zip(self.codings, self.places)]


def read_side(
    table: pd.DataFrame, columns: Sequence[Column], role: str
) -> tuple[Side, np.ndarray, list[str]]:
    """The side of a role, not yet scaled; its cells as numbers, (rows, neurons); and its faults.

    Blanks, and cells at fault, are NaN.
    """
    used = [j for j, column in enumerate(columns) if column.role == role]
    codings, parts, faults = [], [np.empty((len(table), 0))], []
    for j in used:
        coding = coding_of(str(table.columns[j]), columns[j].kind, table.iloc[:, j])
        numbers, slips = coding.read(table.iloc[:, j])
        codings.append(coding)
        parts.append(numbers)
        faults += slips or _wrong_count(coding, role)
    side = Side(tuple(columns[j] for j in used), tuple(codings), np.zeros(0), np.ones(0))
    return side, np.hstack(parts), faults


def _wrong_count(coding: Coding, role: str) -> list[str]:
    """Whether there are too many categories to show, or too few to tell apart."""
    count = len(coding.values)
    if coding.kind == CATEGORIES and count > MAX_CATEGORIES:
        return [
            f"{coding.name} has {count} different texts; at most {MAX_CATEGORIES} can be told "
            "apart. In Columns, leave it out."
        ]
    if coding.kind == CATEGORIES and role == LABEL and count == 1:
        return [f"{coding.name} is “{coding.values[0]}” in every row: nothing to tell apart."]
    return []


def check_reachable(side: Side, values: np.ndarray, rows: np.ndarray) -> None:
    """Raise TableError on each label that its full scale puts out of a sigmoid's reach.

    values: (rows, neurons), in the table's units. rows: their numbers.
    """
    low, high = side.shift, side.shift + side.scale
    faults = []
    # Only a full scale can leave one out; the other scalings are made of the labels.
    for i, j in np.argwhere(((values < low) | (values > high)) & (low == 0)):
        top = f"{high[j]:g}"
        limit = "below 0" if values[i, j] < 0 else f"above the full scale of {top}"
        faults.append(
            f"Row {rows[i]}: {side.neurons[j]} is {values[i, j]:g}, {limit}, which a sigmoid can't "
            f"reach. Type a number from 0 to {top}, or choose another scaling in Columns."
        )
    if faults:
        raise TableError.of(faults)
