"""What a learning rate did wrong up to the epoch that is shown, and one that does better."""

from __future__ import annotations

import streamlit as st

from nnviz.engine.diagnosis import Diagnosis, diagnosis
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.page.state import state
from nnviz.writing import markdown


@st.cache_data(max_entries=256, show_spinner=False)
def _found(key: str, epoch: int, _run: Run) -> Diagnosis | None:
    """The diagnosis of a recipe's run at an epoch; it tries other rates, which takes a moment."""
    return diagnosis(_run, epoch)


def found(moment: Moment) -> Diagnosis | None:
    """What there is to say of the moment."""
    return _found(moment.run.recipe.key, moment.epoch, moment.run)


def advice(moment: Moment) -> None:
    """The sentence, and a button for the rate that was tried and learned better."""
    state.advised = found(moment)
    if state.advised is None:
        return
    # The button first, as there is room for it on the screen beneath the rate.
    if better := state.advised.better:
        st.button(f"Learn at a rate of {better:g}", on_click=_use, args=(better,), width="stretch")
    st.warning(markdown(state.advised.sentence))


def _use(rate: float) -> None:
    state.learning_rate = rate


def is_stale(moment: Moment) -> bool:
    """Whether the page shows what was to be said of another epoch."""
    return state.advised != found(moment)
