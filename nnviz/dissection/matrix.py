"""An array with a name, and with names for its rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from string import ascii_lowercase

import numpy as np


@dataclass(frozen=True, eq=False)
class Matrix:
    """An array that knows what its numbers are.

    name: as in the tutorial, ``"z2_delta"``; a transposed one ends in ``ᵀ``.
    value: (rows, columns), or 0-d for a scalar; read-only.
    rows, columns: the names of the rows and columns; empty for a scalar.
    """

    name: str
    value: np.ndarray
    rows: tuple[str, ...]
    columns: tuple[str, ...]

    def __post_init__(self):
        value = np.asarray(self.value, dtype=float).view()
        value.flags.writeable = False  # it may be a view into a Run that others share
        object.__setattr__(self, "value", value)

    @property
    def T(self) -> Matrix:
        """Rows and columns exchanged."""
        return Matrix(f"{self.name}ᵀ", self.value.T, self.columns, self.rows)

    def label(self, i: int, j: int) -> str:
        """What to call one cell: ``z2[row 1, h2]``; a scalar by its name alone."""
        return f"{self.name}[{self.rows[i]}, {self.columns[j]}]" if self.rows else self.name


def neuron_names(
    sizes: Sequence[int], input_names: Sequence[str], label_names: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    """A name for every neuron, layer by layer.

    Inputs and labels by their columns' names. Hidden neurons are h1, h2, … if there is one
    hidden layer; if there are several, a1, a2, … in the first, b1, b2, … in the second.
    """
    layers = len(sizes) - 2
    letters = ["h"] if layers == 1 else [_letters(layer) for layer in range(layers)]
    hidden = [
        tuple(f"{letter}{n}" for n in range(1, size + 1))
        for letter, size in zip(letters, sizes[1:-1])
    ]
    return (tuple(input_names), *hidden, tuple(label_names))


def sum_name(layer: int) -> str:
    """The tutorial's name for the sums that W1, W2, … lead to: z, z3, z5, …"""
    return "z" if layer == 1 else f"z{2 * layer - 1}"


def activation_name(layer: int, layers: int) -> str:
    """The tutorial's name for a layer's activations: X, z2, z4, …, and o for the last."""
    if layer == 0:
        return "X"
    return "o" if layer == layers else f"z{2 * layer}"


def _letters(layer: int) -> str:
    """a, b, …, z, aa, bb, …"""
    repeat, letter = divmod(layer, len(ascii_lowercase))
    return ascii_lowercase[letter] * (repeat + 1)
