"""The loss over the epochs."""

from __future__ import annotations

import plotly.graph_objects as go

from nnviz.engine.training import Run
from nnviz.figures.curve import curve_figure
from nnviz.film import frame_epochs, take
from nnviz.strokes import POSITIVE


def loss_figure(run: Run, epoch: int, logarithmic: bool = False) -> go.Figure:
    """The loss curve of the whole recording with the present epoch marked."""
    epochs = frame_epochs(run.epochs, run.every, around=epoch)
    return curve_figure(
        (epochs, run.loss[epochs]),
        (epoch, run.loss[epoch]),
        "loss",
        POSITIVE,
        meta={"take": take(run), "recorded": run.epochs},
        height=165,
        type="log" if logarithmic else "linear",
        rangemode="normal" if logarithmic else "tozero",
        tickformat="~g" if logarithmic else "",
    )
