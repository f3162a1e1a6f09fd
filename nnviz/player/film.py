"""A run as a film: what the browser needs to draw any epoch without asking the server.

One block of bytes: a little-endian uint32, the length of the header; the header, JSON; then
the arrays that the header names, each a frame a row, each starting at a multiple of 8. An array
of texts has the type "text": UTF-8, filled up with zeros to the same length.
"""

from __future__ import annotations

import json

import numpy as np

from nnviz.charts import FILMED
from nnviz.charts.facts import facts
from nnviz.charts.frames import WINDOW, Frames, frame_epochs
from nnviz.charts.map import map_epochs, map_frames, map_key
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.trust.ground import Ground
from nnviz.writing import loss_text, prediction_text, share_text


def film(
    run: Run,
    question: tuple[float, ...],
    around: int,
    epochs_at_most: int,
    epochs_at_first: int = 0,
    label_number: int = 0,
    class_number: int = 0,
    wanted: int = 0,
    whole: int = 0,
) -> bytes:
    """Encode a run: what the charts hand in, and the read-outs.

    question: one value an input, in the table's units; the neurons' values are for it.
    around: the epoch near which every epoch has its frame.
    epochs_at_most: how far the recording can still be extended.
    epochs_at_first: to how many it can be cut back; 0 if it can't be.
    label_number, class_number: which of the labels is looked at, and which of its classes.
    wanted: how many are being recorded, if that is more than there are.
    whole: how many there would be had the recording not been stopped.
    """
    frames = Frames(
        run, frame_epochs(run.epochs, run.every, around), question, label_number, class_number
    )
    return film_of(frames, epochs_at_most, epochs_at_first, wanted, whole)


def film_of(
    frames: Frames,
    epochs_at_most: int,
    epochs_at_first: int = 0,
    wanted: int = 0,
    whole: int = 0,
) -> bytes:
    """The same of any frames; the first of them is epoch 0, the last the recording's end."""
    arrays = {"epochs": frames.epochs.astype(np.int32), "aspect": frames.aspect}
    arrays |= _readouts(frames)
    header = {
        "of": facts(frames.moment, "recipe", "recorded", "question", "aspect"),
        "label": frames.label.name,
        "window": WINDOW,
        "epochsAtMost": epochs_at_most,
        "epochsAtFirst": epochs_at_first,
        "wanted": max(wanted, frames.run.epochs),
        "whole": max(whole, frames.run.epochs),
    }
    for chart in FILMED:
        arrays |= {f"{chart.name}.{name}": array for name, array in chart.frames(frames).items()}
        for name, value in chart.header(frames).items():
            header[name] = header["of"] | value if name == "of" else value
    return _pack(header, arrays)


def maps(moment: Moment, on: Ground) -> bytes:
    """A film of maps, for charts that draw what a network says all over a ground."""
    run = moment.run
    epochs = map_epochs(run, on)
    of = facts(moment, "recipe", "recorded", "aspect")
    arrays = {"epochs": epochs.astype(np.int32)} | map_frames(run, on, epochs, moment.aspect)
    return _pack({"of": of, "ground": map_key(moment, on)}, arrays)


def _readouts(frames: Frames) -> dict[str, np.ndarray]:
    """What the transport bar writes; as texts, so that Python alone decides how.

    A class is written by its name, and beside it its share; a number has none.
    """
    label, losses = frames.label, frames.run.loss[frames.epochs].tolist()
    texts, numbers = {"loss": [loss_text(loss) for loss in losses]}, frames.prediction.tolist()
    if label.classes:
        texts["prediction"] = [label.classes[place] for place in frames.classes[:, -1]]
        texts["share"] = [share_text(share) for share in numbers]
    else:
        texts["prediction"] = [prediction_text(number, label.scale) for number in numbers]
        texts["share"] = [""] * len(numbers)
    return {f"readouts.{name}": _encoded(column) for name, column in texts.items()}


def _encoded(texts: list[str]) -> np.ndarray:
    return np.array([text.encode() for text in texts], "S")


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
