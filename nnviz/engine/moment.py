"""A run at an epoch for a question: what is computed once and shown in many places."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.engine.dataset import Dataset
from nnviz.engine.network import Network, forward
from nnviz.engine.training import Run


@dataclass(frozen=True)
class Pass:
    """Rows on their way forward.

    sums: ``[z, z3, …]``; activations: ``[X, z2, …, o]``; (rows, neurons) each.
    """

    sums: list[np.ndarray]
    activations: list[np.ndarray]


@dataclass(frozen=True, eq=False)
class Moment:
    """A run at an epoch, for a question.

    question: one value an input, in the table's units.

    Raises ValueError, when it is looked at, if the epoch was not recorded or the question
    does not fit the table.
    """

    run: Run
    epoch: int
    question: tuple[float, ...] = ()

    @property
    def data(self) -> Dataset:
        """The dataset the run was trained on."""
        return self.run.data

    @cached_property
    def network(self) -> Network:
        """The network as it stood at the epoch."""
        return self.run.network(self.epoch)

    @property
    def loss(self) -> float:
        """mean((y − o)²) at the epoch."""
        return float(self.run.loss[self.epoch])

    @cached_property
    def training(self) -> Pass:
        """The training rows, as the epoch that begins here sends them forward."""
        # Weights near the largest double overflow in products; `record` bounds the weights alone.
        with np.errstate(over="ignore", invalid="ignore"):
            return Pass(*forward(self.network.weights, self.data.X))

    @cached_property
    def asked(self) -> Pass:
        """The question in the first row; below it the table's own questions."""
        inputs = np.vstack([[self.question], self.data.questions])
        return Pass(*forward(self.network.weights, self.data.scale(inputs)))

    @property
    def prediction(self) -> np.ndarray:
        """What the network answers the question, (labels,), in the labels' own unit."""
        return self.asked.activations[-1][0] * self.data.label_scale
