"""A run at an epoch for a question: what is computed once and shown in many places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.engine.dataset import Dataset
from nnviz.engine.label import Aspect, Label
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

    question: one value an input, in the table's units. label_number: which of the
    labels is looked at, from 0; class_number: and of a category, which class.

    Raises ValueError, when it is looked at, if the epoch was not recorded or the question
    does not fit the table.
    """

    run: Run
    epoch: int
    question: tuple[float, ...] = ()
    label_number: int = 0
    class_number: int = 0

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
    def label(self) -> Label:
        """The label that is looked at."""
        return self.data.label(self.label_number)

    @property
    def aspect(self) -> Aspect:
        """The one number of it that pictures of all answers show."""
        return self.label.aspect(self.class_number)

    @property
    def answer(self) -> float:
        """That number, as the network answers the question."""
        return float(self.aspect.of(self.prediction))

    @property
    def targets(self) -> np.ndarray:
        """That number, as the training rows have it, (rows,)."""
        return self.aspect.of(self.data.targets)

    @property
    def outputs(self) -> np.ndarray:
        """The output neurons' activations for the question, (outputs,)."""
        return self.asked.activations[-1][0]

    @property
    def prediction(self) -> np.ndarray:
        """What the network answers the question, (outputs,), in the labels' own units."""
        return self.data.unscale(self.outputs)


def moment_at(
    run: Run, epoch: int | None = None, question: Sequence[float] | None = None
) -> Moment:
    """A run at an epoch, by default the last, for a question, by default `first_question`.

    Raises ValueError if the epoch was not recorded or the question does not fit the table.
    """
    epoch = run.epochs if epoch is None else int(epoch)
    asked = first_question(run.data) if question is None else _asked(run.data, question)
    moment = Moment(run, epoch, asked)
    moment.data.scale([asked])
    run.network(epoch)
    return moment


def _asked(data: Dataset, question: Sequence) -> tuple[float, ...]:
    """A question as numbers, one an input neuron; given so, or as cells, one a column."""
    if any(isinstance(cell, str) for cell in question):
        question = data.input_side.encode([question])[0]
    return tuple(map(float, question))


def first_question(data: Dataset) -> tuple[float, ...]:
    """What one asks by oneself: the table's first question, or else its first training row."""
    first = data.questions[0] if len(data.questions) else data.inputs[0]
    return tuple(float(value) for value in first)
