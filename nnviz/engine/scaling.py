"""How a column's numbers are brought to the size a network works with: (value − shift) / scale."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nnviz.engine.table import MIN_MAGNITUDE

_MARGIN = 0.1  # of the labels' range, left free on either side: a sigmoid never reaches its ends
_NARROW = 0.1  # of the largest value: inputs in a narrower range than this are nearly constant
_NARROW_LABELS = 0.05  # of the full scale: the same of labels


@dataclass(frozen=True)
class Scaling:
    """A way to scale a column.

    name: what a recipe calls it. fit: from the training rows' values, (rows,), to shift and scale.
    """

    name: str
    fit: Callable[[np.ndarray], tuple[float, float]]


def _by_largest(values: np.ndarray) -> tuple[float, float]:
    return 0.0, float(np.abs(values).max())


def _by_range(values: np.ndarray) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    return low, _spread(high - low)


def _by_deviation(values: np.ndarray) -> tuple[float, float]:
    return float(values.mean()), _spread(float(values.std()))


def _as_it_is(values: np.ndarray) -> tuple[float, float]:
    return 0.0, 1.0


def _with_margin(values: np.ndarray) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = _MARGIN * ((high - low) or max(abs(high), 1.0))
    return low - margin, high - low + 2 * margin


def _by_full_scale(values: np.ndarray) -> tuple[float, float]:
    largest = float(values.max())
    return 0.0, smallest_power_of_ten(largest) if largest > 0 else 1.0


def _spread(size: float) -> float:
    """A column of one value stays at 0, whatever it is divided by."""
    return size if size >= MIN_MAGNITUDE else 1.0


LARGEST = Scaling("largest", _by_largest)  # the tutorial's: divided by the largest value
RANGE = Scaling("range", _by_range)  # from 0 at the smallest value to 1 at the largest
STANDARD = Scaling("standard", _by_deviation)  # to a mean of 0 and a standard deviation of 1
NONE = Scaling("none", _as_it_is)
INPUT_SCALINGS = {scaling.name: scaling for scaling in (LARGEST, RANGE, STANDARD, NONE)}

FULL_SCALE = Scaling("full scale", _by_full_scale)  # the tutorial's: divided by a power of ten
LABEL_RANGE = Scaling("range", _with_margin)  # from the smallest to the largest, with a margin
LABEL_SCALINGS = {scaling.name: scaling for scaling in (FULL_SCALE, LABEL_RANGE)}


def proposed_for_inputs(values: np.ndarray) -> str:
    """The tutorial's scaling, unless it would leave the values nearly constant.

    Years, say, would all become 0.97 to 1, of which a network without bias learns nothing.
    """
    if not len(values):
        return LARGEST.name
    narrow = 0 < np.ptp(values) < _NARROW * np.abs(values).max()
    return (STANDARD if narrow else LARGEST).name


def proposed_for_labels(values: np.ndarray) -> str:
    """The tutorial's scaling, unless labels are negative or would be nearly equal."""
    if not len(values):
        return FULL_SCALE.name
    _, scale = _by_full_scale(values)
    narrow = 0 < np.ptp(values) < _NARROW_LABELS * scale
    return (LABEL_RANGE if values.min() < 0 or narrow else FULL_SCALE).name


def smallest_power_of_ten(value: float) -> float:
    """The smallest power of ten that ``value``, above 0, does not exceed."""
    exponent = int(np.floor(np.log10(value)))  # may be off by one, as logarithms round
    powers = [float(f"1e{e}") for e in (exponent - 1, exponent, exponent + 1)]
    return next(power for power in powers if power >= value)
