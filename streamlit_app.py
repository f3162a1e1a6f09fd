"""nnviz, the page: read top to bottom as it appears."""

from __future__ import annotations

import html
import math
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

import nnviz
from nnviz import player
from nnviz.charts import LOSS, NETWORK, PREDICTION
from nnviz.engine.diagnosis import diagnosis
from nnviz.engine.moment import Moment
from nnviz.engine.table import MAX_MAGNITUDE, typed
from nnviz.inside import inside_this_epoch
from nnviz.strokes import NEGATIVE, POSITIVE
from nnviz.writing import markdown, prediction_text

HERE = Path(__file__).parent
SHIPPED = {"Exam scores": "exam_scores.csv", "Welch Labs": "welch_labs.csv"}
FIRST_RECORDING, LONGEST_RECORDING = 1_000, 100_000
FIRST_STATE = {
    "table": "Exam scores",
    "own_tables": {},
    "table_fault": None,
    "full_scale": None,
    "seed": 0,
    "layers": 1,
    "epoch": 0,
    "around": 0,  # near which epoch a thinned film shows every epoch
    "recorded": FIRST_RECORDING,
    "moved": False,  # whether the playhead has, since the charts were last drawn
    "reduced": not player.AVAILABLE,  # the browser can't paint, so the server draws each epoch
}

st.set_page_config("nnviz · see a neural network learn", layout="wide")
st.html(HERE / "nnviz" / "page.css")
state = st.session_state
for name, value in FIRST_STATE.items():
    state.setdefault(name, value)
state.moved = False


# --- Pure functions, kept for everyone on this server -----------------------------------------


@st.cache_data
def shipped_table(name: str) -> pd.DataFrame:
    return typed(nnviz.read_table(HERE / "data" / SHIPPED[name]))


@st.cache_resource(max_entries=16, show_spinner=False)
def record(table, full_scale, hidden, seed, learning_rate, epochs) -> nnviz.Run:
    data = nnviz.Dataset(table, label_scale=full_scale)
    network = nnviz.Network.random([data.X.shape[1], *hidden, data.y.shape[1]], seed)
    return nnviz.train(network, data, epochs, learning_rate)


# --- What a click changes ---------------------------------------------------------------------


def move_to(epoch: int) -> None:
    state.epoch = state.around = min(max(epoch, 0), state.recorded)
    state.moved = True


def record_more(around: int, until: int) -> None:
    state.around = around
    while state.recorded < min(until, LONGEST_RECORDING):
        state.recorded = min(2 * state.recorded, LONGEST_RECORDING)


def reduce_playback() -> None:
    state.reduced = state.moved = True


def take_own_table(name: str, content: bytes) -> None:
    """Read an uploaded or pasted table; a fault is kept, to be said beside the fields."""
    try:
        state.own_tables[name] = typed(nnviz.read_table(content))
        state.table, state.table_fault = name, None
    except nnviz.TableError as fault:
        state.table_fault = str(fault)


def choose_table(name: str) -> None:
    state.table = name


def new_weights() -> None:
    state.seed = int(np.random.default_rng().integers(1_000_000))


# --- The parts of the page --------------------------------------------------------------------


def tables_menu() -> None:
    names, key = [*SHIPPED, *state.own_tables], f"table-{state.table}"
    # A key for each choice: the browser does not hear of another value while the menu is
    # closed, and would go back to the one it knows.
    st.selectbox(
        "Table",
        names,
        index=names.index(state.table),
        key=key,
        on_change=lambda: choose_table(state[key]),
    )
    st.file_uploader(
        "Your own, as a CSV file",
        type=["csv", "tsv", "txt"],
        key="upload",
        on_change=lambda: (
            state.upload and take_own_table(state.upload.name, state.upload.getvalue())
        ),
    )
    st.text_area(
        "… or pasted from a spreadsheet",
        key="pasted",
        placeholder="study\tsleep\tscore\n2\t9\t92\n4\t8\t?",
        on_change=lambda: (
            state.pasted.strip() and take_own_table("Pasted table", state.pasted.encode())
        ),
    )
    if state.table_fault:
        st.error(markdown(state.table_fault))
    st.number_input(
        "Full scale of the last column",
        key="full_scale",
        min_value=0.0,
        value=None,
        format="%g",
        placeholder="the next power of ten",
        help="The value that stands for 1, the most that a sigmoid can give.",
    )


def training_table() -> tuple[pd.DataFrame, float | None, nnviz.Dataset]:
    """The grid; what it holds or, if that has a fault, what it last held without one.

    Returns the table, the full scale it was read with, and the two as a dataset.
    """
    name = state.table
    table = state.own_tables[name] if name in state.own_tables else shipped_table(name)
    edited = st.data_editor(
        table,
        key=f"grid-{name}-{pd.util.hash_pandas_object(table).sum()}",
        num_rows="dynamic",
        column_config={name: st.column_config.TextColumn(alignment="right") for name in table},
        placeholder="?",
        alt="Training table",
        height="content" if len(table) < 8 else 300,
    )
    try:
        data = nnviz.Dataset(edited, label_scale=state.full_scale)
    except nnviz.TableError as fault:
        note = "Until this is mended, the page shows the last table without a fault."
        st.error(markdown(f"{fault}\n{note}").replace("\n", "  \n"))
    else:
        state.good = edited, state.full_scale, data
    return state.good


def ask(data: nnviz.Dataset) -> tuple[float, ...]:
    """A number input a column, by default the table's first question, or else its first row."""
    default = data.questions[0] if len(data.questions) else data.inputs[0]
    with st.container(horizontal=True, gap="small"):
        return tuple(
            st.number_input(
                markdown(name),
                min_value=-MAX_MAGNITUDE,
                max_value=MAX_MAGNITUDE,
                value=float(value),
                step=10.0 ** math.floor(math.log10(scale / 2.5)),
                format="%g",
                width="stretch",
                key=f"ask-{name}-{value}",
            )
            for name, value, scale in zip(data.input_names, default, data.input_scale)
        )


def answer(moment: Moment) -> None:
    """The predicted label at the playhead; the player writes each frame's in its place."""
    data = moment.data
    text = prediction_text(moment.prediction[0], data.label_scale)
    st.html(
        f'<p class="nnviz-answer"><b data-testid="prediction">{text}</b>'
        f"<span>{html.escape(data.label_names[0])}, predicted</span></p>"
    )
    for sentence in data.far_outside(moment.question):
        st.caption(markdown(sentence))


def network_settings() -> tuple[tuple[int, ...], int, float]:
    """Neurons of the hidden layers, seed and learning rate."""
    hidden = []
    for layer in range(1, state.layers + 1):
        name = "Hidden neurons" if layer == 1 else f"Hidden neurons, layer {layer}"
        hidden.append(st.slider(name, 1, 32, 3, key=f"hidden-{layer}"))
    with st.container(horizontal=True, gap="small"):
        st.selectbox("Hidden layers", [1, 2, 3], key="layers")
        rate = st.number_input("Learning rate", 0.001, 1000.0, 1.0, step=0.1, format="%g")
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.number_input("Seed", 0, 999_999, key="seed", step=1, width=90)
        st.button("New random weights", on_click=new_weights, width="stretch")
    return tuple(hidden), state.seed, rate


@st.fragment
def playback(recording, question) -> None:
    """The transport bar; when the recording grows while playing, only it is drawn anew."""
    run = recording(state.recorded)
    if player.AVAILABLE:
        film = player.film(run, question, state.around, LONGEST_RECORDING)
        player.player(film, record_more)
    else:
        player.stepper(run, state.epoch, move_to)


def legend() -> str:
    """What the synapses' colours say; the player writes another in the walk through an epoch."""
    lines = [("positive weight", POSITIVE), ("negative weight", NEGATIVE)]
    return (
        '<p class="nnviz-legend">'
        + "".join(
            f'<span><i style="color: {color}"></i><em data-own="{text}">{text}</em></span>'
            for text, color in lines
        )
        + '<em data-own=""></em></p>'
    )


# --- The page ---------------------------------------------------------------------------------

title, tables = st.columns([5, 1], vertical_alignment="center")
with title:
    st.title("nnviz", anchor=False)
    st.caption("Watch a neural network learn your table, one epoch at a time.")
with tables, st.popover("Tables", width="stretch"):
    tables_menu()

learner, stage = st.columns([1, 2.9], gap="large")
with learner, st.container(key="learner"):
    st.subheader("Training table", anchor=False)
    table, full_scale, data = training_table()
    st.caption(markdown(data.scaling()))
    st.subheader("Ask", anchor=False)
    question = ask(data)
    answer_place = st.container()
    st.subheader("Network", anchor=False)
    settings = network_settings()
    advice_place = st.container()

recording = partial(record, table, full_scale, *settings)
run = recording(state.recorded)
state.epoch = min(state.epoch, run.epochs)
moment = Moment(run, state.epoch, question)

with answer_place:
    answer(moment)
if trouble := diagnosis(run):
    advice_place.warning(trouble)
with stage, st.container(key="stage"):
    middle, right = st.columns([1.5, 1], gap="medium")
    with middle:
        st.html(legend())
        player.chart(NETWORK, moment)
    with right:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("Loss", anchor=False)
            logarithmic = st.toggle("logarithmic")
        player.chart(LOSS, moment, logarithmic)
        with st.container(horizontal=True, vertical_alignment="center"):
            st.subheader("Prediction", anchor=False)
            st.html('<p class="nnviz-key">○ target &ensp;● guess &ensp;◆ question</p>')
        player.chart(PREDICTION, moment)
    with st.container(key="transport"):
        playback(recording, question)
    if player.AVAILABLE:
        with st.container(key="tabs"), st.tabs(["Inside this epoch"])[0]:
            inside_this_epoch(recording, question, move_to, reduce_playback)
