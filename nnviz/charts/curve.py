"""A curve over the epochs with the playhead on it: solid up to there, faint beyond."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.style import FAINT, INK, axis, figure


def curve_figure(
    curve: tuple[np.ndarray, np.ndarray],
    now: tuple[float, float],
    said: str,
    color: str,
    about: dict,
    height: int,
    texts: list[str] | None = None,
    beneath: Sequence[dict] = (),
    **yaxis,
) -> go.Figure:
    """The whole recording's curve, with the present epoch marked.

    curve: epochs, rising, and what to draw over them. now: the present epoch, and its value.
    said: what the value is called where one points at it.
    about: ``of`` and ``meta``, see `figure`. beneath: traces that lie under the curve.
    texts: the values as they are said, by default with 4 digits.
    """
    epochs, values = curve
    before = epochs < now[0]
    line = {"mode": "lines", "line": {"color": FAINT, "width": 2}}
    value = "%{y:.4g}" if texts is None else "%{text}"
    hover = {"hovertemplate": f"epoch %{{x}}<br>{said} {value}<extra></extra>", "text": texts}
    traces = [
        *beneath,
        line | hover | {"name": "recorded", "hoverinfo": None, "x": epochs, "y": values},
        line
        | {
            "name": "played",
            "x": np.append(epochs[before], [now[0]] * 2),  # two points at least, to be a line
            "y": np.append(values[before], [now[1]] * 2),
            "line": {"color": color, "width": 2.5},
        },
        {
            "name": "playhead",
            "mode": "markers",
            "x": [now[0]],
            "y": [now[1]],
            "marker": {"size": 11, "color": color, "line": {"color": INK, "width": 1.5}},
            "cliponaxis": False,
        },
    ]
    return figure(
        traces,
        height=height,
        **about,
        margin={"l": 8, "r": 14, "t": 10, "b": 8},
        xaxis=axis(title="epoch", range=[0, max(epochs[-1], 1)], showgrid=False, nticks=6),
        yaxis=axis(nticks=5, automargin=True, **yaxis),
    )
