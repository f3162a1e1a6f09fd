"""The program as a Jupyter notebook: a sentence and a cell for each part."""

from __future__ import annotations

import json
from collections.abc import Sequence

from nnviz.engine.moment import moment_at
from nnviz.engine.training import Run
from nnviz.export.program import Part, program
from nnviz.export.words import one_line, settings_of, title_of
from nnviz.writing import markdown

_CURVE = Part(
    "The loss, epoch by epoch",
    "This needs Matplotlib, which is for pictures alone.",
    "import matplotlib.pyplot as plt\n"
    "\n"
    "plt.plot([*losses, loss])\n"
    'plt.xlabel("epoch")\n'
    'plt.ylabel("loss")\n'
    "plt.show()",
)
_EXERCISE = """## Your turn: change the rate

The cell *Training* sets `learning_rate`. Write down a guess before you try:

1. At a tenth of it, is the loss at the end larger or smaller?
2. And at a hundred times as much? Look at the curve too, not at its end alone.

Then change it and run all cells again from the first: in the menu, *Run*, *Restart and Run All*.
The weights begin anew there; without that, training goes on from where it stopped."""


def to_notebook(
    run: Run,
    epoch: int | None = None,
    question: Sequence[float] | None = None,
    name: str = "",
) -> str:
    """The program of `to_script` in the cells of a notebook, nbformat 4.5, as JSON.

    Beside it a curve of the loss, for which the notebook needs Matplotlib, and an exercise.
    Arguments and what is raised are those of `to_script`.
    """
    moment = moment_at(run, epoch, question)
    heading = f"# {markdown(one_line(title_of(run, name)))}\n\n{markdown(settings_of(run))}."
    cells = [
        _text("title", f"{heading} It stops at epoch {moment.epoch:,}."),
        _code("numpy", "import numpy as np"),
    ]
    for part in [*program(moment), _CURVE]:
        key = part.title.lower().split(":")[0].replace(" ", "-").replace(",", "")
        cells.append(_text(f"{key}-words", f"## {part.title}\n\n{markdown(part.words)}"))
        cells.append(_code(key, part.code))
    cells.append(_text("exercise", _EXERCISE))
    notebook = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook, ensure_ascii=False, indent=1) + "\n"


def _text(key: str, text: str) -> dict:
    return {"cell_type": "markdown", "id": key, "metadata": {}, "source": text}


def _code(key: str, code: str) -> dict:
    empty: dict = {"execution_count": None, "metadata": {}, "outputs": []}
    return {"cell_type": "code", "id": key, "source": code, **empty}
