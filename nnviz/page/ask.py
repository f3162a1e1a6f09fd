"""The question: a number for each input, and the answer at the playhead."""

from __future__ import annotations

import html
import json
import math
from dataclasses import replace

import streamlit as st

from nnviz.charts.facts import facts
from nnviz.engine.coding import CATEGORIES, NUMBERS
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.recipe import Recipe
from nnviz.engine.table import MAX_MAGNITUDE
from nnviz.page.runs import run_of
from nnviz.page.state import state
from nnviz.writing import answer_text, markdown, share_text, shown

_IN_SIGHT = 6  # inputs; with more of them, answer and learning rate would be off the screen


def question(data: Dataset, shown: bool = True) -> tuple[float, ...]:
    """A field for each input column, by default the table's first question, or its first row.

    shown: whether the fields are on the page; if not, what was asked last still is. Returns a
    value for each input, as the network's neurons have them.
    """
    keys = _keys(data)
    for key, cell in zip(keys, data.input_side.decode(_default(data))):
        state.setdefault(key, cell)
    if shown and len(keys) <= _IN_SIGHT:
        _inputs(data, keys)
    elif shown:
        _take_row(data)
        with st.expander(f"All {len(keys)} inputs"):
            _inputs(data, keys)
    (asked,) = data.input_side.encode([[state[key] for key in keys]])
    state.question = tuple(asked.tolist())
    return state.question


def _take_row(data: Dataset) -> None:
    """Where there are many inputs they are folded away, and a row of the table fills them."""
    key = f"asked-row-{state.table}"
    st.number_input(
        "Ask what a row asks",
        1,
        len(data.table),
        value=None,
        placeholder="its number",
        key=key,
        on_change=lambda: _ask_row(data, state[key]),
    )


def _ask_row(data: Dataset, number: int | None) -> None:
    numbers = [*data.training_rows, *data.question_rows]
    if number in numbers:  # a blank row has none
        row = [*data.inputs, *data.questions][numbers.index(number)]
        put(data, tuple(float(value) for value in row))


def put(data: Dataset, asked: tuple[float, ...] | None = None) -> None:
    """Ask about a table what a link asks, by default what the page asks by itself."""
    cells = data.input_side.decode(_default(data) if asked is None else asked)
    for key, cell in zip(_keys(data), cells):
        state[key] = cell


def put_some(data: Dataset, question: tuple[float, ...], what: object) -> bool:
    """Ask as a browser says where on a map was clicked, other inputs staying as they are.

    what: ``{"ask": [[input, value], …]}``; all else is ignored. Returns whether it was that.
    """
    asked = list(question)
    match what:
        case {"ask": [*pairs]}:
            for pair in pairs:
                match pair:
                    case [int(j), int() | float() as value] if (
                        0 <= j < len(asked) and abs(value) <= MAX_MAGNITUDE
                    ):
                        asked[j] = float(value)
                    case _:
                        return False
            put(data, tuple(asked))
            return True
    return False


def _default(data: Dataset) -> tuple[float, ...]:
    first = data.questions[0] if len(data.questions) else data.inputs[0]
    return tuple(float(value) for value in first)


def is_default(data: Dataset, asked: tuple[float, ...]) -> bool:
    """Whether it is what the page asks by itself."""
    return asked == _default(data)


def _keys(data: Dataset) -> list[str]:
    """The fields' keys: where the table asks something else, the fields are others."""
    side = data.input_side
    cells = zip(side.codings, side.decode(_default(data)))
    return [f"ask-{coding.name}-{''.join(coding.values)}{cell}" for coding, cell in cells]


def _inputs(data: Dataset, keys: list[str]) -> None:
    side = data.input_side
    # Of many, three stand side by side, see page.css: answer and learning rate stay in sight.
    with st.container(horizontal=True, gap="small", key="many-inputs" if len(keys) > 4 else None):
        for coding, place, key in zip(side.codings, side.places, keys):
            if coding.kind == NUMBERS:
                _number(coding.name, float(side.scale[place.start]), key)
            else:
                st.selectbox(
                    markdown(coding.name),
                    coding.values,
                    key=key,
                    width="stretch",
                    persist_state="page",
                )


def _number(name: str, scale: float, key: str) -> None:
    """scale: what one step of the field is a round part of."""
    st.number_input(
        markdown(name),
        min_value=-MAX_MAGNITUDE,
        max_value=MAX_MAGNITUDE,
        step=10.0 ** math.floor(math.log10(scale / 2.5)),
        format="%g",
        width="stretch",
        key=key,
        persist_state="page",
    )


def answer(moment: Moment) -> None:
    """The predicted label at the playhead; the player writes each frame's in its place."""
    label, outputs = moment.label, moment.outputs
    share = share_text(label.shares(outputs).max()) if label.classes else ""
    of = html.escape(json.dumps(facts(moment, "recipe", "epoch", "question")))
    of_what = " of the outputs’ sum" if label.coding.kind == CATEGORIES else " on its side"
    st.html(
        '<p class="nnviz-answer">'
        f'<b data-testid="prediction" data-of="{of}">'
        f"{html.escape(answer_text(label, outputs))}</b>"
        f"<span>{html.escape(label.name)}, predicted"
        + (f' · <i data-testid="share">{share}</i>{of_what}' if share else "")
        + '</span></p><p class="nnviz-range" data-testid="range"></p>'
    )
    if before := _before(moment):
        with st.container(key="before"):
            st.text(before)
    for sentence in moment.data.outside(moment.question):
        st.caption(markdown(f"{sentence}."))


def _before(moment: Moment) -> str:
    """What the recipe before this one answers the same question at this epoch, to compare.

    The epoch is named, as the playhead moves on without this being written again. Empty where
    there is no recipe before, or its table asks of something else.
    """
    now = moment.run.recipe
    if state.shown != now:
        if not _passes_through(state.before, state.shown, now):
            state.before = state.shown
        state.shown = now
    before = state.before
    if before is None or not now.data.has_columns_of(before.data):
        return ""
    run = run_of(before, moment.epoch)
    if run.epochs < moment.epoch:
        return ""
    earlier = replace(moment, run=run)
    was = answer_text(earlier.label, earlier.outputs)
    if was == answer_text(moment.label, moment.outputs):
        return ""  # as where a row was begun
    differs = difference(before, now)
    said = f"was {was} at epoch {moment.epoch:,} {differs}" if differs else ""
    if before.shape != now.shape:
        said += "; other starting weights, too, so partly chance"
    return said


def _passes_through(before: Recipe | None, shown: Recipe | None, now: Recipe) -> bool:
    """Whether a slider goes on: the sizes it passes are not what a person compares with."""
    if before is None or shown is None:
        return False
    return before.but(hidden=now.hidden) == shown.but(hidden=now.hidden) == now


def difference(before: Recipe, now: Recipe) -> str:
    """In what the recipe before was another."""
    parts = own_settings(before, now)
    if list(before.data.table.columns) != list(now.data.table.columns):
        parts.append("by a table with other columns")
    elif not before.data.table.equals(now.data.table):
        parts.append("by the table as it was")
    elif before.data.roles != now.data.roles:
        parts.append("by the columns as they were")
    elif before.data.label_scale != now.data.label_scale:
        parts.append(f"with a full scale of {shown(before.data.label_scale)}")
    return ", ".join(parts)


def own_settings(recipe: Recipe, other: Recipe) -> list[str]:
    """The settings of a recipe that another hasn't."""
    parts = []
    if recipe.hidden != other.hidden:
        sizes = " and ".join(map(str, recipe.hidden))
        parts.append(f"with {sizes} hidden neuron" + ("" if recipe.hidden == (1,) else "s"))
    if recipe.learning_rate != other.learning_rate:
        parts.append(f"at a learning rate of {shown(recipe.learning_rate)}")
    if recipe.seed != other.seed:
        parts.append(f"with seed {recipe.seed}")
    return parts
