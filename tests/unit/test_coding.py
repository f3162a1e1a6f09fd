"""Cells as the numbers of neurons, and back."""

import math

import numpy as np
import pandas as pd
import pytest

from nnviz.engine.coding import CATEGORIES, NUMBERS, YES_NO, Coding, coding_of


def column(*cells):
    return pd.Series(cells, dtype=object)


def test_numbers_have_a_neuron_of_the_columns_name():
    coding = coding_of("study", NUMBERS, [1, 2])
    numbers, faults = coding.read(column("2", 1.5, None, "?"))
    assert coding.neurons == ("study",)
    assert np.array_equal(numbers, [[2], [1.5], [math.nan], [math.nan]], equal_nan=True)
    assert not faults
    assert coding.decode([1.5]) == 1.5


def test_each_category_has_a_neuron_of_its_own():
    coding = coding_of("brand", CATEGORIES, ["Opel", "Audi", None, "Opel"])
    numbers, faults = coding.read(column("Opel", "Audi", None))
    assert coding.neurons == ("brand = Audi", "brand = Opel")
    assert np.array_equal(numbers, [[0, 1], [1, 0], [math.nan] * 2], equal_nan=True)
    assert not faults
    assert coding.decode([0.2, 0.9]) == "Opel"


def test_categories_that_are_numbers_stand_in_their_order():
    assert coding_of("class", CATEGORIES, [10, "9", 2.0, "x"]).values == ("2", "9", "10", "x")


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (["yes", "no"], ("no", "yes")),
        (["Yes"], ("No", "Yes")),
        (["FALSE", "TRUE"], ("FALSE", "TRUE")),
        (["Ja", "nein"], ("nein", "Ja")),
    ],
)
def test_yes_is_1_and_no_is_0_however_they_are_written(cells, values):
    coding = coding_of("passed", YES_NO, cells)
    assert coding.values == values
    numbers, faults = coding.read(column(*values, None, "1"))
    assert np.array_equal(numbers, [[0], [1], [math.nan], [1]], equal_nan=True)
    assert not faults
    assert [coding.decode([x]) for x in (0.49, 0.51)] == list(values)


def test_what_is_neither_yes_nor_no_is_named():
    coding = coding_of("passed", YES_NO, ["yes", "no"])
    _, faults = coding.read(column("yes", "perhaps"))
    assert faults == ["Row 2: passed is “perhaps”. Write no or yes."]


def test_a_category_that_was_not_there_is_no_number():
    numbers, _ = Coding("brand", CATEGORIES, ("Audi", "Opel")).read(column("Fiat"))
    assert np.isnan(numbers).all()
