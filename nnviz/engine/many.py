"""Many networks of one shape, trained side by side: from many starts, or each on other rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass
from itertools import islice

import numpy as np

from nnviz.engine.dataset import Dataset
from nnviz.engine.network import forward
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.shape import Shape
from nnviz.engine.side_by_side import epoch_side_by_side
from nnviz.engine.table import are_within
from nnviz.engine.training import cost, epoch_in_place, initial_state
from nnviz.engine.updates import GRADIENT_DESCENT

KEPT_BYTES = 16_000_000  # the states that are kept stay below this; see `Many.kept_epochs`
_STATES = 256  # and are of no more epochs: to train a few again is quick
_SIDE_BY_SIDE_BYTES = 1_000_000  # of networks that are trained together, to stay in the cache
_FEW = 40  # that is too few together to make up for the many calls; each is trained by itself
_PREDICTED_BYTES = 16_000_000  # of activations at a time
_FLATS_BYTES = 2_000_000  # of weights at a time, where many epochs are looked at
_PARTS = 32  # that an executor is given, at most
_EPOCHS = 16  # between two pieces, at most


@dataclass(frozen=True, eq=False)
class Many:
    """Trainings side by side.

    recipes: one a network; alike in all but the seed and the numbers of the table.
    kept_epochs: those whose states are kept, rising: the first, the last, and every n-th, so
        that they are at most 256 and need no more than `KEPT_BYTES`. Those between are trained
        again where they are asked for.
    kept: (kept epochs, numbers of a state, networks): the weights, and after them what the
        update rule remembers.
    """

    recipes: tuple[Recipe, ...]
    kept_epochs: np.ndarray
    kept: np.ndarray

    def __len__(self) -> int:
        return len(self.recipes)

    @property
    def epochs(self) -> int:
        """How many epochs were trained."""
        return int(self.kept_epochs[-1])

    @property
    def shape(self) -> Shape:
        """Where each weight stands in a network."""
        return self.recipes[0].shape

    def weights_over(self, epochs: Sequence[int]) -> Iterator[np.ndarray]:
        """The weights at some epochs, in rising order: (networks, weights) for each.

        Raises ValueError if one of them was not trained.
        """
        at, state = 0, self.kept[0]
        for epoch in map(int, epochs):
            if not 0 <= epoch <= self.epochs:
                raise ValueError(f"Epoch {epoch} is not between 0 and {self.epochs}.")
            row = int(np.searchsorted(self.kept_epochs, epoch, "right")) - 1
            if not self.kept_epochs[row] <= at <= epoch:
                at, state = int(self.kept_epochs[row]), self.kept[row]
            if epoch > at:
                at, state = epoch, self._advanced(state, epoch - at)
            yield state[: self.shape.count].T

    def _advanced(self, state: np.ndarray, epochs: int) -> np.ndarray:
        """All networks' states, so many epochs later."""
        later = state.copy()
        for here in _parts(self.recipes):
            part = later[:, here].copy()
            _repeat(_epoch_of(self.recipes[here], part), epochs)
            later[:, here] = part
        return later

    def weights_at(self, epoch: int | None = None) -> np.ndarray:
        """The weights at an epoch, by default the last: (networks, weights)."""
        return next(self.weights_over([self.epochs if epoch is None else epoch]))

    def predict(self, inputs, epoch: int | None = None) -> np.ndarray:
        """What each network predicts, in the labels' own unit.

        inputs: (rows, inputs), in the table's own units. epoch: by default the last.
        Returns (networks, rows, labels). Raises ValueError if the shape or the epoch does not
        fit.
        """
        return self.predict_by(self.weights_at(epoch), inputs)

    def predict_over(self, inputs, epochs: Sequence[int]) -> np.ndarray:
        """The same at some epochs, in rising order: (epochs, networks, rows, labels)."""
        chunk = max(1, _FLATS_BYTES // self.kept[0].nbytes)
        flats, parts = self.weights_over(epochs), []
        while here := list(islice(flats, chunk)):
            parts.append(self.predict_by(np.stack(here), inputs))
        return np.concatenate(parts)

    def predict_by(self, flat: np.ndarray, inputs) -> np.ndarray:
        """The same by weights as `weights_over` gives them: (…, networks, weights)."""
        datasets = [recipe.data for recipe in self.recipes]
        rows = len(np.asarray(inputs))
        numbers = math.prod(flat.shape[:-2]) * max(rows, 1) * sum(self.shape.sizes)
        chunk = max(1, _PREDICTED_BYTES // (8 * numbers))
        labels = np.empty((*flat.shape[:-1], rows, self.shape.sizes[-1]))
        # Weights near the largest double overflow in products; training bounds the weights alone.
        with np.errstate(over="ignore", invalid="ignore"):
            for start in range(0, len(self), chunk):
                here = slice(start, start + chunk)
                X = _each(datasets[here], lambda data: data.scale(inputs))
                _, layers = forward(self.shape.weights(flat[..., here, :]), X)
                labels[..., here, :, :] = layers[-1]
        if _is_shared(datasets):
            return datasets[0].unscale(labels)
        each = [data.unscale(labels[..., k, :, :]) for k, data in enumerate(datasets)]
        return np.stack(each, axis=-3)


def train_many(
    sizes: Sequence[int],
    data: Dataset,
    seeds: Sequence[int],
    epochs: int = 1000,
    learning_rate: float = 1.0,
    update: str = GRADIENT_DESCENT.name,
    executor: Executor | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Many:
    """Train a network from each seed's start, all side by side.

    sizes: neurons in each layer, as in `Network.random`. seeds: one a network.
    executor: any `concurrent.futures.Executor`, which is given parts of the networks.
    on_progress: called again and again with the share that is done, from 0 to 1. An exception
        that it raises stops the training.

    Each network is what `train` makes of its start, to 1e-12. Memory stays below `KEPT_BYTES`
    and a few MB to work with, whatever the number of epochs.

    Raises ValueError if the sizes do not fit the data, there is no seed, the number of epochs is
    below 0, the rate is no number above 0, or the weights overflow.
    """
    sizes, ends = tuple(sizes), (len(data.input_names), len(data.output_names))
    if len(sizes) < 2 or (sizes[0], sizes[-1]) != ends:
        raise RecipeError(
            f"A network of sizes {sizes} does not fit data of {ends[0]} inputs and {ends[1]} "
            "outputs."
        )
    first = Recipe(data, sizes[1:-1], learning_rate=learning_rate, update=update)
    return train_all([first.but(seed=seed) for seed in seeds], epochs, executor, on_progress)


def train_all(
    recipes: Sequence[Recipe],
    epochs: int,
    executor: Executor | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> Many:
    """Train as each recipe says, side by side; see `train_many` for the rest.

    Raises ValueError if the recipes are not alike in all but the seed and the table's numbers.
    """
    share = (lambda done: None) if on_progress is None else on_progress
    if executor is not None:
        return _by(executor, recipes, epochs, share)
    pieces = in_pieces(recipes, epochs)
    while True:
        try:
            share(next(pieces))
        except StopIteration as end:
            return end.value


def in_pieces(
    recipes: Sequence[Recipe], epochs: int, at: np.ndarray | None = None
) -> Generator[float, None, Many]:
    """The same a piece at a time, to be stopped or gone on with between any two.

    at: see `Many.kept_epochs`; by default as many as the memory allows.
    Yields the share that is done, and returns what was trained.
    """
    recipes = tuple(recipes)
    _check(recipes, epochs)
    states = np.stack([initial_state(recipe) for recipe in recipes], axis=-1)
    at = _kept_epochs(states.nbytes, epochs) if at is None else at
    kept = np.empty((len(at), *states.shape))
    kept[0] = states
    for here in _parts(recipes):
        state = states[:, here].copy()
        epoch = _epoch_of(recipes[here], state)
        for row, (done, until) in enumerate(zip(at, at[1:]), start=1):
            for start in range(done, until, _EPOCHS):
                stop = min(start + _EPOCHS, until)
                _repeat(epoch, stop - start)
                yield (here.start + state.shape[1] * stop / epochs) / len(recipes)
            kept[row, :, here] = state
        if not are_within(state):
            raise ValueError(
                f"With a learning rate of {recipes[0].learning_rate:g} the weights grow beyond "
                "all numbers. Choose a smaller one."
            )
    kept.flags.writeable = False
    return Many(recipes, at, kept)


def _check(recipes: Sequence[Recipe], epochs: int) -> None:
    if epochs < 0:
        raise ValueError(f"The number of epochs must be 0 or more, not {epochs}.")
    if not recipes:
        raise ValueError("There is no network to train.")
    alike = {(r.shape, r.update, r.learning_rate, len(r.data.X)) for r in recipes}
    if len(alike) > 1:
        raise ValueError("Networks side by side must be alike but for seeds and numbers.")


def _kept_epochs(state_bytes: int, epochs: int) -> np.ndarray:
    """See `Many.kept_epochs`. state_bytes: of all networks at one epoch."""
    most = min(KEPT_BYTES // state_bytes, _STATES)
    every = math.ceil(max(epochs, 1) / max(1, most - 1))
    return np.append(np.arange(0, epochs, every), epochs)


def _parts(recipes: Sequence[Recipe]) -> list[slice]:
    """Which networks are trained together."""
    width = _width(recipes[0])
    return [slice(start, start + width) for start in range(0, len(recipes), width)]


def _width(recipe: Recipe) -> int:
    """How many networks are trained together."""
    rows, shape = len(recipe.data.X), recipe.shape
    numbers = 4 * rows * sum(shape.sizes) + (3 + recipe.rule.remembered) * shape.count
    together = _SIDE_BY_SIDE_BYTES // (8 * numbers)
    return together if together >= _FEW else 1


def seconds(recipe: Recipe, networks: int, epochs: int) -> float:
    """What so many networks take, side by side on a common machine; reckoned, not measured."""
    if _width(recipe) == 1:
        each = cost(recipe)
    else:
        each = 0.1 + 0.006 * len(recipe.data.X) * recipe.shape.count
    return 1e-6 * each * networks * epochs


def _repeat(epoch: Callable[[], None], times: int) -> None:
    with np.errstate(over="ignore", invalid="ignore"):  # as in `training.record`
        for _ in range(times):
            epoch()


def _by(
    executor: Executor, recipes: Sequence[Recipe], epochs: int, share: Callable[[float], None]
) -> Many:
    """Have an executor train parts of the networks, and put them together."""
    recipes = tuple(recipes)
    _check(recipes, epochs)
    at = _kept_epochs(len(recipes) * initial_state(recipes[0]).nbytes, epochs)
    size = math.ceil(len(recipes) / _PARTS)
    parts = [recipes[start : start + size] for start in range(0, len(recipes), size)]
    futures = [executor.submit(_kept, part, epochs, at) for part in parts]
    try:
        for number, _ in enumerate(as_completed(futures), start=1):
            share(number / len(parts))
        kept = np.concatenate([future.result() for future in futures], axis=-1)
    finally:
        for future in futures:
            future.cancel()
    kept.flags.writeable = False
    return Many(recipes, at, kept)


def _kept(recipes: Sequence[Recipe], epochs: int, at: np.ndarray) -> np.ndarray:
    """What a process of its own sends back."""
    pieces = in_pieces(recipes, epochs, at)
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            return end.value.kept


def _epoch_of(recipes: Sequence[Recipe], state: np.ndarray) -> Callable[[], None]:
    """Prepare an epoch of these networks, which updates ``state``, (numbers, networks)."""
    recipe = recipes[0]
    shape, rule, rate = recipe.shape, recipe.rule, recipe.learning_rate
    if len(recipes) == 1:
        return epoch_in_place(state[:, 0], shape, recipe.data, rule, rate)[1]
    datasets = [recipe.data for recipe in recipes]
    X, y = (
        np.ascontiguousarray(np.moveaxis(_each(datasets, part), 0, -1))
        for part in (lambda data: data.X, lambda data: data.y)
    )
    return epoch_side_by_side(state, shape, X, y, rule, rate)


def _each(datasets: Sequence[Dataset], part: Callable[[Dataset], np.ndarray]) -> np.ndarray:
    """A part of each dataset, (networks, …); of one that all share, (1, …)."""
    return np.stack([part(data) for data in datasets[: 1 if _is_shared(datasets) else None]])


def _is_shared(datasets: Sequence[Dataset]) -> bool:
    return all(data is datasets[0] for data in datasets)
