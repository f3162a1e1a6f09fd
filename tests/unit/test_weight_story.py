"""One weight: its gradient factor by factor, its check and its past."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import EXAM, exam_run, named, runs
from tutorial import tutorial_epoch

from nnviz.dissection import NUDGES, nudge, weight_story
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.network import Network
from nnviz.engine.recipe import train
from nnviz.writing import shown


def test_the_chain_of_a_first_weight():
    run = exam_run()
    story = weight_story(Moment(run, 6), 1, 0, 1)
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
    story = weight_story(Moment(exam_run(), 6), 2, 2, 0)
    assert story.name == "W2[h3, score]"
    names = [(f.name, f.of) for f in story.factors]
    assert names == [("−(y − o)", "score"), ("o(1 − o)", "score"), ("z2", "h3")]


def test_in_a_deeper_network_the_arriving_error_is_one_factor_that_is_a_sum():
    story = weight_story(Moment(exam_run((2, 2, 3, 1)), 6), 1, 1, 0)
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
    story = weight_story(Moment(run, epoch), layer, i, j)
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
            story = weight_story(Moment(run, 0), layer, i, j)
            assert story.relative_error < 1e-7


@pytest.mark.parametrize("epoch", [0, 10, 200])
def test_what_is_said_of_the_rest_is_what_more_digits_find(epoch):
    """Computed with 19 digits in the place of 16, only what the finite h cuts off is left."""
    run, said = exam_run((2, 3, 1), epochs=200), set()
    for layer, i, j in run.shape.synapses():
        story = weight_story(Moment(run, epoch), layer, i, j)
        cut = difference_in_19_digits(run, epoch, (layer, i, j), story.h) - story.loss_gradient
        rest = abs(story.difference - story.loss_gradient - float(cut))
        share = abs(float(cut)) / (abs(float(cut)) + rest)
        words = story.check.rpartition("what is left is ")[2]
        # Near the two bounds, 0.1 and 0.9, either is right.
        if share < 0.08:
            assert words == "rounding."
        if share > 0.92:
            assert words == "there because h is small but not 0."
        if 0.12 < share < 0.88:
            assert words.startswith("in part rounding, and in part")
        said.add(words)
    assert len(said) > 1


def difference_in_19_digits(run, epoch, place, h):
    def loss(side):
        weights = [w.astype(np.longdouble) for w in run.network(epoch).weights]
        weights[place[0] - 1][place[1:]] += side
        a = run.data.X.astype(np.longdouble)
        for w in weights:
            a = 1 / (1 + np.exp(-(a @ w)))
        return ((run.data.y - a) ** 2).mean()

    h = np.longdouble(h)
    return (loss(h) - loss(-h)) / (2 * h)


def test_where_both_are_0_there_is_no_agreement_to_praise():
    run = train(Network([np.full((2, 3), 1000.0), np.ones((3, 1))]), Dataset(EXAM), 1)
    story = weight_story(Moment(run, 0), 1, 0, 0)
    assert story.loss_gradient == story.difference == 0
    assert "Both are 0" in story.check
    assert "agree" not in story.check


def test_one_row_has_a_factor_of_2_and_not_of_2_by_1():
    run = train(Network.random([2, 3, 1], 0), Dataset(EXAM[:1]), 1)
    sentence = weight_story(Moment(run, 0), 1, 0, 0).sentence
    assert "factor 2," in sentence and "2/1" not in sentence
    assert "the walk's dW is minus it" in sentence


# The tutorial's network at epoch 0: W2[h3] is −0.7037; what another value would make of the loss.
@pytest.mark.parametrize(
    ("by", "value", "loss"), [(-0.1, -0.80, 0.0690), (0, -0.7037, 0.0611), (0.1, -0.60, 0.0539)]
)
def test_a_nudge_says_what_it_would_do(by, value, loss):
    run = exam_run()
    nudged = nudge(Moment(run, 0), 2, 2, 0, by)
    assert nudged.moved == pytest.approx((value, loss), abs=0.00501)
    assert round(nudged.moved[1], 4) == loss
    weights = run.network(0).weights
    weights[1][2, 0] += by
    assert nudged.moved[1] == pytest.approx(
        Network(weights).loss(run.data.X, run.data.y), rel=1e-14
    )
    assert nudged.lowest == pytest.approx((1.55, 0.00045), rel=0.02)
    assert not nudged.at_edge
    assert nudged.slope == weight_story(Moment(run, 0), 2, 2, 0).loss_gradient
    if by:
        rises = "rise" if by < 0 else "fall"
        words = f"the loss would {rises} from {shown(nudged.loss)} to {shown(nudged.moved[1])}"
        assert words in nudged.sentence
        tangent = nudged.loss + nudged.slope * by
        assert f"says {shown(tangent)}" in nudged.sentence


@settings(max_examples=60, deadline=None)
@given(runs(), st.data())
def test_the_curve_over_a_weight_is_the_loss_with_it_alone_another(run, data):
    epoch = data.draw(st.integers(0, run.epochs))
    layer, i, j = data.draw(st.sampled_from(run.shape.synapses()))
    by = data.draw(st.sampled_from(NUDGES))
    before = run.network(epoch)
    nudged = nudge(Moment(run, epoch), layer, i, j, by)
    values, losses = nudged.curve
    assert (values[0], values[-1]) == pytest.approx((nudged.value - 3, nudged.value + 3))
    for k in (0, len(values) // 3, -1):
        weights = [w.copy() for w in before.weights]
        weights[layer - 1][i, j] = values[k]
        expected = Network(weights).loss(run.data.X, run.data.y)
        assert losses[k] == pytest.approx(expected, rel=1e-9, abs=1e-15)
    if nudged.lowest == (nudged.value, nudged.loss):  # to four digits, it is no lower elsewhere
        assert shown(nudged.loss) == shown(losses.min())
    else:
        assert nudged.lowest[1] <= losses.min() * (1 + 1e-12)
    assert nudged.loss == pytest.approx(run.loss[epoch], rel=1e-12)
    for w, old in zip(run.network(epoch).weights, before.weights):
        np.testing.assert_array_equal(w, old)  # nothing of the run changes


def test_a_weight_that_makes_no_difference_is_said_to_make_none():
    run = train(Network([np.full((2, 3), 1000.0), np.ones((3, 1))]), Dataset(EXAM), 1)
    nudged = nudge(Moment(run, 0), 1, 0, 0, 1.0)
    assert "makes no difference" in nudged.about
    assert nudged.lowest == (nudged.value, nudged.loss)
    assert "hardly change" in nudged.sentence


def test_the_lowest_loss_is_found_where_one_row_is_all_but_learned():
    run = train(Network.random([2, 3, 1], 0), Dataset(EXAM[:1]), 1000)
    nudged = nudge(Moment(run, 1000), 2, 0, 0)
    W1, W2 = run.network(1000).weights
    z2 = 1 / (1 + np.exp(-run.data.X @ W1))[0]
    exact = (np.log(0.92 / 0.08) - z2[1:] @ W2[1:, 0]) / z2[0]
    assert nudged.lowest[0] == pytest.approx(exact, abs=1e-7)
    assert nudged.lowest[1] < 1e-4 * nudged.loss
    assert f"The lowest loss on this stretch is {shown(nudged.lowest[1])}" in nudged.about


def test_a_lowest_point_at_the_end_is_said_to_be_one():
    nudged = nudge(Moment(exam_run(), 0), 1, 1, 2)
    assert nudged.at_edge and "beyond, it may be lower" in nudged.about


def test_a_gradient_too_small_for_differences_says_so():
    run = train(Network([np.full((2, 3), 300.0), np.ones((3, 1))]), Dataset(EXAM), 1)
    story = weight_story(Moment(run, 0), 1, 0, 0)
    assert abs(story.loss_gradient) < 1e-40
    assert math.isfinite(story.relative_error)
    assert "rounding" in story.check or "Both are 0" in story.check


def test_a_weights_history():
    run = exam_run(epochs=20)
    epochs, values = weight_story(Moment(run, 3), 2, 1, 0).history
    assert epochs.tolist() == list(range(21))
    assert values.tolist() == [run.network(k).weights[1][1, 0] for k in range(21)]


def test_a_long_history_is_thinned_evenly_from_the_first_epoch_to_the_last():
    run = exam_run(epochs=5000)
    epochs, values = weight_story(Moment(run, 3), 1, 1, 2).history
    assert len(epochs) == len(values) == 500
    assert (epochs[0], epochs[-1]) == (0, 5000)
    assert set(np.diff(epochs)) <= {10, 11}
    np.testing.assert_array_equal(values, [run.network(k).weights[0][1, 2] for k in epochs])


def test_history_of_a_recording_that_skips_epochs_has_those_it_kept():
    run = train(Network.random([2, 3, 1], 0), Dataset(EXAM), 100, 1.0, recording_bytes=2000)
    assert run.every > 1
    epochs, values = weight_story(Moment(run, 3), 1, 1, 2).history
    assert epochs.tolist() == list(range(0, 101, run.every))
    np.testing.assert_array_equal(values, [run.network(k).weights[0][1, 2] for k in epochs])


@pytest.mark.parametrize("place", [(0, 0, 0), (3, 0, 0), (1, 2, 0), (1, 0, 3), (2, -1, 0)])
def test_a_weight_that_is_not_there(place):
    with pytest.raises(ValueError, match="no"):
        weight_story(Moment(exam_run(), 0), *place)
