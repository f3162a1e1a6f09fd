"""A chart that the player paints."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st
from plotly.graph_objects import Figure

from nnviz import figures


def chart(name: str, alt: str, structure: Any, draw: Callable[[], Figure]) -> None:
    """A chart in its place, drawn anew only when ``structure`` changes.

    The player paints every other change onto it; a figure that changed, too, would have
    Streamlit build the chart from nothing, which shows as a flash. Where the player can't
    paint, the server draws each time.
    """
    state = st.session_state
    if state.reduced or state.get(f"{name}-structure") != structure:
        state[f"{name}-structure"], state[f"{name}-figure"] = structure, draw()
    with st.container(key=name):
        st.plotly_chart(state[f"{name}-figure"], config=figures.CONFIG, alt=alt)
