"""What goes wrong with the loss at an epoch, and a learning rate that was tried and does better."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.engine.dataset import written
from nnviz.engine.symptoms import GOOD, Here, said, symptom
from nnviz.engine.training import Run, cost
from nnviz.engine.updates import proposed_rate

_FIRST_WITHOUT_ADVICE = 300  # epochs; before it, that no other rate does better says little

# The rates to try, in parts of the one that is proposed for so many rows, the safest first.
_LADDER = (1.0, 3.0, 0.1, 10.0, 30.0)
_LEAST_RATE, _LARGEST_RATE = 0.001, 1000.0  # the bounds of the page's field
_MOST_EPOCHS = 2000  # of a trial
_BUDGET = 250_000.0  # µs for all trials together, as `cost` reckons
_TOO_FEW = 10  # a trial of fewer epochs tells nothing


@dataclass(frozen=True)
class Diagnosis:
    """A word on the loss at an epoch.

    kind: its name, that of a `Kind`.
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
    here = Here(run, epoch)
    if (kind := symptom(here)) is None:
        return None
    tried = _try_rates(here, kind.margin(here) * here.above)
    if tried.best:
        return Diagnosis(kind.name, f"{kind.says(here)} {_advice(tried)}", tried.best.rate)
    if kind.without_advice and here.no_better and epoch >= _FIRST_WITHOUT_ADVICE:
        return Diagnosis(kind.name, f"{kind.says(here)} {_no_advice(tried)}", None)
    return None


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


def _try_rates(here: Here, most: float) -> _Tried:
    """Train the same recipe at other rates, for as many epochs or as many as the budget allows.

    most: how far above the least a rate's loss may be to be the better one. The search ends at
    the first rate that learns well.
    """
    rates = _rates(here.run)
    affordable = int(_BUDGET / len(rates) / cost(here.run.recipe))
    epochs = min(here.epoch, _MOST_EPOCHS, affordable)
    if epochs < _TOO_FEW:
        return _Tried([], None, 0, False)
    trials: list[_Trial] = []
    for rate in rates:
        trials.append(_trial(here.run, rate, epochs))
        if trials[-1].worst - here.least <= min(most, GOOD * here.dull):
            break
    best = min(trials, key=lambda trial: trial.worst)
    better = best if best.worst - here.least <= most else None
    return _Tried(sorted(trial.rate for trial in trials), better, epochs, epochs == here.epoch)


def _trial(run: Run, rate: float, epochs: int) -> _Trial:
    try:
        loss = run.recipe.but(learning_rate=rate).train(epochs).loss
    except ValueError:  # the weights grew too large
        return _Trial(rate, np.inf, np.inf)
    return _Trial(rate, float(loss[-1]), float(loss[-max(3, epochs // 10) :].max()))


def _rates(run: Run) -> list[float]:
    """The rates to try, each to one digit, in the order in which to try them."""
    rates = [float(f"{part * proposed_rate(len(run.data.X)):.1g}") for part in _LADDER]
    within = [min(max(rate, _LEAST_RATE), _LARGEST_RATE) for rate in rates]
    return [rate for rate in dict.fromkeys(within) if rate != run.learning_rate]


def _advice(tried: _Tried) -> str:
    best, same = tried.best, "the same " if tried.all_epochs else ""
    assert best is not None
    return (
        f"A learning rate of {written(best.rate, 3)} came to {said(best.last)} "
        f"in {same}{tried.epochs:,} epochs."
    )


def _no_advice(tried: _Tried) -> str:
    if not tried.rates:
        return (
            "Another learning rate may help; on so large a table, trying some would take too long."
        )
    rates = _listed([written(rate, 3) for rate in tried.rates])
    return (
        f"Learning rates of {rates} were tried for {tried.epochs:,} epochs, and none does clearly "
        "better; more epochs, another seed or more neurons may."
    )


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
