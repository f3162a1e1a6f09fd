"""Where networks from many random starts disagree: the width of their middle range, as a map."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.facts import facts
from nnviz.charts.map import (
    map_frame,
    map_key,
    map_points,
    map_structure,
)
from nnviz.charts.style import GLOW
from nnviz.engine.moment import Moment
from nnviz.trust.ground import Ground

_SHADES = 64
_STRONGEST = 0.9  # opacity, where they disagree most


def doubt_on(moment: Moment, on: Ground, widths: np.ndarray) -> dict:
    """The map of one epoch. values: (points,), in the label's unit. most: the largest of them."""
    return {
        "of": facts(moment, "recipe", "epoch", "aspect"),
        "ground": map_key(moment, on),
        "values": [float(f"{width:.5g}") for width in widths.tolist()],
        "most": float(widths.max()),
    }


def _figure(moment: Moment, on: Ground, still: bool = False) -> go.Figure:
    """The frame of the map; its picture is the painter's. A veil would hide where it is most."""
    meta = {"shades": _shades()}
    return map_frame(moment, on, map_points(moment, on), meta, height=330, veiled=False)


def _shades() -> list[list[int]]:
    """From nothing to the strongest, as [red, green, blue, opacity], each to 255."""
    red, green, blue = (int(GLOW[k : k + 2], 16) for k in (1, 3, 5))
    opacities = 255 * np.linspace(0, _STRONGEST, _SHADES)
    return [[red, green, blue, round(float(opacity))] for opacity in opacities]


DOUBT = Chart(
    "doubt", "Map of how far the answers from many random starts differ", map_structure, _figure
)
