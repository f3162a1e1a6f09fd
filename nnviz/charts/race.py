"""Runs side by side on one clock: their losses and their answers over the epochs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.facts import facts, name_of
from nnviz.charts.frames import frame_epochs, frames_of
from nnviz.charts.style import FAINT, INK, MUTED, axis, figure
from nnviz.charts.ticks import log_ticks
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.strokes import POSITIVE
from nnviz.writing import plotly, shortened

Pins = Sequence[tuple[str, Run]]  # a letter, and the run that it stands for
_POINTS = 400  # of each curve, about
_LEAST = 1e-12  # a loss below it is drawn there, as a logarithm has no 0


def raced_epochs(moment: Moment, pins: Pins) -> np.ndarray:
    """The epochs at which the curves have a point: thinned, and as far as all are recorded."""
    last = min(run.epochs for run in (moment.run, *(run for _, run in pins)))
    epochs = frame_epochs(last, moment.run.every)
    places = (np.linspace(0, 1, _POINTS) ** 2 * (len(epochs) - 1)).round().astype(int)
    return epochs[np.unique(places)]


def _structure(moment: Moment, pins: Pins) -> str:
    keys = [f"{letter} {run.recipe.key} {run.epochs}" for letter, run in pins]
    return (
        f"{moment.run.recipe.key} {moment.run.epochs} {moment.question} {moment.aspect.key} {keys}"
    )


def _figure(moment: Moment, pins: Pins, still: bool = False) -> go.Figure:
    """Every run's curves, this run's in colour, and a dot on each at the present epoch."""
    epochs = raced_epochs(moment, pins)
    runs = [("this run", moment.run), *pins]
    losses = [run.loss[epochs].clip(_LEAST) for _, run in runs]
    answers = [frames_of(replace(moment, run=run), epochs).aspect for _, run in runs]
    at = int(np.searchsorted(epochs, moment.epoch, "right")) - 1
    letters = ["", *(plotly(name) for name, _ in pins)]
    sides = [("losses", losses, "x", "y"), ("answers", answers, "x2", "y2")]
    traces = []
    for name, curves, x, y in sides:
        on = {"xaxis": x, "yaxis": y}
        traces.append(_curves("pinned " + name, epochs, curves[1:], MUTED, 1.5) | on)
        traces.append(_curves("own " + name, epochs, curves[:1], POSITIVE, 2.5) | on)
        traces.append(_dots(name, float(epochs[at]), [c[at] for c in curves], letters) | on)
    ticks = log_ticks(np.concatenate(losses))
    title = plotly(shortened(moment.aspect.name, 20))
    last = max(int(epochs[-1]), 1)
    shown = [0, 1.06 * last]
    return figure(
        traces,
        height=400,
        of=facts(moment, "recipe"),
        meta={
            "epochs": epochs.tolist(),
            "curves": {name: [curve.tolist() for curve in curves] for name, curves, *_ in sides},
            "key": name_of(_structure(moment, pins)),
        },
        margin={"l": 8, "r": 18, "t": 10, "b": 8},
        # One above the other, so that an epoch is at one place in both, and a phone has room.
        xaxis=axis(range=shown, showgrid=False, nticks=5, showticklabels=False),
        yaxis=axis(
            title="loss",
            type="log",
            domain=[0.53, 1],
            gridcolor=FAINT,
            automargin=True,
            tickvals=ticks["vals"],
            ticktext=ticks["text"],
        ),
        xaxis2=axis(title="epoch", range=shown, anchor="y2", showgrid=False, nticks=5),
        yaxis2=axis(
            title=title, domain=[0, 0.47], anchor="x2", gridcolor=FAINT, automargin=True, nticks=5
        ),
    )


def _curves(
    name: str, epochs: np.ndarray, curves: list[np.ndarray], color: str, width: float
) -> dict:
    """Curves as one line with gaps."""
    gap = [np.nan]
    return {
        "name": name,
        "mode": "lines",
        "x": np.concatenate([[], *(np.append(epochs, gap) for _ in curves)]),
        "y": np.concatenate([[], *(np.append(curve, gap) for curve in curves)]),
        "line": {"color": color, "width": width, "simplify": False},
    }


def _dots(name: str, epoch: float, values: list[float], letters: list[str]) -> dict:
    return {
        "name": name,
        "mode": "markers+text",
        "x": [epoch] * len(values),
        "y": values,
        "text": letters,
        "textposition": "middle right",
        "textfont": {"size": 11, "color": INK},
        "marker": {
            "size": [13] + [8] * (len(values) - 1),  # where runs agree, each is to be seen
            "color": [POSITIVE] + [MUTED] * (len(values) - 1),
            "line": {"color": INK, "width": 1.5},
        },
        "cliponaxis": False,
    }


RACE = Chart("race", "Losses and answers of this run and the pinned ones", _structure, _figure)
