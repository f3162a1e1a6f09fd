"""What all figures share: layout and colours."""

from __future__ import annotations

from base64 import b64decode

import numpy as np
import plotly.graph_objects as go

# Streamlit's front end puts the theme's colours in the place of these, so that a figure
# follows the theme without asking the server.
BACKGROUND = "#000038"
INK = "#000037"
FAINT = "rgba(128, 140, 160, 0.35)"
MUTED = "#8592a6"
GLOW = "#e0a526"

CONFIG = {"displayModeBar": False, "doubleClick": False}


def figure(
    traces: list[dict], height: int, of: dict, meta: dict | None = None, **layout
) -> go.Figure:
    """A figure with the shared look.

    of: which films can be painted onto it, see `nnviz.charts.facts`.
    meta: what else its painter must know of it. With it goes which of the traces, by their
        names, is which: ``parts`` is where the painter finds what it moves.
    """
    parts = {trace["name"]: index for index, trace in enumerate(traces) if "name" in trace}
    return go.Figure(
        data=[{"type": "scatter", "showlegend": False, "hoverinfo": "skip"} | t for t in traces],
        layout={
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "paper_bgcolor": "rgba(0, 0, 0, 0)",
            "plot_bgcolor": "rgba(0, 0, 0, 0)",
            "dragmode": False,
            "hovermode": "closest",
            "meta": {"of": of, "parts": parts} | (meta or {}),
        }
        | layout,
    )


def axis(**options) -> dict:
    """An axis that does not zoom, as the playhead's is the only way to move."""
    return {"fixedrange": True, "zeroline": False} | options


def enlarged(figure: go.Figure, times: float) -> go.Figure:
    """The same figure, everything in it that is measured in pixels that many times as large."""

    def grown(name: str, value):
        if name in _PIXELS and isinstance(value, dict):  # an array, as Plotly writes it
            value = np.frombuffer(b64decode(value["bdata"]), value["dtype"])
        if isinstance(value, dict):
            return {key: grown(key, inner) for key, inner in value.items()}
        if name in _PIXELS and value is not None:
            return np.multiply(value, times).tolist()
        return value

    content = figure.to_plotly_json()
    data = [grown("", trace) for trace in content["data"]]
    return go.Figure(data, grown("", content["layout"]))


_PIXELS = {"height", "size", "width", "widths", "l", "r", "t", "b"}
