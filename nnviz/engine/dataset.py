"""A table becomes scaled arrays, by the roles of its columns and rows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nnviz.engine.coding import NUMBERS
from nnviz.engine.label import Label
from nnviz.engine.roles import HELD_OUT, INPUT, LABEL, LEAVE_OUT, MEAN, QUESTION, Roles, propose
from nnviz.engine.scaling import LARGEST
from nnviz.engine.side import Side, check_reachable, read_side
from nnviz.engine.table import (
    MAX_MAGNITUDE,
    MIN_MAGNITUDE,
    TableError,
    are_within,
    as_number,
    cell_text,
    check_names,
    check_size,
    check_sizes,
    checked_full_scale,
    column_name,
)

MAX_INPUTS = 200  # neurons; a column of texts takes one for each of its categories


class Dataset:
    """A table as scaled arrays, ready to train on.

    table: a DataFrame. A row whose labels are blank is a question: predicted, never trained
        on. Wholly blank rows are left out.
    labels: how many of the last columns are labels; by default the last one that does more than
        number or name the rows.
    label_scale: the label that stands for 1, the sigmoid's upper end; by default the
        smallest power of ten that no label exceeds. label_scale_given: what was asked for.
    roles: what each column and row is for; by default what `roles.propose` says of the table.

    Raises TableError, naming row (from 1) and column, for every fault in the table.

    table: the table as it was read, blank cells NaN or None; by no means to be written to.
    input_side, label_side: the columns of each, their neurons and their scaling; see `Side`.
    X, y: (rows, inputs) and (rows, outputs), scaled; training rows alone.
    inputs, targets: the same in the table's own units.
    questions: (questions, inputs), in the table's own units.
    held_X, held_y: of rows that are held out: never trained on, though they have a label.
    input_names, output_names: lists of the neurons' names. A column of numbers has one neuron, of
        its own name; a category has one too, named ``brand = Opel``.
    label_names: list of the label columns' names.
    input_scale: (inputs,), by the tutorial's scaling the largest absolute value of each input
        column among the training rows (its ``np.amax(X, axis=0)``). label_scale: the first label's.
    training_rows, question_rows, held_rows: the rows' numbers in the table, from 1.
    """

    def __init__(
        self,
        table: pd.DataFrame,
        labels: int | None = None,
        label_scale: float | None = None,
        roles: Roles | None = None,
    ):
        check_size(*table.shape)
        if labels is not None and not 1 <= labels < table.shape[1]:
            raise TableError(
                f"{labels} of {table.shape[1]} columns can't be labels; there must be an input too."
            )
        names = [column_name(name) for name in table.columns]
        check_names(names)
        table = table.set_axis(names, axis=1)
        self.roles = roles = propose(table, labels) if roles is None else roles
        _check_roles(roles, names)
        self.label_scale_given = None if label_scale is None else checked_full_scale(label_scale)

        inputs, known, faults = read_side(table, roles.columns, INPUT)
        labelled, given, more = read_side(table, roles.columns, LABEL)
        if faults or more:
            raise TableError.of(faults + more)
        _check_inputs(inputs)
        self.table = _as_read(table, [(inputs, known), (labelled, given)])
        self._sort_rows(inputs, known, labelled, given)
        self.input_side = inputs.fitted(self.inputs, None)
        self.label_side = labelled.fitted(self.targets, self.label_scale_given)
        _check_scale(self.input_side, self.inputs)
        _check_scale(self.label_side, self.targets)
        rows = np.concatenate([self.training_rows, self.held_rows])
        check_reachable(self.label_side, np.vstack([self.targets, self._held[1]]), rows)

        self.input_names, self.output_names = self.input_side.neurons, self.label_side.neurons
        self.label_names = [coding.name for coding in self.label_side.codings]
        self.input_scale, self.label_scale = self.input_side.scale, float(self.label_side.scale[0])
        scaled, scaled_labels = self.input_side.scaled, self.label_side.scaled
        self.X, self.y = scaled(self.inputs), scaled_labels(self.targets)
        self.held_X, self.held_y = scaled(self._held[0]), scaled_labels(self._held[1])
        for array in vars(self).values():
            if isinstance(array, np.ndarray):
                array.flags.writeable = False  # a Run is trained further from them

    def _sort_rows(
        self, inputs: Side, known: np.ndarray, labelled: Side, given: np.ndarray
    ) -> None:
        """Training rows, questions and rows that are held out, each with their numbers.

        known, given: the cells of inputs and labels as numbers, (rows, neurons); blanks are NaN.
        """
        no_input, no_label = np.isnan(known), np.isnan(given)
        used = ~(no_input.all(axis=1) & no_label.all(axis=1))
        if self.roles.blanks == LEAVE_OUT:
            used &= ~no_input.any(axis=1)
        asked = no_label.all(axis=1) | _are(QUESTION, self.roles, len(known))
        held = _are(HELD_OUT, self.roles, len(known)) & ~asked
        training = used & ~asked & ~held
        if self.roles.blanks == MEAN:
            known = inputs.filled(known, training)
        _check_blanks(inputs, known, used)
        _check_blanks(labelled, given, used & ~asked)
        if not training.any():
            name = labelled.codings[0].name
            raise TableError(f"There is no row to learn from. Give at least one row a {name}.")
        rows = [np.flatnonzero(used & which) for which in (training, asked, held)]
        self.training_rows, self.question_rows, self.held_rows = (numbers + 1 for numbers in rows)
        self.inputs, self.targets = known[rows[0]], given[rows[0]]
        self.questions = known[rows[1]]
        self._held = known[rows[2]], given[rows[2]]

    def scale(self, inputs) -> np.ndarray:
        """Inputs in the table's own units, by the training rows' scale: (rows, inputs).

        inputs: (rows, inputs), or a cell for each input column, which may be a text.

        Raises ValueError if the shape does not fit, a value is no finite number within ±1e15,
        or its column does not know a text.
        """
        numbers = self._numbers(inputs)
        if numbers.ndim != 2 or numbers.shape[1] != len(self.input_names):
            raise ValueError(
                f"Inputs must have shape (rows, {len(self.input_names)}), not {numbers.shape}."
            )
        if not np.isfinite(numbers).all():
            raise ValueError("Every input must be a finite number.")
        if not are_within(numbers):
            raise ValueError(f"Every input must be within ±{MAX_MAGNITUDE:g}.")
        return self.input_side.scaled(numbers)

    def _numbers(self, inputs) -> np.ndarray:
        """Cells as numbers, where they aren't yet."""
        codings = self.input_side.codings
        if all(coding.kind == NUMBERS for coding in codings):
            return np.asarray(inputs, dtype=float)
        cells = np.asarray(inputs, dtype=object)
        if cells.ndim == 2 and cells.shape[1] != len(self.input_names):
            return self.input_side.encode(cells.tolist())
        try:
            return cells.astype(float)
        except ValueError:
            return self.input_side.encode(cells.tolist())

    def unscale(self, outputs: np.ndarray) -> np.ndarray:
        """What the network gives, (…, outputs), in the labels' own units; the same shape."""
        return self.label_side.unscaled(outputs)

    def label(self, number: int = 0) -> Label:
        """One of the labels, from 0."""
        side = self.label_side
        place = side.places[number]
        shift, scale = float(side.shift[place.start]), float(side.scale[place.start])
        return Label(side.codings[number], place, shift, scale)

    def scaling(self) -> str:
        """A sentence on what the network sees in the place of the table's numbers."""
        inputs, labels = _in_words(self.input_side), _in_words(self.label_side)
        if len(inputs) > 3:
            side = self.input_side
            largest = all(c.scaling == LARGEST.name and c.kind == NUMBERS for c in side.columns)
            inputs = ["each input / its largest value" if largest else "each input scaled"]
        return f"The network sees {', '.join(inputs)}, and {', '.join(labels)}."

    def has_columns_of(self, other: Dataset) -> bool:
        """Whether another dataset has the same inputs and outputs, by name: both answer the same
        questions, and their losses can be compared."""
        return (self.input_names, self.output_names) == (other.input_names, other.output_names)

    def outside(self, question) -> list[str]:
        """A sentence for each input outside the range it was trained on.

        question: (inputs,), in the table's own units.
        """
        low, high = self.inputs.min(axis=0), self.inputs.max(axis=0)
        # Of categories, each neuron of another one is 0, which says nothing.
        said = ~self.input_side.is_category | (np.asarray(question) != 0)
        outside = ((question < low) | (question > high)) & said
        return [self._outside(int(j), float(question[j])) for j in np.flatnonzero(outside)]

    def _outside(self, j: int, value: float) -> str:
        name, side = self.input_names[j], self.input_side
        if side.is_category[j]:
            return f"no training row has {name}, so its weights were never trained"
        low, high = float(self.inputs[:, j].min()), float(self.inputs[:, j].max())
        asked, *ends = _told_apart(value, low, high)
        where = "above" if value > high else "below"
        rows = f"every training row ({ends[0]} to {ends[1]})"
        beyond = rows if low < high else f"{ends[0]}, the only value it was trained on"
        return (
            f"{name} {asked} is {where} {beyond}: an extrapolation; "
            f"the network sees {written((value - side.shift[j]) / side.scale[j], 3)}"
        )


def written(value: float, digits: int = 6) -> str:
    """A number in a sentence: so many digits at most, a true minus, and 4e−7 for 4e-07."""
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    return (mantissa + (f"e{int(exponent)}" if exponent else "")).replace("-", "−")


def _told_apart(*values: float) -> list[str]:
    """Numbers written with as many digits as it takes to tell different ones apart."""
    short, full = ([written(value, digits) for value in values] for digits in (6, 17))
    return short if len(set(short)) == len(set(values)) else full


def _in_words(side: Side) -> list[str]:
    """What each column becomes: ``study / 3``, ``(year − 1970) / 9.5``, ``brand as 3 inputs``."""
    said = []
    for coding, place in zip(side.codings, side.places):
        shift, scale = side.shift[place.start], side.scale[place.start]
        if coding.kind != NUMBERS:
            count = len(coding.neurons)
            said.append(f"{coding.name} as 0 or 1" + (f" for each of {count}" if count > 1 else ""))
            continue
        minus = f"({coding.name} {'−' if shift > 0 else '+'} {written(abs(shift))})"
        name = minus if shift else coding.name
        said.append(name if scale == 1 and not shift else f"{name} / {written(scale)}")
    return said


def _are(role: str, roles: Roles, rows: int) -> np.ndarray:
    """Which of so many rows were given a role, whatever their cells say."""
    given = np.zeros(rows, bool)
    given[[number - 1 for number, r in roles.rows.items() if r == role and number <= rows]] = True
    return given


def _check_roles(roles: Roles, names: list[str]) -> None:
    said = [column.role for column in roles.columns]
    if len(said) != len(names):
        raise TableError(f"There are roles for {len(said)} columns, but {len(names)} columns.")
    if INPUT not in said or LABEL not in said:
        raise TableError("There must be a column to learn from and one to predict.")


def _check_inputs(side: Side) -> None:
    if len(side.neurons) > MAX_INPUTS:
        raise TableError(
            f"The network would have {len(side.neurons)} inputs; at most {MAX_INPUTS} can be "
            "shown. Leave out columns of texts, which take one for each text."
        )


def _check_blanks(side: Side, values: np.ndarray, needed: np.ndarray) -> None:
    """Raise TableError on every blank cell, NaN, in the rows where all are needed."""
    faults = [
        f"Row {i + 1}: {coding.name} is blank. "
        f"Type a {'number' if coding.kind == NUMBERS else 'value'} or delete the row."
        for i in np.flatnonzero(needed & np.isnan(values).any(axis=1))
        for coding, place in zip(side.codings, side.places)
        if np.isnan(values[i, place]).any()
    ]
    if faults:
        raise TableError.of(faults)


def _check_scale(side: Side, values: np.ndarray) -> None:
    """What is divided by too small a number, is named by its largest value."""
    too_small = side.scale < MIN_MAGNITUDE
    sizes = np.where(too_small, np.abs(values).max(axis=0), side.scale)
    check_sizes(sizes.tolist(), side.neurons)


def _as_read(table: pd.DataFrame, read: list[tuple[Side, np.ndarray]]) -> pd.DataFrame:
    """The table with numbers as floats and texts as they stand, blanks NaN or None."""
    numbers = {
        coding.name: values[:, place.start]
        for side, values in read
        for coding, place in zip(side.codings, side.places)
        if coding.kind == NUMBERS
    }
    return pd.DataFrame(
        {
            name: numbers[name] if name in numbers else _as_typed(table[name])
            for name in table.columns
        },
        index=range(len(table)),
    )


def _as_typed(column: pd.Series) -> pd.Series:
    """A column that is not all numbers, as text; one that is, as floats."""
    numbers = [as_number(cell) for cell in column]
    if None in numbers:
        return pd.Series([cell_text(cell) for cell in column], dtype=object)
    return pd.Series(numbers, dtype=float)
