"""A word on the loss where one is due, an advice that was tried, and silence elsewhere."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import runs
from tables import frame

from nnviz import Dataset, Recipe, read_table
from nnviz.engine.diagnosis import Diagnosis, diagnosis
from nnviz.engine.symptoms import KINDS
from nnviz.engine.training import Run, record
from nnviz.engine.yardstick import least_loss, mean_guess_loss

EXAM = Dataset(read_table("data/exam_scores.csv"))
XOR = Dataset(frame([[0, 0, 0], [0, 1, 1], [1, 0, 1], [1, 1, 0]]))
CONTRADICTORY = Dataset(frame([[2, 9, 92], [2, 9, 60], [1, 5, 86], [3, 6, 70]]))


def train(rate, epochs=1000, data=EXAM, hidden=(3,), seed=0):
    return Recipe(data, hidden=hidden, seed=seed, learning_rate=rate).train(epochs)


def with_losses(loss, rate=3.0):
    """A run with made-up losses: its weights are those of an exam run."""
    run = train(rate, len(loss) - 1)
    return Run(run.recipe, np.asarray(loss, dtype=float), run.every, run.kept)


def assert_advice_holds(run, epoch, said):
    """Whoever follows the advice has a lower loss at the epoch that is shown."""
    assert 0.001 <= said.better <= 1000
    followed = run.recipe.but(learning_rate=said.better).train(epoch)
    assert followed.loss[epoch] < run.loss[epoch]
    assert f"A learning rate of {said.better:g} came to " in said.sentence


# What losses mean


def test_the_dullest_guess_has_the_variance_of_the_labels():
    assert mean_guess_loss(EXAM) == pytest.approx(0.0006, rel=1e-12)
    assert mean_guess_loss(XOR) == 0.25
    assert mean_guess_loss(Dataset(frame([[2, 9, 92]]))) == 0
    two = Dataset(frame([[1, 2, 0], [2, 2, 10]]), labels=2)
    assert mean_guess_loss(two) == pytest.approx(0.125)  # one label is 2 throughout


def test_only_contradictory_rows_bound_the_loss_from_below():
    assert least_loss(EXAM) == least_loss(XOR) == 0
    assert least_loss(CONTRADICTORY) == pytest.approx(2 * 0.16**2 / 4)


# Silence


@pytest.mark.long
@pytest.mark.parametrize("seed", range(50))
def test_of_the_tutorials_run_nothing_is_said_at_any_epoch(seed):
    run = train(1.0, seed=seed)
    assert [epoch for epoch in range(1001) if diagnosis(run, epoch)] == []


@pytest.mark.parametrize("rate", [0.001, 1, 60, 1000])
def test_nothing_is_said_before_there_is_something_to_see(rate):
    run = train(rate)
    assert [epoch for epoch in range(10) if diagnosis(run, epoch)] == []


def test_a_loss_near_the_least_that_contradictory_rows_allow_is_not_frozen():
    run = train(10.0, 3000, CONTRADICTORY)
    assert run.loss[-1] == pytest.approx(least_loss(CONTRADICTORY), rel=0.02)
    assert np.ptp(run.loss[2000:]) < 1e-3 * run.loss[-1]
    assert diagnosis(run, 3000) is None


def test_labels_at_the_ends_of_the_scale_are_not_called_frozen():
    data = Dataset(frame([[1, 2, 100], [2, 1, 100]]))
    run = train(30.0, 2000, data)
    assert 0 < run.loss[-1] < 1e-4
    assert diagnosis(run, 2000) is None


def test_one_training_row_is_never_compared_with_its_mean():
    data = Dataset(frame([[2, 9, 92]]))
    assert diagnosis(train(1.0, 1000, data), 1000) is None
    said = diagnosis(train(0.001, 1000, data), 1000)
    assert said is None or "mean" not in said.sentence


def test_a_loss_that_came_off_its_plateau_is_not_held_against_the_run():
    run = train(60.0, 33_696)
    assert run.loss[-1] < 1e-30
    assert diagnosis(run, 33_696) is None
    assert diagnosis(run, 1000).kind == "frozen"


# Each kind


@pytest.mark.parametrize("rate", [60.0, 100.0, 1000.0])
@pytest.mark.parametrize("seed", range(3))
def test_a_frozen_loss_is_named_with_a_rate_that_does_not_freeze(rate, seed):
    run = train(rate, seed=seed)
    said = diagnosis(run, 1000)
    assert said.kind == "frozen"
    assert said.sentence.startswith("The loss has hardly moved from 0.0127 for ")
    assert "saturated" in said.sentence
    assert_advice_holds(run, 1000, said)
    assert diagnosis(run.recipe.but(learning_rate=said.better).train(1000), 1000) is None


def test_the_epochs_without_a_move_are_counted_up_to_the_epoch_that_is_shown():
    run = train(1000.0)
    assert " for 49 epochs" in diagnosis(run, 50).sentence
    assert " for 499 epochs" in diagnosis(run, 500).sentence


@pytest.mark.parametrize("seed", range(3))
def test_a_rate_far_too_small_is_named(seed):
    run = train(0.001, seed=seed)
    said = diagnosis(run, 1000)
    assert said.kind == "crawling"
    assert said.better == 1
    assert_advice_holds(run, 1000, said)


def test_the_words_on_a_loss_that_crawls():
    assert diagnosis(train(0.001), 1000) == Diagnosis(
        "crawling",
        "With a learning rate of 0.001 the loss went only from 0.0611 to 0.0444 in 1,000 epochs. "
        "A learning rate of 1 came to 0.000260 in the same 1,000 epochs.",
        1.0,
    )


@pytest.mark.parametrize("rate, epoch", [(0.003, 1000), (0.01, 300), (0.01, 1000), (0.03, 1000)])
def test_a_small_rate_that_is_long_no_better_than_the_mean_is_named(rate, epoch):
    run = train(rate)
    assert run.loss[epoch] > mean_guess_loss(run.data)
    said = diagnosis(run, epoch)
    assert said.kind == "behind"
    assert_advice_holds(run, epoch, said)


def test_the_words_on_a_small_rate():
    assert diagnosis(train(0.01), 1000).sentence == (
        "A learning rate of 0.01 is small: after 1,000 epochs the loss is 0.00614, not yet below "
        "the 0.000600 of always answering the mean. A learning rate of 1 came to 0.000260 in the "
        "same 1,000 epochs."
    )


@pytest.mark.parametrize("hidden", [(3, 4), (3, 3, 3)])
def test_a_network_that_answers_the_mean_is_named(hidden):
    run = train(1.0, hidden=hidden)
    said = diagnosis(run, 1000)
    assert said.kind == "mean alone"
    assert "that of always answering the mean 0.000600." in said.sentence
    assert np.ptp(run.network().forward(EXAM.X)[-1]) < 0.02  # of labels from 0.86 to 0.92
    assert_advice_holds(run, 1000, said)


def test_where_no_rate_does_better_the_rates_are_named_and_none_is_advised():
    said = diagnosis(train(1.0, hidden=(3, 3, 3), seed=2), 1000)
    assert (said.kind, said.better) == ("mean alone", None)
    assert "Learning rates of 0.1, 3, 10 and 30 were tried for 1,000 epochs" in said.sentence


@pytest.mark.parametrize("rate", [50.0, 100.0])
@pytest.mark.parametrize("seed", range(3))
def test_xor_at_rates_too_large_gets_a_word(rate, seed):
    run = train(rate, data=XOR, seed=seed)
    said = diagnosis(run, 1000)
    assert said.kind in ("stuck", "swinging")
    assert_advice_holds(run, 1000, said)


def test_a_loss_far_above_the_least_so_far_is_named():
    run = with_losses([0.2, 0.05, 0.00017, *[0.105] * 300])
    said = diagnosis(run, 302)
    assert said.kind == "far above least"
    assert said.sentence.startswith(
        "The loss is 0.105, far above the 0.000170 that it had at epoch 2."
    )
    assert_advice_holds(run, 302, said)


def test_a_loss_that_unlearned_some_is_named():
    run = with_losses([0.2, *[0.01] * 100, *[0.02 + 1e-4 * (k % 7) for k in range(100)]])
    said = diagnosis(run, 200)
    assert said.kind == "above least"
    assert said.sentence.startswith("The loss is 0.0201, above the 0.0100 that it had at epoch 1.")


def test_a_loss_that_climbs_is_named():
    run = with_losses(np.linspace(0.1, 0.25, 101))
    said = diagnosis(run, 100)
    assert said.kind == "climbing"
    assert "learning rate of 3 the loss has climbed from 0.100 to 0.250." in said.sentence
    assert_advice_holds(run, 100, said)


def test_a_loss_that_swings_is_named():
    run = with_losses(0.1 + 0.05 * np.cos(np.pi * np.arange(401)))
    said = diagnosis(run, 400)
    assert said.kind == "swinging"
    assert "in the last 100 epochs between 0.0500 and 0.150." in said.sentence
    assert_advice_holds(run, 400, said)


# Trials


def test_a_trial_is_shorter_than_a_long_recording_and_says_so():
    run = train(1000.0, 5000)
    said = diagnosis(run, 5000)
    assert "in 2,000 epochs." in said.sentence
    assert_advice_holds(run, 5000, said)


@pytest.mark.long
def test_a_table_too_large_to_try_rates_on_gets_a_word_without_advice():
    values = np.random.default_rng(0).uniform(0, 100, (10_000, 50))
    start = train(1.0, 0, Dataset(frame(values, [f"c{n}" for n in range(50)])), hidden=(32,))
    run = Run(start.recipe, np.linspace(0.1, 0.25, 301), 512, start.kept)
    said = diagnosis(run, 300)
    assert (said.kind, said.better) == ("climbing", None)
    assert said.sentence.endswith("on so large a table, trying some would take too long.")


@pytest.mark.parametrize("epoch", [-1, 21])
def test_an_epoch_that_was_not_recorded_is_refused(epoch):
    with pytest.raises(ValueError, match="not between 0 and 20"):
        diagnosis(train(1.0, 20), epoch)


@pytest.mark.parametrize(
    ("rate", "hidden", "seed"), [(0.001, (3,), 0), (60.0, (3,), 0), (1.0, (3, 4), 1)]
)
def test_it_depends_on_nothing_but_the_recipe_and_the_epoch(rate, hidden, seed):
    run = train(rate, 1000, hidden=hidden, seed=seed)
    said = diagnosis(run, 500)
    assert said == diagnosis(run, 500)
    assert said == diagnosis(run.to(500), 500)
    assert said == diagnosis(run.recipe.train(700), 500)


wild = st.builds(
    train,
    rate=st.sampled_from([0.001, 0.03, 1.0, 8.0, 55.0, 700.0, 1e9, 1e12]),
    epochs=st.integers(0, 400),
    data=st.sampled_from([EXAM, XOR, CONTRADICTORY]),
    hidden=st.sampled_from([(), (1,), (3,), (3, 3, 3)]),
    seed=st.integers(0, 5),
)


@pytest.mark.long
@settings(max_examples=150, deadline=None, database=None)
@given(st.one_of(wild, runs(most_epochs=60)), st.floats(0, 1))
def test_any_run_at_any_epoch_gives_nothing_or_a_true_advice(run, part):
    epoch = round(part * run.epochs)
    said = diagnosis(run, epoch)
    if said is None:
        return
    assert said.kind in {kind.name for kind in KINDS}
    assert said.sentence.strip().endswith(".")
    assert "nan" not in said.sentence and "inf" not in said.sentence
    assert "-" not in said.sentence
    if said.better is not None:
        assert math.isfinite(said.better) and said.better != run.learning_rate
        assert_advice_holds(run, epoch, said)


def test_recordings_that_skip_epochs_are_judged_alike():
    recipe = Recipe(EXAM, learning_rate=100.0)
    short = record(recipe, 500, 2000)
    assert short.every > 1
    assert diagnosis(short, 333) == diagnosis(recipe.train(500), 333)
