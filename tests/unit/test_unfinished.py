"""What is still being typed is set aside, and said; a fault stays one."""

import pandas as pd
import pytest

from nnviz.page.unfinished import is_complete, set_aside, without_values

ROWS = [["2", "9", "92"], ["1", "5", "86"]]


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
    rest, said = set_aside(table(row), 2, [])
    assert [words in sentence for sentence in said] == [True]
    assert rest.iloc[2].isna().all()
    assert rest.iloc[:2].equals(table().astype(object))


@pytest.mark.parametrize(
    "row", [["7", "8", None], ["7", "8", "50"], [None, None, None], ["7h", None, None]]
)
def test_a_question_a_whole_row_a_blank_one_and_a_slip_are_left(row):
    rest, said = set_aside(table(row), 2, [])
    assert not said
    assert rest.equals(table(row))


def test_a_column_is_set_aside_until_every_row_has_a_value():
    names = ["study", "tea", "score"]
    for values, words in [
        ((None, None), "tea is not complete yet: rows 1 and 2 have no value."),
        (("3", None), "tea is not complete yet: row 2 has no value."),
    ]:
        typed = table(names=names).assign(tea=values)
        rest, said = set_aside(typed, None, ["tea"])
        assert words in said[0]
        assert list(rest) == ["study", "score"]
    typed = table(names=names).assign(tea=("3", "4"))
    assert not set_aside(typed, None, ["tea"])[1]


def test_a_slip_in_a_new_column_is_not_hidden():
    typed = table(names=["study", "tea", "score"]).assign(tea=("x", None))
    assert not set_aside(typed, None, ["tea"])[1]


def test_the_only_input_and_the_label_are_never_set_aside():
    one = pd.DataFrame({"study": [None, None], "score": ["1", "2"]}, dtype=object)
    assert not set_aside(one, None, ["study"])[1]
    assert not set_aside(table().assign(score=None), None, ["score"])[1]


def test_many_rows_without_a_value_are_counted():
    long = pd.DataFrame({"a": ["1"] * 9, "b": None, "c": ["1"] * 9}, dtype=object)
    assert "b is not complete yet: 9 rows have no value." in set_aside(long, None, ["b"])[1][0]


def test_what_is_complete_and_what_has_no_values():
    assert is_complete(table(["7", "8", None]), 2)
    assert not is_complete(table(["7", None, "50"]), 2)
    assert without_values(table().assign(sleep=[None, "?"])) == ["sleep"]
