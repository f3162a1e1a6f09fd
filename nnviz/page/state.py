"""The session's state: every key of it, what it is at first, and what must not be forgotten.

The state is Streamlit's, so that widgets can live in it; a widget's key is its name here. No
other file of the page gives a key its first value. Widgets that come and go have
``persist_state``: Streamlit forgets the others as soon as a run doesn't draw them.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

import streamlit as st

from nnviz import player

state = st.session_state

FIRST_RECORDING, LONGEST_RECORDING = 1_000, 100_000

THE_QUESTION, ALL_ROWS = -2, -1  # that the walk follows, instead of one training row

# What a run depends on, beside the table.
SETTINGS = {
    "layers": 1,
    "hidden-1": 3,
    "hidden-2": 3,
    "hidden-3": 3,
    "learning_rate": 1.0,
    "seed": 0,
    "full_scale": None,
}

# What is looked at.
VIEW = {
    "epoch": 0,
    "logarithmic": False,
    "view": "Walk",
    "walk_step": 1,
    "row": THE_QUESTION,  # that the walk follows: of the training rows, from 0, or one of these
    "on_network": False,  # the light of the walk
    "synapse": (1, 0, 0),  # layer from 1, neuron before and after from 0
    "neuron": (1, 0),  # layer from 1, neuron from 0
    "nudge": 0.0,  # by how much the synapse's weight would be another
    "slope_row": 0,
}

# What the page itself goes by.
_PAGE: dict[str, Any] = {
    "table": "Exam scores",  # the name of the one that is shown
    "tables": {},  # by name, as text: a person's own, and those of ours that were edited
    "left_out": {},  # by table, the names of the columns that are not used
    "table_fault": None,  # of the last file or paste
    "walked": False,  # whether a step of the walk was ever made
    "first_row": 1,  # of a long table's rows, the first that the grid shows
    "read": None,  # what the grid last held, see `grid.Read` …
    "opened": None,  # … and before that, the dataset of what the address opened
    "question": (),  # one value an input
    "recorded": FIRST_RECORDING,  # how many epochs …
    "recorded_of": None,  # … of the recipe with this key
    "shown": None,  # the recipe that was shown last …
    "before": None,  # … and the other one before it
    "around": 0,  # near which epoch a thinned film shows every epoch
    "go": None,  # (token, epoch): where the page sends the player
    "found": None,  # (token, sentence): the answer to what was looked for among the epochs
    "moved": False,  # whether the playhead has, since the charts were last drawn
    "reduced": False,  # the browser can't paint, so the server draws each epoch; see `begin`
    "drawn": {},  # by chart: the structure it was drawn for, and its figure
    "packed": (None, None),  # the key of a recipe, and its part of the address
    "hide": (),  # parts of the page that the link takes away
    "large": False,  # for a projector
    "advised": None,  # what is said of the learning rate, see `advice`
    "notice": None,  # what was wrong with the link
}


def begin() -> bool:
    """Give every key its first value; whether the session begins with this run."""
    begins = "grid" not in state
    if begins:
        # Another number in each session: a browser whose server was started again would give a
        # grid of the same name the edits of the one before.
        state.grid = secrets.randbelow(2**40)
    for name, value in {**SETTINGS, **VIEW, **_PAGE}.items():
        if name not in state:
            state[name] = value.copy() if isinstance(value, dict) else value
    state.moved = False
    state.reduced = state.reduced or not player.AVAILABLE
    return begins


def one_of(name: str, options: Sequence[Any]) -> None:
    """Go back to the first option where the one picked is no longer offered."""
    if state[name] not in options:
        state[name] = options[0]


def move_to(epoch: int) -> None:
    """The playhead rests at an epoch, as the player says."""
    state.epoch = state.around = min(max(epoch, 0), state.recorded)
    state.moved = True


def send_to(epoch: int) -> None:
    """Send the player to an epoch; the recording grows as far as that needs."""
    state.recorded = max(state.recorded, recording_to(epoch))
    move_to(epoch)
    state.go = (secrets.token_hex(4), state.epoch)


def recording_to(epoch: int) -> int:
    """How many epochs are recorded where the playhead is to reach ``epoch``."""
    recorded = FIRST_RECORDING
    while recorded < min(epoch, LONGEST_RECORDING):
        recorded = min(2 * recorded, LONGEST_RECORDING)
    return recorded


def record_more(around: int, until: int) -> None:
    """A film is wanted that is whole around an epoch, or a recording that reaches further."""
    state.around = around
    state.recorded = max(state.recorded, recording_to(until))


def shorten_recording() -> None:
    """Cut the recording back to its first length; the playhead stays within it."""
    state.recorded = FIRST_RECORDING
    move_to(state.epoch)


def reduce_playback() -> None:
    """From now on the server draws every epoch."""
    state.reduced = state.moved = True
