"""The answers of many networks over the recording: their middle range, and this run's on it."""

from __future__ import annotations

import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.curve import curve_figure
from nnviz.charts.facts import facts, name_of
from nnviz.charts.frames import frame_epochs, frames_of
from nnviz.charts.style import FAINT, GLOW, MUTED
from nnviz.engine.moment import Moment
from nnviz.trust.spread import Band
from nnviz.writing import plotly, shortened

_FILL = "rgba(63, 134, 224, 0.22)"  # the colour of the histogram's bars, seen through


def band_on(moment: Moment, band: Band) -> dict:
    """The band of a recording, as it is drawn in the place of another's."""
    return {"of": facts(moment, "recipe", "recorded", "question", "aspect"), **_drawn(moment, band)}


def _drawn(moment: Moment, band: Band) -> dict:
    """key: a name for all that follows. traces: by part. layout: what changes with them."""
    there, back = band.epochs.tolist(), band.epochs[::-1].tolist()
    traces = {
        "band": {"x": there + back, "y": band.high.tolist() + band.low[::-1].tolist()},
        "median": {"x": there, "y": band.middle.tolist()},
    }
    layout = {"xaxis.range": [0, max(there[-1], 1)], "yaxis.range": _range(moment, band)}
    return {"traces": traces, "layout": layout, "key": name_of(repr((traces, layout)))}


def _range(moment: Moment, band: Band) -> list[float]:
    """What the axis shows: the band from half the present epoch on, and the run's answer.

    The first epochs move an answer by so much that the range of a trained network would be a line
    beside it; where the playhead stands there, they are shown.
    """
    later = band.epochs >= min(moment.epoch, int(band.epochs[-1])) / 2
    shown = [*band.low[later], *band.high[later], moment.answer]
    low, high = min(shown), max(shown)
    room = 0.15 * (high - low) or 0.01 * moment.aspect.scale
    return [low - room, high + room]


def is_cut(drawn: dict) -> bool:
    """Whether the band reaches beyond what the axis shows."""
    answers, (low, high) = drawn["traces"]["band"]["y"], drawn["layout"]["yaxis.range"]
    return min(answers) < low or max(answers) > high


def _structure(moment: Moment, band: Band) -> str:
    return name_of(moment.aspect.name)


def _figure(moment: Moment, band: Band, still: bool = False) -> go.Figure:
    """The middle range as a band, the median in it, and the run's own answer."""
    run, drawn = moment.run, _drawn(moment, band)
    epochs = frame_epochs(run.epochs, run.every, moment.epoch)
    frames = frames_of(moment, epochs)
    beneath = [
        drawn["traces"]["band"]
        | {"name": "band", "mode": "lines", "line": {"width": 0}, "fill": "toself"}
        | {"fillcolor": _FILL},
        drawn["traces"]["median"]
        | {"name": "median", "mode": "lines", "line": {"color": MUTED, "width": 1, "dash": "dot"}},
    ]
    return curve_figure(
        (frames.epochs, frames.aspect),
        (moment.epoch, moment.answer),
        "this run",
        GLOW,
        {
            "of": {},
            "meta": {
                "key": drawn["key"],
                "curve": facts(moment, "recipe", "recorded", "question", "aspect"),
            },
        },
        height=230,
        beneath=beneath,
        title=plotly(shortened(moment.aspect.name, 20)),
        range=drawn["layout"]["yaxis.range"],
        gridcolor=FAINT,
    )


BAND = Chart(
    "band", "The middle range of the answers over the epochs, with this run's", _structure, _figure
)
