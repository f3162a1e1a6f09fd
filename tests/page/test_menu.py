"""The menu of tables: what is asked of a file, what is said of it, and whose network is shown."""

import pytest
from odd_files.workbooks import workbook
from page import (
    PASTE,
    assert_plays,
    drawn,
    edit,
    faults,
    labelled,
    opened,
    paste,
    record,
    upload,
)
from runs import ROWS

import nnviz
from nnviz.page.tables import SHIPPED

AMBIGUOUS = "rooms\tprice\n2\t1,234\n3\t980\n?\t"


def said(at):
    return [part.value.replace("\\", "") for part in at.caption]


def warned(at):
    return [part.value.replace("\\", "") for part in at.warning]


def questions(at):
    return [button.label for button in at.button if "→" in button.label]


def test_what_only_a_person_can_tell_is_asked_and_nothing_changes_before_the_answer():
    at = paste(opened(), AMBIGUOUS)
    assert questions(at) == ["1,234 → 1234", "1,234 → 1.234"]
    (question,) = warned(at)
    assert "Pasted table has “1,234” in price" in question
    assert "The page still shows Exam scores." in question
    assert labelled(at.selectbox, "Table").value == "Exam scores"
    assert not at.error
    assert_plays(at, record())


@pytest.mark.parametrize(
    ("answer", "price", "note"),
    [
        ("1,234 → 1234", 1234, "1,234 read as 1234 in 1 cell of price."),
        ("1,234 → 1.234", 1.234, "1,234 read as 1.234 in 1 cell of price."),
    ],
)
def test_an_answer_is_what_is_learned_from_and_is_said(answer, price, note):
    at = paste(opened(), AMBIGUOUS.replace("?\t", "4\t"))
    labelled(at.button, answer).click()
    drawn(at)
    assert questions(at) == [] and not at.warning
    assert note in said(at)
    assert at.session_state.read.data.targets.ravel().tolist() == [price, 980]
    assert labelled(at.selectbox, "Table").value == "Pasted table"


def test_a_question_names_a_few_columns_each_with_its_own_mark():
    at = paste(opened(), "a\tb\tc\n1,234\t5.678\t9,012\n2,345\t6.789\t1,023\n")
    assert questions(at) == ["1,234 → 1234, 5.678 → 5.678", "1,234 → 1.234, 5.678 → 5678"]


@pytest.mark.long
@pytest.mark.parametrize("leave", ["another table", "another paste", "a fault", "dismissed"])
def test_a_question_that_is_left_is_gone(leave):
    at = paste(opened(), AMBIGUOUS)
    if leave == "another table":
        labelled(at.selectbox, "Table").set_value("Welch Labs")
        drawn(at)
    elif leave == "dismissed":
        labelled(at.button, "Dismiss").click()
        drawn(at)
    else:
        at = paste(at, PASTE if leave == "another paste" else "%PDF-1.4")
    assert questions(at) == []
    assert not at.warning


def test_a_file_that_is_refused_leaves_the_table_and_says_which():
    at = upload(opened(), b"%PDF-1.4", "scores.pdf")
    (fault,) = faults(at)
    assert "This is a PDF, not a table" in fault
    assert "The page still shows Exam scores." in fault
    assert_plays(at, record())
    labelled(at.button, "Dismiss").click()
    assert not drawn(at).error


def test_what_was_read_otherwise_than_written_is_said_while_the_table_is_shown():
    at = paste(opened(), "Scores\n\nstudy;sleep;score\n2;9;92 %\n1;5,0;86\n3;6;89\n4;8;NA")
    assert_plays(at, record())
    notes = [
        "The line above the table was left out: “Scores”.",
        "92 % read as 92 in 1 cell of score.",
        "5,0 read as 5 in 1 cell of sleep.",
        "“NA” read as blank in 1 cell of score.",
    ]
    assert set(notes) <= set(said(at))
    assert at.expander[0].label == "1 more on how it was read"
    labelled(at.selectbox, "Table").set_value("Welch Labs")
    assert not set(notes) & set(said(drawn(at)))
    labelled(at.selectbox, "Table").set_value("Pasted table")
    assert set(notes) <= set(said(drawn(at)))


def test_a_workbook_is_learned_from():
    rows = [["study", "sleep", "score"], *ROWS]
    at = upload(opened(), workbook(*rows), "scores.xlsx")
    assert labelled(at.selectbox, "Table").value == "scores.xlsx"
    assert_plays(at, record())


@pytest.mark.parametrize("name", ["saved.json", "saved.txt"])
def test_a_recipe_is_opened_whatever_it_is_called(name):
    recipe = nnviz.Recipe(record().data, hidden=(4,), seed=7)
    at = upload(opened(), recipe.to_json().encode(), name)
    assert not at.error
    assert_plays(at, record(4, seed=7))


@pytest.mark.parametrize(
    ("name", "words"),
    [("table.json", "This is no recipe of nnviz."), ("table.txt", "JSON, but no recipe")],
)
def test_json_that_is_no_recipe_is_named(name, words):
    at = upload(opened(), b'{"a": [1, 2], "b": [3, 4]}', name)
    assert words in faults(at)[0]
    assert_plays(at, record())


def test_the_network_of_another_table_says_whose_it_is():
    at = paste(opened(), "a,b\n1,x\n2,3")
    (warning,) = warned(at)
    assert warning == "This is still Exam scores: Pasted table has a fault, which is said below it."
    assert "network and charts are still those of Exam scores" in faults(at)[0]
    edit(at, {0: {"b": 1}})
    assert not at.warning and not at.error
    edit(at, {0: {"b": "x"}})
    assert not at.warning  # the network is that of the same table as it was
    assert "network and charts are those of the last table without a fault" in faults(at)[0]


@pytest.mark.long
@pytest.mark.parametrize("name", SHIPPED)
def test_a_table_of_ours_says_what_it_teaches_and_can_be_learned_from(name):
    at = opened()
    labelled(at.selectbox, "Table").set_value(name)
    drawn(at)
    assert SHIPPED[name].teaches in said(at)
    assert not at.error and not at.warning
    assert at.session_state.learned == name
