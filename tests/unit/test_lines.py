"""What of a file's lines is the table. Whole files are in test_odd_files.py."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import fuzz

from nnviz.engine.lines import as_table, split


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2\n", ";"),
        ("1,5;2,5\n3,5;4,5\n", ";"),
        ("1,5;2,5\n", ";"),
        ("a\tb\n1,234\t2,345\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a b\n1 2\n", None),
        ("1.5  2\n 3  4\n", None),
        ("hours, of, study;score\n1,5;92\n", ";"),
        ("name,tags\nBob,x;y\nAda,z;w\n", ","),
        ("fruit,score\n2 apples,3\n3 pears,4\n", ","),
        ("a\n1\n", ","),
    ],
)
def test_what_separates_the_cells(text, delimiter):
    assert split(text)[1] == delimiter


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([["a", "b"], ["1", "2"]], ["a", "b"]),
        ([["a", "2"], ["1", "2"]], ["a", "2"]),
        ([["1", "2"], ["3", "4"]], ["column 1", "column 2"]),
        ([["1", "x"], ["3", "y"]], ["column 1", "column 2"]),
        ([["x", "y"], ["y", "x"], ["x", "x"]], ["column 1", "column 2"]),
        ([["a", "b"], ["x", "y"]], ["a", "b"]),
        ([["a", "b"], ["1", "oops"], ["2", "3"]], ["a", "b"]),
        ([["a", "b"]], ["a", "b"]),
        ([["1", "2"]], ["column 1", "column 2"]),
        ([["land", "1990"], ["A", "3.5"]], ["land", "1990"]),
        ([["1990", "1991"], ["1992", "1993"]], ["column 1", "column 2"]),
        ([[1.0, 2.0], [3.0, 4.0]], ["column 1", "column 2"]),
        ([["a", 1990.0], ["A", 3.5]], ["a", "1990"]),
    ],
)
def test_whether_the_first_line_names_the_columns(rows, names):
    assert as_table(rows).names == names


@pytest.mark.parametrize(
    ("first", "is_left_out"),
    [
        (["0", "1", "2"], True),
        (["7", "3", "9"], True),
        (["Ada", "Bob", "Cy"], True),
        (["1", "1", "2"], False),
        (["1.5", "2.5", "3.5"], False),
        (["1", "", "2"], False),
        (["1", "x", "2"], False),
    ],
)
@pytest.mark.parametrize("name", ["", "Unnamed: 0"])
def test_a_first_column_without_a_name_is_left_out_if_it_only_tells_rows_apart(
    first, is_left_out, name
):
    rows = [[name, "a", "b"], *[[cell, "5", "6"] for cell in first]]
    table = as_table(rows)
    assert (table.names == ["a", "b"]) == is_left_out
    assert any("only names the rows" in note for note in table.said) == is_left_out


def test_a_first_column_with_a_name_is_never_left_out():
    assert as_table([["id", "a", "b"], ["0", "5", "6"], ["1", "7", "8"]]).names[0] == "id"


def test_of_two_columns_none_is_left_out():
    assert as_table([["", "a"], ["0", "5"], ["1", "7"]]).names == ["", "a"]


def test_what_cannot_be_seen_is_left_out_of_cells():
    rows = split("a\u200b,b\x07c\n\ufeff1,2\n")[0]
    assert rows == [["a", "bc"], ["1", "2"]]


@fuzz
@given(st.lists(st.lists(st.sampled_from(["", "a", "b", "1", "2.5", None, 3.0]), max_size=4)))
def test_rows_are_as_long_as_there_are_names(rows):
    try:
        table = as_table(rows)
    except ValueError as error:
        assert str(error)
    else:
        assert all(len(row) == len(table.names) for row in table.rows)
