"""Where a neuron stands on the sigmoid."""

import re

import numpy as np
import pytest
from runs import EXAM, exam_run, named

import nnviz.dissection.slope
import nnviz.engine.symptoms
from nnviz.dissection import neuron_slope
from nnviz.engine.activations import SATURATED, sigmoid, sigmoid_slope
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.network import Network
from nnviz.engine.recipe import train
from nnviz.writing import shown


def test_a_neuron_on_the_sigmoid():
    run = exam_run()
    point, steps = neuron_slope(Moment(run, 5), 1, 2, 1), named(run, 5)
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
    assert f"{shown(point.s)} · (1 − {shown(point.s)}) = {shown(point.slope)}. The" in point.why
    assert neuron_slope(Moment(run, 5), 2, 0, 0).s == steps["o"].value[0, 0]


@pytest.mark.parametrize(("weight", "end"), [(40.0, 1), (-40.0, 0), (1000.0, 1)])
def test_a_saturated_neuron(weight, end):
    run = train(Network([np.full((2, 1), weight), [[1.0]]]), Dataset(EXAM), 1)
    point = neuron_slope(Moment(run, 0), 1, 0, 0)
    assert point.saturated
    assert f"near {end}" in point.sentence
    assert "learning crawls" in point.sentence
    zs, values = point.curve
    assert zs.min() <= point.z <= zs.max()
    assert (np.diff(zs) > 0).all()
    np.testing.assert_array_equal(values, sigmoid(zs))


@pytest.mark.parametrize("weight", [0.0, 1.0, 2.4, 3.0, 4.0])
def test_a_slope_is_compared_with_the_steepest_and_not_called_saturated(weight):
    run = train(Network([np.full((2, 1), weight), [[1.0]]]), Dataset(EXAM), 1)
    point = neuron_slope(Moment(run, 0), 1, 0, 0)
    assert not point.saturated and "saturated" not in point.sentence
    times = 0.25 / point.slope
    if times < 1.05:
        assert "about as steep as the sigmoid gets" in point.sentence
    else:
        flatter, less = re.findall(r"([\d.,]+) times (?:flatter|less)", point.sentence)
        assert flatter == less
        assert float(flatter) == pytest.approx(times, rel=0.06)


def test_saturated_is_one_thing_in_the_slope_and_in_the_diagnosis():
    assert nnviz.engine.symptoms.SATURATED is nnviz.dissection.slope.SATURATED
    z = np.linspace(0, 12, 1201)
    first = z[sigmoid_slope(sigmoid(z)) < SATURATED][0]
    assert first == pytest.approx(6.9, abs=0.02)
    assert 1 - sigmoid(first) == pytest.approx(0.001, abs=1e-5)


@pytest.mark.parametrize("place", [(0, 0, 0), (3, 0, 0), (1, 3, 0), (1, 0, 3), (1, 0, -1)])
def test_a_neuron_that_is_not_there(place):
    with pytest.raises(ValueError, match="not between|no number"):
        neuron_slope(Moment(exam_run(), 0), *place)
