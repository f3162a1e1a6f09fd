"""Training in the background: what takes long is done in pieces, while the page goes on.

One thread trains for everyone on the server, a piece of each recording in turn, and only what
somebody still asks for: to ask is to take a lease, which the page renews while it is open.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Protocol

from nnviz.engine.recipe import Recipe
from nnviz.engine.training import Recording, Run, cost

PIECE = 0.2  # seconds of training after which somebody else has a turn
LEASE = 6.0  # seconds for which a recording goes on though nobody asks again
QUICK = 300_000.0  # µs of training, as `cost` reckons, that a page waits for
_AT_ONCE = 50_000.0  # µs of it that wait for nobody else's
_SLOW = 4.0  # times what `cost` reckons

# What a page waits for is made one after the other: side by side, all would be done as late as the
# last one is. What takes but a moment goes before.
_in_turn = threading.Lock()


class Growing(Protocol):
    """What can be made in pieces, up to a number of epochs.

    fault: a sentence on why there can't be more of it; empty if there can.
    """

    fault: str

    def lacks(self, epochs: int) -> bool:
        """Whether there are fewer than that, and more could be made."""

    def make_piece(self, goal: int) -> None:
        """Go on towards ``goal`` for about `PIECE` seconds."""


class SharedRecording:
    """The longest run so far of one recipe, for all who want it; one thread at a time makes more.

    fault: a sentence on why there can't be more of it; empty if there can. What was recorded
    before is kept.
    """

    def __init__(self, recipe: Recipe, clock: Callable[[], float] = time.monotonic):
        self.recipe, self.fault = recipe, ""
        self._clock, self._lock = clock, threading.Lock()
        # Seconds an epoch; until the first piece, reckoned for a slow machine.
        self._pace = _SLOW * cost(recipe) / 1e6
        self._recording = Recording(recipe, 0)
        self._recording.go_on(0)

    @property
    def epochs(self) -> int:
        """How many epochs are recorded."""
        return self._recording.epochs

    @property
    def bytes(self) -> int:
        """What they take."""
        run = self._recording.run
        return run.kept.nbytes + run.loss.nbytes

    def run(self, epochs: int) -> Run:
        """What is recorded of so many epochs."""
        run = self._recording.run
        return run.to(min(epochs, run.epochs))

    def lacks(self, epochs: int) -> bool:
        """Whether there are fewer than that, and more could be made."""
        return self.epochs < epochs and not self.fault

    def is_quick(self, epochs: int) -> bool:
        """Whether what is lacking of so many is made in a moment."""
        return self._takes(epochs) <= QUICK

    def make(self, epochs: int) -> None:
        """Record so many epochs; returns when they are."""
        if self.lacks(epochs):  # or there is nothing to wait for
            turn = _in_turn if self._takes(epochs) > _AT_ONCE else nullcontext()
            with self._lock, turn:
                self._go_on(epochs, epochs)

    def make_piece(self, goal: int) -> None:
        """Record on towards ``goal`` for about `PIECE` seconds."""
        with self._lock:
            before, begun = self.epochs, self._clock()
            piece = max(1, int(PIECE / self._pace))
            self._go_on(min(before + piece, goal), goal)
            if made := self.epochs - before:
                self._pace = max((self._clock() - begun) / made, 1e-9)

    def seconds_to(self, goal: int) -> float:
        """For how long it is still to be trained."""
        return max(0, goal - self.epochs) * self._pace

    def _takes(self, epochs: int) -> float:
        """What is lacking of so many, in µs of training."""
        return cost(self.recipe) * (epochs - self.epochs)

    def _go_on(self, until: int, goal: int) -> None:
        if not self.lacks(until):
            return
        if goal > self._recording.room:
            self._recording = Recording(self.recipe, goal, begun=self._recording.run)
        try:
            self._recording.go_on(until)
        except ValueError as error:
            self.fault = str(error)


@dataclass(frozen=True)
class _Lease:
    """That a recording is to reach a goal, asked for until a time of the clock."""

    recording: Growing
    goal: int
    ends: float


class Recorder:
    """Makes the recordings longer that are asked for, a piece of each in turn.

    start: runs a function in a thread of its own.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        start: Callable[[Callable[[], None]], None] = lambda work: _thread(work).start(),
    ):
        self._clock, self._start = clock, start
        self._leases: dict[str, _Lease] = {}  # by who asked; each has one
        self._turns: list[Growing] = []  # the one that had its turn last stands last
        self._works = False
        self._lock = threading.Lock()

    def ask(self, who: str, recording: Growing, goal: int) -> None:
        """Have a recording reach a goal; what the same one asked for before, it no longer does."""
        with self._lock:
            self._leases.pop(who, None)
            if not recording.lacks(goal):
                return
            self._leases[who] = _Lease(recording, goal, self._clock() + LEASE)
            starts, self._works = not self._works, True
        if starts:
            self._start(self._work)

    def is_making(self, recording: Growing) -> bool:
        """Whether somebody has asked for more of it."""
        with self._lock:
            return recording in self._wanted()

    def seconds_to(self, recording: SharedRecording, goal: int) -> float:
        """How long it will be until a recording reaches a goal, as all have their turns."""
        with self._lock:
            return recording.seconds_to(goal) * max(1, len(self._wanted()))

    def _wanted(self) -> dict[Growing, int]:
        """What is asked for still, and how far the farthest goal is."""
        now = self._clock()
        goals: dict[Growing, int] = {}
        self._leases = {
            who: lease
            for who, lease in self._leases.items()
            if lease.ends > now and lease.recording.lacks(lease.goal)
        }
        for lease in self._leases.values():
            goals[lease.recording] = max(lease.goal, goals.get(lease.recording, 0))
        return goals

    def _next(self) -> tuple[Growing, int] | None:
        """Whose turn it is, and its goal; None, and the work ends, if nobody wants any."""
        with self._lock:
            goals = self._wanted()
            self._turns = [one for one in self._turns if one in goals]
            if not goals:
                self._works = False
                return None
            waiting = next((one for one in goals if one not in self._turns), None)
            turn = self._turns.pop(0) if waiting is None else waiting
            self._turns.append(turn)
            return turn, goals[turn]

    def _work(self) -> None:
        while turn := self._next():
            recording, goal = turn
            try:
                recording.make_piece(goal)
            except Exception:  # whatever it is, the others' recordings go on
                logging.getLogger(__name__).exception("A recording can't be gone on with.")
                recording.fault = "Something went wrong on the server, so the recording ends here."


def _thread(work: Callable[[], None]) -> threading.Thread:
    return threading.Thread(target=work, name="nnviz-recorder", daemon=True)
