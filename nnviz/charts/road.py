"""The loss over the plane of the path's two main directions, with the path and the playhead."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.facts import facts
from nnviz.charts.style import GLOW, INK, axis, figure
from nnviz.engine.moment import Moment
from nnviz.trust.road import Plane

_LEAST = 1e-12  # a loss below it is drawn there, as a logarithm has no 0
_SHADES = [[0, "rgba(63, 134, 224, 0.75)"], [1, "rgba(63, 134, 224, 0.02)"]]


def _structure(moment: Moment, plane: Plane) -> str:
    return f"{moment.run.recipe.key} {moment.run.epochs}"


def _figure(moment: Moment, plane: Plane, still: bool = False) -> go.Figure:
    """Contours of the loss, ever as many to a power of ten; the path from ○ to its end."""
    at = int(np.searchsorted(plane.epochs, moment.epoch, "right")) - 1
    path = {"x": plane.path[:, 0], "y": plane.path[:, 1]}
    traces = [
        {
            "name": "loss",
            "type": "contour",
            "x": plane.x,
            "y": plane.y,
            "z": np.log10(plane.losses.clip(_LEAST)),
            "customdata": plane.losses,
            "hovertemplate": "loss %{customdata:.3g}<extra></extra>",
            "hoverinfo": None,
            "showscale": False,
            "ncontours": 14,
            "contours": {"coloring": "heatmap"},  # filled contours lie on each other
            "colorscale": _SHADES,
            "line": {"width": 0.5, "color": INK},
        },
        path | {"name": "path", "mode": "lines", "line": {"color": INK, "width": 2}},
        {
            "name": "start",
            "mode": "markers+text",
            "x": path["x"][:1],
            "y": path["y"][:1],
            "text": ["start"],
            "textposition": "top center",
            "textfont": {"color": INK, "size": 12},
            "marker": {"symbol": "circle-open", "size": 11, "color": INK, "line": {"width": 2}},
        },
        {
            "name": "playhead",
            "mode": "markers",
            "x": path["x"][at : at + 1],
            "y": path["y"][at : at + 1],
            "marker": {"size": 12, "color": GLOW, "line": {"color": INK, "width": 1.5}},
        },
    ]
    return figure(
        traces,
        height=400,
        of=facts(moment, "recipe"),
        meta={"epochs": plane.epochs.tolist()},
        margin={"l": 8, "r": 8, "t": 10, "b": 8},
        xaxis=axis(title="along the path’s main direction", showgrid=False, nticks=7),
        yaxis=axis(title="along its second", showgrid=False, nticks=7, automargin=True),
    )


ROAD = Chart("road", "The path of the training over the loss", _structure, _figure)
