"""How a column's cells become the numbers of its neurons, and these a cell again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nnviz.engine.table import as_number, cell_text, numbers_of

NUMBERS, YES_NO, CATEGORIES = "numbers", "yes/no", "categories"
KINDS = (NUMBERS, YES_NO, CATEGORIES)

MAX_CATEGORIES = 12  # more texts than that are names, not kinds of something

# What means no and yes, whatever the case it is written in.
_NO_AND_YES = (("no", "yes"), ("false", "true"), ("n", "y"), ("f", "t"), ("nein", "ja"))


@dataclass(frozen=True)
class Coding:
    """How the cells of one column become numbers.

    name: the column's. kind: one of `KINDS`.
    values: of categories, the texts there are, in order; of yes/no, how the table writes no and
        yes; of numbers, nothing.
    """

    name: str
    kind: str = NUMBERS
    values: tuple[str, ...] = ()

    @property
    def neurons(self) -> tuple[str, ...]:
        """The names of its neurons: a category has one each, ``brand = Opel``."""
        if self.kind != CATEGORIES:
            return (self.name,)
        return tuple(f"{self.name} = {value}" for value in self.values)

    def read(self, column: pd.Series) -> tuple[np.ndarray, list[str]]:
        """Cells as numbers, (rows, neurons), and a sentence on each that does not fit.

        A category is 1 at its own neuron and 0 at the others. A blank is a row of NaN, and so is
        a cell that does not fit.
        """
        if self.kind == NUMBERS:
            numbers, faults = numbers_of(self.name, column)
            return numbers[:, None], faults
        texts = [cell_text(cell) for cell in column]
        if self.kind == YES_NO:
            return np.array([_meaning(text) for text in texts], float)[:, None], self._slips(texts)
        places: dict[str | None, float] = {value: k for k, value in enumerate(self.values)}
        codes = np.array([places.get(text, math.nan) for text in texts], dtype=float)
        numbers = (codes[:, None] == np.arange(len(self.values))).astype(float)
        numbers[np.isnan(codes)] = np.nan
        return numbers, []

    def _slips(self, texts: list[str | None]) -> list[str]:
        no, yes = self.values
        return [
            f"Row {i}: {self.name} is “{text[:40]}”. Write {no} or {yes}."
            for i, text in enumerate(texts, start=1)
            if text is not None and math.isnan(_meaning(text))
        ]

    def decode(self, numbers: Sequence[float]) -> float | str:
        """The cell that its neurons' numbers stand for, or come nearest to."""
        if self.kind == NUMBERS:
            return float(numbers[0])
        if self.kind == YES_NO:
            return self.values[int(numbers[0] >= 0.5)]
        return self.values[int(np.argmax(numbers))]


def coding_of(name: str, kind: str, cells: Iterable) -> Coding:
    """The coding of a column by the cells it holds, questions' included."""
    if kind == NUMBERS:
        return Coding(name)
    texts = sorted({text for cell in cells if (text := cell_text(cell)) is not None}, key=_order)
    if kind == CATEGORIES:
        return Coding(name, kind, tuple(texts))
    return Coding(name, kind, _no_and_yes(texts))


def is_yes_no(texts: set[str]) -> bool:
    """Whether all of some texts say yes or no, in one and the same way."""
    lower = {text.lower() for text in texts}
    return bool(lower) and any(lower <= set(pair) for pair in _NO_AND_YES)


def _no_and_yes(texts: list[str]) -> tuple[str, str]:
    """How a column writes them; what it lacks, as the other is usually written beside."""
    for pair in _NO_AND_YES:
        found = {text.lower(): text for text in texts if text.lower() in pair}
        if found:
            like = next(iter(found.values()))
            no, yes = (found.get(word) or _in_the_case_of(like, word) for word in pair)
            return no, yes
    return "no", "yes"


def _in_the_case_of(like: str, word: str) -> str:
    return (
        word.upper()
        if like.isupper() and len(like) > 1
        else (word.capitalize() if like[0].isupper() else word)
    )


def _meaning(text: str | None) -> float:
    """0 for a no, 1 for a yes, NaN for anything else; 0 and 1 themselves will do."""
    if text is None:
        return math.nan
    words = [("0", "1"), *_NO_AND_YES]
    return next((float(p.index(text.lower())) for p in words if text.lower() in p), math.nan)


def _order(text: str) -> tuple:
    """Numbers by their size, and before other texts."""
    number = as_number(text)
    return (number is None, number or 0.0, text)
