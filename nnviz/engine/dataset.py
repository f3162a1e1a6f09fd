"""A table becomes scaled arrays."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nnviz.engine.table import (
    MAX_MAGNITUDE,
    TableError,
    check_names,
    check_size,
    checked_values,
)


class Dataset:
    """A table as scaled arrays, ready to train on.

    table: a DataFrame; the last columns are labels, the others inputs. A row whose label
        is blank is a question: predicted, never trained on. Wholly blank rows are left out.
    labels: how many of the last columns are labels.
    label_scale: the label that stands for 1, the sigmoid's upper end; by default the
        smallest power of ten that no label exceeds. label_scale_given: what was asked for.

    Raises TableError, naming row (from 1) and column, for every fault in the table.

    table: the table as numbers, blank cells NaN; by no means to be written to.
    X, y: (rows, inputs) and (rows, labels), scaled; training rows alone.
    inputs, targets: the same in the table's own units.
    questions: (questions, inputs), in the table's own units.
    input_names, label_names: lists of the column names.
    input_scale: (inputs,), the largest absolute value of each input column among the
        training rows (the tutorial's ``np.amax(X, axis=0)``).
    training_rows, question_rows: the rows' numbers in the table, from 1.
    """

    def __init__(self, table: pd.DataFrame, labels: int = 1, label_scale: float | None = None):
        check_size(*table.shape)
        if not 1 <= labels < table.shape[1]:
            raise TableError(
                f"{labels} of {table.shape[1]} columns can't be labels; there must be an input too."
            )
        names = ["" if pd.isna(name) else str(name).strip() for name in table.columns]
        check_names(names)
        self.input_names, self.label_names = names[:-labels], names[-labels:]
        values, blank = checked_values(table, names)
        self.table = pd.DataFrame(values, columns=names)
        self.label_scale_given = label_scale
        numbers = np.flatnonzero(~blank.all(axis=1))
        values, blank = values[numbers], blank[numbers]

        is_question = np.all(blank[:, -labels:], axis=1)
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
            array.flags.writeable = False  # a Run is trained further from them

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

    def outside(self, question) -> list[str]:
        """A sentence for each input outside the range it was trained on.

        question: (inputs,), in the table's own units.
        """
        low, high = self.inputs.min(axis=0), self.inputs.max(axis=0)
        outside = (question < low) | (question > high)
        return [self._outside(int(j), float(question[j])) for j in np.flatnonzero(outside)]

    def _outside(self, j: int, value: float) -> str:
        low, high = float(self.inputs[:, j].min()), float(self.inputs[:, j].max())
        asked, *ends = _told_apart(value, low, high)
        where = "above" if value > high else "below"
        rows = f"every training row ({ends[0]} to {ends[1]})"
        beyond = rows if low < high else f"{ends[0]}, the only value it was trained on"
        return (
            f"{self.input_names[j]} {asked} is {where} {beyond}: an extrapolation; "
            f"the network sees {written(value / self.input_scale[j], 3)}"
        )


def written(value: float, digits: int = 6) -> str:
    """A number in a sentence: so many digits at most, a true minus, and 4e−7 for 4e-07."""
    mantissa, _, exponent = f"{value:.{digits}g}".partition("e")
    return (mantissa + (f"e{int(exponent)}" if exponent else "")).replace("-", "−")


def _told_apart(*values: float) -> list[str]:
    """Numbers written with as many digits as it takes to tell different ones apart."""
    short, full = ([written(value, digits) for value in values] for digits in (6, 17))
    return short if len(set(short)) == len(set(values)) else full


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
