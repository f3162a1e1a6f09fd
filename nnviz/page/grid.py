"""The training table as a grid to type in, and what it holds as a dataset.

grid.js writes the rows' numbers into it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import streamlit as st

from nnviz import player
from nnviz.engine.dataset import Dataset
from nnviz.engine.roles import (
    LEAVE_OUT,
    LEFT_OUT,
    MEAN,
    REFUSE,
    Column,
    Roles,
    proposed,
    rows_with_blanks,
)
from nnviz.engine.table import TableError
from nnviz.page import columns, tables
from nnviz.page.edits import applied, fitting
from nnviz.page.state import state
from nnviz.page.unfinished import Aside, is_complete, set_aside, without_values
from nnviz.writing import markdown

_NARROW = 4  # columns that all have room side by side
_LONG = 12  # characters of a name; where there are many columns, a longer one is cut short
_CUT = 110  # pixels that it then has
_SHORT = 8  # rows, from which on a table scrolls
_LINE = 33  # pixels: the height of a row, and of the head
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
    table: as text, edits and all, with the columns that are left out. roles: of its columns and
    rows. data: it as a dataset or, if it has a fault, what it last held without one. fault: in
    sentences; empty if there is none. unfinished: a sentence on each part that is still being
    typed. complete: which of the added rows, by their labels, have ever had all inputs. typed:
    the label of the row that is still being typed. rescaled: what an edit did to the label's
    scale, in a sentence; empty if nothing.
    """

    of: tuple
    table: pd.DataFrame
    roles: Roles
    data: Dataset
    fault: str = ""
    unfinished: tuple[str, ...] = ()
    complete: frozenset = frozenset()
    typed: int | None = None
    rescaled: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether the dataset is not all that the table holds."""
        return bool(self.fault or self.unfinished)


def training_table() -> Dataset:
    """The grid; what it holds or, if that has a fault, what it last held without one."""
    _check_edits()
    before = tables.present()
    edited = _grid(before[tables.used(before)])
    read = state.read = _read(before, edited)
    if read.fault:
        note = (
            "Until this is mended, or undone by Ctrl+Z, network and charts are those of the last "
            "table without a fault."
        )
        if state.learned != state.table:
            note = f"Until this is mended, network and charts are still those of {state.learned}."
        st.error(markdown(f"{read.fault}\n{note}").replace("\n", "  \n"))
        _offer_for_blanks(read)
    for sentence in read.unfinished:
        st.caption(markdown(sentence))
    if read.rescaled:
        st.info(markdown(read.rescaled))
    return read.data


def whose() -> None:
    """Whose network and charts are shown, where that is not the table beside them."""
    if state.read.fault and state.learned != state.table:
        st.warning(
            markdown(
                f"This is still {state.learned}: {state.table} has a fault, which is said below it."
            )
        )


def _offer_for_blanks(read: Read) -> None:
    """Where inputs are blank, what can be done about all of them at once."""
    blank = rows_with_blanks(read.table, read.roles)
    if not blank or read.roles.blanks != REFUSE:
        return
    rows = f"the {blank:,} rows with blanks" if blank > 1 else "the row with a blank"
    with st.container(horizontal=True, key="blanks"):
        for way, said in ((LEAVE_OUT, f"Leave out {rows}"), (MEAN, "Fill in the columns’ means")):
            st.button(said, on_click=tables.give, args=(read.roles.but(blanks=way),))


def actions() -> None:
    """What is done to the table as a whole."""
    st.button(
        "Columns",
        type="tertiary",
        help="Name, add or leave out columns.",
        on_click=columns.opened,
    )
    if state.naming:
        columns.dialog(state.read.table, state.read.roles)
    if not tables.is_as_shipped(state.read.table, state.read.roles):
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
            column_config={name: _column(name, table) for name in table},
            placeholder="?",
            alt="Training table",
            height=_height(rows),
        )
        if player.AVAILABLE:
            _mount_numbers(key="rows", data={"first": int(rows.index[0]) + 1 if len(rows) else 1})
    return edited


def _check_edits() -> None:
    """Where a browser sent what does not fit the grid, keep the rest, and start a new grid."""
    sent, before = state.get(_key()), tables.present()
    rows = _page(before[tables.used(before)])
    if sent is None or (edits := fitting(sent, rows)) == sent:
        return
    state.read = _read(before, applied(edits, rows))
    tables.settle()


def _height(rows: pd.DataFrame) -> int | Literal["content"]:
    """Of a long table, few enough rows that answer and learning rate stay on the screen.

    The last is seen in part, so that one sees that there are more.
    """
    if len(rows) < _SHORT:
        return "content"
    return int(_LINE * (1 + (3.25 if rows.shape[1] >= _NARROW else 6.5)))


def _column(name: str, table: pd.DataFrame) -> Any:
    """Of a wide table the label stays in sight, at the left, wherever one has scrolled to.

    A long name is cut short there, and stands in full where one points at its column's head.
    """
    is_wide = table.shape[1] > _NARROW
    cut = is_wide and len(name) > _LONG
    return st.column_config.TextColumn(
        alignment="right",
        pinned=is_wide and name == table.columns[-1],
        width=_CUT if cut else None,
        help=markdown(name) if cut else None,
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
    changes = json.dumps(edits, default=str)
    of = (state.grid, state.first_row, changes, state.full_scale)
    if state.read is not None and state.read.of == of:
        return state.read
    table = before if edited is None else _whole(before, edited)
    new, typed, complete = without_values(before), None, frozenset[int]()
    roles = _roles_now(before, table, new)
    used = {n: c for n, c in zip(table.columns, roles.columns) if c.role != LEFT_OUT}
    if edited is not None:
        complete, typed = _typing(before, edited, used)
    table = table.reset_index(drop=True)
    row = None if edited is None or typed is None else _first(before) + len(edited) - 1
    aside = set_aside(table, used, row, [name for name in new if name in used])
    known = {"table": table, "roles": roles, "complete": complete, "typed": typed}
    try:
        data = _dataset(*_without(table, roles, aside))
    except TableError as error:
        good = state.read.data if state.read else state.opened
        return Read(of, data=good, fault=str(error), **known)
    state.learned = state.table
    return Read(of, data=data, unfinished=aside.said, rescaled=_rescaled(data), **known)


def _dataset(table: pd.DataFrame, roles: Roles) -> Dataset:
    return Dataset(table, label_scale=state.full_scale, roles=roles)


def _first(table: pd.DataFrame) -> int:
    """Which of a table's rows, from 0, the grid shows first."""
    return state.first_row - 1 if len(table) > ROWS_A_PAGE else 0


def _roles_now(before: pd.DataFrame, table: pd.DataFrame, new: list[str]) -> Roles:
    """The roles of the table as it is now; its rows keep their labels, and so their roles.

    new: columns that were put there without values, of which nothing is known until they have.
    """
    given = tables.roles()
    rows = {
        place: given.rows[label + 1]
        for place, label in enumerate(table.index, start=1)
        if label + 1 in given.rows and label in before.index
    }
    columns = tuple(
        proposed(table[name].tolist(), column.role) if name in new else column
        for name, column in zip(table.columns, given.columns)
    )
    return given.but(rows=rows, columns=columns)


def _without(table: pd.DataFrame, roles: Roles, aside: Aside) -> tuple[pd.DataFrame, Roles]:
    """Table and roles without what is set aside."""
    if aside.row is not None:
        table = table.copy()
        table.iloc[aside.row] = None
    columns = tuple(
        Column(LEFT_OUT) if name in aside.columns else column
        for name, column in zip(table.columns, roles.columns)
    )
    return table, roles.but(columns=columns)


def _typing(
    before: pd.DataFrame, edited: pd.DataFrame, used: dict[str, Column]
) -> tuple[frozenset, int | None]:
    """Which of the added rows ever had all inputs, and the last row, if it is added and never had.

    Both by their labels.
    """
    shown, last = _page(before).index, edited.index[-1] if len(edited) else None
    added = [label for label in edited.index if label not in shown]
    same = state.read is not None and state.read.of[0] == state.grid
    rows = enumerate(added, start=len(edited) - len(added))
    complete = {label for row, label in rows if is_complete(edited, used, row)}
    complete |= state.read.complete if same else frozenset()
    is_new = last in added or (same and last is not None and last == state.read.typed)
    return frozenset(complete), last if is_new and last not in complete else None


def opened(data: Dataset, draft: pd.DataFrame, roles: Roles) -> Read:
    """What the grid is to go by where a link holds a dataset and the table as it was typed.

    A last row that the dataset does without is still being typed.
    """
    last = len(draft) - 1
    is_typed = len(data.table) == len(draft) and data.table.iloc[last].isna().all()
    return Read(
        (state.grid, state.full_scale), draft, roles, data, typed=last if is_typed else None
    )


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
    """The table with the grid's page of it as it is now, and with the columns left out.

    Its rows have their labels still; those of rows that were added, none that was there before.
    """
    page = _page(before)
    left_out = page.drop(columns=edited.columns).reindex(edited.index)  # of an added row, blank
    left_out = left_out.astype(object).where(left_out.notna(), None)
    page = pd.concat([edited, left_out], axis=1)[list(before.columns)]
    if len(before) <= ROWS_A_PAGE:
        return page
    first = state.first_row - 1
    page.index = [  # of a page in the middle, the next labels are those of rows beyond it
        label if label in _page(before).index else len(before) + k
        for k, label in enumerate(page.index)
    ]
    return pd.concat([before.iloc[:first], page, before.iloc[first + ROWS_A_PAGE :]])
