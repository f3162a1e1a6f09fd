"""A fully connected network of sigmoid neurons: its weights, forward and backward.

This file is the readable form of the maths. `training.py` repeats it in the form
that runs fast, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


def sigmoid(z: np.ndarray) -> np.ndarray:
    """σ(z) = 1 / (1 + e⁻ᶻ), elementwise; any shape, same shape out, values in [0, 1]."""
    with np.errstate(over="ignore"):  # e⁻ᶻ may reach infinity; 1 / (1 + ∞) is rightly 0
        return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def sigmoid_slope(s: np.ndarray) -> np.ndarray:
    """The slope of the sigmoid, s·(1 − s), where ``s = σ(z)`` is already its output.

    From dσ/dz = e⁻ᶻ / (1 + e⁻ᶻ)² = σ(z)·(1 − σ(z)).
    """
    return s * (1 - s)


@dataclass(frozen=True, eq=False)
class Network:
    """Weights between layers, without bias; a sigmoid after every layer.

    weights: one array a layer, ``weights[l]`` of shape (n_in, n_out): the entry
        [i, j] is the weight from neuron i of the layer before to neuron j.

    Raises ValueError if a weight is no finite number or the shapes do not chain.
    """

    weights: list[np.ndarray]

    def __post_init__(self):
        weights = [np.array(w, dtype=float) for w in self.weights]
        if not weights:
            raise ValueError("A network needs at least one array of weights.")
        for number, w in enumerate(weights, start=1):
            if w.ndim != 2 or 0 in w.shape:
                raise ValueError(f"W{number} must have shape (n_in, n_out), not {w.shape}.")
            if not np.isfinite(w).all():
                raise ValueError(f"W{number} holds a value that is not a finite number.")
        for number, (before, after) in enumerate(zip(weights, weights[1:]), start=1):
            if before.shape[1] != after.shape[0]:
                raise ValueError(
                    f"W{number} ends in {before.shape[1]} neurons, "
                    f"but W{number + 1} starts from {after.shape[0]}."
                )
        object.__setattr__(self, "weights", weights)

    @classmethod
    def random(cls, sizes: Sequence[int], seed: int) -> Network:
        """Standard-normal weights, drawn layer by layer from ``np.random.default_rng(seed)``.

        sizes: neurons in each layer, inputs first, labels last; ``[2, 3, 1]`` gives
            W1 of shape (2, 3) and W2 of shape (3, 1).

        Raises ValueError for fewer than two layers or a layer without neurons.
        """
        if len(sizes) < 2 or min(sizes) < 1:
            raise ValueError(
                f"Sizes must name two or more layers of 1 neuron or more, not {sizes}."
            )
        rng = np.random.default_rng(seed)
        return cls([rng.standard_normal(shape) for shape in zip(sizes, sizes[1:])])

    @property
    def sizes(self) -> list[int]:
        """Neurons in each layer, inputs first."""
        return [w.shape[0] for w in self.weights] + [self.weights[-1].shape[1]]

    def forward(self, X: np.ndarray) -> list[np.ndarray]:
        """Every layer's activations for scaled inputs ``X`` of shape (rows, inputs).

        Returns ``[X, z2, …, o]``, each of shape (rows, neurons of the layer).
        """
        activations = [np.asarray(X, dtype=float)]
        for w in self.weights:
            activations.append(sigmoid(activations[-1] @ w))
        return activations

    def deltas(self, activations: list[np.ndarray], y: np.ndarray) -> list[np.ndarray]:
        """Each layer's error times its slope, ``[z2_delta, …, o_delta]``.

        activations: what `forward` returned. y: scaled labels, (rows, labels).
        A delta is −∂(½·Σ(y − o)²)/∂z of its layer's sums, (rows, neurons).
        """
        error = y - activations[-1]
        deltas = [error * sigmoid_slope(activations[-1])]
        for w, activation in zip(self.weights[:0:-1], activations[-2:0:-1]):
            error = deltas[0] @ w.T
            deltas.insert(0, error * sigmoid_slope(activation))
        return deltas

    def gradients(self, X: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
        """∂(½·Σ(y − o)²)/∂W for every layer, each in the shape of its weights."""
        activations = self.forward(X)
        return [-a.T @ d for a, d in zip(activations, self.deltas(activations, y))]

    def step(self, X: np.ndarray, y: np.ndarray, learning_rate: float = 1.0) -> Network:
        """The network after one full-batch epoch of gradient descent, W − η·∂/∂W."""
        moves = self.gradients(X, y)
        return Network([w - learning_rate * g for w, g in zip(self.weights, moves)])

    def loss(self, X: np.ndarray, y: np.ndarray) -> float:
        """mean((y − o)²) over all rows and labels; without a unit, as labels are scaled."""
        return float(np.mean((y - self.forward(X)[-1]) ** 2))
