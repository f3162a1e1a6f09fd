"""The network's settings: their ranges, their widgets, and the recipe they make of a table."""

from __future__ import annotations

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.engine.dataset import Dataset
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.updates import proposed_rate
from nnviz.page.state import state

MOST_LAYERS, MOST_NEURONS, MOST_SEEDS = 3, 32, 1_000_000
RATES = (0.001, 1000.0)

HELP = {
    "neurons": "Each hidden neuron weighs all values of the layer before it and passes on one of "
    "its own. More of them can follow a more intricate table, and also learn it by heart.",
    "layers": "How many layers of neurons stand between the inputs and the output. The tutorial "
    "has one.",
    "rate": "How far each epoch moves the weights down the slope of the loss. Too small, and "
    "learning crawls; too large, and it overshoots or freezes.",
    "proposal": "An update adds up what all training rows say, so the more there are, the smaller "
    "the learning rate has to be.",
    "seed": "The number that the random starting weights are drawn from. The same seed gives the "
    "same weights, and so the same run.",
}


def settings(data: Dataset) -> DeltaGenerator:
    """Neurons of the hidden layers, learning rate and seed; returns a place below the rate."""
    _follow_proposal(data)
    _neurons("Hidden neurons", 1, HELP["neurons"])
    if state.layers > 1:  # side by side, so that the seed stays on the screen
        with st.container(horizontal=True, gap="small"):
            for layer in range(2, state.layers + 1):
                _neurons(f"Hidden neurons, layer {layer}", layer)
    with st.container(horizontal=True, gap="small"):
        st.selectbox("Hidden layers", range(1, MOST_LAYERS + 1), key="layers", help=HELP["layers"])
        st.number_input(
            "Learning rate",
            *RATES,
            step=0.1,
            format="%.6g",  # as in sentences
            key="learning_rate",
            help=HELP["rate"],
        )
    if state.learning_rate == state.proposed_rate < 1:
        st.caption(
            f"{state.learning_rate:g} is proposed: 30 ÷ {len(data.X):,} rows", help=HELP["proposal"]
        )
    below_rate = st.container(key="advice")  # without any it takes no room, see page.css
    with st.container(horizontal=True, gap="small", vertical_alignment="bottom"):
        st.number_input("Seed", 0, MOST_SEEDS - 1, key="seed", step=1, width=90, help=HELP["seed"])
        st.button("New random weights", on_click=_new_weights, width="stretch")
    return below_rate


def _neurons(name: str, layer: int, said: str | None = None) -> None:
    st.slider(name, 1, MOST_NEURONS, key=f"hidden-{layer}", help=said, persist_state="page")


def _new_weights() -> None:
    state.seed = int(np.random.default_rng().integers(MOST_SEEDS))


def _follow_proposal(data: Dataset) -> None:
    """A learning rate that was proposed stays so where the table has another number of rows."""
    proposed = proposed_rate(len(data.X))
    if state.learning_rate == state.proposed_rate != proposed:
        state.learning_rate = proposed
    state.proposed_rate = proposed


def recipe(data: Dataset) -> Recipe:
    """What is to be trained. The widgets' bounds are the browser's, so they are kept here too."""
    _follow_proposal(data)
    layers = _within(state.layers, 1, MOST_LAYERS)
    return Recipe(
        data,
        hidden=tuple(_within(state[f"hidden-{k + 1}"], 1, MOST_NEURONS) for k in range(layers)),
        seed=_within(state.seed, 0, MOST_SEEDS - 1),
        learning_rate=float(_within(state.learning_rate, *RATES)),
    )


def _within(value, least, most):
    return min(max(value, least), most)


def put(recipe: Recipe) -> None:
    """Set the widgets as a recipe says. Raises RecipeError if the page can't show it."""
    if recipe.weights is not None or recipe.update != Recipe(recipe.data).update:
        raise RecipeError("This page can't show a recipe with such weights or updates.")
    if not 1 <= len(recipe.hidden) <= MOST_LAYERS or max(recipe.hidden) > MOST_NEURONS:
        raise RecipeError(
            f"This page shows 1 to {MOST_LAYERS} hidden layers of 1 to {MOST_NEURONS} neurons."
        )
    if recipe.seed >= MOST_SEEDS:
        raise RecipeError(f"This page takes seeds up to {MOST_SEEDS - 1:,}.")
    if not RATES[0] <= recipe.learning_rate <= RATES[1]:
        raise RecipeError(f"This page takes learning rates from {RATES[0]:g} to {RATES[1]:g}.")
    state.layers = len(recipe.hidden)
    for layer, neurons in enumerate(recipe.hidden, start=1):
        state[f"hidden-{layer}"] = neurons
    state.learning_rate, state.seed = recipe.learning_rate, recipe.seed
    state.proposed_rate = proposed_rate(len(recipe.data.X))
    state.full_scale = recipe.label_scale
