"""The loss around the way a training took: exact slices through it, never random ones.

A network of nine weights has nine directions, and a picture two. So each picture says which cut
through the loss it is, and the plane of the path, how much of the path lies in it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.engine.network import forward, mean_loss
from nnviz.engine.training import Run

_LINE = np.linspace(-0.25, 1.25, 121)  # parts of the way from the start to the end
_GRID = 45  # points of the plane along each direction
_ROOM = 0.25  # of the path's size, around it
_PATH = 400  # epochs of the path, at most
_NUMBERS = 4_000_000  # of activations at a time


def losses_at(run: Run, flat: np.ndarray) -> np.ndarray:
    """The loss on the training rows at some weights: (points, weights); returns (points,)."""
    data = run.data
    chunk = max(1, _NUMBERS // (len(data.X) * sum(run.sizes)))
    losses = np.empty(len(flat))
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, len(flat), chunk):
            here = slice(start, start + chunk)
            _, layers = forward(run.shape.weights(flat[here]), data.X)
            losses[here] = mean_loss(data.y, layers[-1])
    return losses


@dataclass(frozen=True, eq=False)
class Line:
    """The loss on the straight line from the start to the end of a recording.

    parts: of the way, 0 at the start and 1 at the end. losses: there.
    """

    parts: np.ndarray
    losses: np.ndarray

    @property
    def sentence(self) -> str:
        """Whether the straight way would have been downhill all along."""
        way = self.losses[(self.parts >= 0) & (self.parts <= 1)]
        if np.ptp(way) == 0:
            return "The training has not moved yet, so there is no way to look along."
        if (np.diff(way) <= 0).all():
            return "That would have been downhill all the way."
        if (np.diff(way) >= 0).all():
            return "That is uphill all the way: the training ended higher than it began."
        if way.max() > max(way[0], way[-1]):
            return "A hill lies in that way; the training went around it."
        return "That is not downhill all the way."


def line(run: Run) -> Line:
    """The exact loss between the starting weights and those of the last recorded epoch."""
    start, end = run.weights_at([0, run.epochs])
    return Line(_LINE, losses_at(run, start + _LINE[:, None] * (end - start)))


@dataclass(frozen=True, eq=False)
class Plane:
    """The plane through the end of a path that holds the most of it.

    epochs: of the path, rising. path: (epochs, 2), where it lies in the plane. share: of the
    path's squared distances from its end, what the plane holds; 1 if the path lies in it.
    x, y: the plane's points along its two directions. losses: (y, x), at each of them.
    directions: (2, weights), of length 1 and at right angles.
    """

    epochs: np.ndarray
    path: np.ndarray
    share: float
    x: np.ndarray
    y: np.ndarray
    losses: np.ndarray
    directions: np.ndarray


def plane(run: Run) -> Plane | None:
    """The two main directions of the recorded weights, by their singular values.

    See Li and others, “Visualizing the loss landscape of neural nets”, 2018, section 7, where
    random directions are shown to miss the path. None if the path has no two directions.
    """
    epochs = _path_epochs(run)
    weights = run.weights_at(epochs)
    end = weights[-1]
    if run.shape.count < 2 or len(epochs) < 3:
        return None
    _, sizes, directions = np.linalg.svd(weights - end, full_matrices=False)
    if not sizes[1] > 0:
        return None
    directions = directions[:2]
    path = (weights - end) @ directions.T
    share = float((sizes[:2] ** 2).sum() / (sizes**2).sum())
    x, y = (_around(path[:, k]) for k in (0, 1))
    grid = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    losses = losses_at(run, end + grid @ directions).reshape(len(y), len(x))
    return Plane(epochs, path, share, x, y, losses, directions)


def _path_epochs(run: Run) -> np.ndarray:
    """Some of the recorded epochs; more of them early, where most moves."""
    parts = np.linspace(0, 1, _PATH) ** 2
    return np.unique((parts * run.epochs).round().astype(int))


def _around(values: np.ndarray) -> np.ndarray:
    low, high = float(values.min()), float(values.max())
    room = _ROOM * (high - low) or 1.0
    return np.linspace(low - room, high + room, _GRID)


def share_text(share: float) -> str:
    """A share in percent, never rounded up to all of it."""
    return "100 %" if share == 1 else f"{min(100 * share, 99.9):.1f} %".replace(".0 %", " %")


def about(plane: Plane, weights: int) -> str:
    """What the picture of the plane holds, in a sentence or two."""
    others = weights - 2
    if others == 0:
        return "These are all the directions there are: the plane holds the whole path."
    are = "is 1 other direction" if others == 1 else f"are {others:,} other directions"
    return (
        f"The plane holds {share_text(plane.share)} of the path’s movement; there {are}, in which "
        "the loss may do anything."
    )
