"""The page's address holds all that is on the screen: a reload, Back and a sent link restore it.

``?run=…&ask=4,8&epoch=37&view=weight``: the recipe, packed; the question; and by name what is
looked at, each only where it is not what the page shows by itself. Streamlit writes it, so
that its own idea of the address stays right; link.js decides what becomes an entry in the
browser's history.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from nnviz.dissection import NUDGES
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.roles import Roles, propose
from nnviz.engine.table import TableError, are_within, check_size, column_name, typed, visible
from nnviz.lessons import MISSIONS, STATIONS
from nnviz.page import ask, grid, settings, tables
from nnviz.page.packing import pack, unpack
from nnviz.page.state import (
    ALL_ROWS,
    FIRST_RECORDING,
    LEARNED,
    LONGEST_RECORDING,
    MOST_PINS,
    SETTINGS,
    THE_QUESTION,
    VIEW,
    recording_to,
    send_to,
    start_over,
    state,
)

LONGEST = 6_000  # characters that we write; proxies refuse addresses of 8,000
_LONGEST_READ = 60_000  # that we look at
_MOST_CELLS = 20_000  # a table with more of them is not even tried
VIEWS = {"walk": "Walk", "weight": "One weight", "slope": "σ and its slope", "hand": "By hand"}
_BY_ITSELF = "auto"  # the full scale, where none is given
LEARNED_VIEWS = {
    "map": "The map",
    "sure": "How sure is it?",
    "unseen": "Left out in turn",
    "compare": "Compare",
    "road": "The road downhill",
}
STARTS = (200, 500, 1000)
_FOLLOWED = {"question": THE_QUESTION, "all": ALL_ROWS}  # in the walk, beside the rows by number
_REFUSED = "The link can't be followed: {} This is the page as it begins."
FIRST_TABLE = next(iter(tables.SHIPPED))
STATIONS_AT_MOST = len(STATIONS) + len(MISSIONS)
IN_LESSON = ("lesson", "done")
PARTS = ("table", "ask", "settings", "network", "loss", "prediction", "tabs")


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


def _named(values: Mapping[str, Any]) -> tuple[Callable, Callable]:
    """Values that have a name of their own in the address."""

    def read(text: str) -> Any:
        if text not in values:
            raise ValueError
        return values[text]

    def write(value: Any) -> str:
        # While a control is changed it has, for a moment, no value at all.
        return next((name for name, known in values.items() if known == value), "")

    return read, write


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


def _read_pins(text: str) -> tuple[Recipe, ...]:
    recipes = json.loads(unpack(text))
    if not isinstance(recipes, list) or not all(isinstance(recipe, str) for recipe in recipes):
        raise ValueError
    return tuple(map(Recipe.from_json, recipes[:MOST_PINS]))


def _write_pins(pins: tuple[Recipe, ...]) -> str:
    """Together, as pins of one table are alike but for a setting."""
    return pack(json.dumps([pin.to_json() for pin in pins], ensure_ascii=False))


PARAMS = (
    Param("epoch", "epoch", _whole(0, LONGEST_RECORDING)),
    Param("label", "label", _one, lambda label: str(label + 1)),
    Param("class", "label_class", _one, lambda place: str(place + 1)),
    Param("log", "logarithmic", _flag, lambda on: "on"),
    Param("view", "view", *_named(VIEWS)),
    Param("step", "walk_step", _whole(1, 99)),
    Param("row", "row", _followed, _write_followed),
    Param("light", "on_network", _flag, lambda on: "on"),
    Param("check", "checking", _flag, lambda on: "on"),
    Param("synapse", "synapse", *_counted(3, from_0=(1, 2))),
    Param("nudge", "nudge", _nudge),
    Param("neuron", "neuron", *_counted(2, from_0=(1,))),
    Param("tab", "tab", *_named({"learned": LEARNED})),
    Param("learned", "learned_view", *_named(LEARNED_VIEWS)),
    Param("across", "across", _one, lambda j: str(j + 1)),
    Param("up", "up", _one, lambda j: str(j + 1)),
    Param("starts", "starts", *_named({str(count): count for count in STARTS})),
    Param("pins", "pins", _read_pins, _write_pins),
    Param("slope-row", "slope_row", _one, lambda row: str(row + 1)),
)


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
    own = state.own_work  # which no address holds whole, if its table is too large
    is_kept = own is not None and "lesson" in query and without_lesson(query) == own.query
    state.update(station=0, on_own=False, own_work=None, kept_work=own if is_kept else None)
    state.update(hide=_hidden(query), large=query.get("size") == "large", notice=None)
    if sum(map(len, query.values())) > _LONGEST_READ:
        query, state.notice = (
            {},
            "The link can't be followed: it is too long. This is the page as it begins.",
        )
    try:
        recipe = Recipe.from_json(unpack(query["run"])) if "run" in query else None
        _open(recipe, query.get("table", ""), query.get("draft"))
        _look_at(query)
    except (RecipeError, TableError) as fault:
        state.notice = _REFUSED.format(fault)
        _open(None)
    send_to(state.epoch)


def _open(recipe: Recipe | None, name: str = "", draft: str | None = None) -> None:
    """The table and the settings of a recipe, by default those the page begins with.

    draft: the table as it stood in the grid, if it was not fit to learn from.
    """
    if recipe is None:
        state.update(SETTINGS)
        recipe = first_recipe()
    else:
        settings.put(recipe)
    name, data = visible(name) or tables.ours(recipe.data) or "From a link", recipe.data
    tables.put(name, typed(data.table), data.roles)
    state.read, state.opened, state.first_row = None, recipe.data, 1
    state.learned = state.table
    if draft is not None:
        tables.put(state.table, *_table_of(unpack(draft)))
        state.read = grid.opened(recipe.data, tables.present(), tables.roles())


def show_recipe(recipe: Recipe, name: str) -> None:
    """Have the page show a recipe, its table anew only if it is another. Raises RecipeError."""
    read = state.read
    same = read is not None and not read.is_draft and state.table == name
    if same and read.roles == recipe.roles and read.data.table.equals(recipe.data.table):
        settings.put(recipe)
    else:
        _open(recipe, name)


def open_recipe(recipe: Recipe, name: str) -> None:
    """Show a recipe that came as a file, on the page as it stands. Raises RecipeError."""
    tables.leave()
    _open(recipe, name)
    start_over()


def _look_at(query: Mapping[str, str]) -> None:
    """The question, the epoch, and what else is looked at."""
    ask.put(state.opened)
    unread = [name for name, known in _looks(query).items() if not known]
    for param in PARAMS:
        if param.name in query:
            try:
                state[param.key] = param.read(query[param.name])
            except ValueError:
                unread.append(param.name)
    for name, read in (
        ("ask", _ask),
        ("of", _record),
        ("scale", _scale),
        ("lesson", _enter),
        ("done", _done),
    ):
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
    if len(asked) != len(data.input_names) or not are_within(asked):
        raise ValueError
    ask.put(data, asked)


def _scale(text: str) -> None:
    """A full scale that was typed and has a fault, or is no more given."""
    if text != _BY_ITSELF and not 0 <= float(text) < math.inf:
        raise ValueError
    state.full_scale = None if text == _BY_ITSELF else float(text)


def _record(text: str) -> None:
    state.recorded = _whole(0, LONGEST_RECORDING)(text)  # any number, as one may stop there


def _enter(text: str) -> None:
    state.station = _whole(1, STATIONS_AT_MOST)(text)


def _done(text: str) -> None:
    state.done |= {_whole(1, STATIONS_AT_MOST)(part) for part in text.split(".")}


def _looks(query: Mapping[str, str]) -> dict[str, bool]:
    """Whether there are such parts to hide, and such a size."""
    hidden = query.get("hide", "")
    return {
        "hide": not hidden or set(hidden.split(",")) <= set(PARTS),
        "size": query.get("size", "large") == "large",
    }


def _hidden(query: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(part for part in PARTS if part in query.get("hide", "").split(","))


def _table_of(text: str) -> tuple[pd.DataFrame, Roles]:
    """A table as text and its roles, as `_draft` packed them. Raises RecipeError if it is none.

    Raises TableError if it is larger than one may be.
    """
    try:
        columns, rows, *given = json.loads(text)
        check_size(len(rows), len(columns))
        json.dumps(rows, ensure_ascii=False).encode()  # half a letter is in no table
        names = [column_name(name) for name in columns]
        table = pd.DataFrame(list(rows), columns=names, dtype=object)
        roles = Roles.from_dict(given[0]) if given else propose(table)
    except TableError:
        raise
    except (ValueError, TypeError) as error:
        raise RecipeError("it is damaged.") from error
    cells = [*table.columns, *table.to_numpy().ravel()]
    if not all(cell is None or isinstance(cell, str) for cell in cells):
        raise RecipeError("it is damaged.")
    if len(roles.columns) != table.shape[1]:
        raise RecipeError("it is damaged.")
    return table, roles


# --- From the state to the address ------------------------------------------------------------


def write(recipe: Recipe) -> None:
    """Have the address say what is on the screen. At rest only: it is not told of each frame."""
    query = _query(recipe)
    if query != st.query_params.to_dict():
        st.query_params.from_dict(query)


def fits(recipe: Recipe) -> bool:
    """Whether the table, as it stands in the grid, is small enough for a link."""
    return _tables(recipe) is not None


def without_lesson(query: Mapping[str, str]) -> dict[str, str]:
    """What an address says of the page, but for the lesson."""
    return {name: text for name, text in query.items() if name not in IN_LESSON}


def _query(recipe: Recipe) -> dict[str, str]:
    done = {"done": ".".join(map(str, sorted(state.done)))} if state.done else {}
    if state.station:  # the page is the station's; what one comes back to is one's own work
        return state.own_work.query | {"lesson": str(state.station)} | done
    shown = {"hide": ",".join(state.hide), "size": "large" if state.large else ""}
    shown = {name: value for name, value in shown.items() if value}
    query = _tables(recipe)
    if query is None:
        return shown  # half of it would open something else
    if state.full_scale != recipe.label_scale:  # as it has a fault
        query["scale"] = _BY_ITSELF if state.full_scale is None else repr(state.full_scale)
    if not ask.is_default(recipe.data, state.question):
        query["ask"] = ",".join(_short(value) for value in state.question)
    for param in PARAMS:
        if state[param.key] != VIEW[param.key] and (param.key != "pins" or pins_fit(recipe)):
            query[param.name] = param.write(state[param.key])
    query = {name: text for name, text in query.items() if text}
    if state.recorded != recording_to(state.epoch):
        query["of"] = str(state.recorded)
    return query | shown | done


def pins_fit(recipe: Recipe) -> bool:
    """Whether what is pinned has room in the address, beside the recipe that is shown."""
    if sum(pin.data.table.size for pin in state.pins) > _MOST_CELLS:
        return False
    rest = _tables(recipe) or {}
    return sum(map(len, rest.values())) + len(_write_pins(state.pins)) <= LONGEST


def _tables(recipe: Recipe) -> dict[str, str] | None:
    """The recipe and, where it is another, the table as it was typed; None if that is too long."""
    packed = _packed(recipe)
    if packed is None:
        return None
    query = {}
    if packed:
        query["run"] = packed
        if tables.ours(recipe.data) != state.table:
            query["table"] = state.table
    if state.read.is_draft:
        if state.read.table.size > _MOST_CELLS:
            return None
        query["draft"] = _draft(state.read.table, state.read.roles)
    return query if sum(map(len, query.values())) <= LONGEST else None


def _packed(recipe: Recipe) -> str | None:
    """The recipe's part of the address: empty for what the page begins with, None if too long."""
    key, packed = state.packed
    if key != recipe.key:
        packed = _pack(recipe)
        state.packed = recipe.key, packed
    return packed


@st.cache_resource
def first_recipe() -> Recipe:
    """What the page begins with."""
    return Recipe(tables.shipped(FIRST_TABLE))


def _pack(recipe: Recipe) -> str | None:
    if recipe == first_recipe():
        return ""
    if recipe.data.table.size > _MOST_CELLS:
        return None
    packed = pack(recipe.to_json())
    return packed if len(packed) <= LONGEST else None


def _draft(table: pd.DataFrame, roles: Roles) -> str:
    cells = table.astype(object).where(table.notna(), None).to_numpy().tolist()
    return pack(json.dumps([list(table.columns), cells, roles.to_dict()]))


def _short(value: float) -> str:
    return str(int(value)) if value.is_integer() and not math.isinf(value) else repr(value)
