"""What a loss is measured by: the dullest guess's, and the least that a table allows."""

from __future__ import annotations

import numpy as np

from nnviz.engine.dataset import Dataset


def mean_guess_loss(data: Dataset) -> float:
    """The loss of the dullest guess, which answers the training rows' mean whatever is asked."""
    return float(data.y.var(axis=0).mean())


def least_loss(data: Dataset) -> float:
    """The loss that no network can pass: rows of equal inputs have one answer between them.

    It is 0 unless such rows have different labels.
    """
    _, which, count = np.unique(data.X, axis=0, return_inverse=True, return_counts=True)
    sums = np.zeros((len(count), data.y.shape[1]))
    np.add.at(sums, which.ravel(), data.y)
    return float(((data.y - (sums / count[:, None])[which.ravel()]) ** 2).mean())
