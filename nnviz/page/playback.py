"""The clock of the page: the bar that plays the film, and what the server does at rest.

Two fragments, so that an epoch does not rerun the page: `bar` when the film is to be longer or
finer, `at_rest` when the playhead has come to rest somewhere.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from nnviz import player
from nnviz.engine.moment import Moment
from nnviz.engine.recipe import Recipe
from nnviz.engine.training import Run
from nnviz.page import address, advice
from nnviz.page.inside import inside_this_epoch, pick
from nnviz.page.runs import run_of
from nnviz.page.state import (
    FIRST_RECORDING,
    LONGEST_RECORDING,
    move_to,
    record_more,
    recording_to,
    reduce_playback,
    send_to,
    shorten_recording,
    state,
)
from nnviz.writing import loss_text, true_minus

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
        film = player.film(run, question, state.around, LONGEST_RECORDING, FIRST_RECORDING)
        player.player(film, record_more, shorten_recording)
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
        player.playhead(
            moment,
            painted,
            state.go,
            move_to,
            reduce_playback,
            state.found,
            partial(_find, recipe),
            on_picked,
        )
    address.write(recipe)


def _find(recipe: Recipe, below: float, after: int, token: str) -> None:
    """Send the player to the next epoch with a loss below a number, and say which that is."""
    epoch, said = loss_below(run_of(recipe, state.recorded), below, after)
    state.found = token, said
    if epoch is not None:
        send_to(epoch)


def loss_below(run: Run, below: float, after: int) -> tuple[int | None, str]:
    """The first epoch after one whose loss is below a number, if there is one; in words, too."""
    (epochs,) = np.nonzero(run.loss < below)
    later = epochs[epochs > after]
    limit = true_minus(f"{below:.15g}")

    def loss_at(epoch: int) -> str:
        """With as many digits as it takes to see on which side of the limit it is."""
        loss = float(run.loss[epoch])
        texts = (loss_text(loss, digits) for digits in range(3, 18))
        sides = (text for text in texts if (float(text) < below) == (loss < below))
        return true_minus(next(sides))

    if not len(later):
        least = int(run.loss.argmin())
        since = f" The first below it was epoch {epochs[0]:,}." if len(epochs) else ""
        return None, (
            f"Of the {run.epochs:,} recorded epochs, none after epoch {after:,} has a loss below "
            f"{limit}. The least is {loss_at(least)}, at epoch {least:,}.{since}"
        )
    epoch, first = int(later[0]), int(epochs[0])
    if epoch == first:
        return epoch, (f"Epoch {epoch:,} is the first with a loss below {limit}: {loss_at(epoch)}.")
    return epoch, (
        f"Epoch {epoch:,} is the next with a loss below {limit}: {loss_at(epoch)}. "
        f"The first was epoch {first:,}."
    )
