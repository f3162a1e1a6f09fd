import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nnviz.strokes import LINES_AT_MOST, NEGATIVE, POSITIVE, strokes_for

NETWORKS = [(2, 3, 1), (2, 16, 1), (4, 8, 8, 1), (2, 32, 1), (2, 32, 32, 1), (49, 32, 32, 32, 1)]
weights = st.floats(-1e200, 1e200)


@settings(deadline=None, database=None)
@given(a=weights, b=weights, sizes=st.sampled_from(NETWORKS))
def test_a_larger_weight_is_no_thinner_and_no_fainter(a, b, sizes):
    strokes = strokes_for(sizes)
    smaller, larger = strokes.index(np.array(sorted([a, b], key=abs)))
    assert strokes.widths[smaller] <= strokes.widths[larger]
    assert strokes.opacities[smaller] <= strokes.opacities[larger]


@settings(deadline=None, database=None)
@given(weight=weights, sizes=st.sampled_from(NETWORKS))
def test_the_colour_is_the_sign_and_nothing_else_is(weight, sizes):
    strokes = strokes_for(sizes)
    this, opposite = strokes.index(np.array([weight, -weight]))
    assert strokes.colors[this] == (NEGATIVE if weight < 0 else POSITIVE)
    assert strokes.widths[this] == strokes.widths[opposite]
    assert strokes.opacities[this] == strokes.opacities[opposite]


def test_a_weights_stroke_does_not_depend_on_the_others():
    strokes, w = strokes_for((2, 3, 1)), np.linspace(-9, 9, 181)
    together = strokes.index(w)
    assert together.dtype == np.uint8
    assert [strokes.index(w[k : k + 1])[0] for k in range(len(w))] == together.tolist()
    assert np.array_equal(strokes.index(w.reshape(1, -1))[0], together)


def test_weights_that_differ_visibly_have_different_strokes():
    strokes = strokes_for((2, 3, 1))
    assert len(set(strokes.index(np.arange(-4, 4, 0.25)))) == 32


@pytest.mark.parametrize("sizes", NETWORKS)
def test_strokes_can_be_drawn(sizes):
    strokes = strokes_for(sizes)
    assert len(strokes.colors) == len(strokes.widths) == len(strokes.opacities) <= 256
    assert all(0.5 <= width <= 8 for width in strokes.widths)
    assert all(0.3 <= opacity <= 1 for opacity in strokes.opacities)


def test_a_large_network_is_drawn_in_16_bands():
    assert not strokes_for((LINES_AT_MOST, 1)).banded
    bands = strokes_for((LINES_AT_MOST + 1, 1))
    assert bands.banded
    assert len(bands.colors) == 16
