"""What is proposed for a table's columns, and what a person can say instead."""

import json
from io import StringIO

import numpy as np
import pandas as pd
import pytest

from nnviz.engine.roles import Column, Roles, is_prose, propose, why_left_out
from nnviz.engine.table import TableError

SPECIES = ["setosa", "versicolor", "virginica"]


def roles_of(**columns):
    return [
        (column.role, column.kind, column.scaling)
        for column in propose(pd.DataFrame(columns)).columns
    ]


def test_the_exam_table_is_the_tutorials():
    table = pd.DataFrame([[2, 9, 92], [1, 5, 86], [3, 6, 89], [4, 8, None]])
    assert propose(table) == Roles.of_numbers(3)
    assert propose(table.astype(str)) == Roles.of_numbers(3)


def test_flowers_have_classes():
    assert roles_of(
        id=range(1, 31), sepal=np.linspace(4, 8, 30), species=[SPECIES[k % 3] for k in range(30)]
    ) == [
        ("left out", "numbers", "largest"),
        ("input", "numbers", "largest"),
        ("label", "categories", "full scale"),
    ]


def test_whole_numbers_over_and_over_are_classes_and_two_of_them_are_not():
    assert roles_of(a=range(1, 61), y=[0, 1, 2] * 20)[1] == ("label", "categories", "full scale")
    assert roles_of(a=range(1, 61), y=[0, 1] * 30)[1] == ("label", "numbers", "full scale")
    assert roles_of(a=range(1, 7), y=[0, 1, 2] * 2)[1][1] == "numbers"  # too few to be sure
    assert roles_of(a=range(1, 61), y=[86, 92, 89] * 20)[1][1] == "numbers"


def test_texts_of_which_some_repeat_are_categories_and_yes_and_no_are_yes_and_no():
    found = roles_of(
        brand=["Opel", "Audi", "Opel", None], owned=["yes", "no", "no", "yes"], y=[1] * 4
    )
    assert found[0] == ("input", "categories", "none")
    assert found[1] == ("input", "yes/no", "none")


@pytest.mark.parametrize(
    ("name", "cells", "why"),
    [
        ("id", [7, 3, 12, 5], "only numbers the rows"),
        ("Unnamed: 0", [0, 1, 2, 3], "only numbers the rows"),
        ("PassengerId", [1, 2, 3, 4], "only numbers the rows"),
        ("customer id", [1, 2, 3, 4], "only numbers the rows"),
        ("study", [1, 2, 3, 4], ""),
        ("humid", [1, 2, 3, 4], ""),
        ("id", [1, 1, 2, 2], ""),
        ("id", [0.5, 1.5, 2.5, 3.5], ""),
        ("day", ["2024-01-01", "2024-01-02", "2024-01-02"], "holds dates"),
        ("when", ["3.12.2024", "4.12.2024"], "holds dates"),
        ("name", ["Ann", "Ben", "Cy"], "names the rows: no text of it stands twice"),
        ("town", [f"t{k % 20}" for k in range(60)], "has 20 different texts, more than 12"),
        ("town", [f"t{k % 12}" for k in range(60)], ""),
        ("study", [1, "many", 3], ""),
        ("study", ["x", "x"], ""),
        ("passed", ["yes", "no"], ""),
        ("blank", [None, None], ""),
    ],
)
def test_what_only_numbers_or_names_the_rows_is_left_out(name, cells, why):
    assert why_left_out(name, cells) == why


def test_the_label_is_the_last_column_that_is_not_left_out():
    found = roles_of(x=[1, 2, 3, 4], y=[5, 6, 7, 9], name=["Ann", "Ben", "Cy", "Di"])
    assert [role for role, _, _ in found] == ["input", "label", "left out"]


def test_something_is_always_learned_from():
    assert [role for role, _, _ in roles_of(id=[1, 2, 3, 4], y=[5, 6, 7, 9])] == ["input", "label"]


@pytest.mark.parametrize(
    ("values", "scaling"),
    [
        ([86, 92, 89], "full scale"),
        ([0, 0], "full scale"),
        ([-9.2, 3.5], "range"),
        ([250_000, 251_000, 250_500], "range"),
        ([15_000, 500_000], "full scale"),
    ],
)
def test_labels_a_full_scale_does_not_suit_are_scaled_by_their_range(values, scaling):
    assert roles_of(a=range(1, len(values) + 1), y=values)[-1][2] == scaling


def test_inputs_that_would_be_nearly_constant_are_scaled_by_mean_and_deviation():
    years = roles_of(year=[1990, 2003, 2020], age=[30, 17, 0], y=[1, 2, 3])
    assert [scaling for _, _, scaling in years] == ["standard", "largest", "full scale"]


def test_roles_are_read_again_from_json():
    roles = Roles(
        (Column("label", "categories", "range"), Column("left out"), Column("input", "yes/no")),
        {12: "held out", 3: "question", 4: "training"},
        "mean",
    )
    again = Roles.from_dict(json.loads(json.dumps(roles.to_dict())))
    assert again == roles
    assert hash(again) == hash(roles)
    assert again.rows == {3: "question", 12: "held out"}


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {},
        {"columns": 3},
        {"columns": [3]},
        {"columns": [["input", "numbers", "largest", "more"]]},
        {"columns": [["input", 3]]},
        {"columns": [], "rows": []},
        {"columns": [], "rows": {"x": "question"}},
        {"columns": [], "rows": {"10001": "question"}},
        {"columns": [], "rows": {"1": ["question"]}},
        {"columns": [], "blanks": ["mean"]},
    ],
)
def test_what_are_no_roles_is_refused_in_a_sentence(content):
    with pytest.raises(TableError):
        Roles.from_dict(content)


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("Dear Sir,this is\nIt goes on,and on\nYours,N.\n", True),
        ("a,b\np,q\n", True),
        ("a,b\nx,y\nx,z\n", False),
        ("a,b\nx,0\ny,z\n", False),
        ("a,b\nx,yes\ny,no\n", False),
        ("a,b\n,\n?,\n", False),
    ],
)
def test_a_text_with_commas_is_told_from_a_table(text, prose):
    assert is_prose(pd.read_csv(StringIO(text), dtype=object)) == prose
