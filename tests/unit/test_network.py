import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz import Network
from nnviz.engine.activations import sigmoid, sigmoid_slope
from nnviz.engine.network import backward
from tests.unit.tutorial import Tutorial

BY_HAND = Network([[[0.2, 0.6, 0.1], [0.8, 0.3, 0.7]], [[0.4], [0.5], [0.9]]])

fuzz = settings(max_examples=100, deadline=None, database=None)


@st.composite
def problems(draw):
    """A random network of 1 to 3 hidden layers with rows and labels to fit it."""
    depth = draw(st.integers(1, 3))
    sizes = draw(st.lists(st.integers(1, 6), min_size=depth + 2, max_size=depth + 2))
    rows, seed = draw(st.integers(1, 12)), draw(st.integers(0, 2**32 - 1))
    rng = np.random.default_rng(seed)
    X, y = rng.uniform(-1.5, 1.5, (rows, sizes[0])), rng.uniform(0, 1, (rows, sizes[-1]))
    return Network.random(sizes, seed), X, y


def half_squared_error(weights, X, y):
    o = X
    for w in weights:
        o = 1 / (1 + np.exp(-(o @ w)))
    return 0.5 * np.sum((y - o) ** 2)


def central_differences(weights, X, y, h=1e-5):
    slopes = [np.empty_like(w) for w in weights]
    for w, slope in zip(weights, slopes):
        for index in np.ndindex(w.shape):
            middle = w[index]
            w[index] = middle + h
            above = half_squared_error(weights, X, y)
            w[index] = middle - h
            below = half_squared_error(weights, X, y)
            w[index] = middle
            slope[index] = (above - below) / (2 * h)
    return slopes


def test_the_worked_example_comes_out_as_by_hand():
    X, z2, o = BY_HAND.forward([[2, 9]])
    assert np.allclose(X @ BY_HAND.weights[0], [[7.6, 3.9, 6.5]], rtol=0, atol=1e-12)
    assert np.allclose(z2, [[0.99949980, 0.98015969, 0.99849882]], rtol=0, atol=5e-9)
    assert np.allclose(z2 @ BY_HAND.weights[1], [[1.78852870]], rtol=0, atol=5e-9)
    assert np.allclose(o, [[0.85674680]], rtol=0, atol=5e-9)


@fuzz
@given(problems())
def test_gradients_agree_with_central_differences(problem):
    network, X, y = problem
    gradients = network.gradients(X, y)
    expected = central_differences([w.copy() for w in network.weights], X, y)
    for gradient, slope in zip(gradients, expected, strict=True):
        assert gradient.shape == slope.shape
        assert np.allclose(gradient, slope, rtol=1e-6, atol=1e-8)


@fuzz
@given(problems(), st.floats(1e-3, 10))
def test_a_step_is_the_weights_less_the_rate_times_the_gradient(problem, rate):
    network, X, y = problem
    gradients = network.gradients(X, y)
    stepped = network.step(X, y, rate)
    for before, gradient, after in zip(network.weights, gradients, stepped.weights, strict=True):
        assert np.allclose(after, before - rate * gradient, rtol=0, atol=1e-14)


@fuzz
@given(problems())
def test_a_small_step_lowers_the_loss(problem):
    network, X, y = problem
    assert network.step(X, y, 1e-3).loss(X, y) <= network.loss(X, y)


@pytest.mark.parametrize("hidden", range(1, 9))
def test_forward_deltas_and_loss_are_the_tutorials(hidden):
    rng = np.random.default_rng(hidden)
    X, y = rng.uniform(0, 1, (7, 2)), rng.uniform(0, 1, (7, 1))
    network = Network.random([2, hidden, 1], seed=hidden)
    tutorial = Tutorial(*network.weights)
    o = tutorial.forward(X)
    tutorial.backward(X, y, o)

    activations = network.forward(X)
    z2_delta, o_delta = backward(network.weights, activations, y)[1]
    for ours, theirs in zip([*activations, z2_delta, o_delta], [X, tutorial.z2, o]):
        assert np.allclose(ours, theirs, rtol=0, atol=1e-14)
    assert np.allclose(z2_delta, tutorial.z2_delta, rtol=0, atol=1e-14)
    assert np.allclose(o_delta, tutorial.o_delta, rtol=0, atol=1e-14)
    assert network.loss(X, y) == pytest.approx(np.mean(np.square(y - o)), rel=0, abs=1e-14)
    assert isinstance(network.loss(X, y), float)


def test_a_step_leaves_the_network_it_started_from():
    network = Network.random([2, 3, 1], seed=0)
    before = [w.copy() for w in network.weights]
    network.step(np.ones((1, 2)), np.ones((1, 1)))
    assert all(np.array_equal(w, b) for w, b in zip(network.weights, before, strict=True))


def test_the_sigmoid_reaches_its_ends_without_a_warning():
    assert sigmoid([-np.inf, -1e4, 0, 1e4, np.inf]).tolist() == [0, 0, 0.5, 1, 1]


def test_the_slope_is_that_of_the_sigmoid():
    z, h = np.linspace(-6, 6, 49), 1e-5
    expected = (sigmoid(z + h) - sigmoid(z - h)) / (2 * h)
    assert np.allclose(sigmoid_slope(sigmoid(z)), expected, rtol=0, atol=1e-9)


def test_random_weights_are_drawn_layer_by_layer_from_the_seed():
    rng = np.random.default_rng(5)
    expected = [rng.standard_normal((2, 4)), rng.standard_normal((4, 3)), rng.standard_normal(3)]
    network = Network.random([2, 4, 3, 1], seed=5)
    assert [w.shape for w in network.weights] == [(2, 4), (4, 3), (3, 1)]
    for w, drawn in zip(network.weights, expected, strict=True):
        assert np.array_equal(w.ravel(), drawn.ravel())


def test_sizes_name_every_layer():
    assert Network.random([2, 4, 3, 1], seed=0).sizes == [2, 4, 3, 1]


def test_a_network_keeps_a_copy_of_the_weights_it_is_given():
    given_weights = [np.ones((2, 3)), np.ones((3, 1))]
    network = Network(given_weights)
    given_weights[0][0, 0] = 7
    assert network.weights[0][0, 0] == 1


def test_networks_can_be_compared_and_hashed():
    network = Network.random([2, 3, 1], seed=0)
    assert network == network
    assert network != Network.random([2, 3, 1], seed=1)
    assert hash(network) == hash(network)


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ([], "at least one array"),
        ([np.ones(3)], r"W1 must have shape \(n_in, n_out\), not \(3,\)"),
        ([np.ones((2, 3)), np.ones((3, 0))], r"W2 must have shape .*\(3, 0\)"),
        ([np.ones((2, 3)), np.ones((2, 1))], "W1 ends in 3 neurons, but W2 starts from 2"),
        ([np.full((2, 1), np.nan)], "W1 holds a value that is not a finite number"),
        ([np.ones((2, 1)), np.full((1, 1), np.inf)], "W2 holds a value"),
    ],
)
def test_weights_that_make_no_network_are_refused(weights, message):
    with pytest.raises(ValueError, match=message):
        Network(weights)


@pytest.mark.parametrize("sizes", [[], [2], [2, 0, 1], [2, -1, 1]])
def test_sizes_that_make_no_network_are_refused(sizes):
    with pytest.raises(ValueError, match="two or more layers of 1 neuron or more"):
        Network.random(sizes, seed=0)
