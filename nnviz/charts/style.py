"""What all figures share: layout and colours."""

from __future__ import annotations

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
