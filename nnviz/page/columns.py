"""The table's columns: their names, which of them are used, and a new one."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from nnviz.engine.dataset import Dataset
from nnviz.engine.table import TableError, check_names, check_size
from nnviz.page import ask, tables
from nnviz.page.state import state
from nnviz.writing import markdown


@st.dialog("Columns")
def dialog(table: pd.DataFrame) -> None:
    """Nothing changes before Apply, which is one step for Back."""
    st.caption("A column without a tick is left out, and keeps its values.")
    names, ticks = [], []
    for number, name in enumerate(table.columns, start=1):
        with st.container(horizontal=True, vertical_alignment="center"):
            field = f"Name of column {number}"
            names.append(st.text_input(field, name, 60, label_visibility="collapsed"))
            used = name in tables.used(table)
            ticks.append(st.checkbox("use", used, key=f"use-{number}-{state.grid}"))
    added = st.text_input("Add a column", "", 60, placeholder="its name")
    st.caption("The last one in use is what the network learns to predict.")
    if st.button("Apply", type="primary"):
        try:
            apply(table, names, ticks, added.strip())
        except TableError as fault:
            st.error(markdown(str(fault)).replace("\n", "  \n"))
        else:
            st.rerun()


def apply(table: pd.DataFrame, names: list[str], ticks: list[bool], added: str) -> None:
    """Show the table with other names, some of its columns, and a new one before the last.

    Raises TableError for names that can't be, and if too few columns are left; then nothing
    has changed.
    """
    names = [name.strip() for name in names]
    left_out = [name for name, used in zip(names, ticks) if not used]
    changed = table.set_axis(names, axis=1)
    if added:
        changed = changed.copy()
        changed.insert(len(names) - 1, added, None, allow_duplicates=True)
    check_size(*changed.shape)
    check_names(list(changed.columns))
    check_size(len(changed), len(names) - len(left_out))
    asked = state.question
    tables.put(state.table, changed)
    tables.leave_out(left_out)
    _ask_the_same(changed, asked)


def _ask_the_same(table: pd.DataFrame, asked: tuple[float, ...]) -> None:
    """The question stays where the inputs have other names alone."""
    try:
        data = Dataset(table[tables.used(table)], label_scale=state.full_scale)
    except TableError:
        return
    if len(data.input_names) == len(asked):
        ask.put(data, asked)
