"""A run as a film: what the browser needs to draw any epoch without asking the server.

One block of bytes: a little-endian uint32, the length of the header; the header, JSON; then
the arrays that the header names, each a frame a row, each starting at a multiple of 8.
"""

from __future__ import annotations

import json
import zlib

import numpy as np

from nnviz.captions import shortened, shown_names
from nnviz.engine.network import forward
from nnviz.engine.training import Run
from nnviz.strokes import strokes_for

FRAMES = 2_000  # a longer recording is thinned to this many, evenly
WINDOW = 500  # around the playhead of a thinned film, one block of this many on either side is not
LABELLED_SYNAPSES = 15  # up to this many, each synapse carries its weight as a number
ROWS_SHOWN = 40  # of a longer table, that many are shown, evenly chosen


def frame_epochs(epochs: int, every: int, around: int = 0) -> np.ndarray:
    """The epochs that get a frame: all, or evenly thinned and whole around one epoch.

    epochs, every: of the run; a thinned film prefers epochs whose weights are kept.
    """
    stride = -(-epochs // FRAMES)
    if stride <= 1:
        return np.arange(epochs + 1)
    stride = -(-stride // every) * every
    thinned = np.append(np.arange(0, epochs, stride), epochs)
    block = around // WINDOW * WINDOW
    window = np.arange(max(0, block - WINDOW), min(epochs, block + 2 * WINDOW) + 1)
    return np.union1d(thinned, window)


def shown_rows(rows: int) -> np.ndarray:
    """Which of that many rows are shown: all, or `ROWS_SHOWN` of them evenly chosen."""
    return np.unique(np.linspace(0, rows - 1, min(rows, ROWS_SHOWN)).round().astype(int))


def shown_inputs(run: Run) -> np.ndarray:
    """The inputs, scaled, of the rows the prediction chart shows: training rows, then questions."""
    data = run.data
    training, questions = shown_rows(len(data.X)), shown_rows(len(data.questions))
    return np.vstack([data.X[training], data.scale(data.questions[questions])])


def take(run: Run) -> str:
    """A name for what is recorded, however long the recording."""
    data = run.data
    table = (data.inputs, data.targets, data.questions, data.label_scale)
    return _name(run.sizes, run.kept[0], run.learning_rate, *table)


def network_structure(run: Run) -> str:
    """A name for what of the network's chart no weight, epoch or question changes."""
    return _name(run.sizes, repr(shown_names(run.data, run.sizes)))


def prediction_structure(run: Run) -> str:
    """A name for what of the prediction's chart no weight or epoch changes."""
    data = run.data
    rows = shown_rows(len(data.targets))
    questions = data.questions[shown_rows(len(data.questions))]
    label = (data.label_scale, repr(data.label_names))
    return _name(data.inputs[rows], data.targets[rows], questions, *label)


def _name(*parts) -> str:
    name = 0
    for part in parts:
        content = part.encode() if isinstance(part, str) else np.asarray(part, float).tobytes()
        name = zlib.crc32(content, name)
    return f"{name:08x}"


def input_texts(run: Run, question: tuple[float, ...]) -> dict[str, list[str]]:
    """What stands in and above the input neurons: scaled values; names with the values asked.

    Text as it is, to be written letter by letter.
    """
    scaled, names = run.data.scale([question])[0], map(shortened, run.data.input_names)
    return {
        "values": [minus(value, ".2f" if abs(value) < 100 else ".0e") for value in scaled],
        "names": [f"{name} {minus(value, '.4g')}" for name, value in zip(names, question)],
    }


def minus(value: float, form: str) -> str:
    """A number as text, with a minus as wide as a plus."""
    return f"{value:{form}}".replace("-", "−")


def signed(weight: float) -> str:
    """A weight as it is written on its synapse: two decimals, and always its sign."""
    return minus(weight, "+.2f")


def decimals(label_scale: float) -> int:
    """How many decimals a predicted label is shown with: four digits below its full scale."""
    return max(0, 4 - round(np.log10(label_scale)))


def film(run: Run, question: tuple[float, ...], around: int, epochs_at_most: int) -> bytes:
    """Encode a run.

    question: one value an input, in the table's units; the neurons' values are for it.
    around: the epoch near which every epoch has its frame.
    epochs_at_most: how far the recording can still be extended.
    """
    epochs = frame_epochs(run.epochs, run.every, around)
    weights = run.weights_at(epochs)
    inputs = np.vstack([run.data.scale([question]), shown_inputs(run)])
    _, layers = forward(run.shape.weights(weights), inputs)
    arrays = {
        "epochs": epochs.astype(np.int32),
        "loss": run.loss[epochs],
        "prediction": layers[-1][:, 0] * run.data.label_scale,
        "neurons": np.hstack([layer[:, 0] for layer in layers[1:]]).astype(np.float32),
        "guesses": (layers[-1][:, 1:, 0] * run.data.label_scale).astype(np.float32),
        "strokes": strokes_for(run.sizes).index(weights),
    }
    if weights.shape[1] <= LABELLED_SYNAPSES:
        arrays["weights"] = weights.astype(np.float32)
    header = {
        "take": take(run),
        "question": list(question),
        "structures": {
            "network": network_structure(run),
            "prediction": prediction_structure(run),
        },
        "inputs": input_texts(run, question),
        "recorded": run.epochs,
        "label": run.data.label_names[0],
        "epochsAtMost": epochs_at_most,
        "decimals": decimals(run.data.label_scale),
    }
    return _pack(header, arrays)


def _pack(header: dict, arrays: dict[str, np.ndarray]) -> bytes:
    header["arrays"], parts, offset = {}, [], 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array).tobytes()
        header["arrays"][name] = {
            "type": array.dtype.name,
            "offset": offset,
            "length": array.size,
            "columns": array.size // len(array),
        }
        parts.append(data + bytes(-len(data) % 8))
        offset += len(parts[-1])
    text = json.dumps(header, ensure_ascii=True, separators=(",", ":")).encode()
    text += b" " * (-(len(text) + 4) % 8)
    return len(text).to_bytes(4, "little") + text + b"".join(parts)
