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
from nnviz.engine.table import MAX_MAGNITUDE, are_within
from nnviz.engine.updates import Update

if TYPE_CHECKING:
    from nnviz.engine.recipe import Recipe

RECORDING_BYTES = 64_000_000  # a recording's weights stay below this; see `Run.every`
_STATES = 26_000  # and are of no more epochs: to train a few again is quick where so many were
_CHUNK_BYTES = 4_000_000  # working memory while recording
_BLOCK = 400_000  # products that the rows of a long table make together, see `_epoch_in_place`


@dataclass(frozen=True, eq=False)
class Run:
    """A recorded training.

    recipe: all that it depends on, but for its length.
    loss: (epochs + 1,), mean((y − o)²); ``loss[k]`` is the loss after k epochs, so
        ``loss[0]`` is that of the starting weights.
    every: 1 if every epoch's state is kept. A recording that would pass `RECORDING_BYTES` or
        26,000 states keeps every n-th epoch's, n a power of two, and the few between are trained
        again.
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
        return self.data.unscale(self.network(epoch).forward(X)[-1])

    def to(self, epochs: int, recording_bytes: int = RECORDING_BYTES) -> Run:
        """The same training, that many epochs long: cut off, or trained on from where it stopped.

        Raises ValueError if the number is below 0 or the weights grow beyond ±1e15.
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
    that the weights grow beyond ±1e15.
    """
    recording = Recording(recipe, epochs, recording_bytes, begun)
    recording.go_on(epochs)
    return recording.run


class Recording:
    """A run in the making: it takes in epochs piece by piece, and what there is of it is a `Run`.

    epochs: how many it has room for. The other arguments are those of `record`.

    Other threads may take its `run` while one goes on with it: what was written stays as it is.

    Raises ValueError if the number of epochs is below 0.
    """

    def __init__(
        self,
        recipe: Recipe,
        epochs: int,
        recording_bytes: int = RECORDING_BYTES,
        begun: Run | None = None,
    ):
        if epochs < 0:
            raise ValueError(f"The number of epochs must be 0 or more, not {epochs}.")
        self.recipe, self.room = recipe, epochs
        self._state, self._next = initial_state(recipe), 0  # of the first epoch not yet recorded
        rows = min(max(1, recording_bytes // self._state.nbytes), _STATES)
        every = _power_of_two(math.ceil((epochs + 1) / rows))
        self.every = every if begun is None else max(every, begun.every)
        self._kept = np.empty((epochs // self.every + 1, self._state.size))
        self._loss = np.empty(epochs + 1)
        if begun is not None:
            first = begun.epochs // begun.every * begun.every  # the last whose state is kept
            self._state, self._next = begun.kept[-1], first
            self._loss[:first] = begun.loss[:first]
            kept = begun.kept[:-1][:: self.every // begun.every]
            self._kept[: len(kept)] = kept

    @property
    def epochs(self) -> int:
        """How many epochs are recorded; −1 before the loss of the starting weights is."""
        return self._next - 1

    @property
    def run(self) -> Run:
        """What is recorded so far. It is not copied."""
        epochs = self.epochs
        kept, loss = self._kept[: epochs // self.every + 1], self._loss[: epochs + 1]
        for array in (kept, loss):
            array.flags.writeable = False  # a Run is shared between the people on one server
        return Run(self.recipe, loss, self.every, kept)

    def go_on(self, until: int) -> None:
        """Record up to an epoch, as far as there is room.

        Raises ValueError if the weights grow beyond ±1e15; the epochs before that are recorded.
        """
        last = min(until, self.room)
        chunk = max(1, _CHUNK_BYTES // (self._state.nbytes + self.recipe.data.y.nbytes))
        while self._next <= last:
            self._take(min(chunk, last + 1 - self._next))

    def _take(self, epochs: int) -> None:
        """Train so many epochs, and write down those that came to numbers."""
        start = self._next
        states, outputs = _train(self.recipe, self._state, epochs)
        if overflows := not are_within(states[-1]):
            epochs = int(np.argmin([are_within(state) for state in states])) - 1
        stop = start + max(epochs, 0)
        self._loss[start:stop] = mean_loss(self.recipe.data.y, outputs[: stop - start])
        skip = -start % self.every  # to the first of these epochs that is kept
        rows = slice(-(-start // self.every), -(-stop // self.every))
        self._kept[rows] = states[: stop - start][skip :: self.every]
        self._state = states[stop - start]
        self._next = stop  # last, as others take what is before it
        if overflows:
            raise ValueError(
                f"With a learning rate of {self.recipe.learning_rate:g} the weights grow beyond "
                f"±{MAX_MAGNITUDE:g}, too large to compute with. Choose a smaller one."
            )


def cost(recipe: Recipe) -> float:
    """What an epoch takes, in µs on a common machine; reckoned, so that every machine agrees."""
    shape = recipe.shape
    calls = 4 + 3 * (len(shape.sizes) - 1) + 0.02 * shape.count
    return calls + len(recipe.data.X) * (0.008 * sum(shape.sizes[1:]) + 0.001 * shape.count)


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
    o, epoch = epoch_in_place(state, recipe.shape, recipe.data, recipe.rule, recipe.learning_rate)
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


def epoch_in_place(
    state: np.ndarray, shape: Shape, data: Dataset, update: Update, learning_rate: float
) -> tuple[np.ndarray, Callable[[], None]]:
    """Prepare one epoch that updates the vector ``state`` in place and allocates nothing.

    It is `network.forward`, `network.backward` and the update rule in the form that runs fast.
    The rows of a long table go through in blocks, whose gradients are summed: a block stays in
    the processor, and its products are so small that NumPy does not split them among threads,
    which would wait for each other, and for everyone else on a busy server.

    Returns the buffer of outputs, (rows, labels), and the function that runs an epoch.
    """
    w, memory = state[: shape.count], state[shape.count :].reshape(-1, shape.count)
    widest = max(a * b for a, b in zip(shape.sizes, shape.sizes[1:]))
    rows, size = len(data.X), max(1, _BLOCK // widest)
    change = update.in_place
    if rows <= size:
        o, downhill, gradient = _gradient_in_place(w, shape, data.X, data.y)

        def epoch() -> None:
            gradient()
            change(w, downhill, memory, learning_rate)

        return o, epoch

    parts = [slice(start, start + size) for start in range(0, rows, size)]
    blocks = [(part, *_gradient_in_place(w, shape, data.X[part], data.y[part])) for part in parts]
    o, downhill, add = np.empty_like(data.y), np.empty_like(w), np.add

    def long_epoch() -> None:
        downhill.fill(0)
        for part, o_part, of_part, gradient in blocks:
            gradient()
            o[part] = o_part
            add(downhill, of_part, downhill)
        change(w, downhill, memory, learning_rate)

    return o, long_epoch


def _gradient_in_place(
    w: np.ndarray, shape: Shape, X: np.ndarray, y: np.ndarray
) -> tuple[np.ndarray, np.ndarray, Callable[[], None]]:
    """Prepare the gradient of some rows at the weights ``w``.

    On a network of nine weights the time goes into calls, not into arithmetic. So all
    activations lie in one buffer, whose slope is two calls whatever the depth, and all
    gradients in another, so that the update is one.

    Returns the buffers of outputs, (rows, labels), and of minus the gradient, (weights,), and
    the function that fills them.
    """
    rows = len(X)
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

    def gradient() -> None:
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

    return o, downhill, gradient
