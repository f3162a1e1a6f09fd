"""What each hidden neuron sees: small maps of its activation over the same ground."""

from __future__ import annotations

import plotly.graph_objects as go

from nnviz.charts.captions import shown_names
from nnviz.charts.chart import Chart
from nnviz.charts.facts import name_of
from nnviz.charts.map import BLANK, map_key, shades, small_points
from nnviz.charts.style import FAINT, INK, axis, figure
from nnviz.engine.moment import Moment
from nnviz.trust.ground import Ground

_TILE, _NAME = 92, 0.2  # pixels of a row with few tiles; the part of it that the name takes
_GAP = 0.05  # of a tile, on either side
_MIDDLE = 127.5  # of an activation's byte, in the middle of the colours


def _columns(neurons: int) -> int:
    return 3 if neurons <= 9 else 6 if neurons <= 36 else 10


def _structure(moment: Moment, on: Ground) -> str:
    return map_key(moment, on) + name_of(*moment.run.sizes)


def _figure(moment: Moment, on: Ground, still: bool = False) -> go.Figure:
    """A tile a neuron, its name below; the pictures are the painter's."""
    names = [name for layer in shown_names(moment.run)[1:-1] for name in layer]
    columns = _columns(len(names))
    rows = -(-len(names) // columns)
    places = [(k % columns, k // columns) for k in range(len(names))]
    width, height = 1 - 2 * _GAP, 1 - _NAME - _GAP
    images = [
        {
            "source": BLANK,
            "layer": "below",
            "xref": "x",
            "yref": "y",
            "x": column + _GAP,
            "y": row + _GAP,
            "sizex": width,
            "sizey": height,
            "sizing": "stretch",
        }
        for column, row in places
    ]
    frames = [
        {
            "type": "rect",
            "x0": column + _GAP,
            "x1": column + 1 - _GAP,
            "y0": row + _GAP,
            "y1": row + 1 - _NAME,
            "line": {"color": FAINT, "width": 1},
        }
        for column, row in places
    ]
    traces = [
        {
            "name": "names",
            "mode": "text",
            "x": [column + 0.5 for column, _ in places],
            "y": [row + 1 - _NAME / 2 for _, row in places],
            "text": names,
            "textfont": {"size": 11 if columns < 10 else 9, "color": INK},
        }
    ]
    tile = _TILE * 3 / columns * (1.0 if columns == 3 else 1.15)
    return figure(
        traces,
        height=round(max(1, rows) * tile * 1.1) + 8,
        of={},
        meta={
            "ground": map_key(moment, on),
            "shades": shades(),
            "scale": [_MIDDLE, _MIDDLE],
            "small": small_points(on),
            "layers": list(moment.run.sizes[1:-1]),
            "columns": columns,
        },
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        images=images,
        shapes=frames,
        xaxis=axis(range=[0, columns], visible=False),
        yaxis=axis(range=[max(1, rows), 0], visible=False),
    )


NEURONS = Chart("neurons", "Small maps of each hidden neuron's activation", _structure, _figure)
