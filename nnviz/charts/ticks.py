"""The ticks of a logarithmic axis of losses: round values, and few."""

from __future__ import annotations

import math

import numpy as np

from nnviz.writing import true_minus

_MOST = 5  # of an axis, which is 100 pixels high at least


def log_ticks(losses: np.ndarray) -> dict[str, list]:
    """Where a logarithmic axis of such losses has its ticks, ``vals``, and their ``text``."""
    values = _round_values(losses)
    return {"vals": values, "text": [true_minus(f"{value:g}") for value in values]}


def _round_values(losses: np.ndarray) -> list[float]:
    """Round values between the least and the largest, so few that they don't overprint.

    Powers of ten, every so many; within a few of them 1, 2 and 5 times a power, or 1 and 3;
    within a small part of one, equal steps.
    """
    losses = losses[np.isfinite(losses) & (losses > 0)]
    if not len(losses):
        return []
    low, high = float(losses.min()), float(losses.max())
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for times in ((1, 2, 5), (1, 3), (1,)):
        values = [float(f"{k}e{p}") for p in range(first, last + 1) for k in times]
        if _stand_apart(within := [v for v in values if low <= v <= high]):
            return within
    powers = [float(f"1e{p}") for p in range(first, last + 1) if low <= float(f"1e{p}") <= high]
    if len(powers) > _MOST:
        return powers[:: -(-len(powers) // _MOST)]
    for parts in (3, 2, 1):
        step = float(f"{(high - low) / parts or low:.0e}")
        least = math.floor(low / step) + 1
        values = [float(f"{(least + k) * step:.12g}") for k in range(_MOST)]
        if _stand_apart(within := [v for v in values if v <= high]):
            return within
    return [low, high] if low < high else [low]


def _stand_apart(ticks: list[float]) -> bool:
    """Whether there are some, but so few and so evenly that their texts have room."""
    if not 2 <= len(ticks) <= _MOST:
        return False
    gaps = np.diff(np.log10(ticks))
    return bool(gaps.min() > gaps.sum() / (2 * _MOST) and gaps.min() > 0.3 * gaps.max())
