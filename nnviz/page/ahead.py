"""What the browser reads longest is asked for before anything else: the code of Plotly.

It asks for it when the first chart comes, and the page's own come when a network was trained.
"""

from __future__ import annotations

import streamlit as st

_NOTHING = {"data": [{"x": [0]}], "layout": {"width": 10, "height": 10}}


def ask_for_plotly(begins: bool) -> None:
    """In the first run of a session, a chart that nobody sees; it is gone with the next."""
    place = st.empty()
    if begins:
        with place.container(key="ahead"):
            st.html("<style>:has(> .st-key-ahead) { display: none }</style>")
            st.plotly_chart(_NOTHING, key="nothing")
