"""The loss on the straight line from the start of a recording to its end."""

from __future__ import annotations

import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.facts import facts
from nnviz.charts.style import FAINT, INK, axis, figure
from nnviz.engine.moment import Moment
from nnviz.strokes import POSITIVE
from nnviz.trust.road import Line


def _structure(moment: Moment, line: Line) -> str:
    return f"{moment.run.recipe.key} {moment.run.epochs}"


def _figure(moment: Moment, line: Line, still: bool = False) -> go.Figure:
    """The curve, with the start and the end on it."""
    losses = moment.run.loss
    traces: list[dict] = [
        {
            "name": "curve",
            "mode": "lines",
            "x": line.parts,
            "y": line.losses,
            "line": {"color": POSITIVE, "width": 2.5},
            "hoverinfo": None,
            "hovertemplate": "loss %{y:.4g}<extra></extra>",
        },
        {
            "name": "ends",
            "mode": "markers+text",
            "x": [0, 1],
            "y": [losses[0], losses[-1]],
            "text": ["start", f"epoch {moment.run.epochs:,}"],
            "textposition": "top center",
            "textfont": {"size": 12, "color": INK},
            "marker": {"symbol": "circle-open", "size": 11, "color": INK, "line": {"width": 2}},
            "cliponaxis": False,
        },
    ]
    return figure(
        traces,
        height=190,
        of=facts(moment, "recipe"),
        margin={"l": 8, "r": 14, "t": 10, "b": 8},
        xaxis=axis(title="part of the way", gridcolor=FAINT, nticks=7),
        yaxis=axis(title="loss", gridcolor=FAINT, nticks=4, automargin=True, rangemode="tozero"),
    )


STRAIGHT = Chart("straight", "The loss straight from start to end", _structure, _figure)
