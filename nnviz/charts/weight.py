"""One weight over the recorded epochs."""

from __future__ import annotations

import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.curve import curve_figure
from nnviz.charts.facts import facts
from nnviz.dissection import WeightStory
from nnviz.engine.moment import Moment
from nnviz.strokes import NEGATIVE, POSITIVE


def _structure(moment: Moment, story: WeightStory) -> str:
    return f"{moment.run.recipe.key} {moment.run.epochs} {story.name}"


def _figure(moment: Moment, story: WeightStory, still: bool = False) -> go.Figure:
    """The weight's history in that run, in the colour of its present sign."""
    return curve_figure(
        story.history,
        (moment.epoch, story.value),
        "weight",
        NEGATIVE if story.value < 0 else POSITIVE,
        {"of": facts(moment, "recipe"), "meta": {"signs": [NEGATIVE, POSITIVE]}},
        height=240,
    )


WEIGHT = Chart("weight", "The weight's value over the recorded epochs", _structure, _figure)
