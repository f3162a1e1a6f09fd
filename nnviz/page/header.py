"""The top of the page: what it is, the link to send on, and what was wrong with one."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from nnviz import player
from nnviz.engine.recipe import Recipe
from nnviz.page import address
from nnviz.page.state import state
from nnviz.writing import markdown

TOO_LARGE = "This table is too large for a link. In Take home, save the recipe as a file."
TUTORIAL = (
    "The page begins with the network of a well-known tutorial, “Build a flexible neural network "
    "with backpropagation in Python”: two inputs, three hidden neurons, one output. Wherever the "
    "page says “the tutorial”, it is this one."
)
HERE = Path(__file__).parent

if player.AVAILABLE:
    _mount_link = st.components.v2.component(
        "nnviz.link",
        html=(HERE / "link.html").read_text("utf-8"),
        css=(HERE / "link.css").read_text("utf-8"),
        js=(HERE / "clipboard.js").read_text("utf-8") + (HERE / "link.js").read_text("utf-8"),
        isolate_styles=False,
    )
    _mount_menus = st.components.v2.component(
        "nnviz.menus", js=(HERE / "menus.js").read_text("utf-8")
    )


def title() -> None:
    st.title("nnviz", anchor=False)
    st.caption("Watch a neural network learn your table, one epoch at a time.", help=TUTORIAL)


def link(recipe: Recipe) -> None:
    """A button that copies the page's address, as it stands at the epoch that is shown."""
    if not player.AVAILABLE:
        return
    _mount_link(
        key="link",
        data={
            "refusal": "" if address.fits(recipe) else TOO_LARGE,
            "lookedAt": [param.name for param in address.PARAMS] + ["of", "ask", "done"],
            "inLesson": bool(state.station),
        },
    )


def menus_by_keyboard() -> None:
    """From a menu's button the keyboard goes on into the menu; there is nothing to see of it."""
    if player.AVAILABLE:
        _mount_menus(key="menus", height=1)


def notice() -> None:
    """What was wrong with the link that was opened."""
    if state.notice:
        st.warning(markdown(state.notice))
