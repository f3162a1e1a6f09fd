"""One weight over the recorded epochs, with the playhead on it."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from nnviz.dissection import WeightStory
from nnviz.figures.style import FAINT, INK, axis, figure
from nnviz.strokes import NEGATIVE, POSITIVE


def weight_figure(story: WeightStory, epoch: int) -> go.Figure:
    """The weight's history: solid up to the playhead, faint beyond."""
    epochs, values = story.history
    color = NEGATIVE if story.value < 0 else POSITIVE
    before = epochs < epoch
    curve = {"mode": "lines", "line": {"color": FAINT, "width": 2}}
    said = {"hovertemplate": "epoch %{x}<br>weight %{y:.4g}<extra></extra>", "hoverinfo": None}
    traces = [
        curve | said | {"name": "recorded", "x": epochs, "y": values},
        curve
        | {
            "x": np.append(epochs[before], epoch),
            "y": np.append(values[before], story.value),
            "line": {"color": color, "width": 2.5},
        },
        {
            "mode": "markers",
            "x": [epoch],
            "y": [story.value],
            "marker": {"size": 11, "color": color, "line": {"color": INK, "width": 1.5}},
            "cliponaxis": False,
        },
    ]
    return figure(
        traces,
        height=240,
        meta={},
        margin={"l": 8, "r": 14, "t": 10, "b": 8},
        xaxis=axis(title="epoch", range=[0, max(epochs[-1], 1)], showgrid=False, nticks=6),
        yaxis=axis(nticks=5, automargin=True),
    )
