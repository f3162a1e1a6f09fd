"""Missions, for whoever has been through the stations; each is checked by what the page shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nnviz.engine.activations import SATURATED, sigmoid_slope
from nnviz.engine.moment import Moment
from nnviz.engine.recipe import Recipe
from nnviz.engine.yardstick import mean_guess_loss
from nnviz.lessons.case import Case
from nnviz.lessons.questions import CLOSE, RIGHT, WHY, Do, Verdict
from nnviz.lessons.station import Part, Scene, Station, Told
from nnviz.writing import loss_text, rounded, shown

XOR = pd.DataFrame(
    [[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]], columns=["a", "b", "xor"], dtype=float
)
_WALK = {"view": "Walk", "walk_step": 1}


def _mission(words: tuple[str, ...], do: Do, reveal: tuple[str, ...], scene: Scene) -> Told:
    """The last of what is revealed is what to take away."""
    return Told(words, (Part(do, reveal[:-1]),), (scene, None), takeaway=reveal[-1])


# --- Quick ------------------------------------------------------------------------------------

_BELOW, _WITHIN, _SLOW = 0.001, 500, 0.01


def quick(case: Case) -> Told:
    """A loss under 0.001 within 500 epochs."""

    def check(moment: Moment) -> Verdict:
        if len(moment.data.X) < len(case.data.X):
            return Verdict(WHY, "With fewer rows it is too easy. Keep all of them.")
        losses = moment.run.loss[: _WITHIN + 1]
        (below,) = np.nonzero(losses < _BELOW)
        if len(below):
            return Verdict(RIGHT, f"Epoch {below[0]} has {loss_text(losses[below[0]])}.")
        return Verdict(
            WHY, f"Up to epoch {_WITHIN} the least is {loss_text(losses.min())}. It crawls."
        )

    start = case.recipe.but(learning_rate=_SLOW)
    return _mission(
        (
            f"The learning rate is {_SLOW:g} now, and after {_WITHIN} epochs the loss is still "
            f"{loss_text(case.record(start, _WITHIN).loss[-1])}.",
        ),
        Do(
            f"Bring the loss below {_BELOW:g} within {_WITHIN} epochs.",
            "Check the page",
            check,
            lambda moment: _settings(moment.run.recipe),
            "to be had with a rate of 1, for one",
        ),
        ("How long a step is decides how long one waits.",),
        Scene(start, 0, case.asked, _WALK, sight="learning_rate"),
    )


def _settings(recipe: Recipe) -> str:
    hidden = " and ".join(map(str, recipe.hidden))
    return f"{hidden} hidden, a rate of {shown(recipe.learning_rate)}, seed {recipe.seed}"


# --- XOR --------------------------------------------------------------------------------------


def xor(case: Case) -> Told:
    """The smallest network that learns XOR."""
    recipe = Recipe(XOR, hidden=(1,), seed=0)

    def check(moment: Moment) -> Verdict:
        data, hidden = moment.data, moment.run.recipe.hidden
        same = data.inputs.shape == (4, 2) and data.targets.shape == (4, 1)
        if not (same and (np.hstack([data.inputs, data.targets]) == XOR.to_numpy()).all()):
            return Verdict(WHY, "The table is another by now. “Back to the station” brings XOR.")
        outputs = moment.training.activations[-1][:, 0]
        wrong = int(((outputs > 0.5) != (data.y[:, 0] > 0.5)).sum())
        if wrong:
            return Verdict(
                WHY,
                f"At epoch {moment.epoch:,}, {wrong} of the 4 rows "
                f"{'is' if wrong == 1 else 'are'} on the wrong side of one half.",
            )
        if hidden == (2,):
            return Verdict(RIGHT, "All four rows are on the right side, with two hidden neurons.")
        size = " + ".join(map(str, hidden))
        return Verdict(CLOSE, f"It learns XOR, with {size} hidden neurons. Fewer will do.")

    return _mission(
        (
            "The table is XOR now: 1 if just one of the inputs is 1. There is one hidden neuron. "
            "A row counts as learned if its answer is on the right side of one half, at the epoch "
            "you look at.",
        ),
        Do(
            "Find the smallest network that learns all four rows. Begin with more hidden neurons "
            "than you think it takes, then take them away; one seed may find what another does "
            "not, so try many.",
            "Check the page",
            check,
            lambda moment: _settings(moment.run.recipe),
            "2 hidden neurons, with seed 12, for one",
        ),
        (
            "With one hidden neuron it can't be done: the answer only rises, or only falls, along "
            "one sum of the inputs, and XOR goes up and down again.",
            "Without a bias it is harder, not impossible. Where both inputs are 0, every hidden "
            "neuron shows one half, and the output's weights must make do with that.",
            "Two neurons are enough, but with few seeds; three find it with most. Room helps.",
        ),
        Scene(recipe, 1000, (0.0, 0.0), _WALK, sight="learning_rate"),
    )


# --- Break it ---------------------------------------------------------------------------------


def break_it(case: Case) -> Told:
    """Break it with the rate alone."""

    def check(moment: Moment) -> Verdict:
        if moment.run.recipe.but(learning_rate=1.0) != case.recipe:
            return Verdict(WHY, "Change the learning rate alone. The rest is another by now.")
        outputs = moment.run.network().forward(moment.data.X)[-1]
        slope, loss = float(sigmoid_slope(outputs).max()), float(moment.run.loss[-1])
        if slope < SATURATED and loss > mean_guess_loss(moment.data):
            return Verdict(
                RIGHT,
                f"At epoch {moment.run.epochs:,} the loss is {loss_text(loss)}, and no slope is "
                f"above {rounded(slope, 1)}: it has come to a stop.",
            )
        return Verdict(
            WHY,
            f"At epoch {moment.run.epochs:,} the loss is {loss_text(loss)}, and the steepest slope "
            f"{rounded(slope, 2)}: it still learns.",
        )

    return _mission(
        ("Back to the table of scores, with a rate of 1.",),
        Do(
            "By the learning rate alone, make the network stop learning while it is still worse "
            "than always saying the mean.",
            "Check the page",
            check,
            lambda moment: f"a rate of {shown(moment.run.learning_rate)}",
            "to be had with a rate of 100",
        ),
        (
            "One step that is too long takes the sums out to where σ is flat. Nothing brings them "
            "back.",
        ),
        Scene(case.recipe, 0, case.asked, _WALK, sight="learning_rate"),
    )


# --- Make it say 50 ---------------------------------------------------------------------------

_WANTED, _NEAR = 50.0, 0.5


def make_it_say(case: Case) -> Told:
    """Make it say 50 for (4, 8) by changing one row."""

    def check(moment: Moment) -> Verdict:
        if tuple(moment.question) != case.asked:
            return Verdict(WHY, f"Ask about {case.asked_as(case.asked)}.")
        rows = [np.hstack([d.inputs, d.targets]) for d in (moment.data, case.data)]
        if rows[0].shape != rows[1].shape:
            return Verdict(WHY, "Change a row; add none, and take none away.")
        changed = int((rows[0] != rows[1]).any(axis=1).sum())
        label = float(moment.prediction[0])
        says = f"At epoch {moment.epoch:,} it says {case.written(label)}"
        if changed != 1:
            return Verdict(WHY, f"{says}, with {changed} rows changed. Change just one.")
        if abs(label - _WANTED) <= _NEAR:
            return Verdict(RIGHT, f"{says}, with one row changed.")
        grade = CLOSE if abs(label - _WANTED) <= 5 else WHY
        return Verdict(grade, f"{says}.")

    return _mission(
        (
            f"The network says {case.answer(1000)} for {case.asked_as(case.asked)} at epoch 1,000. "
            "What it says comes from the rows.",
        ),
        Do(
            f"Change one row of the table, so that it says {_WANTED:g}, give or take {_NEAR:g}.",
            "Check the page",
            check,
            lambda moment: f"{case.written(float(moment.prediction[0]))}",
            "to be had by a score of 59 in row 3, for one",
        ),
        ("An answer is made of the rows. One wrong row can carry it far off.",),
        Scene(case.recipe, 1000, case.asked, _WALK, sight="actions"),
    )


MISSIONS = (
    Station("Quick", quick),
    Station("XOR", xor),
    Station("Break it", break_it),
    Station("Make it say 50", make_it_say),
)
