"""The page's address holds all that is on the screen: a reload, Back and a sent link restore it.

``?run=…&ask=4,8&epoch=37&view=weight``: the recipe, packed; the question; and by name what is
looked at, each only where it is not what the page shows by itself. Streamlit writes it, so
that its own idea of the address stays right; link.js decides what becomes an entry in the
browser's history.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from nnviz.dissection import NUDGES
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.table import MAX_MAGNITUDE, TableError, typed
from nnviz.page import ask, grid, settings, tables
from nnviz.page.state import (
    ALL_ROWS,
    FIRST_RECORDING,
    LONGEST_RECORDING,
    SETTINGS,
    THE_QUESTION,
    VIEW,
    recording_to,
    send_to,
    state,
)

LONGEST = 6_000  # characters that we write; proxies refuse addresses of 8,000
_LONGEST_READ = 60_000  # that we look at
_MOST_CELLS = 20_000  # a table with more of them is not even tried
_MOST_UNPACKED = 2_000_000  # bytes
VIEWS = {"walk": "Walk", "weight": "One weight", "slope": "σ and its slope", "hand": "By hand"}
_FOLLOWED = {"question": THE_QUESTION, "all": ALL_ROWS}  # in the walk, beside the rows by number
_REFUSED = "The link can't be followed: {} This is the page as it begins."
FIRST_TABLE = next(iter(tables.SHIPPED))
PARTS = ("table", "ask", "settings", "network", "loss", "prediction", "tabs")

# The packing has a version of its own, as another dictionary would be another packing.
_PACKING = "1"
_DICTIONARY = (
    b'"columns":["study","sleep","score"],"rows":[[2,9,92],[1,5,86],[3,6,89],[4,8,null]],'
    b'"hidden":[3,3,3],"seed":0,"learning_rate":1,"label_scale":null,"labels":1,'
    b'"update":"gradient descent"}{"nnviz":1,"columns":["'
)


# --- What stands in the address by name -------------------------------------------------------


@dataclass(frozen=True)
class Param:
    """A value of the session in the address.

    name: in the address; key: in the session's state.
    read: its text as the value; raises ValueError if it can't be. write: the reverse.
    """

    name: str
    key: str
    read: Callable[[str], Any]
    write: Callable[[Any], str] = str


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and least <= int(text[:12]) <= most):
            raise ValueError
        return int(text)

    return read


def _counted(places: int, from_0: tuple[int, ...]) -> tuple[Callable, Callable]:
    """Numbers that a person counts from 1, with dots between; some are kept from 0."""

    def read(text: str) -> tuple[int, ...]:
        numbers = [_whole(1, 9999)(part) for part in text.split(".")]
        if len(numbers) != places:
            raise ValueError
        return tuple(n - (k in from_0) for k, n in enumerate(numbers))

    def write(value: tuple[int, ...]) -> str:
        return ".".join(str(n + (k in from_0)) for k, n in enumerate(value))

    return read, write


def _flag(text: str) -> bool:
    if text != "on":
        raise ValueError
    return True


def _view(text: str) -> str:
    if text not in VIEWS:
        raise ValueError
    return VIEWS[text]


def _one(text: str) -> int:
    return _whole(1, 10_000)(text) - 1


def _followed(text: str) -> int:
    return _FOLLOWED[text] if text in _FOLLOWED else _one(text)


def _write_followed(row: int) -> str:
    return next((text for text, known in _FOLLOWED.items() if known == row), str(row + 1))


def _nudge(text: str) -> float:
    if (by := float(text[:12])) not in NUDGES:
        raise ValueError
    return by


PARAMS = (
    Param("epoch", "epoch", _whole(0, LONGEST_RECORDING)),
    Param("log", "logarithmic", _flag, lambda on: "on"),
    Param("view", "view", _view, lambda view: next(k for k, v in VIEWS.items() if v == view)),
    Param("step", "walk_step", _whole(1, 99)),
    Param("row", "row", _followed, _write_followed),
    Param("light", "on_network", _flag, lambda on: "on"),
    Param("synapse", "synapse", *_counted(3, from_0=(1, 2))),
    Param("nudge", "nudge", _nudge),
    Param("neuron", "neuron", *_counted(2, from_0=(1,))),
    Param("slope-row", "slope_row", _one, lambda row: str(row + 1)),
)


# --- Packing ----------------------------------------------------------------------------------


def pack(text: str) -> str:
    """Text made short, of letters that an address may hold; a cut or a slip in it is found."""
    packer = zlib.compressobj(9, zdict=_DICTIONARY)
    content = packer.compress(text.encode()) + packer.flush()
    return _PACKING + base64.urlsafe_b64encode(content).decode().rstrip("=")


def unpack(packed: str) -> str:
    """The text again. Raises RecipeError if it is damaged or by a newer version."""
    if not packed.startswith(_PACKING):
        raise RecipeError("it was made by a newer version of this page, or is damaged.")
    try:
        content = base64.b64decode(packed[1:] + "=" * (-(len(packed) - 1) % 4), b"-_", True)
        unpacker = zlib.decompressobj(zdict=_DICTIONARY)
        text = unpacker.decompress(content, _MOST_UNPACKED).decode()
    except (binascii.Error, zlib.error, ValueError) as error:
        raise RecipeError("it is damaged, or a part of it is missing.") from error
    if not unpacker.eof or unpacker.unused_data:
        raise RecipeError("it is damaged, or a part of it is missing.")
    return text


# --- From the address to the state ------------------------------------------------------------


def follow(begins: bool) -> None:
    """Restore what the address says, if the session begins or the person went back or forward.

    What was wrong with it stands until the next change.
    """
    if begins or _went_back():
        restore(st.query_params.to_dict())
        if begins:  # a token that the player obeys once: where the server was started again
            state.go = ("begin", state.epoch)  # beneath a film, that plays on
    else:
        state.notice = None


def _went_back() -> bool:
    """Whether the browser's history was gone through: Streamlit runs the script, and says so."""
    return getattr(get_script_run_ctx(), "is_history_navigation", False)


def restore(query: Mapping[str, str]) -> None:
    """Set the whole page as the address says; what can't be followed is said, and left out."""
    state.update(VIEW)
    state.update(recorded=FIRST_RECORDING, recorded_of=None)
    state.update(hide=_hidden(query), large=query.get("size") == "large", notice=None)
    if sum(map(len, query.values())) > _LONGEST_READ:
        query, state.notice = (
            {},
            "The link can't be followed: it is too long. This is the page as it begins.",
        )
    try:
        recipe = Recipe.from_json(unpack(query["run"])) if "run" in query else None
        _open(recipe, query.get("table", ""), query.get("draft"), query.get("without"))
        _look_at(query)
    except (RecipeError, TableError) as fault:
        state.notice = _REFUSED.format(fault)
        _open(None)
    send_to(state.epoch)


def _open(
    recipe: Recipe | None, name: str = "", draft: str | None = None, without: str | None = None
) -> None:
    """The table and the settings of a recipe, by default those the page begins with.

    draft: the table as it stood in the grid, if it had a fault or columns that were left out.
    without: where the latter stand in it, from 1.
    """
    state.left_out = {}
    if recipe is None:
        state.update(SETTINGS)
        recipe = _first_recipe()
    else:
        settings.put(recipe)
    tables.put(name[:60] or tables.ours(recipe.data) or "From a link", typed(recipe.data.table))
    state.read, state.opened, state.first_row = None, recipe.data, 1
    if draft is not None:
        tables.put(state.table, _table_of(unpack(draft)))
        tables.leave_out(_left_out(tables.present(), without or ""))
        state.read = grid.opened(recipe.data, tables.present())


def open_recipe(recipe: Recipe, name: str) -> None:
    """Show a recipe that came as a file, on the page as it stands. Raises RecipeError."""
    _open(recipe, name)


def _look_at(query: Mapping[str, str]) -> None:
    """The question, the epoch, and what else is looked at."""
    unread = []
    for param in PARAMS:
        if param.name in query:
            try:
                state[param.key] = param.read(query[param.name])
            except ValueError:
                unread.append(param.name)
    for name, read in (("ask", _ask), ("of", _record), ("scale", _scale)):
        if name in query:
            try:
                read(query[name])
            except ValueError:
                unread.append(name)
    if unread:
        said = ", ".join(f"“{name}”" for name in unread)
        state.notice = f"This part of the link can't be followed: {said}."


def _ask(text: str) -> None:
    data = state.opened
    asked = tuple(float(part) for part in text.split(","))
    if len(asked) != len(data.input_names) or not all(abs(v) <= MAX_MAGNITUDE for v in asked):
        raise ValueError
    ask.put(data, asked)


def _scale(text: str) -> None:
    if not 0 <= float(text) <= MAX_MAGNITUDE:
        raise ValueError
    state.full_scale = float(text)


def _record(text: str) -> None:
    state.recorded = recording_to(_whole(0, LONGEST_RECORDING)(text))


def _hidden(query: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(part for part in PARTS if part in query.get("hide", "").split(","))


def _table_of(text: str) -> pd.DataFrame:
    """A table as text, from what `_draft` packed. Raises RecipeError if it is none."""
    try:
        columns, rows = json.loads(text)
        table = pd.DataFrame(rows, columns=columns, dtype=object)
    except (ValueError, TypeError) as error:
        raise RecipeError("it is damaged.") from error
    cells = [*table.columns, *table.to_numpy().ravel()]
    if table.shape[1] < 2 or not all(cell is None or isinstance(cell, str) for cell in cells):
        raise RecipeError("it is damaged.")
    return table


def _left_out(table: pd.DataFrame, text: str) -> list[str]:
    """The columns at the places that `_query` wrote. Raises RecipeError if they can't be."""
    try:
        places = [_whole(1, table.shape[1])(part) - 1 for part in text.split(".") if text]
    except ValueError as error:
        raise RecipeError("it is damaged.") from error
    return [table.columns[place] for place in places]


# --- From the state to the address ------------------------------------------------------------


def write(recipe: Recipe) -> None:
    """Have the address say what is on the screen. At rest only: it is not told of each frame."""
    query = _query(recipe)
    if query != st.query_params.to_dict():
        st.query_params.from_dict(query)


def fits(recipe: Recipe) -> bool:
    """Whether the table is small enough for a link."""
    return _packed(recipe) is not None


def _query(recipe: Recipe) -> dict[str, str]:
    shown = {"hide": ",".join(state.hide), "size": "large" if state.large else ""}
    shown = {name: value for name, value in shown.items() if value}
    if not fits(recipe):
        return shown  # half of it would open something else
    query = {}
    if packed := _packed(recipe):
        query["run"] = packed
        if tables.ours(recipe.data) != state.table:
            query["table"] = state.table
    if state.read.is_draft:
        query |= {"draft": _draft(state.read.table)} | _without(state.read.table)
    if state.full_scale != recipe.label_scale:  # as it has a fault
        query["scale"] = repr(state.full_scale)
    if not ask.is_default(recipe.data, state.question):
        query["ask"] = ",".join(_short(value) for value in state.question)
    for param in PARAMS:
        if state[param.key] != VIEW[param.key]:
            query[param.name] = param.write(state[param.key])
    if state.recorded != recording_to(state.epoch):
        query["of"] = str(state.recorded)
    return query | shown


def _packed(recipe: Recipe) -> str | None:
    """The recipe's part of the address: empty for what the page begins with, None if too long."""
    key, packed = state.packed
    if key != recipe.key:
        packed = _pack(recipe)
        state.packed = recipe.key, packed
    return packed


@st.cache_resource
def _first_recipe() -> Recipe:
    """What the page begins with."""
    return Recipe(tables.shipped(FIRST_TABLE))


def _pack(recipe: Recipe) -> str | None:
    if recipe == _first_recipe():
        return ""
    if recipe.data.table.size > _MOST_CELLS:
        return None
    packed = pack(recipe.to_json())
    return packed if len(packed) <= LONGEST else None


def _draft(table: pd.DataFrame) -> str:
    cells = table.astype(object).where(table.notna(), None).to_numpy().tolist()
    return pack(json.dumps([list(table.columns), cells]))


def _without(table: pd.DataFrame) -> dict[str, str]:
    """Where the columns stand that are left out, from 1."""
    used = tables.used(table)
    places = [str(k) for k, name in enumerate(table.columns, start=1) if name not in used]
    return {"without": ".".join(places)} if places else {}


def _short(value: float) -> str:
    return str(int(value)) if value.is_integer() and not math.isinf(value) else repr(value)
