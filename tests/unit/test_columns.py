"""Columns with other names, without some, with a new one."""

import pandas as pd
import pytest

from nnviz.engine.table import TableError
from nnviz.page.columns import changed

TABLE = pd.DataFrame([["2", "9", "92"]], columns=["study", "sleep", "score"], dtype=object)
ALL = [True, True, True]


def test_names_change_and_values_stay():
    table, left_out = changed(TABLE, [" hours", "sleep ", "points"], ALL)
    assert (list(table), left_out) == (["hours", "sleep", "points"], [])
    assert table.to_numpy().tolist() == TABLE.to_numpy().tolist()
    assert list(TABLE) == ["study", "sleep", "score"]


def test_what_is_left_out_has_its_new_name_and_stays_in_the_table():
    table, left_out = changed(TABLE, ["a", "b", "c"], [True, False, True])
    assert (list(table), left_out) == (["a", "b", "c"], ["b"])


def test_a_new_column_stands_before_the_last_and_is_blank():
    table, left_out = changed(TABLE, list(TABLE), ALL, " tea ")
    assert (list(table), left_out) == (["study", "sleep", "tea", "score"], [])
    assert table["tea"].isna().all()
    assert list(TABLE) == ["study", "sleep", "score"]


@pytest.mark.parametrize(
    ("names", "ticks", "added", "words"),
    [
        (["a", "a", "b"], ALL, "", "Two columns are named “a”"),
        (["a", " ", "b"], ALL, "", "Column 2 has no name"),
        (["a", "b", "c"], ALL, "c", "Two columns are named “c”"),
        (["a", "b", "c"], [False, False, True], "", "needs two columns or more"),
    ],
)
def test_columns_that_can_not_be_are_refused(names, ticks, added, words):
    with pytest.raises(TableError, match=words):
        changed(TABLE, names, ticks, added)
