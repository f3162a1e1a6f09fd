"""Rows that are held out: never trained on, they tell where a network begins to learn by heart."""

from __future__ import annotations

import numpy as np

from nnviz.engine.network import forward, mean_loss
from nnviz.engine.training import Run
from nnviz.writing import loss_text, true_minus

_RISES = 1.02  # times its least, from which on the loss of the held-out rows is said to rise
_EPOCHS = 300  # at which it is computed, at most
_NUMBERS = 4_000_000  # of activations at a time


def held_curve(run: Run) -> tuple[np.ndarray, np.ndarray]:
    """The loss on the rows that are held out, over the recording: epochs, rising, and losses.

    Both are empty if none are.
    """
    data = run.data
    if not len(data.held_X):
        return np.empty(0, int), np.empty(0)
    parts = np.linspace(0, 1, _EPOCHS) ** 2  # more of them early, where most moves
    epochs = np.unique((parts * run.epochs).round().astype(int))
    chunk = max(1, _NUMBERS // (len(data.held_X) * sum(run.sizes)))
    losses = np.empty(len(epochs))
    with np.errstate(over="ignore", invalid="ignore"):
        for start in range(0, len(epochs), chunk):
            here = slice(start, start + chunk)
            weights = run.shape.weights(run.weights_at(epochs[here]))
            losses[here] = mean_loss(data.held_y, forward(weights, data.held_X)[1][-1])
    return epochs, losses


def parting(run: Run) -> str:
    """Where the two losses part, in a sentence; empty if no row is held out."""
    epochs, losses = held_curve(run)
    if not len(epochs):
        return ""
    at, rows = int(losses.argmin()), len(run.data.held_X)
    named = "1 held-out row" if rows == 1 else f"{rows} held-out rows"
    least, last = _said(losses[at]), _said(losses[-1])
    epoch = int(epochs[at])
    if losses[-1] <= _RISES * losses[at]:
        return (
            f"The loss on the {named}, dashed, is {last} at epoch {run.epochs:,}, near its least."
        )
    if run.loss[-1] >= run.loss[epoch]:
        return (
            f"The loss on the {named}, dashed, was least at epoch {epoch:,}: {least}. It is {last} "
            "now, and that of the training rows has risen as well."
        )
    return (
        f"Here the two part: the loss on the {named}, dashed, was least at epoch {epoch:,}: "
        f"{least}. By epoch {run.epochs:,} it has risen to {last}, while that of the training rows "
        "fell on: "
        "from there on the network learns its rows by heart."
    )


def _said(loss: float) -> str:
    return true_minus(loss_text(float(loss)))
