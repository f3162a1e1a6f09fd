"""One number of a step, written out: from which numbers it came, and how."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import numpy as np

from nnviz.dissection.calculator import MOST_WRITTEN, mean_of_squares, products, written
from nnviz.dissection.matrix import Matrix
from nnviz.dissection.steps import Step
from nnviz.writing import bracketed, rounded

MOST_TERMS = 1000  # nobody reads more, and a gradient may have 10,000


@dataclass(frozen=True)
class Term:
    """One product of a sum."""

    left: str
    left_value: float
    right: str
    right_value: float
    product: float


@dataclass(frozen=True)
class Cell:
    """How one cell came to be.

    name: ``z[row 1, h2]``.
    value: the number itself.
    text: the sum or formula with its numbers, ``0.6667 · 0.6 + 1 · 0.3 = 0.7``, in as many
        digits as a pocket calculator needs; the middle of a long sum is left out.
    more: what else there is to say of it, a line each: where a slope comes from, and each row's
        part of a change.
    terms: of a product, left times right, one for each neuron or row summed over; of a
        loss, the squares. The first `MOST_TERMS` of them; for other kinds none.
    count: how many terms there are in all.
    total: the sum of all the terms' products. It may differ from ``value`` in the last digit,
        as the order of summation may; for a loss it is yet to be divided by their number.
    lit: the cells it was made from, (operand, row, column) each; None is a whole row or
        column, so ("X", 0, None) is X's first row.
    """

    name: str
    value: float
    text: str
    terms: tuple[Term, ...]
    count: int
    total: float
    lit: tuple[tuple[str, int | None, int | None], ...]
    more: tuple[str, ...] = ()


def written_out(step: Step, i: int = 0, j: int = 0) -> Cell:
    """How the cell in row i, column j of a step came to be; i and j from 0.

    A scalar has one cell, whatever i and j. Raises IndexError if there is no such cell.
    """
    if step.kind == "scalar":
        return _mean_of_squares(step)
    rows, columns = step.value.shape
    if not (0 <= i < rows and 0 <= j < columns):
        raise IndexError(f"{step.name} has {rows} rows and {columns} columns; no [{i}, {j}].")
    return _product(step, i, j) if step.kind == "product" else _elementwise(step, i, j)


def _product(step: Step, i: int, j: int) -> Cell:
    left, right = step.made_from
    pairs = list(zip(left.value[i].tolist(), right.value[:, j].tolist()))
    terms = tuple(
        Term(left.label(i, k), a, right.label(k, j), b, a * b)
        for k, (a, b) in enumerate(pairs[:MOST_TERMS])
    )
    value = step.value[i, j].item()
    return Cell(
        name=step.label(i, j),
        value=value,
        text=products(pairs, value),
        terms=terms,
        count=len(pairs),
        total=sum(a * b for a, b in pairs),
        lit=((left.name, i, None), (right.name, None, j)),
        more=_votes(left.columns, pairs, value) if step.votes else (),
    )


def _votes(rows: tuple[str, ...], pairs: list[tuple[float, float]], value: float) -> tuple:
    """What each row says a weight should do: value times delta, and the parts side by side."""
    parts = [a * b for a, b in pairs]
    if len(parts) == 1:
        return ()
    if len(parts) > MOST_WRITTEN:
        up, down = (sum(sign * part > 0 for part in parts) for sign in (1, -1))
        return (f"each row votes: {up} of {len(parts)} for up, {down} for down",)
    each = [
        f"{row}: {written(_times, lambda a, b: a * b, pair, part)}"
        for row, pair, part in zip(rows, pairs, parts)
    ]
    return (f"each row's part: {_side_by_side(parts, value)}", "; ".join(each))


def _times(texts: list[str]) -> str:
    return " · ".join(map(bracketed, texts))


def _side_by_side(parts: list[float], value: float) -> str:
    """The parts with their signs, in as many digits as they need to add up."""
    return written(
        lambda texts: " ".join(t if t.startswith("−") else f"+{t}" for t in texts),
        lambda *numbers: sum(numbers, start=numbers[0] * 0),
        parts,
        value,
    )


def _elementwise(step: Step, i: int, j: int) -> Cell:
    # A matrix of one row, as the inputs' scale, serves every row.
    places = [(m, min(i, len(m.value) - 1), j) for m in step.made_from]
    numbers = [m.value[row, column] for m, row, column in places]
    value = step.value[i, j].item()
    return Cell(
        name=step.label(i, j),
        value=value,
        text=_worked(step, numbers, value),
        terms=(),
        count=0,
        total=value,
        lit=tuple((m.name, row, column) for m, row, column in places),
        more=tuple(
            f"{m.label(row, column)} = {written_out(m, row, column).text}"
            for m, row, column in places
            if isinstance(m, Step)  # a slope is itself made from something
        ),
    )


def _worked(step: Step, numbers: list[float], value: float) -> str:
    """The formula with its numbers; of what came from nothing, the number."""
    if step.compute is None:
        return rounded(value)
    return written(lambda texts: _put_in(step.live, texts), step.compute, numbers, value)


def _put_in(live: str, texts: list[str]) -> str:
    """A negative number is in brackets, unless it comes first."""
    first, *others = texts
    head = first if live.startswith("{0}") else bracketed(first)
    return live.format(head, *map(bracketed, others))


def _mean_of_squares(step: Step) -> Cell:
    y, o = step.made_from
    miss = Matrix(f"({y.name} − {o.name})", y.value - o.value, y.rows, y.columns)
    misses = miss.value.ravel().tolist()
    names = (miss.label(*place) for place in islice(np.ndindex(miss.value.shape), MOST_TERMS))
    terms = tuple(Term(name, m, name, m, m * m) for name, m in zip(names, misses))
    value = step.value.item()
    return Cell(
        name=step.name,
        value=value,
        text=mean_of_squares(misses, value),
        terms=terms,
        count=len(misses),
        total=sum(m * m for m in misses),
        lit=((y.name, None, None), (o.name, None, None)),
    )
