"""Stations 4 to 7: which way each weight should go, and by how much."""

from __future__ import annotations

import numpy as np

from nnviz.dissection import nudge, weight_story
from nnviz.dissection.calculator import written
from nnviz.engine.activations import sigmoid, sigmoid_slope
from nnviz.engine.moment import Moment
from nnviz.lessons.case import Case, listed
from nnviz.lessons.forward import EARLY
from nnviz.lessons.questions import SLIP, Choice, Number, Pick
from nnviz.lessons.station import Part, Scene, Station, Told
from nnviz.writing import bracketed, loss_text, rounded, signed

_NUDGE = 0.1


def _product(a: float, b: float) -> str:
    """``0.0656 · (−0.7037) = −0.04618``, as a pocket calculator has it."""
    return written(
        lambda texts: " · ".join([texts[0], bracketed(texts[1])]), lambda a, b: a * b, (a, b), a * b
    )


# --- 4 ----------------------------------------------------------------------------------------


def _weakest(case: Case) -> int:
    """The hidden neuron whose weight to the output is least."""
    return int(case.moment(0).network.weights[1][:, 0].argmin())


def _tried(case: Case) -> tuple[float, float, float]:
    """The loss with that weight nudged down, as it is, and nudged up."""
    moment, k = case.moment(0), _weakest(case)
    down, up = (nudge(moment, 2, k, 0, by).moved[1] for by in (-_NUDGE, _NUDGE))
    return down, moment.loss, up


def _has_a_way(case: Case) -> bool:
    misses = case.steps(0)["o_error"].value[:, 0]
    down, loss, up = _tried(case)
    agree = down < loss < up if (misses < 0).all() else down > loss > up
    return bool((misses > 0).all() or (misses < 0).all()) and agree


def which_way(case: Case) -> Told:
    """Should this weight go up or down?"""
    k, moment = _weakest(case), case.moment(0)
    down, loss, up = _tried(case)
    low, rises = bool((case.steps(0)["o_error"].value > 0).all()), up < loss
    value = moment.network.weights[1][k, 0]
    slope = weight_story(moment, 2, k, 0).loss_gradient
    name = f"{case.hidden[k]} → {case.label}"
    signs = ("minus", "falls") if slope < 0 else ("plus", "rises")
    wrong = (
        f"What {case.hidden[k]} passes on is positive. A larger weight makes the sum larger, and "
        f"with it every answer. The answers are too {'low' if low else 'high'}."
    )
    scene = {"view": "Walk", "row": -1, "walk_step": 6, "synapse": (2, k, 0)}
    after = {"view": "One weight", "synapse": (2, k, 0), "nudge": _NUDGE if rises else -_NUDGE}
    return Told(
        words=(
            f"Take one weight alone: {name}, {rounded(value)}. All other weights stay as they "
            f"are. All {len(case.rows)} answers are too {'low' if low else 'high'}.",
        ),
        parts=(
            Part(
                Choice(
                    "To make the loss smaller, should this weight go up or down?",
                    ("up", "down", "it makes no difference"),
                    0 if rises else 1,
                    tuple("" if k == (0 if rises else 1) else wrong for k in range(3)),
                ),
                (
                    f"As it is, the loss is {loss_text(loss)}. Up by {_NUDGE:g} it is "
                    f"{loss_text(up)}, down by {_NUDGE:g} it is {loss_text(down)}.",
                    f"How steep the loss is here is the gradient, {rounded(slope, 3)}. A "
                    f"{signs[0]} says: the loss {signs[1]} as the weight goes up. So one goes "
                    "against its sign, downhill.",
                ),
            ),
        ),
        scenes=(
            Scene(case.recipe, 0, case.asked, scene, chain=(2, k, 0), veiled=EARLY),
            Scene(case.recipe, 0, case.asked, after, veiled=EARLY, sight="nudged"),
        ),
        takeaway="The gradient says, of one weight, which way the loss falls and how steeply.",
    )


# --- 5 ----------------------------------------------------------------------------------------

_RISE = 0.01  # of the sum


def _slopes(case: Case) -> dict[str, float]:
    """The slope of σ at the output's sum in row 1, a nudge's measure of it, and two slips."""
    z3 = float(case.steps(0)["z3"].value[0, 0])
    o = float(sigmoid(np.array(z3)))
    nudged = float(sigmoid(np.array(z3 + _RISE)))
    return {
        "z3": z3,
        "o": o,
        "slope": o * (1 - o),
        "nudge": (nudged - o) / _RISE,
        "again": float(sigmoid_slope(sigmoid(np.array(o)))),
        "sum": z3 * (1 - z3),
    }


def _are_apart(case: Case) -> bool:
    """Whether a nudge tells the slope from the slips."""
    s = _slopes(case)
    others = (s["again"], s["sum"])
    return s["slope"] > 0.05 and all(abs(x - s["slope"]) > 0.01 * s["slope"] for x in others)


def slope_of_sigmoid(case: Case) -> Told:
    """By how much does o rise if the sum does?"""
    s, steps = _slopes(case), case.steps(0)
    right = s["slope"] * _RISE
    error = steps["o_error"].value[0, 0]
    usual = (
        (_RISE, "That is the rise of the sum itself. σ lets only a part of it through."),
        (
            s["slope"],
            f"That is the slope. A rise of {_RISE:g} times the slope is what gets through.",
        ),
        (
            s["o"] * _RISE,
            f"That is o · {_RISE:g}. The slope of σ is s · (1 − s): the second factor is missing.",
        ),
        (
            s["again"] * _RISE,
            "There σ was applied once more to o. But o is σ of the sum already.",
        ),
        (
            s["sum"] * _RISE,
            "There the sum was put in the place of s. In s · (1 − s), s is what σ made of the sum.",
        ),
    )
    slips = tuple(slip for slip in usual if abs(slip[0] - right) > SLIP * right)
    at = {"view": "Walk", "row": 0, "walk_step": 7}
    return Told(
        words=(
            f"In {case.rows[0]} the sum that reaches {case.label} is z = {rounded(s['z3'])}, and "
            f"σ makes {rounded(s['o'])} of it: that is s, or o. How steep σ is there says how much "
            "of a small change gets through.",
            "The slope is s · (1 − s).",
        ),
        parts=(
            Part(
                Number(
                    f"The sum rises by {_RISE:g}. By how much does o rise?",
                    right,
                    rounded(right, 3),
                    near=0.006 * right,
                    close=0.3 * right,
                    slips=slips,
                ),
                (
                    f"s · (1 − s) = {written_out_slope(s['o'])}. So {_RISE:g} more "
                    f"becomes {rounded(right, 2)} more.",
                    f"Check it by a nudge: (σ(z + {_RISE:g}) − σ(z)) / {_RISE:g} = "
                    f"{rounded(s['nudge'])}. Two slips are usual. σ applied once more to s "
                    f"would give a slope of {rounded(s['again'])}; z in the place of s, "
                    f"{rounded(s['sum'])}. The nudge decides.",
                ),
            ),
        ),
        scenes=(
            Scene(case.recipe, 0, case.first_row, at, veiled=EARLY),
            Scene(
                case.recipe,
                0,
                case.first_row,
                {"view": "σ and its slope", "neuron": (2, 0), "slope_row": 0},
                veiled=EARLY,
                sight="slope",
            ),
        ),
        closing=(
            f"On the way back the miss is multiplied by this slope: o_delta = "
            f"{_product(error, s['slope'])}.",
        ),
        takeaway="s is the sigmoid already, so its slope takes no more than s · (1 − s).",
    )


def written_out_slope(s: float) -> str:
    """``0.6364 · 0.3636 = 0.2314``."""
    return written(
        lambda texts: f"{texts[0]} · (1 − {texts[0]})", lambda s: s * (1 - s), (s,), s * (1 - s)
    )


# --- 6 ----------------------------------------------------------------------------------------


def _one_says_less(case: Case) -> bool:
    steps = case.steps(0)
    return bool((steps["z2_error"].value[0] < 0).sum() == 1 and steps["o_error"].value[0, 0] > 0)


def error_back(case: Case) -> Told:
    """Which hidden neuron is told to say less?"""
    steps, w2 = case.steps(0), case.moment(0).network.weights[1][:, 0]
    delta = steps["o_delta"].value[0, 0]
    errors, deltas = steps["z2_error"].value[0], steps["z2_delta"].value[0]
    right = int(errors.argmin())
    weights = listed([f"{rounded(w)} for {n}" for w, n in zip(w2, case.hidden)])
    worked = [f"{n}: {_product(delta, w)}" for n, w in zip(case.hidden, w2)]
    at = {"view": "Walk", "row": 0, "walk_step": 8}
    return Told(
        words=(
            f"In {case.rows[0]} the answer is too low, and {case.label} is told to say more: "
            f"o_delta = {rounded(delta, 3)}.",
            f"This goes back along the same synapses, each time multiplied by the weight: "
            f"{weights}.",
        ),
        parts=(
            Part(
                Pick(
                    "Which hidden neuron is told to say less?",
                    "neuron",
                    tuple((1, j) for j in range(len(case.hidden))),
                    case.hidden,
                    (1, right),
                    tuple(
                        ""
                        if j == right
                        else f"The weight from {n} is positive: what {n} says lifts the answer, "
                        "so more of it is wanted."
                        for j, n in enumerate(case.hidden)
                    ),
                ),
                (
                    *worked,
                    f"The weight from {case.hidden[right]} is negative: what it says pulls "
                    f"{case.label} down, so less of it is wanted.",
                    "Each neuron has a sigmoid too, so each error is multiplied by its slope. "
                    f"The deltas: {listed([rounded(d, 3) for d in deltas])}.",
                ),
            ),
        ),
        scenes=(
            Scene(case.recipe, 0, case.first_row, at, pose=1, veiled=EARLY),
            Scene(
                case.recipe,
                0,
                case.first_row,
                {**at, "walk_step": 9, "on_network": True},
                veiled=EARLY,
            ),
        ),
        takeaway="The error takes the way back that the values came, by the same weights.",
    )


# --- 7 ----------------------------------------------------------------------------------------


def _moves(case: Case) -> np.ndarray:
    """What one epoch adds to each weight, in the weights' order."""
    steps = case.steps(0)
    flat = case.run.shape.flat([steps["dW1"].value, steps["dW2"].value])
    return case.run.learning_rate * flat


def three_rows_vote(case: Case) -> Told:
    """Which weight moves most, and which go down?"""
    steps, moves, shape = case.steps(0), _moves(case), case.run.shape
    synapses = tuple(shape.synapses())
    names = tuple(
        f"{case.neurons[layer - 1][i]} → {case.neurons[layer][j]}" for layer, i, j in synapses
    )
    most = int(np.abs(moves).argmax())
    _, i, _ = synapses[most]
    votes = case.run.learning_rate * steps["z2"].value[:, i] * steps["o_delta"].value[:, 0]
    falling = [(s, move) for s, move in zip(synapses, moves) if move < 0]
    down = case.hidden[falling[0][0][2]]
    deltas = steps["z2_delta"].value[0]
    after = Moment(case.run, 1, case.asked)
    at = {"view": "Walk", "row": -1, "walk_step": 10}
    before = Scene(case.recipe, 0, case.first_row, at, pose=1, veiled=EARLY)
    return Told(
        words=(
            "Every row says of each weight how it should move: what comes in at its start, times "
            f"the delta at its end. The votes of the {len(case.rows)} rows are added up, and all "
            f"{shape.count} weights move at once. That is one epoch.",
            f"In {case.rows[0]} the delta of {case.label} is "
            f"{rounded(steps['o_delta'].value[0, 0], 3)}; those of {listed(case.hidden)} are "
            f"{listed([rounded(d, 3) for d in deltas])}. In the network stands what each neuron "
            "passes on.",
        ),
        parts=(
            Part(
                Pick(
                    "Which weight moves most?",
                    "synapse",
                    synapses,
                    names,
                    synapses[most],
                    tuple(
                        "" if k == most else f"{n} moves by {signed(m, 3)}."
                        for k, (n, m) in enumerate(zip(names, moves))
                    ),
                ),
                (
                    f"{names[most]} moves by {signed(moves[most])}, the sum of "
                    f"{listed([signed(v, 3) for v in votes])}. The delta at its end is the "
                    f"largest, and of the hidden neurons {case.hidden[i]} passes on most.",
                ),
            ),
            Part(
                Choice(
                    "And which weights go down?",
                    (
                        "none of them",
                        "all orange ones",
                        f"only those into {down}",
                        f"only those into {case.label}",
                    ),
                    2,
                    (
                        f"The delta of {down} is negative, so some do.",
                        "A weight's own sign doesn't decide. What counts is what comes in, times "
                        "the delta at the end.",
                        "",
                        f"The delta of {case.label} is positive, and so is what the hidden "
                        "neurons pass on: these weights go up.",
                    ),
                ),
                (
                    f"All inputs are positive, so the delta's sign decides. Those into {down} "
                    f"move by {listed([signed(move, 3) for _, move in falling])}. All others "
                    "go up.",
                    f"The loss goes from {rounded(case.run.loss[0])} to "
                    f"{rounded(case.run.loss[1])}, and the answer for {case.asked_as(case.asked)} "
                    f"from {case.answer(0)} to {case.written(after.prediction[0])}.",
                ),
            ),
        ),
        scenes=(
            before,
            before,
            Scene(
                case.recipe,
                0,
                case.asked,
                {**at, "walk_step": 11, "on_network": True},
                veiled=EARLY,
            ),
        ),
        takeaway="One epoch: every row votes, the votes are added up, every weight takes one step.",
    )


BACKWARD_STATIONS = (
    Station("Which way should one weight go?", which_way, _has_a_way),
    Station("Why s(1 − s)", slope_of_sigmoid, _are_apart),
    Station("The error goes back", error_back, _one_says_less),
    Station("Three rows vote, nine weights move", three_rows_vote),
)
