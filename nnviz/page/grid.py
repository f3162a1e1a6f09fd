"""The training table as a grid to type in, and what it holds as a dataset.

grid.js writes the rows' numbers into it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from nnviz import player
from nnviz.engine.dataset import Dataset
from nnviz.engine.table import TableError
from nnviz.page import columns, tables
from nnviz.page.state import state
from nnviz.page.unfinished import is_complete, set_aside, without_values
from nnviz.writing import markdown

ROWS_A_PAGE = 500  # Streamlit sends and hashes all cells of a grid in each run

if player.AVAILABLE:
    _mount_numbers = st.components.v2.component(
        "nnviz.rows",
        js=Path(__file__).with_suffix(".js").read_text("utf-8"),
        isolate_styles=False,
    )


@dataclass(frozen=True)
class Read:
    """What the grid held when it was last read.

    of: what it was read from; the same again is not read again.
    table: as text, edits and all, with the columns that are left out. data: it as a dataset or,
    if it has a fault, what it last held without one. fault: in sentences; empty if there is none.
    unfinished: a sentence on each part that is still being typed. complete: which of the added
    rows, by their labels, have ever had all inputs. typed: the label of the row that is still
    being typed. rescaled: what an edit did to the label's scale, in a sentence; empty if nothing.
    """

    of: tuple
    table: pd.DataFrame
    data: Dataset
    fault: str = ""
    unfinished: tuple[str, ...] = ()
    complete: frozenset = frozenset()
    typed: int | None = None
    rescaled: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether the dataset is not all that the table holds."""
        return bool(self.fault or self.unfinished) or len(tables.used(self.table)) < len(
            self.table.columns
        )


def training_table() -> Dataset:
    """The grid; what it holds or, if that has a fault, what it last held without one."""
    before = tables.present()
    edited = _grid(before[tables.used(before)])
    read = state.read = _read(before, edited)
    if read.fault:
        note = "Until this is mended, the page shows the last table without a fault."
        st.error(markdown(f"{read.fault}\n{note}").replace("\n", "  \n"))
    for sentence in read.unfinished:
        st.caption(markdown(sentence))
    if read.rescaled:
        st.info(markdown(read.rescaled))
    return read.data


def actions() -> None:
    """What is done to the table as a whole."""
    if st.button("Columns", type="tertiary", help="Name, add or leave out columns."):
        columns.dialog(state.read.table)
    if not tables.is_as_shipped(state.read.table):
        st.button(
            "Reset",
            type="tertiary",
            on_click=tables.reset,
            help="The table as it ships. The browser's Back undoes this.",
        )


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
    with st.container(key="table"):
        edited = st.data_editor(
            rows,
            key=_key(),
            num_rows="dynamic",
            column_config={name: st.column_config.TextColumn(alignment="right") for name in table},
            placeholder="?",
            alt="Training table",
            height="content" if len(rows) < 8 else 300,
        )
        if player.AVAILABLE:
            _mount_numbers(key="rows", data={"first": int(rows.index[0]) + 1 if len(rows) else 1})
    return edited


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
    used = tables.used(before)
    changes = json.dumps(edits, default=str)
    of = (state.grid, state.first_row, tuple(used), changes, state.full_scale)
    if state.read is not None and state.read.of == of:
        return state.read
    table = before if edited is None else _whole(before, edited)
    complete, typed = (frozenset(), None) if edited is None else _typing(before, edited)
    first = state.first_row - 1 if len(before) > ROWS_A_PAGE else 0
    row = None if edited is None or typed is None else first + len(edited) - 1
    whole, unfinished = set_aside(table[used], row, without_values(before[used]))
    try:
        data = Dataset(whole, label_scale=state.full_scale)
    except TableError as error:
        good = state.read.data if state.read else state.opened
        return Read(of, table, good, str(error), complete=complete, typed=typed)
    return Read(of, table, data, "", tuple(unfinished), complete, typed, _rescaled(data))


def _typing(before: pd.DataFrame, edited: pd.DataFrame) -> tuple[frozenset, int | None]:
    """Which of the added rows ever had all inputs, and the last row, if it is added and never had.

    Both by their labels.
    """
    shown, last = _page(before).index, edited.index[-1] if len(edited) else None
    added = [label for label in edited.index if label not in shown]
    same = state.read is not None and state.read.of[0] == state.grid
    rows = enumerate(added, start=len(edited) - len(added))
    complete = {label for row, label in rows if is_complete(edited, row)}
    complete |= state.read.complete if same else frozenset()
    is_new = last in added or (same and last is not None and last == state.read.typed)
    return frozenset(complete), last if is_new and last not in complete else None


def opened(data: Dataset, draft: pd.DataFrame) -> Read:
    """What the grid is to go by where a link holds a dataset and the table as it was typed.

    A last row that the dataset does without is still being typed.
    """
    last = len(draft) - 1
    is_typed = len(data.table) == len(draft) and data.table.iloc[last].isna().all()
    return Read((state.grid, state.full_scale), draft, data, typed=last if is_typed else None)


def _rescaled(data: Dataset) -> str:
    """What an edit did to the scale of the label, where it changed it."""
    if state.read is None or state.read.of[0] != state.grid:
        return ""
    before, now = state.read.data.label_scale, data.label_scale
    if before == now or state.read.of[-1] != state.full_scale:
        return ""
    name, largest = data.label_names[0], f"{data.targets.max():g}"
    why = f"as {largest} is above {before:,g}" if now > before else f"as none is above {now:,g}"
    return (
        f"{name} is now divided by {now:,g}, no longer by {before:,g}, {why}: every answer is "
        "learned anew. To choose the full scale yourself, see Tables."
    )


def _whole(before: pd.DataFrame, edited: pd.DataFrame) -> pd.DataFrame:
    """The table with the grid's page of it as it is now, and with the columns left out."""
    page = _page(before)
    left_out = page.drop(columns=edited.columns).reindex(edited.index)  # of an added row, blank
    left_out = left_out.astype(object).where(left_out.notna(), None)
    page = pd.concat([edited, left_out], axis=1)[list(before.columns)]
    if len(before) <= ROWS_A_PAGE:
        return page.reset_index(drop=True)
    first = state.first_row - 1
    parts = [before.iloc[:first], page, before.iloc[first + ROWS_A_PAGE :]]
    return pd.concat(parts, ignore_index=True)
