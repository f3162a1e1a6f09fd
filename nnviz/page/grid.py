"""The training table as a grid to type in, and what it holds as a dataset."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from nnviz.engine.dataset import Dataset
from nnviz.engine.table import TableError
from nnviz.page import tables
from nnviz.page.state import state
from nnviz.writing import markdown

ROWS_A_PAGE = 500  # Streamlit sends and hashes all cells of a grid in each run


@dataclass(frozen=True)
class Read:
    """What the grid held when it was last read.

    of: what it was read from; the same again is not read again.
    table: as text, edits and all. data: it as a dataset or, if it has a fault, what it last
    held without one. fault: in sentences; empty if there is none.
    """

    of: tuple
    table: pd.DataFrame
    data: Dataset
    fault: str


def training_table() -> Dataset:
    """The grid; what it holds or, if that has a fault, what it last held without one."""
    before = tables.present()
    edited = _grid(before)
    read = state.read = _read(before, edited)
    if read.fault:
        note = "Until this is mended, the page shows the last table without a fault."
        st.error(markdown(f"{read.fault}\n{note}").replace("\n", "  \n"))
    return read.data


def hidden_table() -> Dataset:
    """The same where the page is shown without its table."""
    state.read = _read(tables.present(), None)
    return state.read.data


def scaling(data: Dataset) -> str:
    """What the network sees in the place of the table's numbers, as Markdown."""
    return markdown(data.scaling())


def _grid(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the grid, as edited; of a long table, a page of them."""
    if len(table) > ROWS_A_PAGE:
        state.first_row = min(state.first_row, len(table))
        st.number_input(
            f"Rows from, of {len(table):,}",
            1,
            len(table),
            step=ROWS_A_PAGE,
            key="first_row",
            on_change=tables.settle,
        )
    rows = _page(table)
    return st.data_editor(
        rows,
        key=_key(),
        num_rows="dynamic",
        column_config={name: st.column_config.TextColumn(alignment="right") for name in table},
        placeholder="?",
        alt="Training table",
        height="content" if len(rows) < 8 else 300,
    )


def _key() -> str:
    return f"grid-{state.grid}"


def _page(table: pd.DataFrame) -> pd.DataFrame:
    if len(table) <= ROWS_A_PAGE:
        return table
    first = state.first_row - 1
    return table.iloc[first : first + ROWS_A_PAGE]


def _read(before: pd.DataFrame, edited: pd.DataFrame | None) -> Read:
    """The whole table and its dataset; reading 500,000 cells takes a second, so only if need be.

    before: the table as it was put there. edited: the rows the grid shows, as edited; None if
    there is no grid.
    """
    edits = dict(state[_key()]) if edited is not None else {}
    of = (state.grid, state.first_row, json.dumps(edits, default=str), state.full_scale)
    if state.read is not None and state.read.of == of:
        return state.read
    table = before if edited is None else _whole(before, edited)
    try:
        data, fault = Dataset(table, label_scale=state.full_scale), ""
    except TableError as error:
        data, fault = state.read.data if state.read else state.opened, str(error)
    return Read(of, table, data, fault)


def _whole(before: pd.DataFrame, edited: pd.DataFrame) -> pd.DataFrame:
    """The table with the grid's page of it as it is now."""
    if len(before) <= ROWS_A_PAGE:
        return edited.reset_index(drop=True)
    first = state.first_row - 1
    parts = [before.iloc[:first], edited, before.iloc[first + ROWS_A_PAGE :]]
    return pd.concat(parts, ignore_index=True)
