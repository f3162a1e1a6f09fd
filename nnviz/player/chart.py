"""A chart that the player paints."""

from __future__ import annotations

import streamlit as st

from nnviz.charts import CONFIG
from nnviz.charts.chart import Chart


def chart(chart: Chart, *what) -> None:
    """A chart in its place, drawn anew only when its structure changes.

    The player paints every other change onto it; a figure that changed, too, would have
    Streamlit build the chart from nothing, which shows as a flash. Where the player can't
    paint, the server draws each time.

    what: is to be shown; each chart says what it takes.
    """
    state, structure = st.session_state, chart.structure(*what)
    drawn = f"{chart.name}-structure", f"{chart.name}-figure"
    if state.reduced or state.get(drawn[0]) != structure:
        state[drawn[0]], state[drawn[1]] = structure, chart.figure(*what, still=state.reduced)
    with st.container(key=chart.name):
        st.plotly_chart(state[drawn[1]], config=CONFIG, alt=chart.alt)
