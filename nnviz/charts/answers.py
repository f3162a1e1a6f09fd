"""What networks from many random starts answer at one epoch: a histogram, and this run in it."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.facts import facts, name_of
from nnviz.charts.style import FAINT, GLOW, INK, MUTED, axis, figure
from nnviz.engine.moment import Moment
from nnviz.strokes import POSITIVE
from nnviz.trust.spread import Spread
from nnviz.writing import plotly, round_step, shortened

_BARS = 18  # about so many


def answers_on(moment: Moment, spread: Spread) -> dict:
    """The histogram of one epoch, as it is drawn in the place of another's."""
    return {"of": facts(moment, "recipe", "epoch", "question", "aspect"), **_drawn(spread)}


def _drawn(spread: Spread) -> dict:
    """key: a name for all that follows. traces: by part. layout: what changes with them."""
    edges = _edges(np.append(spread.answers, spread.answer))
    inside = (spread.answers >= spread.low) & (spread.answers <= spread.high)
    middle, outside = (np.histogram(spread.answers[which], edges)[0] for which in (inside, ~inside))
    centres, width = ((edges[:-1] + edges[1:]) / 2).tolist(), float(edges[1] - edges[0])
    top = 1.25 * float((middle + outside).max())
    ends = [spread.low, spread.low, None, spread.high, spread.high]
    drawn = {
        "traces": {
            "middle": {"x": centres, "y": middle.tolist(), "width": width},
            "outside": {"x": centres, "y": outside.tolist(), "width": width},
            "ends": {"x": ends, "y": [0, 0.92 * top, None, 0, 0.92 * top]},
            "this run": {"x": [spread.answer] * 2, "y": [0, 0.8 * top]},
            "said": {
                "x": [spread.answer],
                "y": [0.8 * top],
                "text": [f"this run {spread.write(spread.answer)}"],
            },
        },
        "layout": {
            "xaxis.range": [float(edges[0]), float(edges[-1])],
            "yaxis.range": [0, top],
        },
    }
    return drawn | {"key": name_of(repr(drawn))}


def _edges(values: np.ndarray) -> np.ndarray:
    """Round ends of the bars."""
    low, high = float(values.min()), float(values.max())
    least = max((high - low) / _BARS, 1e-6 * max(abs(low), abs(high)), 1e-12)
    step = round_step(least)
    first, last = np.floor(low / step) - 1, np.floor(high / step) + 2
    return np.arange(first, last + 1) * step


def _structure(moment: Moment, spread: Spread) -> str:
    return name_of(moment.aspect.name)


def _figure(moment: Moment, spread: Spread, still: bool = False) -> go.Figure:
    """Bars, the middle range in colour; a line where this run stands."""
    drawn = _drawn(spread)
    looks: dict[str, dict] = {
        "middle": _bars(POSITIVE, "in the middle 90 %"),
        "outside": _bars(FAINT, "outside it"),
        "ends": {"mode": "lines", "line": {"color": MUTED, "width": 1, "dash": "dot"}},
        "this run": {"mode": "lines", "line": {"color": GLOW, "width": 2}},
        "said": {
            "mode": "markers+text",
            "marker": {
                "symbol": "diamond",
                "size": 11,
                "color": GLOW,
                "line": {"color": INK, "width": 1.5},
            },
            "textposition": "top center",
            "cliponaxis": False,
        },
    }
    traces = [{"name": name} | look | drawn["traces"][name] for name, look in looks.items()]
    return figure(
        traces,
        height=230,
        of={},
        meta={"key": drawn["key"]},
        margin={"l": 8, "r": 14, "t": 10, "b": 8},
        barmode="stack",
        xaxis=axis(
            title=plotly(shortened(moment.aspect.name, 20)),
            range=drawn["layout"]["xaxis.range"],
            nticks=8,
            showgrid=False,
        ),
        yaxis=axis(
            title="starts",
            range=drawn["layout"]["yaxis.range"],
            nticks=4,
            gridcolor=FAINT,
            automargin=True,
        ),
    )


def _bars(color: str, said: str) -> dict:
    return {
        "type": "bar",
        "marker": {"color": color, "line": {"width": 0}},
        "hoverinfo": None,
        "hovertemplate": f"%{{y}} near %{{x:.5g}}<extra>{said}</extra>",
    }


ANSWERS = Chart(
    "answers",
    "Histogram of the answers from many random starts, with this run",
    _structure,
    _figure,
)
