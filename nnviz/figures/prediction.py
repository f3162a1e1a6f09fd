"""Each row's target beside its guess; questions, which have no target, told apart."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from nnviz.captions import plain
from nnviz.engine.dataset import Dataset
from nnviz.engine.training import Run
from nnviz.figures.style import FAINT, GLOW, INK, MUTED, axis, figure
from nnviz.film import decimals, prediction_structure, shown_inputs, shown_rows
from nnviz.strokes import POSITIVE

_NAMED_ROWS = 12  # with more rows than this, their names would overlap


def prediction_figure(run: Run, epoch: int) -> go.Figure:
    """A line a row: a ring at the target, a dot at the guess and the gap between them."""
    data = run.data
    targets = data.targets[shown_rows(len(data.y)), 0]
    guesses = run.network(epoch).forward(shown_inputs(run))[-1][:, 0] * data.label_scale
    names = _row_names(data)
    many = len(names) > _NAMED_ROWS
    known = np.arange(len(targets))
    asked = np.arange(len(targets), len(guesses))
    label, form = plain(data.label_names[0], 20), f".{decimals(data.label_scale)}f"
    said = f"%{{customdata}}<br>{label} %{{x:{form}}}<extra>"
    traces = [
        {
            "name": "gap",
            "mode": "lines",
            "x": np.column_stack([targets, guesses[known], np.full(len(known), np.nan)]).ravel(),
            "y": np.repeat(known, 3),
            "line": {"color": FAINT, "width": 2 if many else 4},
        },
        _dots("target", targets, known, names, f"{said}target</extra>", "circle-open", INK),
        _dots("guess", guesses[known], known, names, f"{said}guess</extra>", "circle", POSITIVE),
        _dots("question", guesses[asked], asked, names, f"{said}question</extra>", "diamond", GLOW),
    ]
    return figure(
        traces,
        height=165,
        meta={"structure": prediction_structure(run)},
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
        ", ".join(f"{value:.4g}" for value in row[:3]) + (", …" if len(row) > 3 else "")
        for row in np.vstack([training, questions])
    ]
