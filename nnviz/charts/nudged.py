"""The loss over one weight, all others as they are: where it stands, and where a nudge leads."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.facts import facts, name_of
from nnviz.charts.style import FAINT, GLOW, INK, MUTED, axis, figure
from nnviz.dissection import NUDGES, Nudge
from nnviz.engine.moment import Moment
from nnviz.strokes import POSITIVE

_TANGENT = NUDGES[-1] / 3  # how far the tangent reaches to either side


def nudge_on(moment: Moment, nudge: Nudge) -> dict:
    """The curve and its points of one epoch, as they are drawn in the place of another's."""
    return {"of": facts(moment, "recipe", "epoch"), **_drawn(nudge)}


def _drawn(nudge: Nudge) -> dict:
    """weight: whose. key: a name for all that follows. lines: by part, (x, y). x, y: ranges."""
    values, losses = nudge.curve
    near = np.array([nudge.value - _TANGENT, nudge.value + _TANGENT])
    tangent = nudge.loss + nudge.slope * (near - nudge.value)
    lines = {
        "curve": (values.tolist(), losses.tolist()),
        "tangent": (near.tolist(), tangent.tolist()),
        "lowest": ([nudge.lowest[0]], [nudge.lowest[1]]),
        "present": ([nudge.value], [nudge.loss]),
        "nudged": ([nudge.moved[0]], [nudge.moved[1]]),
    }
    highest = float(losses.max()) or 1.0
    return {
        "weight": nudge.name,
        "key": name_of(*(number for line in lines.values() for number in line)),
        "lines": lines,
        "x": [float(values[0]), float(values[-1])],
        "y": [-0.06 * highest, 1.08 * highest],
    }


def _structure(moment: Moment, nudge: Nudge) -> str:
    return f"{moment.run.recipe.key} {nudge.name}"


def _figure(moment: Moment, nudge: Nudge, still: bool = False) -> go.Figure:
    """The curve, the tangent at the present weight, and three points on the curve."""
    drawn = _drawn(nudge)
    looks = {
        "curve": _line(POSITIVE, 2.5),
        "tangent": _line(MUTED, 1.5) | {"line": {"color": MUTED, "width": 1.5, "dash": "dot"}},
        "lowest": _point("circle-open", MUTED, "lowest here"),
        "present": _point("circle", POSITIVE, "as it is"),
        "nudged": _point("diamond", GLOW, "nudged"),
    }
    traces = [
        {"name": name, "x": x, "y": y} | looks[name] for name, (x, y) in drawn["lines"].items()
    ]
    return figure(
        traces,
        height=240,
        of=facts(moment, "recipe"),
        meta={"weight": nudge.name, "key": drawn["key"]},
        margin={"l": 8, "r": 14, "t": 10, "b": 8},
        xaxis=axis(title="weight", range=drawn["x"], gridcolor=FAINT, nticks=7),
        yaxis=axis(title="loss", range=drawn["y"], gridcolor=FAINT, nticks=5, automargin=True),
    )


def _line(color: str, width: float) -> dict:
    return {"mode": "lines", "line": {"color": color, "width": width}}


def _point(symbol: str, color: str, said: str) -> dict:
    return {
        "mode": "markers",
        "marker": {
            "symbol": symbol,
            "size": 11,
            "color": color,
            "line": {"width": 2 if symbol.endswith("open") else 1.5}
            | ({} if symbol.endswith("open") else {"color": INK}),
        },
        "hoverinfo": None,
        "hovertemplate": f"weight %{{x:.4g}}<br>loss %{{y:.4g}}<extra>{said}</extra>",
        "cliponaxis": False,
    }


NUDGED = Chart("nudged", "The loss over this weight alone", _structure, _figure)
