"""The program as a script to hand out."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import pairwise

from nnviz.engine.moment import Moment, moment_at
from nnviz.engine.training import Run
from nnviz.export.program import Part, program
from nnviz.export.words import one_line, settings_of, title_of

_WIDTH = 92  # of a comment
_HEAD = (
    "# A neural network in plain NumPy, with the names of the tutorial “Build a flexible neural\n"
    "# network with backpropagation in Python”. The last two lines it prints are nnviz's numbers.\n"
)


def to_script(
    run: Run,
    epoch: int | None = None,
    question: Sequence[float] | None = None,
    name: str = "",
) -> str:
    """The tutorial's program for a run, in Python with NumPy alone.

    epoch: how long it trains, by default to the end of the recording. question: one value an
    input, in the table's units; by default the table's first question, or else its first training
    row. name: of the table, for the heading.

    Its last two lines of output are ``loss <number>`` and ``prediction <number>``, as the page
    shows them at that epoch for that question.

    Raises ValueError if the epoch was not recorded or the question does not fit the table,
    ExportError if the recipe has no form for a script yet.
    """
    moment = moment_at(run, epoch, question)
    return written(moment, _HEAD, "import numpy as np", program(moment), name)


def written(moment: Moment, head: str, imports: str, parts: list[Part], name: str) -> str:
    """Parts of a program one below the other, their words as comments.

    head: the first two lines at least, as Python would obey a table's name that speaks there of a
    “coding”.
    """
    run = moment.run
    about = f"{title_of(run, name)}. {settings_of(run)}. It stops at epoch {moment.epoch:,}."
    blocks = [f"{head}{_comment(about)}\n{imports}"]
    blocks += [f"{_comment(part.words)}\n{part.code}" for part in parts]
    # Around functions and classes there are two lines, as is the custom.
    gaps = [
        "\n" * (3 if _defines(one) or _defines(next_) else 2) for one, next_ in pairwise(blocks)
    ]
    return "".join(block + gap for block, gap in zip(blocks, [*gaps, "\n"]))


def _defines(block: str) -> bool:
    return any(line.startswith(("def ", "class ")) for line in block.splitlines())


def _comment(words: str) -> str:
    return "\n".join(f"# {line}" for line in textwrap.wrap(one_line(words), _WIDTH))
