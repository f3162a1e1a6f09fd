"""One epoch taken apart, held against the tutorial's code and plain loops written out here."""

import ast
import math
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import EXAM, exam_run, named, runs
from tutorial import TUTORIAL, tutorial_epoch

from nnviz.dissection import (
    anatomy,
    headings,
    neuron_names,
    question_walk,
    walk_of,
    written_out,
)
from nnviz.dissection.steps import how_it_went
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.network import Network
from nnviz.engine.recipe import train


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
    assert steps["o_delta"].formula == "o_delta = o_error ⊙ o(1 − o)"
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
        "o_delta": ("o_error", "o(1 − o)"),
        "z2_error": ("o_delta", "W2ᵀ"),
        "z2_delta": ("z2_error", "z2(1 − z2)"),
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
    assert "learning rate η = 0.5." in steps["W1"].sentence
    assert "the weights of epoch 8" in steps["W1"].sentence
    assert "The loss falls from" in steps["loss_after"].sentence
    climbing = train(Network([[[2.0], [2.0]]]), Dataset(EXAM), 1, learning_rate=2000)
    assert climbing.loss[1] > climbing.loss[0]
    assert "smaller learning rate" in named(climbing, 0)["loss_after"].sentence


def test_an_example_is_of_the_row_that_is_followed():
    said = walk_of(Moment(exam_run(), 0), row=1)[0].sentence
    assert "In row 2, study 1 becomes 1 / 3 = 0.3333." in said
    alike = train(Network.random([1, 1], 0), Dataset(pd.DataFrame({"x": [1.0], "t": [0.5]})), 0)
    assert "In row 1, x 1 becomes 1 / 1 = 1." in named(alike, 0)["X"].sentence


def test_the_question_goes_forward_as_the_rows_do():
    run = exam_run()
    steps = question_walk(Moment(run, 7, (4.0, 8.0)))
    assert [step.name for step in steps] == TUTORIAL[:5]
    assert [step.number for step in steps] == [1, 2, 3, 4, 5]
    W1, W2 = run.network(7).weights
    x = np.array([[4 / 3, 8 / 9]])
    z2 = 1 / (1 + np.exp(-x @ W1))
    o = 1 / (1 + np.exp(-z2 @ W2))
    for step, expected in zip(steps, [x, x @ W1, z2, z2 @ W2, o], strict=True):
        assert step.rows == ("question",)
        np.testing.assert_allclose(step.value, expected, rtol=1e-13)
    assert "In the question, study 4 becomes 4 / 3 = 1.333." in steps[0].sentence
    assert written_out(steps[1], 0, 0).name == "z[question, h1]"


def test_each_step_has_a_heading():
    assert headings(2) == (
        *("inputs", "hidden sums", "hidden activations", "output sum", "output", "loss"),
        *("output error", "output delta", "hidden error", "hidden delta"),
        *("changes", "new weights"),
    )
    for sizes in [(2, 1), (2, 3, 1), (2, 3, 2, 1), (2, 3, 2, 2, 1)]:
        names = headings(len(sizes) - 1)
        assert len(names) == len(set(names)) == anatomy(exam_run(sizes), 0)[-1].number
    assert headings(4)[12:14] == ("hidden error 3", "hidden delta 3")


def slope_of(f, at, h=1e-6):
    return (f(at + h) - f(at - h)) / (2 * h)


def test_why_the_way_back_starts_with_the_miss():
    sentence = named(exam_run(), 0)["o_error"].sentence
    assert "The slope of ½(y − o)² in o is −(y − o)" in sentence
    assert slope_of(lambda o: (0.92 - o) ** 2 / 2, 0.7) == pytest.approx(-(0.92 - 0.7))


def test_the_error_times_the_slope_is_the_delta():
    for name, a in [("o", "o"), ("z2", "z2")]:
        steps = named(exam_run(), 5)
        error, slope = steps[f"{name}_delta"].made_from
        np.testing.assert_allclose(slope.value, steps[a].value * (1 - steps[a].value))
        np.testing.assert_array_equal(error.value * slope.value, steps[f"{name}_delta"].value)
        assert steps[f"{name}_delta"].sign == "⊙"
        assert slope.value.max() <= 0.25  # as the step says


@pytest.mark.parametrize("rows", [1, 2, 3, 7])
def test_how_the_two_gradients_differ_for_any_number_of_values(rows):
    data = Dataset(EXAM.iloc[:3].sample(rows, replace=True, random_state=1))
    run = train(Network.random([2, 3, 1], 0), data, 1)
    W1, W2 = run.network(0).weights

    def half_sum(w):
        o = Network([np.array([[w, *W1[0, 1:]], W1[1]]), W2]).forward(data.X)[-1]
        return ((data.y - o) ** 2).sum() / 2

    dW1 = named(run, 0)["dW1"]
    assert "dW is minus the gradient" in dW1.sentence
    assert slope_of(half_sum, W1[0, 0]) == pytest.approx(-dW1.value[0, 0], rel=1e-6)
    factor = slope_of(lambda w: 2 * half_sum(w) / rows, W1[0, 0]) / -dW1.value[0, 0]
    said = {1: "the factor 2,", 2: "its gradient is the same.", 3: "2/3", 7: "2/7"}[rows]
    assert said in dW1.sentence and "2/1" not in dW1.sentence
    assert factor == pytest.approx(2 / rows, rel=1e-6)


@pytest.mark.parametrize("rate", [1.0, 0.5, 10.0])
@pytest.mark.parametrize("epoch", [0, 10, 20])
def test_the_weight_that_moves_most_is_named(epoch, rate):
    run = exam_run(epochs=21, learning_rate=rate)
    moved = run.weights_at([epoch + 1])[0] - run.weights_at([epoch])[0]
    names = [f"{i} → {j}" for i in ("study", "sleep") for j in ("h1", "h2", "h3")]
    names += [f"{h} → score" for h in ("h1", "h2", "h3")]
    most = np.abs(moved).argmax()
    steps = named(run, epoch)
    for step, size in [("dW1", moved[most] / rate), ("W1", moved[most])]:
        said, because = steps[step].finding
        name, _, number = said.partition(" moves most: ")
        assert name == names[most]
        number = float(number.removeprefix("dW ").replace("−", "-"))
        assert number == pytest.approx(size, rel=1e-3)
        assert because.endswith(".")
    assert steps["dW2"].finding == ("", "")


def test_what_moves_most_at_epoch_10_of_the_tutorials_run():
    said, because = named(exam_run(), 10)["dW1"].finding
    assert said == "h3 → score moves most: dW +0.02028"
    assert because.startswith(", because what came in at its start times the delta at its end")
    assert "0.6652 · 0.01470 + 0.5890 · 0.007009 + 0.6861 · 0.009296 = 0.02028" in because
    assert "In every row h3 sends more than the rest of its layer" in because


def test_why_a_weight_moves_most_is_so_in_any_run():
    heard = set()
    for seed in range(30):
        run = exam_run(seed=seed, epochs=3, sizes=(2, 3, 2, 1) if seed % 2 else (2, 3, 1))
        steps = named(run, 3)
        (said, because), last = steps["dW1"].finding, len(run.sizes) - 1
        start, end = said.partition(" moves most")[0].split(" → ")
        layer = next(k for k in range(1, last + 1) if end in steps[f"dW{k}"].columns)
        before, delta = steps[f"dW{layer}"].made_from
        a, d = np.abs(before.value), np.abs(delta.value)
        i, j = before.rows.index(start), delta.columns.index(end)
        if "sends more than the rest of its layer" in because:
            heard.add("sends")
            assert (np.delete(a, i, axis=0) < a[i]).all()
        if "the delta of" in because:
            heard.add("delta")
            every = [np.abs(s.value) for s in steps.values() if s.name.endswith("_delta")]
            assert all((part <= d[:, [j]]).all() for part in every)
    assert heard == {"sends", "delta"}


def test_weights_that_move_alike_or_not_at_all_are_said_so():
    twins = Network([[[0.5, 0.5]], [[0.25], [0.25]]])
    data = Dataset(pd.DataFrame({"x": [1.0, 2.0], "t": [0.1, 0.9]}))
    said, then = named(train(twins, data, 1), 0)["dW1"].finding
    assert said == "h1 → t, h2 → t move most" and then.startswith(": dW is ±")
    met = train(Network([[[0.0]]]), Dataset(pd.DataFrame({"x": [1.0], "t": [0.5]})), 1)
    assert named(met, 0)["dW1"].finding == ("No weight moves", ": every dW is 0.")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (0.0611, 0.0511, "The loss falls from 0.0611 to 0.0511."),
        (0.00026021, 0.00026019, "The loss falls from 0.00026021 to 0.00026019."),
        (0.5, 0.6, "The loss climbs from 0.5 to 0.6. The step was too long"),
        (0.25, 0.25, "The loss stays at 0.25."),
        (0.25, 0.25 - 3e-9, "The loss hardly changes: from 0.25 it is only 3.0e−09 less."),
        (0.25, 0.25 + 3e-9, "The loss hardly changes: from 0.25 it is only 3.0e−09 more."),
    ],
)
def test_where_the_loss_goes(before, after, said):
    assert how_it_went(before, after).startswith(said)


@pytest.mark.parametrize("rate", [0.001, 1.0, 100.0])
def test_no_loss_falls_over_equal_numbers(rate):
    run = exam_run(epochs=1000, learning_rate=rate)
    for before, after in zip(run.loss, run.loss[1:]):
        found = re.search(r"(falls|climbs) from (\S+) to (\S+)\. ?", how_it_went(before, after))
        if found:
            a, b = (float(text.replace("−", "-")) for text in found.groups()[1:])
            assert (a > b) == (found[1] == "falls") and a != b


@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 3, 3, 1)])
def test_words_that_are_not_true_are_not_said(sizes):
    said = " ".join(step.sentence for step in anatomy(exam_run(sizes), 10))
    for words in ("delta is large", "carries much", "share", "own unit", "η, "):
        assert words not in said


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


def test_it_imports_neither_page_nor_charts_nor_tables():
    import nnviz.dissection.steps as room

    for path in Path(room.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = [a.name for a in getattr(node, "names", []) if isinstance(node, ast.Import)]
            modules += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not {m.split(".")[0] for m in modules} & {"streamlit", "plotly", "pandas"}
