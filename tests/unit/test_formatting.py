"""How numbers are shown."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.dissection import shown


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
