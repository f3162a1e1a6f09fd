"""Each row predicted by a network that never saw it: leave-one-out.

It needs no further rows to tell whether a network has learned something of the rows' rule or
has only learned the rows. See Stone, “Cross-validatory choice and assessment of statistical
predictions”, 1974.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnviz.engine.label import Aspect
from nnviz.engine.many import Many
from nnviz.engine.recipe import Recipe
from nnviz.engine.roles import QUESTION
from nnviz.engine.scaling import FULL_SCALE
from nnviz.engine.table import TableError

MOST = 40  # of a longer table, so many rows are left out in turn, evenly chosen


@dataclass(frozen=True)
class LeftOut:
    """What networks say of rows that they never saw, in the labels' own unit.

    rows: which of the training rows, from 0. targets, guesses, means: (rows, labels); the means
        are those of the other rows, the dullest guess there is.
    """

    rows: np.ndarray
    targets: np.ndarray
    guesses: np.ndarray
    means: np.ndarray

    def misses(self, aspect: Aspect) -> tuple[float, float]:
        """By how much the networks miss a label in the mean, and by how much the means do."""
        values = self.targets, self.guesses, self.means
        target, guessed, dull = (aspect.of(value) for value in values)
        return float(np.abs(guessed - target).mean()), float(np.abs(dull - target).mean())


def in_turn(recipe: Recipe) -> tuple[list[int], list[Recipe]]:
    """The rows that can be left out, and for each the recipe that never sees it.

    A row is left out of everything: its inputs don't take part in the scaling either. The full
    scale stays, as it is no row's. A row without which there is nothing to learn is not left
    out; so with one training row there are none.
    """
    count = len(recipe.data.X)
    rows, recipes = [], []
    for row in np.unique(np.linspace(0, count - 1, min(count, MOST)).round().astype(int)):
        try:
            recipes.append(_without(recipe, int(row)))
        except TableError:
            continue
        rows.append(int(row))
    return rows, recipes


def left_out(recipe: Recipe, rows: Sequence[int], many: Many, epoch: int) -> LeftOut:
    """What the networks of `in_turn`, trained side by side, say at an epoch."""
    data = recipe.data
    weights, chosen = many.weights_at(epoch), np.array(rows, dtype=int)
    guesses = many.predict_by(weights, data.inputs[chosen])[
        np.arange(len(rows)), np.arange(len(rows))
    ]
    targets = data.targets[chosen]
    means = (data.targets.sum(axis=0) - targets) / (len(data.targets) - 1)
    return LeftOut(chosen, targets, guesses, means)


def _without(recipe: Recipe, row: int) -> Recipe:
    """The recipe of the other training rows, to which this row is a question."""
    data, roles = recipe.data, recipe.roles
    number = int(data.training_rows[row])
    (*others, label) = data.label_side.columns
    keeps = not others and label.scaling == FULL_SCALE.name  # of several, each has its own
    return recipe.but(
        roles=roles.but(rows={**roles.rows, number: QUESTION}),
        label_scale=data.label_scale if keeps else data.label_scale_given,
        weights=recipe.weights,
    )
