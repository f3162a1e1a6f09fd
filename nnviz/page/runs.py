"""The runs, recorded once for everyone on this server, each as far as someone has needed it."""

from __future__ import annotations

from threading import Lock

import streamlit as st

from nnviz.engine.recipe import Recipe
from nnviz.engine.training import Run


class _Recording:
    """The longest run so far of one recipe."""

    def __init__(self, recipe: Recipe):
        self._longest = recipe.train(0)
        self._lock = Lock()  # two people may want it longer at once

    def run(self, epochs: int) -> Run:
        """So many epochs of it; what is lacking is trained on from where it stopped."""
        with self._lock:
            if epochs > self._longest.epochs:
                self._longest = self._longest.to(epochs)
        return self._longest.to(epochs)


@st.cache_resource(
    max_entries=16, show_spinner=False, hash_funcs={Recipe: lambda recipe: recipe.key}
)
def _recording(recipe: Recipe) -> _Recording:
    return _Recording(recipe)


def run_of(recipe: Recipe, epochs: int) -> Run:
    """The run by a recipe, that many epochs long."""
    return _recording(recipe).run(epochs)
