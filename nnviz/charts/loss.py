"""The loss over the epochs, and beside it the loss of the dullest guess: always the mean."""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.curve import curve_figure
from nnviz.charts.facts import facts
from nnviz.charts.frames import Frames, frame_epochs
from nnviz.charts.style import MUTED
from nnviz.engine.diagnosis import mean_guess_loss
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.strokes import POSITIVE
from nnviz.writing import loss_text, shown, true_minus

_MOST_TICKS = 5  # of a logarithmic axis, which is 100 pixels high


def _structure(moment: Moment, logarithmic: bool = False) -> str:
    return "logarithmic" if logarithmic else "linear"


def _figure(moment: Moment, logarithmic: bool = False, still: bool = False) -> go.Figure:
    """The loss curve of the whole recording with the present epoch marked.

    It is of any film: another run's curve, or a longer one, is drawn in the place of this.
    """
    run = moment.run
    epochs = frame_epochs(run.epochs, run.every, around=moment.epoch)
    beside = _beside(run, run.loss[epochs])
    ticks = {f"tick{name}": beside["ticks"][name] for name in ("vals", "text")}
    return curve_figure(
        (epochs, run.loss[epochs]),
        (moment.epoch, moment.loss),
        "loss",
        POSITIVE,
        {"of": {}, "meta": {"curve": facts(moment, "recipe", "recorded")}},
        height=165,
        texts=[loss_text(loss) for loss in run.loss[epochs].tolist()],
        beneath=[_mean_line(beside["mean"])],
        type="log" if logarithmic else "linear",
        rangemode="normal" if logarithmic else "tozero",
        **(ticks if logarithmic else {}),
    )


def _beside(run: Run, losses: np.ndarray) -> dict:
    """What there is beside a curve, which is another with each run; for the painter too.

    mean: the line of the dullest guess, ``x``, ``y`` and ``text``; all empty where that guess
    is never wrong, as with one training row. ticks: of a logarithmic axis, ``vals`` and ``text``.
    """
    mean = mean_guess_loss(run.data)
    line: dict[str, list] = {"x": [], "y": [], "text": []}
    if mean > 0:
        said = f"always the mean: {shown(mean)}"
        end = max(run.epochs, 1)  # a little before it, the words don't touch the playhead
        line = {"x": [0, 0.97 * end, end], "y": [mean] * 3, "text": ["", said, ""]}
    values = _log_ticks(np.append(losses, line["y"]))
    return {"mean": line, "ticks": {"vals": values, "text": [true_minus(f"{v:g}") for v in values]}}


def _mean_line(line: dict[str, list]) -> dict:
    return line | {
        "name": "mean",
        "mode": "lines+text",
        "line": {"color": MUTED, "width": 1, "dash": "dot"},
        "textposition": "top left",
        "textfont": {"color": MUTED, "size": 11},
    }


def _log_ticks(losses: np.ndarray) -> list[float]:
    """Round values between the least and the largest, so few that they don't overprint.

    Powers of ten, every so many; within a few of them 1, 2 and 5 times a power, or 1 and 3;
    within a small part of one, equal steps.
    """
    losses = losses[np.isfinite(losses) & (losses > 0)]
    if not len(losses):
        return []
    low, high = float(losses.min()), float(losses.max())
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    for times in ((1, 2, 5), (1, 3), (1,)):
        values = [float(f"{k}e{p}") for p in range(first, last + 1) for k in times]
        if _stand_apart(within := [v for v in values if low <= v <= high]):
            return within
    powers = [float(f"1e{p}") for p in range(first, last + 1) if low <= float(f"1e{p}") <= high]
    if len(powers) > _MOST_TICKS:
        return powers[:: -(-len(powers) // _MOST_TICKS)]
    for parts in (3, 2, 1):
        step = float(f"{(high - low) / parts or low:.0e}")
        least = math.floor(low / step) + 1
        values = [float(f"{(least + k) * step:.12g}") for k in range(_MOST_TICKS)]
        if _stand_apart(within := [v for v in values if v <= high]):
            return within
    return [low, high] if low < high else [low]


def _stand_apart(ticks: list[float]) -> bool:
    """Whether there are some, but so few and so evenly that their texts have room."""
    if not 2 <= len(ticks) <= _MOST_TICKS:
        return False
    gaps = np.diff(np.log10(ticks))
    return bool(gaps.min() > gaps.sum() / (2 * _MOST_TICKS) and gaps.min() > 0.3 * gaps.max())


def _frames(frames: Frames) -> dict[str, np.ndarray]:
    return {"curve": frames.run.loss[frames.epochs]}


def _header(frames: Frames) -> dict:
    run = frames.run
    return {"besideLoss": _beside(run, run.loss[frames.epochs])}


LOSS = Chart("loss", "Loss over the epochs", _structure, _figure, _frames, _header)
