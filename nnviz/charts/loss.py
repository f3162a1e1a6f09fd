"""The loss over the epochs, and beside it the loss of the dullest guess: always the mean."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.curve import curve_figure
from nnviz.charts.facts import facts
from nnviz.charts.frames import Frames, frame_epochs
from nnviz.charts.race import Pins
from nnviz.charts.style import MUTED
from nnviz.charts.ticks import log_ticks
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.engine.yardstick import mean_guess_loss
from nnviz.strokes import NEGATIVE, POSITIVE
from nnviz.trust.held import held_curve
from nnviz.writing import loss_text, true_minus

_WORDS_WIDE, _WORDS_HIGH = 0.42, 0.18  # on the line of the mean, as parts of a linear chart


def _structure(moment: Moment, logarithmic: bool = False, pins: Pins = ()) -> str:
    beside = [f"{letter} {run.recipe.key} {run.epochs}" for letter, run in pins]
    return " ".join(["logarithmic" if logarithmic else "linear", *beside])


def _figure(
    moment: Moment, logarithmic: bool = False, pins: Pins = (), still: bool = False
) -> go.Figure:
    """The loss curve of the whole recording with the present epoch marked.

    pins: runs whose curves lie beneath, faint, each with its letter.

    It is of any film: another run's curve, or a longer one, is drawn in the place of this.
    """
    run = moment.run
    epochs = frame_epochs(run.epochs, run.every, around=moment.epoch)
    beside = _beside(run, epochs)
    ticks = {f"tick{name}": beside["ticks"][name] for name in ("vals", "text")}
    return curve_figure(
        (epochs, run.loss[epochs]),
        (moment.epoch, moment.loss),
        "loss",
        POSITIVE,
        {"of": {}, "meta": {"curve": facts(moment, "recipe", "recorded")}},
        height=165,
        texts=[loss_text(loss) for loss in run.loss[epochs].tolist()],
        beneath=[*_pinned(pins), _mean_line(beside["mean"]), _held_line(beside["held"])],
        type="log" if logarithmic else "linear",
        rangemode="normal" if logarithmic else "tozero",
        **(ticks if logarithmic else {}),
    )


def _beside(run: Run, epochs: np.ndarray) -> dict:
    """What there is beside a curve, which is another with each run; for the painter too.

    mean: the line of the dullest guess, ``x``, ``y`` and ``text``; all empty where that guess
    is never wrong, as with one training row. held: the losses on the rows that are held out,
    likewise. ticks: of a logarithmic axis, ``vals`` and ``text``.
    """
    mean, losses = mean_guess_loss(run.data), run.loss[epochs]
    line: dict[str, list] = {"x": [], "y": [], "text": []}
    if mean > 0:
        said = f"always the mean: {true_minus(loss_text(mean))}"
        end = max(run.epochs, 1)
        words = _room_for_words(epochs / end, losses, mean) * end
        line = {"x": [0, words, end], "y": [mean] * 3, "text": ["", said, ""]}
    at, held = held_curve(run)
    return {
        "mean": line,
        "held": {"x": at.tolist(), "y": held.tolist(), "text": []},
        "ticks": log_ticks(np.concatenate([losses, line["y"], held])),
    }


def _room_for_words(places: np.ndarray, losses: np.ndarray, mean: float) -> float:
    """Where the words on the mean's line end, from 0 to 1, so that the curve is not over them.

    At the right, but for what the playhead needs there; further left where the curve is that low.
    """
    high = mean + _WORDS_HIGH * max(losses.max(), mean)
    is_low = (losses > mean - _WORDS_HIGH * losses.max() / 4) & (losses < high)
    for end in (0.97, 0.7, 0.45):
        if not is_low[(places > end - _WORDS_WIDE) & (places < end)].any():
            return end
    return 0.97


def _pinned(pins: Pins) -> list[dict]:
    """The curves of the pinned runs, as one line with gaps, and a letter on each."""
    if not pins:
        return []
    curves = [frame_epochs(run.epochs, run.every) for _, run in pins]
    line = {
        "name": "pins",
        "mode": "lines",
        "x": np.concatenate([np.append(epochs, np.nan) for epochs in curves]),
        "y": np.concatenate(
            [np.append(run.loss[epochs], np.nan) for (_, run), epochs in zip(pins, curves)]
        ),
        "line": {"color": MUTED, "width": 1},
        "opacity": 0.6,
    }
    # To the left of the words on the mean's line, as far as these are where they mostly are.
    places = [int((0.5 - 0.09 * k) * run.epochs) for k, (_, run) in enumerate(pins)]
    letters = {
        "name": "letters",
        "mode": "text",
        "x": places,
        "y": [run.loss[place] for (_, run), place in zip(pins, places)],
        "text": [letter for letter, _ in pins],
        "textposition": "top center",
        "textfont": {"color": MUTED, "size": 11},
    }
    return [line, letters]


def _held_line(line: dict[str, list]) -> dict:
    return line | {
        "name": "held",
        "mode": "lines",
        "line": {"color": NEGATIVE, "width": 1.5, "dash": "dash"},
        "hoverinfo": None,
        "hovertemplate": "epoch %{x}<br>held-out rows: loss %{y:.4g}<extra></extra>",
    }


def _mean_line(line: dict[str, list]) -> dict:
    return line | {
        "name": "mean",
        "mode": "lines+text",
        "line": {"color": MUTED, "width": 1, "dash": "dot"},
        "textposition": "top left",
        "textfont": {"color": MUTED, "size": 11},
    }


def _frames(frames: Frames) -> dict[str, np.ndarray]:
    return {"curve": frames.run.loss[frames.epochs]}


def _header(frames: Frames) -> dict:
    run = frames.run
    return {"besideLoss": _beside(run, frames.epochs)}


LOSS = Chart("loss", "Loss over the epochs", _structure, _figure, _frames, _header)
