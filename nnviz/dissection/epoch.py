"""Every array of one epoch, by the engine's own operations, under the tutorial's names."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from nnviz.dissection.matrix import Matrix, activation_name, neuron_names, sum_name
from nnviz.engine.label import Label
from nnviz.engine.moment import Moment
from nnviz.engine.network import backward, downhill, forward, mean_loss
from nnviz.engine.training import Run

QUESTION = "question"  # the name of its row


@dataclass(frozen=True, eq=False)
class Epoch:
    """One epoch; L is the number of weight arrays, 2 with one hidden layer.

    number: the epoch the weights stood at when it began.
    rate: the learning rate η.
    y: (rows, labels), the scaled labels; labels: what each of them is.
    weights, updated: L each, W1 … before and after.
    sums: L, z, z3, …
    activations: L + 1, X, z2, …, o.
    errors, deltas: L each, z2_error, …, o_error and z2_delta, …, o_delta.
    moves: L, dW1 …, the update at a learning rate of 1; −∂(½·Σ(y − o)²)/∂W.
    o_after: (rows, labels), the outputs by the updated weights.
    loss, loss_after: mean((y − o)²) before and after.
    """

    number: int
    rate: float
    y: Matrix
    labels: tuple[Label, ...]
    weights: tuple[Matrix, ...]
    sums: tuple[Matrix, ...]
    activations: tuple[Matrix, ...]
    errors: tuple[Matrix, ...]
    deltas: tuple[Matrix, ...]
    moves: tuple[Matrix, ...]
    updated: tuple[Matrix, ...]
    o_after: Matrix
    loss: float
    loss_after: float


def epoch_of(moment: Moment) -> Epoch:
    """The epoch that leads from the moment's weights to the next.

    Raises ValueError if the epoch was not recorded.
    """
    run, X, y = moment.run, moment.data.X, moment.data.y
    weights, sums, activations = (
        moment.network.weights,
        moment.training.sums,
        moment.training.activations,
    )
    # Weights near the largest double overflow in products; `record` bounds the weights alone.
    with np.errstate(over="ignore", invalid="ignore"):
        errors, deltas = backward(weights, activations, y)
        moves = downhill(activations, deltas)
        updated = _updated(run, moment.epoch, moves)
        o_after = forward(updated, X)[1][-1]
        losses = float(mean_loss(y, activations[-1])), float(mean_loss(y, o_after))
    rows = tuple(f"row {number}" for number in run.data.training_rows)
    named = _Names(run, rows)
    return Epoch(
        number=int(moment.epoch),
        rate=run.learning_rate,
        y=Matrix("y", y, rows, named.neurons[-1]),
        labels=tuple(map(run.data.label, range(len(run.data.label_names)))),
        weights=named.synapses("W", weights),
        sums=named.layers([sum_name(layer) for layer in named.numbers], sums),
        activations=named.activations(activations),
        errors=named.layers([f"{name}_error" for name in named.outputs], errors),
        deltas=named.layers([f"{name}_delta" for name in named.outputs], deltas),
        moves=named.synapses("dW", moves),
        updated=named.synapses("W", updated),
        o_after=Matrix("o_after", o_after, rows, named.neurons[-1]),
        loss=losses[0],
        loss_after=losses[1],
    )


def asked_of(moment: Moment, epoch: Epoch) -> Epoch:
    """The same epoch, its sums and activations those of the question, by the same weights."""
    named = _Names(moment.run, (QUESTION,))
    sums, activations = moment.asked.sums, moment.asked.activations
    return replace(
        epoch,
        sums=named.layers([z.name for z in epoch.sums], [z[:1] for z in sums]),
        activations=named.activations([a[:1] for a in activations]),
    )


def _updated(run: Run, epoch: int, moves: list[np.ndarray]) -> list[np.ndarray]:
    """The next weights, by the update rule and what it remembers at that epoch."""
    weights, *memory = run.states_at([epoch])[0].reshape(-1, run.shape.count)
    rule, remembered = run.recipe.rule.rule, np.array(memory)
    updated, _ = rule(weights, run.shape.flat(moves), remembered, run.learning_rate)
    return run.shape.weights(updated)


class _Names:
    """Arrays of a run become matrices with names."""

    def __init__(self, run: Run, rows: tuple[str, ...]):
        self.rows = rows
        self.neurons = neuron_names(run.sizes, run.data.input_names, run.data.output_names)
        self.numbers = range(1, len(run.sizes))
        self.outputs = [activation_name(layer, len(self.numbers)) for layer in self.numbers]

    def layers(self, names: list[str], values: list[np.ndarray]) -> tuple[Matrix, ...]:
        """One matrix a layer after the inputs: training rows by neurons."""
        triples = zip(names, values, self.neurons[1:])
        return tuple(Matrix(name, value, self.rows, neurons) for name, value, neurons in triples)

    def activations(self, values: list[np.ndarray]) -> tuple[Matrix, ...]:
        """X as well."""
        X = Matrix("X", values[0], self.rows, self.neurons[0])
        return (X, *self.layers(self.outputs, values[1:]))

    def synapses(self, name: str, values: list[np.ndarray]) -> tuple[Matrix, ...]:
        """One matrix an array of weights: neurons before by neurons after."""
        triples = zip(self.numbers, values, self.neurons, self.neurons[1:])
        return tuple(Matrix(f"{name}{n}", w, before, after) for n, w, before, after in triples)
