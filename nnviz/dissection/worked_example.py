"""The tutorial's example by hand: unscaled inputs, given weights, one row forward."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from nnviz.dissection.matrix import Matrix, neuron_names
from nnviz.dissection.steps import PASSED_ON, Step, activation_step, step_of, sum_step
from nnviz.dissection.units import prediction
from nnviz.engine.coding import Coding
from nnviz.engine.label import Label
from nnviz.engine.network import forward

X = np.array([[2.0, 9.0]])
W1 = np.array([[0.2, 0.6, 0.1], [0.8, 0.3, 0.7]])
W2 = np.array([[0.4], [0.5], [0.9]])
LABEL_SCALE = 100.0

GIVEN = (
    "2 hours of study and 9 hours of sleep, by hand and without scaling, through weights that "
    "were made up for the example."
)

# Where the tutorial's print differs, by step.
SLIPS = {
    "z": (
        "The tutorial prints 7.5 for the second sum. It is 2 · 0.6 + 9 · 0.3 = 1.2 + 2.7 = 3.9; "
        "the first, 7.6, and the third, 6.5, are right."
    ),
    "z2": (
        "The tutorial prints a value above 1 for the second neuron. No sigmoid goes above 1: "
        "1 is divided by 1 plus something positive. σ(3.9) is 0.9802."
    ),
    "z3": (
        "The tutorial carries its second value on, so its sum comes out a little too large. "
        "With the right one it is 1.789."
    ),
    "o": (
        "The tutorial ends at 0.8579. Without the slips it is 0.8567. The two are so close "
        "because the sigmoid is flat out there: from 7.5 as from 3.9 it makes nearly 1."
    ),
}


def by_hand() -> tuple[Step, ...]:
    """The steps X, z, z2, z3, o of the tutorial's example; ``note`` says where it slipped."""
    neurons = neuron_names([2, 3, 1], ["study", "sleep"], ["score"])
    sums, activations = forward([W1, W2], X)
    inputs, z2, o = _rows(["X", "z2", "o"], activations, neurons)
    z, z3 = _rows(["z", "z3"], sums, neurons[1:])
    w1, w2 = Matrix("W1", W1, *neurons[:2]), Matrix("W2", W2, *neurons[1:])
    score = Label(Coding(neurons[-1][0]), slice(0, 1), 0.0, LABEL_SCALE)
    steps = (
        step_of(inputs, formula="X = inputs", sentence=GIVEN, kind="given"),
        sum_step(inputs, w1, z, last=False),
        activation_step(z, z2, PASSED_ON),
        sum_step(z2, w2, z3, last=True),
        activation_step(z3, o, prediction([score])),
    )
    return tuple(
        replace(step, number=number, note=SLIPS.get(step.name, ""))
        for number, step in enumerate(steps, start=1)
    )


def _rows(names: list[str], values: list[np.ndarray], columns) -> list[Matrix]:
    return [Matrix(n, value, ("row 1",), c) for n, value, c in zip(names, values, columns)]
