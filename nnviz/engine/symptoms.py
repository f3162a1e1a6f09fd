"""What can be wrong with the loss at an epoch, seen by what came before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.engine.activations import SATURATED, sigmoid_slope
from nnviz.engine.dataset import written
from nnviz.engine.network import forward
from nnviz.engine.training import Run
from nnviz.engine.updates import proposed_rate
from nnviz.engine.yardstick import least_loss, mean_guess_loss

# How many epochs must have passed before a word is said; what is slow shows late.
_FIRST_EPOCH, _FIRST_SLOW_EPOCH, _FIRST_STUCK_EPOCH, _FIRST_BEHIND_EPOCH = 10, 50, 100, 300

# All of these are about the loss above the least that the table allows, see `least_loss`.
_LEARNED = 0.1  # of the dullest guess's loss: below it, whatever happens does not matter
_NO_MATTER = 1e-4  # a loss of 1e-4 is an error of a hundredth of the full scale
_NO_BETTER = 0.95  # of the dullest guess's loss: from here on, nothing has been learned of the rows
GOOD = 0.5  # of the dullest guess's loss: a rate that comes to it needs no further search
_CLEARLY = 0.5  # a rate learns better if it leaves half the loss or less
_BY_FAR = 0.2  # where a run has learned something, another rate must do far better for a word
_AT_ALL = 0.9  # where a run has unlearned what it knew at first, a smaller gain will do

_FAR_ABOVE_LEAST = 3.0  # times the least loss so far
_ABOVE_LEAST = 1.2  # the same where little is learned
_ABOVE_BEGIN = 1.1  # times the first loss
_SWING = 0.5  # of the middle loss: what goes up and down by more swings
_STILL = 3e-3  # a loss that stays within this part of itself hardly moves
_SLOW = 0.05  # near the dullest guess: a loss that lost less than this in the later half
_SLOW_ABOVE = 0.25  # the same far above it, where there is much left to lose, or at a small rate
_SMALL = 0.1  # of the rate that is proposed: one up to here is small
_FAR_ABOVE = 2.0  # times the dullest guess's loss: far above it
_SPREAD = 0.1  # of the labels' variance: answers nearer than that to the mean are the mean


@dataclass(frozen=True, eq=False)
class Here:
    """A run as it can be judged at an epoch: by what came before."""

    run: Run
    epoch: int

    @cached_property
    def loss(self) -> np.ndarray:
        """All losses up to the epoch, (epoch + 1,)."""
        return self.run.loss[: self.epoch + 1]

    @property
    def now(self) -> float:
        """The loss at the epoch."""
        return float(self.loss[-1])

    @cached_property
    def least(self) -> float:
        """See `least_loss`."""
        return least_loss(self.run.data)

    @property
    def above(self) -> float:
        """How far the loss is above the least."""
        return self.now - self.least

    @cached_property
    def dull(self) -> float:
        """How far the dullest guess's loss is above the least, or what does not matter anyway."""
        return max(mean_guess_loss(self.run.data) - self.least, _NO_MATTER)

    @property
    def no_better(self) -> bool:
        """Whether the network does no better than the dullest guess."""
        return self.above >= _NO_BETTER * self.dull

    @property
    def is_slow(self) -> bool:
        """Whether the learning rate is small for so many rows."""
        return self.run.learning_rate <= _SMALL * proposed_rate(len(self.run.data.X))

    @property
    def later(self) -> np.ndarray:
        """The later half of the losses."""
        return self.loss[self.epoch // 2 :]

    @cached_property
    def still(self) -> int:
        """For how many epochs the loss has hardly moved."""
        moved = np.flatnonzero(np.abs(self.loss - self.now) > _STILL * self.now)
        return self.epoch - (int(moved[-1]) + 1 if len(moved) else 0)

    @cached_property
    def activations(self) -> list[np.ndarray]:
        """Every layer's activations for the training rows, inputs first."""
        # Weights near the largest double overflow in products; `record` bounds the weights alone.
        with np.errstate(over="ignore", invalid="ignore"):
            return forward(self.run.network(self.epoch).weights, self.run.data.X)[1]

    @property
    def saturated(self) -> bool:
        """Whether a whole layer is saturated for every training row."""
        return any(sigmoid_slope(layer).max() < SATURATED for layer in self.activations[1:])

    @property
    def answers_mean(self) -> bool:
        """Whether the network answers nearly the labels' mean for every training row."""
        y = self.run.data.y
        spread = ((self.activations[-1] - y.mean(axis=0)) ** 2).mean()
        return bool(spread < _SPREAD * mean_guess_loss(self.run.data))


def _far_above_least(here: Here) -> bool:
    return _above_least(here, _FAR_ABOVE_LEAST)


def _somewhat_above_least(here: Here) -> bool:
    return here.above > GOOD * here.dull and _above_least(here, _ABOVE_LEAST)


def _above_least(here: Here, times: float) -> bool:
    """Not for a moment only: through the last tenth of the epochs."""
    last = here.loss[-max(3, here.epoch // 10) :]
    return bool(last.min() - here.least > times * (here.loss.min() - here.least))


def _say_far_above_least(here: Here) -> str:
    return _say_above_least(here, "far above")


def _say_somewhat_above_least(here: Here) -> str:
    return _say_above_least(here, "above")


def _say_above_least(here: Here, above: str) -> str:
    best = int(here.loss.argmin())
    return (
        f"The loss is {said(here.now)}, {above} the {said(here.loss[best])} "
        f"that it had at epoch {best:,}."
    )


def _frozen(here: Here) -> bool:
    return here.still >= max(_FIRST_EPOCH, here.epoch // 4) and here.saturated


def _say_frozen(here: Here) -> str:
    return (
        f"The loss has hardly moved from {said(here.now)} for {here.still:,} epochs: a whole "
        "layer is saturated, so almost nothing of the error passes back through it."
    )


def _climbing(here: Here) -> bool:
    return here.now > _ABOVE_BEGIN * here.loss[0]


def _say_climbing(here: Here) -> str:
    return (
        f"With a learning rate of {written(here.run.learning_rate, 3)} the loss has climbed from "
        f"{said(here.loss[0])} to {said(here.now)}."
    )


def _last_quarter(here: Here) -> np.ndarray:
    return here.loss[-max(_FIRST_EPOCH, here.epoch // 4) :]


def _swinging(here: Here) -> bool:
    """Both ways, and by much."""
    last = _last_quarter(here)
    moves, much = np.diff(last), _SWING * np.median(last)
    return bool(min(np.ptp(last), moves.clip(0).sum(), -moves.clip(None, 0).sum()) > much)


def _say_swinging(here: Here) -> str:
    last = _last_quarter(here)
    return (
        f"With a learning rate of {written(here.run.learning_rate, 3)} the loss swings up and "
        f"down: in the last {len(last):,} epochs between {said(last.min())} and "
        f"{said(last.max())}."
    )


def _mean_alone(here: Here) -> bool:
    """Near the dullest guess's loss, hardly learning, and its answers are that guess."""
    return (
        here.epoch >= _FIRST_STUCK_EPOCH
        and here.no_better
        and np.ptp(here.later) < _SLOW * here.now
        and here.answers_mean
    )


def _say_mean_alone(here: Here) -> str:
    return (
        f"The network answers nearly the mean for every row: its loss is {said(here.now)}, that "
        f"of always answering the mean {said(mean_guess_loss(here.run.data))}."
    )


def _stuck(here: Here) -> bool:
    return here.epoch >= _FIRST_STUCK_EPOCH and here.still >= here.epoch // 2


def _say_stuck(here: Here) -> str:
    return f"The loss has hardly moved from {said(here.now)} for {here.still:,} epochs."


def _crawling(here: Here) -> bool:
    """No better than the dullest guess, and slow to become so."""
    slow = _SLOW_ABOVE if here.is_slow or here.above > _FAR_ABOVE * here.dull else _SLOW
    return (
        here.epoch >= _FIRST_SLOW_EPOCH
        and here.no_better
        and here.now > (1 - slow) * here.loss[here.epoch // 2]
    )


def _say_crawling(here: Here) -> str:
    return (
        f"With a learning rate of {written(here.run.learning_rate, 3)} the loss went only from "
        f"{said(here.loss[0])} to {said(here.now)} in {here.epoch:,} epochs."
    )


def _behind(here: Here) -> bool:
    """Long no better than the dullest guess, at a small rate, however fast the loss falls now."""
    is_above = here.now >= mean_guess_loss(here.run.data)
    return here.epoch >= _FIRST_BEHIND_EPOCH and here.is_slow and is_above and here.no_better


def _say_behind(here: Here) -> str:
    return (
        f"A learning rate of {written(here.run.learning_rate, 3)} is small: after {here.epoch:,} "
        f"epochs the loss is {said(here.now)}, not yet below the "
        f"{said(mean_guess_loss(here.run.data))} of always answering the mean."
    )


@dataclass(frozen=True)
class Kind:
    """A kind of trouble.

    holds: whether it is there. says: the sentence on it.
    without_advice: whether it is worth a word though no rate that was tried does better.
    gain: what another rate may leave of the loss to be better, if that is a matter of the kind.
    """

    name: str
    holds: Callable[[Here], bool]
    says: Callable[[Here], str]
    without_advice: bool = True
    gain: float | None = None

    def margin(self, here: Here) -> float:
        """What another rate may leave of the loss to be the better one."""
        return self.gain or (_CLEARLY if here.no_better else _BY_FAR)


# In the order of their importance: the first that holds is said.
KINDS = (
    Kind("far above least", _far_above_least, _say_far_above_least),
    Kind("frozen", _frozen, _say_frozen),
    Kind("climbing", _climbing, _say_climbing, gain=_AT_ALL),
    Kind("swinging", _swinging, _say_swinging),
    Kind("mean alone", _mean_alone, _say_mean_alone),
    Kind("stuck", _stuck, _say_stuck),
    Kind("above least", _somewhat_above_least, _say_somewhat_above_least),
    Kind("crawling", _crawling, _say_crawling, without_advice=False),
    Kind("behind", _behind, _say_behind, without_advice=False),
)


def symptom(here: Here) -> Kind | None:
    """The first of `KINDS` that holds, if the loss is not too young or too small for a word."""
    if here.epoch < _FIRST_EPOCH or here.above <= _LEARNED * here.dull:
        return None
    return next((kind for kind in KINDS if kind.holds(here)), None)


def said(value: float) -> str:
    """A loss as the page reads it out, and with a true minus: 0.000260, 2.15e−06."""
    return f"{value:#.3g}".rstrip(".").replace("-", "−") if value else "0"
