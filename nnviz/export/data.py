"""Numbers to take along: the table with predictions, the loss, and the weights of an epoch."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence

import numpy as np

from nnviz.engine.moment import moment_at
from nnviz.engine.training import Run

_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for one
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the first date that a zip knows: the same bytes each time


def table_csv(run: Run, epoch: int | None = None) -> str:
    """The table as CSV, and beside it what the network predicts for each row, to full precision.

    epoch: by default the last. Raises ValueError if it was not recorded.
    """
    data = run.data
    table = data.table
    numbers = np.concatenate([data.training_rows, data.question_rows, data.held_rows])
    inputs = np.vstack([data.X, data.scale(data.questions), data.held_X])
    outputs = data.unscale(run.network(epoch).forward(inputs)[-1])
    predicted = dict(zip(numbers.tolist(), outputs))
    head = [*table.columns, *(f"{name}, predicted" for name in data.output_names)]
    none = [""] * len(data.output_names)
    rows = (
        [*cells, *predicted.get(number, none)]
        for number, cells in enumerate(table.itertuples(index=False), start=1)
    )
    return _csv(head, rows)


def loss_csv(run: Run) -> str:
    """The loss of every recorded epoch, to full precision."""
    return _csv(["epoch", "loss"], enumerate(run.loss.tolist()))


def weights_json(run: Run, epoch: int | None = None) -> str:
    """The weights as they stood at an epoch, by default the last, as JSON.

    ``{"epoch": 202, "inputs": ["study", …], "outputs": ["score"], "W1": [[…], …], …}``: W1[i][j]
    leads from input i to neuron j of the next layer. Raises ValueError if it was not recorded.
    """
    data = run.data
    content = {
        "epoch": moment_at(run, epoch).epoch,
        "inputs": data.input_names,
        "outputs": data.output_names,
        **{name: w.tolist() for name, w in _named_weights(run, epoch).items()},
    }
    return json.dumps(content, ensure_ascii=False) + "\n"


def weights_npz(run: Run, epoch: int | None = None) -> bytes:
    """The same weights as NumPy's ``.npz``: ``np.load(file)["W1"]``.

    NumPy's own ``savez`` writes the time into the file; this writes the same bytes each time.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, w in _named_weights(run, epoch).items():
            array = io.BytesIO()
            np.lib.format.write_array(array, w, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _LONG_AGO), array.getvalue())
    return content.getvalue()


def _named_weights(run: Run, epoch: int | None) -> dict[str, np.ndarray]:
    return {f"W{k}": w for k, w in enumerate(run.network(epoch).weights, start=1)}


def _csv(head: Sequence[str], rows: Iterable[Sequence]) -> str:
    """Numbers as short as they can be read back exactly; texts so that no spreadsheet runs them."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(map(_disarmed, head))
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _cell(value) -> str:
    if value is None or value != value:  # NaN is a blank
        return ""
    if isinstance(value, str):
        return _disarmed(value)
    return f"{float(value)!r}".removesuffix(".0")


def _disarmed(text: str) -> str:
    """A text that a spreadsheet shows, after an apostrophe, instead of computing it."""
    return f"'{text}" if text.startswith(_FORMULA) else text
