"""Stations 10 to 12: slips by hand, nothing in, and how far to trust an answer."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from nnviz.dissection import by_hand
from nnviz.engine.activations import sigmoid, sigmoid_slope
from nnviz.engine.left_out import LeftOut, in_turn, left_out
from nnviz.engine.many import train_all, train_many
from nnviz.engine.recipe import Recipe
from nnviz.engine.roles import INPUT
from nnviz.engine.scaling import NONE
from nnviz.lessons.case import EPOCHS, Case, listed
from nnviz.lessons.questions import Choice, Number
from nnviz.lessons.station import LEARNED, Part, Scene, Station, Told
from nnviz.writing import asked_text, loss_text, rounded, shown

# --- 10 ---------------------------------------------------------------------------------------

_PRINTED = 7.5  # what the tutorial has for the second sum
_TRIED = 20  # seeds


def slips_by_hand(case: Case) -> Told:
    """2·0.6 + 9·0.3 = ? Can a sigmoid be 1.000553?"""
    steps = {step.name: step for step in by_hand()}
    inputs, sums, z2 = (steps[name].value[0] for name in ("X", "z", "z2"))
    w = steps["z"].made_from[1].value[:, 1]
    printed = 1 + math.exp(-_PRINTED)
    weights = steps["z"].made_from[1].value
    scaled = sigmoid_slope(sigmoid(case.data.scale([inputs])[0] @ weights))
    unscaled = _unscaled(case.recipe)
    cut = tuple(np.array(case.asked) / max(case.asked) * case.data.input_scale)
    veiled = ("tabs",)
    scene = {"view": "By hand"}
    return Told(
        words=(
            f"The tutorial first goes forward by hand: study {inputs[0]:g}, sleep {inputs[1]:g}, "
            f"not scaled. The weights into its second hidden neuron are {w[0]:g} and {w[1]:g}.",
        ),
        parts=(
            Part(
                Number(
                    f"{inputs[0]:g} · {w[0]:g} + {inputs[1]:g} · {w[1]:g} = ?",
                    float(sums[1]),
                    rounded(sums[1]),
                    near=0.0005,
                    close=0.15,
                    slips=(
                        (_PRINTED, "That is what the tutorial prints, too; but it is not so."),
                        (float(inputs.sum() * w.sum()), "There each input met both weights."),
                        (
                            float(inputs[0] * w[1] + inputs[1] * w[0]),
                            "There the two weights were exchanged.",
                        ),
                    ),
                ),
                (
                    f"{rounded(inputs[0] * w[0])} + {rounded(inputs[1] * w[1])} = "
                    f"{rounded(sums[1])}. The tutorial prints {_PRINTED:g}.",
                    f"It then applies the sigmoid, and prints {printed:.6f}.",
                ),
            ),
            Part(
                Choice(
                    f"Can a sigmoid be {printed:.6f}?",
                    ("yes, if the sum is large", "no, never", "only while it is untrained"),
                    1,
                    (
                        "However large the sum is, 1 is divided by a little more than 1.",
                        "",
                        "Training changes the sums; the sigmoid stays the same.",
                    ),
                ),
                (
                    f"σ(z) = 1 / (1 + e^(−z)) is always below 1. {printed:.6f} is 1 + "
                    f"e^(−{_PRINTED:g}): the division was left out. σ({_PRINTED:g}) is "
                    f"{rounded(sigmoid(np.array(_PRINTED)))}, and σ({rounded(sums[1])}) is "
                    f"{rounded(z2[1])}.",
                ),
            ),
        ),
        scenes=(
            Scene(case.recipe, 0, case.asked, scene, veiled=veiled),
            Scene(case.recipe, 0, case.asked, scene, veiled=veiled),
            Scene(unscaled, EPOCHS, case.asked, scene),
        ),
        closing=(
            f"Why one scales: with {inputs[0]:g} and {inputs[1]:g} the sums are "
            f"{listed([rounded(z) for z in sums])}, where σ is flat. Its slopes there are "
            f"{listed([f'{s:.4f}' for s in sigmoid_slope(z2)])}, so little of the error gets back. "
            f"With {listed([rounded(x) for x in case.data.scale([inputs])[0]])} they are "
            f"{listed([f'{s:.4f}' for s in scaled])}.",
            "This small table can be learned unscaled as well. That run is on the page now: after "
            f"{EPOCHS:,} epochs its loss is "
            f"{loss_text(case.record(unscaled, EPOCHS).loss[-1], 2)}, beside "
            f"{loss_text(case.run.loss[EPOCHS], 2)} scaled. Of seeds 0 to {_TRIED - 1}, "
            f"{_lower_unscaled(case)} end lower unscaled.",
            f"A question must be scaled as the rows are. {case.asked_as(case.asked)} divided by "
            f"its own largest number, {asked_text(max(case.asked))}, is to the network really "
            f"{case.asked_as(cut)}, and the answer {case.answer(EPOCHS, cut)} "
            f"instead of {case.answer(EPOCHS)}.",
        ),
        takeaway="A number you can check by hand, check by hand. Slips look just like results.",
    )


def _unscaled(recipe: Recipe) -> Recipe:
    """The same with inputs as they are."""
    columns = tuple(
        replace(column, scaling=NONE.name) if column.role == INPUT else column
        for column in recipe.roles.columns
    )
    return recipe.but(roles=replace(recipe.roles, columns=columns))


def _lower_unscaled(case: Case) -> int:
    """With how many of some seeds the loss ends lower if the inputs are as they are."""

    def ends(recipe: Recipe) -> np.ndarray:
        many = train_all([recipe.but(seed=seed) for seed in range(_TRIED)], EPOCHS)
        misses = many.predict(case.data.inputs) - case.data.targets
        return (misses**2).mean(axis=(1, 2))

    return int((ends(_unscaled(case.recipe)) < ends(case.recipe)).sum())


# --- 11 ---------------------------------------------------------------------------------------


def _zeros(case: Case) -> tuple[float, ...]:
    return (0.0,) * len(case.data.input_names)


def _nothing_is_zero(case: Case) -> bool:
    """Whether the network sees 0 where 0 is asked."""
    return not case.data.scale([_zeros(case)]).any()


def nothing_in(case: Case) -> Told:
    """Ask 0 and 0: what do the hidden neurons show?"""
    zeros = _zeros(case)
    other = case.record(case.recipe.but(seed=case.recipe.seed + 1), EPOCHS).predict([zeros])[0, 0]
    w2 = case.run.network(EPOCHS).weights[1][:, 0]
    half = w2.sum() / 2
    asked = listed([f"{name} 0" for name in case.neurons[0]])
    view = {"view": "Walk", "walk_step": 1}
    veiled = ("answer", "prediction", "tabs")
    return Told(
        words=(
            f"The playhead is at epoch {EPOCHS:,}, and the page asks about {asked}: "
            "nothing comes in.",
        ),
        parts=(
            Part(
                Number(
                    "What number does each hidden neuron show?",
                    0.5,
                    "0.5",
                    near=0.001,
                    close=0.05,
                    slips=(
                        (0.0, "The sums are 0. But σ(0) is one half."),
                        (1.0, "σ comes close to 1 for large sums. These sums are 0."),
                    ),
                ),
                (
                    "One half, each of them: all sums are 0, and σ(0) = 0.5. It is so at every "
                    "epoch and with every seed.",
                    f"Then {case.label} gets half the sum of its weights, {rounded(half)}, and "
                    f"σ({rounded(half)}) makes the answer {case.answer(EPOCHS, zeros)}. With seed "
                    f"{case.recipe.seed + 1} it is {case.written(other)}.",
                ),
            ),
        ),
        scenes=(
            Scene(case.recipe, EPOCHS, zeros, view, pose=0, veiled=veiled),
            Scene(case.recipe, EPOCHS, zeros, {**view, "walk_step": 3}),
        ),
        closing=(
            "No row says what comes of nothing, so the answer is what training left behind. Many "
            "networks have a bias: a number that is added to each sum whatever comes in, and is "
            "learned like a weight. The tutorial has none, and so this network has none.",
        ),
        takeaway="Without a bias, a neuron that gets nothing can only pass on one half.",
    )


# --- 12 ---------------------------------------------------------------------------------------

_SEEDS = 100
_SHOWN_SEEDS = 5
_FAR = 0.1  # of the label's scale


def _enough_rows(case: Case) -> bool:
    """Whether there is a question, and each row can be left out in its turn."""
    rows = len(case.data.X)
    return rows >= 3 and len(case.data.questions) > 0 and len(_left_out(case).rows) == rows


def _left_out(case: Case) -> LeftOut:
    """Each row as a network says it that never saw it."""
    rows, recipes = in_turn(case.recipe)
    return left_out(case.recipe, rows, train_all(recipes, EPOCHS), EPOCHS)


def _answers_of_seeds(case: Case) -> np.ndarray:
    """What networks that differ in the seed alone answer, (seeds,)."""
    recipe = case.recipe
    many = train_many(
        recipe.shape.sizes, case.data, range(_SEEDS), EPOCHS, recipe.learning_rate, recipe.update
    )
    return many.predict([case.asked])[:, 0, 0]


def how_far_to_trust(case: Case) -> Told:
    """Do other seeds agree? What of a row that was left out?"""
    asked, targets = case.asked_as(case.asked), case.data.targets[:, 0]
    answers = _answers_of_seeds(case)
    few = [case.written(answer) for answer in answers[:_SHOWN_SEEDS]]
    low, high = answers.min(), answers.max()
    spread = (high - low) / case.data.label_scale
    decimals = spread < 10.0 ** -(case.written(0.0)[::-1].find(".") + 2)
    right = 0 if decimals else 1 if spread < _FAR else 2
    sure = "They do not agree to the last digit: the seed alone makes a difference."
    left = _left_out(case)
    guesses, (mean, dull) = left.guesses[:, 0], left.misses(case.recipe.data.label().aspect())
    each = [
        f"{row}: {case.written(guess)}, in truth {target}"
        for row, guess, target in zip(case.rows, guesses, case.targets)
    ]
    scale = case.data.label_scale
    far = case.answer(EPOCHS, (24.0, 0.0)) if not case.is_own else ""
    end = f"Now ask about 24 hours of study and no sleep: {far}, said as readily as any answer."
    view = {"view": "Walk", "walk_step": 4}
    last = (24.0, 0.0) if far else case.asked
    return Told(
        words=(
            f"At epoch {EPOCHS:,} the answer for {asked} is {case.answer(EPOCHS)}. The seed chose "
            f"the starting weights, and nothing else. Take {_SEEDS} seeds.",
        ),
        parts=(
            Part(
                Choice(
                    f"Do the {_SEEDS} answers agree?",
                    (
                        "yes, to the last digit shown",
                        f"roughly, within {shown(_FAR * scale)}",
                        f"no, they differ by more than {shown(_FAR * scale)}",
                    ),
                    right,
                    tuple(
                        ""
                        if k == right
                        else sure
                        if k == 0
                        else f"The lowest and the highest are {shown(high - low)} apart."
                        for k in range(3)
                    ),
                ),
                (
                    f"Seeds 0 to {_SHOWN_SEEDS - 1} say {listed(few)}. All {_SEEDS} lie between "
                    f"{low:.1f} and {high:.1f}.",
                    f"Agreeing is not being right. A stricter test: leave {case.rows[0]} out, "
                    f"train on the others alone, then ask about it. Its {case.label} is "
                    f"{case.targets[0]}.",
                ),
            ),
            Part(
                Number(
                    f"What will the network say of {case.rows[0]}?",
                    float(guesses[0]),
                    case.written(guesses[0]),
                    near=0.01 * scale,
                    close=0.03 * scale,
                    slips=(
                        (
                            float(targets[0]),
                            "That is the truth. But this time the network never saw it.",
                        ),
                    )
                    if abs(guesses[0] - targets[0]) > 0.03 * scale
                    else (),
                ),
                (
                    "; ".join(each) + ".",
                    f"The mean miss is {rounded(mean, 3)}. Guessing the mean of the other rows "
                    f"misses by {dull:.2f}.",
                ),
            ),
        ),
        scenes=(
            Scene(case.recipe, EPOCHS, case.asked, view),
            Scene(case.recipe, EPOCHS, case.asked, view),
            Scene(
                case.recipe,
                EPOCHS,
                last,
                {**view, "tab": LEARNED, "learned_view": "Left out in turn"},
                sight="unseen",
            ),
        ),
        closing=(end,) if far else (),
        takeaway=(
            "Three rows can't pin down nine weights: many sets of weights fit them, and what these "
            "answer to a new question differs."
            if (len(targets), case.run.shape.count) == (3, 9)
            else "An answer doesn't say how far to trust it. Leave rows out, and ask about them."
        ),
    )


TRUST_STATIONS = (
    Station("By hand: the slips, and why we scale", slips_by_hand),
    Station("Nothing in, and still an answer: why no bias?", nothing_in, _nothing_is_zero),
    Station("How far to trust the answer?", how_far_to_trust, _enough_rows),
)
