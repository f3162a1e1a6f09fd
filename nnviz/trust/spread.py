"""How far an answer is to be trusted: what networks from other random starts say to the same."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from nnviz.engine.many import Many
from nnviz.engine.moment import Moment
from nnviz.writing import label_decimals, true_minus

MIDDLE = 0.9  # of the answers lie in the range that is named
_ENDS = ((1 - MIDDLE) / 2, 0.5, (1 + MIDDLE) / 2)
_POINTS = 120  # epochs at which the band over the recording is computed


def middle_width(answers: np.ndarray) -> np.ndarray:
    """How wide the middle 90 % of answers are: (networks, …); returns (…)."""
    low, high = np.quantile(answers, (_ENDS[0], _ENDS[2]), axis=0)
    return high - low


@dataclass(frozen=True, eq=False)
class Spread:
    """The answers of many networks to one question at one epoch, in the label's unit.

    answers: (networks,). answer: the run's own. low, middle, high: the ends of the middle 90 %,
    and the median. decimals: with which they are written, so that low and high differ in their
    second digit at least.
    """

    answers: np.ndarray
    answer: float
    low: float
    middle: float
    high: float
    decimals: int

    @property
    def count(self) -> int:
        """How many networks there are."""
        return len(self.answers)

    def write(self, value: float) -> str:
        """An answer, as exactly as the range deserves."""
        return true_minus(f"{value:.{self.decimals}f}")

    @property
    def range(self) -> str:
        """The range, as it stands beside the answer."""
        if self.write(self.low) == self.write(self.high):
            return f"{self.count:,} random starts: the middle 90 % say {self.write(self.low)}"
        ends = f"{self.write(self.low)} to {self.write(self.high)}"
        return f"{self.count:,} random starts: the middle 90 % say {ends}"

    @property
    def sentence(self) -> str:
        """The answer as a range."""
        ends = (self.write(self.low), self.write(self.high))
        said = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
        return (
            f"{self.write(self.answer)}; from {self.count:,} random starts the middle 90 % say "
            f"{said}"
        )

    @property
    def meaning(self) -> str:
        """What the range says of the rows, and where this run stands in it."""
        if self.write(self.low) == self.write(self.high):
            return (
                "The random start makes no difference here: table and settings alone decide "
                "what the network answers."
            )
        if self.answer < self.low or self.answer > self.high:
            where = "below" if self.answer < self.low else "above"
            stands = f"This run’s answer lies {where} that range: it is an unusual one."
        else:
            lower = int((self.answers < self.answer).sum())
            stands = f"This run’s answer is above {lower:,} of the {self.count:,}."
        return (
            "Table and settings are the same for all of them; where in that range an answer "
            f"falls, only the random start decides. {stands}"
        )


def spread(moment: Moment, many: Many) -> Spread:
    """What the networks of ``many`` answer the moment's question at its epoch."""
    answers = moment.aspect.of(many.predict([moment.question], moment.epoch)[:, 0])
    low, middle, high = map(float, np.quantile(answers, _ENDS))
    return Spread(answers, moment.answer, low, middle, high, _decimals(moment, high - low))


def agreement(moment: Moment, many: Many) -> str:
    """Of a label of classes: how many of the networks say what this run says."""
    label = moment.label
    outputs = many.predict([moment.question], moment.epoch)[:, 0]
    own = int(label.shares(moment.prediction).argmax())
    same = int((label.shares(outputs).argmax(axis=-1) == own).sum())
    return f"{len(many):,} random starts: {same:,} say {label.classes[own]} too"


def _decimals(moment: Moment, width: float) -> int:
    """Two digits of the width at least, and no more than an answer is written with."""
    most = label_decimals(moment.aspect.scale)
    if width <= 0:
        return most
    return min(most, max(0, 1 - math.floor(math.log10(width))))


@dataclass(frozen=True, eq=False)
class Band:
    """The range over the recording: epochs, rising, and (epochs,) each of low, middle, high."""

    epochs: np.ndarray
    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray


def band(moment: Moment, many: Many) -> Band:
    """The middle 90 % of the answers to the moment's question, over the whole recording.

    Of the epochs, those that are kept, evenly thinned; more of them early, where most moves.
    """
    kept = many.kept_epochs
    places = np.unique((np.linspace(0, 1, _POINTS) ** 2 * (len(kept) - 1)).round().astype(int))
    epochs = kept[places]
    answers = moment.aspect.of(many.predict_over([moment.question], epochs)[:, :, 0])
    low, middle, high = np.quantile(answers, _ENDS, axis=1)
    return Band(epochs, low, middle, high)
