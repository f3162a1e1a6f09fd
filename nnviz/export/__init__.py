"""What a person takes home: code that prints the page's numbers, and the film as a file."""

from __future__ import annotations

from collections.abc import Sequence

from nnviz.engine.training import Run
from nnviz.export.data import loss_csv, table_csv, weights_json, weights_npz
from nnviz.export.faults import ExportError
from nnviz.export.notebook import to_notebook
from nnviz.export.program import refusal
from nnviz.export.pytorch import to_torch
from nnviz.export.script import to_script
from nnviz.export.words import asked_of

__all__ = [
    "ExportError",
    "asked_of",
    "loss_csv",
    "refusal",
    "table_csv",
    "to_html",
    "to_notebook",
    "to_script",
    "to_torch",
    "weights_json",
    "weights_npz",
]


def to_html(
    run: Run,
    epoch: int | None = None,
    question: Sequence[float] | None = None,
    name: str = "",
) -> str:
    """The film of a run as a page of its own, see `nnviz.export.film_page.to_html`."""
    from nnviz.export import film_page  # brings Plotly and Streamlit, which nothing else needs

    return film_page.to_html(run, epoch, question, name)
