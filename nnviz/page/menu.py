"""The menu of tables: those there are, a person's own, and what was read of it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from nnviz.engine.reading import Ambiguous
from nnviz.engine.recipe import RecipeError
from nnviz.page import address, tables
from nnviz.page.state import state
from nnviz.writing import markdown, shortened

_NOTES_SHOWN = 3  # more are folded away
_COLUMNS_ASKED = 2  # of which a question gives an example


def menu() -> None:
    """The tables there are, and ways to bring one's own."""
    key = f"table-{state.table}"
    # A key for each choice: the browser does not hear of another value while the menu is
    # closed, and would go back to the one it knows.
    state[key] = state.table  # while it is open, it would say that the one before was picked
    st.selectbox(
        "Table",
        tables.names(),
        key=key,
        on_change=_choose,
        args=(key,),
    )
    if state.table_fault:
        st.error(_told(state.table_fault))
    elif state.asked:
        st.warning(_told(_question(state.asked)))
        _answers(state.asked)
    else:
        _about()
    st.file_uploader(
        "Your own: CSV, Excel, or a file saved here",
        key="upload",  # whose style makes Streamlit's refusals seen
        on_change=_take_upload,
    )
    st.text_area(
        "… or pasted from a spreadsheet",
        key="pasted",
        placeholder="study\tsleep\tscore\n2\t9\t92\n4\t8\t?",
        on_change=_take_paste,
    )
    st.number_input(
        "Full scale of what is predicted",
        key="full_scale",
        min_value=0.0,
        value=None,
        format="%g",
        placeholder="the next power of ten",
        help="The value that stands for 1, the most that a sigmoid can give.",
        persist_state="page",
    )


def _choose(key: str) -> None:
    """Another table; unless the browser still says what it knows of a menu that is gone."""
    if key == f"table-{state.table}":
        tables.choose(state[key])


def _about() -> None:
    """What a table of ours teaches, or what of a person's own was read otherwise than written."""
    if state.table in tables.SHIPPED:
        st.caption(markdown(tables.SHIPPED[state.table].teaches))
        return
    notes = state.notes.get(state.table, ())
    for note in notes[:_NOTES_SHOWN]:
        st.caption(markdown(note))
    if rest := notes[_NOTES_SHOWN:]:
        with st.expander(f"{len(rest)} more on how it was read"):
            for note in rest:
                st.caption(markdown(note))


def waiting() -> None:
    """The same fault or question while the menu is closed; page.css hides it from an open one."""
    if not (state.table_fault or state.asked):
        return
    with st.container(key="waiting", border=True, horizontal=True, vertical_alignment="center"):
        asked = state.asked and f"{_question(state.asked)} Open Tables to say."
        st.markdown(_told(state.table_fault or asked))
        st.button("Dismiss", type="tertiary", on_click=_dismiss)


def _dismiss() -> None:
    state.update(table_fault=None, asked=None)


def _told(said: str) -> str:
    """Why a file or a paste is not shown, and what is, as Markdown."""
    return markdown(f"{said}\nThe page still shows {state.table}.").replace("\n", "  \n")


def _question(asked: tables.Asked) -> str:
    """Which numbers are meant, where the file can't tell."""
    shown = asked.columns[:_COLUMNS_ASKED]
    cells = " and ".join(f"“{one.cell}” in {shortened(one.column)}" for one in shown)
    return (
        f"{asked.name} has {cells}. Are these thousands or decimals? Nothing else in it can tell."
    )


def _answers(asked: tables.Asked) -> None:
    """A button for each meaning; nothing changes before one is chosen."""
    for decimal in (".", ","):
        st.button(
            markdown(_meaning(asked.columns[:_COLUMNS_ASKED], decimal)),
            key=f"decimal-{decimal}",
            on_click=_answer,
            args=(decimal,),
            width="stretch",
        )


def _meaning(columns: Sequence[Ambiguous], decimal: str) -> str:
    return ", ".join(f"{one.cell} → {one.read(decimal)}" for one in columns)


def _answer(decimal: str) -> None:
    if state.asked:
        _take(state.asked.name, state.asked.content, decimal)


def _take_upload() -> None:
    if state.upload:
        _take(state.upload.name, state.upload.getvalue())


def _take_paste() -> None:
    if state.pasted.strip():
        _take("Pasted table", state.pasted.encode("utf-8", "replace"))


def _take(name: str, content: bytes, decimal: str | None = None) -> None:
    recipe = tables.take(name, content, decimal)
    if recipe is not None:
        try:
            address.open_recipe(recipe, name.removesuffix(".json"))
        except RecipeError as fault:
            state.table_fault = str(fault)
