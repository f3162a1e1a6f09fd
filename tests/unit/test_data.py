"""The tables that ship with the page: what is in them, and that where they come from is said."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from nnviz.engine.reading import read
from nnviz.page.tables import SHIPPED

DATA = Path("data")
FILES = sorted(DATA.glob("*.csv"))


def test_every_file_can_be_chosen_and_the_tutorials_is_first():
    assert {table.file for table in SHIPPED.values()} == {path.name for path in FILES}
    assert next(iter(SHIPPED.values())).file == "exam_scores.csv"


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_a_table_is_read_as_pandas_does_and_without_a_word(path):
    reading = read(path)
    assert reading.notes == () and reading.ambiguous == ()
    expected = pd.read_csv(path, na_values="?")
    numbers = expected.select_dtypes("number").columns
    assert reading.table[numbers].equals(expected[numbers].astype(float))
    rest = [name for name in expected if name not in numbers]
    assert reading.table[rest].to_numpy().tolist() == expected[rest].to_numpy().tolist()


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_the_list_says_how_many_rows_there_are(path):
    lines = (DATA / "README.md").read_text("utf-8").splitlines()
    (line,) = [line for line in lines if f"`{path.name}`" in line]
    cells = [cell.strip() for cell in line.split("|")]
    assert int(cells[2]) == len(read(path).table)
    assert all(cells[3:6])


@pytest.mark.parametrize("table", SHIPPED.values(), ids=list(SHIPPED))
def test_what_a_table_teaches_is_a_sentence_or_two(table):
    assert table.teaches.endswith(".")
    assert 20 < len(table.teaches) <= 140


def test_iris_is_fishers():
    table = read(DATA / "iris.csv").table
    assert table["species"].value_counts().to_dict() == dict.fromkeys(
        ["setosa", "versicolor", "virginica"], 50
    )
    means = table.groupby("species").mean().to_numpy()
    # Of his table III, in the paper of 1936.
    expected = [
        [5.006, 3.428, 1.462, 0.246],
        [5.936, 2.770, 4.260, 1.326],
        [6.588, 2.974, 5.552, 2.026],
    ]
    assert np.allclose(means, expected, atol=1e-9)


def test_equal_speeds_have_different_distances():
    table = read(DATA / "stopping_distances.csv").table
    assert (len(table), table["speed"].mean(), table["distance"].mean()) == (50, 15.4, 42.98)
    assert table.groupby("speed")["distance"].nunique().max() > 1
    assert table["speed"].nunique() == 19


def test_and_and_xor_are():
    for name, of in (("and", np.logical_and), ("xor", np.logical_xor)):
        a, b, label = read(DATA / f"{name}.csv").table.to_numpy().T
        assert sorted(zip(a, b)) == [(0, 0), (0, 1), (1, 0), (1, 1)]
        assert (of(a, b) == label).all()
