"""What the server keeps for everyone, runs, films and figures, within one budget of bytes."""

from __future__ import annotations

import ctypes
import os
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from threading import RLock
from typing import Any, Protocol, TypeVar

import streamlit as st

MEMORY = "NNVIZ_MEMORY_MB"  # the environment's variable that sets the budget
_DEFAULT_MB = 256  # small machines in the cloud have 690 for the whole server


class Thing(Protocol):
    """What can lie on the shelf."""

    @property
    def bytes(self) -> int:
        """What it takes by now."""


T = TypeVar("T", bound=Thing)


class Shelf:
    """Things by their keys, within a budget of bytes; what was longest unused goes first.

    What is still in use somewhere lives on there until it no longer is.
    """

    def __init__(self, budget: int):
        self.budget = budget
        self._things: OrderedDict[Hashable, Thing] = OrderedDict()
        self._lock = RLock()

    def __len__(self) -> int:
        return len(self._things)

    @property
    def keys(self) -> set[Hashable]:
        """The keys of what lies here."""
        return set(self._things)

    @property
    def bytes(self) -> int:
        """What everything here takes."""
        with self._lock:
            return sum(thing.bytes for thing in self._things.values())

    def find(self, key: Hashable) -> Any:
        """The thing by that key, or None."""
        with self._lock:
            if key in self._things:
                self._things.move_to_end(key)
            return self._things.get(key)

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The thing by that key, or what is made if there is none. Two may make it at once."""
        if (found := self.find(key)) is not None:
            return found
        made = make()  # outside the lock: others needn't wait for it
        with self._lock:
            self._things.setdefault(key, made)
            thing = self.find(key)
        self.tidy()
        return thing

    def tidy(self) -> None:
        """Keep to the budget; what was last used stays, and things grow while they lie here."""
        with self._lock:
            excess = self.bytes - self.budget
            too_much = excess > 0
            while excess > 0 and len(self) > 1:
                _, thing = self._things.popitem(last=False)
                excess -= thing.bytes
        if too_much:
            give_back()


class _Trim:
    """Has the C library give freed memory back, which glibc keeps for itself; not too often."""

    _SELDOM = 10.0  # seconds; it takes some milliseconds

    def __init__(self):
        self._trim: Callable[[int], int]
        try:
            self._trim = ctypes.CDLL(None).malloc_trim
        except (OSError, AttributeError, TypeError):  # another C library than glibc
            self._trim = lambda pad: 0
        self._last = -self._SELDOM

    def __call__(self) -> None:
        """What was freed goes back to the machine."""
        if time.monotonic() - self._last >= self._SELDOM:
            self._last = time.monotonic()
            self._trim(0)


give_back = _Trim()


@dataclass(frozen=True)
class Kept:
    """Something that does not grow, and how many bytes it takes."""

    what: Any
    bytes: int


@st.cache_resource(show_spinner=False)
def shelf() -> Shelf:
    """The server's own."""
    return Shelf(int(1e6 * float(os.environ.get(MEMORY, _DEFAULT_MB))))
