"""The sigmoid, the point a neuron stands at, and its tangent there."""

from __future__ import annotations

import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.style import FAINT, GLOW, INK, MUTED, axis, figure
from nnviz.dissection import NeuronSlope


def place_on(neuron: NeuronSlope) -> dict:
    """Where the point and the tangent are to be painted, on the chart of any film."""
    return {"of": {}, "point": (neuron.z, neuron.s), "tangent": neuron.tangent}


def _structure(neuron: NeuronSlope) -> str:
    zs, _ = neuron.curve
    return f"{zs[0]} to {zs[-1]}"


def _figure(neuron: NeuronSlope, still: bool = False) -> go.Figure:
    """σ(z) as a curve, with the neuron's point and the tangent whose slope is s·(1 − s)."""
    (z0, s0), (z1, s1) = neuron.tangent
    zs, values = neuron.curve
    traces = [
        {"name": "sigmoid", "x": zs, "y": values} | _line(MUTED, 2.5),
        {"name": "tangent", "x": [z0, z1], "y": [s0, s1]} | _line(GLOW, 3),
        {
            "name": "point",
            "mode": "markers",
            "x": [neuron.z],
            "y": [neuron.s],
            "marker": {"size": 12, "color": GLOW, "line": {"color": INK, "width": 1.5}},
            "hovertemplate": "z %{x:.4g}<br>σ(z) %{y:.4g}<extra></extra>",
            "hoverinfo": None,
        },
    ]
    return figure(
        traces,
        height=260,
        of={},
        margin={"l": 8, "r": 14, "t": 10, "b": 8},
        xaxis=axis(title="z", gridcolor=FAINT, nticks=9),
        yaxis=axis(range=[-0.15, 1.15], tickvals=[0, 0.5, 1], gridcolor=FAINT, automargin=True),
    )


def _line(color: str, width: float) -> dict:
    return {"mode": "lines", "line": {"color": color, "width": width, "simplify": False}}


SLOPE = Chart("slope", "The sigmoid with the neuron's point and tangent", _structure, _figure)
