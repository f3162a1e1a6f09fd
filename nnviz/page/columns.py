"""The window in which a table's columns are named and given their roles, and its rows theirs."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd
import streamlit as st

from nnviz.engine.coding import CATEGORIES, NUMBERS, YES_NO
from nnviz.engine.dataset import Dataset
from nnviz.engine.roles import (
    BLANKS,
    HELD_OUT,
    INPUT,
    LABEL,
    LEAVE_OUT,
    LEFT_OUT,
    MEAN,
    QUESTION,
    REFUSE,
    Column,
    Roles,
    scaling_for,
    why_left_out,
)
from nnviz.engine.scaling import INPUT_SCALINGS, LABEL_SCALINGS, LARGEST
from nnviz.engine.table import TableError, check_names, check_size, column_name
from nnviz.page import ask, tables
from nnviz.page.state import state
from nnviz.writing import markdown

# How a recipe's words for roles and kinds read in the window.
ROLES_SAID = {INPUT: "input", LABEL: "predicted", LEFT_OUT: "left out"}
KINDS_SAID = {NUMBERS: "numbers", YES_NO: "yes or no", CATEGORIES: "categories"}
_NO_SCALING = ""  # of a column whose values are not numbers, or that is left out
SCALINGS_SAID = {
    "largest": "÷ largest value",
    "full scale": "÷ full scale",
    "range": "smallest to largest",
    "standard": "mean 0, deviation 1",
    "none": "as it is",
    _NO_SCALING: "—",
}
BLANKS_SAID = {
    REFUSE: "is a fault",
    LEAVE_OUT: "is left out with its row",
    MEAN: "is filled with its column's mean",
}
EDITOR = "columns-editor-"  # how the key of its grid begins
_ROWS = {QUESTION: "Rows to ask, not to learn from", HELD_OUT: "Rows to hold out, for testing"}


def opened() -> None:
    """Another grid each time: the browser tells an edit late, maybe when the window is closed."""
    state.windows += not state.naming
    state.naming = True


def editor() -> str:
    """The key of the window's grid."""
    return f"{EDITOR}{state.windows}"


def _closed() -> None:
    state.naming = False


@st.dialog("Columns and rows", width="large", on_dismiss=_closed)
def dialog(table: pd.DataFrame, roles: Roles) -> None:
    """Nothing changes before Apply, which is one step for Back.

    To be drawn in each run of the page from `opened` on, or whatever runs the page closes the
    window. One that is closed is drawn no more, and so forgets what was typed.
    """
    st.caption(
        "The network learns to predict from the inputs. Of categories, each has a neuron of its "
        "own. A column that is left out keeps its values."
    )
    edited: pd.DataFrame = st.data_editor(
        lines_of(table, roles),
        key=editor(),
        hide_index=True,
        width="stretch",
        num_rows="add",
        alt="Columns",
        column_config={
            "name": st.column_config.TextColumn("Name", required=True, max_chars=60),
            "role": _options("Used as", ROLES_SAID, INPUT),
            "kind": _options("Holds", KINDS_SAID, NUMBERS),
            "scaling": _options("Scaled", SCALINGS_SAID, LARGEST.name),
            "note": st.column_config.TextColumn("", disabled=True, default=""),
        },
    )
    rows = {}
    with st.container(horizontal=True):
        for role, label in _ROWS.items():
            text = _ranges([number for number, given in roles.rows.items() if given == role])
            key = f"{editor()}-{role}"
            rows[role] = st.text_input(label, text, 200, key, placeholder="such as 4, 10–12")
    blanks = st.selectbox(
        "A blank input",
        BLANKS,
        BLANKS.index(roles.blanks),
        format_func=BLANKS_SAID.__getitem__,
    )
    applies = st.button("Apply", type="primary")
    try:
        new = changed(table, roles, _records(edited), rows, blanks)
    except TableError as fault:  # said at once, and as long as it is there
        st.error(markdown(str(fault)).replace("\n", "  \n"))
    else:
        if applies:
            _apply(*new)
            _closed()
            st.rerun()


def _options(label: str, said: dict[str, str], default: str):
    """default: of a column that is added; the browser keeps back a line that lacks a choice."""
    return st.column_config.SelectboxColumn(
        label,
        options=list(said),
        format_func=lambda key: said[str(key)],
        required=True,
        default=default,
    )


def lines_of(table: pd.DataFrame, roles: Roles) -> pd.DataFrame:
    """The lines of the window's grid, one for each column of the table."""
    lines = []
    for j, (name, column) in enumerate(zip(table.columns, roles.columns)):
        left_out = column.role == LEFT_OUT
        why = why_left_out(name, table.iloc[:, j].tolist()) if left_out else ""
        is_scaled = column.kind == NUMBERS and not left_out
        scaling = column.scaling if is_scaled else _NO_SCALING
        lines.append([name, column.role, column.kind, scaling, why])
    return pd.DataFrame(lines, columns=["name", "role", "kind", "scaling", "note"])


def _records(lines: pd.DataFrame) -> list[dict]:
    """The lines, what was not filled in being None."""
    return lines.astype(object).where(lines.notna(), None).to_dict("records")


def changed(
    table: pd.DataFrame,
    roles: Roles,
    lines: Sequence[dict],
    rows: dict[str, str],
    blanks: str,
) -> tuple[pd.DataFrame, Roles]:
    """The table with other names and new columns, and its roles.

    lines: of the window's grid, one for each column, then those that were added. rows: by role,
    what was typed of the rows' numbers.

    Raises TableError for names that can't be, if too few columns are left, and for rows that
    aren't there.
    """
    if len(lines) < table.shape[1]:
        raise TableError("A column can't be deleted here. Leave it out: it keeps its values.")
    names = [column_name(line["name"]) for line in lines]
    check_names(names)
    check_size(len(table), len(names))
    new = pd.DataFrame(None, table.index, range(len(names) - table.shape[1]), dtype=object)
    table = pd.concat([table, new], axis=1).set_axis(names, axis=1)
    columns = tuple(
        _column(line, table.iloc[:, j].tolist(), roles.columns[j : j + 1])
        for j, line in enumerate(lines)
    )
    used = [column.role for column in columns if column.role != LEFT_OUT]
    if LABEL not in used or INPUT not in used:
        raise TableError("There must be a column that is an input, and one that is predicted.")
    numbers = {n: role for role, text in rows.items() for n in _numbers(text, len(table))}
    order = _order(len(roles.columns), len(lines))
    return table.iloc[:, order], Roles(tuple(columns[j] for j in order), numbers, blanks)


def _order(before: int, now: int) -> list[int]:
    """New columns stand before the one that was the last, which is mostly what is predicted."""
    return [*range(before - 1), *range(before, now), before - 1]


def _column(line: dict, cells: list, before: Sequence[Column]) -> Column:
    """A column as its line says; what does not go together is as it is proposed.

    before: the column as it was; nothing if it is new.
    """
    role, kind = line["role"] or INPUT, line["kind"] or NUMBERS
    if role == LEFT_OUT:
        return Column(role)
    offered = LABEL_SCALINGS if role == LABEL else INPUT_SCALINGS
    if kind != NUMBERS:
        return Column(role, kind, "full scale" if role == LABEL else "none")
    has_changed = any((column.role, column.kind) != (role, kind) for column in before)
    if has_changed or line["scaling"] not in offered:
        return Column(role, kind, scaling_for(cells, role))
    return Column(role, kind, line["scaling"])


def _numbers(text: str, rows: int) -> list[int]:
    """The rows that a person names: ``4, 10–12``. Raises TableError if one isn't there."""
    numbers: list[int] = []
    for part in filter(None, re.split(r"[,;\s]+", re.sub(r"\s*[-–]\s*", "-", text.strip()))):
        first, dash, last = part.partition("-")
        if not (first.isascii() and first.isdigit() and (not dash or last.isdigit())):
            raise TableError(f"“{part[:20]}” is no row. Write rows as 4, 10–12.")
        start, stop = int(first[:6]), int((last or first)[:6])
        if not 1 <= start <= stop <= rows:
            raise TableError(f"There is no row {part[:20]}; the table has {rows:,}.")
        numbers += range(start, stop + 1)
    return numbers


def _ranges(numbers: Sequence[int]) -> str:
    """The reverse."""
    parts: list[list[int]] = []
    for number in sorted(numbers):
        if parts and parts[-1][1] == number - 1:
            parts[-1][1] = number
        else:
            parts.append([number, number])
    return ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in parts)


def _apply(table: pd.DataFrame, roles: Roles) -> None:
    asked = state.question
    tables.put(state.table, table, roles)
    _ask_the_same(table, roles, asked)


def _ask_the_same(table: pd.DataFrame, roles: Roles, asked: tuple[float, ...]) -> None:
    """The question stays where the inputs have other names alone."""
    try:
        data = Dataset(table, label_scale=state.full_scale, roles=roles)
    except TableError:
        return
    if len(data.input_names) == len(asked):
        ask.put(data, asked)
