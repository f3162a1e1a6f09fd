"""Training is a recording: a `Run` holds every epoch, and goes on from where it stopped."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nnviz.engine.dataset import Dataset
from nnviz.engine.network import Network, mean_loss
from nnviz.engine.shape import Shape, split
from nnviz.engine.updates import Update

if TYPE_CHECKING:
    from nnviz.engine.recipe import Recipe

MAX_WEIGHT = 1e200  # beyond it, a sum of weighted questions may overflow
RECORDING_BYTES = 64_000_000  # a recording's weights stay below this; see `Run.every`
_CHUNK_BYTES = 4_000_000  # working memory while recording


@dataclass(frozen=True, eq=False)
class Run:
    """A recorded training.

    recipe: all that it depends on, but for its length.
    loss: (epochs + 1,), mean((y − o)²); ``loss[k]`` is the loss after k epochs, so
        ``loss[0]`` is that of the starting weights.
    every: 1 if every epoch's state is kept. A recording that would pass `RECORDING_BYTES`
        keeps every n-th epoch's, n a power of two, and the few between are trained again.
    kept: (epochs // every + 1, numbers of a state), the kept states, one epoch a row: the
        weights and after them what the update rule remembers.
    """

    recipe: Recipe
    loss: np.ndarray
    every: int
    kept: np.ndarray

    @property
    def data(self) -> Dataset:
        """The dataset it was trained on."""
        return self.recipe.data

    @property
    def shape(self) -> Shape:
        """Where each weight stands."""
        return self.recipe.shape

    @property
    def sizes(self) -> tuple[int, ...]:
        """Neurons in each layer, inputs first."""
        return self.shape.sizes

    @property
    def learning_rate(self) -> float:
        """The factor η of every update."""
        return self.recipe.learning_rate

    @property
    def epochs(self) -> int:
        """How many epochs were trained."""
        return len(self.loss) - 1

    def network(self, epoch: int | None = None) -> Network:
        """The network as it stood after ``epoch`` epochs, by default the last.

        Raises ValueError if the epoch was not recorded.
        """
        epoch = self.epochs if epoch is None else int(epoch)
        return Network(self.shape.weights(self.weights_at([epoch])[0]))

    def weights_at(self, epochs) -> np.ndarray:
        """The weights at several epochs, (len(epochs), number of weights), layer after layer.

        Raises ValueError if one of them was not recorded.
        """
        return self.states_at(epochs)[:, : self.shape.count]

    def states_at(self, epochs) -> np.ndarray:
        """The same, and after the weights what the update rule remembers."""
        epochs = np.asarray(epochs, dtype=int)
        for epoch in epochs[(epochs < 0) | (epochs > self.epochs)][:1]:
            raise ValueError(f"Epoch {epoch} is not between 0 and {self.epochs}.")
        rows, ahead = np.divmod(epochs, self.every)
        states = self.kept[rows]
        for row in np.unique(rows[ahead > 0]):
            here = (rows == row) & (ahead > 0)
            again, _ = _train(self.recipe, self.kept[row], ahead[here].max())
            states[here] = again[ahead[here]]
        return states

    def predict(self, inputs, epoch: int | None = None) -> np.ndarray:
        """Predicted labels, in the labels' own unit.

        inputs: (rows, inputs), in the table's own units (hours in, points out).
        epoch: by default the last.
        Returns (rows, labels). Raises ValueError if the shape or the epoch does not fit.
        """
        X = self.data.scale(inputs)
        return self.network(epoch).forward(X)[-1] * self.data.label_scale

    def to(self, epochs: int, recording_bytes: int = RECORDING_BYTES) -> Run:
        """The same training, that many epochs long: cut off, or trained on from where it stopped.

        Raises ValueError if the number is below 0 or the weights grow beyond all numbers.
        """
        if epochs == self.epochs:
            return self
        if not 0 <= epochs < self.epochs:
            return record(self.recipe, epochs, recording_bytes, begun=self)
        kept = self.kept[: epochs // self.every + 1]
        return Run(self.recipe, self.loss[: epochs + 1], self.every, kept)


def record(
    recipe: Recipe,
    epochs: int,
    recording_bytes: int = RECORDING_BYTES,
    begun: Run | None = None,
) -> Run:
    """Train as a recipe says, and record every epoch.

    begun: a shorter run by the same recipe, to go on from.

    Raises ValueError if the number of epochs is below 0, or the learning rate is so large
    that the weights overflow.
    """
    if epochs < 0:
        raise ValueError(f"The number of epochs must be 0 or more, not {epochs}.")
    state, first = initial_state(recipe), 0
    every = _power_of_two(math.ceil((epochs + 1) / max(1, recording_bytes // state.nbytes)))
    kept, loss = np.empty((epochs // every + 1, state.size)), np.empty(epochs + 1)
    if begun is not None:
        every = max(every, begun.every)
        kept = kept[: epochs // every + 1]
        first = begun.epochs // begun.every * begun.every  # the last epoch whose state is kept
        state = begun.kept[-1]
        loss[:first] = begun.loss[:first]
        kept[: -(-first // every)] = begun.kept[:-1][:: every // begun.every]
    chunk = max(1, _CHUNK_BYTES // (state.nbytes + recipe.data.y.nbytes))
    for start in range(first, epochs + 1, chunk):
        stop = min(start + chunk, epochs + 1)
        states, outputs = _train(recipe, state, stop - start)
        state = states[-1]
        if not (np.abs(state) <= MAX_WEIGHT).all():  # nor is NaN
            raise ValueError(
                f"With a learning rate of {recipe.learning_rate:g} the weights grow beyond all "
                "numbers. Choose a smaller one."
            )
        loss[start:stop] = mean_loss(recipe.data.y, outputs)
        skip = -start % every  # to the chunk's first epoch that is kept
        kept[-(-start // every) : -(-stop // every)] = states[skip:-1:every]
    for array in (kept, loss):
        array.flags.writeable = False  # a Run is shared between the people on one server
    return Run(recipe, loss, every, kept)


def initial_state(recipe: Recipe) -> np.ndarray:
    """The starting weights and, as nothing has happened yet, zeros to remember."""
    flat = recipe.shape.flat(recipe.network().weights)
    return np.concatenate([flat, np.zeros(recipe.rule.remembered * flat.size)])


def _power_of_two(least: int) -> int:
    """So that a longer recording can keep every other state that a shorter one kept."""
    return 1 << max(0, least - 1).bit_length()


def _train(recipe: Recipe, start: np.ndarray, epochs: int) -> tuple[np.ndarray, np.ndarray]:
    """Train for some epochs from the state ``start``.

    Returns the states before each epoch and after the last, (epochs + 1, numbers), and the
    outputs before each epoch, (epochs, rows, labels).
    """
    state = start.copy()
    o, epoch = _epoch_in_place(state, recipe.shape, recipe.data, recipe.rule, recipe.learning_rate)
    states = np.empty((epochs + 1, state.size))
    outputs = np.empty((epochs, *o.shape))
    # Overflow in e⁻ᶻ is right, as in `sigmoid`; in the weights `record` finds it.
    with np.errstate(over="ignore", invalid="ignore"):
        for k in range(epochs):
            states[k] = state
            epoch()
            outputs[k] = o
    states[epochs] = state
    return states, outputs


def _epoch_in_place(
    state: np.ndarray, shape: Shape, data: Dataset, update: Update, learning_rate: float
) -> tuple[np.ndarray, Callable[[], None]]:
    """Prepare one epoch that updates the vector ``state`` in place and allocates nothing.

    It is `network.forward`, `network.backward` and the update rule in the form that runs fast.
    On a network of nine weights the time goes into calls, not into arithmetic. So all
    activations lie in one buffer, whose slope is two calls whatever the depth, and all
    gradients in another, so that the update is one.

    Returns the buffer of outputs, (rows, labels), and the function that runs an epoch.
    """
    X, y, rows = data.X, data.y, len(data.X)
    w, memory = state[: shape.count], state[shape.count :].reshape(-1, shape.count)
    downhill = np.empty_like(w)
    layers = [(rows, n) for n in shape.sizes[1:]]
    activations, slopes, ones = (np.ones(rows * sum(shape.sizes[1:])) for _ in range(3))
    a, s, one = (split(buffer, layers) for buffer in (activations, slopes, ones))
    W, G = shape.weights(w), shape.weights(downhill)
    o, o_delta = a[-1], s[-1]
    o_error = np.empty_like(o)

    # A bound `dot` skips NumPy's dispatch, a third of the cost of so small a product.
    forward = [(b.dot, w_l, a_l, one_l) for b, w_l, a_l, one_l in zip([X, *a], W, a, one)]
    backward = [
        (s[layer].dot, W[layer].T, np.empty_like(a[layer - 1]), s[layer - 1])
        for layer in range(len(W) - 1, 0, -1)
    ]
    moves = [(b.T.dot, delta, g) for b, delta, g in zip([X, *a], s, G)]
    negative, exp, reciprocal = np.negative, np.exp, np.reciprocal
    add, subtract, multiply = np.add, np.subtract, np.multiply
    change = update.in_place

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
        for dot, delta, g in moves:
            dot(delta, g)
        change(w, downhill, memory, learning_rate)

    return o, epoch
