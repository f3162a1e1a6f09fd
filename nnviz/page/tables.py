"""The tables: ours, and what a person brings as a file, a paste or a recipe."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import streamlit as st

from nnviz.engine.coding import NUMBERS, YES_NO
from nnviz.engine.dataset import Dataset
from nnviz.engine.reading import Ambiguous, read, read_table
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.roles import LEFT_OUT, Roles, is_prose, propose, why_left_out
from nnviz.engine.table import TableError, typed, visible
from nnviz.page.state import start_over, state

DATA = Path(__file__).parents[2] / "data"
_LONGEST_NAME = 60  # characters


@dataclass(frozen=True)
class Shipped:
    """A table of ours: its file, and what it teaches, in a sentence."""

    file: str
    teaches: str


SHIPPED = {
    "Exam scores": Shipped("exam_scores.csv", "The tutorial's three rows, and its question."),
    "Welch Labs": Shipped("welch_labs.csv", "The table that the tutorial's was made after."),
    "AND": Shipped("and.csv", "1 where both are 1: a straight line parts it from the zeros."),
    "XOR": Shipped(
        "xor.csv",
        "1 where one of the two is 1: no straight line parts these, but hidden neurons do.",
    ),
    "Stopping distances": Shipped(
        "stopping_distances.csv",
        "Cars of the 1920s, mph and feet. Equal speeds with different distances: nothing can "
        "learn each of them, only their mean.",
    ),
    "Iris": Shipped(
        "iris.csv",
        "Three species of iris by four lengths in cm. One stands apart, two overlap.",
    ),
    "Penguins": Shipped(
        "penguins.csv",
        "A penguin's mass in g by three lengths in mm: inputs and labels of any size are scaled.",
    ),
}


@dataclass(frozen=True)
class Asked:
    """A file or a paste of which only a person can tell what numbers are meant."""

    name: str
    content: bytes
    columns: tuple[Ambiguous, ...]


@st.cache_resource
def shipped(name: str) -> pd.DataFrame:
    """One of our own tables, as text; not to be written to."""
    return typed(read_table(DATA / SHIPPED[name].file))


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


def roles() -> Roles:
    """What the columns and rows are for of the table that is shown, as it was put there."""
    if state.table in state.roles:
        return state.roles[state.table]
    return _shipped_data(state.table).roles


def used(table: pd.DataFrame) -> list[str]:
    """The columns of the table that is shown that are not left out."""
    pairs = zip(table.columns, roles().columns)
    return [name for name, column in pairs if column.role != LEFT_OUT]


def put(name: str, table: pd.DataFrame, given: Roles | None = None) -> None:
    """Show a table, given as text, under a name; one of that name is replaced.

    given: its roles, which stay as they are whatever is typed; by default those proposed.
    """
    name = visible(name)[:_LONGEST_NAME] or "Table"
    given = propose(table) if given is None else given
    state.tables, state.roles = state.tables | {name: table}, state.roles | {name: given}
    if name in SHIPPED and given == _shipped_data(name).roles:
        del state.roles[name]
        if table.equals(shipped(name)):
            del state.tables[name]
    state.table, state.table_fault = name, None
    state.grid += 1


def give(given: Roles) -> None:
    """Give the table that is shown, as it is now, other roles."""
    put(state.table, state.read.table, given)


def settle() -> None:
    """What was edited becomes part of the table, and the grid starts afresh."""
    if state.read is not None:
        put(state.table, state.read.table, state.read.roles)


def is_as_shipped(read: pd.DataFrame, given: Roles) -> bool:
    """Whether nothing was changed in a table or its roles, or it is none of ours."""
    if state.table not in SHIPPED:
        return True
    return given == _shipped_data(state.table).roles and read.equals(shipped(state.table))


def reset() -> None:
    """One of our own tables, as it ships."""
    put(state.table, shipped(state.table))


def choose(name: str) -> None:
    """Show another table; what was edited in the present one stays with it."""
    if name not in names():
        return
    leave()
    state.update(table=name, table_fault=None, asked=None)
    state.grid += 1
    _begin(state.full_scales.get(name))


def leave() -> None:
    """What is the present table's own waits for it: what was edited, and the full scale."""
    settle()
    state.full_scales = state.full_scales | {state.table: state.full_scale}


def _begin(full_scale: float | None) -> None:
    """What belongs to a table has left with it: this one has a scale and an epoch of its own."""
    state.full_scale, state.first_row = full_scale, 1
    start_over()


def _proposed() -> list[str]:
    """A sentence on each column that is not simply taken for an input of numbers."""
    said, table = [], present()
    for name, given in zip(table.columns, roles().columns):
        if given.role == LEFT_OUT:
            said.append(f"{name} is left out: it {why_left_out(name, table[name].tolist())}.")
        elif given.kind != NUMBERS:
            what = "yes or no" if given.kind == YES_NO else f"one of {table[name].nunique()} texts"
            said.append(f"{name} is taken as {what}.")
    return [*said, "This can be changed in Columns, below the table."] if said else []


def take(name: str, content: bytes, decimal: str | None = None) -> Recipe | None:
    """A file or a paste: a recipe is returned, a table is shown.

    A fault is kept, to be said, and so is what has to be asked; then nothing else changes.
    decimal: the decimal mark, if the person was asked.
    """
    state.table_fault = state.asked = None
    try:
        if _is_recipe(name, content):
            return Recipe.from_json(content.decode("utf-8-sig"))
        reading = read(content, decimal)
        if reading.ambiguous:
            state.asked = Asked(name, content, reading.ambiguous)
            return None
        if is_prose(reading.table):
            raise TableError(
                "This seems to be a text, not a table: no cell of it is a number, and nothing "
                "stands twice in a column."
            )
        leave()
        put(name, typed(reading.table))
        _begin(None)
        state.notes = state.notes | {name: (*reading.notes, *_proposed())}
    except UnicodeDecodeError:
        state.table_fault = "This is no recipe: it is not UTF-8 text."
    except (TableError, RecipeError) as fault:
        state.table_fault = str(fault)
    return None


def _is_recipe(name: str, content: bytes) -> bool:
    """By its name, or by how `Recipe.to_json` begins."""
    return name.lower().endswith(".json") or content.lstrip()[:9] == b'{"nnviz":'
