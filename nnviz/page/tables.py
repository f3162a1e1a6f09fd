"""The tables: ours, and what a person brings as a file, a paste or a recipe."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import streamlit as st

from nnviz.engine.dataset import Dataset
from nnviz.engine.reading import read_table
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.table import TableError, typed
from nnviz.page.state import state

SHIPPED = {"Exam scores": "exam_scores.csv", "Welch Labs": "welch_labs.csv"}
DATA = Path(__file__).parents[2] / "data"


@st.cache_resource
def shipped(name: str) -> pd.DataFrame:
    """One of our own tables, as text; not to be written to."""
    return typed(read_table(DATA / SHIPPED[name]))


@st.cache_resource
def _shipped_data(name: str) -> Dataset:
    return Dataset(shipped(name))


def ours(data: Dataset) -> str | None:
    """The name of our own table that holds just these numbers, if there is one."""
    same = (name for name in SHIPPED if _shipped_data(name).table.equals(data.table))
    return next(same, None)


def names() -> list[str]:
    """All tables there are to choose from."""
    return [*SHIPPED, *(name for name in state.tables if name not in SHIPPED)]


def present() -> pd.DataFrame:
    """The table that is shown, as text, without what was edited since it was put there."""
    return state.tables[state.table] if state.table in state.tables else shipped(state.table)


def used(table: pd.DataFrame) -> list[str]:
    """The columns of the table that is shown that are not left out."""
    out = state.left_out.get(state.table, ())
    return [name for name in table.columns if name not in out]


def put(name: str, table: pd.DataFrame) -> None:
    """Show a table, given as text, under a name; one of that name is replaced."""
    state.tables[name] = table
    if name in SHIPPED and table.equals(shipped(name)):
        del state.tables[name]
    state.table, state.table_fault = name, None
    state.grid += 1


def settle() -> None:
    """What was edited becomes part of the table, and the grid starts afresh."""
    if state.read is not None:
        put(state.table, state.read.table)


def is_as_shipped(table: pd.DataFrame) -> bool:
    """Whether nothing was changed in a table, or it is none of ours."""
    if state.table not in SHIPPED:
        return True
    return not state.left_out.get(state.table) and table.equals(shipped(state.table))


def reset() -> None:
    """One of our own tables, as it ships."""
    leave_out(())
    put(state.table, shipped(state.table))


def leave_out(names: Iterable[str]) -> None:
    """Of the table that is shown, the columns that are not used."""
    state.left_out = state.left_out | {state.table: tuple(names)}


def choose(name: str) -> None:
    """Show another table; what was edited in the present one stays with it."""
    if name not in names():
        return
    settle()
    state.table, state.first_row = name, 1
    state.grid += 1


def take(name: str, content: bytes) -> Recipe | None:
    """A file or a paste: a recipe is returned, a table is shown; a fault is kept, to be said."""
    try:
        if name.lower().endswith(".json"):
            state.table_fault = None
            return Recipe.from_json(content.decode("utf-8-sig"))
        table = typed(read_table(content))
        settle()
        put(name, table)
        leave_out(())
        state.first_row = 1
    except UnicodeDecodeError:
        state.table_fault = "This is no recipe: it is not UTF-8 text."
    except (TableError, RecipeError) as fault:
        state.table_fault = str(fault)
    return None
