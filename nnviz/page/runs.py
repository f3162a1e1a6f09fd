"""The runs, recorded once for everyone on this server."""

from __future__ import annotations

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from nnviz.engine.recipe import Recipe
from nnviz.engine.training import Run
from nnviz.page.memory import shelf
from nnviz.page.recorder import Growing, Recorder, SharedRecording


@st.cache_resource(show_spinner=False)
def _recorder() -> Recorder:
    return Recorder()


def run_of(recipe: Recipe, epochs: int) -> Run:
    """The run by a recipe, so many epochs of it; where that takes long, what is recorded."""
    recording = _recording(recipe)
    if recording.is_quick(epochs):
        recording.make(epochs)
        shelf().tidy()
    return recording.run(epochs)


def keep_recording(recipe: Recipe, goal: int) -> SharedRecording:
    """Have the page's recording reach a goal: now, or else soon, as long as the page asks again.

    Where it is a matter of a moment, it is made at once. Otherwise a first piece is, and the
    recorder goes on until a few seconds after this was last called.
    """
    recording = _recording(recipe)
    if recording.is_quick(goal):
        recording.make(goal)
    elif not (recording.epochs or _recorder().is_making(recording)):
        recording.make_piece(goal)
    _recorder().ask(_who(), recording, goal)
    shelf().tidy()
    return recording


def keep_making(what: str, growing: Growing, goal: int) -> None:
    """Have something else made for this page, until a few seconds after this was last called.

    what: names it; of each, a page has one at a time.
    """
    _recorder().ask(f"{_who()} {what}", growing, goal)


def seconds_to(recording: SharedRecording, goal: int) -> float:
    """How long it will take until a recording reaches a goal."""
    return _recorder().seconds_to(recording, goal)


def _recording(recipe: Recipe) -> SharedRecording:
    return shelf().get(recipe.key, lambda: SharedRecording(recipe))


def _who() -> str:
    """The page that asks."""
    context = get_script_run_ctx()
    return context.session_id if context else ""
