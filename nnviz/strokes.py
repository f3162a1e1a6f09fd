"""How a weight looks: the one place that turns a number into colour and thickness.

A weight's strength is |w| / (|w| + 2), from 0 towards 1. It does not depend on the run, so
that a synapse looks the same at every epoch, in every recording and after an extension.
Blue is positive, orange negative: a pair that colour-blind people can tell apart, legible on
a light and on a dark page.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

POSITIVE = "#3f86e0"
NEGATIVE = "#e07428"
HALF_STRENGTH = 2.0  # the |w| of strength one half

LINES_AT_MOST = 128  # with more synapses than this, they are drawn in bands
_FINE, _COARSE = 127, 8  # shades of each sign: for single lines, and for bands


@dataclass(frozen=True)
class Strokes:
    """The strokes a network is drawn with.

    banded: whether the synapses of one stroke share one path, as in a large network,
        or each has its own.
    colors, widths, opacities: the strokes, equally many; widths in pixels.
    """

    banded: bool
    colors: list[str]
    widths: list[float]
    opacities: list[float]

    def index(self, weights: np.ndarray) -> np.ndarray:
        """The number of each weight's stroke; same shape, uint8."""
        shades = len(self.widths) // 2
        strength = np.abs(weights)
        strength /= strength + HALF_STRENGTH  # in place, as a film's weights are millions
        strength *= shades
        shade = strength.astype(np.uint8)
        np.minimum(shade, shades - 1, out=shade)
        shade += (weights < 0).view(np.uint8) * np.uint8(shades)
        return shade


def strokes_for(sizes: tuple[int, ...]) -> Strokes:
    """The strokes for a network with that many neurons a layer, inputs first."""
    synapses = sum(a * b for a, b in zip(sizes, sizes[1:]))
    banded = synapses > LINES_AT_MOST
    shades = _COARSE if banded else _FINE
    strength = (np.arange(shades) + 0.5) / shades
    thickest = 8.0 if synapses <= 16 else max(2.5, 8.0 * (16 / synapses) ** 0.4)
    widths = np.round(0.6 + (thickest - 0.6) * strength, 2).tolist()
    opacities = np.round(0.4 + 0.6 * strength, 3).tolist()
    colors = [POSITIVE] * shades + [NEGATIVE] * shades
    return Strokes(banded, colors, widths * 2, opacities * 2)
