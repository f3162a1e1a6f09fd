"""The charts that the film is played onto: network, loss and prediction."""

from __future__ import annotations

import streamlit as st

from nnviz import charts
from nnviz.charts import LOSS, NETWORK, PREDICTION
from nnviz.charts.chart import Chart
from nnviz.charts.style import enlarged
from nnviz.engine.moment import Moment
from nnviz.page.state import state
from nnviz.strokes import NEGATIVE, POSITIVE

ON_A_PROJECTOR = 1.4  # times the size, as large.css has it for the rest

LOSS_HELP = (
    "How wrong the network is: the mean of the squared differences between target and guess, "
    "over all training rows. An epoch is one pass over all of them, after which every weight is "
    "changed once."
)


def picture(chart: Chart, *what) -> None:
    """A chart in its place, drawn anew only when its structure changes.

    what: to be shown, as the chart takes it.

    The player paints every other change onto it; a figure that changed, too, would have
    Streamlit build the chart from nothing, which shows as a flash. Where the player can't
    paint, the server draws each time.
    """
    structure = chart.structure(*what), state.large
    drawn, figure = state.drawn.get(chart.name, (None, None))
    if state.reduced or drawn != structure:
        figure = chart.figure(*what, still=state.reduced)
        if state.large:
            figure = enlarged(figure, ON_A_PROJECTOR)
        state.drawn[chart.name] = structure, figure
    with st.container(key=chart.name):
        st.plotly_chart(figure, config=charts.CONFIG, alt=chart.alt)


def network(moment: Moment) -> None:
    st.html(_legend())
    picture(NETWORK, moment)


def _legend() -> str:
    """What the synapses' colours say; the player writes another in the walk through an epoch."""
    lines = [("positive weight", POSITIVE), ("negative weight", NEGATIVE)]
    return (
        '<p class="nnviz-legend">'
        + "".join(
            f'<span><i style="color: {color}"></i><em data-own="{text}">{text}</em></span>'
            for text, color in lines
        )
        + '<em data-own=""></em></p>'
    )


def loss(moment: Moment) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Loss", anchor=False, help=LOSS_HELP)
        st.toggle("logarithmic", key="logarithmic", persist_state="page")
    picture(LOSS, moment, state.logarithmic)


def prediction(moment: Moment) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Prediction", anchor=False)
        st.html('<p class="nnviz-key">○ target &ensp;● guess &ensp;◇ question &ensp;◆ asked</p>')
    picture(PREDICTION, moment)
