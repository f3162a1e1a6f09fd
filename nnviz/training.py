"""Training is a recording: `train` computes a whole `Run` at once, every epoch kept."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnviz.dataset import Dataset
from nnviz.network import Network

MAX_WEIGHT = 1e200  # beyond it, a sum of weighted questions may overflow
RECORDING_BYTES = 64_000_000  # a recording's weights stay below this; see `Run.every`
_CHUNK_BYTES = 4_000_000  # working memory while recording


@dataclass(frozen=True, eq=False)
class Run:
    """A recorded training.

    data: the dataset it was trained on.
    sizes: neurons in each layer, inputs first.
    learning_rate: the factor η of every update.
    loss: (epochs + 1,), mean((y − o)²); ``loss[k]`` is the loss after k epochs, so
        ``loss[0]`` is that of the starting weights.
    every: 1 if every epoch's weights are kept. A recording that would pass
        `RECORDING_BYTES` keeps every n-th epoch's, and `network` replays the few between.
    kept: (epochs // every + 1, number of weights), the kept weights, one epoch a row.
    """

    data: Dataset
    sizes: tuple[int, ...]
    learning_rate: float
    loss: np.ndarray
    every: int
    kept: np.ndarray

    @property
    def epochs(self) -> int:
        """How many epochs were trained."""
        return len(self.loss) - 1

    def network(self, epoch: int | None = None) -> Network:
        """The network as it stood after ``epoch`` epochs, by default the last.

        Raises ValueError if the epoch was not recorded.
        """
        epoch = self.epochs if epoch is None else epoch
        if not 0 <= epoch <= self.epochs:
            raise ValueError(f"Epoch {epoch} is not between 0 and {self.epochs}.")
        row, ahead = divmod(int(epoch), self.every)
        if not ahead:
            return Network(_views(self.kept[row], self.sizes))
        weights, _ = _record(self.kept[row], self.sizes, self.data, ahead, self.learning_rate)
        return Network(_views(weights[-1], self.sizes))

    def weights_at(self, epochs: np.ndarray) -> np.ndarray:
        """The weights at several epochs, (len(epochs), number of weights), layer after layer."""
        if len(epochs) and not 0 <= np.min(epochs) <= np.max(epochs) <= self.epochs:
            raise ValueError(f"An epoch is not between 0 and {self.epochs}.")
        if self.every == 1:
            return self.kept[epochs]
        return np.array([flatten(self.network(epoch).weights) for epoch in epochs])

    def predict(self, inputs, epoch: int | None = None) -> np.ndarray:
        """Predicted labels, in the labels' own unit.

        inputs: (rows, inputs), in the table's own units (hours in, points out).
        epoch: by default the last.
        Returns (rows, labels). Raises ValueError if the shape or the epoch does not fit.
        """
        X = self.data.scale(inputs)
        return self.network(epoch).forward(X)[-1] * self.data.label_scale


def train(
    network: Network,
    data: Dataset,
    epochs: int = 1000,
    learning_rate: float = 1.0,
    recording_bytes: int = RECORDING_BYTES,
) -> Run:
    """Train by full-batch gradient descent on ½·Σ(y − o)² and record every epoch.

    Raises ValueError if the network does not fit the data, the number of epochs is
    below 0, the learning rate is not a finite number above 0, or it is so large that
    the weights overflow.
    """
    sizes = tuple(network.sizes)
    inputs, labels = data.X.shape[1], data.y.shape[1]
    if (sizes[0], sizes[-1]) != (inputs, labels):
        raise ValueError(
            f"The network takes {sizes[0]} inputs and gives {sizes[-1]} labels; "
            f"the data have {inputs} and {labels}."
        )
    if epochs < 0:
        raise ValueError(f"The number of epochs must be 0 or more, not {epochs}.")
    if not (math.isfinite(learning_rate) and learning_rate > 0):
        raise ValueError(f"The learning rate must be a number above 0, not {learning_rate}.")

    flat = flatten(network.weights)
    every = math.ceil((epochs + 1) / max(1, recording_bytes // flat.nbytes))
    kept = np.empty((epochs // every + 1, flat.size))
    loss = np.empty(epochs + 1)
    chunk = max(1, _CHUNK_BYTES // (flat.nbytes + data.y.nbytes))
    for start in range(0, epochs + 1, chunk):
        stop = min(start + chunk, epochs + 1)
        weights, outputs = _record(flat, sizes, data, stop - start, learning_rate)
        flat = weights[-1]
        if not (np.abs(flat) <= MAX_WEIGHT).all():  # nor is NaN
            raise ValueError(
                f"With a learning rate of {learning_rate:g} the weights grow beyond all numbers. "
                "Choose a smaller one."
            )
        loss[start:stop] = ((data.y - outputs) ** 2).mean(axis=(1, 2))
        first = -start % every  # the chunk's first epoch that is kept
        kept[-(-start // every) : -(-stop // every)] = weights[first:-1:every]
    for array in (kept, loss):
        array.flags.writeable = False  # a Run is shared between the people on one server
    return Run(data, sizes, float(learning_rate), loss, every, kept)


def flatten(weights: list[np.ndarray]) -> np.ndarray:
    """The weights of all layers in one vector, layer after layer, row after row."""
    return np.concatenate([w.ravel() for w in weights])


def _views(flat: np.ndarray, sizes: tuple[int, ...]) -> list[np.ndarray]:
    """The weights of each layer as a view into the vector of all."""
    return _split(flat, list(zip(sizes, sizes[1:])))


def _record(
    start: np.ndarray, sizes: tuple[int, ...], data: Dataset, epochs: int, learning_rate: float
) -> tuple[np.ndarray, np.ndarray]:
    """Train for some epochs from the weights in the vector ``start``.

    Returns the weights before each epoch and after the last, (epochs + 1, weights), and
    the outputs before each epoch, (epochs, rows, labels).
    """
    w = start.copy()
    o, epoch = _epoch_in_place(w, sizes, data, learning_rate)
    weights = np.empty((epochs + 1, w.size))
    outputs = np.empty((epochs, *o.shape))
    # Overflow in e⁻ᶻ is right, as in `network.sigmoid`; in the weights `train` finds it.
    with np.errstate(over="ignore", invalid="ignore"):
        for k in range(epochs):
            weights[k] = w
            epoch()
            outputs[k] = o
    weights[epochs] = w
    return weights, outputs


def _epoch_in_place(
    w: np.ndarray, sizes: tuple[int, ...], data: Dataset, learning_rate: float
) -> tuple[np.ndarray, Callable[[], None]]:
    """Prepare one epoch that updates the vector ``w`` in place and allocates nothing.

    On a network of nine weights the time goes into calls, not into arithmetic. So all
    activations lie in one buffer, whose slope is two calls whatever the depth, and all
    gradients in another, so that the update is one.

    Returns the buffer of outputs, (rows, labels), and the function that runs an epoch.
    """
    X, y, rows = data.X, data.y, len(data.X)
    gradient = np.empty_like(w)
    layers = [(rows, n) for n in sizes[1:]]
    activations, slopes, ones = (np.ones(rows * sum(sizes[1:])) for _ in range(3))
    a, s, one = (_split(buffer, layers) for buffer in (activations, slopes, ones))
    W, G = _views(w, sizes), _views(gradient, sizes)
    o, o_delta = a[-1], s[-1]
    o_error = np.empty_like(o)

    # A bound `dot` skips NumPy's dispatch, a third of the cost of so small a product.
    forward = [(b.dot, w_l, a_l, one_l) for b, w_l, a_l, one_l in zip([X, *a], W, a, one)]
    backward = [
        (s[layer].dot, W[layer].T, np.empty_like(a[layer - 1]), s[layer - 1])
        for layer in range(len(W) - 1, 0, -1)
    ]
    updates = [(b.T.dot, delta, g) for b, delta, g in zip([X, *a], s, G)]
    negative, exp, reciprocal = np.negative, np.exp, np.reciprocal
    add, subtract, multiply = np.add, np.subtract, np.multiply

    def epoch() -> None:
        for dot, w_l, a_l, one_l in forward:
            dot(w_l, a_l)
            negative(a_l, a_l)
            exp(a_l, a_l)
            add(a_l, one_l, a_l)
            reciprocal(a_l, a_l)
        subtract(ones, activations, slopes)
        multiply(slopes, activations, slopes)
        subtract(y, o, o_error)
        multiply(o_error, o_delta, o_delta)
        for dot, w_t, error, delta in backward:
            dot(w_t, error)
            multiply(error, delta, delta)
        for dot, delta, g in updates:
            dot(delta, g)
        if learning_rate != 1:
            multiply(gradient, learning_rate, gradient)
        add(w, gradient, w)

    return o, epoch


def _split(buffer: np.ndarray, shapes: list[tuple[int, int]]) -> list[np.ndarray]:
    """Consecutive parts of a flat buffer, each a view of the given shape."""
    ends = np.cumsum([math.prod(shape) for shape in shapes])
    return [part.reshape(shape) for part, shape in zip(np.split(buffer, ends[:-1]), shapes)]
