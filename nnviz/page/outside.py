"""What the page outside its fragments was drawn by: if it has changed, all is drawn anew.

Streamlit gathers what a browser says within a moment into one message. Where a component in a
fragment speaks just as a person presses a button outside it, the message runs as the fragment's
alone: the button's callback is called, and what it changed is not drawn. So each fragment begins
with `draw_anew_if_changed`.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from nnviz.page.state import OWN, VIEW, state

# What the fragments read and change themselves.
_WITHIN = (VIEW.keys() - {"logarithmic", "label", "label_class", "pins"}) | {
    *("recorded", "recorded_of", "around", "go", "found", "moved", "fault"),
    *("walked", "blank", "checked", "stopped", "packed", "drawn", "outside", "viewed", "begins"),
    *("player", "playhead", "progress", "beside", "later", "maps", "stepper", "pictures"),
    *("walk-sheet", "weight-sheet", "gradient-sheet", "by-hand"),
    *("upload", "pasted"),  # another object in each run; what comes of them has keys of its own
}
# How the keys begin of what is typed in the walk, and of widgets whose news comes by a callback;
# of the grid, the one that is shown says its own.
_ELSEWHERE = ("blank-", "table-", "grid-", "go-")


def remember() -> None:
    """The page has been drawn as a whole."""
    state.outside = _outside()


def remember_view() -> None:
    """What is at rest has been drawn."""
    state.viewed = _viewed()


def draw_anew_if_changed(view: bool = False) -> None:
    """Draw the page as a whole, if what stands outside the fragments is out of date.

    view: whether what is at rest is outside this fragment, too.
    """
    if state.outside is None:  # all is being drawn
        return
    if not _same(state.outside, _outside()) or (view and state.viewed != _viewed()):
        st.rerun()


def _viewed() -> dict[str, Any]:
    return {key: state[key] for key in (*VIEW, "found")}


def _outside() -> dict[str, Any]:
    values = {
        key: value.copy() if isinstance(value, dict) else value
        for key, value in ((str(key), state[key]) for key in state)
        if key not in _WITHIN
        and not key.startswith(_ELSEWHERE)
        and (key in OWN or not isinstance(value, bool))  # a button's lasts for a run only
    }
    return values | {"edits": state.get(f"grid-{state.grid}")}


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal; tables and datasets, if they are one and the same."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_same, one, other))
    return isinstance(one, int | float | str | frozenset) and one == other
