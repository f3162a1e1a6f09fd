"""The loss over the epochs: solid up to the playhead, faint beyond."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from nnviz.figures.style import FAINT, INK, axis, figure
from nnviz.film import frame_epochs, take
from nnviz.strokes import POSITIVE
from nnviz.training import Run


def loss_figure(run: Run, epoch: int, logarithmic: bool = False) -> go.Figure:
    """The loss curve of the whole recording with the present epoch marked."""
    epochs = frame_epochs(run.epochs, run.every, around=epoch)
    played = np.append(epochs[epochs <= epoch], epoch)  # two points at least, to be a line
    hover = {"hovertemplate": "epoch %{x}<br>loss %{y:.4g}<extra></extra>", "hoverinfo": None}
    curve = {"mode": "lines", "line": {"color": FAINT, "width": 2}}
    traces = [
        curve | hover | {"name": "recorded", "x": epochs, "y": run.loss[epochs]},
        curve
        | {"name": "played", "x": played, "y": run.loss[played]}
        | {"line": {"color": POSITIVE, "width": 2.5}},
        {
            "name": "playhead",
            "mode": "markers",
            "x": [epoch],
            "y": [run.loss[epoch]],
            "marker": {"size": 11, "color": POSITIVE, "line": {"color": INK, "width": 1.5}},
            "cliponaxis": False,
        },
    ]
    return figure(
        traces,
        height=180,
        meta={"take": take(run), "recorded": run.epochs},
        margin={"l": 8, "r": 14, "t": 10, "b": 8},
        xaxis=axis(title="epoch", range=[0, max(run.epochs, 1)], showgrid=False, nticks=6),
        yaxis=axis(
            type="log" if logarithmic else "linear",
            rangemode="normal" if logarithmic else "tozero",
            nticks=5,
            automargin=True,
            exponentformat="power" if logarithmic else "none",
        ),
    )
