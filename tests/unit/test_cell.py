"""One cell of a step, written out."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from pocket import number, passes
from runs import EXAM, exam_run, named

from nnviz.dissection import anatomy, question_walk, walk_of, written_out
from nnviz.dissection.cell import MOST_TERMS
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.engine.network import Network
from nnviz.engine.recipe import train
from nnviz.writing import rounded


def every_cell(step):
    return list(np.ndindex(step.value.shape)) if step.value.ndim else [(0, 0)]


@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 1), (2, 4, 3, 1)])
def test_every_cell_adds_up(sizes):
    for step in anatomy(exam_run(sizes), 4):
        for i, j in every_cell(step):
            cell = written_out(step, i, j)
            assert cell.value == (step.value[i, j] if step.value.ndim else step.value)
            assert cell.text.endswith(f" = {rounded(cell.value)}")
            assert cell.count == len(cell.terms)
            for term in cell.terms:
                assert term.product == term.left_value * term.right_value
            if step.kind == "product":
                assert cell.total == pytest.approx(cell.value, rel=1e-12, abs=1e-16)
                assert sum(t.product for t in cell.terms) == cell.total
            if step.kind == "scalar":
                assert cell.total / cell.count == pytest.approx(cell.value, rel=1e-14)


def test_the_live_formula_of_every_cell_gives_its_value():
    for step in anatomy(exam_run((2, 4, 3, 1), learning_rate=0.25), 4):
        if not step.live:
            assert step.kind in ("product", "scalar")
            continue
        python = step.live.replace("−", "-").replace("·", "*").replace("^", "**")
        for i, j in every_cell(step):
            lit = zip(step.made_from, written_out(step, i, j).lit)
            numbers = [f"({m.value[row, column]!r})" for m, (_, row, column) in lit]
            formula = python.format(*numbers).replace("np.float64", "")
            assert eval(formula, {"e": math.e}) == pytest.approx(step.value[i, j], rel=1e-13)


def test_a_product_written_out():
    data = Dataset(EXAM)
    network = Network([[[0.2, -0.6, 0.1], [0.8, -0.3, 0.7]], [[0.4], [0.5], [0.9]]])
    steps = named(train(network, data, 1), 0)
    cell = written_out(steps["z"], 2, 1)
    assert cell.name == "z[row 3, h2]"
    assert cell.text == "1 · (−0.6) + 0.6667 · (−0.3) = −0.8"
    assert cell.lit == (("X", 2, None), ("W1", None, 1))
    first, second = cell.terms
    assert (first.left, first.right) == ("X[row 3, study]", "W1[study, h2]")
    assert (second.left_value, second.right_value) == (6 / 9, -0.3)
    back = written_out(steps["dW1"], 0, 2)
    assert back.name == "dW1[study, h3]"
    assert back.lit == (("Xᵀ", 0, None), ("z2_delta", None, 2))
    assert [t.left for t in back.terms] == [f"Xᵀ[study, row {n}]" for n in (1, 2, 3)]
    assert back.terms[1].right == "z2_delta[row 2, h3]"
    assert written_out(steps["z2_error"], 0, 1).terms[0].right == "W2ᵀ[score, h2]"


def test_other_cells_written_out():
    steps = named(exam_run(), 0)
    scaled = written_out(steps["X"], 1, 0)
    assert scaled.text == "1 / 3 = 0.3333"
    assert scaled.lit == (("inputs", 1, 0), ("largest", 0, 0))
    z2 = written_out(steps["z2"], 0, 1)
    assert z2.text.startswith("1 / (1 + e^(−")
    negative = written_out(steps["o_error"], 0, 0)
    y, o = 0.92, steps["o"].value[0, 0]
    assert negative.text == f"0.92 − {rounded(o)} = {rounded(y - o)}"
    loss = written_out(steps["loss"])
    assert loss.terms[0].left == "(y − o)[row 1, score]"
    assert loss.lit == (("y", None, None), ("o", None, None))
    assert loss.text.count("²") == 3
    assert " / 3 = " in loss.text


def test_a_negative_number_is_bracketed_unless_it_comes_first():
    network = Network([[[-2.0], [0.0]]])
    steps = named(train(network, Dataset(EXAM), 1), 0)
    assert written_out(steps["o"], 2, 0).text == "1 / (1 + e^(−(−2))) = 0.1192"
    assert written_out(steps["W1"], 0, 0).text.startswith("−2 + 1 · ")


def test_a_number_close_to_1_is_told_from_1_in_a_formula():
    network = Network([[[10.0], [0.0]]])
    o_delta = written_out(named(train(network, Dataset(EXAM), 1), 0)["o_delta"], 2, 0)
    assert o_delta.text == "−0.10995 · 4.5396e−05 = −4.991e−06"
    (slope,) = o_delta.more
    assert slope == "o(1 − o)[row 3, score] = 0.9999546 · (1 − 0.9999546) = 4.540e−05"


def test_new_weights_stand_on_the_left_of_the_old():
    cell = written_out(named(exam_run(), 0)["W1"], 1, 2)
    assert cell.name == "new W1[sleep, h3]"


@pytest.mark.parametrize(
    ("epoch", "parts"),
    [(0, "+0.0359 +0.0239 +0.0315"), (1000, "+0.00151 −0.00107 −0.00046")],
)
def test_rows_vote(epoch, parts):
    run = exam_run(epochs=1000)
    steps = named(run, epoch)
    cell = written_out(steps["dW2"], 0, 0)
    side_by_side, each = cell.more
    found = [number(text) for text in re.findall(r"[+−][\d.e−]+\d", side_by_side.split("=")[0])]
    assert found == pytest.approx([number(text) for text in parts.split()], abs=5.01e-5)
    z2, o_delta = steps["z2"].value[:, 0], steps["o_delta"].value[:, 0]
    for row, line in enumerate(each.split("; ")):
        name, _, sum_ = line.partition(": ")
        assert name == f"row {row + 1}"
        assert number(sum_.split(" = ")[1]) == pytest.approx(z2[row] * o_delta[row], rel=5e-4)
        assert passes(sum_)
    assert passes(side_by_side.partition(": ")[2])


def test_of_many_rows_the_votes_are_counted():
    table = pd.DataFrame({"x": np.linspace(1, 2, 40), "t": np.linspace(0, 1, 40)})
    step = named(train(Network([[[0.1]]]), Dataset(table), 1, learning_rate=0.01), 0)["dW1"]
    o_delta = step.made_from[1].value[:, 0]
    (line,) = written_out(step, 0, 0).more
    ups = (o_delta > 0).sum()
    assert line == f"each row votes: {ups} of 40 for up, {40 - ups} for down"


def test_the_calculator_finds_a_sum_that_does_not_pass():
    assert passes("2 · 0.6 + 9 · (−0.3) = −1.5") and passes("1 / (1 + e^(−(−2))) = 0.1192")
    assert passes("((−0.5)² + 1²) / 2 = 0.625") and passes("0.5 · 1e−05 = 5e−06")
    assert passes("σ(−2) = 0.1192") and passes("4 ÷ 3 = 1.333") and not passes("σ(2) = 0.1192")
    assert not passes("0.92 − 0.92 = 1.299e−06") and not passes("2 · 0.6 + 9 · 0.3 = 3.8")


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 3, 3, 1)])
@pytest.mark.parametrize("epoch", [0, 10, 1000])
def test_every_written_sum_passes_a_pocket_calculator(sizes, epoch, seed):
    moment = Moment(exam_run(sizes, epochs=1000, seed=seed), epoch, (4.0, 8.0))
    for step in (*walk_of(moment), *question_walk(moment)):
        for i, j in every_cell(step):
            cell = written_out(step, i, j)
            lines = [part for line in (cell.text, *cell.more) for part in line.split("; ")]
            for line in lines:
                assert "≈" not in line  # that is for what cancels out to the last digits
                assert passes(re.sub(r"^(row \d+|each row's part): |^\S.*\] = ", "", line)), line


def test_a_sum_that_cancels_out_says_why_it_does_not_pass():
    network = Network([[[36.0], [0.0]]])
    cell = written_out(named(train(network, Dataset(EXAM), 1), 0)["o_delta"], 2, 0)
    assert passes(cell.text)
    (slope,) = cell.more
    assert " ≈ " in slope and "why not =" in slope


@pytest.mark.parametrize("rate", [0.001, 100.0, 1000.0])
def test_written_sums_of_extreme_rates_pass_or_say_why(rate):
    for epoch in (0, 1, 1000):
        for step in anatomy(exam_run(epochs=1000, learning_rate=rate), epoch):
            for i, j in every_cell(step):
                text = written_out(step, i, j).text
                assert ("≈" in text and "why" in text) or passes(text), text


def test_a_long_sum_is_cut_in_the_text_and_its_total_is_whole():
    rows = 3000
    table = pd.DataFrame({"x": np.linspace(1, 2, rows), "t": np.linspace(0, 1, rows)})
    run = train(Network.random([1, 2, 1], 0), Dataset(table), 1, learning_rate=0.001)
    steps = named(run, 0)
    for cell in (written_out(steps["dW1"], 0, 1), written_out(steps["loss"])):
        assert cell.count == rows
        assert len(cell.terms) == MOST_TERMS
        assert "+ … +" in cell.text
        assert len(cell.text) < 200
    assert written_out(steps["dW1"], 0, 1).total == pytest.approx(steps["dW1"].value[0, 1])
    assert written_out(steps["loss"]).total / rows == pytest.approx(float(steps["loss"].value))


@pytest.mark.parametrize(("i", "j"), [(3, 0), (0, 3), (-1, 0), (0, -1)])
def test_a_cell_that_is_not_there(i, j):
    with pytest.raises(IndexError, match="z has 3 rows and 3 columns"):
        written_out(named(exam_run(), 0)["z"], i, j)
