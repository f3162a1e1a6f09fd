"""The top of the page: what it is, the tables to choose from, and the link to send on."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from nnviz import player
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.page import address, tables
from nnviz.page.state import state
from nnviz.writing import file_name, markdown

TOO_LARGE = "This table is too large for a link. In Tables, save it as a file."
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
            "lookedAt": [param.name for param in address.PARAMS] + ["of", "ask"],
        },
    )


def notice() -> None:
    """What was wrong with the link that was opened."""
    if state.notice:
        st.warning(markdown(state.notice))


def tables_menu() -> None:
    """The tables there are, and ways to bring one's own."""
    key = f"table-{state.table}"
    # A key for each choice: the browser does not hear of another value while the menu is
    # closed, and would go back to the one it knows.
    st.selectbox(
        "Table",
        tables.names(),
        index=tables.names().index(state.table),
        key=key,
        on_change=lambda: tables.choose(state[key]),
    )
    st.file_uploader(
        "Your own, as a CSV file, or a recipe saved here",
        type=["csv", "tsv", "txt", "json"],
        key="upload",
        on_change=_take_upload,
    )
    st.text_area(
        "… or pasted from a spreadsheet",
        key="pasted",
        placeholder="study\tsleep\tscore\n2\t9\t92\n4\t8\t?",
        on_change=_take_paste,
    )
    if state.table_fault:
        st.error(markdown(state.table_fault))
    st.number_input(
        "Full scale of the last column",
        key="full_scale",
        min_value=0.0,
        value=None,
        format="%g",
        placeholder="the next power of ten",
        help="The value that stands for 1, the most that a sigmoid can give.",
        persist_state="page",
    )


def recipe_file(recipe: Recipe) -> None:
    """The whole recipe, table and settings, as a file that the menu opens again."""
    st.download_button(
        "Save table and settings as a file",
        recipe.to_json,
        file_name=file_name(state.table, recipe.shape.sizes, "json"),
        mime="application/json",
        on_click="ignore",
        width="stretch",
    )


def _take_upload() -> None:
    if state.upload:
        _take(state.upload.name, state.upload.getvalue())


def _take_paste() -> None:
    if state.pasted.strip():
        _take("Pasted table", state.pasted.encode())


def _take(name: str, content: bytes) -> None:
    recipe = tables.take(name, content)
    if recipe is not None:
        try:
            address.open_recipe(recipe, name.removesuffix(".json"))
        except RecipeError as fault:
            state.table_fault = str(fault)
