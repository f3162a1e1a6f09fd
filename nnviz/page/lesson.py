"""The lesson on the live page: a station sets it, an answer moves it, leaving undoes it all."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from nnviz.charts import chain, pose
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.roles import Roles
from nnviz.engine.table import TableError
from nnviz.lessons import MISSIONS, STATIONS
from nnviz.lessons.case import Case
from nnviz.lessons.questions import RIGHT, Do, Pick, Place, Question, Verdict
from nnviz.lessons.station import Part, Scene, Station, Told
from nnviz.page import address, ask, grid, tables
from nnviz.page.runs import run_of
from nnviz.page.state import FIRST_RECORDING, SETTINGS, VIEW, send_to, state

ALL: tuple[Station, ...] = (*STATIONS, *MISSIONS)

# What of the session is a person's own work.
_TABLE = ("table", "learned", "tables", "roles", "notes", "table_fault", "first_row")
_SHOWN = (*SETTINGS, *VIEW, *_TABLE, "walked", "recorded")
_ASK = "ask-"  # how the keys of the question's inputs begin


@dataclass(frozen=True)
class Answered:
    """An answer that counts. value: None if the question was skipped."""

    value: Any
    verdict: Verdict | None


@dataclass(frozen=True)
class OwnWork:
    """What the page showed before the lesson.

    values: of the session. asked: the question's inputs. table: as text, with its roles; data:
    its last without a fault; is_draft: whether they differ. query: the page's address.
    """

    values: dict[str, Any]
    asked: dict[str, float]
    table: pd.DataFrame
    roles: Roles
    data: Dataset
    is_draft: bool
    query: dict[str, str]


# --- In and out ---------------------------------------------------------------------------------


def follow() -> None:
    """Enter the lesson where the address says so, on top of what else it says."""
    if state.due is not None:
        recipe, state.due = state.due, None
        run = run_of(recipe, state.recorded)
        answer(Moment(run, min(state.epoch, run.epochs), state.question))
    if state.station and state.own_work is None:
        _enter()
        _show(scene())


def go(number: int) -> None:
    """Show a station, from 1, as it begins or as it was left."""
    if state.own_work is None:
        _enter()
    state.update(station=number, on_own=False, attempt=None)
    _show(scene())
    turn("station")


def _enter() -> None:
    """Remember one's own work; what was answered of another table is of no use."""
    state.own_work = state.kept_work or _own_work()
    state.answers = {key: given for key, given in state.answers.items() if not key[1]}


def leave() -> None:
    """One's own work again, exactly as it was."""
    own: OwnWork = state.own_work
    state.update({name: _copied(value) for name, value in own.values.items()})
    for key in [key for key in state if str(key).startswith(_ASK)]:
        del state[key]
    state.update(own.asked)
    tables.put(state.table, own.table, own.roles)
    state.table_fault = own.values["table_fault"]
    state.opened = own.data
    state.read = grid.opened(own.data, own.table, own.roles) if own.is_draft else None
    state.update(station=0, on_own=False, own_work=None, kept_work=None, attempt=None)
    _forget_runs()
    send_to(state.epoch)


def _own_work() -> OwnWork:
    read = state.read
    query = address.without_lesson(st.query_params.to_dict())
    return OwnWork(
        {name: _copied(state[name]) for name in _SHOWN},
        {str(key): state[key] for key in state if str(key).startswith(_ASK)},
        tables.present() if read is None else read.table,
        tables.roles() if read is None else read.roles,
        state.opened if read is None else read.data,
        read is not None and read.is_draft,
        query,
    )


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, dict) else value


def _show(scene: Scene | None) -> None:
    """Set the page as a scene says; None leaves it as it is."""
    if scene is None:
        return
    state.update(VIEW | scene.view)
    state.update(recorded=FIRST_RECORDING, walked=True)
    address.show_recipe(scene.recipe, _name_of(scene))
    ask.put(scene.recipe.data, scene.question)
    _forget_runs()
    send_to(scene.epoch)


def _name_of(scene: Scene) -> str:
    if state.on_own:
        return state.own_work.values["table"]
    return tables.ours(scene.recipe.data) or "Lesson"


def _forget_runs() -> None:
    """There is no recipe before this one to compare with."""
    state.update(recorded_of=None, shown=None, before=None)


# --- The station --------------------------------------------------------------------------------


def station() -> Station:
    """The one that is shown."""
    return ALL[state.station - 1]


def told() -> Told:
    """What it says, for the table at hand."""
    return _told(state.station, _case().recipe.key, state.on_own, _case())


@st.cache_resource(max_entries=200, show_spinner=False)
def _told(number: int, key: str, is_own: bool, _case: Case) -> Told:
    return ALL[number - 1].tell(_case)


def _case() -> Case:
    recipe = _own_recipe() if state.on_own else address.first_recipe()
    return Case(recipe or address.first_recipe(), state.on_own, run_of)


def _own_recipe() -> Recipe | None:
    """One's own table with the network that the page begins with; None if it can't be trained."""
    try:
        return Recipe(state.own_work.data)
    except (RecipeError, TableError):
        return None


def can_be_own() -> bool:
    """Whether the station can be tried on one's own table, which is another than the lesson's."""
    recipe = _own_recipe()
    if recipe is None or recipe == address.first_recipe():
        return False
    return _can_be_own(state.station, recipe.key, Case(recipe, True, run_of))


@st.cache_data(max_entries=500, show_spinner=False)
def _can_be_own(number: int, key: str, _case: Case) -> bool:
    return _case.fits and ALL[number - 1].fits(_case)


def use_own(on: bool) -> None:
    """Speak of one's own table, or again of the tutorial's."""
    state.update(on_own=on, attempt=None)
    _show(scene())
    turn("station")


def answers() -> tuple[Answered, ...]:
    """What was answered of the station so far, a part each."""
    return state.answers.get((state.station, state.on_own), ())


def scene() -> Scene | None:
    """What the page is to show by now."""
    return told().scenes[len(answers())]


def part() -> Part | None:
    """The part whose question is open, if there is one."""
    parts = told().parts
    return parts[len(answers())] if len(answers()) < len(parts) else None


def question() -> Question | None:
    """The open question."""
    return open_part.question if (open_part := part()) else None


def again() -> None:
    """The page as the station has it by now, for whoever wandered off."""
    _show(scene())
    turn("station")


# --- Answers ------------------------------------------------------------------------------------


def answer(value: Any) -> None:
    """Grade an answer; what was to be done and is not done yet can be tried again."""
    asked = question()
    assert asked is not None
    verdict = asked.grade(value)
    if isinstance(asked, Do) and verdict.grade != RIGHT:
        state.attempt = verdict
        turn("attempt")
    else:
        _count(Answered(value, verdict))


def look_at(recipe: Recipe) -> None:
    """Grade what a person does on the page; not before the epoch is known that came with it."""
    state.due = recipe


def skip() -> None:
    """Show what is so without an answer."""
    _count(Answered(None, None))


def object_to(sentence: str) -> None:
    """Say why what was given is no answer yet."""
    state.attempt = Verdict("", sentence)
    turn("attempt")


def _count(answered: Answered) -> None:
    key = state.station, state.on_own
    state.answers = state.answers | {key: (*answers(), answered)}
    state.attempt = None
    if part() is None and all(one.verdict is not None for one in answers()):
        state.done |= {state.station}
    _show(scene())
    turn(f"verdict-{len(answers())}")


def once_more() -> None:
    """Forget what was answered of this station."""
    state.answers = {k: v for k, v in state.answers.items() if k != (state.station, state.on_own)}
    state.attempt = None
    _show(scene())
    turn("station")


def turn(to: str) -> None:
    """Have the rail's focus go somewhere, and say it aloud."""
    state.turned = secrets.token_hex(4), to


# --- What else on the page goes by it -----------------------------------------------------------


def veiled() -> tuple[str, ...]:
    """The parts of the page that wait for an answer."""
    now = scene() if state.station else None
    return now.veiled if now else ()


def light(moment: Moment) -> dict | None:
    """What the player is to paint on the network, where the station asks about it."""
    now = scene() if state.station else None
    if now is None or not _is_at(now, moment):
        return None
    if now.chain is not None:
        return chain(moment, *now.chain)
    return None if now.pose is None else pose(moment, now.pose)


def wants_pick() -> bool:
    """Whether a click in the network is an answer."""
    return bool(state.station) and isinstance(question(), Pick)


def pick(place: Place) -> None:
    """Something was clicked in the network; it is chosen, where it is among what can be."""
    asked = question()
    if isinstance(asked, Pick) and place in asked.places:
        state[answer_key()] = asked.places.index(place)


def answer_key() -> str:
    """Of the widget that holds the answer to the open question."""
    return f"answer-{state.station}-{state.on_own}-{len(answers())}"


def is_off(moment: Moment) -> bool:
    """Whether one has wandered off from what the station shows."""
    now = scene()
    if now is None:
        return False
    looked_at = all(state[name] == value for name, value in now.view.items())
    return not (looked_at and _is_at(now, moment))


def _is_at(scene: Scene, moment: Moment) -> bool:
    here = moment.run.recipe, moment.epoch, tuple(moment.question)
    return here == (scene.recipe, scene.epoch, tuple(scene.question))


def is_stale(moment: Moment) -> bool:
    """Whether the rail no longer shows what is so."""
    return is_off(moment) != state.shown_off
