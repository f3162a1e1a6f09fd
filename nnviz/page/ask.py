"""The question: a number for each input, and the answer at the playhead."""

from __future__ import annotations

import html
import math

import streamlit as st

from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.recipe import Recipe
from nnviz.engine.table import MAX_MAGNITUDE
from nnviz.page.runs import run_of
from nnviz.page.state import recording_to, state
from nnviz.writing import markdown, prediction_text, shown


def question(data: Dataset, shown: bool = True) -> tuple[float, ...]:
    """A number input a column, by default the table's first question, or else its first row.

    shown: whether the inputs are on the page; if not, what was asked last still is.
    """
    keys = _keys(data)
    for key, value in zip(keys, _default(data)):
        state.setdefault(key, value)
    if shown:
        _inputs(data, keys)
    state.question = tuple(float(state[key]) for key in keys)
    return state.question


def put(data: Dataset, asked: tuple[float, ...]) -> None:
    """Ask about a table what a link asks."""
    for key, value in zip(_keys(data), asked):
        state[key] = value


def _default(data: Dataset) -> tuple[float, ...]:
    first = data.questions[0] if len(data.questions) else data.inputs[0]
    return tuple(float(value) for value in first)


def is_default(data: Dataset, asked: tuple[float, ...]) -> bool:
    """Whether it is what the page asks by itself."""
    return asked == _default(data)


def _keys(data: Dataset) -> list[str]:
    """The inputs' keys: where the table asks something else, the inputs are others."""
    return [f"ask-{name}-{value}" for name, value in zip(data.input_names, _default(data))]


def _inputs(data: Dataset, keys: list[str]) -> None:
    with st.container(horizontal=True, gap="small"):
        for name, key, scale in zip(data.input_names, keys, data.input_scale):
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
    data = moment.data
    text = prediction_text(moment.prediction[0], data.label_scale)
    st.html(
        f'<p class="nnviz-answer"><b data-testid="prediction">{text}</b>'
        f"<span>{html.escape(data.label_names[0])}, predicted</span></p>"
    )
    if before := _before(moment):
        with st.container(key="before"):
            st.text(before)
    for sentence in data.outside(moment.question):
        st.caption(markdown(f"{sentence}."))


def _before(moment: Moment) -> str:
    """What the recipe before this one answers the same question at this epoch, to compare.

    The epoch is named, as the playhead moves on without this being written again. Empty where
    there is no recipe before, or its table asks of something else.
    """
    if state.shown != moment.run.recipe:
        state.before, state.shown = state.shown, moment.run.recipe
    before, now = state.before, moment.run.recipe
    if before is None or not _is_comparable(before.data, now.data):
        return ""
    run = run_of(before, recording_to(moment.epoch))
    label = run.predict([moment.question], moment.epoch)[0, 0]
    was = prediction_text(label, before.data.label_scale)
    difference = _difference(before, now)
    said = f"was {was} at epoch {moment.epoch} {difference}" if difference else ""
    if before.shape != now.shape:
        said += "; another size also draws other starting weights"
    return said


def _is_comparable(before: Dataset, now: Dataset) -> bool:
    return (before.input_names, before.label_names) == (now.input_names, now.label_names)


def _difference(before: Recipe, now: Recipe) -> str:
    """In what the recipe before was another."""
    parts = []
    if before.hidden != now.hidden:
        sizes = " and ".join(map(str, before.hidden))
        parts.append(f"with {sizes} hidden neuron" + ("" if before.hidden == (1,) else "s"))
    if before.learning_rate != now.learning_rate:
        parts.append(f"at a learning rate of {shown(before.learning_rate)}")
    if before.seed != now.seed:
        parts.append(f"with seed {before.seed}")
    if not before.data.table.equals(now.data.table):
        parts.append("by the table as it was")
    elif before.data.label_scale != now.data.label_scale:
        parts.append(f"with a full scale of {shown(before.data.label_scale)}")
    return ", ".join(parts)
