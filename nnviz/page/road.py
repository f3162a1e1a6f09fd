"""The road downhill: exact cuts through the loss, and the path of the training over it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.charts import NUDGED, ROAD, STRAIGHT, nudge_on
from nnviz.dissection import nudge
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.page.inside import choose_synapse
from nnviz.page.pictures import picture
from nnviz.page.state import state
from nnviz.trust.road import Line, Plane, about, line, plane


@st.cache_resource(max_entries=16, show_spinner=False)
def _cuts(key: str, epochs: int, _run: Run) -> tuple[Plane | None, Line]:
    """The plane and the straight line of a recording, once for everyone."""
    return plane(_run), line(_run)


def the_road(moment: Moment, beside: DeltaGenerator) -> dict:
    """The view; returns what is to be painted of it."""
    run = moment.run
    over, straight = _cuts(run.recipe.key, run.epochs, run)
    left, right = st.columns([1.4, 1], gap="medium")
    with left:
        if over is None:
            st.markdown("The path of this training has no two directions to draw it over.")
        else:
            st.caption(
                "The loss over the plane in which the training moved most, the lower the bluer; "
                f"the line is its path, ● the playhead. {about(over, run.shape.count)}"
            )
            picture(ROAD, moment, over)
    with right:
        st.caption(
            f"The loss straight from the start to epoch {run.epochs:,}, all weights in the same "
            f"step. {straight.sentence}"
        )
        picture(STRAIGHT, moment, straight)
        return {"nudge": _one_weight(moment)}


def _one_weight(moment: Moment) -> dict:
    """The loss over one weight, all others as they are."""
    choose_synapse(
        moment,
        "The loss over one weight alone, at the epoch that is shown: ◆ as it is, ○ lowest here",
    )
    layer, i, j = state.synapse
    found = nudge(moment, layer, i, j)
    picture(NUDGED, moment, found)
    return nudge_on(moment, found)
