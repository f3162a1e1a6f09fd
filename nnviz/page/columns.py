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
            _apply(*changed(table, names, ticks, added))
        except TableError as fault:
            st.error(markdown(str(fault)).replace("\n", "  \n"))
        else:
            st.rerun()


def changed(
    table: pd.DataFrame, names: list[str], ticks: list[bool], added: str = ""
) -> tuple[pd.DataFrame, list[str]]:
    """The table with other names and a new column before the last, and what of it is left out.

    ticks: which of the columns are used. added: the name of the new one; none where empty.

    Raises TableError for names that can't be, and if too few columns are left.
    """
    names, added = [name.strip() for name in names], added.strip()
    left_out = [name for name, used in zip(names, ticks) if not used]
    table = table.set_axis(names, axis=1)
    if added:
        table.insert(len(names) - 1, added, None, allow_duplicates=True)
    check_names(list(table.columns))
    check_size(*table.shape)
    check_size(len(table), table.shape[1] - len(left_out))
    return table, left_out


def _apply(table: pd.DataFrame, left_out: list[str]) -> None:
    asked = state.question
    tables.put(state.table, table)
    tables.leave_out(left_out)
    _ask_the_same(table, asked)


def _ask_the_same(table: pd.DataFrame, asked: tuple[float, ...]) -> None:
    """The question stays where the inputs have other names alone."""
    try:
        data = Dataset(table[tables.used(table)], label_scale=state.full_scale)
    except TableError:
        return
    if len(data.input_names) == len(asked):
        ask.put(data, asked)
