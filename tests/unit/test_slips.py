"""A number typed in the walk: right to its digits, or which usual slip it is."""

import math

import numpy as np
import pytest
from runs import exam_run, named

from nnviz.lessons.questions import CLOSE, RIGHT, WHY
from nnviz.lessons.slips import digits_of, graded, is_rounded, number

RATE = 0.5


@pytest.fixture(scope="module")
def steps():
    return named(exam_run(learning_rate=RATE), 0)


@pytest.fixture(scope="module")
def square():
    """The same with two hidden neurons, whose matrices can be transposed."""
    return named(exam_run(sizes=(2, 2, 1), learning_rate=RATE), 0)


def said(step, i, j, value, digits=4):
    return graded(f"{value:#.{digits}g}", step, i, j, RATE)


@pytest.mark.parametrize("text", ["0.6364", "0.636", "0.64", ".6364", " 0.6364 ", "0,6364"])
def test_a_number_is_right_to_the_digits_that_were_typed(steps, text):
    assert graded(text, steps["o"], 0, 0, RATE).grade == RIGHT


@pytest.mark.parametrize(
    ("text", "grade"), [("0.6", CLOSE), ("0.6365", CLOSE), ("0.63", CLOSE), ("0.7", WHY)]
)
def test_too_few_digits_or_the_last_ones_off_are_close(steps, text, grade):
    assert graded(text, steps["o"], 0, 0, RATE).grade == grade


def test_a_whole_number_needs_no_more_digits(steps):
    assert graded("1", steps["X"], 0, 1, RATE).grade == RIGHT  # sleep 9 of 9


@pytest.mark.parametrize("text", ["", "x", "1/2", "1e999", "nan", "inf", "--1", "1.2.3", "0x1"])
def test_what_is_no_number_is_asked_for_again(steps, text):
    verdict = graded(text, steps["o"], 0, 0, RATE)
    assert verdict.grade == "" and "Type a number" in verdict.said


def test_every_cell_of_every_step_is_right_as_it_is_shown(steps):
    for step in steps.values():
        for i, j in np.ndindex(step.value.shape or (1, 1)):
            value = float(step.value[i, j] if step.rows else step.value)
            for digits in (3, 4, 8):
                assert said(step, i, j, value, digits).grade == RIGHT, (step.name, i, j)


def test_forgetting_the_sigmoid_its_division_or_doing_it_twice(steps):
    step, z = steps["z2"], steps["z"].value[0, 1]
    assert "σ is still to be applied" in said(step, 0, 1, z).said
    assert "still to be divided" in said(step, 0, 1, 1 + math.exp(-z)).said
    s = 1 / (1 + math.exp(-z))
    assert "twice" in said(step, 0, 1, 1 / (1 + math.exp(-s))).said


def test_forgetting_the_slope(steps):
    error, o = steps["o_error"].value[0, 0], steps["o"].value[0, 0]
    assert "sigmoid's slope" in said(steps["o_delta"], 0, 0, error).said
    assert "slope alone" in said(steps["o_delta"], 0, 0, o * (1 - o)).said


def test_the_sign(steps):
    assert "sign is not" in said(steps["o_error"], 0, 0, -0.28355295).said
    assert "sign is not" in graded("−0.1887", steps["z"], 0, 0, RATE).said


def test_another_row_or_column(steps):
    z = steps["z"].value
    assert "another row: row 2" in said(steps["z"], 0, 0, z[1, 0]).said
    assert "another column: h3" in said(steps["z"], 0, 0, z[0, 2]).said


def test_one_product_alone_and_weights_left_out(steps):
    X, W1 = steps["X"].value, steps["z"].made_from[1].value
    assert "one product alone" in said(steps["z"], 0, 1, X[0, 1] * W1[1, 1]).said
    assert "X were added as they are" in said(steps["z"], 1, 1, X[1].sum()).said


def test_a_transposed_matrix(square):
    X, W1 = square["X"].value, square["z"].made_from[1].value
    verdict = said(square["z"], 0, 1, (X @ W1.T)[0, 1])
    assert verdict.grade == WHY and "rows and columns of W1 were exchanged" in verdict.said


def test_forgetting_eta_or_the_weight_itself(steps):
    before, move = (matrix.value[0, 0] for matrix in steps["W1"].made_from)
    step = steps["W1"]
    assert "η was left out" in said(step, 0, 0, before + move).said
    assert "weight as it was" in said(step, 0, 0, before).said
    assert "dW alone" in said(step, 0, 0, move).said
    assert "change alone" in said(step, 0, 0, RATE * move).said
    assert "taken away" in said(step, 0, 0, before - RATE * move).said


def test_a_loss_that_is_a_sum_or_not_squared(steps):
    misses = steps["o_error"].value
    assert "divided by their number" in said(steps["loss"], 0, 0, (misses**2).sum()).said
    assert "½·Σ" in said(steps["loss"], 0, 0, (misses**2).sum() / 2).said
    assert "squared first" in said(steps["loss"], 0, 0, np.abs(misses).mean()).said


def test_an_input_that_is_not_scaled_or_by_another_column(steps):
    assert "largest study" in said(steps["X"], 1, 1, 5 / 3).said
    assert "input itself" in graded("2.0", steps["X"], 0, 0, RATE).said


def test_no_slip_is_said_of_a_right_number(steps, square):
    for one in (*steps.values(), *square.values()):
        for i, j in np.ndindex(one.value.shape or (1, 1)):
            value = float(one.value[i, j] if one.rows else one.value)
            assert graded(f"{value!r}", one, i, j, RATE).grade == RIGHT


def test_digits_and_rounding():
    assert [digits_of(text) for text in ("0.0012", "1.50", "−3", "1e5")] == [2, 3, 1, 1]
    assert is_rounded("1.2e-3", 0.00123) and not is_rounded("1.2e-3", 0.00126)
    assert number("−1,5") == -1.5
    assert number("1e5") == 1e5
