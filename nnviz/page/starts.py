"""The same recipe from many random starts, trained once for everyone on this server.

A training may take longer than a person waits: it goes on where it stopped whenever somebody
needs it, and is done by then for all.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Generator, Sequence
from threading import Lock

import streamlit as st

from nnviz.engine.many import Many, in_pieces, seconds
from nnviz.engine.recipe import Recipe
from nnviz.page.memory import shelf
from nnviz.page.recorder import PIECE
from nnviz.page.runs import keep_making
from nnviz.page.state import state
from nnviz.writing import markdown

_PATIENCE = 1.0  # seconds, after which a progress bar is shown
_TELLS = 0.1  # seconds between two looks at whether the page is to be drawn anew
_BY_ITSELF = 0.4  # seconds of work that nobody has asked for, as reckoned, that a page waits for
_MEANWHILE = 1.0  # seconds of such work that is made in the background
_AT_ONCE = 0.1  # seconds of it that a page waits for, before it is made in the background

_alone = Lock()  # held by the one page that waits so


class Training:
    """Many networks in training, by whoever has the time."""

    def __init__(self, pieces: Generator[float, None, Many]):
        self._pieces = pieces
        self._lock = Lock()
        self.many: Many | None = None
        self.share = self.worked = 0.0  # how much is done, and the seconds that took
        self.fault = ""  # why it can't be done

    @property
    def ended(self) -> bool:
        """Whether all is done, or nothing more can be."""
        return self.many is not None or bool(self.fault)

    @property
    def bytes(self) -> int:
        """What it takes by now."""
        return self.many.kept.nbytes if self.many is not None else 0

    def work(self, patience: float) -> None:
        """Train for about so long, or until all is done."""
        began = time.monotonic()
        until = began + patience
        with self._lock:
            while not self.ended and time.monotonic() < until:
                try:
                    self.share = next(self._pieces)
                except StopIteration as end:
                    self.many = end.value
                except ValueError as fault:
                    self.fault = str(fault)
            self.worked += time.monotonic() - began

    def lacks(self, epochs: int) -> bool:
        """Whether any of its epochs are still to be trained; see `recorder.Growing`."""
        return not self.ended

    def make_piece(self, goal: int) -> None:
        """Train on for a while, in the background."""
        self.work(PIECE)


def from_many_starts(recipe: Recipe, starts: int, epochs: int) -> tuple[str, Training]:
    """The training of a recipe from that many seeds, and its name."""
    shared = recipe.but(seed=0)
    name = f"starts {shared.key} {starts} {epochs}"
    return of_recipes(name, lambda: [shared.but(seed=seed) for seed in range(starts)], epochs)


def of_recipes(
    name: str, recipes: Callable[[], Sequence[Recipe]], epochs: int
) -> tuple[str, Training]:
    """The training of other recipes side by side; name: of them all."""
    return name, shelf().get(name, lambda: Training(in_pieces(recipes(), epochs)))


def by_itself(recipe: Recipe, starts: int, epochs: int) -> Many | None:
    """The same where nobody has asked for it: if it is done, or takes no longer than a moment."""
    _, training = from_many_starts(recipe, starts, epochs)
    if not training.ended and seconds(recipe, starts, epochs) <= _BY_ITSELF:
        training.work(math.inf)
        shelf().tidy()
    return training.many


def meanwhile(recipe: Recipe, starts: int, epochs: int) -> tuple[Many | None, bool]:
    """The same without waiting for it, and whether it is still to come, if this is called again.

    One page at a time waits for what may be done at once; the rest is made in the background.
    """
    _, training = from_many_starts(recipe, starts, epochs)
    if training.ended or seconds(recipe, starts, epochs) > _MEANWHILE:
        return training.many, False
    if not training.worked and _alone.acquire(blocking=False):
        try:
            training.work(_AT_ONCE)
        finally:
            _alone.release()
    keep_making("starts", training, epochs)
    shelf().tidy()
    return training.many, not training.ended


def waited_for(name: str, training: Training, what: str) -> Many | None:
    """What a person waits for: with a progress bar past a second, and a button that stops it.

    what: is trained, in words. None if it was stopped, or can't be done.
    """
    place = st.empty()
    if state.stopped == name and not training.ended:
        with place.container():
            st.markdown(f"Stopped when {training.share:.0%} of {what} were trained.")
            st.button("Go on", on_click=_go_on)
        return None
    training.work(_PATIENCE - training.worked)
    if not training.ended:
        with place.container(horizontal=True, vertical_alignment="center"):
            bar = st.progress(training.share, f"Training {what}")
            st.button("Stop", on_click=_stop, args=(name,))
        while not training.ended:
            training.work(_TELLS)
            # A click on Stop, or on anything else, ends this run of the page here.
            bar.progress(min(training.share, 1.0), f"Training {what}: {training.share:.0%}")
        place.empty()
    shelf().tidy()
    if training.fault:
        place.warning(markdown(training.fault))
    return training.many


def _stop(name: str) -> None:
    state.stopped = name


def _go_on() -> None:
    state.stopped = None
