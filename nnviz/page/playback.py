"""The clock of the page: the bar that plays the film, and what the server does at rest.

Two fragments, so that an epoch does not rerun the page: `bar` when the film is to be longer or
finer, `at_rest` when the playhead has come to rest somewhere.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from nnviz import player
from nnviz.engine.moment import Moment
from nnviz.engine.recipe import Recipe
from nnviz.page import address, advice
from nnviz.page.inside import inside_this_epoch, pick
from nnviz.page.runs import run_of
from nnviz.page.state import (
    LONGEST_RECORDING,
    move_to,
    record_more,
    recording_to,
    reduce_playback,
    state,
)

# Streamlit runs a page again after its server was started again only if something is to be run
# by the clock. This is, a day from now.
_A_DAY = 86_400


def moment_of(recipe: Recipe, question: tuple[float, ...]) -> Moment:
    """What is shown: the recipe's run at the playhead.

    A long recording falls back, for another recipe, to what the playhead needs.
    """
    if state.recorded_of not in (None, recipe.key):
        state.recorded = recording_to(state.epoch)
    state.recorded_of = recipe.key
    run = run_of(recipe, state.recorded)
    state.epoch = min(state.epoch, run.epochs)
    return Moment(run, state.epoch, question)


@st.fragment
def bar(recipe: Recipe, question: tuple[float, ...]) -> None:
    """The transport bar; when the recording grows while playing, only it is drawn anew."""
    run = run_of(recipe, state.recorded)
    if player.AVAILABLE:
        player.player(player.film(run, question, state.around, LONGEST_RECORDING), record_more)
    else:
        player.stepper(run, state.epoch, move_to)


@st.fragment(run_every=_A_DAY)
def at_rest(recipe: Recipe, question: tuple[float, ...]) -> None:
    """What belongs to the one epoch at which the playhead rests: the tabs, and the address.

    The epoch reaches the server here: see `nnviz.player.playhead`.
    """
    if state.reduced and state.moved:
        st.rerun()
    moment = moment_of(recipe, question)
    if "settings" not in state.hide and advice.is_stale(moment):
        st.rerun()  # what is said of the learning rate stands where that is set
    painted, on_picked = {}, None
    if "tabs" not in state.hide and player.AVAILABLE:
        on_picked = partial(pick, moment.run.shape)
        with st.container(key="tabs"), st.tabs(["Inside this epoch"])[0]:
            painted = inside_this_epoch(moment)
    if player.AVAILABLE:
        player.playhead(moment, painted, state.go, move_to, reduce_playback, on_picked)
    address.write(recipe)
