"""Which epochs of a run become frames, and what is computed of them, once for all charts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.engine.dataset import Dataset
from nnviz.engine.label import Label
from nnviz.engine.moment import Moment
from nnviz.engine.network import forward
from nnviz.engine.training import Run
from nnviz.writing import for_fixed

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


def said(label: Label, outputs: np.ndarray, known: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """What outputs, (…, rows, outputs), say of a label: a number for each row, and a class.

    known: the true classes of the first rows, in a label of classes.

    The number is a label in its own unit; of a class, the share of the true one or, in rows
    whose class is not known, of the largest. Both (…, rows); the class is the place of the
    largest share, and 0 where the label is a number.
    """
    if not label.classes:
        numbers = label.numbers(outputs)
        return numbers, np.zeros(numbers.shape, np.uint8)
    shares = label.shares(outputs)
    largest = shares.argmax(axis=-1)
    looked_at = largest.copy()
    looked_at[..., : len(known)] = known
    numbers = np.take_along_axis(shares, looked_at[..., None], axis=-1)[..., 0]
    return numbers, largest.astype(np.uint8)


@dataclass(frozen=True, eq=False)
class Frames:
    """Some epochs of a run, as the film shows them for a question and one of the labels.

    class_number: see `Moment`.
    """

    run: Run
    epochs: np.ndarray
    question: tuple[float, ...]
    label_number: int = 0
    class_number: int = 0

    @property
    def moment(self) -> Moment:
        """The first of them."""
        return Moment(
            self.run, int(self.epochs[0]), self.question, self.label_number, self.class_number
        )

    @property
    def label(self) -> Label:
        """The label that is looked at."""
        return self.run.data.label(self.label_number)

    @cached_property
    def weights(self) -> np.ndarray:
        """(frames, weights)."""
        return self.run.weights_at(self.epochs)

    @property
    def neurons(self) -> np.ndarray:
        """What each neuron past the inputs makes of the question, (frames, neurons), float32."""
        return self._forward[0]

    @property
    def rows(self) -> np.ndarray:
        """The number of `said` for training rows, table's questions, and the question, in order.

        (frames, rows); of training rows and questions those that are shown.
        """
        return self._forward[1]

    @property
    def classes(self) -> np.ndarray:
        """The class of `said` for the same rows, (frames, rows), uint8."""
        return self._forward[2]

    @property
    def guesses(self) -> np.ndarray:
        """The number for the training rows that are shown, (frames, rows)."""
        return self.rows[:, : len(shown_rows(len(self.run.data.X)))]

    @property
    def answers(self) -> np.ndarray:
        """The number for the table's own questions that are shown, (frames, rows)."""
        return self.rows[:, len(shown_rows(len(self.run.data.X))) : -1]

    @property
    def prediction(self) -> np.ndarray:
        """The number for the question, (frames,)."""
        return self.rows[:, -1]

    @property
    def aspect(self) -> np.ndarray:
        """What `Moment.answer` is for the question, (frames,)."""
        return self._forward[3]

    @cached_property
    def _forward(self) -> tuple[np.ndarray, ...]:
        """One forward pass, of the question and of all rows that are shown."""
        run, data, label = self.run, self.run.data, self.label
        inputs = np.vstack([*shown_inputs(data), data.scale([self.question])])
        known = label.known(data.targets[shown_rows(len(data.X))]) if label.classes else np.empty(0)
        neurons = np.empty((len(self.epochs), sum(run.sizes[1:])), np.float32)
        numbers = np.empty((len(self.epochs), len(inputs)))
        classes = np.empty(numbers.shape, np.uint8)
        aspect, asked = np.empty(len(self.epochs)), label.aspect(self.class_number)
        for start in range(0, len(self.epochs), _CHUNK):
            here = slice(start, start + _CHUNK)
            _, layers = forward(run.shape.weights(self.weights[here]), inputs)
            neurons[here] = for_fixed(np.concatenate([a[:, -1] for a in layers[1:]], axis=-1))
            numbers[here], classes[here] = said(label, layers[-1], known)
            aspect[here] = asked.of(data.unscale(layers[-1][:, -1]))
        return neurons, numbers, classes, aspect


def frames_of(moment: Moment, epochs: np.ndarray) -> Frames:
    """Other epochs of a moment's run, for its question and what is looked at of its labels."""
    return Frames(moment.run, epochs, moment.question, moment.label_number, moment.class_number)
