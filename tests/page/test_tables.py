"""The table as it is typed, pasted and opened: the grid, its columns, and every fault of it."""

import pytest
from page import (
    PAGE,
    PASTE,
    assert_plays,
    drawn,
    edit,
    faults,
    film,
    labelled,
    opened,
    paste,
    record,
    upload,
)
from runs import ROWS

import nnviz
from nnviz.page.columns import EDITOR


def test_the_other_shipped_table_can_be_picked():
    at = opened()
    labelled(at.selectbox, "Table").set_value("Welch Labs")
    drawn(at)
    assert [labelled(at.number_input, name).value for name in ("sleep", "study")] == [8, 3]
    data = nnviz.Dataset(nnviz.read_table(PAGE.parent / "data/welch_labs.csv"))
    assert_plays(at, nnviz.train(nnviz.Network.random([2, 3, 1], 0), data), (8, 3))


def test_an_edited_cell_an_added_and_a_deleted_row_are_learned_from():
    at = opened()
    at.session_state.epoch = 77
    edit(at, {0: {"score": 40}}, [{"study": 2, "sleep": 4, "score": 60}], [2])
    assert_plays(at, record(rows=[[2, 9, 40], [1, 5, 86], [4, 8, None], [2, 4, 60]]))
    assert at.session_state.epoch == 77


def test_the_first_question_of_the_table_is_what_is_asked():
    at = edit(opened(), {3: {"study": 2.5}})
    assert labelled(at.number_input, "study").value == 2.5
    assert_plays(at, record(rows=[*ROWS[:3], [2.5, 8, None]]), (2.5, 8))


def test_without_a_question_the_first_row_is_asked():
    at = edit(opened(), deleted=[3])
    assert [labelled(at.number_input, name).value for name in ("study", "sleep")] == [2, 9]


def test_one_training_row_is_enough():
    at = edit(opened(), deleted=[1, 2, 3])
    assert not at.error
    assert_plays(at, record(rows=ROWS[:1]), (2, 9))


@pytest.mark.long
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"changed": {2: {"sleep": None}}}, "Row 3: sleep is blank"),
        ({"changed": {2: {"sleep": "abc"}}}, "Row 3: sleep is “abc”. Type a number instead"),
        ({"changed": {2: {"sleep": "7,5"}}}, "Row 3: sleep is “7,5”. Write 7.5"),
        ({"changed": {2: {"sleep": "7,500"}}}, "Row 3: sleep is “7,500”. Write 7500 or 7.5"),
        ({"changed": {2: {"sleep": "$7"}}}, "Row 3: sleep is “$7”. Write 7."),
        ({"changed": {0: {"score": -5}}}, "Row 1: score is -5, below 0"),
        ({"changed": {1: {"study": 1e308}}}, "Row 2: study is 1e+308, too large"),
        ({"changed": {1: {"study": float("inf")}}}, "Row 2: study is inf, too large"),
        ({"changed": {k: {"study": 0} for k in range(3)}}, "study is 0 in every training row"),
        ({"changed": {k: {"score": None} for k in range(3)}}, "There is no row to learn from"),
        ({"deleted": [0, 1, 2, 3]}, "There is no row to learn from"),
        ({"added": [{"study": 5, "score": 50}, {}]}, "Row 5: sleep is blank"),
        ({"added": [{"study": "5h"}]}, "Row 5: study is “5h”. Type a number instead"),
    ],
)
def test_a_fault_in_the_grid_is_named_and_the_last_good_run_stays(changes, words):
    at = opened()
    at.session_state.epoch = 40
    at = edit(at, **changes)
    assert [words in said for said in faults(at)] == [True]
    assert_plays(at, record())
    labelled(at.number_input, "Seed").set_value(2)
    assert_plays(drawn(at), record(seed=2))
    at = edit(at)
    assert not at.error


def said(at):
    return [caption.value.replace("\\", "") for caption in at.caption]


@pytest.mark.long
def test_a_row_in_the_making_is_no_fault_but_one_that_was_left_or_was_whole_is():
    at = edit(opened(), added=[{"study": 5}])
    assert not at.error
    assert "Row 5 is not complete yet: sleep and score are blank" in " ".join(said(at))
    assert_plays(at, record())
    edit(at, added=[{"study": 5, "sleep": 7, "score": 70}])
    assert "not complete" not in " ".join(said(at))
    assert_plays(at, record(rows=[*ROWS, [5, 7, 70]]))
    edit(at, added=[{"study": 5, "score": 70}])
    assert "Row 5: sleep is blank" in faults(at)[0]
    at = edit(opened(), added=[{"study": 5}, {"study": 1, "sleep": 2, "score": 3}])
    assert "Row 5: sleep is blank" in faults(at)[0]


def test_another_scale_is_said_until_the_next_change():
    at = edit(opened(), {0: {"score": 200}})
    words = "score is now divided by 1,000, no longer by 100, as 200 is above 100"
    assert words in at.info[0].value.replace("\\", "")
    assert "The network sees study / 3, sleep / 9, and score / 1000." in said(at)
    assert at.info[0].value == drawn(at).info[0].value
    edit(at, {0: {"score": 200}, 1: {"score": 80}})
    assert not at.info
    edit(at)
    assert "as none is above 100" in at.info[0].value
    at.number_input(key="full_scale").set_value(200)
    assert not drawn(at).info


def in_columns(at, fill=lambda at: None, press="Apply"):
    """Open the window of the columns, fill it in, and press its button.

    A test runs the whole page again, so the button that opens the window is pressed with the other.
    """
    labelled(at.button, "Columns").click()
    drawn(at)
    fill(at)
    labelled(at.button, "Columns").click()
    labelled(at.button, press).click()
    return drawn(at)


def lines(changed=(), added=()):
    """What is done in the window's grid, {line: {field: value}}, and the lines that are added."""

    def type_in(at):
        at.session_state[f"{EDITOR}{at.session_state.windows}"] = {
            "edited_rows": dict(changed),
            "added_rows": list(added),
            "deleted_rows": [],
        }

    return type_in


def leave_out(at, *names):
    """Leave these columns out, and no others."""
    table = at.session_state.read.table
    roles = ["left out" if name in names else "input" for name in table.columns[:-1]]
    return in_columns(at, lines({line: {"role": role} for line, role in enumerate(roles)}))


def test_the_window_of_the_columns_changes_nothing_by_itself():
    at = edit(opened(), {0: {"score": 40}})
    assert_plays(in_columns(at), record(rows=[[2, 9, 40], *ROWS[1:]]))


def test_a_column_gets_another_name_and_the_question_stays():
    at = opened()
    labelled(at.number_input, "study").set_value(1.5)
    at = in_columns(drawn(at), lines({0: {"name": " hours "}}))
    assert [labelled(at.number_input, name).value for name in ("hours", "sleep")] == [1.5, 8]
    assert_plays(at, record(names=("hours", "sleep", "score")), (1.5, 8))


def test_a_new_column_waits_for_its_values_and_is_then_learned_from():
    at = in_columns(opened(), lines(added=[{"name": "tea"}]))
    assert list(at.session_state.read.table) == ["study", "sleep", "tea", "score"]
    assert "tea is not complete yet" in " ".join(said(at))
    assert_plays(at, record())
    at = edit(at, {row: {"tea": row + 1} for row in range(4)})
    rows = [[*row[:2], k + 1, row[2]] for k, row in enumerate(ROWS)]
    assert_plays(at, record(rows=rows, names=("study", "sleep", "tea", "score")), (4, 8, 4))


@pytest.mark.parametrize(
    ("name", "words"), [("sleep", "Two columns are named “sleep”"), (" ", "Column 1 has no name")]
)
def test_columns_that_can_not_be_are_refused_in_the_window(name, words):
    at = in_columns(opened(), lines({0: {"name": name}}))
    assert words in faults(at)[0]
    assert list(at.session_state.read.table) == ["study", "sleep", "score"]
    assert_plays(at, record())


def test_a_row_that_is_asked_is_not_learned_from():
    at = in_columns(opened(), lambda at: at.text_input[0].set_value("2"))
    assert at.session_state.read.data.training_rows.tolist() == [1, 3]
    assert at.session_state.read.data.question_rows.tolist() == [2, 4]
    at = edit(at, deleted=[0])  # and stays what it is where another row is deleted
    assert at.session_state.read.data.training_rows.tolist() == [2]
    assert at.session_state.read.data.question_rows.tolist() == [1, 3]


def test_a_column_that_is_left_out_keeps_its_values():
    at = leave_out(edit(opened(), {0: {"score": 40}}), "sleep")
    assert "The network sees study / 3, and score / 100." in said(at)
    assert not at.error
    edit(at, {1: {"score": 50}}, [{"study": 6, "score": 70}], [2])
    assert not at.error
    at = leave_out(at)
    assert at.session_state.read.table.to_numpy().tolist() == [
        ["2", "9", "40"],
        ["1", "5", "50"],
        ["4", "8", None],
        ["6", None, "70"],
    ]


def test_a_column_without_values_waits_for_them():
    at = paste(opened(), "a,b,c\n1,,3\n2,,4")
    assert "b is not complete yet: rows 1 and 2 have no value" in " ".join(said(at))
    assert "The network sees a / 2, and c / 10." in said(at)
    edit(at, {0: {"b": 5}})
    assert "b is not complete yet: row 2 has no value" in " ".join(said(at))
    edit(at, {0: {"b": 5}, 1: {"b": 6}})
    assert "The network sees a / 2, b / 6, and c / 10." in said(at)


def test_a_table_of_ours_can_be_had_again_as_it_ships():
    at = opened()
    assert not [button for button in at.button if button.label == "Reset"]
    at = leave_out(edit(at, {0: {"score": 40}}), "sleep")
    labelled(at.button, "Reset").click()
    assert_plays(drawn(at), record())
    assert list(at.session_state.read.table) == ["study", "sleep", "score"]
    assert not [button for button in at.button if button.label == "Reset"]


def test_a_shipped_table_keeps_its_edits_while_another_is_shown():
    at = leave_out(edit(opened(), {0: {"score": 40}}), "study")
    for name in ("Welch Labs", "Exam scores"):
        labelled(at.selectbox, "Table").set_value(name)
        drawn(at)
    assert "The network sees sleep / 9, and score / 100." in said(at)
    at = leave_out(at)
    assert_plays(at, record(rows=[[2, 9, 40], *ROWS[1:]]))


@pytest.mark.long
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,x\n2,3", "Row 1: b is “x”. Type a number"),
        ("a,b\n,1\n2,3", "Row 1: a is blank"),
        ("a,b\n1,?\n2,?", "There is no row to learn from. Give at least one row a b"),
        ("a,b\n1,2\nx,3\n4,5", "Row 2: a is “x”"),
        ("a,b\ninf,2", "Row 1: a is inf, too large"),
        ("a,b\n1e308,2", "Row 1: a is 1e+308, too large"),
        ("a,b\n0,2\n0,3", "a is 0 in every training row"),
        ("a,a,b\n1,2,3", "Two columns are named “a”. Rename column 2"),
        ("a,,b\n1,2,3", "Column 2 has no name"),
        ("a,b\n1,2,3", "Row 1 has 3 cells, but there are 2 column names"),
        ("just a word", "needs two columns or more"),
        ("a,b\n" + "1,2\n" * 10_001, "has 10,001 rows; at most 10,000"),
        (",".join(f"c{k}" for k in range(51)) + "\n" + "1," * 50 + "1", "has 51 columns"),
    ],
)
def test_a_table_with_a_fault_is_refused_and_the_last_good_run_stays(text, words):
    at = opened()
    at.session_state.epoch = 40
    at = paste(at, text)
    assert [words in said for said in faults(at)] == [True]
    assert_plays(at, record())


@pytest.mark.long
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1,\0", "holds binary data"),
        (b"PK\x03\x04\0\0", "is a compressed file, not a table"),
        (b"", "The file is empty"),
        (b"a,b\n" + b"1,2.000000\n" * 500_000, "larger than 5 MB"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content, words):
    at = upload(opened(), content)
    assert [words in said for said in faults(at)] == [True]
    assert_plays(at, record())


@pytest.mark.long
@pytest.mark.parametrize("text", [PASTE, PASTE.replace(",", ";"), PASTE.replace(",", "\t")])
def test_a_table_of_ones_own_is_learned_from_whatever_separates_it(text):
    assert_plays(paste(opened(), text.replace("92", "70")), record(rows=[[2, 9, 70], *ROWS[1:]]))
    assert_plays(upload(opened(), text.encode()), record())


def test_a_fault_of_a_file_is_gone_with_the_next_file():
    at = upload(opened(), b"a,b\n1,\0")
    at = upload(at, PASTE.encode(), "other.csv")
    assert not at.error
    assert labelled(at.selectbox, "Table").value == "other.csv"


def test_a_full_scale_below_the_largest_label_is_named():
    at = opened()
    at.number_input(key="full_scale").set_value(90)
    drawn(at)
    assert "Row 1: score is 92, above the full scale of 90" in faults(at)[0]
    assert_plays(at, record())
    at.number_input(key="full_scale").set_value(200)
    drawn(at)
    assert not at.error
    assert_plays(at, record(scale=200))


def film_of(at):
    return film(at)[0]["of"]["recorded"]


def at_its_beginning(at):
    """Whether page and player are at epoch 0 of a recording as long as one begins."""
    assert at.session_state.epoch == at.session_state.around == 0
    assert film_of(at) == 1000
    return at.session_state.go[1] == 0


@pytest.mark.long
@pytest.mark.parametrize("bring", ["choose", "paste", "open"])
def test_what_belongs_to_a_table_leaves_with_it_and_comes_back_with_it(bring):
    at = opened({"of": "4000", "epoch": "3210"})
    labelled(at.number_input, "Full scale of what is predicted").set_value(350)
    drawn(at)
    labelled(at.slider, "Hidden neurons").set_value(5)
    drawn(at)
    edit(at, {0: {"score": 70}})
    before, token = at.session_state.read.data, at.session_state.go
    assert (before.label_scale, at.session_state.epoch) == (350, 3210)

    if bring == "choose":
        labelled(at.selectbox, "Table").set_value("Welch Labs")
        drawn(at)
    elif bring == "paste":
        paste(at, "a,b\n1,2\n2,3\n")
    else:
        upload(at, nnviz.Recipe(record().data, hidden=(5,)).to_json().encode(), "mine.json")
    assert at_its_beginning(at)
    assert at.session_state.go != token
    assert at.session_state.full_scale is None
    assert at.session_state.read.data.label_scale in (10, 100)
    assert labelled(at.slider, "Hidden neurons").value == 5  # that is no table's

    at.session_state.epoch = 500
    labelled(at.selectbox, "Table").set_value("Exam scores")
    drawn(at)
    assert at_its_beginning(at)
    now = at.session_state.read.data
    assert now.table.equals(before.table)
    assert now.label_scale == 350


def test_a_table_that_is_none_leaves_everything_as_it_is():
    at = opened({"of": "4000", "epoch": "3210"})
    paste(at, "a\n1\n2\n")
    assert faults(at)
    assert at.session_state.epoch == 3210
    assert film_of(at) == 4000
