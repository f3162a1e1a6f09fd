"""One epoch of many networks at once, in the form that runs fast.

On a network of nine weights nearly all time goes into calls, so a thousand of them take little
longer than one: every array has the networks as its last axis, and a call serves them all. It
is `training.epoch_in_place` once more, and a test holds the two together, network by network.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from nnviz.engine.shape import Shape
from nnviz.engine.updates import Update


def epoch_side_by_side(
    state: np.ndarray,
    shape: Shape,
    X: np.ndarray,
    y: np.ndarray,
    update: Update,
    learning_rate: float,
) -> Callable[[], None]:
    """`training.epoch_in_place` for many networks at once; allocates nothing.

    state: (numbers, networks). X, y: (rows, inputs or labels, networks), or 1 in the place of
    the networks where all have the same.

    A product of matrices is a sum over its few inner terms, each one call for all networks;
    NumPy's own product of stacked matrices calls for each network anew.
    """
    networks, rows = state.shape[1], len(X)
    w, memory = state[: shape.count], state[shape.count :].reshape(-1, shape.count, networks)
    downhill, spare = np.empty_like(w), np.empty_like(w)
    W, G, spare_G = (_layers(array, shape) for array in (w, downhill, spare))
    a, s, errors, spare_a = (
        [np.empty((rows, n, networks)) for n in shape.sizes[1:]] for _ in range(4)
    )
    o, o_error, o_delta = a[-1], errors[-1], s[-1]

    forward_sums = [
        (_sum_of([(b[:, i, None], w_l[i]) for i in range(len(w_l))], a_l, spare), a_l)
        for b, w_l, a_l, spare in zip([X, *a], W, a, spare_a)
    ]
    error_sums = [
        _sum_of([(s_l[:, j, None], w_l[:, j]) for j in range(w_l.shape[1])], error, spare)
        for w_l, s_l, error, spare in zip(W[1:], s[1:], errors, spare_a)
    ]
    backward = list(zip(error_sums, errors, s))[::-1]
    moves = [
        _sum_of([(b[row, :, None], s_l[row]) for row in range(rows)], g, spare)
        for b, s_l, g, spare in zip([X, *a], s, G, spare_G)
    ]
    negative, exp, reciprocal = np.negative, np.exp, np.reciprocal
    add, subtract, multiply = np.add, np.subtract, np.multiply
    change = update.in_place

    def epoch() -> None:
        for sum_up, a_l in forward_sums:
            sum_up()
            negative(a_l, a_l)
            exp(a_l, a_l)
            add(a_l, 1, a_l)
            reciprocal(a_l, a_l)
        for a_l, s_l in zip(a, s):
            subtract(1, a_l, s_l)
            multiply(s_l, a_l, s_l)
        subtract(y, o, o_error)
        multiply(o_error, o_delta, o_delta)
        for sum_up, error, s_l in backward:
            sum_up()
            multiply(error, s_l, s_l)
        for sum_up in moves:
            sum_up()
        change(w, downhill, memory, learning_rate)

    return epoch


def _layers(flat: np.ndarray, shape: Shape) -> list[np.ndarray]:
    """Views into (weights, networks), one a layer: (n_in, n_out, networks)."""
    ends = np.cumsum([n_in * n_out for n_in, n_out in shape.layers])[:-1]
    return [part.reshape(*layer, -1) for part, layer in zip(np.split(flat, ends), shape.layers)]


def _sum_of(
    products: list[tuple[np.ndarray, np.ndarray]], out: np.ndarray, spare: np.ndarray
) -> Callable[[], None]:
    """Prepare to add up some products, each of two arrays that are broadcast, into ``out``."""
    (x, y), *rest = products
    multiply, add = np.multiply, np.add

    def sum_up() -> None:
        multiply(x, y, out)
        for left, right in rest:
            multiply(left, right, spare)
            add(out, spare, out)

    return sum_up
