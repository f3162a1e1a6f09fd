"""One number of a step, written out: from which numbers it came, and how."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

import numpy as np

from nnviz.dissection.matrix import Matrix
from nnviz.dissection.steps import Step
from nnviz.writing import bracketed, in_formula, listed, shown

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
    text: the sum or formula with its numbers, ``0.6667 · 0.6 + 1 · 0.3 = 0.7``; the middle
        of a long sum is left out.
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
    products = listed(pairs, lambda pair: f"{bracketed(pair[0])} · {bracketed(pair[1])}")
    return Cell(
        name=step.label(i, j),
        value=value,
        text=f"{' + '.join(products)} = {shown(value)}",
        terms=terms,
        count=len(pairs),
        total=sum(a * b for a, b in pairs),
        lit=((left.name, i, None), (right.name, None, j)),
    )


def _elementwise(step: Step, i: int, j: int) -> Cell:
    # A matrix of one row, as the inputs' scale, serves every row.
    places = [(m, min(i, len(m.value) - 1), j) for m in step.made_from]
    numbers = [m.value[row, column] for m, row, column in places]
    value = step.value[i, j].item()
    return Cell(
        name=step.label(i, j),
        value=value,
        text=f"{_put_in(step.live, numbers)} = {shown(value)}" if numbers else shown(value),
        terms=(),
        count=0,
        total=value,
        lit=tuple((m.name, row, column) for m, row, column in places),
    )


def _put_in(live: str, numbers: list[float]) -> str:
    """The formula with its numbers; a negative one in brackets, unless it comes first."""
    texts = [bracketed(number) for number in numbers]
    if live.startswith("{0}"):
        texts[0] = in_formula(numbers[0])
    return live.format(*texts)


def _mean_of_squares(step: Step) -> Cell:
    y, o = step.made_from
    miss = Matrix(f"({y.name} − {o.name})", y.value - o.value, y.rows, y.columns)
    misses = miss.value.ravel().tolist()
    names = (miss.label(*place) for place in islice(np.ndindex(miss.value.shape), MOST_TERMS))
    terms = tuple(Term(name, m, name, m, m * m) for name, m in zip(names, misses))
    squares = listed(misses, lambda m: f"{bracketed(m)}²")
    value = step.value.item()
    return Cell(
        name=step.name,
        value=value,
        text=f"({' + '.join(squares)}) / {len(misses)} = {shown(value)}",
        terms=terms,
        count=len(misses),
        total=sum(m * m for m in misses),
        lit=((y.name, None, None), (o.name, None, None)),
    )
