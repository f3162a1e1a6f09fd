"""Where each weight stands: the layers of a network, and the one vector of all its weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Shape:
    """Neurons in each layer, and the order of the weights between them.

    sizes: inputs first, labels last; ``(2, 3, 1)`` has W1 of shape (2, 3) and W2 of (3, 1).

    The flat vector goes layer after layer, in each row after row: all weights that leave the
    first neuron of a layer, then those that leave the second.
    """

    sizes: tuple[int, ...]

    @property
    def layers(self) -> list[tuple[int, int]]:
        """(n_in, n_out) of each array of weights."""
        return list(zip(self.sizes, self.sizes[1:]))

    @property
    def count(self) -> int:
        """How many weights there are."""
        return sum(n_in * n_out for n_in, n_out in self.layers)

    def weights(self, flat: np.ndarray) -> list[np.ndarray]:
        """Views into the vector, one a layer.

        flat: (…, count); leading axes, such as the epochs of a film, are kept.
        Returns arrays (…, n_in, n_out).
        """
        return split(flat, self.layers)

    def flat(self, weights: Sequence[np.ndarray]) -> np.ndarray:
        """The weights of all layers, (…, n_in, n_out) each, in one vector, (…, count)."""
        return np.concatenate([w.reshape(*w.shape[:-2], -1) for w in weights], axis=-1)

    def place(self, layer: int, i: int, j: int) -> int:
        """Where W⟨layer⟩[i, j] stands in the vector: layer from 1, as in W1; i and j from 0."""
        before = sum(n_in * n_out for n_in, n_out in self.layers[: layer - 1])
        return before + i * self.sizes[layer] + j

    def synapses(self) -> list[tuple[int, int, int]]:
        """(layer, i, j) of every weight, in the vector's order."""
        return [
            (layer, i, j)
            for layer, shape in enumerate(self.layers, start=1)
            for i, j in np.ndindex(*shape)
        ]


def split(buffer: np.ndarray, shapes: Sequence[tuple[int, int]]) -> list[np.ndarray]:
    """Consecutive parts of a buffer's last axis, each a view of the given shape."""
    ends = np.cumsum([math.prod(shape) for shape in shapes])
    parts = np.split(buffer, ends[:-1], axis=-1)
    return [part.reshape(*buffer.shape[:-1], *shape) for part, shape in zip(parts, shapes)]
