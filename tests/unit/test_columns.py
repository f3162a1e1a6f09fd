"""What the window of the columns makes of a table and its roles."""

import pandas as pd
import pytest

from nnviz import Dataset
from nnviz.engine.roles import LABEL, LEFT_OUT, REFUSE, Column, Roles
from nnviz.engine.table import TableError
from nnviz.page.columns import changed, lines_of

TABLE = pd.DataFrame(
    [["2", "9", "92"], ["1", "5", "86"]], columns=["study", "sleep", "score"], dtype=object
)
ROLES = Roles.of_numbers(3)


def apply(change=(), added=(), rows=None, blanks=REFUSE, table=TABLE, roles=ROLES):
    """What comes of the window's lines, some of them changed: {line: {field: value}}."""
    lines = lines_of(table, roles).to_dict("records")
    for line, fields in dict(change).items():
        lines[line] |= fields
    new = {"name": None, "role": None, "kind": None, "scaling": None}
    return changed(table, roles, [*lines, *(new | fields for fields in added)], rows or {}, blanks)


def test_untouched_it_changes_nothing():
    table, roles = apply()
    assert table.equals(TABLE)
    assert roles == ROLES


def test_names_change_and_values_stay():
    table, roles = apply({0: {"name": " hours"}, 2: {"name": "points"}})
    assert list(table) == ["hours", "sleep", "points"]
    assert table.to_numpy().tolist() == TABLE.to_numpy().tolist()
    assert list(TABLE) == ["study", "sleep", "score"]
    assert roles == ROLES


def test_what_is_left_out_stays_in_the_table():
    table, roles = apply({1: {"role": LEFT_OUT}})
    assert list(table) == list(TABLE)
    assert roles.columns[1] == Column(LEFT_OUT)
    assert Dataset(table, roles=roles).input_names == ["study"]


def test_an_input_that_becomes_a_label_is_scaled_as_one():
    _, roles = apply({1: {"role": LABEL}})
    assert roles.columns[1] == Column(LABEL, "numbers", "full scale")
    _, roles = apply({0: {"role": LABEL}, 2: {"role": "input"}})
    assert roles.columns[2].scaling == "standard"  # 92 and 86 are nearly the same number


def test_a_scaling_that_a_person_chooses_is_taken():
    _, roles = apply({0: {"scaling": "none"}, 2: {"scaling": "range"}})
    assert [column.scaling for column in roles.columns] == ["none", "largest", "range"]


def test_numbers_can_be_taken_for_categories():
    table, roles = apply({0: {"kind": "categories"}})
    assert Dataset(table, roles=roles).input_names == ["study = 1", "study = 2", "sleep"]


def test_a_new_column_is_blank_and_an_input():
    table, roles = apply(added=[{"name": " tea "}])
    assert list(table) == ["study", "sleep", "tea", "score"]
    assert table["tea"].isna().all()
    assert roles == Roles.of_numbers(4)
    assert list(TABLE) == ["study", "sleep", "score"]


def test_rows_are_asked_and_held_out():
    long = pd.concat([TABLE] * 6, ignore_index=True)
    _, roles = apply(rows={"question": "2, 4–6", "held out": "8 - 9;11"}, table=long)
    asked, held = {2, 4, 5, 6}, {8, 9, 11}
    assert roles.rows == {n: "question" for n in asked} | {n: "held out" for n in held}
    again = apply(rows={"question": "", "held out": "8–9, 11"}, table=long, roles=roles)[1]
    assert set(again.rows) == held


@pytest.mark.parametrize(
    ("change", "added", "rows", "words"),
    [
        ({0: {"name": "score"}}, [], {}, "Two columns are named “score”"),
        ({1: {"name": " "}}, [], {}, "Column 2 has no name"),
        ({}, [{"name": "score"}], {}, "Two columns are named “score”"),
        ({2: {"role": "left out"}}, [], {}, "one that is predicted"),
        ({0: {"role": "label"}, 1: {"role": "left out"}}, [], {}, "a column that is an input"),
        ({}, [], {"question": "3"}, "There is no row 3; the table has 2"),
        ({}, [], {"question": "2-1"}, "There is no row 2-1"),
        ({}, [], {"held out": "two"}, "“two” is no row. Write rows as 4, 10–12"),
    ],
)
def test_what_can_not_be_is_refused(change, added, rows, words):
    with pytest.raises(TableError, match=words):
        apply(change, added, rows)


def test_why_a_column_is_left_out_is_said():
    table = pd.DataFrame({"id": ["1", "2", "3", "4"], "x": list("1234"), "y": list("1223")})
    roles = Dataset(table).roles
    assert roles.columns[0].role == LEFT_OUT
    assert lines_of(table, roles)["note"].tolist() == ["only numbers the rows", "", ""]


def test_a_scaling_is_said_of_numbers_alone():
    table = pd.DataFrame(
        {
            "id": ["1", "2", "3", "4"],
            "x": list("1234"),
            "sex": ["f", "m", "x", "f"],
            "kind": ["a", "b", "c", "a"],
        }
    )
    roles = Dataset(table).roles
    assert lines_of(table, roles)["scaling"].tolist() == ["", "largest", "", ""]
    assert changed(table, roles, lines_of(table, roles).to_dict("records"), {}, REFUSE)[1] == roles
