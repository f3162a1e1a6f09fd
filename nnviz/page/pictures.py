"""The charts that the film is played onto: network, loss and prediction."""

from __future__ import annotations

import secrets
import string

import plotly.graph_objects as go
import streamlit as st

from nnviz import charts
from nnviz.charts import LOSS, NETWORK, PREDICTION
from nnviz.charts.chart import Chart
from nnviz.charts.frames import shown_rows
from nnviz.charts.legends import network_legend, prediction_key
from nnviz.charts.style import enlarged
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.page import memory
from nnviz.page.runs import run_of
from nnviz.page.state import one_of, state
from nnviz.trust.held import parting

ON_A_PROJECTOR = 1.4  # times the size, as large.css has it for the rest
_TIMES_ITS_JSON = 4  # what a figure takes of memory, as measured, at most

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
    with st.container(key=chart.name):
        st.plotly_chart(_drawn(chart, what), config=charts.CONFIG, alt=chart.alt)


def _drawn(chart: Chart, what: tuple) -> go.Figure:
    """The figure that the page shows of a chart: that which was drawn for this structure."""
    if state.reduced:
        return _draw(chart, what, still=True)
    structure, shelf = chart.structure(*what), memory.shelf()
    drawn, key = state.drawn.get(chart.name, (None, None))
    kept = shelf.find(key) if drawn == (structure, state.large) else None
    if kept is None:
        key = chart.name, structure, state.large, *_facts(what)
        kept = shelf.get(key, lambda: _kept(_draw(chart, what)))
        state.drawn[chart.name] = (structure, state.large), key
    return kept.what


def _draw(chart: Chart, what: tuple, still: bool = False) -> go.Figure:
    figure = chart.figure(*what, still=still)
    # Streamlit may put another chart into the place of one that goes: the stage must know which.
    figure.layout.meta = {**figure.layout.meta, "chart": chart.name}
    return enlarged(figure, ON_A_PROJECTOR) if state.large else figure


def _kept(figure: go.Figure) -> memory.Kept:
    return memory.Kept(figure, _TIMES_ITS_JSON * len(figure.to_json()))


def _facts(what: tuple) -> tuple:
    """What figures that look the same have in common; those of a moment are for everyone."""
    moment, *rest = what
    if not isinstance(moment, Moment) or not all(isinstance(part, bool) for part in rest):
        return (secrets.token_hex(8),)
    return moment.run.recipe.key, moment.run.epochs, moment.epoch, moment.question, *rest


def pinned(moment: Moment) -> list[tuple[str, Run]]:
    """The runs that are pinned, by their letters, as long as the present one."""
    runs = [run_of(recipe, moment.run.epochs) for recipe in state.pins]
    return list(zip(string.ascii_uppercase, runs))


def comparable(moment: Moment) -> list[tuple[str, Run]]:
    """Those of them that learned the same columns, and can be asked the same."""
    return [(letter, run) for letter, run in pinned(moment) if moment.data.has_columns_of(run.data)]


def network(moment: Moment) -> None:
    st.html(network_legend())
    picture(NETWORK, moment)


def loss(moment: Moment) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Loss", anchor=False, help=LOSS_HELP)
        st.toggle("logarithmic", key="logarithmic", persist_state="page")
    pins = comparable(moment)
    picture(LOSS, moment, state.logarithmic, *([pins] if pins else []))
    if said := parting(moment.run):
        st.caption(said)


def prediction(moment: Moment) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.header("Prediction", anchor=False)
        if len(moment.data.label_names) > 1:
            names = moment.data.label_names
            one_of("label", range(len(names)))
            st.selectbox(
                "Which label",
                range(len(names)),
                format_func=names.__getitem__,
                key="label",
                label_visibility="collapsed",
                width=150,
                persist_state="page",
            )
        st.html(prediction_key(moment.label))
    if some := rows_shown(moment.data):
        st.caption(some)
    picture(PREDICTION, moment)


def rows_shown(data: Dataset) -> str:
    """How many of a long table's rows the chart shows, as there is no room for all; else empty."""
    parts = []
    for rows, kind in ((data.inputs, "row"), (data.questions, "question")):
        if len(rows) > (some := len(shown_rows(len(rows)))):
            parts.append(f"{some} of {len(rows):,} {kind}s")
    return " and ".join(parts) + " shown" if parts else ""
