"""The loss over the epochs."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.curve import curve_figure
from nnviz.charts.facts import facts
from nnviz.charts.frames import Frames, frame_epochs
from nnviz.engine.moment import Moment
from nnviz.strokes import POSITIVE
from nnviz.writing import loss_text


def _structure(moment: Moment, logarithmic: bool = False) -> str:
    return "logarithmic" if logarithmic else "linear"


def _figure(moment: Moment, logarithmic: bool = False, still: bool = False) -> go.Figure:
    """The loss curve of the whole recording with the present epoch marked.

    It is of any film: another run's curve, or a longer one, is drawn in the place of this.
    """
    run = moment.run
    epochs = frame_epochs(run.epochs, run.every, around=moment.epoch)
    return curve_figure(
        (epochs, run.loss[epochs]),
        (moment.epoch, moment.loss),
        "loss",
        POSITIVE,
        {"of": {}, "meta": {"curve": facts(moment, "recipe", "recorded")}},
        height=165,
        texts=[loss_text(loss) for loss in run.loss[epochs].tolist()],
        type="log" if logarithmic else "linear",
        rangemode="normal" if logarithmic else "tozero",
        tickformat="~g" if logarithmic else "",
    )


def _frames(frames: Frames) -> dict[str, np.ndarray]:
    return {"curve": frames.run.loss[frames.epochs]}


LOSS = Chart("loss", "Loss over the epochs", _structure, _figure, _frames)
