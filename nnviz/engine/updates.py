"""What an epoch makes of the gradient: one entry for each update rule.

A rule may remember something from epoch to epoch, as momentum does. Weights and what is
remembered are together the state of a training: whoever goes on from an epoch needs both.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

# The weights, minus their gradient, what is remembered of each weight, and the learning rate.
Rule = Callable[[np.ndarray, np.ndarray, np.ndarray, float], tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True)
class Update:
    """An update rule.

    name: what a recipe calls it.
    remembered: how many numbers it remembers of each weight.
    formula: of one array of weights, dW being minus its gradient.
    rule: the readable form. It takes weights (…), downhill, which is minus their gradient, of
        the same shape, memory (remembered, …) and the learning rate η, and returns the new
        weights and the new memory.
    in_place: the same in the form that runs fast: it writes weights and memory, may write
        downhill, and returns nothing.

    Both go element by element, so that they serve any further axes as well: in
    `side_by_side.py`, the networks that are trained at once.
    """

    name: str
    remembered: int
    formula: str
    rule: Rule
    in_place: Callable[[np.ndarray, np.ndarray, np.ndarray, float], None]


def _descend(weights, downhill, memory, learning_rate):
    """w + η·(−∂/∂w): the tutorial's update, where η is 1."""
    return weights + learning_rate * downhill, memory


def _descend_in_place(weights, downhill, memory, learning_rate):
    if learning_rate != 1:
        np.multiply(downhill, learning_rate, downhill)
    np.add(weights, downhill, weights)


GRADIENT_DESCENT = Update(
    name="gradient descent",
    remembered=0,
    formula="W ← W + η·dW",
    rule=_descend,
    in_place=_descend_in_place,
)

UPDATES = {update.name: update for update in (GRADIENT_DESCENT,)}


def proposed_rate(rows: int) -> float:
    """The learning rate that is proposed for so many training rows: 1 for up to 30 of them.

    The update follows the gradient of a sum over the rows, so that many rows take large steps.
    """
    return min(1.0, 30 / rows)
