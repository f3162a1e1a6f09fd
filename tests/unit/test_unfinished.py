"""What is still being typed is set aside, and said; a fault stays one."""

import pandas as pd
import pytest

from nnviz.engine.coding import CATEGORIES
from nnviz.engine.roles import INPUT, Column, Roles
from nnviz.page.unfinished import Aside, is_complete, set_aside, without_values

ROWS = [["2", "9", "92"], ["1", "5", "86"]]


COLUMNS = dict(zip(("study", "sleep", "score"), Roles.of_numbers(3).columns))
TEA = dict(zip(("study", "tea", "score"), Roles.of_numbers(3).columns))


def table(*rows, names=("study", "sleep", "score")):
    return pd.DataFrame([*ROWS, *rows], columns=list(names), dtype=object)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["7", None, None], "Row 3 is not complete yet: sleep and score are blank."),
        (["7", None, "50"], "Row 3 is not complete yet: sleep is blank."),
        ([None, "?", "50"], "Row 3 is not complete yet: study and sleep are blank."),
    ],
)
def test_a_row_without_an_input_is_set_aside(row, words):
    aside = set_aside(table(row), COLUMNS, 2, [])
    assert [words in sentence for sentence in aside.said] == [True]
    assert (aside.row, aside.columns) == (2, ())


@pytest.mark.parametrize(
    "row", [["7", "8", None], ["7", "8", "50"], [None, None, None], ["7h", None, None]]
)
def test_a_question_a_whole_row_a_blank_one_and_a_slip_are_left(row):
    assert set_aside(table(row), COLUMNS, 2, []) == Aside()


def test_a_column_is_set_aside_until_every_row_has_a_value():
    names = ["study", "tea", "score"]
    for values, words in [
        ((None, None), "tea is not complete yet: rows 1 and 2 have no value."),
        (("3", None), "tea is not complete yet: row 2 has no value."),
    ]:
        typed = table(names=names).assign(tea=values)
        aside = set_aside(typed, TEA, None, ["tea"])
        assert words in aside.said[0]
        assert aside.columns == ("tea",)
    typed = table(names=names).assign(tea=("3", "4"))
    assert not set_aside(typed, TEA, None, ["tea"]).said


def test_a_slip_in_a_new_column_is_not_hidden():
    typed = table(names=["study", "tea", "score"]).assign(tea=("x", None))
    assert not set_aside(typed, TEA, None, ["tea"]).said


def test_the_only_input_and_the_label_are_never_set_aside():
    one_input = dict(zip(("study", "score"), Roles.of_numbers(2).columns))
    one = pd.DataFrame({"study": [None, None], "score": ["1", "2"]}, dtype=object)
    assert not set_aside(one, one_input, None, ["study"]).said
    assert not set_aside(table().assign(score=None), COLUMNS, None, ["score"]).said


def test_many_rows_without_a_value_are_counted():
    long = pd.DataFrame({"a": ["1"] * 9, "b": None, "c": ["1"] * 9}, dtype=object)
    columns = dict(zip("abc", Roles.of_numbers(3).columns))
    said = set_aside(long, columns, None, ["b"]).said
    assert "b is not complete yet: 9 rows have no value." in said[0]


def test_what_is_complete_and_what_has_no_values():
    assert is_complete(table(["7", "8", None]), COLUMNS, 2)
    assert not is_complete(table(["7", None, "50"]), COLUMNS, 2)
    assert without_values(table().assign(sleep=[None, "?"])) == ["sleep"]


def test_a_text_among_categories_is_no_slip():
    columns = COLUMNS | {"study": Column(INPUT, CATEGORIES, "none")}
    aside = set_aside(table(["maths", None, None]), columns, 2, [])
    assert "sleep and score are blank" in aside.said[0]
