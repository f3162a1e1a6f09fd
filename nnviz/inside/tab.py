"""The tab's widgets; all numbers come from `nnviz.dissection`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import streamlit as st

from nnviz import player
from nnviz.charts import SLOPE, WEIGHT, light, place_on
from nnviz.dissection import by_hand, neuron_names, neuron_slope, walk_of, weight_story
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.inside.sheet import (
    MOST_TRAINING_ROWS,
    Choice,
    factors_sheet,
    gradients_sheet,
    sheet,
)
from nnviz.writing import markdown, shown

VIEWS = ["Walk", "One weight", "σ and its slope", "By hand"]

state = st.session_state


def _read(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


if player.AVAILABLE:
    _mount_sheet = st.components.v2.component(
        "nnviz.sheet",
        html='<div class="nnviz-sheet"></div>',
        css=_read("sheet.css"),
        js=_read("sheet.js"),
        isolate_styles=False,
    )


@st.fragment
def inside_this_epoch(
    record: Callable[[int], Run],
    question: tuple[float, ...],
    on_epoch: Callable[[int], None],
    on_reduced: Callable[[], None],
) -> None:
    """The tab, and what it lights up in the network graph.

    It is what the server redraws when the epoch changes, so the epoch reaches the server here:
    see `nnviz.player.playhead`. record: the page's run, that many epochs long.
    """
    if state.reduced and state.moved:
        st.rerun()
    run = record(state.recorded)
    moment = Moment(run, min(state.epoch, run.epochs), question)
    with st.container(horizontal=True, vertical_alignment="center"):
        view = st.segmented_control(
            "View", VIEWS, default="Walk", required=True, label_visibility="collapsed", key="view"
        )
        choice = None
        if view in ("Walk", "σ and its slope"):
            choice = _rows(run, or_all=view == "Walk")
    painted = {}  # by the player, for this epoch
    if view == "Walk":
        painted["light"] = _walk(moment, choice)
    elif view == "One weight":
        _weight(moment)
    elif view == "σ and its slope":
        painted["slope"] = _slope(moment, choice.row)
    else:
        _by_hand()
    player.playhead(moment, painted, None, on_epoch, on_reduced)


def _rows(run: Run, or_all: bool) -> Choice:
    """One of the training rows or, if that is on offer, all of them."""
    names = tuple(f"row {number}" for number in run.data.training_rows)
    said = [
        f"{name}: {', '.join(f'{v:g}' for v in values)}"
        for name, values in zip(names, run.data.inputs[:, :4])
    ]
    picked = st.selectbox(
        "Training rows" if or_all else "Training row",
        range(-1 if or_all else 0, len(names)),
        format_func=lambda row: "All rows" if row < 0 else said[row],
        key=f"rows-{len(names)}-{or_all}",
        label_visibility="collapsed",
        width=220,
    )
    return Choice(names, picked if picked >= 0 else None)


def _walk(moment: Moment, choice: Choice) -> dict | None:
    """One step of the epoch; returns its light on the network, if that is wanted."""
    state.setdefault("walk_step", 1)
    walk = walk_of(moment)
    last = walk[-1].number
    number = state.walk_step = min(state.walk_step, last)
    steps = [step for step in walk if step.number == number]

    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Back", on_click=_go, args=(-1,), disabled=number == 1, width=90)
        st.button(
            "Next", on_click=_go, args=(1,), disabled=number == last, width=90, type="primary"
        )
        st.markdown(
            f"**Step {number} of {last}** · {_part(walk, number)} · "
            f"epoch {moment.epoch} → {moment.epoch + 1}",
            width="content",
        )
        row = choice.row or 0
        on_network = st.toggle(f"On the network: {choice.names[row]}", key="on_network")

    _mount_sheet(key="walk-sheet", data=sheet(steps, choice))
    if choice.row is None and len(choice.names) > MOST_TRAINING_ROWS:
        st.caption(f"The first {MOST_TRAINING_ROWS} of {len(choice.names)} rows.")
    return light(moment, walk, number, row) if on_network else None


def _go(by: int) -> None:
    """A step on; the first one turns the light on."""
    state.walk_step += by
    if not state.get("walked"):
        state.walked = state.on_network = True


def _part(walk, number: int) -> str:
    """Which part of the epoch a step belongs to."""
    loss = next(step.number for step in walk if step.name == "loss")
    if number <= loss:
        return "forward"
    return "new weights" if number == walk[-1].number else "backward"


def _weight(moment: Moment) -> None:
    """One synapse: its gradient factor by factor, the same by differences, and its past."""
    run = moment.run
    names = neuron_names(run.sizes, run.data.input_names, run.data.label_names)
    synapses = [
        (layer, i, j)
        for layer, shape in enumerate(zip(run.sizes, run.sizes[1:]), start=1)
        for i, j in np.ndindex(*shape)
    ]
    layer, i, j = st.selectbox(
        "Synapse",
        synapses,
        format_func=lambda s: f"W{s[0]}: {names[s[0] - 1][s[1]]} → {names[s[0]][s[2]]}",
        key=f"synapse-{run.sizes}",
    )
    story = weight_story(moment, layer, i, j)
    st.markdown(f"**{markdown(story.name)} = {shown(story.value)}** at epoch {moment.epoch}")
    st.caption(
        "How the loss changes with this weight: a factor for each step from the output back to "
        "it, multiplied in each row, then added up."
    )
    st.code(story.formula, language=None, wrap_lines=True)
    _mount_sheet(key="weight-sheet", data=factors_sheet(story))
    if len(story.rows) > MOST_TRAINING_ROWS:
        st.caption(f"The first {MOST_TRAINING_ROWS} of {len(story.rows)} rows.")

    left, right = st.columns(2, gap="large")
    with left:
        _mount_sheet(key="gradient-sheet", data=gradients_sheet(story))
        st.markdown(markdown(story.sentence))
        st.markdown(markdown(story.check))
    with right:
        st.caption("Its value over the recorded epochs")
        player.chart(WEIGHT, moment, story)


def _slope(moment: Moment, row: int) -> dict:
    """Where a neuron stands on the sigmoid, and how steep it is there; returns what moves."""
    run = moment.run
    names = neuron_names(run.sizes, run.data.input_names, run.data.label_names)
    neurons = [(layer, n) for layer in range(1, len(run.sizes)) for n in range(run.sizes[layer])]
    layer, n = st.selectbox(
        "Neuron", neurons, format_func=lambda at: names[at[0]][at[1]], key=f"neuron-{run.sizes}"
    )
    neuron = neuron_slope(moment, layer, n, row)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(
            f"**{markdown(neuron.neuron)}, {neuron.row}:** z = {shown(neuron.z)}, "
            f"σ(z) = {shown(neuron.s)}, slope {shown(neuron.slope)}"
            + (" · **saturated**" if neuron.saturated else "")
        )
        st.markdown(markdown(neuron.sentence))
        st.markdown("**Why s·(1 − s), when s is the sigmoid already?**")
        st.markdown(markdown(neuron.why))
    with right:
        player.chart(SLOPE, neuron)
    return place_on(neuron)


def _by_hand() -> None:
    """The tutorial's worked example, all steps at once, with what its print got wrong."""
    _mount_sheet(key="by-hand", data=sheet(by_hand(), Choice((), None)))
