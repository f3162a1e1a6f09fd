"""What goes wrong with the loss at an epoch, and a learning rate that was tried and does better."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from nnviz.engine.activations import SATURATED, sigmoid_slope
from nnviz.engine.dataset import Dataset, written
from nnviz.engine.network import forward
from nnviz.engine.training import Run

# How many epochs must have passed before a word is said; what is slow shows late.
_FIRST_EPOCH, _FIRST_SLOW_EPOCH, _FIRST_STUCK_EPOCH = 10, 50, 100
_FIRST_WITHOUT_ADVICE = 300  # before it, that no other rate does better says little

# All of these are about the loss above the least that the table allows, see `least_loss`.
_LEARNED = 0.1  # of the dullest guess's loss: below it, whatever happens does not matter
_NO_MATTER = 1e-4  # a loss of 1e-4 is an error of a hundredth of the full scale
_NO_BETTER = 0.95  # of the dullest guess's loss: from here on, nothing has been learned of the rows
_GOOD = 0.5  # of the dullest guess's loss: a rate that comes to it needs no further search
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

# The rates to try, in parts of the one that is proposed for so many rows, the safest first.
_LADDER = (1.0, 3.0, 0.1, 10.0, 30.0)
_LEAST_RATE, _LARGEST_RATE = 0.001, 1000.0  # the bounds of the page's field
_MOST_EPOCHS = 2000  # of a trial
_BUDGET = 250_000.0  # µs for all trials together, as `_cost` reckons
_CACHED = 250_000  # numbers of a table; a larger one is read from memory anew in every epoch
_TOO_FEW = 10  # a trial of fewer epochs tells nothing


@dataclass(frozen=True)
class Diagnosis:
    """A word on the loss at an epoch.

    kind: its name, one of `KINDS`.
    sentence: what is seen and what was tried, in plain sentences with their numbers.
    better: a learning rate that was tried and learned better, or None if none was found.
    """

    kind: str
    sentence: str
    better: float | None


def diagnosis(run: Run, epoch: int) -> Diagnosis | None:
    """What is wrong with the loss at an epoch, as far as it can be known there; None if nothing is.

    It looks at no later epoch, and trains the same recipe at a few other rates if there is
    something to say, for no longer than a moment.

    Raises ValueError if the epoch was not recorded.
    """
    if not 0 <= epoch <= run.epochs:
        raise ValueError(f"Epoch {epoch} is not between 0 and {run.epochs}.")
    here = _Here(run, epoch)
    if epoch < _FIRST_EPOCH or here.above <= _LEARNED * here.dull:
        return None
    kind = next((kind for kind in KINDS if kind.holds(here)), None)
    if kind is None:
        return None
    tried = _try_rates(here, kind.margin(here) * here.above)
    if tried.best:
        return Diagnosis(kind.name, f"{kind.says(here)} {_advice(tried)}", tried.best.rate)
    if kind.without_advice and here.no_better and epoch >= _FIRST_WITHOUT_ADVICE:
        return Diagnosis(kind.name, f"{kind.says(here)} {_no_advice(tried)}", None)
    return None


def mean_guess_loss(data: Dataset) -> float:
    """The loss of the dullest guess, which answers the training rows' mean whatever is asked."""
    return float(data.y.var(axis=0).mean())


def least_loss(data: Dataset) -> float:
    """The loss that no network can pass: rows of equal inputs have one answer between them.

    It is 0 unless such rows have different labels.
    """
    _, which, count = np.unique(data.X, axis=0, return_inverse=True, return_counts=True)
    sums = np.zeros((len(count), data.y.shape[1]))
    np.add.at(sums, which.ravel(), data.y)
    return float(((data.y - (sums / count[:, None])[which.ravel()]) ** 2).mean())


@dataclass(frozen=True, eq=False)
class _Here:
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


def _far_above_least(here: _Here) -> bool:
    return _above_least(here, _FAR_ABOVE_LEAST)


def _somewhat_above_least(here: _Here) -> bool:
    return here.above > _GOOD * here.dull and _above_least(here, _ABOVE_LEAST)


def _above_least(here: _Here, times: float) -> bool:
    """Not for a moment only: through the last tenth of the epochs."""
    last = here.loss[-max(3, here.epoch // 10) :]
    return bool(last.min() - here.least > times * (here.loss.min() - here.least))


def _say_far_above_least(here: _Here) -> str:
    return _say_above_least(here, "far above")


def _say_somewhat_above_least(here: _Here) -> str:
    return _say_above_least(here, "above")


def _say_above_least(here: _Here, above: str) -> str:
    best = int(here.loss.argmin())
    return (
        f"The loss is {_number(here.now)}, {above} the {_number(here.loss[best])} "
        f"that it had at epoch {best:,}."
    )


def _frozen(here: _Here) -> bool:
    return here.still >= max(_FIRST_EPOCH, here.epoch // 4) and here.saturated


def _say_frozen(here: _Here) -> str:
    return (
        f"The loss has hardly moved from {_number(here.now)} for {here.still:,} epochs: a whole "
        "layer is saturated, so almost nothing of the error passes back through it."
    )


def _climbing(here: _Here) -> bool:
    return here.now > _ABOVE_BEGIN * here.loss[0]


def _say_climbing(here: _Here) -> str:
    return (
        f"With a learning rate of {_number(here.run.learning_rate)} the loss has climbed from "
        f"{_number(here.loss[0])} to {_number(here.now)}."
    )


def _last_quarter(here: _Here) -> np.ndarray:
    return here.loss[-max(_FIRST_EPOCH, here.epoch // 4) :]


def _swinging(here: _Here) -> bool:
    """Both ways, and by much."""
    last = _last_quarter(here)
    moves, much = np.diff(last), _SWING * np.median(last)
    return bool(min(np.ptp(last), moves.clip(0).sum(), -moves.clip(None, 0).sum()) > much)


def _say_swinging(here: _Here) -> str:
    last = _last_quarter(here)
    return (
        f"With a learning rate of {_number(here.run.learning_rate)} the loss swings up and down: "
        f"in the last {len(last):,} epochs between {_number(last.min())} and {_number(last.max())}."
    )


def _mean_alone(here: _Here) -> bool:
    """Near the dullest guess's loss, hardly learning, and its answers are that guess."""
    return (
        here.epoch >= _FIRST_STUCK_EPOCH
        and here.no_better
        and np.ptp(here.later) < _SLOW * here.now
        and here.answers_mean
    )


def _say_mean_alone(here: _Here) -> str:
    return (
        f"The network answers nearly the mean for every row: its loss is {_number(here.now)}, and "
        f"always the mean has {_number(mean_guess_loss(here.run.data))}."
    )


def _stuck(here: _Here) -> bool:
    return here.epoch >= _FIRST_STUCK_EPOCH and here.still >= here.epoch // 2


def _say_stuck(here: _Here) -> str:
    return f"The loss has hardly moved from {_number(here.now)} for {here.still:,} epochs."


def _crawling(here: _Here) -> bool:
    """No better than the dullest guess, and slow to become so."""
    small = here.run.learning_rate <= _SMALL * _proposed(here.run.data)
    slow = _SLOW_ABOVE if small or here.above > _FAR_ABOVE * here.dull else _SLOW
    return (
        here.epoch >= _FIRST_SLOW_EPOCH
        and here.no_better
        and here.now > (1 - slow) * here.loss[here.epoch // 2]
    )


def _say_crawling(here: _Here) -> str:
    return (
        f"With a learning rate of {_number(here.run.learning_rate)} the loss went only from "
        f"{_number(here.loss[0])} to {_number(here.now)} in {here.epoch:,} epochs."
    )


@dataclass(frozen=True)
class _Kind:
    """A kind of trouble.

    holds: whether it is there. says: the sentence on it.
    without_advice: whether it is worth a word though no rate that was tried does better.
    gain: what another rate may leave of the loss to be better, if that is a matter of the kind.
    """

    name: str
    holds: Callable[[_Here], bool]
    says: Callable[[_Here], str]
    without_advice: bool = True
    gain: float | None = None

    def margin(self, here: _Here) -> float:
        """What another rate may leave of the loss to be the better one."""
        return self.gain or (_CLEARLY if here.no_better else _BY_FAR)


# In the order of their importance: the first that holds is said.
KINDS = (
    _Kind("far above least", _far_above_least, _say_far_above_least),
    _Kind("frozen", _frozen, _say_frozen),
    _Kind("climbing", _climbing, _say_climbing, gain=_AT_ALL),
    _Kind("swinging", _swinging, _say_swinging),
    _Kind("mean alone", _mean_alone, _say_mean_alone),
    _Kind("stuck", _stuck, _say_stuck),
    _Kind("above least", _somewhat_above_least, _say_somewhat_above_least),
    _Kind("crawling", _crawling, _say_crawling, without_advice=False),
)


@dataclass(frozen=True)
class _Trial:
    """A rate that was tried: its last loss, and its worst in the last tenth of the epochs."""

    rate: float
    last: float
    worst: float


@dataclass(frozen=True)
class _Tried:
    """Rates that were tried, and the best of them if it is better than what is shown.

    epochs: how many epochs each had. all_epochs: whether that is as many as are shown.
    """

    rates: list[float]
    best: _Trial | None
    epochs: int
    all_epochs: bool


def _try_rates(here: _Here, most: float) -> _Tried:
    """Train the same recipe at other rates, for as many epochs or as many as the budget allows.

    most: how far above the least a rate's loss may be to be the better one. The search ends at
    the first rate that learns well.
    """
    rates = _rates(here.run)
    affordable = int(_BUDGET / len(rates) / _cost(here.run))
    epochs = min(here.epoch, _MOST_EPOCHS, affordable)
    if epochs < _TOO_FEW:
        return _Tried([], None, 0, False)
    trials: list[_Trial] = []
    for rate in rates:
        trials.append(_trial(here.run, rate, epochs))
        if trials[-1].worst - here.least <= min(most, _GOOD * here.dull):
            break
    best = min(trials, key=lambda trial: trial.worst)
    better = best if best.worst - here.least <= most else None
    return _Tried(sorted(trial.rate for trial in trials), better, epochs, epochs == here.epoch)


def _trial(run: Run, rate: float, epochs: int) -> _Trial:
    try:
        loss = run.recipe.but(learning_rate=rate).train(epochs).loss
    except ValueError:  # the weights grew beyond all numbers
        return _Trial(rate, np.inf, np.inf)
    return _Trial(rate, float(loss[-1]), float(loss[-max(3, epochs // 10) :].max()))


def _rates(run: Run) -> list[float]:
    """The rates to try, each to one digit, in the order in which to try them."""
    rates = [float(f"{part * _proposed(run.data):.1g}") for part in _LADDER]
    within = [min(max(rate, _LEAST_RATE), _LARGEST_RATE) for rate in rates]
    return [rate for rate in dict.fromkeys(within) if rate != run.learning_rate]


def _proposed(data: Dataset) -> float:
    """The rate that is proposed for so many rows: the update sums over them."""
    return min(1.0, 30 / len(data.X))


def _cost(run: Run) -> float:
    """What an epoch takes, in µs on a common machine; reckoned, so that every machine agrees."""
    X, weights, neurons = run.data.X, run.shape.count, sum(run.sizes[1:])
    calls = 4 + 3 * (len(run.sizes) - 1) + 0.02 * weights
    reading = 0.01 * X.size if X.size > _CACHED else 0.0
    return calls + len(X) * (0.008 * neurons + 0.001 * weights) + reading


def _advice(tried: _Tried) -> str:
    best, same = tried.best, "the same " if tried.all_epochs else ""
    assert best is not None
    return (
        f"A learning rate of {_number(best.rate)} came to {_number(best.last)} "
        f"in {same}{tried.epochs:,} epochs."
    )


def _no_advice(tried: _Tried) -> str:
    if not tried.rates:
        return (
            "Another learning rate may help; on so large a table, trying some would take too long."
        )
    rates = _listed([_number(rate) for rate in tried.rates])
    return (
        f"Learning rates of {rates} were tried for {tried.epochs:,} epochs, and none does clearly "
        "better; more epochs, another seed or more neurons may."
    )


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _number(value: float) -> str:
    return written(value, 3)
