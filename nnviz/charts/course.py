"""What a network with one input says: a curve over that input, with the training rows on it."""

from __future__ import annotations

import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.facts import name_of
from nnviz.charts.frames import shown_rows
from nnviz.charts.map import map_key, row_marks
from nnviz.charts.prediction import label_range
from nnviz.charts.style import FAINT, GLOW, INK, MUTED, axis, figure
from nnviz.engine.moment import Moment
from nnviz.strokes import POSITIVE
from nnviz.trust.ground import Ground, answers_on
from nnviz.writing import label_decimals, plotly, shortened


def _structure(moment: Moment, on: Ground) -> str:
    data = moment.data
    return map_key(moment, on) + name_of(data.inputs, data.targets)


def _figure(moment: Moment, on: Ground, still: bool = False) -> go.Figure:
    """The curve at the present epoch; the painter moves it."""
    data = moment.data
    (j,), (x,), ((low, high),) = on.axes, on.values, on.rows
    flat = moment.run.weights_at([moment.epoch])
    answers, _ = answers_on(moment.run.shape, flat, data, on, moment.aspect)
    rows = shown_rows(len(data.inputs))
    name, label = data.input_names[j], moment.aspect.name
    traces = [
        {
            "name": "curve",
            "mode": "lines",
            "x": x,
            "y": answers[0],
            "line": {"color": POSITIVE, "width": 2.5, "simplify": False},
        },
        {
            "name": "rows",
            "mode": "markers",
            "x": data.inputs[rows, j],
            "y": moment.targets[rows],
            "marker": row_marks(moment, rows),
            "cliponaxis": False,
        },
        {
            "name": "asked",
            "meta": [j],
            "mode": "markers",
            "x": [moment.question[j]],
            "y": [moment.answer],
            "marker": {
                "symbol": "diamond",
                "size": 12,
                "color": GLOW,
                "line": {"color": INK, "width": 1.5},
            },
        },
    ]
    frame = [
        {
            "type": "line",
            "x0": end,
            "x1": end,
            "y0": 0,
            "y1": 1,
            "yref": "paper",
            "line": {"color": MUTED, "width": 1.5, "dash": "dash"},
        }
        for end in (low, high)
    ]
    return figure(
        traces,
        height=360,
        of={},
        meta={
            "ground": map_key(moment, on),
            "x": x.tolist(),
            "plain": [shortened(name, 20), shortened(label, 20)],
            "decimals": max(0, label_decimals(moment.aspect.scale) - 1),
        },
        margin={"l": 8, "r": 14, "t": 10, "b": 8},
        shapes=frame,
        xaxis=axis(
            title=plotly(shortened(name, 20)),
            range=[float(x[0]), float(x[-1])],
            showgrid=False,
            nticks=8,
        ),
        yaxis=axis(
            title=plotly(shortened(label, 20)),
            range=label_range(data, moment.label),
            nticks=6,
            gridcolor=FAINT,
            automargin=True,
        ),
    )


COURSE = Chart("course", "The answers over the input", _structure, _figure)
