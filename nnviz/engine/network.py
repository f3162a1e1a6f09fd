"""A fully connected network of sigmoid neurons: its weights, forward and backward.

This file is the readable form of the maths. `training.py` repeats it in the form
that runs fast, and a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.engine.activations import sigmoid, sigmoid_slope
from nnviz.engine.shape import Shape
from nnviz.engine.updates import GRADIENT_DESCENT


def forward(
    weights: Sequence[np.ndarray], X: np.ndarray
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Scaled inputs on their way through the layers, as the tutorial's ``forward``.

    weights: (…, n_in, n_out) a layer. X: (…, rows, inputs). Leading axes are epochs of a film
    or networks side by side; they are broadcast.

    Returns the sums ``[z, z3, …]`` and the activations ``[X, z2, …, o]``, (…, rows, neurons)
    each.
    """
    sums, activations = [], [np.asarray(X, dtype=float)]
    for w in weights:
        sums.append(activations[-1] @ w)
        activations.append(sigmoid(sums[-1]))
    return sums, activations


def backward(
    weights: Sequence[np.ndarray], activations: Sequence[np.ndarray], y: np.ndarray
) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """The way back, as the tutorial's ``backward``.

    activations: what `forward` returned. y: scaled labels, (rows, labels).

    Returns the errors ``[z2_error, …, o_error]`` and the deltas ``[z2_delta, …, o_delta]``,
    (rows, neurons) each. A delta is −∂(½·Σ(y − o)²)/∂z of its layer's sums.
    """
    errors = [y - activations[-1]]
    deltas = [errors[0] * sigmoid_slope(activations[-1])]
    for w, activation in zip(weights[:0:-1], activations[-2:0:-1]):
        errors.insert(0, deltas[0] @ w.T)
        deltas.insert(0, errors[0] * sigmoid_slope(activation))
    return errors, deltas


def downhill(activations: Sequence[np.ndarray], deltas: Sequence[np.ndarray]) -> list[np.ndarray]:
    """Minus the gradient, −∂(½·Σ(y − o)²)/∂W, for every layer, in the shape of its weights."""
    return [a.T @ delta for a, delta in zip(activations, deltas)]


def mean_loss(y: np.ndarray, o: np.ndarray) -> np.ndarray:
    """mean((y − o)²) over the last two axes, rows and labels; without a unit.

    o: (…, rows, labels); returns (…).
    """
    # The axis in front keeps the order of the sum the same, with leading axes and without.
    return ((y - o[None]) ** 2).mean(axis=(-2, -1))[0]


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

    @property
    def shape(self) -> Shape:
        """The same, as the order of the weights."""
        return Shape(tuple(self.sizes))

    def forward(self, X: np.ndarray) -> list[np.ndarray]:
        """Every layer's activations for scaled inputs ``X`` of shape (rows, inputs).

        Returns ``[X, z2, …, o]``, each of shape (rows, neurons of the layer).
        """
        return forward(self.weights, X)[1]

    def gradients(self, X: np.ndarray, y: np.ndarray) -> list[np.ndarray]:
        """∂(½·Σ(y − o)²)/∂W for every layer, each in the shape of its weights."""
        _, activations = forward(self.weights, X)
        _, deltas = backward(self.weights, activations, y)
        return [-move for move in downhill(activations, deltas)]

    def step(self, X: np.ndarray, y: np.ndarray, learning_rate: float = 1.0) -> Network:
        """The network after one full-batch epoch of gradient descent, W − η·∂/∂W."""
        rule, nothing = GRADIENT_DESCENT.rule, np.empty(0)
        moves = [-gradient for gradient in self.gradients(X, y)]
        pairs = zip(self.weights, moves)
        return Network([rule(w, move, nothing, learning_rate)[0] for w, move in pairs])

    def loss(self, X: np.ndarray, y: np.ndarray) -> float:
        """mean((y − o)²) over all rows and labels; without a unit, as labels are scaled."""
        return float(mean_loss(y, self.forward(X)[-1]))
