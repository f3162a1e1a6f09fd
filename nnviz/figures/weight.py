"""One weight over the recorded epochs."""

from __future__ import annotations

import plotly.graph_objects as go

from nnviz.dissection import WeightStory
from nnviz.engine.training import Run
from nnviz.figures.curve import curve_figure
from nnviz.film import take
from nnviz.strokes import NEGATIVE, POSITIVE


def weight_figure(run: Run, story: WeightStory, epoch: int) -> go.Figure:
    """The weight's history in that run, in the colour of its present sign."""
    return curve_figure(
        story.history,
        (epoch, story.value),
        "weight",
        NEGATIVE if story.value < 0 else POSITIVE,
        meta={"take": take(run), "signs": [NEGATIVE, POSITIVE]},
        height=240,
    )
