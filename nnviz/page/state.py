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
from nnviz.page.memory import give_back

state = st.session_state

FIRST_RECORDING, LONGEST_RECORDING = 1_000, 100_000

MOST_PINS = 5

INSIDE, LEARNED = TABS = ("Inside this epoch", "What it has learned")

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
    "label": 0,  # which of the labels, from 0 …
    "label_class": 0,  # … and, if it is a category, which class the maps show the share of
    "logarithmic": False,
    "view": "Walk",
    "walk_step": 1,
    "row": THE_QUESTION,  # that the walk follows: of the training rows, from 0, or one of these
    "on_network": False,  # the light of the walk
    "synapse": (1, 0, 0),  # layer from 1, neuron before and after from 0
    "neuron": (1, 0),  # layer from 1, neuron from 0
    "checking": False,  # whether a number of the walk is blank, to be typed
    "nudge": 0.0,  # by how much the synapse's weight would be another
    "slope_row": 0,
    "tab": INSIDE,
    "learned_view": "The map",  # the view of the second tab
    "across": 0,  # the inputs over which the maps are drawn, if there are more than two …
    "up": 1,
    "pins": (),  # the recipes of the runs that are pinned
    "starts": 200,  # random ones, from which others are trained beside the run
}

# What the page itself goes by.
_PAGE: dict[str, Any] = {
    "table": "Exam scores",  # the name of the one that is shown
    "learned": "Exam scores",  # … and of the one that is learned from: not it, if it has a fault
    "tables": {},  # by name, as text: a person's own, and those of ours that were edited
    "full_scales": {},  # by table, of those that were shown before; see `tables.choose`
    "roles": {},  # by table, those a person has given its columns and rows
    "table_fault": None,  # of the last file or paste …
    "asked": None,  # … or what has to be asked of it, see `tables.Asked`
    "notes": {},  # by table, sentences on what was read otherwise than it is written
    "walked": False,  # whether a step of the walk was ever made
    "windows": 0,  # how often the window of the columns was opened
    "naming": False,  # whether the window of the columns is open
    "first_row": 1,  # of a long table's rows, the first that the grid shows
    "read": None,  # what the grid last held, see `grid.Read` …
    "opened": None,  # … and before that, the dataset of what the address opened
    "proposed_rate": 1.0,  # for the table that is shown; a learning rate that is it follows it
    "question": (),  # one value an input
    "recorded": FIRST_RECORDING,  # how many epochs are, or are to be …
    "recorded_of": None,  # … of the recipe with this key
    "fault": "",  # … and why there can't be more of them, as far as it is said
    "shown": None,  # the recipe that was shown last …
    "before": None,  # … and the other one before it
    "around": 0,  # near which epoch a thinned film shows every epoch
    "go": None,  # (token, epoch): where the page sends the player
    "found": None,  # (token, sentence): the answer to what was looked for among the epochs
    "begins": True,  # whether nothing was drawn in this session yet
    "outside": None,  # what the page was drawn by outside its fragments, see `outside`
    "moved": False,  # whether the playhead has, since the charts were last drawn
    "reduced": False,  # the browser can't paint, so the server draws each epoch; see `begin`
    "viewed": {},  # what of the view the fragment at rest was drawn by
    "drawn": {},  # by chart: the structure it was drawn for, and its figure's key on the shelf
    "packed": (None, None),  # the key of a recipe, and its part of the address
    "hide": (),  # parts of the page that the link takes away
    "large": False,  # for a projector
    "advised": None,  # what is said of the learning rate, see `advice`
    "stopped": None,  # the training of many that a person has stopped, see `starts`
    "notice": None,  # what was wrong with the link
    "station": 0,  # of the lesson, from 1; 0 outside it
    "on_own": False,  # whether the station speaks of one's own table
    "own_work": None,  # what the page showed before the lesson, to be shown again after it
    "kept_work": None,  # the same, where one went back to another station of the lesson
    "answers": {},  # by station and table, what was answered, see `lesson.Answered`
    "done": frozenset(),  # the stations that were answered to their end
    "due": None,  # the recipe of which is looked at whether what was to be done is done
    "attempt": None,  # what is said of an answer that doesn't count as one yet
    "turned": None,  # (token, to what): where in the rail the focus goes
    "blank": 0,  # how many numbers of the walk were passed over for another
    "checked": (None, None),  # which number was typed, and what is said of it
    "shown_off": False,  # whether the rail says that one has wandered off
    "folded": False,  # the rail, where it is a sheet at the foot of a small screen
}

OWN = {**SETTINGS, **VIEW, **_PAGE}


def begin() -> bool:
    """Give every key its first value; whether the session begins with this run."""
    begins = "grid" not in state
    if begins:
        give_back()  # what pages held that were closed
        # Another number in each session: a browser whose server was started again would give a
        # grid of the same name the edits of the one before.
        state.grid = secrets.randbelow(2**40)
    for name, value in OWN.items():
        if name not in state:
            state[name] = value.copy() if isinstance(value, dict) else value
    state.moved, state.outside, state.begins = False, None, begins
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
    _reach(epoch)
    move_to(epoch)
    state.go = (secrets.token_hex(4), state.epoch)


def start_over() -> None:
    """The playhead is at epoch 0, and the recording as long as one begins."""
    state.recorded = FIRST_RECORDING
    send_to(0)


def recording_to(epoch: int) -> int:
    """How many epochs are recorded where the playhead is to reach ``epoch``."""
    recorded = FIRST_RECORDING
    while recorded < min(epoch, LONGEST_RECORDING):
        recorded = min(2 * recorded, LONGEST_RECORDING)
    return recorded


def record_more(around: int, until: int) -> None:
    """A film is wanted that is whole around an epoch, or a recording that reaches further."""
    state.around = around
    _reach(until)


def _reach(epoch: int) -> None:
    """Record on if an epoch lies beyond what is recorded, or is to be."""
    if epoch > state.recorded:
        state.recorded = recording_to(epoch)


def stop_recording(recorded: int) -> None:
    """Keep what is recorded by now, and no more."""
    state.recorded = min(recorded, state.recorded)
    move_to(state.epoch)


def shorten_recording() -> None:
    """Cut the recording back to its first length; the playhead stays within it."""
    state.recorded = FIRST_RECORDING
    move_to(state.epoch)


def reduce_playback() -> None:
    """From now on the server draws every epoch."""
    state.reduced = state.moved = True
