"""A run as a film: what the browser needs to draw any epoch without asking the server.

One block of bytes: a little-endian uint32, the length of the header; the header, JSON; then
the arrays that the header names, each a frame a row, each starting at a multiple of 8. An array
of texts has the type "text": ASCII, filled up with zeros to the same length.
"""

from __future__ import annotations

import json

import numpy as np

from nnviz.charts import FILMED
from nnviz.charts.facts import facts
from nnviz.charts.frames import WINDOW, Frames, frame_epochs
from nnviz.engine.training import Run
from nnviz.writing import loss_text, prediction_text


def film(
    run: Run,
    question: tuple[float, ...],
    around: int,
    epochs_at_most: int,
    epochs_at_first: int = 0,
) -> bytes:
    """Encode a run: what the charts hand in, and the read-outs.

    question: one value an input, in the table's units; the neurons' values are for it.
    around: the epoch near which every epoch has its frame.
    epochs_at_most: how far the recording can still be extended.
    epochs_at_first: to how many it can be cut back; 0 if it can't be.
    """
    frames = Frames(run, frame_epochs(run.epochs, run.every, around), question)
    arrays = {"epochs": frames.epochs.astype(np.int32)} | _readouts(frames)
    header = {
        "of": facts(frames.moment, "recipe", "recorded", "question"),
        "label": run.data.label_names[0],
        "window": WINDOW,
        "epochsAtMost": epochs_at_most,
        "epochsAtFirst": epochs_at_first,
    }
    for chart in FILMED:
        arrays |= {f"{chart.name}.{name}": array for name, array in chart.frames(frames).items()}
        for name, value in chart.header(frames).items():
            header[name] = header["of"] | value if name == "of" else value
    return _pack(header, arrays)


def _readouts(frames: Frames) -> dict[str, np.ndarray]:
    """What the transport bar writes; as texts, so that Python alone decides how."""
    scale = frames.run.data.label_scale
    losses = [loss_text(loss) for loss in frames.run.loss[frames.epochs].tolist()]
    predictions = [prediction_text(label, scale) for label in frames.prediction.tolist()]
    return {
        "readouts.loss": np.array(losses, "S"),
        "readouts.prediction": np.array(predictions, "S"),
    }


def _pack(header: dict, arrays: dict[str, np.ndarray]) -> bytes:
    header["frames"] = len(arrays["epochs"])
    header["arrays"], parts, offset = {}, [], 0
    for name, array in arrays.items():
        is_text = array.dtype.kind == "S"
        header["arrays"][name] = {
            "type": "text" if is_text else array.dtype.name,
            "offset": offset,
            "columns": array.itemsize if is_text else array[0].size,
        }
        data = np.ascontiguousarray(array).tobytes()
        parts.append(data + bytes(-len(data) % 8))
        offset += len(parts[-1])
    text = json.dumps(header, ensure_ascii=True, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 4) % 8)
    return len(text).to_bytes(4, "little") + text + b"".join(parts)
