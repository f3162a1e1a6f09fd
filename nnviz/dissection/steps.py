"""`anatomy`: one whole epoch as a walk in steps, forward and then backward."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np

from nnviz.dissection.calculator import decimal, products, sigmoid, written
from nnviz.dissection.epoch import QUESTION, Epoch, asked_of, epoch_of
from nnviz.dissection.matrix import Matrix
from nnviz.dissection.units import how_scaled, is_tutorials, labels_said, prediction
from nnviz.engine.activations import sigmoid_slope
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.writing import bracketed, listed, rounded, signed

HARDLY = 1e-6  # of the loss: a smaller change of it is none that one sees
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
    sign: what stands between those two; ``and``, if the formula makes more of them. Between
        three, both.
    title: what to call it where its name alone is also that of what it was made from.
    live: the formula of one cell, {0}, {1}, … standing for the cells of ``made_from``;
        empty for products and scalars. See `written_out`. compute: the same as a function.
    votes: whether each cell is a sum over the training rows.
    finding: what is found in the numbers: a few words to stress, and how they go on.
    note: a word of warning; of `by_hand`, where the tutorial's print differs.
    """

    number: int = 0
    formula: str
    sentence: str
    kind: str
    made_from: tuple[Matrix, ...] = ()
    sign: str | tuple[str, ...] = "and"
    title: str = ""
    live: str = ""
    compute: Callable[..., Decimal] | None = None
    votes: bool = False
    finding: tuple[str, str] = ("", "")
    note: str = ""

    def label(self, i: int, j: int) -> str:
        """What to call one cell, ``new W1[study, h1]`` where the title says more than the name."""
        return super().label(i, j).replace(self.name, self.title or self.name, 1)

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


def walk_of(moment: Moment, row: int = 0) -> tuple[Step, ...]:
    """The same, of a moment at hand; row: from which training row the examples are."""
    e = epoch_of(moment)
    layers = range(1, len(e.weights) + 1)
    walk: list[tuple[Step, ...]] = [
        (_scaling(e, moment.data.inputs, moment.data, row),),
        *((step,) for step in _forward(e)),
        (_loss(e),),
    ]
    for layer in reversed(layers):
        walk += [(_error(e, layer),), (_delta(e, layer),)]
    walk += [_found(tuple(_move(e, layer) for layer in layers), moves_most(e))]
    updates = _found(tuple(_update(e, layer) for layer in layers), moves_most(e, e.rate))
    return _numbered([*walk, (*updates, _loss_after(e))])


def question_walk(moment: Moment) -> tuple[Step, ...]:
    """The question's way forward: the first steps of the walk, up to the output."""
    e = asked_of(moment, epoch_of(moment))
    scaling = _scaling(e, np.array([moment.question], float), moment.data, 0)
    return _numbered([(scaling,), *((step,) for step in _forward(e))])


def headings(layers: int) -> tuple[str, ...]:
    """What each step of the walk is about; layers: how many arrays of weights there are."""

    def hidden(what: str, layer: int) -> str:
        return f"hidden {what}" + (f" {layer}" if layers > 2 else "")

    inner = range(1, layers)
    forward = [hidden(what, layer) for layer in inner for what in ("sums", "activations")]
    back = [hidden(what, layer) for layer in reversed(inner) for what in ("error", "delta")]
    return (
        *("inputs", *forward, "output sum", "output", "loss"),
        *("output error", "output delta", *back, "changes", "new weights"),
    )


def _numbered(walk: list[tuple[Step, ...]]) -> tuple[Step, ...]:
    return tuple(replace(s, number=n) for n, group in enumerate(walk, start=1) for s in group)


def _found(steps: tuple[Step, ...], finding: tuple[str, str]) -> tuple[Step, ...]:
    """The steps, the first of them with what is found in all."""
    return (replace(steps[0], finding=finding), *steps[1:])


def step_of(matrix: Matrix, **about) -> Step:
    """A matrix as a step."""
    return Step(matrix.name, matrix.value, matrix.rows, matrix.columns, **about)


def _scaling(e: Epoch, typed: np.ndarray, data: Dataset, row: int) -> Step:
    """The inputs as the network sees them; row: the one whose example is written out."""
    X, side = e.activations[0], data.input_side
    inputs = Matrix("inputs", typed, X.rows, X.columns)
    is_shifted, tutorials = bool(side.shift.any()), is_tutorials(data)
    what = "largest" if tutorials else "scale"
    scale = Matrix(what, side.scale[None], (what,), X.columns)
    shift = Matrix("shift", side.shift[None], ("shift",), X.columns)
    made_from = (inputs, shift, scale) if is_shifted else (inputs, scale)
    live = "({0} − {1}) / {2}" if is_shifted else "{0} / {1}"
    compute = _shifted_quotient if is_shifted else _quotient
    j = int(np.argmax(X.value[row] != typed[row]))  # the example: the first that changes
    numbers = [m.value[min(row, len(m.value) - 1), j] for m in made_from]
    example = written(lambda texts: _put(live, texts), compute, numbers, X.value[row, j])
    who = f"the {QUESTION}" if X.rows == (QUESTION,) else X.rows[row]
    return step_of(
        X,
        formula=f"X = (inputs − shift) / {what}" if is_shifted else f"X = inputs / {what}",
        sentence=(
            f"{how_scaled(X.columns, data, tutorials)} "
            f"In {who}, {X.columns[j]} {rounded(typed[row, j])} becomes {example}."
        ),
        kind="given",
        made_from=made_from,
        sign=("−", "/") if is_shifted else "/",
        live=live,
        compute=compute,
    )


def _put(live: str, texts: list[str]) -> str:
    return live.format(texts[0], *map(bracketed, texts[1:]))


def _quotient(a: Decimal, b: Decimal) -> Decimal:
    return a / b


def _shifted_quotient(a: Decimal, shift: Decimal, b: Decimal) -> Decimal:
    return (a - shift) / b


def sum_step(before: Matrix, w: Matrix, z: Matrix, last: bool) -> Step:
    """The sums z, z3, … that the weights of a layer lead to; last: to the outputs."""
    neuron = "output neuron" if last else "hidden neuron"
    arriving = "input" if before.name == "X" else f"activation in {before.name}"
    row = "is the question" if z.rows == (QUESTION,) else "is a row of the table"
    return step_of(
        z,
        formula=f"{z.name} = {before.name}·{w.name}",
        sentence=(
            f"Each {neuron} adds up what reaches it: every {arriving} times the weight of the "
            f"synapse it comes by. A row of {z.name} {row}, a column is a neuron."
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
        compute=sigmoid,
    )


def _forward(e: Epoch) -> list[Step]:
    steps, last = [], len(e.weights)
    layers = zip(e.activations, e.weights, e.sums, e.activations[1:])
    for layer, (before, w, z, after) in enumerate(layers, start=1):
        meaning = PASSED_ON if layer < last else prediction(e.labels)
        steps += [sum_step(before, w, z, layer == last), activation_step(z, after, meaning)]
    return steps


def _loss(e: Epoch) -> Step:
    count = e.y.value.size
    mean = "Here it is a single one." if count == 1 else f"The loss is the mean of all {count}."
    return _scalar(
        "loss",
        e.loss,
        formula="loss = mean((y − o)²)",
        sentence=(
            "How wrong the predictions are, in one number. y is the table's "
            f"{labels_said(e.labels)}; each miss y − o is squared, so that too high and too low "
            f"do not cancel. {mean}"
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
                "What each prediction lacks: above 0 where it should have been higher, below 0 "
                "where lower. The way back starts here and never uses the loss's number: what "
                "it needs is how the loss changes with o. The slope of ½(y − o)² in o is "
                "−(y − o); that is what the ½ is for."
            ),
            kind="elementwise",
            made_from=(e.y, e.activations[-1]),
            sign="−",
            live="{0} − {1}",
            compute=lambda y, o: y - o,
        )
    delta, w = e.deltas[layer], e.weights[layer]
    return step_of(
        error,
        formula=f"{error.name} = {delta.name}·{w.name}ᵀ",
        sentence=(
            f"What reaches each hidden neuron of the error: {delta.name} comes back along the same "
            "synapses, each time multiplied by the weight. A weight of 2 doubles it, one of 0.5 "
            f"halves it, a negative one turns its sign. The weights are still those of epoch "
            f"{e.number}."
        ),
        kind="product",
        made_from=(delta, w.T),
        sign="·",
    )


def _delta(e: Epoch, layer: int) -> Step:
    delta, error, a = e.deltas[layer - 1], e.errors[layer - 1], e.activations[layer]
    slope = _slope(a)
    return step_of(
        delta,
        formula=f"{delta.name} = {error.name} ⊙ {slope.name}",
        sentence=(
            f"The error times the sigmoid's slope where the neuron stands, {slope.name}, cell by "
            f"cell. The slope is 0.25 at most, where {a.name} is 0.5; towards 0 and 1 the sigmoid "
            "is flat, and little of the error goes on."
        ),
        kind="elementwise",
        made_from=(error, slope),
        sign="⊙",
        live="{0} · {1}",
        compute=lambda error, slope: error * slope,
    )


def _slope(a: Matrix) -> Step:
    """The sigmoid's slope in each neuron, from its activation."""
    return Step(
        f"{a.name}(1 − {a.name})",
        sigmoid_slope(a.value),
        a.rows,
        a.columns,
        formula=f"σ′ = {a.name} ⊙ (1 − {a.name})",
        sentence="",
        kind="elementwise",
        made_from=(a,),
        live="{0} · (1 − {0})",
        compute=lambda a: a * (1 - a),
    )


def _move(e: Epoch, layer: int) -> Step:
    move, before, delta = e.moves[layer - 1], e.activations[layer - 1], e.deltas[layer - 1]
    return step_of(
        move,
        formula=f"{move.name} = {before.name}ᵀ·{delta.name}",
        sentence=(
            "For each synapse: what came in at its start times the delta at its end; each row "
            "votes, and the parts are added up. dW is minus the gradient of ½·Σ(y − o)², so "
            "adding it makes that fall; the view One weight shows the gradient itself, with the "
            f"other sign. {about_mean(e)}"
        ),
        kind="product",
        made_from=(before.T, delta),
        sign="·",
        votes=True,
    )


def about_mean(e: Epoch) -> str:
    """How the gradient of the update and that of the shown loss differ."""
    count = e.y.value.size
    if count == 2:
        return "The loss shown is the mean, without the ½; of two values, its gradient is the same."
    factor = "2" if count == 1 else f"2/{count}"
    return (
        "The loss shown is the mean, without the ½; its gradient is the same but for the "
        f"factor {factor}, so it points the same way."
    )


def moves_most(e: Epoch, rate: float | None = None) -> tuple[str, str]:
    """Which weight moves most, and why; rate: to say by how much, and not by which dW."""
    sizes = [np.abs(move.value) for move in e.moves]
    largest = max(size.max() for size in sizes)
    if largest == 0:
        return "No weight moves", ": every dW is 0."
    alike = [
        (layer, i, j)
        for layer, size in enumerate(sizes)
        for i, j in np.argwhere(size >= largest * (1 - 1e-12)).tolist()
    ]
    if len(alike) > 1:
        names = [_synapse(e, *place) for place in alike]
        return f"{', '.join(listed(names, most=4))} move most", f": dW is ±{rounded(largest)} each."
    ((layer, i, j),) = alike
    name, move = _synapse(e, layer, i, j), e.moves[layer].value[i, j]
    if rate is None:
        return f"{name} moves most: dW {signed(move)}", f", because {_why(e, layer, i, j)}"
    change = written(_times, lambda a, b: a * b, (rate, move), rate * move)
    return f"{name} moves most: {signed(rate * move)}", f", as η · dW = {change}."


def _synapse(e: Epoch, layer: int, i: int, j: int) -> str:
    move = e.moves[layer]
    return f"{move.rows[i]} → {move.columns[j]}"


def _why(e: Epoch, layer: int, i: int, j: int) -> str:
    """Why that weight moves most: its sum and, where that is so, which factors are large."""
    a, d = e.activations[layer].value, e.deltas[layer].value
    pairs = list(zip(a[:, i].tolist(), d[:, j].tolist()))
    total = products(pairs, e.moves[layer].value[i, j])
    said = f"what came in at its start times the delta at its end adds up to most: {total}."
    facts = []
    others = [np.delete(np.abs(a), i, axis=1)] if a.shape[1] > 1 else []
    if others and (np.abs(a[:, [i]]) > others[0]).all() and _one_sign(d[:, j], a[:, i]):
        facts.append(f"{e.moves[layer].rows[i]} sends more than the rest of its layer")
    rivals = [np.abs(o.value) for o in e.deltas]
    rivals[layer] = np.delete(rivals[layer], j, axis=1)
    rival = np.concatenate(rivals, axis=1)
    if rival.size and (np.abs(d[:, [j]]) > rival).all() and _one_sign(d[:, j], a[:, i]):
        facts.append(f"the delta of {e.moves[layer].columns[j]} is larger than any other")
    return f"{said} In every row {' and '.join(facts)}." if facts else said


def _times(texts: list[str]) -> str:
    return " · ".join(map(bracketed, texts))


def _one_sign(*arrays: np.ndarray) -> bool:
    """Whether no row takes back what another gives."""
    return all((array > 0).all() or (array < 0).all() for array in arrays)


def _update(e: Epoch, layer: int) -> Step:
    w, move, updated = e.weights[layer - 1], e.moves[layer - 1], e.updated[layer - 1]
    rate = rounded(e.rate, 12)
    return step_of(
        updated,
        formula=f"new {w.name} = {w.name} + η·{move.name}",
        sentence=(
            f"Each weight moves by its dW times the learning rate η = {rate}. "
            "All weights move at once, after the whole way back is done. "
            f"These are the weights of epoch {e.number + 1:,}."
        ),
        kind="elementwise",
        made_from=(w, move),
        sign="+ η ·",
        title=f"new {w.name}",
        live=f"{{0}} + {rate} · {{1}}",
        compute=lambda w, move: w + decimal(rate) * move,
    )


def _loss_after(e: Epoch) -> Step:
    return _scalar(
        "loss_after",
        e.loss_after,
        formula="loss_after = mean((y − o_after)²)",
        sentence=(
            "With the new weights the rows go forward once more, to o_after. "
            f"{how_it_went(e.loss, e.loss_after)}"
        ),
        made_from=(e.y, e.o_after),
        sign="−",
    )


def how_it_went(before: float, after: float) -> str:
    """Whether the loss falls, in enough digits to see it, or hardly changes."""
    if after == before:
        return f"The loss stays at {rounded(before)}."
    less = after < before
    if abs(after - before) < HARDLY * before:
        by, way = rounded(abs(after - before), 2), "less" if less else "more"
        return f"The loss hardly changes: from {rounded(before)} it is only {by} {way}."
    digits = next(d for d in range(4, 18) if rounded(before, d) != rounded(after, d))
    said = f"from {rounded(before, digits)} to {rounded(after, digits)}."
    if less:
        return f"The loss falls {said}"
    return f"The loss climbs {said} The step was too long: try a smaller learning rate."


def _scalar(name: str, value: float, **about) -> Step:
    return Step(name, np.array(value), (), (), kind="scalar", **about)
