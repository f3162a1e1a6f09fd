"""Which epochs of a run become frames, and what is computed of them, once for all charts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.network import forward
from nnviz.engine.training import Run

FRAMES = 2_000  # a longer recording is thinned to this many, evenly
WINDOW = 500  # around the playhead of a thinned film, one block of this many on either side is not
ROWS_SHOWN = 40  # of a longer table, that many are shown, evenly chosen
_CHUNK = 128  # frames that go forward together, so that their numbers stay in the processor


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


def shown_inputs(data: Dataset) -> tuple[np.ndarray, np.ndarray]:
    """The inputs, scaled, of the training rows and of the questions that are shown."""
    training, questions = shown_rows(len(data.X)), shown_rows(len(data.questions))
    return data.X[training], data.scale(data.questions[questions])


@dataclass(frozen=True, eq=False)
class Frames:
    """Some epochs of a run, as the film shows them for a question, in the table's units."""

    run: Run
    epochs: np.ndarray
    question: tuple[float, ...]

    @property
    def moment(self) -> Moment:
        """The first of them."""
        return Moment(self.run, int(self.epochs[0]), self.question)

    @cached_property
    def weights(self) -> np.ndarray:
        """(frames, weights)."""
        return self.run.weights_at(self.epochs)

    @property
    def neurons(self) -> np.ndarray:
        """What each neuron past the inputs makes of the question, (frames, neurons), float32."""
        return self._forward[0]

    @property
    def prediction(self) -> np.ndarray:
        """What is predicted for the question, in the label's unit, (frames,)."""
        return self._forward[1][:, 0]

    @property
    def guesses(self) -> np.ndarray:
        """What is predicted for the training rows that are shown, (frames, rows)."""
        known, _ = shown_inputs(self.run.data)
        return self._forward[1][:, 1 : 1 + len(known)]

    @property
    def answers(self) -> np.ndarray:
        """What is predicted for the table's own questions that are shown, (frames, rows)."""
        known, _ = shown_inputs(self.run.data)
        return self._forward[1][:, 1 + len(known) :]

    @cached_property
    def _forward(self) -> tuple[np.ndarray, np.ndarray]:
        """One forward pass, of the question and of all rows that are shown."""
        run, data = self.run, self.run.data
        inputs = np.vstack([data.scale([self.question]), *shown_inputs(data)])
        neurons = np.empty((len(self.epochs), sum(run.sizes[1:])), np.float32)
        labels = np.empty((len(self.epochs), len(inputs)))
        for start in range(0, len(self.epochs), _CHUNK):
            here = slice(start, start + _CHUNK)
            _, layers = forward(run.shape.weights(self.weights[here]), inputs)
            neurons[here] = np.concatenate([layer[:, 0] for layer in layers[1:]], axis=-1)
            labels[here] = layers[-1][:, :, 0] * data.label_scale
        return neurons, labels
