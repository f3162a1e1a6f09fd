"""What a neuron makes of its sum: the sigmoid, and its slope."""

from __future__ import annotations

import numpy as np

# Below this slope a neuron is called saturated: it is 250 times flatter there than at its
# steepest, 1/4, so that next to nothing passes back through it. Its output is then within 0.001
# of 0 or 1, and its sum beyond ±6.9.
SATURATED = 1e-3


def sigmoid(z: np.ndarray) -> np.ndarray:
    """σ(z) = 1 / (1 + e⁻ᶻ), elementwise; any shape, same shape out, values in [0, 1]."""
    with np.errstate(over="ignore"):  # e⁻ᶻ may reach infinity; 1 / (1 + ∞) is rightly 0
        return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


def sigmoid_slope(s: np.ndarray) -> np.ndarray:
    """The slope of the sigmoid, s·(1 − s), where ``s = σ(z)`` is already its output.

    From dσ/dz = e⁻ᶻ / (1 + e⁻ᶻ)² = σ(z)·(1 − σ(z)).
    """
    return s * (1 - s)
