"""What a network is worth on rows it never saw, in words."""

from __future__ import annotations

import math

import numpy as np

from nnviz.engine.left_out import LeftOut
from nnviz.engine.moment import Moment
from nnviz.writing import markdown, shown

_LIKE_THE_MEAN = 0.1  # of the mean's miss: a network that is no farther from it is called no better
_HALF = 0.5  # of the mean's miss: one that is below it has found much of the rule
_ABOUT_HALF = 0.45  # of what it is compared with, from which on it isn't clearly less than half
_FEW = 10  # rows, with which one more or less may change all that


def misses(moment: Moment, left: LeftOut) -> str:
    """By how much networks miss rows that they never saw, and the mean does, as Markdown."""
    network, mean = left.misses(moment.aspect)
    largest = max(network, mean)
    decimals = max(0, 2 - math.floor(math.log10(largest))) if largest > 0 else 0
    ours, dull = (f"{miss:.{decimals}f}" for miss in (network, mean))
    name = markdown(moment.aspect.name)
    return (
        f"A network that never saw the row misses its {name} by {ours} in the mean; "
        f"always guessing the other rows’ mean misses it by {dull}."
    )


def verdict(moment: Moment, left: LeftOut) -> str:
    """What follows from it."""
    network, mean = left.misses(moment.aspect)
    aspect = moment.aspect
    guesses = aspect.of(moment.data.unscale(moment.training.activations[-1])[left.rows])
    seen = float(np.abs(guesses - aspect.of(left.targets)).mean())
    said = [_compared(network, mean)]
    if seen < _HALF * network:
        much = "less than half" if seen < _ABOUT_HALF * network else "about half"
        said.append(
            f"Its own training rows this run misses by {shown(float(f'{seen:.3g}'))}, {much} as "
            "much: it knows them partly by heart."
        )
    if len(moment.data.X) < _FEW:
        said.append(f"With {len(moment.data.X)} rows, one more could change all this.")
    return " ".join(said)


def _compared(network: float, mean: float) -> str:
    if mean == 0:
        return "All these rows say the same, so the mean is never wrong."
    if network < _HALF * mean:
        return "It has found much of a rule that also holds for rows it has not seen."
    if network < (1 - _LIKE_THE_MEAN) * mean:
        return (
            "On rows it has not seen it does better than the mean, but misses more than half as "
            "much."
        )
    if network <= (1 + _LIKE_THE_MEAN) * mean:
        return "So on rows it has not seen it does no better than the mean."
    return "So on rows it has not seen it does worse than always guessing the mean."
