"""Each row's target beside its guess; questions, which have no target, told apart."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.facts import name_of
from nnviz.charts.frames import Frames, shown_rows
from nnviz.charts.style import FAINT, GLOW, INK, MUTED, axis, figure
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.strokes import POSITIVE
from nnviz.writing import asked_text, label_decimals, plotly, shortened

_NAMED_ROWS = 12  # with more rows than this, their names would overlap


def _structure(moment: Moment) -> str:
    """A name for what no weight and no epoch changes."""
    data = moment.data
    rows, asked = shown_rows(len(data.targets)), shown_rows(len(data.questions))
    label = (data.label_scale, repr(data.label_names))
    return name_of(data.inputs[rows], data.targets[rows], data.questions[asked], *label)


def _figure(moment: Moment, still: bool = False) -> go.Figure:
    """A line a row: a ring at the target, a dot at the guess and the gap between them."""
    data = moment.data
    rows, asked = shown_rows(len(data.targets)), shown_rows(len(data.questions))
    targets = data.targets[rows, 0]
    guesses = moment.training.activations[-1][rows, 0] * data.label_scale
    answers = moment.asked.activations[-1][1:][asked, 0] * data.label_scale
    names = _row_names(data)
    many = len(names) > _NAMED_ROWS
    known, unknown = np.split(np.arange(len(names)), [len(rows)])  # their places, from the top
    label, form = plotly(shortened(data.label_names[0], 20)), label_decimals(data.label_scale)
    said = f"%{{customdata}}<br>{label} %{{x:.{form}f}}<extra>"
    traces = [
        {
            "name": "gap",
            "mode": "lines",
            "x": np.column_stack([targets, guesses, np.full(len(known), np.nan)]).ravel(),
            "y": np.repeat(known, 3),
            "line": {"color": FAINT, "width": 2 if many else 4},
        },
        _dots("target", targets, known, names, f"{said}target</extra>", "circle-open", INK),
        _dots("guess", guesses, known, names, f"{said}guess</extra>", "circle", POSITIVE),
        _dots("question", answers, unknown, names, f"{said}question</extra>", "diamond", GLOW),
    ]
    return figure(
        traces,
        height=165,
        of={"prediction": _structure(moment)},
        margin={"l": 8, "r": 14, "t": 10, "b": 8},
        xaxis=axis(title=label, range=[0, data.label_scale], nticks=6, gridcolor=FAINT),
        yaxis=axis(
            range=[len(names) - 0.5, -0.5],
            tickvals=[] if many else list(range(len(names))),
            ticktext=names,
            tickfont={"color": MUTED},
            showgrid=False,
            automargin=True,
        ),
    )


def _dots(name, x, y, names, hover, symbol, color) -> dict:
    size = 11 if len(names) <= _NAMED_ROWS else 6
    return {
        "name": name,
        "mode": "markers",
        "x": x,
        "y": y,
        "marker": {"symbol": symbol, "size": size, "color": color, "line": {"width": 2}},
        "customdata": [names[i] for i in y],
        "hoverinfo": None,
        "hovertemplate": hover,
        "cliponaxis": False,
    }


def _row_names(data: Dataset) -> list[str]:
    """A name a shown row: its inputs in the table's units, as many as there is room for."""
    training = data.inputs[shown_rows(len(data.X))]
    questions = data.questions[shown_rows(len(data.questions))]
    return [
        ", ".join(map(asked_text, row[:3])) + (", …" if len(row) > 3 else "")
        for row in np.vstack([training, questions])
    ]


def _frames(frames: Frames) -> dict[str, np.ndarray]:
    return {
        "guesses": frames.guesses.astype(np.float32),
        "questions": frames.answers.astype(np.float32),
    }


def _header(frames: Frames) -> dict:
    return {"of": {"prediction": _structure(frames.moment)}}


PREDICTION = Chart(
    "prediction", "Each row's target beside its guess", _structure, _figure, _frames, _header
)
