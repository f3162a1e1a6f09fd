"""The map: what the network says all over two inputs, and what each hidden neuron sees there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz import player
from nnviz.charts import COURSE, MAP, NEURONS, map_at
from nnviz.charts.map import map_key
from nnviz.engine.moment import Moment
from nnviz.page import memory
from nnviz.page.pictures import picture
from nnviz.page.state import one_of, state
from nnviz.trust.ground import Ground, ground
from nnviz.writing import asked_text, listed, markdown, shown


def the_map(moment: Moment, beside: DeltaGenerator) -> dict:
    """The view; returns what is to be painted of it."""
    on = map_ground(moment, beside)
    if on is None:
        st.markdown("All inputs are categories here, and a map needs an input of numbers.")
        return {}
    player.mount_maps(_film(moment, on))
    st.caption(_about(moment, on))
    hidden = len(moment.run.sizes) > 2
    left, right = st.columns([1.75, 1], gap="medium") if hidden else (st.container(), None)
    with left:
        picture(MAP if len(on.axes) == 2 else COURSE, moment, on)
    if right is not None:
        with right:
            st.caption(
                "What each hidden neuron makes of the same questions: blue near 1, orange near 0"
            )
            picture(NEURONS, moment, on)
    return {"map": map_at(moment, on)}


def _film(moment: Moment, on: Ground) -> bytes:
    """The film of maps, which is the same for all who look at the same."""
    run = moment.run

    def made() -> memory.Kept:
        film = player.maps(moment, on)
        return memory.Kept(film, len(film))

    key = "maps", run.recipe.key, run.epochs, map_key(moment, on)
    return memory.shelf().get(key, made).what


def map_ground(moment: Moment, beside: DeltaGenerator) -> Ground | None:
    """Where the maps are drawn: the only input of numbers, or two of them, which one chooses."""
    names = moment.data.input_names
    axes = tuple(int(j) for j in np.flatnonzero(~moment.data.input_side.is_category))
    if len(axes) > 2:
        with beside, st.container(horizontal=True, gap="small"):
            across = _input(names, "across", axes, "→")
            up = _input(names, "up", [j for j in axes if j != across], "↑")
        axes = (across, up)
    return ground(moment.data, moment.question, axes) if axes else None


def _input(names: Sequence[str], key: str, among: Sequence[int], arrow: str) -> int:
    """A choice of one of the inputs."""
    one_of(key, among)
    st.selectbox(
        f"Input {key}",
        among,
        format_func=lambda j: f"{arrow} {names[j]}",
        key=key,
        label_visibility="collapsed",
        width=135,
        persist_state="page",
    )
    return state[key]


def _about(moment: Moment, on: Ground) -> str:
    """The picture in a few sentences, as Markdown."""
    data, label = moment.data, markdown(moment.aspect.name)
    if len(on.axes) == 1:
        over = markdown(data.input_names[on.axes[0]])
        return f"The {label} that is answered, over {over}. {_told(moment, on)}"
    others = [
        f"{markdown(name)} {asked_text(value)}"
        for j, (name, value) in enumerate(zip(data.input_names, moment.question))
        if j not in on.axes
    ]
    return (
        f"Every point is a question, its colour the {label} that is answered: blue above "
        f"{shown(moment.targets.mean())}, the rows’ mean, orange below. {_told(moment, on)}"
        + (f" Everywhere: {', '.join(listed(others))}." if others else "")
    )


def _told(moment: Moment, on: Ground) -> str:
    """Where the network was told something, and by which marks, as Markdown."""
    chosen = moment.aspect.chosen
    marks = f"(● {markdown(chosen)}, ○ others)" if chosen else "○"
    if all(low == high for low, high in on.rows):  # there is no inside
        said = f"Beyond the training rows {marks}, which all ask the same"
        if len(moment.data.X) == 1:
            said = f"Beyond the training row {'●' if chosen and moment.targets[0] else '○'}"
        return f"{said}, the network was never told anything. A click asks there ◆."
    around = "dashed line; beyond it, where the colours are fainter"
    if len(on.axes) == 1:
        around = "dashed lines; beyond them"
    return (
        f"The training rows {marks} lie within the {around}, the network was never told "
        "anything. A click asks there ◆."
    )
