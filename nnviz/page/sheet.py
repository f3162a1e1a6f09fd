"""Steps of the dissection as a sheet of matrices, laid out by the browser."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import streamlit as st

from nnviz import player
from nnviz.dissection import Matrix, Step, WeightStory, written_out
from nnviz.strokes import NEGATIVE, POSITIVE
from nnviz.writing import rounded, shown

MOST_TRAINING_ROWS = 8  # of a longer table, so many are shown when all are asked for
MOST_NEURONS = 32
FOOTNOTE = "Shown to 4 digits or more, computed with 16; point at a number for all of them."
_DEEPEST_TINT = 0.42  # the opacity of the tint behind a matrix's largest number


_HERE = Path(__file__).parent

if player.AVAILABLE:
    mount_sheet = st.components.v2.component(
        "nnviz.sheet",
        html='<div class="nnviz-sheet"></div>',
        css=(_HERE / "sheet.css").read_text("utf-8"),
        js="".join(
            (_HERE / name).read_text("utf-8") for name in ("clipboard.js", "sight.js", "sheet.js")
        ),
        isolate_styles=False,
    )


@dataclass(frozen=True)
class Choice:
    """Which training rows a sheet shows.

    names: of all training rows. row: the one shown, from 0, or None for all.
    """

    names: tuple[str, ...]
    row: int | None

    def cells(self, step: Step) -> list[tuple[int, int]]:
        """The cells of a step's result that are shown; a scalar has one."""
        if not step.rows:
            return [(0, 0)]
        rows, columns = _places(step, self)[-1]
        return [(i, j) for i in rows for j in columns]

    def places(self, names: Sequence[str], one_will_do: bool) -> list[int]:
        """Which of a matrix's rows or columns, so named, are shown.

        one_will_do: whether the chosen training row is enough.
        """
        if tuple(names) != self.names:
            return list(range(min(len(names), MOST_NEURONS)))
        if self.row is not None and one_will_do:
            return [self.row]
        return list(range(min(len(names), MOST_TRAINING_ROWS)))


def sheet(
    steps: Sequence[Step], choice: Choice, blank: tuple[str, int, int] | None = None
) -> list[dict]:
    """A block for each step: its matrices side by side, and how each cell came to be.

    blank: the step and the cell of it that the learner is to say.
    """
    changes = [m for step in steps for m in (step, *step.made_from) if m.name.startswith("dW")]
    largest = max((np.abs(change.value).max() for change in changes), default=None)
    blocks, said = [_block(step, choice, largest) for step in steps], set()
    for block in blocks:
        if block["sentence"] in said:
            block["sentence"] = ""  # dW1 and dW2 are explained once
        said.add(block["sentence"])
    if blank is not None:
        for step, block in zip(steps, blocks):
            block["finding"] = ("", "")
            if step.name == blank[0]:
                _leave_blank(block, step, choice, *blank[1:])
    blocks[-1]["footnote"] = FOOTNOTE
    return blocks


def _leave_blank(block: dict, step: Step, choice: Choice, i: int, j: int) -> None:
    """Take a cell out of a block, and what else there says its number; it is picked at first."""
    rows, columns = _places(step, choice)[-1] if step.rows else ([0], [0])
    row, column = rows.index(i), columns.index(j)
    result, cell = block["parts"][-1], block["cells"][row][column]
    for part, instead in (("shown", "?"), ("exact", "?"), ("tints", "transparent")):
        result[part][row][column] = instead
    cell |= {"text": "?", "more": ()}
    block["picked"] = [row, column]
    if step.kind in ("given", "scalar"):
        block["sentence"] = ""  # which has an example


def factors_sheet(story: WeightStory) -> list[dict]:
    """A weight's chain of factors, a training row a row, and their product."""
    names = [f"{f.name} of {f.of}" if f.of else f.name for f in story.factors]
    rows = slice(MOST_TRAINING_ROWS)
    values = np.column_stack([*(f.values for f in story.factors), story.products])[rows]
    title = "∂(½·Σ(y − o)²)/∂w, row by row"
    return _single(Matrix(title, values, story.rows[rows], (*names, "product")))


def gradients_sheet(story: WeightStory) -> list[dict]:
    """A weight's gradient, of both losses, and the same by central differences."""
    numbers = {
        "gradient of ½·Σ(y − o)², the sum of the products": story.gradient,
        "what this epoch adds to the weight, −η times it": story.change,
        f"gradient of the loss shown, {shown(story.mean_factor)} times it": story.loss_gradient,
        f"the same by central differences, h = {shown(story.h)}": story.difference,
        "relative error of the two": story.relative_error,
    }
    values = np.array([list(numbers.values())]).T
    return _single(Matrix("The gradient, and its check", values, tuple(numbers), ("",)))


def _single(matrix: Matrix) -> list[dict]:
    places = range(len(matrix.rows)), range(len(matrix.columns))
    return [{"parts": [_part(matrix.name, matrix, *places)]}]


def _block(step: Step, choice: Choice, largest: float | None) -> dict:
    """largest: of all changes of weights that are shown, so that their tints are on one scale."""
    places = _places(step, choice)
    rows, columns = places[-1] if step.rows else ([0], [0])
    equal = "→" if step.sign == "and" or step.kind == "scalar" else "="

    def part(title: str, matrix: Matrix, place: tuple[list[int], list[int]]) -> dict:
        scale = largest if matrix.name.startswith("dW") else None
        return _part(title, matrix, *place, scale)

    return {
        "finding": step.finding,
        "sentence": step.sentence,
        "formula": step.formula,
        "note": step.note,
        "signs": [*_signs(step), equal] if step.made_from else [],
        "parts": [
            *(part(m.name, m, place) for m, place in zip(step.made_from, places)),
            part(step.title or step.name, step, places[-1]),
        ],
        "cells": [[_cell(step, i, j, places) for j in columns] for i in rows],
    }


def _signs(step: Step) -> list[str]:
    """What stands between the matrices that a step is made from."""
    between = len(step.made_from) - 1
    return list(step.sign) if isinstance(step.sign, tuple) else [step.sign] * between


def _places(step: Step, choice: Choice) -> list[tuple[list[int], list[int]]]:
    """The rows and columns shown, of each matrix the step is made from and of its own."""
    product = step.kind == "product"
    return [
        (
            # What a product sums over is needed whole: the left one's columns, the right's rows.
            choice.places(matrix.rows, one_will_do=not (product and k == 1)),
            choice.places(matrix.columns, one_will_do=not (product and k == 0)),
        )
        for k, matrix in enumerate([*step.made_from, step])
    ]


def _part(
    title: str,
    matrix: Matrix,
    rows: Sequence[int],
    columns: Sequence[int],
    largest: float | None = None,
) -> dict:
    """largest: the number that has the deepest tint, if it is not the matrix's own largest."""
    value = np.atleast_2d(matrix.value)
    if not matrix.rows:
        rows = columns = [0]
    largest = largest or np.abs(value).max() or 1.0
    cells = value[np.ix_(rows, columns)]
    return {
        "name": title,
        "shape": " × ".join(map(str, matrix.value.shape)) or "a number",
        "rows": [matrix.rows[i] for i in rows] if matrix.rows else [""],
        "columns": [matrix.columns[j] for j in columns] if matrix.columns else [""],
        "cut": len(rows) < len(matrix.rows) or len(columns) < len(matrix.columns),
        "shown": [[rounded(v) for v in row] for row in cells],
        "exact": [[repr(float(v)) for v in row] for row in cells],
        "tints": [[_tint(v / largest) for v in row] for row in cells],
    }


def _tint(share: float) -> str:
    color = POSITIVE if share >= 0 else NEGATIVE
    return f"{color}{round(255 * _DEEPEST_TINT * abs(share)):02x}"


def _cell(step: Step, i: int, j: int, places: list[tuple[list[int], list[int]]]) -> dict:
    """How a cell came to be, in words, and where on the sheet the cells are that made it."""
    cell = written_out(step, i, j)
    lit = []
    for name, row, column in cell.lit:
        part = step.operands.index(name)
        rows, columns = places[part]
        lit.append([part, _positions(row, rows), _positions(column, columns)])
    return {"name": cell.name, "text": cell.text, "more": cell.more, "lit": lit}


def _positions(place: int | None, shown_places: list[int]) -> list[int]:
    """Where a row or column of a matrix stands on the sheet; None is all of them."""
    if place is None:
        return list(range(len(shown_places)))
    return [shown_places.index(place)] if place in shown_places else []
