"""The update rules; a rule that remembers something holds the recording to keep it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from runs import EXAM
from tables import fuzz

from nnviz import Recipe
from nnviz.dissection import anatomy
from nnviz.engine.training import record
from nnviz.engine.updates import UPDATES, Update


def _roll(weights, downhill, memory, learning_rate):
    velocity = 0.9 * memory[0] + learning_rate * downhill
    return weights + velocity, velocity[None]


def _roll_in_place(weights, downhill, memory, learning_rate):
    memory[0] = 0.9 * memory[0] + learning_rate * downhill
    weights += memory[0]


MOMENTUM = Update("momentum", 1, "W ← W + v", _roll, _roll_in_place)


@pytest.fixture
def rolling(monkeypatch):
    """A recipe whose rule, classical momentum (Polyak 1964), remembers a velocity."""
    monkeypatch.setitem(UPDATES, "momentum", MOMENTUM)
    return Recipe(EXAM, learning_rate=0.3, update="momentum")


@pytest.mark.parametrize("update", [*UPDATES.values(), MOMENTUM], ids=lambda update: update.name)
@given(st.integers(1, 20), st.floats(0.001, 100), st.integers(0, 99))
@fuzz
def test_the_readable_and_the_fast_form_agree(update, count, rate, seed):
    rng = np.random.default_rng(seed)
    w, downhill = rng.normal(size=(2, count))
    memory = rng.normal(size=(update.remembered, count))
    expected = update.rule(w, downhill, memory, rate)
    update.in_place(w, downhill, memory, rate)
    assert np.array_equal(w, expected[0])
    assert np.array_equal(memory, expected[1])


def test_momentum_is_trained_as_by_a_loop_of_its_own(rolling):
    run, network = rolling.train(20), rolling.network()
    velocity = [np.zeros_like(w) for w in network.weights]
    weights = network.weights
    for epoch in range(20):
        assert np.allclose(run.weights_at([epoch])[0], run.shape.flat(weights), atol=1e-13)
        gradients = type(network)(weights).gradients(rolling.data.X, rolling.data.y)
        velocity = [0.9 * v - 0.3 * g for v, g in zip(velocity, gradients)]
        weights = [w + v for w, v in zip(weights, velocity)]


def test_a_thinned_recording_replays_what_the_rule_remembers(rolling):
    whole = rolling.train(100)
    thinned = record(rolling, 100, recording_bytes=2000)
    assert thinned.every > 1
    every = np.arange(101)
    assert np.array_equal(thinned.states_at(every), whole.states_at(every))


def test_a_longer_recording_goes_on_with_what_the_rule_remembers(rolling):
    every = np.arange(101)
    assert np.array_equal(rolling.train(37).to(100).states_at(every), rolling.train(100).kept)


def test_the_walk_ends_at_the_weights_that_the_rule_makes(rolling):
    run = rolling.train(8)
    after = {step.name: step.value for step in anatomy(run, 7)}
    assert np.array_equal(after["W1"], run.network(8).weights[0])
    assert np.array_equal(after["W2"], run.network(8).weights[1])


def test_two_rules_from_one_start_are_two_recipes(rolling):
    other = rolling.but(update="gradient descent")
    assert np.array_equal(rolling.network().weights[0], other.network().weights[0])
    assert rolling.key != other.key
