from dataclasses import replace

import numpy as np
import pytest

import nnviz
from nnviz.engine.diagnosis import diagnosis

EXAM = nnviz.Dataset(nnviz.read_table("data/exam_scores.csv"))


def record(rate=1.0, weights=None, epochs=1000):
    network = nnviz.Network(weights) if weights else nnviz.Network.random([2, 3, 1], 0)
    return nnviz.train(network, EXAM, epochs, rate)


def test_a_loss_that_falls_is_no_trouble():
    assert diagnosis(record()) is None
    assert diagnosis(record(rate=0.01)) is None


def test_a_loss_that_climbs_is_named_with_a_smaller_rate():
    run = replace(record(rate=20.0), loss=np.linspace(0.1, 0.3, 1001))
    said = diagnosis(run)
    assert "learning rate of 20 the loss has climbed from 0.1 to 0.3" in said
    assert said.endswith("such as 2.")


def test_a_loss_that_freezes_is_named():
    run = record(rate=100.0, weights=[np.full((2, 3), 40.0), np.full((3, 1), -40.0)])
    said = diagnosis(run)
    assert "has frozen at" in said
    assert f"{run.loss[-1]:.4g}" in said
    assert "such as 10." in said


def test_a_loss_that_swings_is_named():
    swings = 0.1 + 0.05 * np.cos(np.pi * np.arange(1001))
    run = replace(record(rate=3.0), loss=swings[::-1].copy())
    assert "swings up and down" in diagnosis(run)
    assert "such as 0.3." in diagnosis(run)


@pytest.mark.parametrize("rate", [100.0, 1000.0])
def test_rates_far_too_large_are_never_passed_over(rate):
    assert diagnosis(record(rate=rate))


def test_too_few_epochs_say_nothing():
    assert diagnosis(record(rate=100.0, epochs=5)) is None
