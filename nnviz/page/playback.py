"""The clock of the page: the bar that plays the film, and what the server does at rest.

Two fragments, so that an epoch does not rerun the page: `bar` when the film is to be longer or
finer, `at_rest` when the playhead has come to rest somewhere.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from nnviz import player
from nnviz.charts.frames import FRAMES, WINDOW
from nnviz.engine.moment import Moment
from nnviz.engine.recipe import Recipe
from nnviz.engine.shape import Shape
from nnviz.engine.training import Run
from nnviz.page import address, advice, ask, lesson, memory, sure
from nnviz.page.inside import inside_this_epoch, pick, picked
from nnviz.page.learned import what_it_has_learned
from nnviz.page.outside import draw_anew_if_changed, remember_view
from nnviz.page.runs import keep_recording, run_of, seconds_to
from nnviz.page.state import (
    FIRST_RECORDING,
    LEARNED,
    LONGEST_RECORDING,
    TABS,
    move_to,
    record_more,
    recording_to,
    reduce_playback,
    send_to,
    shorten_recording,
    state,
    stop_recording,
)
from nnviz.writing import loss_text, markdown, true_minus

# Streamlit runs a page again after its server was started again only if something is to be run
# by the clock. This is, a day from now.
_A_DAY = 86_400


def moment_of(recipe: Recipe, question: tuple[float, ...]) -> Moment:
    """What is shown: the recipe's run at the playhead, or as near to it as is recorded by now.

    A long recording falls back, for another recipe, to what the playhead needs.
    """
    if state.recorded_of not in (None, recipe.key):
        state.recorded = recording_to(state.epoch)
    state.recorded_of = recipe.key
    run, _ = _recorded(recipe)
    return Moment(
        run, min(state.epoch, run.epochs), question, label_number(recipe), state.label_class
    )


def _recorded(recipe: Recipe) -> tuple[Run, str]:
    """What is recorded by now, and why there can't be more of it, if that is so."""
    recording = keep_recording(recipe, state.recorded)
    grows = recording.lacks(state.recorded)  # asked first, as it may grow between the two
    run = recording.run(state.recorded)
    if not grows:
        state.recorded = run.epochs
        state.epoch = min(state.epoch, run.epochs)
    return run, recording.fault


def label_number(recipe: Recipe) -> int:
    """Which of the labels is looked at; another table may have fewer of them."""
    return min(state.label, len(recipe.data.label_names) - 1)


@st.fragment
def bar(recipe: Recipe, question: tuple[float, ...]) -> None:
    """The transport bar; when the recording grows while playing, only it is drawn anew."""
    draw_anew_if_changed(view=True)
    run, fault = _recorded(recipe)
    if player.AVAILABLE:
        player.player(_film(run, fault, question), record_more, shorten_recording)
    else:
        player.stepper(run, state.epoch, move_to)


def _film(run: Run, fault: str, question: tuple[float, ...]) -> bytes:
    """The film, which is the same for all who look at the same."""
    around = state.around // WINDOW * WINDOW if run.epochs > FRAMES else 0  # it is as fine there
    wanted, label, label_class = state.recorded, label_number(run.recipe), state.label_class

    def made() -> memory.Kept:
        film = player.film(
            run,
            question,
            around,
            epochs_at_most=run.epochs if fault else LONGEST_RECORDING,
            epochs_at_first=FIRST_RECORDING,
            wanted=wanted,
            label_number=label,
            class_number=label_class,
            whole=run.epochs if fault else recording_to(wanted),
        )
        return memory.Kept(film, len(film))

    if run.epochs < wanted:  # the next that is asked for is a longer one
        return made().what
    key = "film", run.recipe.key, run.epochs, question, around, fault, label, label_class
    return memory.shelf().get(key, made).what


def fault(recipe: Recipe) -> None:
    """Why the recording ends where it does, if it could not be gone on with."""
    run, state.fault = _recorded(recipe)
    if state.fault:
        st.error(markdown(f"{state.fault} The {run.epochs:,} epochs before that are recorded."))


@st.fragment
def progress(recipe: Recipe) -> None:
    """How far the recording is; while it grows the player asks, so that it goes on."""
    if not player.AVAILABLE:
        return
    draw_anew_if_changed(view=True)
    recording = keep_recording(recipe, state.recorded)
    if recording.fault != state.fault:
        st.rerun()  # it stands where the learning rate is set
    recorded = min(recording.epochs, state.recorded)
    player.progress(
        recipe.key,
        recorded,
        state.recorded if recording.lacks(state.recorded) else recorded,
        seconds_to(recording, state.recorded),
        lambda: stop_recording(recording.epochs),
    )


@st.fragment(run_every=_A_DAY)
def at_rest(recipe: Recipe, question: tuple[float, ...]) -> None:
    """What belongs to the one epoch at which the playhead rests: the tabs, and the address.

    The epoch reaches the server here: see `nnviz.player.playhead`.
    """
    draw_anew_if_changed()
    if state.reduced and state.moved:
        st.rerun()
    moment = moment_of(recipe, question)
    if "settings" not in state.hide and advice.is_stale(moment):
        st.rerun()  # what is said of the learning rate stands where that is set
    if state.station and lesson.is_stale(moment):
        st.rerun()  # the rail stands where it is read
    painted, on_picked, learned = {}, None, None
    if "tabs" not in state.hide and player.AVAILABLE:
        on_picked = partial(_pick, moment)
        with st.container(key="tabs"):
            inside, learned = st.tabs(TABS, key="tab", on_change="rerun")
        if inside.open:
            with inside:
                painted = inside_this_epoch(moment)
    if state.station and (posed := lesson.light(moment)):
        painted |= {"light": posed}
    if lesson.wants_pick():
        on_picked = partial(_answer_by, moment.run.shape)
    if player.AVAILABLE:
        told = player.playhead(
            moment,
            painted,
            state.go,
            move_to,
            reduce_playback,
            state.found,
            partial(_find, recipe),
            on_picked,
        )
        begins, state.begins = state.begins, False
        if begins and told not in (None, moment.epoch):
            move_to(told)  # while there was no server, a person went on: this one is another
            st.rerun()
    address.write(recipe)
    remember_view()
    # Last, as it may take a while: what needs more than this run.
    if player.AVAILABLE:
        said = "ask" not in state.hide and not state.station  # the lesson asks before it shows
        sure.beside_the_answer(moment, said)
        painted = {}
        if learned is not None and learned.open:
            with learned:
                painted = what_it_has_learned(moment)
        player.later(painted)


def _pick(moment: Moment, what: object) -> None:
    """What a person clicked on: a place on the map asks there, the network opens a view."""
    if not (state.tab == LEARNED and ask.put_some(moment.data, moment.question, what)):
        pick(moment.run.shape, what)


def _answer_by(shape: Shape, what: object) -> None:
    """A click in the network answers the lesson's question."""
    if (place := picked(shape, what)) is not None:
        lesson.pick(place)


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
