"""Stations 1 to 3: from the inputs to an answer, and how wrong it is."""

from __future__ import annotations

import numpy as np

from nnviz.dissection import written_out
from nnviz.engine.yardstick import mean_guess_loss
from nnviz.lessons.case import Case, listed
from nnviz.lessons.questions import Choice, Pick
from nnviz.lessons.station import Part, Scene, Station, Told
from nnviz.writing import asked_text, bracketed, loss_text, rounded, shown

FORWARD = {"view": "Walk", "row": 0}  # the walk, following row 1
EARLY = ("curve",)  # until station 8 nobody is to see what becomes of the loss


def _row_said(case: Case) -> str:
    """The first row's inputs, as typed and as the network sees them."""
    typed = zip(case.neurons[0], case.first_row)
    hours = listed([f"{name} {asked_text(value)}" for name, value in typed])
    seen = listed([rounded(x) for x in case.data.X[0]])
    return f"Here is {case.rows[0]}: {hours}. The network sees them scaled, as {seen}."


# --- 1 ----------------------------------------------------------------------------------------


def _sums(case: Case) -> np.ndarray:
    return case.steps(0)["z"].value[0]


def _one_is_negative(case: Case) -> bool:
    return bool((_sums(case) < 0).sum() == 1)


def weighted_sum(case: Case) -> Told:
    """Which hidden neuron gets a negative sum?"""
    step, sums = case.steps(0)["z"], _sums(case)
    right = int(sums.argmin())
    into = case.moment(0).network.weights[0][:, right]
    worked = [f"{name} = {written_out(step, 0, j).text}" for j, name in enumerate(case.hidden)]
    if (into < 0).all():
        because = (
            f"Every synapse into {case.hidden[right]} is orange, so every product is negative, "
            "and so is their sum."
        )
    else:
        because = f"In {case.hidden[right]} what is negative is larger than what is positive."
    why = tuple(
        "" if j == right else f"{name} gets {rounded(sums[j])}, which is above 0."
        for j, name in enumerate(case.hidden)
    )
    scene = Scene(case.recipe, 0, case.first_row, {**FORWARD, "walk_step": 1}, pose=0, veiled=EARLY)
    after = {**FORWARD, "walk_step": 2, "on_network": True}
    return Told(
        words=(
            f"{_row_said(case)}",
            "Each hidden neuron adds up what reaches it: input times weight, for every synapse "
            "that ends in it. The weights stand on the synapses. Blue is positive, orange is "
            "negative.",
        ),
        parts=(
            Part(
                Pick(
                    "Which hidden neuron gets a negative sum?",
                    "neuron",
                    tuple((1, j) for j in range(len(case.hidden))),
                    case.hidden,
                    (1, right),
                    why,
                ),
                (*worked, because),
            ),
        ),
        scenes=(scene, Scene(case.recipe, 0, case.first_row, after, veiled=EARLY)),
        takeaway="A neuron takes in one number: its inputs, each times a weight, added up.",
    )


# --- 2 ----------------------------------------------------------------------------------------


def _one_pulls_down(case: Case) -> bool:
    w2 = case.moment(0).network.weights[1][:, 0]
    return bool((w2 < 0).sum() == 1 and np.abs(_sums(case)).max() > 0.01)


def first_answer(case: Case) -> Told:
    """Is σ of it above or below one half, and who pulls the answer down?"""
    steps, moment = case.steps(0), case.moment(0)
    z, z2, z3, o = (steps[name] for name in ("z", "z2", "z3", "o"))
    k, w2 = int(z.value[0].argmin()), moment.network.weights[1][:, 0]
    chosen, down = z.value[0, k], int(w2.argmin())
    name = case.hidden[k]
    side = 0 if chosen > 0 else 1
    squeezed = [f"σ({rounded(s)}) = {rounded(a)}" for s, a in zip(z.value[0], z2.value[0])]
    parts = z2.value[0] * w2
    added = " ".join(
        [rounded(parts[0]), *(f"{'−' if p < 0 else '+'} {rounded(abs(p))}" for p in parts[1:])]
    )
    scale = shown(case.data.label_scale)
    says = case.answer(0, case.first_row)
    at = {**FORWARD, "walk_step": 2, "on_network": False}
    veiled = (*EARLY, "answer", "prediction", "tabs")
    asked = case.asked_as(case.asked)
    is_known = any(case.asked == tuple(map(float, row)) for row in case.data.inputs)
    other = (
        f"Ask about {asked}, which is in no row, and it says {case.answer(0)}. It answers as "
        "readily as before, and has learned nothing yet."
    )
    return Told(
        words=(
            "The sigmoid, σ, squeezes any sum into the range from 0 to 1, and σ(0) is exactly "
            f"one half. {name} got the sum {rounded(chosen)}.",
        ),
        parts=(
            Part(
                Choice(
                    f"Is σ({rounded(chosen)}) above or below one half?",
                    ("above one half", "below one half", "exactly one half"),
                    side,
                    tuple(
                        ""
                        if option == side
                        else "σ rises all the way: sums above 0 give more than one half, sums "
                        "below 0 less. It is never below 0 itself."
                        for option in range(3)
                    ),
                ),
                (
                    f"{listed(squeezed)}. That is what {listed(case.hidden)} pass on.",
                    f"Next, {case.label} adds up what the hidden neurons pass on, each times a "
                    "weight.",
                ),
            ),
            Part(
                Pick(
                    f"Which hidden neuron pulls {case.label} down?",
                    "neuron",
                    tuple((1, j) for j in range(len(case.hidden))),
                    case.hidden,
                    (1, down),
                    tuple(
                        ""
                        if j == down
                        else f"The weight from {n} is {rounded(w2[j])}. What it passes on is "
                        "positive, so this product lifts the sum."
                        for j, n in enumerate(case.hidden)
                    ),
                ),
                (
                    f"What a neuron passes on is never negative, so the sign is the weight's. "
                    f"The products: {added} = {rounded(z3.value[0, 0])}.",
                    f"σ({rounded(z3.value[0, 0])}) = {rounded(o.value[0, 0])}. Times {scale}, the "
                    f"answer for {case.rows[0]} is {says}. The table says {case.targets[0]}.",
                ),
            ),
        ),
        scenes=(
            Scene(case.recipe, 0, case.first_row, at, pose=0, veiled=veiled),
            Scene(case.recipe, 0, case.first_row, at, pose=1, veiled=veiled),
            Scene(
                case.recipe,
                0,
                case.first_row,
                {**FORWARD, "walk_step": 4, "on_network": False},
                veiled=EARLY,
            ),
        ),
        closing=() if is_known else (other,),
        takeaway="An untrained network answers too. Nothing in the answer says that it is a guess.",
    )


# --- 3 ----------------------------------------------------------------------------------------


def _one_adds_most(case: Case) -> bool:
    squares = np.sort(case.steps(0)["o_error"].value[:, 0] ** 2)
    return len(squares) > 1 and squares[-1] > 1.001 * squares[-2] and mean_guess_loss(case.data) > 0


def how_wrong(case: Case) -> Told:
    """Which row adds most to the loss?"""
    steps = case.steps(0)
    misses = steps["o_error"].value[:, 0]
    squares, loss = misses**2, float(steps["loss"].value)
    most, least = int(squares.argmax()), int(squares.argmin())
    answers = [case.written(label) for label in case.data.unscale(steps["o"].value)[:, 0]]
    dull = mean_guess_loss(case.data)
    mean = shown(case.data.targets[:, 0].mean())
    times = loss / dull if loss > dull else dull / loss
    compared = (
        f"about {rounded(times, 2)} times {'less' if loss > dull else 'more'}"
        if times > 1.05
        else "much the same"
    )
    squared = [
        f"{row}: {bracketed(rounded(m))}² = {rounded(s, 3)}"
        for row, m, s in zip(case.rows, misses, squares)
    ]
    scene = {"view": "Walk", "row": -1, "walk_step": 5}
    return Told(
        words=(
            f"The network says {listed(answers)}. The table says {listed(case.targets)}.",
            f"For each row, take the miss, divide it by {shown(case.data.label_scale)}, and "
            "square it. The mean of the squares is the loss: how wrong the network is, in one "
            "number.",
        ),
        parts=(
            Part(
                Choice(
                    "Which row adds most to the loss?",
                    case.rows,
                    most,
                    tuple(
                        "" if k == most else f"{row} misses by {rounded(abs(m))}."
                        for k, (row, m) in enumerate(zip(case.rows, misses))
                    ),
                ),
                (
                    *squared,
                    f"The mean is {rounded(loss)}: the loss. A miss counts by its square: that "
                    f"of {case.rows[most]} is {rounded(abs(misses[most] / misses[least]), 2)} "
                    f"times that of {case.rows[least]}, and counts "
                    f"{rounded(squares[most] / squares[least], 2)} times as much.",
                ),
            ),
        ),
        scenes=(
            Scene(case.recipe, 0, case.asked, scene, veiled=("loss", "tabs")),
            Scene(case.recipe, 0, case.asked, {**scene, "walk_step": 6}, veiled=EARLY),
        ),
        closing=(
            f"Compare that with the dullest guess, which is always the mean, {mean}. Its loss is "
            f"{loss_text(dull, 2)}, the dashed line in the chart: {compared}.",
        ),
        takeaway="A loss alone says little. Compare it with what the dullest guess would cost.",
    )


FORWARD_STATIONS = (
    Station("A weighted sum", weighted_sum, _one_is_negative),
    Station("Squeezed, and a first answer", first_answer, _one_pulls_down),
    Station("How wrong, in one number", how_wrong, _one_adds_most),
)
