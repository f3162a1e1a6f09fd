"""What a browser sends as edits of the grid, checked: it may be forged, or of a grid that changed.

Streamlit takes the edits as they come; one that names a column or a row which isn't there ends
the run of the page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from nnviz.engine.table import MAX_ROWS


def fitting(sent: Mapping[str, Any], rows: pd.DataFrame) -> dict[str, Any]:
    """Of the edits that were sent those that fit, in the form in which they are sent.

    sent: ``edited_rows``, {row: {column: text or None}}; ``added_rows``, a list of such cells by
        column; ``deleted_rows``, a list of rows. A row is its place, from 0. Any part may be
        lacking, or be anything else.
    rows: what the grid shows, without its edits.
    """
    edited, added, deleted = (sent.get(f"{what}_rows") for what in ("edited", "added", "deleted"))
    edited = edited.items() if isinstance(edited, dict) else ()
    added = added[:MAX_ROWS] if isinstance(added, list) else ()
    deleted = deleted if isinstance(deleted, list) else ()
    return {
        "edited_rows": {row: _cells(cells, rows) for row, cells in edited if _is_in(row, rows)},
        "added_rows": [_cells(cells, rows) for cells in added],
        "deleted_rows": [row for row in deleted if _is_in(row, rows)],
    }


def _is_in(row: object, rows: pd.DataFrame) -> bool:
    return type(row) is int and 0 <= row < len(rows)


def _cells(sent: object, rows: pd.DataFrame) -> dict[str, str | None]:
    """The cells of a row whose columns are there, as text."""
    cells = sent.items() if isinstance(sent, dict) else ()
    return {name: _text(cell) for name, cell in cells if name in rows.columns}


def _text(cell: object) -> str | None:
    """A cell as it was typed, but for halves of surrogate pairs, which no table can hold."""
    return None if cell is None else str(cell).encode(errors="ignore").decode()


def applied(edits: Mapping[str, Any], rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with edits that fit; rows that are added have the next labels, as in Streamlit."""
    edited, added = rows.copy(), edits["added_rows"]
    for row, cells in edits["edited_rows"].items():
        for name, cell in cells.items():
            edited.iat[row, edited.columns.get_loc(name)] = cell
    first = max(rows.index, default=-1) + 1
    cells = [[cells.get(name) for name in rows.columns] for cells in added]
    labels = range(first, first + len(added))
    new = pd.DataFrame(cells, index=labels, columns=rows.columns, dtype=object)
    return pd.concat([edited.drop(rows.index[edits["deleted_rows"]]), new])
