"""A table made arrays, and every fault of one named."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tables import EXAM, assert_learnable_or_refused, fault, frame, fuzz

from nnviz import Dataset, TableError, read_table
from nnviz.engine.roles import LABEL_OF_NUMBERS, Column, Roles
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
        (3e-15, 1e-14),
        (1e-15, 1e-15),
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
        (b"study,score\n1,2\n,3\n", ["Row 2", "study is blank", "Type a number or delete"]),
        (b"study,score\n1,2\nnan,3\n", ["Row 2", "study is blank", "Type a number or delete"]),
        (b"study,sleep,score\n1,1,2\n1,?,?\n", ["Row 2", "sleep is blank", "delete the row"]),
        (b"study,score\n1,inf\n", ["Row 1", "score is inf", "too large", "Stay within"]),
        (b"study,score\n1,2\n-1e308,?\n", ["Row 2", "study is -1e+308", "Stay within"]),
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
        (frame([[1e-17, 1]], ["a", "b"]), ["a stays within ±1e-17", "Use a smaller unit"]),
        (frame([[5e-324, 1], [0, 2]], ["a", "b"]), ["a stays within ±4.9", "too near 0"]),
        (frame([[1, 1e-101], [2, 0]], ["a", "b"]), ["b stays within ±1e-101", "1e-15 or more"]),
        (frame([[1, 5e-324]], ["a", "b"]), ["b stays within ±4.9", "too near 0"]),
    ],
)
def test_a_fault_is_named_by_row_column_and_remedy(table, words):
    message = fault(table)
    assert all(word in message for word in words), message


def test_a_label_above_the_full_scale_is_named():
    message = fault(frame([[1, 1, 50], [1, 1, 101]]), label_scale=100)
    assert "Row 2: score is 101, above the full scale of 100" in message
    assert "Type a number from 0 to 100, or choose another scaling" in message


def test_a_label_below_0_is_named_where_a_full_scale_is_asked_for():
    message = fault(frame([[1, 1, 50], [1, 1, -3]]), roles=Roles.of_numbers(3))
    assert "Row 2: score is -3, below 0" in message
    assert "from 0 to 100" in message


def test_a_row_with_some_of_its_labels_is_no_question():
    message = fault(frame([[1, 2, 3], [1, 2, None]]), labels=2)
    assert "Row 2: score is blank" in message


def test_rows_are_numbered_as_in_the_table_whatever_rows_are_left_out():
    table = frame([[None] * 3, [1, 2, 3], [1, 2, None], [1, 2, -1]])
    assert "Row 4: score is -1" in fault(table, roles=Roles.of_numbers(3))


def test_the_first_faults_are_named_and_the_rest_counted():
    message = fault(b"a,b\n" + b"x,1\n" * 9)
    assert [line[:5] for line in message.splitlines()] == ["Row 1", "Row 2", "Row 3", "… and"]
    assert "6 more" in message


def test_a_long_text_is_cut_in_the_message():
    assert len(fault(b"a,b\n" + b"x" * 10_000 + b",1\n")) < 100


@pytest.mark.parametrize("labels", [-1, 0, 3, 4])
def test_a_number_of_labels_that_leaves_no_input_is_refused(labels):
    assert "there must be an input too" in fault(frame([[1, 2, 3]]), labels=labels)


@pytest.mark.parametrize(
    "scale", [0, -100, np.nan, np.inf, 1e300, np.nextafter(1e15, 2e15), 9e-16, 5e-324]
)
def test_a_full_scale_beyond_what_can_be_computed_and_written_is_refused(scale):
    message = fault(frame([[1, 2, 0]]), label_scale=scale)
    assert message.startswith("The full scale must be a number from 1e-15 to 1e+15, not")


@pytest.mark.parametrize("scale", [1e15, 1e-15])
def test_the_largest_and_the_smallest_full_scale_are_learned_with(scale):
    data = Dataset(frame([[1, 2, scale], [2, 2, 0]]), label_scale=scale)
    assert data.y.tolist() == [[1], [0]]


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


# Roles, kinds and scalings


def column(role="input", kind="numbers", scaling="largest"):
    return Column(role, kind, scaling)


FLOWERS = pd.DataFrame(
    {
        "id": range(1, 7),
        "species": ["a", "b", "a", "c", "b", None],
        "width": [1.0, 2, 4, 3, 2, 2],
        "wild": ["yes", "no", "no", "yes", "no", "no"],
    }
)
BY_SPECIES = Roles(
    (
        column("left out"),
        column("label", "categories", "full scale"),
        column(scaling="standard"),
        column(kind="yes/no", scaling="none"),
    )
)


def test_columns_have_roles_wherever_they_stand():
    data = Dataset(FLOWERS, roles=BY_SPECIES)
    assert data.input_names == ["width", "wild"]
    assert data.output_names == ["species = a", "species = b", "species = c"]
    assert data.label_names == ["species"]
    assert data.y.tolist() == np.eye(3)[[0, 1, 0, 2, 1]].tolist()
    assert data.questions.tolist() == [[2, 0]]
    width = np.array([1.0, 2, 4, 3, 2])
    assert np.allclose(data.X[:, 0], (width - width.mean()) / width.std(), rtol=0, atol=1e-15)
    assert data.X[:, 1].tolist() == [1, 0, 0, 1, 0]
    assert data.unscale(np.array([0.1, 0.7, 0.2])).tolist() == [0.1, 0.7, 0.2]


def test_a_question_may_be_asked_in_words():
    data = Dataset(FLOWERS, roles=BY_SPECIES)
    assert data.scale([[2, "no"], [1, "yes"]]).tolist() == data.scale([[2, 0], [1, 1]]).tolist()
    with pytest.raises(ValueError, match="wild can't be “perhaps”"):
        data.scale([[2, "perhaps"]])
    brands = Dataset(
        pd.DataFrame({"brand": ["Opel", "Audi", "Opel"], "kW": [50, 90, 60], "price": [3, 9, 4]})
    )
    assert brands.input_names == ["brand = Audi", "brand = Opel", "kW"]
    assert brands.scale([["Audi", 45]]).tolist() == [[1, 0, 0.5]]
    assert brands.scale([[1, 0, 45]]).tolist() == [[1, 0, 0.5]]
    with pytest.raises(ValueError, match="brand can't be “Fiat”"):
        brands.scale([["Fiat", 45]])


def test_rows_may_be_asked_or_held_out_though_they_have_a_label():
    table = frame([[2, 9, 92], [1, 5, 86], [30, 6, 89], [4, 80, 50]])
    data = Dataset(table, roles=Roles.of_numbers(3).but(rows={3: "question", 4: "held out"}))
    assert data.training_rows.tolist() == [1, 2]
    assert (data.question_rows.tolist(), data.held_rows.tolist()) == ([3], [4])
    assert data.input_scale.tolist() == [2, 9]  # by the training rows alone
    assert data.held_X.tolist() == [[2, 80 / 9]]
    assert data.held_y.tolist() == [[0.5]]


@pytest.mark.parametrize(
    ("blanks", "rows", "inputs"),
    [
        ("leave out", [1, 4], [[1, 0, 1], [4, 0, 1]]),
        ("mean", [1, 2, 4], [[1, 0, 1], [2.5, 0, 1], [4, 0, 1]]),
    ],
)
def test_rows_with_blank_inputs_are_left_out_or_filled(blanks, rows, inputs):
    table = pd.DataFrame(
        {"a": [1, None, 4, 4], "b": ["y", None, None, "y"], "c": [1, 2, None, 3]}, dtype=object
    ).assign(b=["y", None, "x", "y"])
    roles = Roles((column(), column(kind="categories", scaling="none"), LABEL_OF_NUMBERS))
    with pytest.raises(TableError, match="Row 2: a is blank"):
        Dataset(table, roles=roles)
    data = Dataset(table, roles=roles.but(blanks=blanks))
    assert data.training_rows.tolist() == rows
    assert data.inputs.tolist() == inputs


def test_labels_of_any_range_are_reached():
    temperatures = frame([[1, 1, -9.2], [2, 1, 3.5], [3, 1, 12.8]])
    data = Dataset(temperatures)
    assert ((data.y > 0) & (data.y < 1)).all()
    assert np.allclose(data.unscale(data.y), [[-9.2], [3.5], [12.8]], rtol=0, atol=1e-12)
    assert "score" in data.scaling()
    assert Dataset(frame([[1, 1, -5]])).y.tolist() == [[0.5]]


def test_what_the_network_sees_is_said():
    data = Dataset(FLOWERS, roles=BY_SPECIES)
    assert data.scaling() == (
        "The network sees (width − 2.4) / 1.0198, wild as 0 or 1, "
        "and species as 0 or 1 for each of 3."
    )


def test_a_category_no_training_row_has_is_said():
    table = pd.DataFrame(
        {"brand": ["Opel", "Audi", "Opel", "Fiat"], "kW": [5, 9, 6, 7], "price": [3, 9, 4, None]}
    )
    data = Dataset(table)
    assert data.outside(data.questions[0]) == [
        "no training row has brand = Fiat, so its weights were never trained"
    ]
    assert data.outside([1, 0, 0, 7]) == []


@pytest.mark.parametrize(
    ("table", "roles", "words"),
    [
        ({"a": list("xyz"), "b": [1, 2, 3]}, [("input", "numbers"), ("label",)], "Row 1: a is “x”"),
        ({"a": [1, 2], "b": ["u", "u"]}, [("input",), ("label", "categories")], "in every row"),
        (
            {"a": [f"t{k}" for k in range(13)], "b": range(13)},
            [("input", "categories"), ("label",)],
            "13 different texts",
        ),
        ({"a": [1, 2], "b": ["y", "m"]}, [("input",), ("label", "yes/no")], "Write n or y"),
        ({"a": [1, 2], "b": [1, 2]}, [("input",), ("input",)], "one to predict"),
    ],
)
def test_what_does_not_go_with_the_roles_is_a_fault(table, roles, words):
    scalings = {"label": "full scale"}
    columns = tuple(
        Column(role, *(kind or ["numbers"]), scalings.get(role, "largest")) for role, *kind in roles
    )
    assert words in fault(pd.DataFrame(table), roles=Roles(columns))


def test_too_many_inputs_are_refused():
    texts = {f"c{k}": [f"{k}-{n % 12}" for n in range(24)] for k in range(20)}
    assert "240 inputs; at most 200" in fault(pd.DataFrame(texts | {"y": range(24)}))
