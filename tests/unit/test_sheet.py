import numpy as np
import pandas as pd
import pytest

import nnviz
from nnviz.dissection import by_hand, question_walk, weight_story, written_out
from nnviz.engine.moment import Moment
from nnviz.page.sheet import MOST_TRAINING_ROWS, Choice, factors_sheet, gradients_sheet, sheet
from nnviz.strokes import NEGATIVE, POSITIVE


def run_of(rows=3, sizes=(2, 3, 1), epochs=20):
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        rng.uniform(1, 9, (rows, sizes[0] + 1)), columns=[*"abcdefgh"][: sizes[0]] + ["y"]
    )
    data = nnviz.Dataset(frame)
    return nnviz.train(nnviz.Network.random(sizes, 0), data, epochs, learning_rate=1 / rows)


def choice_of(run, row=None):
    return Choice(tuple(f"row {n}" for n in run.data.training_rows), row)


def blocks_of(run, number, row=None):
    steps = [step for step in nnviz.anatomy(run, 7) if step.number == number]
    return steps, sheet(steps, choice_of(run, row))


@pytest.mark.parametrize("sizes", [(2, 3, 1), (3, 4, 2, 1), (2, 1)])
@pytest.mark.parametrize("row", [None, 1])
def test_every_cell_on_every_sheet_is_the_engines_number(sizes, row):
    run = run_of(5, sizes)
    for step in nnviz.anatomy(run, 7):
        (block,) = sheet([step], choice_of(run, row))
        assert len(block["parts"]) == len(step.made_from) + 1
        for part, matrix in zip(block["parts"], [*step.made_from, step]):
            rows = [matrix.rows.index(name) for name in part["rows"]] if matrix.rows else [0]
            columns = [matrix.columns.index(n) for n in part["columns"]] if matrix.rows else [0]
            expected = np.atleast_2d(matrix.value)[np.ix_(rows, columns)]
            assert np.array_equal(np.array(part["exact"], dtype=float), expected)


def test_a_picked_cell_lights_the_row_and_the_column_that_made_it():
    run = run_of()
    _, (block,) = blocks_of(run, 2)
    cell = block["cells"][2][1]
    assert cell["name"] == "z[row 3, h2]"
    assert cell["lit"] == [[0, [2], [0, 1]], [1, [0, 1], [1]]]


def test_a_cells_sentence_is_the_dissections():
    run = run_of()
    (step,), (block,) = blocks_of(run, 2)
    assert block["cells"][0][2]["text"] == written_out(step, 0, 2).text


def test_one_row_shows_only_that_row_but_all_that_a_gradient_sums_over():
    run = run_of()
    _, (z,) = blocks_of(run, 2, row=1)
    assert [part["rows"] for part in z["parts"]] == [["row 2"], ["a", "b"], ["row 2"]]
    assert z["cells"][0][0]["lit"][0] == [0, [0], [0, 1]]
    _, (first, _) = blocks_of(run, 11, row=1)
    assert first["parts"][0]["columns"] == ["row 1", "row 2", "row 3"]
    assert first["parts"][1]["rows"] == ["row 1", "row 2", "row 3"]


def test_of_a_long_table_the_first_rows_are_shown_and_said_to_be_a_part():
    run = run_of(rows=50)
    _, (block,) = blocks_of(run, 2)
    inputs, weights, sums = block["parts"]
    assert len(inputs["rows"]) == len(sums["rows"]) == MOST_TRAINING_ROWS
    assert inputs["cut"] and sums["cut"] and not weights["cut"]
    assert len(block["cells"]) == MOST_TRAINING_ROWS


def test_a_tint_is_the_colour_of_the_sign_and_deepest_for_the_largest():
    run = run_of()
    _, (block,) = blocks_of(run, 2)
    part = block["parts"][1]
    values = np.array(part["exact"], dtype=float)
    tints = np.array(part["tints"])
    assert all(
        t.startswith(NEGATIVE if v < 0 else POSITIVE) for v, t in zip(values.flat, tints.flat)
    )
    depth = np.array([int(t[-2:], 16) for t in tints.flat])
    assert np.abs(values).argmax() == depth.argmax()


@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 3, 3, 1), (2, 3, 2, 2, 1)])
def test_the_same_sentence_is_not_said_twice(sizes):
    run = run_of(sizes=sizes)
    last = nnviz.anatomy(run, 7)[-1].number
    for number in (last - 1, last):
        _, blocks = blocks_of(run, number)
        said = [block["sentence"] for block in blocks[: len(sizes) - 1]]
        assert said[0] and not any(said[1:])


def test_changes_are_tinted_on_one_scale():
    _, blocks = blocks_of(run_of(), 11)
    parts = [block["parts"][-1] for block in blocks]
    sizes = np.concatenate([np.abs(np.array(p["exact"], float)).ravel() for p in parts])
    depths = np.concatenate([[int(t[-2:], 16) for r in p["tints"] for t in r] for p in parts])
    assert np.allclose(depths, 107 * sizes / sizes.max(), atol=1)


def test_a_step_shows_what_was_found_and_the_sheet_says_once_how_it_rounds():
    steps, blocks = blocks_of(run_of(), 11)
    assert blocks[0]["finding"] == steps[0].finding
    assert [block.get("footnote", "") != "" for block in blocks] == [False, True]
    assert "computed with 16" in blocks[-1]["footnote"]


def test_the_slope_stands_between_the_error_and_the_delta():
    _, (block,) = blocks_of(run_of(), 8)
    names = [part["name"] for part in block["parts"]]
    assert names == ["o_error", "o(1 − o)", "o_delta"]
    assert block["signs"] == ["⊙", "="]


def test_the_question_has_a_row_to_itself():
    run = run_of()
    steps = question_walk(Moment(run, 7, (4.0, 8.0)))
    blocks = sheet(steps[1:2], Choice(("question",), None))
    assert [part["rows"] for part in blocks[0]["parts"]] == [["question"], ["a", "b"], ["question"]]


def test_a_number_that_ends_in_zeros_keeps_them_where_it_goes_on():
    frame = pd.DataFrame({"x": [3.0, 0.9], "y": [1.0, 0.5]})
    run = nnviz.train(nnviz.Network([[[0.80002]]]), nnviz.Dataset(frame), 1)
    (z,) = [step for step in nnviz.anatomy(run, 0) if step.name == "z"]
    _, w, result = sheet([z], choice_of(run))[0]["parts"]
    assert w["shown"] == [["0.8000"]] and result["shown"] == [["0.8000"], ["0.2400"]]


def test_the_example_by_hand_is_a_sheet_with_its_slips():
    blocks = sheet(by_hand(), Choice((), None))
    assert blocks[1]["parts"][-1]["shown"] == [["7.6", "3.9", "6.5"]]
    assert "7.5" in blocks[1]["note"]


def test_the_factors_of_a_weight_multiply_to_the_last_column():
    run = run_of()
    (block,) = factors_sheet(weight_story(Moment(run, 7), 1, 0, 2))
    values = np.array(block["parts"][0]["exact"], dtype=float)
    np.testing.assert_allclose(values[:, :-1].prod(axis=1), values[:, -1], rtol=1e-12)


def test_the_gradients_check_stands_beside_it():
    story = weight_story(Moment(run_of(), 7), 2, 1, 0)
    (block,) = gradients_sheet(story)
    values = [float(row[0]) for row in block["parts"][0]["exact"]]
    assert values[0] == story.gradient and values[2:4] == [story.loss_gradient, story.difference]
