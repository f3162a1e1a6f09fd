"""The runs, recorded once for everyone on this server, as many as its memory is to hold."""

from __future__ import annotations

import os
from collections import OrderedDict
from threading import Lock

import streamlit as st

from nnviz.engine.recipe import Recipe
from nnviz.engine.training import Run

MEMORY = "NNVIZ_MEMORY_MB"  # the environment's variable that sets the budget
_DEFAULT_MB = 256  # small machines in the cloud have 690 for the whole server


class _Recording:
    """The longest run so far of one recipe."""

    def __init__(self, recipe: Recipe):
        self._longest = recipe.train(0)
        self._lock = Lock()  # two people may want it longer at once

    @property
    def bytes(self) -> int:
        return self._longest.kept.nbytes + self._longest.loss.nbytes

    def run(self, epochs: int) -> Run:
        """So many epochs of it; what is lacking is trained on from where it stopped."""
        with self._lock:
            if epochs > self._longest.epochs:
                self._longest = self._longest.to(epochs)
        return self._longest.to(epochs)


class Shelf:
    """Runs by their recipes' keys, within a budget of bytes; the longest unused goes first.

    A run that is still in use somewhere lives on there until it no longer is.
    """

    def __init__(self, budget: int):
        self.budget = budget
        self._recordings: OrderedDict[str, _Recording] = OrderedDict()
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._recordings)

    @property
    def bytes(self) -> int:
        """What all runs on the shelf take."""
        return sum(recording.bytes for recording in self._recordings.values())

    def run(self, recipe: Recipe, epochs: int) -> Run:
        """The run by a recipe, that many epochs long, trained as far as that is needed."""
        with self._lock:
            recording = self._recordings.get(recipe.key) or _Recording(recipe)
            self._recordings[recipe.key] = recording
            self._recordings.move_to_end(recipe.key)
        run = recording.run(epochs)  # outside the lock: others needn't wait for this training
        with self._lock:
            while self.bytes > self.budget and len(self) > 1:
                self._recordings.popitem(last=False)
        return run


@st.cache_resource(show_spinner=False)
def _shelf() -> Shelf:
    return Shelf(int(1e6 * float(os.environ.get(MEMORY, _DEFAULT_MB))))


def run_of(recipe: Recipe, epochs: int) -> Run:
    """The run by a recipe, that many epochs long."""
    return _shelf().run(recipe, epochs)
