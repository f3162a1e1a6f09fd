"""`anatomy`: one whole epoch as a walk in steps, forward and then backward."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from nnviz.dissection.epoch import Epoch, epoch_of
from nnviz.dissection.matrix import Matrix
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.writing import listed, shown

PASSED_ON = "The result is what the neuron passes on."


@dataclass(frozen=True, eq=False, kw_only=True)
class Step(Matrix):
    """One array of the epoch, and how it came to be.

    number: the step of the walk, from 1; dW1 and dW2 share one, as do the new weights and
        the loss after them.
    formula: in symbols, ``z = X·W1``. · is the product of matrices, ⊙ goes cell by cell.
    sentence: the same in plain words.
    kind: "given", "product", "elementwise" or "scalar".
    made_from: the matrices it was made from; W1 there is the one the epoch began with.
    sign: what stands between those two; ``and``, if the formula makes more of them.
    title: what to call it where its name alone is also that of what it was made from.
    live: the formula of one cell, {0}, {1}, … standing for the cells of ``made_from``;
        empty for products and scalars. See `written_out`.
    note: a word of warning; of `by_hand`, where the tutorial's print differs.
    """

    number: int = 0
    formula: str
    sentence: str
    kind: str
    made_from: tuple[Matrix, ...] = ()
    sign: str = "and"
    title: str = ""
    live: str = ""
    note: str = ""

    @property
    def operands(self) -> tuple[str, ...]:
        """The names of what it was made from, ``("Xᵀ", "z2_delta")``."""
        return tuple(matrix.name for matrix in self.made_from)


def anatomy(run: Run, epoch: int) -> tuple[Step, ...]:
    """Everything that happens between ``epoch`` and the next, in the order it happens.

    With one hidden layer the names are X, z, z2, z3, o, loss, o_error, o_delta, z2_error,
    z2_delta, dW1, dW2, W1, W2, loss_after, in 12 steps of the walk; each further hidden
    layer adds four. W1, W2, … are those of ``run.network(epoch + 1)``, to the last bit.

    epoch: from 0 to ``run.epochs``. Raises ValueError if it was not recorded.
    """
    return walk_of(Moment(run, epoch))


def walk_of(moment: Moment) -> tuple[Step, ...]:
    """The same, of a moment at hand."""
    e, data = epoch_of(moment), moment.data
    layers = range(1, len(e.weights) + 1)
    walk: list[tuple[Step, ...]] = [
        (_scaling(e, data),),
        *((step,) for step in _forward(e)),
        (_loss(e),),
    ]
    for layer in reversed(layers):
        walk += [(_error(e, layer),), (_delta(e, layer),)]
    walk += [tuple(_move(e, layer) for layer in layers)]
    walk += [(*(_update(e, layer) for layer in layers), _loss_after(e))]
    return tuple(replace(s, number=n) for n, group in enumerate(walk, start=1) for s in group)


def step_of(matrix: Matrix, **about) -> Step:
    """A matrix as a step."""
    return Step(matrix.name, matrix.value, matrix.rows, matrix.columns, **about)


def _scaling(e: Epoch, data: Dataset) -> Step:
    X = e.activations[0]
    inputs = Matrix("inputs", data.inputs, X.rows, X.columns)
    largest = Matrix("largest", data.input_scale[None], ("largest",), X.columns)
    changed = np.argwhere((X.value != inputs.value) & (np.abs(X.value) < 1))
    i, j = changed[0] if len(changed) else (0, 0)  # the example
    typed = shown(inputs.value[i, j])
    signs = "(leaving its sign aside) " if (inputs.value < 0).any() else ""
    scales = [f"{name} by {shown(size)}" for name, size in zip(X.columns, largest.value[0])]
    return step_of(
        X,
        formula="X = inputs / largest",
        sentence=(
            f"Each input is divided by the largest value {signs}in its column of the training "
            f"rows, so that all inputs are of like size: {', '.join(listed(scales, most=4))}. "
            f"In {X.rows[i]}, {X.columns[j]} {typed} becomes "
            f"{typed} / {shown(largest.value[0, j])} = {shown(X.value[i, j])}."
        ),
        kind="given",
        made_from=(inputs, largest),
        sign="/",
        live="{0} / {1}",
    )


def sum_step(before: Matrix, w: Matrix, z: Matrix, last: bool) -> Step:
    """The sums z, z3, … that the weights of a layer lead to; last: to the outputs."""
    neuron = "output neuron" if last else "hidden neuron"
    arriving = "input" if before.name == "X" else f"activation in {before.name}"
    return step_of(
        z,
        formula=f"{z.name} = {before.name}·{w.name}",
        sentence=(
            f"Each {neuron} adds up what reaches it: every {arriving} times the weight of the "
            f"synapse it comes by. A row of {z.name} is a row of the table, a column is a neuron."
        ),
        kind="product",
        made_from=(before, w),
        sign="·",
    )


def activation_step(z: Matrix, a: Matrix, meaning: str) -> Step:
    """The activations z2, …, o: sums through the sigmoid; meaning: a sentence on the result."""
    return step_of(
        a,
        formula=f"{a.name} = σ({z.name})",
        sentence=(
            f"The sigmoid squeezes each sum of {z.name} into the range from 0 to 1: 0 becomes "
            f"0.5, a large sum comes close to 1, a very negative one close to 0. {meaning}"
        ),
        kind="elementwise",
        made_from=(z,),
        live="1 / (1 + e^(−{0}))",
    )


def _forward(e: Epoch) -> list[Step]:
    steps, last = [], len(e.weights)
    layers = zip(e.activations, e.weights, e.sums, e.activations[1:])
    for layer, (before, w, z, after) in enumerate(layers, start=1):
        meaning = PASSED_ON if layer < last else prediction(e.y.columns, e.label_scale)
        steps += [sum_step(before, w, z, layer == last), activation_step(z, after, meaning)]
    return steps


def prediction(labels: tuple[str, ...], label_scale: float) -> str:
    """What the outputs mean."""
    return (
        f"The result is the prediction: times {shown(label_scale)} it is in the "
        f"table's own unit, {_and(labels)}."
    )


def _loss(e: Epoch) -> Step:
    count = e.y.value.size
    mean = "Here it is a single one." if count == 1 else f"The loss is the mean of all {count}."
    return _scalar(
        "loss",
        e.loss,
        formula="loss = mean((y − o)²)",
        sentence=(
            f"How wrong the predictions are, in one number. y is the table's {_and(e.y.columns)} "
            f"divided by {shown(e.label_scale)}; each miss y − o is squared, so that too high and "
            f"too low do not cancel. {mean}"
        ),
        made_from=(e.y, e.activations[-1]),
        sign="−",
    )


def _error(e: Epoch, layer: int) -> Step:
    error = e.errors[layer - 1]
    if layer == len(e.weights):
        return step_of(
            error,
            formula="o_error = y − o",
            sentence=(
                "What each prediction lacks: above 0 where it should have been higher, "
                "below 0 where lower."
            ),
            kind="elementwise",
            made_from=(e.y, e.activations[-1]),
            sign="−",
            live="{0} − {1}",
        )
    delta, w = e.deltas[layer], e.weights[layer]
    return step_of(
        error,
        formula=f"{error.name} = {delta.name}·{w.name}ᵀ",
        sentence=(
            f"Each hidden neuron's share of the error: {delta.name} travels back along the same "
            "synapses. A strong weight carries much of it, a negative one turns its sign. "
            f"The weights are still those of epoch {e.number}."
        ),
        kind="product",
        made_from=(delta, w.T),
        sign="·",
    )


def _delta(e: Epoch, layer: int) -> Step:
    delta, error, a = e.deltas[layer - 1], e.errors[layer - 1], e.activations[layer]
    return step_of(
        delta,
        formula=f"{delta.name} = {error.name} ⊙ {a.name} ⊙ (1 − {a.name})",
        sentence=(
            f"The error times the sigmoid's slope, {a.name}·(1 − {a.name}), cell by cell. In the "
            "middle, where the sigmoid is steep, a small change of the sum does much, and the "
            "delta is large. Near 0 and 1 the sigmoid is flat, and little is passed on."
        ),
        kind="elementwise",
        made_from=(error, a),
        live="{0} · {1} · (1 − {1})",
    )


def _move(e: Epoch, layer: int) -> Step:
    move, before, delta = e.moves[layer - 1], e.activations[layer - 1], e.deltas[layer - 1]
    return step_of(
        move,
        formula=f"{move.name} = {before.name}ᵀ·{delta.name}",
        sentence=(
            "For each synapse: what came in at its start times the delta at its end, added up "
            "over the rows. Moved that way, the weights make ½·Σ(y − o)² fall the fastest: it is "
            f"minus the gradient. {about_mean(e)}"
        ),
        kind="product",
        made_from=(before.T, delta),
        sign="·",
    )


def about_mean(e: Epoch) -> str:
    """How the gradient of the update and that of the shown loss differ."""
    return (
        "The loss shown is the mean, without the ½; its gradient is the same but for the "
        f"factor 2/{e.y.value.size}, so it points the same way."
    )


def _update(e: Epoch, layer: int) -> Step:
    w, move, updated = e.weights[layer - 1], e.moves[layer - 1], e.updated[layer - 1]
    return step_of(
        updated,
        formula=f"{w.name} ← {w.name} + η·{move.name}",
        sentence=(
            f"Each weight moves by its {move.name} times the learning rate η, {shown(e.rate)}. "
            "All weights move at once, after the whole way back is done. "
            f"These are the weights of epoch {e.number + 1}."
        ),
        kind="elementwise",
        made_from=(w, move),
        sign="+ η ·",
        title=f"new {w.name}",
        live=f"{{0}} + {shown(e.rate)} · {{1}}",
    )


def _loss_after(e: Epoch) -> Step:
    went = "stays" if e.loss_after == e.loss else "falls" if e.loss_after < e.loss else "climbs"
    end = f"at {shown(e.loss)}" if went == "stays" else f"to {shown(e.loss_after)}"
    start = "" if went == "stays" else f"from {shown(e.loss)} "
    advice = " The step was too long: try a smaller learning rate." if went == "climbs" else ""
    return _scalar(
        "loss_after",
        e.loss_after,
        formula="loss_after = mean((y − o_after)²)",
        sentence=(
            f"With the new weights the rows go forward once more, to o_after. "
            f"The loss {went} {start}{end}.{advice}"
        ),
        made_from=(e.y, e.o_after),
        sign="−",
    )


def _scalar(name: str, value: float, **about) -> Step:
    return Step(name, np.array(value), (), (), kind="scalar", **about)


def _and(names: tuple[str, ...]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
