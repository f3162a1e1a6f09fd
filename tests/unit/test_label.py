"""What outputs say of a label."""

import numpy as np
import pandas as pd
import pytest

from nnviz import Dataset
from nnviz.engine.roles import LABEL_OF_NUMBERS, Column, Roles


def label_of(values, number=0, **columns):
    table = pd.DataFrame({"x": range(1, len(values) + 1), **columns, "y": values})
    return Dataset(table).label(number)


def test_a_number_stands_in_the_tables_unit():
    label = label_of([86, 92, 89])
    assert (label.name, label.classes) == ("y", ())
    assert label.numbers(np.array([[0.5], [0.91]])).tolist() == [50, 91]
    cold = label_of([-10, 0, 10])
    assert cold.numbers(np.array([0.5])) == pytest.approx(0, abs=1e-15)


def test_a_classs_share_is_its_part_of_the_outputs_sum():
    label = label_of(["b", "a", "c", "b"])
    assert label.classes == ("a", "b", "c")
    shares = label.shares(np.array([[0.2, 0.6, 0.2], [0.9, 0.9, 0.9]]))
    assert np.allclose(shares, [[0.2, 0.6, 0.2], [1 / 3] * 3], rtol=0, atol=1e-15)
    assert label.shares(np.zeros((2, 3))).tolist() == [[1 / 3] * 3] * 2  # saturated all
    assert label.known(np.eye(3)[[1, 0, 2, 1]]).tolist() == [1, 0, 2, 1]


def test_yes_and_no_share_one_output():
    label = label_of(["yes", "no", "yes", "no"])
    assert label.classes == ("no", "yes")
    assert np.allclose(label.shares(np.array([[0.8], [0.1]])), [[0.2, 0.8], [0.9, 0.1]])
    assert label.known(np.array([[1.0], [0.0]])).tolist() == [1, 0]


def test_each_of_several_labels_has_its_own_outputs():
    kinds = Column("label", "categories", "full scale")
    table = pd.DataFrame({"x": [1, 2, 3], "kind": ["u", "v", "u"], "y": [5, 20, 9]})
    data = Dataset(table, roles=Roles((Column(), kinds, LABEL_OF_NUMBERS)))
    outputs = np.array([0.1, 0.3, 0.25])
    assert data.label(0).shares(outputs) == pytest.approx([0.25, 0.75])
    assert data.label(1).numbers(outputs) == 25
