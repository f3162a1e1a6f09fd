import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tables import fuzz

from nnviz.engine.network import Network
from nnviz.engine.shape import Shape

sizes = st.lists(st.integers(1, 6), min_size=2, max_size=5).map(tuple)


def test_the_tutorials_nine_weights():
    shape = Shape((2, 3, 1))
    assert shape.layers == [(2, 3), (3, 1)]
    assert shape.count == 9
    W1, W2 = shape.weights(np.arange(9.0))
    assert W1.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert W2.tolist() == [[6], [7], [8]]


@fuzz
@given(sizes)
def test_every_synapse_stands_where_its_place_says(sizes):
    shape = Shape(sizes)
    network = Network.random(sizes, seed=0)
    flat = shape.flat(network.weights)
    assert flat.shape == (shape.count,) == (len(shape.synapses()),)
    for k, (layer, i, j) in enumerate(shape.synapses()):
        assert shape.place(layer, i, j) == k
        assert flat[k] == network.weights[layer - 1][i, j]


@fuzz
@given(sizes, st.integers(1, 4))
def test_leading_axes_are_kept_and_flat_undoes_weights(sizes, epochs):
    shape = Shape(sizes)
    flat = np.random.default_rng(0).normal(size=(epochs, shape.count))
    weights = shape.weights(flat)
    assert [w.shape for w in weights] == [(epochs, *layer) for layer in shape.layers]
    assert np.array_equal(shape.flat(weights), flat)


def test_the_views_write_into_the_vector():
    flat = np.zeros(9)
    Shape((2, 3, 1)).weights(flat)[1][2, 0] = 7
    assert flat.tolist() == [0] * 8 + [7]
