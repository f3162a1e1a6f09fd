"""Stations 8 and 9: many epochs, and how long a step may be."""

from __future__ import annotations

import numpy as np

from nnviz.engine.activations import sigmoid_slope
from nnviz.engine.moment import Moment
from nnviz.engine.yardstick import mean_guess_loss
from nnviz.lessons.case import EPOCHS, Case, listed
from nnviz.lessons.questions import CLOSE, RIGHT, WHY, Do, Number, Order, Verdict
from nnviz.lessons.station import Part, Scene, Station, Told
from nnviz.writing import loss_text, rounded, shown, signed, true_minus

_BELOW = 0.001
_NEARLY = 3  # epochs


def _first_below(case: Case, loss: float) -> int | None:
    """The first epoch with a loss below that, if there is one."""
    (found,) = np.nonzero(case.run.loss < loss)
    return int(found[0]) if len(found) else None


def _gets_there(case: Case) -> bool:
    """Whether it passes both losses for good, and ends beside the rows with votes that cancel."""
    dull = mean_guess_loss(case.data)
    passes, beats = _first_below(case, _BELOW), _first_below(case, dull)
    if not (0 < dull < _BELOW and passes and beats):
        return False
    last, votes = case.steps(EPOCHS), _last_votes(case)
    answers = case.data.unscale(last["o"].value)[:, 0]
    missed = np.abs(answers - case.data.targets[:, 0]) > 0.001 * case.data.label_scale
    cancel = abs(votes.sum()) < 0.1 * np.abs(votes).max()
    return bool((case.run.loss[beats:] < dull).all() and missed.all() and cancel)


def _last_votes(case: Case) -> np.ndarray:
    """The rows' votes, after all epochs, for the weight from the first hidden neuron."""
    last = case.steps(EPOCHS)
    return case.run.learning_rate * last["z2"].value[:, 0] * last["o_delta"].value[:, 0]


def thousand_times(case: Case) -> Told:
    """When does the loss pass 0.001, and when does it beat always saying the mean?"""
    loss, dull = case.run.loss, mean_guess_loss(case.data)
    passes, beats = _first_below(case, _BELOW), _first_below(case, dull)
    assert passes is not None and beats is not None  # as `_gets_there` has it
    mean, asked = shown(case.data.targets[:, 0].mean()), case.asked_as(case.asked)
    last = case.steps(EPOCHS)
    answers = [case.written(label) for label in case.data.unscale(last["o"].value)[:, 0]]
    votes = _last_votes(case)
    before = {"view": "Walk", "walk_step": 1}

    def check(moment: Moment) -> Verdict:
        if moment.run.recipe != case.recipe:
            return Verdict(WHY, "That is another run. “Back to the station” brings this one again.")
        now = f"At epoch {moment.epoch:,} the loss is {loss_text(moment.loss)}"
        if moment.epoch == beats:
            return Verdict(RIGHT, f"{now}; an epoch before it was {loss_text(loss[beats - 1])}.")
        side = "already below" if moment.loss < dull else "not yet below"
        grade = CLOSE if abs(moment.epoch - beats) <= _NEARLY else WHY
        return Verdict(grade, f"{now}, {side} {loss_text(dull)}.")

    return Told(
        words=(
            f"One epoch took the loss from {loss_text(loss[0])} to {loss_text(loss[1])}. Now the "
            f"same again, and again, {EPOCHS:,} times.",
        ),
        parts=(
            Part(
                Number(
                    f"A guess: after how many epochs is the loss below {_BELOW:g}?",
                    passes,
                    f"{passes} epochs",
                    near=0.15 * passes,
                    close=1.0 * passes,
                ),
                (
                    f"Epoch {passes} is the first below it, with {loss_text(loss[passes])}; an "
                    f"epoch before it was {loss_text(loss[passes - 1])}.",
                    f"Always saying {mean} costs {loss_text(dull)}: the dashed line.",
                ),
            ),
            Part(
                Do(
                    f"Find the first epoch at which the network is better than always saying "
                    f"{mean}. Play, step, or drag the slider; then press the button.",
                    "This epoch",
                    check,
                    lambda moment: f"epoch {moment.epoch:,}",
                    f"epoch {beats:,}",
                ),
                (
                    f"From epoch {beats:,} on the loss is below {loss_text(dull)}.",
                    f"Meanwhile the answer for {asked}: {case.answer(0)} at epoch 0, "
                    f"{case.answer(10)} at 10, {case.answer(51)} at 51, {case.answer(EPOCHS)} at "
                    f"{EPOCHS:,}.",
                ),
            ),
        ),
        scenes=(
            Scene(case.recipe, 0, case.asked, before, veiled=("loss",)),
            Scene(
                case.recipe,
                passes,
                case.asked,
                {**before, "logarithmic": True},
                veiled=("future",),
                sight="loss",
            ),
            Scene(
                case.recipe,
                EPOCHS,
                case.asked,
                {"logarithmic": True, "view": "Walk", "row": -1, "walk_step": 11},
                sight="prediction",
            ),
        ),
        closing=(
            f"At epoch {EPOCHS:,} the rows stand at {listed(answers)}; the table says "
            f"{listed(case.targets)}. None is right, but their votes nearly cancel. For "
            f"{case.hidden[0]} → {case.label} they are {listed([signed(v, 3) for v in votes])}.",
        ),
        takeaway="Learning is one small step, many times. It slows down where the votes cancel.",
    )


# --- 9 ----------------------------------------------------------------------------------------

RATES = (0.1, 1.0, 10.0, 100.0)


def how_long_a_step(case: Case) -> Told:
    """In which order do the losses stand, after one epoch at four rates?"""
    runs = [case.record(case.recipe.but(learning_rate=rate), EPOCHS) for rate in RATES]
    losses = [float(run.loss[1]) for run in runs]
    order = tuple(int(k) for k in np.argsort(losses))
    names = tuple(f"{rate:g}" for rate in RATES)
    largest = Moment(runs[-1], 1, case.asked)
    sums, o = largest.training.sums[-1][:, 0], largest.training.activations[-1][:, 0]
    same = [case.written(label) for label in case.data.unscale(o)]
    end = runs[-1].data.unscale(runs[-1].network().forward(case.data.X)[-1])[:, 0]
    at_end = [case.written(label) for label in end]
    still = "still so" if at_end == same else listed(at_end)
    fast = loss_text(losses[2])
    slow = _first_below(case, losses[2])
    scene = {"view": "Walk", "row": 0, "walk_step": 8}
    return Told(
        words=(
            "The learning rate, η, says how far one epoch moves the weights: by η times what the "
            "rows vote. So far η was 1.",
            "The same table and the same starting weights again, at four rates. One epoch each.",
        ),
        parts=(
            Part(
                Order(
                    "Put the rates in order, the lowest loss after one epoch first.",
                    names,
                    order,
                ),
                (
                    ". ".join(f"At {n}: {loss_text(x)}" for n, x in zip(names, losses)) + ".",
                    f"At 10, one epoch comes to {fast}; at 1 it takes {slow} epochs to get below "
                    "that. At 0.1 it crawls.",
                ),
            ),
        ),
        scenes=(
            Scene(case.recipe, 0, case.asked, scene, veiled=("loss", "prediction", "answer")),
            Scene(
                case.recipe.but(learning_rate=RATES[-1]), 1, case.asked, scene, sight="prediction"
            ),
        ),
        closing=(
            f"At 100 it goes too far. The sum of {case.rows[0]} is now z3 = {rounded(sums[0], 3)}, "
            f"and the slope of σ there {_tiny(float(sigmoid_slope(o[0])))}: hardly anything gets "
            f"back, so nothing is learned any more. The answers are {listed(same)} after one "
            f"epoch, and {still} after {EPOCHS:,}.",
            "The tutorial says that the outputs “can only get more accurate”. At a large rate "
            "that is not so.",
        ),
        takeaway="A step that is too short crawls. One that is too long can end where σ is flat.",
    )


def _tiny(value: float) -> str:
    return true_minus(f"{value:.0e}")


LEARNING_STATIONS = (
    Station("A thousand times", thousand_times, _gets_there),
    Station("How long a step?", how_long_a_step),
)
