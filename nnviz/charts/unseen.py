"""Each row's target, what a network says that never saw the row, and the other rows' mean."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.facts import facts, name_of
from nnviz.charts.prediction import column, label_range, name_of_row, target_text
from nnviz.charts.style import FAINT, INK, MUTED, axis, figure
from nnviz.engine.left_out import LeftOut
from nnviz.engine.moment import Moment
from nnviz.strokes import POSITIVE
from nnviz.writing import plotly, prediction_text, shortened

_NUMBERED = 12  # rows, beyond which there is no room for numbers
_HEIGHT, _ROW, _LOW = 74, 26, 11  # pixels: all but the rows; a row with numbers, and one without
_ROOM = 0.6  # of the width is for the dots, where there are numbers beside them


def unseen_on(moment: Moment, left: LeftOut) -> dict:
    """The guesses of one epoch, as they are drawn in the place of another's."""
    return {"of": facts(moment, "recipe", "epoch", "aspect"), **_drawn(moment, left)}


def _drawn(moment: Moment, left: LeftOut) -> dict:
    """key: a name for all that follows. traces: by part. layout: what changes with them."""
    low, high = _range(moment, left)
    aspect = moment.aspect
    targets, guesses = aspect.of(left.targets), aspect.of(left.guesses)
    places = np.arange(len(targets))
    traces = {
        "gap": {
            "x": np.column_stack([targets, guesses, np.full(len(places), np.nan)]).ravel(),
            "y": np.repeat(places, 3),
        },
        "mean": {"x": aspect.of(left.means), "y": places},
        "target": {"x": targets, "y": places},
        "guess": {"x": guesses, "y": places},
    }
    drawn: dict[str, dict[str, list]] = {
        name: {axis: [None if v != v else v for v in values.tolist()] for axis, values in t.items()}
        for name, t in traces.items()
    }
    if len(targets) <= _NUMBERED:
        scale = aspect.scale
        texts = [prediction_text(guess, scale) for guess in guesses.tolist()]
        drawn |= {"guess-number": {"text": texts}}
    layout = {"xaxis.range": [low, high]}
    return {"traces": drawn, "layout": layout, "key": name_of(repr(drawn))}


def _range(moment: Moment, left: LeftOut) -> tuple[float, float]:
    """The prediction chart's, and further where a guess is beyond it."""
    low, high = label_range(moment.data, moment.label)
    guesses = moment.aspect.of(left.guesses)
    return min(low, float(guesses.min())), max(high, float(guesses.max()))


def _structure(moment: Moment, left: LeftOut) -> str:
    data = moment.data
    return name_of(data.inputs[left.rows], left.targets, left.means, repr(moment.aspect))


def _figure(moment: Moment, left: LeftOut, still: bool = False) -> go.Figure:
    """A line a row: a ring at the target, a dot at the guess, a stroke at the others' mean."""
    data, drawn = moment.data, _drawn(moment, left)
    values, scale = drawn["traces"], moment.aspect.scale
    places = list(range(len(left.rows)))
    numbered = len(places) <= _NUMBERED
    names = [plotly(name_of_row(data, row)) for row in data.inputs[left.rows]]
    size = 11 if numbered else 7
    looks = {
        "gap": {"mode": "lines", "line": {"color": FAINT, "width": 4 if numbered else 2}},
        "mean": _marks("line-ns-open", MUTED, 1.6 * size, "others’ mean", names),
        "target": _marks("circle-open", INK, size, "target", names),
        "guess": _marks("circle", POSITIVE, size, "never saw it", names),
    }
    traces = [{"name": name} | look | values[name] for name, look in looks.items()]
    if numbered:
        targets, means = values["target"]["x"], values["mean"]["x"]
        texts = {
            "guess-number": (0.16, values["guess-number"]["text"], INK),
            "target-number": (0.5, [target_text(t, scale) for t in targets], MUTED),
            "mean-number": (0.84, [target_text(m, scale) for m in means], MUTED),
        }
        traces += [column(name, *told) for name, told in texts.items()]
    return figure(
        traces,
        height=_HEIGHT + (_ROW if numbered else _LOW) * len(places),
        of={},
        meta={"key": drawn["key"]},
        margin={"l": 8, "r": 4, "t": 36, "b": 8},
        xaxis=axis(
            title=plotly(shortened(moment.aspect.name, 20)),
            range=drawn["layout"]["xaxis.range"],
            nticks=7,
            gridcolor=FAINT,
            domain=[0, _ROOM if numbered else 1],
        ),
        xaxis2=axis(
            range=[0, 1],
            domain=[_ROOM + 0.02, 1],
            side="top",
            anchor="y",
            tickvals=[0.16, 0.5, 0.84],
            ticktext=["never<br>saw it", "target", "others’<br>mean"],
            tickangle=0,
            tickfont={"color": MUTED, "size": 11},
            showgrid=False,
            visible=numbered,
        ),
        yaxis=axis(
            range=[len(places) - 0.5, -0.5],
            tickvals=places if numbered else [],
            ticktext=names if numbered else [],
            tickfont={"color": MUTED},
            showgrid=False,
            automargin=True,
        ),
    )


def _marks(symbol: str, color: str, size: float, said: str, names: list[str]) -> dict:
    return {
        "mode": "markers",
        "marker": {"symbol": symbol, "size": size, "color": color, "line": {"width": 2}},
        "customdata": names,
        "hoverinfo": None,
        "hovertemplate": f"%{{customdata}}<br>%{{x:.5g}}<extra>{said}</extra>",
        "cliponaxis": False,
    }


UNSEEN = Chart(
    "unseen", "Each row beside what a network says that never saw it", _structure, _figure
)
