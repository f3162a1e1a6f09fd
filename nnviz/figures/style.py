"""What all figures share: layout and colours.

The player finds what it moves by the traces' names.
"""

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


def figure(traces: list[dict], height: int, meta: dict, **layout) -> go.Figure:
    """A figure with the shared look.

    meta: what the player must know of it; its ``structure`` is that of the films it can show.
    """
    return go.Figure(
        data=[{"type": "scatter", "showlegend": False, "hoverinfo": "skip"} | t for t in traces],
        layout={
            "height": height,
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "paper_bgcolor": "rgba(0, 0, 0, 0)",
            "plot_bgcolor": "rgba(0, 0, 0, 0)",
            "dragmode": False,
            "hovermode": "closest",
            "meta": meta,
        }
        | layout,
    )


def axis(**options) -> dict:
    """An axis that does not zoom, as the playhead's is the only way to move."""
    return {"fixedrange": True, "zeroline": False} | options
