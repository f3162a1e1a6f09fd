"""The tutorial's example by hand."""

import numpy as np

from nnviz.dissection import by_hand, written_out


def test_the_tutorials_example_by_hand():
    steps = {step.name: step for step in by_hand()}
    assert list(steps) == ["X", "z", "z2", "z3", "o"]
    assert [step.number for step in steps.values()] == [1, 2, 3, 4, 5]
    assert steps["X"].value.tolist() == [[2, 9]]
    np.testing.assert_allclose(steps["z"].value, [[7.6, 3.9, 6.5]], rtol=1e-15)
    np.testing.assert_allclose(steps["z2"].value, [[0.99949980, 0.98015969, 0.99849882]], atol=5e-9)
    np.testing.assert_allclose(steps["z3"].value, [[1.78852870]], atol=5e-9)
    np.testing.assert_allclose(steps["o"].value, [[0.85674680]], atol=5e-9)


def test_the_printed_slips_are_named():
    steps = {step.name: step for step in by_hand()}
    assert "7.5" in steps["z"].note
    assert "3.9" in steps["z"].note
    assert "above 1" in steps["z2"].note
    assert "0.8579" in steps["o"].note
    assert steps["X"].note == ""
    assert written_out(steps["z"], 0, 1).text == "2 · 0.6 + 9 · 0.3 = 3.9"
    assert written_out(steps["X"], 0, 1).text == "9"
