"""One epoch taken apart, held against the tutorial's code and plain loops written out here."""

import ast
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnviz.training
from nnviz.dataset import Dataset
from nnviz.dissection import (
    anatomy,
    by_hand,
    neuron_names,
    neuron_slope,
    shown,
    weight_story,
    written_out,
)
from nnviz.dissection.cell import MOST_TERMS
from nnviz.network import Network, sigmoid
from nnviz.training import train

EXAM = pd.DataFrame(
    {"study": [2, 1, 3, 4], "sleep": [9, 5, 6, 8], "score": [92, 86, 89, np.nan]}, dtype=float
)
# scores as the tutorial's table has them; the last row is the question

TUTORIAL = (
    ["X", "z", "z2", "z3", "o", "loss", "o_error", "o_delta", "z2_error", "z2_delta"]
    + ["dW1", "dW2", "W1", "W2", "loss_after"]
)  # fmt: skip


def exam_run(sizes=(2, 3, 1), epochs=20, learning_rate=1.0, seed=0):
    return train(Network.random(list(sizes), seed), Dataset(EXAM), epochs, learning_rate)


def named(run, epoch):
    return {step.name: step for step in anatomy(run, epoch)}


@st.composite
def runs(draw, most_epochs=12):
    """A run of any shape: depth, rows, labels, rate, and recordings that skip epochs."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=2, max_size=5))
    rows, epochs = draw(st.integers(1, 30)), draw(st.integers(0, most_epochs))
    rng = np.random.default_rng(draw(st.integers(0, 10_000)))
    inputs = rng.normal(scale=draw(st.sampled_from([0.01, 1, 1000])), size=(rows, sizes[0]))
    labels = rng.uniform(0, 100, (rows, sizes[-1]))
    columns = [f"c{n}" for n in range(sizes[0] + sizes[-1])]
    data = Dataset(pd.DataFrame(np.hstack([inputs, labels]), columns=columns), labels=sizes[-1])
    rate = draw(st.sampled_from([1.0, 0.5, 0.1, 1 / 3, 3.0, 1e-6]))
    space = draw(st.sampled_from([nnviz.training.RECORDING_BYTES, 2000]))
    return train(Network.random(sizes, draw(st.integers(0, 99))), data, epochs, rate, space)


def tutorial_epoch(X, y, W1, W2):
    """The tutorial's forward and backward, as it has them, every variable kept."""

    def s(z):
        return 1 / (1 + np.exp(-z))

    z = np.dot(X, W1)
    z2 = s(z)
    z3 = np.dot(z2, W2)
    o = s(z3)
    loss = np.mean(np.square(y - o))
    o_error = y - o
    o_delta = o_error * (o * (1 - o))
    z2_error = o_delta.dot(W2.T)
    z2_delta = z2_error * (z2 * (1 - z2))
    dW1, dW2 = X.T.dot(z2_delta), z2.T.dot(o_delta)
    W1, W2 = W1 + dW1, W2 + dW2
    loss_after = np.mean(np.square(y - s(np.dot(s(np.dot(X, W1)), W2))))
    return {name: value for name, value in locals().items() if name in TUTORIAL}


def looped_epoch(X, y, weights, rate):
    """Any depth, one number at a time: lists and loops, no array."""

    def product(A, B):
        return [[math.fsum(a * b for a, b in zip(row, column)) for column in zip(*B)] for row in A]

    def each(f, *matrices):
        return [[f(*cells) for cells in zip(*rows)] for rows in zip(*matrices)]

    def through(weights):
        for w in weights:
            a.append(each(lambda z: 1 / (1 + math.exp(-z)), product(a[-1], w)))
        return a

    def mean_square(o):
        return math.fsum((t - p) ** 2 for ts, ps in zip(y, o) for t, p in zip(ts, ps)) / (
            len(y) * len(y[0])
        )

    found, deep = {"X": X}, len(weights)
    a = [X]
    a = through(weights)
    for n, w in enumerate(weights):
        found["z" if n == 0 else f"z{2 * n + 1}"] = product(a[n], w)
        found["o" if n == deep - 1 else f"z{2 * n + 2}"] = a[n + 1]
    found["loss"] = mean_square(a[-1])
    error, moved = each(lambda t, p: t - p, y, a[-1]), []
    for n in reversed(range(deep)):
        name = "o" if n == deep - 1 else f"z{2 * n + 2}"
        delta = each(lambda e, s: e * s * (1 - s), error, a[n + 1])
        found[f"{name}_error"], found[f"{name}_delta"] = error, delta
        found[f"dW{n + 1}"] = product(list(zip(*a[n])), delta)
        error = product(delta, list(zip(*weights[n])))
    for n, w in enumerate(weights):
        moved.append(each(lambda v, d: v + rate * d, w, found[f"dW{n + 1}"]))
        found[f"W{n + 1}"] = moved[-1]
    a = [X]
    found["loss_after"] = mean_square(through(moved)[-1])
    return found


# --- numbers ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (2, "2"),
        (2.0, "2"),
        (2 / 3, "0.6667"),
        (-2 / 3, "−0.6667"),
        (0.5, "0.5"),
        (7.6000000000000005, "7.6"),
        (0.99994, "0.9999"),
        (0.99996, "1"),
        (1234.5, "1234"),
        (12345, "12340"),
        (-12355.0, "−12360"),
        (99999, "100000"),
        (999_999, "1e+06"),
        (1_234_567, "1.235e+06"),
        (0.0001, "0.0001"),
        (0.000012, "1.2e−05"),
        (-0.0000123456, "−1.235e−05"),
        (5e-324, "4.941e−324"),
        (np.float64(0.1), "0.1"),
        (np.array(0.25), "0.25"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "not a number"),
    ],
)
def test_shown(value, text):
    assert shown(value) == text


@given(st.floats(-1e12, 1e12))
def test_what_is_shown_is_the_number_to_4_digits(value):
    read = float(shown(value).replace("−", "-"))
    assert read == pytest.approx(value, rel=5.01e-4, abs=1e-323)
    assert "-" not in shown(value)


# --- names -----------------------------------------------------------------------------


def test_names_of_neurons():
    names = neuron_names([2, 3, 1], ["study", "sleep"], ["score"])
    assert names == (("study", "sleep"), ("h1", "h2", "h3"), ("score",))
    assert neuron_names([2, 1], ["study", "sleep"], ["score"]) == (("study", "sleep"), ("score",))
    deep = neuron_names((1, 2, 1, 2, 2), ["x"], ["y", "t"])
    assert deep == (("x",), ("a1", "a2"), ("b1",), ("c1", "c2"), ("y", "t"))


def test_names_stay_distinct_in_any_depth():
    names = [name for layer in neuron_names([1] * 60, ["in"], ["out"]) for name in layer]
    assert len(set(names)) == 60


def test_rows_are_named_by_their_place_in_the_table():
    table = EXAM.iloc[[3, 0, 1, 2]]  # the question comes first
    run = train(Network.random([2, 3, 1], 0), Dataset(table), 1)
    steps = named(run, 0)
    assert steps["z"].rows == ("row 2", "row 3", "row 4")
    assert written_out(steps["z"], 0, 1).name == "z[row 2, h2]"


# --- the walk --------------------------------------------------------------------------


@pytest.mark.parametrize("epoch", [0, 1, 19, 20])
def test_every_step_is_the_tutorials(epoch):
    run = exam_run()
    steps = anatomy(run, epoch)
    assert [step.name for step in steps] == TUTORIAL
    assert [step.number for step in steps] == [*range(1, 11), 11, 11, 12, 12, 12]
    expected = tutorial_epoch(run.data.X, run.data.y, *run.network(epoch).weights)
    for step in steps:
        np.testing.assert_allclose(step.value, expected[step.name], rtol=1e-13, atol=1e-16)


def test_formulas_kinds_and_operands():
    steps = named(exam_run(), 3)
    assert steps["z"].formula == "z = X·W1"
    assert steps["z3"].formula == "z3 = z2·W2"
    assert steps["z2"].formula == "z2 = σ(z)"
    assert steps["o_delta"].formula == "o_delta = o_error ⊙ o ⊙ (1 − o)"
    assert steps["dW1"].formula == "dW1 = Xᵀ·z2_delta"
    operands = {name: step.operands for name, step in steps.items()}
    assert operands == {
        "X": ("inputs", "largest"),
        "z": ("X", "W1"),
        "z2": ("z",),
        "z3": ("z2", "W2"),
        "o": ("z3",),
        "loss": ("y", "o"),
        "o_error": ("y", "o"),
        "o_delta": ("o_error", "o"),
        "z2_error": ("o_delta", "W2ᵀ"),
        "z2_delta": ("z2_error", "z2"),
        "dW1": ("Xᵀ", "z2_delta"),
        "dW2": ("z2ᵀ", "o_delta"),
        "W1": ("W1", "dW1"),
        "W2": ("W2", "dW2"),
        "loss_after": ("y", "o_after"),
    }
    kinds = {
        kind: {s.name for s in steps.values() if s.kind == kind}
        for kind in ("given", "product", "scalar")
    }
    assert kinds["given"] == {"X"}
    assert kinds["product"] == {"z", "z3", "z2_error", "dW1", "dW2"}
    assert kinds["scalar"] == {"loss", "loss_after"}


def test_the_first_sentence_says_why_2_becomes_0667():
    sentence = named(exam_run(), 0)["X"].sentence
    assert "largest value in its column of the training rows" in sentence
    assert "study by 3, sleep by 9" in sentence
    assert "In row 1, study 2 becomes 2 / 3 = 0.6667." in sentence


def test_sentences_name_the_rate_the_epoch_and_where_the_loss_goes():
    steps = named(exam_run(learning_rate=0.5), 7)
    assert "learning rate η, 0.5" in steps["W1"].sentence
    assert "the weights of epoch 8" in steps["W1"].sentence
    assert "The loss falls from" in steps["loss_after"].sentence
    climbing = train(Network([[[2.0], [2.0]]]), Dataset(EXAM), 1, learning_rate=2000)
    assert climbing.loss[1] > climbing.loss[0]
    assert "smaller learning rate" in named(climbing, 0)["loss_after"].sentence


def test_deeper_networks_get_their_own_steps():
    steps = anatomy(exam_run((2, 3, 2, 4, 1)), 5)
    assert [s.name for s in steps] == (
        ["X", "z", "z2", "z3", "z4", "z5", "z6", "z7", "o", "loss", "o_error", "o_delta"]
        + ["z6_error", "z6_delta", "z4_error", "z4_delta", "z2_error", "z2_delta"]
        + ["dW1", "dW2", "dW3", "dW4", "W1", "W2", "W3", "W4", "loss_after"]
    )  # fmt: skip
    assert [s.number for s in steps] == [*range(1, 19), *[19] * 4, *[20] * 5]


def test_a_network_without_a_hidden_layer():
    steps = anatomy(exam_run((2, 1)), 5)
    names = ["X", "z", "o", "loss", "o_error", "o_delta", "dW1", "W1", "loss_after"]
    assert [s.name for s in steps] == names
    assert [s.number for s in steps] == [1, 2, 3, 4, 5, 6, 7, 8, 8]
    assert steps[6].operands == ("Xᵀ", "o_delta")


@settings(max_examples=100, deadline=None)
@given(runs(), st.data())
def test_the_last_step_is_the_recorded_next_epoch_to_the_last_bit(run, data):
    epoch = data.draw(st.integers(0, run.epochs))
    steps = named(run, epoch)
    assert steps["loss"].value == run.loss[epoch]
    if epoch < run.epochs:
        assert steps["loss_after"].value == run.loss[epoch + 1]
        for number, w in enumerate(run.network(epoch + 1).weights, start=1):
            np.testing.assert_array_equal(steps[f"W{number}"].value, w)


def test_the_last_epoch_leads_to_the_one_a_longer_run_would_record():
    short, longer = exam_run(epochs=20, learning_rate=0.3), exam_run(epochs=21, learning_rate=0.3)
    steps = named(short, 20)
    np.testing.assert_array_equal(steps["W1"].value, longer.network(21).weights[0])
    np.testing.assert_array_equal(steps["W2"].value, longer.network(21).weights[1])
    assert steps["loss_after"].value == longer.loss[21]


@settings(max_examples=60, deadline=None)
@given(runs(), st.data())
def test_every_step_of_any_network_against_plain_loops(run, data):
    epoch = data.draw(st.integers(0, run.epochs))
    weights = [w.tolist() for w in run.network(epoch).weights]
    expected = looped_epoch(run.data.X.tolist(), run.data.y.tolist(), weights, run.learning_rate)
    steps = named(run, epoch)
    assert steps.keys() == expected.keys()
    for name, step in steps.items():
        np.testing.assert_allclose(step.value, expected[name], rtol=1e-9, atol=1e-12)
        assert step.value.shape == tuple(map(len, (step.rows, step.columns)))[: step.value.ndim]


@given(st.lists(st.decimals(-999, 999, places=3), min_size=1, max_size=20))
def test_the_inputs_are_shown_as_they_were_typed(typed):
    typed = [float(number) for number in typed] + [7.0]
    data = Dataset(pd.DataFrame({"x": typed, "t": 0.5}))
    inputs = named(train(Network.random([1, 1], 0), data, 0), 0)["X"].made_from[0]
    assert inputs.value[:, 0].tolist() == typed


def test_an_epoch_that_was_not_recorded():
    with pytest.raises(ValueError, match="Epoch 21 is not between 0 and 20"):
        anatomy(exam_run(), 21)
    with pytest.raises(ValueError, match="Epoch -1"):
        anatomy(exam_run(), -1)


def test_no_array_of_it_can_be_written_to():
    run = exam_run()
    for step in anatomy(run, 0):
        assert not step.value.flags.writeable
        assert not any(matrix.value.flags.writeable for matrix in step.made_from)


# --- one cell --------------------------------------------------------------------------


def every_cell(step):
    return list(np.ndindex(step.value.shape)) if step.value.ndim else [(0, 0)]


@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 1), (2, 4, 3, 1)])
def test_every_cell_adds_up(sizes):
    for step in anatomy(exam_run(sizes), 4):
        for i, j in every_cell(step):
            cell = written_out(step, i, j)
            assert cell.value == (step.value[i, j] if step.value.ndim else step.value)
            assert cell.text.endswith(f" = {shown(cell.value)}")
            assert cell.count == len(cell.terms)
            for term in cell.terms:
                assert term.product == term.left_value * term.right_value
            if step.kind == "product":
                assert cell.total == pytest.approx(cell.value, rel=1e-12, abs=1e-16)
                assert sum(t.product for t in cell.terms) == cell.total
            if step.kind == "scalar":
                assert cell.total / cell.count == pytest.approx(cell.value, rel=1e-14)


def test_the_live_formula_of_every_cell_gives_its_value():
    for step in anatomy(exam_run((2, 4, 3, 1), learning_rate=0.25), 4):
        if not step.live:
            assert step.kind in ("product", "scalar")
            continue
        python = step.live.replace("−", "-").replace("·", "*").replace("^", "**")
        for i, j in every_cell(step):
            lit = zip(step.made_from, written_out(step, i, j).lit)
            numbers = [f"({m.value[row, column]!r})" for m, (_, row, column) in lit]
            formula = python.format(*numbers).replace("np.float64", "")
            assert eval(formula, {"e": math.e}) == pytest.approx(step.value[i, j], rel=1e-13)


def test_a_product_written_out():
    data = Dataset(EXAM)
    network = Network([[[0.2, -0.6, 0.1], [0.8, -0.3, 0.7]], [[0.4], [0.5], [0.9]]])
    steps = named(train(network, data, 1), 0)
    cell = written_out(steps["z"], 2, 1)
    assert cell.name == "z[row 3, h2]"
    assert cell.text == "1 · (−0.6) + 0.6667 · (−0.3) = −0.8"
    assert cell.lit == (("X", 2, None), ("W1", None, 1))
    first, second = cell.terms
    assert (first.left, first.right) == ("X[row 3, study]", "W1[study, h2]")
    assert (second.left_value, second.right_value) == (6 / 9, -0.3)
    back = written_out(steps["dW1"], 0, 2)
    assert back.name == "dW1[study, h3]"
    assert back.lit == (("Xᵀ", 0, None), ("z2_delta", None, 2))
    assert [t.left for t in back.terms] == [f"Xᵀ[study, row {n}]" for n in (1, 2, 3)]
    assert back.terms[1].right == "z2_delta[row 2, h3]"
    assert written_out(steps["z2_error"], 0, 1).terms[0].right == "W2ᵀ[score, h2]"


def test_other_cells_written_out():
    steps = named(exam_run(), 0)
    scaled = written_out(steps["X"], 1, 0)
    assert scaled.text == "1 / 3 = 0.3333"
    assert scaled.lit == (("inputs", 1, 0), ("largest", 0, 0))
    z2 = written_out(steps["z2"], 0, 1)
    assert z2.text.startswith("1 / (1 + e^(−")
    negative = written_out(steps["o_error"], 0, 0)
    y, o = 0.92, steps["o"].value[0, 0]
    assert negative.text == f"0.92 − {shown(o)} = {shown(y - o)}"
    loss = written_out(steps["loss"])
    assert loss.terms[0].left == "(y − o)[row 1, score]"
    assert loss.lit == (("y", None, None), ("o", None, None))
    assert loss.text.count("²") == 3
    assert " / 3 = " in loss.text


def test_a_negative_number_is_bracketed_unless_it_comes_first():
    network = Network([[[-2.0], [0.0]]])
    steps = named(train(network, Dataset(EXAM), 1), 0)
    assert written_out(steps["o"], 2, 0).text == "1 / (1 + e^(−(−2))) = 0.1192"
    assert written_out(steps["W1"], 0, 0).text.startswith("−2 + 1 · ")


def test_a_number_close_to_1_is_told_from_1_in_a_formula():
    network = Network([[[10.0], [0.0]]])
    o_delta = named(train(network, Dataset(EXAM), 1), 0)["o_delta"]
    assert written_out(o_delta, 2, 0).text == "−0.11 · 0.999955 · (1 − 0.999955) = −4.991e−06"


def test_a_long_sum_is_cut_in_the_text_and_its_total_is_whole():
    rows = 3000
    table = pd.DataFrame({"x": np.linspace(1, 2, rows), "t": np.linspace(0, 1, rows)})
    run = train(Network.random([1, 2, 1], 0), Dataset(table), 1, learning_rate=0.001)
    steps = named(run, 0)
    for cell in (written_out(steps["dW1"], 0, 1), written_out(steps["loss"])):
        assert cell.count == rows
        assert len(cell.terms) == MOST_TERMS
        assert "+ … +" in cell.text
        assert len(cell.text) < 200
    assert written_out(steps["dW1"], 0, 1).total == pytest.approx(steps["dW1"].value[0, 1])
    assert written_out(steps["loss"]).total / rows == pytest.approx(float(steps["loss"].value))


@pytest.mark.parametrize(("i", "j"), [(3, 0), (0, 3), (-1, 0), (0, -1)])
def test_a_cell_that_is_not_there(i, j):
    with pytest.raises(IndexError, match="z has 3 rows and 3 columns"):
        written_out(named(exam_run(), 0)["z"], i, j)


# --- one weight ------------------------------------------------------------------------


def test_the_chain_of_a_first_weight():
    run = exam_run()
    story = weight_story(run, 6, 1, 0, 1)
    assert story.name == "W1[study, h2]"
    assert story.value == run.network(6).weights[0][0, 1]
    assert [(f.name, f.of) for f in story.factors] == [
        ("−(y − o)", "score"),
        ("o(1 − o)", "score"),
        ("W2[h2, score]", ""),
        ("z2(1 − z2)", "h2"),
        ("x", "study"),
    ]
    assert story.rows == ("row 1", "row 2", "row 3")
    W1, W2 = run.network(6).weights
    t = tutorial_epoch(run.data.X, run.data.y, W1, W2)
    s = t["z2"][:, 1]
    expected = [
        -t["o_error"][:, 0],
        t["o"][:, 0] * (1 - t["o"][:, 0]),
        np.full(3, W2[1, 0]),
        s * (1 - s),
        run.data.X[:, 0],
    ]
    for factor, values in zip(story.factors, expected):
        np.testing.assert_allclose(factor.values, values, rtol=1e-13)
    assert story.gradient == -named(run, 6)["dW1"].value[0, 1]
    assert story.change == named(run, 6)["dW1"].value[0, 1]
    assert story.mean_factor == 2 / 3
    assert "2/3" in story.sentence
    assert "= Σ over rows of −(y − o) · o(1 − o) · W2[h2, score] · z2(1 − z2) · x" in story.formula


def test_the_chain_of_a_last_weight():
    story = weight_story(exam_run(), 6, 2, 2, 0)
    assert story.name == "W2[h3, score]"
    names = [(f.name, f.of) for f in story.factors]
    assert names == [("−(y − o)", "score"), ("o(1 − o)", "score"), ("z2", "h3")]


def test_in_a_deeper_network_the_arriving_error_is_one_factor_that_is_a_sum():
    story = weight_story(exam_run((2, 2, 3, 1)), 6, 1, 1, 0)
    error, slope, x = story.factors
    assert (error.name, error.of, slope.name, slope.of) == ("−z2_error", "a1", "z2(1 − z2)", "a1")
    assert (x.name, x.of) == ("x", "sleep")
    pairs = [(delta.name, delta.of, way.name) for delta, way in error.sum_of]
    assert pairs == [("−z4_delta", f"b{n}", f"W2[a1, b{n}]") for n in (1, 2, 3)]


@settings(max_examples=100, deadline=None)
@given(runs(), st.data())
def test_a_weights_gradient_is_its_chain_and_its_difference(run, data):
    epoch = data.draw(st.integers(0, run.epochs))
    layer = data.draw(st.integers(1, len(run.sizes) - 1))
    i = data.draw(st.integers(0, run.sizes[layer - 1] - 1))
    j = data.draw(st.integers(0, run.sizes[layer] - 1))
    story = weight_story(run, epoch, layer, i, j)
    products = np.prod([factor.values for factor in story.factors], axis=0)
    np.testing.assert_allclose(story.products, products)
    assert story.products.sum() == pytest.approx(story.gradient, rel=1e-9, abs=1e-13)
    for factor in story.factors:
        if factor.sum_of:
            total = sum(a.values * b.values for a, b in factor.sum_of)
            np.testing.assert_allclose(total, factor.values, rtol=1e-9, atol=1e-13)
    assert story.loss_gradient == pytest.approx(story.gradient * 2 / run.data.y.size)
    assert story.difference == pytest.approx(
        story.loss_gradient, rel=1e-7, abs=1e-9 + 10 * story.resolution
    )
    larger = max(abs(story.difference), abs(story.loss_gradient))
    gap = abs(story.difference - story.loss_gradient)
    assert story.relative_error == pytest.approx(gap / larger if larger else 0)


def test_the_difference_agrees_closely_where_there_is_something_to_learn():
    run = exam_run((2, 4, 3, 1))
    for layer, w in enumerate(run.network(0).weights, start=1):
        for i, j in np.ndindex(w.shape):
            story = weight_story(run, 0, layer, i, j)
            assert story.relative_error < 1e-7
            assert "what is left is rounding" in story.check


def test_a_gradient_too_small_for_differences_says_so():
    run = train(Network([np.full((2, 3), 300.0), np.ones((3, 1))]), Dataset(EXAM), 1)
    story = weight_story(run, 0, 1, 0, 0)
    assert abs(story.loss_gradient) < 1e-40
    assert math.isfinite(story.relative_error)
    assert "rounding" in story.check or "every digit" in story.check


def test_a_weights_history():
    run = exam_run(epochs=20)
    epochs, values = weight_story(run, 3, 2, 1, 0).history
    assert epochs.tolist() == list(range(21))
    assert values.tolist() == [run.network(k).weights[1][1, 0] for k in range(21)]


def test_a_long_history_is_thinned_evenly_from_the_first_epoch_to_the_last():
    run = exam_run(epochs=5000)
    epochs, values = weight_story(run, 3, 1, 1, 2).history
    assert len(epochs) == len(values) == 500
    assert (epochs[0], epochs[-1]) == (0, 5000)
    assert set(np.diff(epochs)) <= {10, 11}
    np.testing.assert_array_equal(values, [run.network(k).weights[0][1, 2] for k in epochs])


def test_history_of_a_recording_that_skips_epochs_has_those_it_kept():
    run = train(Network.random([2, 3, 1], 0), Dataset(EXAM), 100, 1.0, recording_bytes=2000)
    assert run.every > 1
    epochs, values = weight_story(run, 3, 1, 1, 2).history
    assert epochs.tolist() == list(range(0, 101, run.every))
    np.testing.assert_array_equal(values, [run.network(k).weights[0][1, 2] for k in epochs])


@pytest.mark.parametrize("place", [(0, 0, 0), (3, 0, 0), (1, 2, 0), (1, 0, 3), (2, -1, 0)])
def test_a_weight_that_is_not_there(place):
    with pytest.raises(ValueError, match="no"):
        weight_story(exam_run(), 0, *place)


# --- σ and its slope -------------------------------------------------------------------


def test_a_neuron_on_the_sigmoid():
    run = exam_run()
    point, steps = neuron_slope(run, 5, 1, 2, 1), named(run, 5)
    assert (point.neuron, point.row) == ("h3", "row 2")
    assert point.z == steps["z"].value[1, 2]
    assert point.s == steps["z2"].value[1, 2]
    assert point.slope == pytest.approx(point.s * (1 - point.s))
    h = 1e-5
    assert point.slope == pytest.approx((sigmoid(point.z + h) - sigmoid(point.z - h)) / (2 * h))
    (z0, s0), (z1, s1) = point.tangent
    assert (s1 - s0) / (z1 - z0) == pytest.approx(point.slope)
    assert (s0 + s1) / 2 == pytest.approx(point.s)
    assert (z0 + z1) / 2 == pytest.approx(point.z)
    assert not point.saturated
    assert "the sigmoid is not applied again" in point.why
    assert point.why.endswith(f"{shown(point.s)} · (1 − {shown(point.s)}) = {shown(point.slope)}.")
    assert neuron_slope(run, 5, 2, 0, 0).s == steps["o"].value[0, 0]


@pytest.mark.parametrize(("weight", "end"), [(40.0, 1), (-40.0, 0), (1000.0, 1)])
def test_a_saturated_neuron(weight, end):
    run = train(Network([np.full((2, 1), weight), [[1.0]]]), Dataset(EXAM), 1)
    point = neuron_slope(run, 0, 1, 0, 0)
    assert point.saturated
    assert f"near {end}" in point.sentence
    assert "learning crawls" in point.sentence
    zs, values = point.curve
    assert zs.min() <= point.z <= zs.max()
    assert (np.diff(zs) > 0).all()
    np.testing.assert_array_equal(values, sigmoid(zs))


@pytest.mark.parametrize("place", [(0, 0, 0), (3, 0, 0), (1, 3, 0), (1, 0, 3), (1, 0, -1)])
def test_a_neuron_that_is_not_there(place):
    with pytest.raises(ValueError, match="not between|no number"):
        neuron_slope(exam_run(), 0, *place)


# --- by hand ---------------------------------------------------------------------------


def test_the_tutorials_example_by_hand():
    steps = {step.name: step for step in by_hand()}
    assert list(steps) == ["X", "z", "z2", "z3", "o"]
    assert [step.number for step in steps.values()] == [1, 2, 3, 4, 5]
    assert steps["X"].value.tolist() == [[2, 9]]
    np.testing.assert_allclose(steps["z"].value, [[7.6, 3.9, 6.5]], rtol=1e-15)
    np.testing.assert_allclose(steps["z2"].value, [[0.99949980, 0.98015969, 0.99849882]], atol=5e-9)
    np.testing.assert_allclose(steps["z3"].value, [[1.78852870]], atol=5e-9)
    np.testing.assert_allclose(steps["o"].value, [[0.85674680]], atol=5e-9)


def test_the_printed_slips_are_named():
    steps = {step.name: step for step in by_hand()}
    assert "7.5" in steps["z"].note
    assert "3.9" in steps["z"].note
    assert "above 1" in steps["z2"].note
    assert "0.8579" in steps["o"].note
    assert steps["X"].note == ""
    assert written_out(steps["z"], 0, 1).text == "2 · 0.6 + 9 · 0.3 = 3.9"
    assert written_out(steps["X"], 0, 1).text == "9"


# --- the room itself -------------------------------------------------------------------


def test_it_imports_neither_page_nor_charts_nor_tables():
    import nnviz.dissection.steps as room

    for path in Path(room.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [a.name for a in getattr(node, "names", []) if isinstance(node, ast.Import)]
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {m.split(".")[0] for m in modules} & {"streamlit", "plotly", "pandas"}
