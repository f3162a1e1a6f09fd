"""What a network says all over the inputs: the ground on which its answers are drawn as a map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.engine.dataset import Dataset
from nnviz.engine.label import Aspect
from nnviz.engine.many import Many
from nnviz.engine.moment import Moment
from nnviz.engine.network import forward
from nnviz.engine.shape import Shape
from nnviz.engine.table import MAX_MAGNITUDE
from nnviz.trust.spread import middle_width
from nnviz.writing import round_step

_POINTS = 36  # along an input, about so many
_ROOM = 0.25  # of the rows' range, beyond them on either side
_FARTHEST = 2.0  # times that range, beyond which a question is not on the map


@dataclass(frozen=True, eq=False)
class Ground:
    """Points at which a network is asked: a grid over two inputs, or a line over one.

    axes: which inputs. values: (points along it,) of each, at round numbers, rising. inputs:
    (points, inputs), in the table's units; the first axis runs fastest, and the inputs that are
    on no axis have the question's values. rows: (least, most) of the training rows on each axis.
    """

    axes: tuple[int, ...]
    values: tuple[np.ndarray, ...]
    inputs: np.ndarray
    rows: tuple[tuple[float, float], ...]

    @property
    def points(self) -> tuple[int, ...]:
        """How many there are along each axis."""
        return tuple(len(values) for values in self.values)


def ground(data: Dataset, question: tuple[float, ...], axes: tuple[int, ...]) -> Ground:
    """The training rows' range of some inputs, the questions, and some room around them."""
    values, rows = [], []
    for j in axes:
        low, high = float(data.inputs[:, j].min()), float(data.inputs[:, j].max())
        rows.append((low, high))
        values.append(_along(low, high, [*data.questions[:, j].tolist(), question[j]]))
    grid = np.meshgrid(*values)
    inputs = np.tile(np.array(question, dtype=float), (grid[0].size, 1))
    for j, along in zip(axes, grid):
        inputs[:, j] = along.ravel()
    return Ground(tuple(axes), tuple(values), inputs, tuple(rows))


def _along(low: float, high: float, questions: list[float]) -> np.ndarray:
    """Round values over a range with room around it, and over the questions that are near it."""
    span = (high - low) or abs(low) or 1.0
    near = [q for q in questions if low - _FARTHEST * span <= q <= high + _FARTHEST * span]
    least = min([low, *near]) - _ROOM * span
    most = max([high, *near]) + _ROOM * span
    step = round_step((most - least) / _POINTS)
    values = np.arange(np.floor(least / step + 1e-9), np.ceil(most / step - 1e-9) + 1) * step
    rounded = np.array([float(f"{value:.12g}") for value in values])
    return rounded.clip(-MAX_MAGNITUDE, MAX_MAGNITUDE)


def answers_on(
    shape: Shape, flat: np.ndarray, data: Dataset, on: Ground, aspect: Aspect
) -> tuple[np.ndarray, np.ndarray]:
    """What networks make of every point.

    flat: (…, weights). Returns the aspect of a label, (…, points), and the activations of
    all hidden neurons, layer after layer, (…, neurons, points).
    """
    with np.errstate(over="ignore", invalid="ignore"):
        _, layers = forward(shape.weights(flat), data.scale(on.inputs))
    labels = aspect.of(data.unscale(layers[-1]))
    hidden = np.concatenate([layers[-1][..., :0], *layers[1:-1]], axis=-1)
    return labels, np.moveaxis(hidden, -1, -2)


def disagreement(moment: Moment, many: Many, on: Ground) -> np.ndarray:
    """How wide the middle 90 % of many networks' answers are at every point, (points,)."""
    return middle_width(moment.aspect.of(many.predict(on.inputs, moment.epoch)))
