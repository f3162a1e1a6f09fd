"""What the lesson says, held against numbers that are computed here, without nnviz's engine."""

import re

import numpy as np
import pandas as pd
import pytest
from runs import EXAM
from tutorial import Tutorial, TutorialAtRate

from nnviz import Recipe
from nnviz.engine.moment import Moment
from nnviz.lessons import MISSIONS, STATIONS, VEILS, Case
from nnviz.lessons.missions import XOR
from nnviz.lessons.questions import CLOSE, RIGHT, WHY, Choice, Do, Number, Order, Pick
from nnviz.page import state as page_state
from nnviz.page.state import VIEW

INPUTS = np.array([[2.0, 9], [1, 5], [3, 6]])
X, Y = INPUTS / [3, 9], np.array([[0.92], [0.86], [0.89]])
ASKED = np.array([[4 / 3, 8 / 9]])
EPOCHS = 1000


@pytest.fixture(scope="module")
def case():
    return Case(Recipe(EXAM))


@pytest.fixture(scope="module")
def told(case):
    """What each station says, from 1."""
    return [None, *(station.tell(case) for station in STATIONS)]


def weights(seed=0, inputs=2):
    rng = np.random.default_rng(seed)
    return rng.standard_normal((inputs, 3)), rng.standard_normal((3, 1))


def sigmoid(z):
    return 1 / (1 + np.exp(-np.asarray(z, float)))


@pytest.fixture(scope="module")
def start():
    """The tutorial's network before its first epoch, once forward and with the way back."""
    network = Tutorial(*weights())
    o = network.forward(X)
    W1, W2 = network.W1.copy(), network.W2.copy()
    network.backward(X, Y, o)
    network.o, network.moves = o, (network.W1 - W1, network.W2 - W2)
    network.W1, network.W2 = W1, W2
    return network


def trained(epochs=EPOCHS, seed=0, rate=1.0, x=X, y=Y):
    network = TutorialAtRate(*weights(seed), rate)
    for _ in range(epochs):
        network.train(x, y)
    return network


def loss(o):
    return float(((Y - o) ** 2).mean())


def losses(epochs=EPOCHS, rate=1.0):
    network, found = TutorialAtRate(*weights(), rate), []
    for _ in range(epochs + 1):
        found.append(loss(network.forward(X)))
        network.train(X, Y)
    return np.array(found)


def numbers(text):
    """Every number in a text, as it is written."""
    return re.findall(r"−?\d[\d,]*(?:\.\d+)?(?:e−?\d+)?", text)


def shows(text, *values, digits=3):
    """Whether a text shows each of the numbers, with so many digits or more, rightly rounded."""
    written = numbers(text)

    def is_shown(value):
        for number in written:
            plain = number.replace("−", "-").replace(",", "")
            mantissa = plain.partition("e")[0]
            significant = len(mantissa.replace("-", "").replace(".", "").lstrip("0"))
            unit = 10.0 ** -len(mantissa.partition(".")[2])
            unit *= 10.0 ** int(plain.partition("e")[2] or 0)
            if significant >= digits and abs(float(plain) - value) <= unit / 2 * (1 + 1e-9):
                return True
        return False

    missing = [value for value in values if not is_shown(value)]
    assert not missing, (missing, text)


# --- The twelve stations' numbers ---------------------------------------------------------------


def test_station_1_shows_the_sums_of_row_1(told, start):
    shows(told[1].text, X[0, 0], *start.z[0])
    assert np.allclose(start.z[0], [0.1887, -0.6237, 0.7885], atol=5e-5)
    assert told[1].parts[0].question.right == (1, int(start.z[0].argmin())) == (1, 1)
    assert (start.W1[:, 1] < 0).all()
    assert "Every synapse into h2 is orange" in told[1].text


def test_station_2_shows_activations_products_and_both_answers(told, start):
    text = told[2].text
    products = start.z2[0] * start.W2[:, 0]
    shows(text, *start.z2[0], products[0], products[1], -products[2], start.z3[0, 0], start.o[0, 0])
    assert "0.7133 + 0.3305 − 0.4838 = 0.5600" in text
    shows(text, 100 * start.o[0, 0], 100 * start_of(ASKED), 92, digits=2)
    assert "63.64" in text and "62.79" in text
    below, down = (part.question for part in told[2].parts)
    assert below.truth == "below one half" and down.truth == "h3"


def start_of(question, seed=0):
    return Tutorial(*weights(seed)).forward(question).item()


def test_station_3_shows_each_rows_square_and_the_dullest_guess(told, start):
    squares = (Y - start.o)[:, 0] ** 2
    shows(told[3].text, *squares, squares.mean())
    assert "0.06114" in told[3].text and "0.0804" in told[3].text
    dull = ((Y - Y.mean()) ** 2).mean()
    shows(told[3].text, dull, digits=2)
    assert f"about {squares.mean() / dull:.0f} times less" in told[3].text
    assert told[3].parts[0].question.truth == "row 1"
    ratio = np.sqrt(squares.max() / squares.min())
    assert f"{ratio:.1f} times that of row 2, and counts {ratio**2:.1f} times" in told[3].text


def test_station_4_shows_the_loss_on_either_side_and_the_gradient(told, start):
    def at(by):
        W2 = start.W2.copy()
        W2[2] += by
        return loss(Tutorial(start.W1, W2).forward(X))

    shows(told[4].text, -0.7037, at(0.1), at(-0.1), (at(1e-6) - at(-1e-6)) / 2e-6)
    assert [f"{at(by):.4f}" for by in (0.1, -0.1)] == ["0.0539", "0.0690"]
    assert told[4].parts[0].question.truth == "up"
    assert told[4].scenes[-1].view["nudge"] == 0.1


def test_station_5_shows_slope_nudge_slips_and_delta(told, start):
    z, o = start.z3[0, 0], start.o[0, 0]
    slope, again = o * (1 - o), sigmoid(o) * (1 - sigmoid(o))
    nudged = (sigmoid(z + 0.01) - sigmoid(z)) / 0.01
    shows(told[5].text, slope, nudged, again, z * (1 - z), (0.92 - o) * slope)
    assert [f"{x:.4f}" for x in (slope, nudged, again, z * (1 - z))] == [
        "0.2314",
        "0.2311",
        "0.2263",
        "0.2464",
    ]
    question = told[5].parts[0].question
    assert question.grade(0.0023).grade == question.grade(slope * 0.01).grade == RIGHT
    for slip, words in (
        (0.01, "sum itself"),
        (slope, "That is the slope"),
        (o / 100, "second factor"),
        (again / 100, "once more"),
    ):
        assert question.grade(slip).grade == WHY and words in question.grade(slip).said
    assert "in the place of s" in question.grade(z * (1 - z) / 100).said
    assert question.grade(0.0029).grade == CLOSE


def test_station_6_shows_the_errors_and_the_deltas(told, start):
    shows(told[6].text, start.o_delta[0, 0], *start.z2_error[0], *start.z2_delta[0])
    assert told[6].parts[0].question.truth == "h3"
    assert np.allclose(start.z2_delta[0], [0.0212, 0.0141, -0.0099], atol=5e-5)


def test_station_7_shows_the_votes_and_what_the_epoch_does(told, start):
    text, (dW1, dW2) = told[7].text, start.moves
    votes = start.z2[:, 2] * start.o_delta[:, 0]
    shows(text, *votes, dW2[2, 0], *dW1[:, 2])
    after = trained(1)
    shows(text, loss(start.o), loss(after.forward(X)))
    assert "0.06114 to 0.04287" in text
    shows(text, 100 * start_of(ASKED), 100 * after.forward(ASKED).item())
    most, down = (part.question for part in told[7].parts)
    flat = np.abs(np.concatenate([dW1.ravel(), dW2.ravel()]))
    assert most.truth == "h3 → score" and flat.argmax() == 8
    assert down.truth == "only those into h3"
    falls = {("W1", i, j) for i, j in np.argwhere(dW1 < 0).tolist()}
    assert falls == {("W1", 0, 2), ("W1", 1, 2)} and (dW2 > 0).all()
    # The reasons that are given.
    assert (np.abs(start.z2_delta) < start.o_delta).all()
    assert (start.z2.argmax(axis=1) == 2).all()
    assert (X > 0).all() and (start.z2_delta[:, 2] < 0).all()


def test_station_8_shows_the_epochs_the_answers_and_the_votes(told):
    text, curve = told[8].text, losses()
    dull = float(((Y - Y.mean()) ** 2).mean())
    passes, beats = (int(np.argmax(curve < limit)) for limit in (0.001, dull))
    assert (passes, beats) == (26, 35)
    guess, find = (part.question for part in told[8].parts)
    assert guess.right == passes and find.truth == f"epoch {beats}"
    shows(text, curve[0], curve[1], curve[passes], curve[passes - 1], dull)
    assert (curve[beats:] < dull).all()  # “from epoch 35 on”
    for epoch in (0, 10, 51, EPOCHS):
        shows(text, 100 * trained(epoch).forward(ASKED).item(), digits=4)
    network = trained()
    o = network.forward(X)
    shows(text, *(100 * o[:, 0]), digits=4)
    network.backward(X, Y, o)
    votes = network.z2[:, 0] * network.o_delta[:, 0]
    shows(text, *votes)
    assert abs(votes.sum()) < 0.02 * np.abs(votes).sum()  # they nearly cancel


def test_station_9_shows_the_losses_and_the_end_of_learning(told):
    text = told[9].text
    rates = (0.1, 1.0, 10.0, 100.0)
    found = [loss(trained(1, rate=rate).forward(X)) for rate in rates]
    shows(text, *found)
    assert told[9].parts[0].question.right == tuple(np.argsort(found).tolist()) == (2, 3, 1, 0)
    network = trained(1, rate=100.0)
    o = network.forward(X)
    shows(text, network.z3[0, 0])
    assert "9e−09" in text and f"{o[0, 0] * (1 - o[0, 0]):.0e}" == "9e-09"
    assert np.allclose(100 * o, 100, atol=0.005)
    assert np.allclose(100 * trained(rate=100.0).forward(X), 100, atol=0.005)
    assert "100.00, 100.00 and 100.00 after one epoch, and still so after 1,000" in text
    assert f"at 1 it takes {int(np.argmax(losses() < found[2]))} epochs" in text


def test_station_10_shows_the_slips_and_the_scaling(told):
    text = told[10].text
    W1 = np.array([[0.2, 0.6, 0.1], [0.8, 0.3, 0.7]])
    z = np.array([2.0, 9]) @ W1
    assert np.allclose(z, [7.6, 3.9, 6.5])
    for sums in (z, X[0] @ W1):
        for slope in sigmoid(sums) * (1 - sigmoid(sums)):
            assert f"{slope:.4f}" in text
    assert "0.0005, 0.0194 and 0.0015" in text and "0.2026, 0.2217 and 0.2166" in text
    assert f"{1 + np.exp(-7.5):.6f}" == "1.000553" and "1.000553" in text
    shows(text, sigmoid(7.5), sigmoid(3.9))
    ends = np.array(
        [[loss(trained(seed=seed, x=x).forward(x)) for x in (INPUTS, X)] for seed in range(20)]
    )
    shows(text, *ends[0], digits=2)
    assert f"Of seeds 0 to 19, {(ends[:, 0] < ends[:, 1]).sum()} end lower unscaled" in text
    cut = np.array([[4 / 8, 8 / 8]])  # what its own largest value makes of the question
    network = trained()
    shows(text, *(100 * network.forward(x).item() for x in (cut, ASKED)), digits=4)
    assert np.allclose(cut * [3, 9], [[1.5, 9]]) and "(1.5, 9)" in text
    total, can = (part.question for part in told[10].parts)
    assert total.right == pytest.approx(3.9) and can.truth == "no, never"
    assert "tutorial prints" in total.grade(7.5).said


def test_station_11_shows_one_half_and_what_comes_of_it(told):
    text, zeros = told[11].text, np.zeros((1, 2))
    for seed in (0, 1):
        shows(text, 100 * trained(seed=seed).forward(zeros).item(), digits=4)
    assert "84.03" in text and "78.49" in text
    shows(text, trained().W2.sum() / 2)
    question = told[11].parts[0].question
    assert question.grade(0.5).grade == RIGHT and "one half" in question.grade(0).said


@pytest.mark.long
def test_station_12_shows_other_seeds_and_rows_left_out(told):
    text = told[12].text
    answers = [100 * trained(seed=seed).forward(ASKED).item() for seed in range(5)]
    shows(text, *answers, digits=4)
    all_answers = [100 * trained(seed=seed).forward(ASKED).item() for seed in range(100)]
    assert f"between {min(all_answers):.1f} and {max(all_answers):.1f}" in text
    misses, dull = [], []
    for k in range(3):
        kept = [row for row in range(3) if row != k]
        scale = INPUTS[kept].max(axis=0)
        network = trained(x=INPUTS[kept] / scale, y=Y[kept])
        guess = 100 * network.forward(INPUTS[[k]] / scale).item()
        shows(text, guess, digits=4)
        misses.append(abs(guess - 100 * Y[k, 0]))
        dull.append(abs(100 * (Y[kept].mean() - Y[k, 0])))
    assert (
        f"mean miss is {np.mean(misses):.2f}" in text and f"misses by {np.mean(dull):.2f}" in text
    )
    shows(text, 100 * trained().forward(np.array([[24 / 3, 0]])).item(), digits=4)


# --- All stations -------------------------------------------------------------------------------


def test_a_station_has_a_scene_before_each_question_and_after_the_last(told, case):
    for one in [*told[1:], *(mission.tell(case) for mission in MISSIONS)]:
        assert len(one.scenes) == len(one.parts) + 1 and one.takeaway
        for scene in one.scenes:
            if scene is not None:
                assert set(scene.veiled) <= set(VEILS)
                assert scene.view.keys() <= VIEW.keys()
    for one in told[1:]:
        assert one.scenes[0] != one.scenes[-1]  # the reveal moves the page


def test_the_last_scene_says_where_to_look(told):
    assert told[1].scenes[-1].said == (
        "On the page now: epoch 0, step 2 of the walk, lit in the network, the question (2, 9)."
    )
    assert "One weight, nudged by +0.1" in told[4].scenes[-1].said
    assert "epoch 1,000" in told[8].scenes[-1].said
    assert "a rate of 100" in told[9].scenes[-1].said
    assert "What it has learned" in told[12].scenes[-1].said
    assert told[12].scenes[-1].view["tab"] == page_state.LEARNED
    assert "By hand" in told[10].scenes[-1].said
    assert all(one.scenes[-1].said for one in told[1:])


@pytest.mark.parametrize("number", range(1, len(STATIONS) + 1))
def test_every_answer_is_graded_and_only_the_right_one_right(told, number):
    for part in told[number].parts:
        question = part.question
        if isinstance(question, Choice):
            grades = [question.grade(k).grade for k in range(len(question.options))]
            assert grades.count(RIGHT) == 1 and grades[question.right] == RIGHT
            assert all(question.grade(k).said for k, g in enumerate(grades) if g != RIGHT)
        elif isinstance(question, Pick):
            grades = {place: question.grade(place).grade for place in question.places}
            assert [place for place, g in grades.items() if g == RIGHT] == [question.right]
            assert all(question.grade(p).said for p, g in grades.items() if g != RIGHT)
        elif isinstance(question, Number):
            assert question.grade(question.right).grade == RIGHT
            assert question.grade(1e6).grade == WHY
            for result, sentence in question.slips:
                assert sentence and question.grade(result).grade == WHY
        elif isinstance(question, Order):
            assert question.grade(question.right).grade == RIGHT
            assert question.grade(question.right[::-1]).grade == WHY
            half = (question.right[0], *question.right[:0:-1])
            assert question.grade(half).grade == CLOSE


def test_the_epoch_to_be_found_is_right_close_or_not_yet(told, case):
    find = told[8].parts[1].question
    assert isinstance(find, Do)
    graded = [find.check(case.moment(epoch)) for epoch in (35, 36, 34, 400, 5)]
    assert [verdict.grade for verdict in graded] == [RIGHT, CLOSE, CLOSE, WHY, WHY]
    assert "not yet below" in graded[2].said and "already below" in graded[3].said
    other = Moment(Recipe(EXAM, seed=1).train(50), 35, (4.0, 8.0))
    assert "another run" in find.check(other).said


OWN = pd.DataFrame(
    {"a*b": [1, 4, 2, 8, 5], "<b>": [3, 1, 9, 2, 7], "y_": [10, 60, 35, 80, np.nan]}, dtype=float
)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6))
def test_a_station_that_fits_another_table_speaks_of_it_rightly(seed):
    rng = np.random.default_rng(seed)
    table = OWN if seed == 0 else OWN + rng.uniform(0, 5, OWN.shape).round(1)
    case = Case(Recipe(table), is_own=True)
    assert case.fits
    for station in STATIONS:
        if not station.fits(case):
            continue
        one = station.tell(case)
        assert "<b>" not in one.text.replace("\\<b\\>", "")
        assert "nan" not in one.text
        for part in one.parts:
            question = part.question
            if isinstance(question, Choice | Pick):
                answers = (
                    range(len(question.options))
                    if isinstance(question, Choice)
                    else question.places
                )
                assert [question.grade(a).grade for a in answers].count(RIGHT) == 1


def test_with_another_table_the_first_stations_say_its_own_numbers():
    case = Case(Recipe(OWN), is_own=True)
    data = case.data
    network = Tutorial(*weights())
    o = network.forward(OWN.to_numpy()[:4, :2] / [8, 9])
    squares = (OWN["y_"].to_numpy()[:4] / 100 - o[:, 0]) ** 2
    one = STATIONS[2].tell(case)
    shows(one.text, *squares, squares.mean())
    assert one.parts[0].question.right == squares.argmax()
    assert len(data.X) == 4
    first = STATIONS[0]
    assert first.fits(case) == ((network.z[0] < 0).sum() == 1)


# --- Missions -----------------------------------------------------------------------------------


def grade(mission, case, recipe, epoch=EPOCHS, question=(4.0, 8.0)):
    told = MISSIONS[mission].tell(case)
    run = recipe.train(max(epoch, EPOCHS))
    return told.parts[0].question.check(Moment(run, epoch, question))


def scores(row, score):
    table = EXAM.copy()
    table.loc[row, "score"] = score
    return table


def test_no_mission_is_done_where_it_begins(case):
    for number, mission in enumerate(MISSIONS):
        scene = mission.tell(case).scenes[0]
        assert grade(number, case, scene.recipe, scene.epoch, scene.question).grade == WHY


def test_the_loss_gets_quickly_below_0_001_with_another_rate(case):
    assert grade(0, case, case.recipe).grade == RIGHT
    slow = grade(0, case, case.recipe.but(learning_rate=0.02))
    assert slow.grade == WHY and "least is 0.00613" in slow.said
    short = case.recipe.but(table=EXAM.iloc[[0, 3]])
    assert "too easy" in grade(0, case, short).said


def test_two_hidden_neurons_learn_xor_and_one_does_not(case):
    for seed in range(20):
        assert grade(1, case, Recipe(XOR, hidden=(1,), seed=seed), 1000, (0, 0)).grade == WHY
    assert grade(1, case, Recipe(XOR, hidden=(2,), seed=12), 1000, (0, 0)).grade == RIGHT
    assert grade(1, case, Recipe(XOR, hidden=(3,), seed=0), 1000, (0, 0)).grade == CLOSE
    assert "another by now" in grade(1, case, case.recipe).said


def test_the_rate_alone_brings_learning_to_a_stop(case):
    assert grade(2, case, case.recipe.but(learning_rate=100.0)).grade == RIGHT
    assert "still learns" in grade(2, case, case.recipe.but(learning_rate=50.0)).said
    assert "rate alone" in grade(2, case, case.recipe.but(learning_rate=100.0, seed=1)).said


def test_one_row_makes_it_say_50(case):
    assert grade(3, case, case.recipe.but(table=scores(2, 59))).grade == RIGHT
    assert grade(3, case, case.recipe.but(table=scores(2, 56))).grade == CLOSE
    assert grade(3, case, case.recipe.but(table=scores(0, 59))).grade == WHY
    two = scores(2, 59)
    two.loc[0, "score"] = 91.5
    assert "2 rows changed" in grade(3, case, case.recipe.but(table=two)).said
    assert "Ask about" in grade(3, case, case.recipe, question=(3.0, 8.0)).said
