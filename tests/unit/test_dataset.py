"""A table made arrays, and every fault of one named."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import EXAM, assert_learnable_or_refused, fault, frame, fuzz

from nnviz import Dataset, read_table
from nnviz.engine.table import typed


def test_inputs_are_scaled_by_the_largest_among_the_training_rows_and_labels_by_100():
    data = Dataset(read_table(EXAM))
    assert data.input_scale.tolist() == [3, 9]
    assert data.label_scale == 100
    assert np.allclose(data.X, [[2 / 3, 1], [1 / 3, 5 / 9], [1, 6 / 9]], rtol=0, atol=1e-15)
    assert np.allclose(data.y, [[0.92], [0.86], [0.89]], rtol=0, atol=1e-15)


def test_a_question_is_scaled_by_the_training_rows_not_by_its_own_maximum():
    scaled = Dataset(read_table(EXAM)).scale([[4, 8]])
    assert np.allclose(scaled, [[1.3333, 0.8889]], rtol=0, atol=5e-5)


def test_a_question_row_is_kept_apart_in_its_own_units():
    data = Dataset(read_table(EXAM))
    assert data.questions.tolist() == [[4, 8]]
    assert data.training_rows.tolist() == [1, 2, 3]
    assert data.question_rows.tolist() == [4]


def test_the_last_column_is_the_label_unless_more_are_asked_for():
    table = frame([[1, 2, 3], [4, 5, 6]])
    assert Dataset(table).input_names == ["study", "sleep"]
    assert Dataset(table).label_names == ["score"]
    two = Dataset(table, labels=2)
    assert (two.input_names, two.label_names) == (["study"], ["sleep", "score"])
    assert two.X.shape == (2, 1)
    assert two.y.shape == (2, 2)


def test_the_training_rows_are_kept_in_their_own_units_too():
    data = Dataset(read_table(EXAM))
    assert data.inputs.tolist() == [[2, 9], [1, 5], [3, 6]]
    assert data.targets.tolist() == [[92], [86], [89]]


@pytest.mark.parametrize("question", [[2, 9], [1, 5], [3, 9], [2.5, 7]])
def test_of_a_question_among_the_training_rows_nothing_is_said(question):
    assert Dataset(read_table(EXAM)).outside(question) == []


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            [4, 8],
            "study 4 is above every training row (1 to 3): an extrapolation; the network sees 1.33",
        ),
        (
            [2, 4.5],
            "sleep 4.5 is below every training row (5 to 9): an extrapolation; "
            "the network sees 0.5",
        ),
        (
            [-3, 8],
            "study −3 is below every training row (1 to 3): an extrapolation; the network sees −1",
        ),
        (
            [3.000000001, 8],
            "study 3.0000000010000001 is above every training row (1 to 3): an extrapolation; "
            "the network sees 1",
        ),
        (
            [1e-7, 8],
            "study 1e−7 is below every training row (1 to 3): an extrapolation; "
            "the network sees 3.33e−8",
        ),
    ],
)
def test_every_value_outside_the_training_rows_is_said_with_what_the_network_sees(question, said):
    assert Dataset(read_table(EXAM)).outside(question) == [said]


def test_each_input_outside_has_its_sentence():
    said = Dataset(read_table(EXAM)).outside([-9, 99])
    assert [sentence[:12] for sentence in said] == ["study −9 is ", "sleep 99 is "]


def test_beside_a_column_of_one_value_every_other_is_outside():
    data = Dataset(frame([[2, 9, 92], [2, 5, 86]]))
    assert data.outside([2, 7]) == []
    assert data.outside([3, 7]) == [
        "study 3 is above 2, the only value it was trained on: an extrapolation; "
        "the network sees 1.5"
    ]
    assert data.outside([1.9, 7])[0].startswith("study 1.9 is below 2, the only value")
    assert len(Dataset(frame([[2, 9, 92]])).outside([3, 8])) == 2


def test_wholly_blank_rows_are_left_out_and_the_others_keep_their_numbers():
    data = Dataset(frame([[None] * 3, [2, 9, 92], ["", " ", "?"], [4, 8, None], [1, 5, 86]]))
    assert data.training_rows.tolist() == [2, 5]
    assert data.question_rows.tolist() == [4]
    assert data.X.shape == (2, 2)


def test_a_table_without_questions_has_none_of_shape_0():
    assert Dataset(frame([[2, 9, 92]])).questions.shape == (0, 2)


def test_negative_inputs_are_scaled_by_their_size():
    data = Dataset(frame([[-4, 1, 1], [2, 1, 1]]))
    assert data.input_scale.tolist() == [4, 1]
    assert data.X[:, 0].tolist() == [-1, 0.5]


@pytest.mark.parametrize(
    ("largest", "scale"),
    [
        (92, 100),
        (100, 100),
        (100.1, 1000),
        (10, 10),
        (1, 1),
        (0.7, 1),
        (0.1, 0.1),
        (0.05, 0.1),
        (1000, 1000),
        (1e15, 1e15),
        (0, 1),
        (5e-324, 1e-323),
    ],
)
def test_the_label_scale_is_the_smallest_power_of_ten_that_no_label_exceeds(largest, scale):
    data = Dataset(frame([[1, 1, 0], [1, 1, largest]]))
    assert data.label_scale == scale
    assert data.y.max() == largest / scale


def test_the_label_scale_can_be_given():
    data = Dataset(frame([[2, 9, 92]]), label_scale=184)
    assert data.label_scale == 184
    assert data.y.tolist() == [[0.5]]


def test_a_dataset_does_not_change_with_the_table_it_was_made_from():
    table = frame([[2.0, 9.0, 92.0], [4.0, 8.0, None]])
    data = Dataset(table)
    table.iloc[:] = 0
    assert data.input_scale.tolist() == [2, 9]
    assert data.questions.tolist() == [[4, 8]]


@pytest.mark.parametrize("dtype", [object, "Int64", "Float64", "float32", str])
def test_a_column_of_any_dtype_that_holds_numbers_will_do(dtype):
    table = frame([[2, 9, 92], [1, 5, 86]]).astype(dtype)
    assert np.allclose(Dataset(table).y, [[0.92], [0.86]], rtol=0, atol=1e-15)


@pytest.mark.parametrize("blank", [None, np.nan, pd.NA, "", " ", "?", " ? "])
def test_every_blank_is_a_question(blank):
    data = Dataset(frame([[2, 9, 92], [4, 8, blank]]).astype(object))
    assert data.question_rows.tolist() == [2]


def test_one_training_row_is_enough():
    data = Dataset(frame([[2, 9, 92]]))
    assert data.X.tolist() == [[1, 1]]
    assert data.y.tolist() == [[0.92]]


# The faults of a table


@pytest.mark.parametrize(
    ("table", "words"),
    [
        (b"study,score\n1,2\nmany,3\n", ["Row 2", "study", "“many”", "Type a number"]),
        (b"study,score\n1,2\n1,<b>x</b>\n", ["Row 2", "score", "“<b>x</b>”", "Type a number"]),
        (b"a;b\n1.234,5;2\n", ["Row 1", "a is", "“1.234,5”", "Type a number"]),
        (b"study,score\n1,2\n,3\n", ["Row 2", "study is blank", "Type a number or delete"]),
        (b"study,score\n1,2\nnan,3\n", ["Row 2", "study is blank", "Type a number or delete"]),
        (b"study,sleep,score\n1,1,2\n1,?,?\n", ["Row 2", "sleep is blank", "delete the row"]),
        (b"study,score\n1,inf\n", ["Row 1", "score is inf", "too large", "Stay within"]),
        (b"study,score\n1,2\n-1e308,?\n", ["Row 2", "study is -1e+308", "Stay within"]),
        (b"study,score\n1,2\n1,-3\n", ["Row 2", "score is -3", "below 0", "from 0 to"]),
        (b"study,score\n0,2\n0,3\n", ["study is 0 in every training row", "leave the column out"]),
        (b"study,score\n0,2\n0,3\n7,?\n", ["study is 0 in every training row"]),
        (b"study,score\n1,?\n2,?\n", ["no row to learn from", "score"]),
        (b"study,score\n", ["no row to learn from", "score"]),
        (b"a,a,b\n1,2,3\n", ["Two columns are named “a”", "Rename column 2"]),
        (b"a,,b\n1,2,3\n", ["Column 2 has no name", "Give it one"]),
        (b"a, ,b\n1,2,3\n", ["Column 2 has no name", "Give it one"]),
        (frame([[1, 2]], [None, "b"]), ["Column 1 has no name"]),
        (frame([[1, 2]], [1, "1"]), ["Two columns are named “1”"]),
        (frame([[1], [2]], ["a"]), ["two columns or more"]),
        (frame([], []), ["two columns or more"]),
        (pd.DataFrame(np.ones((10_001, 2))), ["10,001 rows", "at most 10,000"]),
        (pd.DataFrame(np.ones((1, 51))), ["51 columns", "at most 50"]),
        (frame([[10**400, 1]], ["a", "b"]), ["Row 1", "a is", "too large"]),
        (frame([[pd.Timestamp(0), 1]], ["a", "b"]), ["Row 1", "a is", "Type a number"]),
        (frame([[1e-17, 1]], ["a", "b"]), ["a is", "in every training row"]),
    ],
)
def test_a_fault_is_named_by_row_column_and_remedy(table, words):
    message = fault(table)
    assert all(word in message for word in words), message


def test_a_label_above_the_full_scale_is_named():
    message = fault(frame([[1, 1, 99], [1, 1, 101]]), label_scale=100)
    assert "Row 2: score is 101, above the full scale of 100" in message
    assert "Type a number from 0 to 100" in message


def test_a_row_with_some_of_its_labels_is_no_question():
    message = fault(frame([[1, 2, 3], [1, 2, None]]), labels=2)
    assert "Row 2: score is blank" in message


def test_rows_are_numbered_as_in_the_table_whatever_rows_are_left_out():
    assert "Row 4: score is -1" in fault(frame([[None] * 3, [1, 2, 3], [1, 2, None], [1, 2, -1]]))


def test_the_first_faults_are_named_and_the_rest_counted():
    message = fault(b"a,b\n" + b"x,1\n" * 9)
    assert [line[:5] for line in message.splitlines()] == ["Row 1", "Row 2", "Row 3", "… and"]
    assert "6 more" in message


def test_a_long_text_is_cut_in_the_message():
    assert len(fault(b"a,b\n" + b"x" * 10_000 + b",1\n")) < 100


@pytest.mark.parametrize("labels", [-1, 0, 3, 4])
def test_a_number_of_labels_that_leaves_no_input_is_refused(labels):
    assert "there must be an input too" in fault(frame([[1, 2, 3]]), labels=labels)


@pytest.mark.parametrize("scale", [0, -100, np.nan, np.inf])
def test_a_full_scale_that_is_no_positive_number_is_refused(scale):
    assert "must be a number above 0" in fault(frame([[1, 2, 3]]), label_scale=scale)


@pytest.mark.parametrize(
    "inputs", [[4, 8], [[4]], [[4, 8, 1]], 4, [], [[4, np.nan]], [[None, 8]], [[-np.inf, 8]]]
)
def test_inputs_that_do_not_fit_are_not_scaled(inputs):
    with pytest.raises(ValueError, match="Inputs must have shape|finite number"):
        Dataset(read_table(EXAM)).scale(inputs)


cells = st.one_of(
    st.none(),
    st.floats(allow_subnormal=True),
    st.floats(0, 100),
    st.integers(),
    st.text(max_size=6),
    st.sampled_from(["", "?", "1", "1e999", "-inf", "nan", "1,5"]),
)


@fuzz
@given(st.data())
def test_any_table_of_numbers_blanks_and_texts_is_learnable_or_refused(data):
    columns, rows = data.draw(st.integers(0, 4)), data.draw(st.integers(0, 5))
    names = data.draw(st.lists(st.text(max_size=3), min_size=columns, max_size=columns))
    row = st.lists(cells, min_size=columns, max_size=columns)
    values = data.draw(st.lists(row, min_size=rows, max_size=rows))
    table = pd.DataFrame(values, columns=names, dtype=data.draw(st.sampled_from([None, object])))
    assert_learnable_or_refused(lambda: table)


@fuzz
@given(
    st.lists(
        st.tuples(st.floats(-1e15, 1e15), st.floats(-1e15, 1e15), st.floats(0, 1e15) | st.none()),
        max_size=6,
    )
)
def test_any_table_of_numbers_within_bounds_is_learnable_or_refused(rows):
    assert_learnable_or_refused(lambda: frame(rows))


def test_a_table_as_typed_is_text_and_the_same_to_learn_from():
    table = frame([[2, 9.5, 92], [1e-7, 1 / 3, 86], [-3, 1e15, 89], [4, 8, None]])
    text = typed(table)
    assert text.iloc[0].tolist() == ["2", "9.5", "92"]
    assert text.iloc[3].tolist() == ["4", "8", None]
    assert np.array_equal(Dataset(text).inputs, Dataset(table).inputs)
    slip = frame([["abc", "7,5", "92"]])
    assert typed(slip).iloc[0].tolist() == ["abc", "7,5", "92"]
    assert typed(text).equals(text)
