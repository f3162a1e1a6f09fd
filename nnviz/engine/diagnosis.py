"""What a learning rate did wrong, in a sentence."""

from __future__ import annotations

import numpy as np

from nnviz.engine.activations import sigmoid_slope
from nnviz.engine.training import Run

_LEARNED = 1e-3  # below this loss, whatever happens does not matter
_SATURATED = 1e-3  # with no slope above this, nothing passes back through a layer


def diagnosis(run: Run) -> str | None:
    """Say that the loss climbed, froze or swings, and what to do; None if it fell as it should."""
    loss, rate = run.loss, f"a learning rate of {run.learning_rate:g}"
    later = loss[len(loss) // 2 :]
    if len(loss) < 10 or later.mean() < _LEARNED:
        return None
    advice = f"Try a smaller one, such as {run.learning_rate / 10:g}."
    if _is_frozen(run) and np.ptp(later) < 1e-3 * later.mean():
        return f"With {rate} the loss has frozen at {loss[-1]:.4g}: neurons are saturated. {advice}"
    if loss[-1] > loss[0]:
        return f"With {rate} the loss has climbed from {loss[0]:.4g} to {loss[-1]:.4g}. {advice}"
    if np.mean(np.diff(later) > 0) > 0.1 and np.ptp(later) > 0.1 * later.mean():
        return f"With {rate} the loss swings up and down. {advice}"
    return None


def _is_frozen(run: Run) -> bool:
    """Whether a whole layer is saturated for every training row."""
    layers = run.network().forward(run.data.X)[1:]
    return any(sigmoid_slope(layer).max() < _SATURATED for layer in layers)
