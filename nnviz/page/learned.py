"""The tab “What it has learned”: what a run's answers look like, and how far to trust them."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.engine.coding import CATEGORIES
from nnviz.engine.moment import Moment
from nnviz.page.address import LEARNED_VIEWS
from nnviz.page.compare import compare
from nnviz.page.leftout import left_out_in_turn
from nnviz.page.maps import the_map
from nnviz.page.road import the_road
from nnviz.page.state import one_of, state
from nnviz.page.sure import how_sure

_VIEWS: dict[str, Callable[[Moment, DeltaGenerator], dict]] = {
    "The map": the_map,
    "How sure is it?": how_sure,
    "Left out in turn": left_out_in_turn,
    "Compare": compare,
    "The road downhill": the_road,
}

_OF_NO_LABEL = ("The road downhill",)  # it shows the loss, which is of all outputs


def what_it_has_learned(moment: Moment) -> dict:
    """The tab; returns what is to be painted of it, for this epoch."""
    views = list(LEARNED_VIEWS.values())
    one_of("learned_view", views)
    with st.container(key="learned-tab"):
        with st.container(horizontal=True):
            st.segmented_control(
                "What to look at",
                views,
                required=True,
                label_visibility="collapsed",
                key="learned_view",
                persist_state="page",
            )
            beside = st.container(horizontal=True, gap="small")  # the choices that a view has
        if moment.label.coding.kind == CATEGORIES and state.learned_view not in _OF_NO_LABEL:
            with beside:
                _choose_class(moment)
        return _VIEWS[state.learned_view](moment, beside)


def _choose_class(moment: Moment) -> None:
    """Of a category, the class whose share the pictures show."""
    classes = moment.label.classes
    one_of("label_class", range(len(classes)))
    st.selectbox(
        "Share of",
        range(len(classes)),
        format_func=lambda k: f"share of {classes[k]}",
        key="label_class",
        label_visibility="collapsed",
        width=160,
        persist_state="page",
    )
