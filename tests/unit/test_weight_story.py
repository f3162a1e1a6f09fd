"""One weight: its gradient factor by factor, its check and its past."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import EXAM, exam_run, named, runs
from tutorial import tutorial_epoch

from nnviz.dissection import weight_story
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.network import Network
from nnviz.engine.recipe import train


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
            assert "what is left is rounding" in story.check


def test_a_gradient_too_small_for_differences_says_so():
    run = train(Network([np.full((2, 3), 300.0), np.ones((3, 1))]), Dataset(EXAM), 1)
    story = weight_story(Moment(run, 0), 1, 0, 0)
    assert abs(story.loss_gradient) < 1e-40
    assert math.isfinite(story.relative_error)
    assert "rounding" in story.check or "every digit" in story.check


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
