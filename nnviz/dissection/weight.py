"""One weight's story: its gradient factor by factor, checked by differences, and its past."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.dissection.epoch import Epoch, epoch_of
from nnviz.dissection.steps import about_mean
from nnviz.engine.activations import sigmoid_slope
from nnviz.engine.moment import Moment
from nnviz.engine.network import Network
from nnviz.engine.training import Run
from nnviz.writing import shown

HISTORY_POINTS = 500  # more than a small chart has pixels for
_HOW_CHECKED = (
    "To check it, the loss is computed with the weight a little larger, by h, and a little "
    "smaller, and the difference divided by 2h."
)


@dataclass(frozen=True, eq=False)
class Factor:
    """One factor of the chain rule, for every training row at once.

    name: ``o(1 − o)``, ``W2[h2, score]``, ``x``.
    of: the neuron or input it belongs to, ``h2``; empty for a weight.
    values: (rows,).
    sum_of: if the factor is itself a sum over the next layer's neurons, its addends, each
        a pair of factors to multiply.
    """

    name: str
    of: str
    values: np.ndarray
    sum_of: tuple[tuple[Factor, Factor], ...] = ()


@dataclass(frozen=True, eq=False)
class WeightStory:
    """One weight at one epoch.

    name: ``W1[study, h2]``.
    value: at this epoch. change: what this epoch adds to it, −η·gradient.
    formula: the chain of factors in symbols.
    rows: the training rows' names.
    factors: the chain; in each row they multiply to ``products``, (rows,).
    gradient: ∂(½·Σ(y − o)²)/∂w, the sum of the products; what the update uses.
    mean_factor: 2/(rows·labels). loss_gradient: ∂ mean((y − o)²)/∂w, ``mean_factor`` times
        the gradient.
    difference: the same by central differences, (loss(w + h) − loss(w − h)) / 2h.
    h: the step of that.
    relative_error: |loss_gradient − difference| over the larger of the two; 0 if both are 0.
    resolution: rounding lets ``difference`` be off by about this much.
    sentence: how the two gradients differ. check: what to make of the relative error.
    history: (epochs, values), at most 500 recorded epochs, evenly spaced.
    """

    name: str
    value: float
    change: float
    formula: str
    rows: tuple[str, ...]
    factors: tuple[Factor, ...]
    products: np.ndarray
    gradient: float
    mean_factor: float
    loss_gradient: float
    difference: float
    h: float
    relative_error: float
    resolution: float
    sentence: str
    check: str
    history: tuple[np.ndarray, np.ndarray]


def weight_story(moment: Moment, layer: int, i: int, j: int) -> WeightStory:
    """The story of one weight, W⟨layer⟩[i, j]: layer from 1, as in W1; i and j from 0.

    Raises ValueError if the epoch was not recorded or there is no such weight.
    """
    run = moment.run
    _check_place(run.sizes, layer, i, j)
    e = epoch_of(moment)
    w = e.weights[layer - 1]
    value, h = w.value[i, j].item(), _difference_step(w.value[i, j])
    factors = _chain(e, layer, i, j)
    move = e.moves[layer - 1].value[i, j].item()
    gradient = 0.0 - move  # and not −move, lest 0 become −0
    mean_factor = 2 / e.y.value.size
    exact, difference = mean_factor * gradient, _central_difference(run, e, layer, i, j, h)
    # The outputs are off by about ε, so a miss m makes m² off by 2mε; mean(|m|) ≤ √loss.
    resolution = 2 * float(np.finfo(float).eps) * e.loss**0.5 / h
    error = _relative_error(exact, difference)
    return WeightStory(
        name=w.label(i, j),
        value=value,
        change=e.rate * move,
        formula=_formula(w.label(i, j), factors),
        rows=e.y.rows,
        factors=factors,
        products=np.prod([f.values for f in factors], axis=0),
        gradient=gradient,
        mean_factor=mean_factor,
        loss_gradient=exact,
        difference=difference,
        h=h,
        relative_error=error,
        resolution=resolution,
        sentence=f"{_about_sum(factors)}The update follows the gradient of ½·Σ(y − o)². "
        f"{about_mean(e)}",
        check=f"{_HOW_CHECKED} {_verdict(exact, error, resolution)}",
        history=_history(run, layer, i, j),
    )


def _check_place(sizes: tuple[int, ...], layer: int, i: int, j: int) -> None:
    if not 1 <= layer < len(sizes):
        raise ValueError(f"There is no W{layer}; the weights are W1 to W{len(sizes) - 1}.")
    if not (0 <= i < sizes[layer - 1] and 0 <= j < sizes[layer]):
        raise ValueError(f"W{layer} is {sizes[layer - 1]} by {sizes[layer]}; no [{i}, {j}].")


def _formula(weight: str, factors: tuple[Factor, ...]) -> str:
    chain = " · ".join(factor.name for factor in factors)
    return f"∂(½·Σ(y − o)²)/∂{weight} = Σ over rows of {chain}"


def _about_sum(factors: tuple[Factor, ...]) -> str:
    names = [factor.name for factor in factors if factor.sum_of]
    return "".join(
        f"{name} is itself a sum over the neurons of the next layer; the walk writes it out. "
        for name in names
    )


def _chain(e: Epoch, layer: int, i: int, j: int) -> tuple[Factor, ...]:
    """The factors of ∂(½·Σ(y − o)²)/∂W, from the loss back to what comes in by the weight."""
    before = e.activations[layer - 1]
    entering = "x" if layer == 1 else before.name
    return (
        *_error_factors(e, layer, j),
        _slope(e, layer, j),
        Factor(entering, before.columns[i], before.value[:, i]),
    )


def _error_factors(e: Epoch, layer: int, j: int) -> tuple[Factor, ...]:
    """The error that arrives at neuron j of a layer, its sign turned to the gradient's."""
    error = e.errors[layer - 1]
    arriving, of = -error.value[:, j], error.columns[j]
    if layer == len(e.weights):
        return (Factor("−(y − o)", of, arriving),)
    w, delta = e.weights[layer], e.deltas[layer]
    ways = [_constant(e, w.label(j, k), w.value[j, k]) for k in range(len(w.columns))]
    if layer == len(e.weights) - 1 and len(ways) == 1:  # one way back: the chain goes on
        return (*_error_factors(e, layer + 1, 0), _slope(e, layer + 1, 0), ways[0])
    addends = tuple(
        (Factor(f"−{delta.name}", delta.columns[k], -delta.value[:, k]), way)
        for k, way in enumerate(ways)
    )
    return (Factor(f"−{error.name}", of, arriving, addends),)


def _slope(e: Epoch, layer: int, j: int) -> Factor:
    a = e.activations[layer]
    return Factor(f"{a.name}(1 − {a.name})", a.columns[j], sigmoid_slope(a.value[:, j]))


def _constant(e: Epoch, name: str, value: float) -> Factor:
    return Factor(name, "", np.full(len(e.y.rows), value))


def _difference_step(w: float) -> float:
    """A step that balances the two errors of a central difference.

    Cutting the series off costs about h², rounding about ε·|z|/h, and |z| grows with the
    weight; so h ~ (ε·|w|)^(1/3), as in Numerical Recipes, §5.7.
    """
    return 1e-5 * max(1.0, abs(float(w))) ** (1 / 3)


def _central_difference(run: Run, e: Epoch, layer: int, i: int, j: int, h: float) -> float:
    weights = [w.value for w in e.weights]
    places, losses = [], []
    for side in (h, -h):
        moved = weights[layer - 1].copy()
        moved[i, j] += side
        network = Network([*weights[: layer - 1], moved, *weights[layer:]])
        places.append(moved[i, j].item())
        with np.errstate(over="ignore", invalid="ignore"):
            losses.append(network.loss(run.data.X, run.data.y))
    # The weight moved by what w ± h rounds to, which is not quite 2h.
    return (losses[0] - losses[1]) / (places[0] - places[1])


def _relative_error(a: float, b: float) -> float:
    larger = max(abs(a), abs(b))
    return abs(a - b) / larger if larger else 0.0


def _verdict(exact: float, error: float, resolution: float) -> str:
    if error == 0:
        return "Both agree in every digit."
    if abs(exact) < 1000 * resolution:
        return (
            "The gradient is so small that rounding drowns the difference: it is sure to about "
            f"±{shown(resolution)}, so the relative error says little here."
        )
    return f"Both agree up to {shown(error)} of their size; what is left is rounding."


def _history(run: Run, layer: int, i: int, j: int) -> tuple[np.ndarray, np.ndarray]:
    kept = np.arange(0, run.epochs + 1, run.every)  # between them, each would be replayed
    points = min(HISTORY_POINTS, len(kept))
    epochs = kept[np.linspace(0, len(kept) - 1, points).round().astype(int)]
    return epochs, run.weights_at(epochs)[:, run.shape.place(layer, i, j)]
