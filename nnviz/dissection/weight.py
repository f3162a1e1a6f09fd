"""One weight's story: its gradient factor by factor, checked by differences, and its past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnviz.dissection.epoch import Epoch, epoch_of
from nnviz.engine.activations import sigmoid_slope
from nnviz.engine.moment import Moment
from nnviz.engine.network import Network, forward, mean_loss
from nnviz.engine.training import Run
from nnviz.writing import shown

HISTORY_POINTS = 500  # more than a small chart has pixels for
NUDGES = tuple(k / 20 for k in range(-60, 61))  # what a weight can be nudged by
_CURVE_POINTS, _FEWEST_POINTS = 241, 25  # of the loss over one weight
_LOOKS = 9  # for its lowest point, each a dozen times closer than the one before
_BUDGET = 200_000_000  # products that the curve may take; a large table gets fewer points
_AT_ONCE = 2_000_000  # numbers of a layer that are computed together
_WIDER = 1000  # times the step of the difference, to tell what the step itself makes of it
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
    # What a finite step cuts off grows as its square, so a large one tells it without rounding.
    wide = _central_difference(run, e, layer, i, j, _WIDER * h)
    cut = (wide - exact) / _WIDER**2
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
        sentence=f"{_about_sum(factors)}The update follows the gradient of ½·Σ(y − o)²; the "
        f"walk's dW is minus it. {_about_mean(e)}",
        check=f"{_HOW_CHECKED} {_verdict(exact, difference, resolution, cut)}",
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


def _about_mean(e: Epoch) -> str:
    """How the gradient of the update and that of the shown loss differ."""
    size = e.y.value.size
    factor = f"2/{size} (2 for the ½, {size} for the mean of {size})" if size > 1 else "2"
    return (
        "The loss shown is the mean, without the ½; its gradient is the same but for the "
        f"factor {factor}, so it points the same way."
    )


def _verdict(exact: float, difference: float, resolution: float, cut: float) -> str:
    """What to make of how far the two are apart.

    cut: how far the finite step alone puts them apart.
    """
    if exact == difference:
        if exact == 0:
            return "Both are 0, to all the digits there are: here the loss does not change."
        return "Both agree in every digit."
    if abs(exact) < 1000 * resolution:
        return (
            "The gradient is so small that rounding drowns the difference: it is sure to about "
            f"±{shown(resolution)}, so the relative error says little here."
        )
    rounding = abs(difference - exact - cut)
    share = abs(cut) / (abs(cut) + rounding)
    left = (
        "what is left is rounding"
        if share < 0.1
        else "what is left is there because h is small but not 0"
        if share > 0.9
        else "what is left is in part rounding, and in part there because h is small but not 0"
    )
    return f"Both agree up to {shown(_relative_error(exact, difference))} of their size; {left}."


def _history(run: Run, layer: int, i: int, j: int) -> tuple[np.ndarray, np.ndarray]:
    kept = np.arange(0, run.epochs + 1, run.every)  # between them, each would be replayed
    points = min(HISTORY_POINTS, len(kept))
    epochs = kept[np.linspace(0, len(kept) - 1, points).round().astype(int)]
    return epochs, run.weights_at(epochs)[:, run.shape.place(layer, i, j)]


# --- What another value of the weight would make of the loss ----------------------------------


@dataclass(frozen=True, eq=False)
class Nudge:
    """The loss over one weight, all others as they stand at one epoch.

    name, value, loss: the weight, as it is, and the loss by it.
    slope: of the curve there, ∂ mean((y − o)²)/∂w.
    curve: (values, losses), as far as the weight can be nudged.
    lowest: (value, loss), the lowest point of that stretch; where it is no lower to four digits,
        as it is. at_edge: whether it is an end of it.
    moved: (value, loss) by the nudge; as it is, if there is none.
    sentence: what the nudge would do. about: where the loss would be lowest.
    """

    name: str
    value: float
    loss: float
    slope: float
    curve: tuple[np.ndarray, np.ndarray]
    lowest: tuple[float, float]
    at_edge: bool
    moved: tuple[float, float]
    sentence: str
    about: str


def nudge(moment: Moment, layer: int, i: int, j: int, by: float = 0.0) -> Nudge:
    """What the loss would be if W⟨layer⟩[i, j] alone were another, by one of the `NUDGES`.

    Raises ValueError if the epoch was not recorded or there is no such weight.
    """
    run = moment.run
    _check_place(run.sizes, layer, i, j)
    e = epoch_of(moment)
    w = e.weights[layer - 1]
    value = w.value[i, j].item()
    gradient = 0.0 - e.moves[layer - 1].value[i, j].item()
    slope, points = 2 / e.y.value.size * gradient, _curve_points(run)
    values = value + np.linspace(NUDGES[0], NUDGES[-1], points)
    curve = _losses(moment, layer, i, j, values)
    lowest = _lowest(values, curve, lambda near: _losses(moment, layer, i, j, near))
    if shown(lowest[1]) == shown(e.loss):  # as far as one can see, it is here
        lowest = value, e.loss
    at_edge = int(curve.argmin()) in (0, points - 1)
    to = value + by
    moved = (to, _losses(moment, layer, i, j, np.array([to])).item()) if by else (value, e.loss)
    return Nudge(
        name=w.label(i, j),
        value=value,
        loss=e.loss,
        slope=slope,
        curve=(values, curve),
        lowest=lowest,
        at_edge=at_edge,
        moved=moved,
        sentence=_would(w.label(i, j), value, e.loss, slope, by, moved),
        about=_about_lowest(curve, e.loss, lowest, at_edge),
    )


def _lowest(
    values: np.ndarray, losses: np.ndarray, compute: Callable[[np.ndarray], np.ndarray]
) -> tuple[float, float]:
    """(value, loss), where the curve is lowest: looked for ever closer about its lowest point.

    A loss near 0 is lowest in a dip that is far narrower than from one point to the next.
    """
    found = []
    for _ in range(_LOOKS):
        least = int(losses.argmin())
        found.append((losses[least].item(), values[least].item()))
        ends = values[max(0, least - 1)], values[min(least + 1, len(values) - 1)]
        values = np.linspace(*ends, _FEWEST_POINTS)
        losses = compute(values)
    loss, value = min(found)
    return value, loss


def _curve_points(run: Run) -> int:
    products = len(run.data.X) * run.shape.count
    return min(_CURVE_POINTS, max(_FEWEST_POINTS, _BUDGET // products))


def _losses(moment: Moment, layer: int, i: int, j: int, values: np.ndarray) -> np.ndarray:
    """The loss with the weight at each of the values; the layers before it are not computed."""
    X, y = moment.training.activations[layer - 1], moment.data.y
    weights = moment.network.weights[layer - 1 :]
    together = max(1, _AT_ONCE // (len(X) * max(moment.run.sizes)))
    found = []
    for start in range(0, len(values), together):
        some = values[start : start + together]
        moved = np.repeat(weights[0][None], len(some), axis=0)
        moved[:, i, j] = some
        with np.errstate(over="ignore", invalid="ignore"):
            found.append(mean_loss(y, forward([moved, *weights[1:]], X)[1][-1]))
    return np.concatenate(found)


def _would(
    name: str, value: float, loss: float, slope: float, by: float, moved: tuple[float, float]
) -> str:
    """What the nudge would do to the loss, exactly and by the tangent."""
    if not by:
        return (
            f"As it is, {name} is {shown(value)} and the loss {shown(loss)}. The tangent's slope "
            f"is the gradient of the loss shown, {shown(slope)}."
        )
    to, exact = moved
    change = f"{'rise' if exact > loss else 'fall'} from {shown(loss)} to {shown(exact)}"
    if shown(exact) == shown(loss):
        change = f"hardly change: {shown(loss)}, to four digits the same"
    return (
        f"With {name} at {shown(to)} instead of {shown(value)}, the loss would {change}. "
        f"The tangent, with the slope {shown(slope)}, says {shown(loss + slope * by)}: it holds "
        "close to the weight alone."
    )


def _about_lowest(
    curve: np.ndarray, loss: float, lowest: tuple[float, float], at_edge: bool
) -> str:
    at, least = lowest
    if np.ptp(curve) <= 1e-9 * loss:
        return "On this whole stretch the loss is the same: here this weight makes no difference."
    if shown(least) == shown(loss):
        return "No other value on this stretch would make the loss lower, to four digits."
    beyond = ", at the end of it: beyond, it may be lower still" if at_edge else ""
    return f"The lowest loss on this stretch is {shown(least)}, at {shown(at)}{beyond}."
