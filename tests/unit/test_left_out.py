"""Each row predicted by a network that never saw it, against the tutorial's loop on the others."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from runs import EXAM, ROWS
from tutorial import Tutorial, bare_loop

import nnviz
from nnviz.engine.left_out import MOST, in_turn, left_out
from nnviz.engine.many import train_all
from nnviz.engine.moment import Moment
from nnviz.trust.unseen import misses, verdict


def found(recipe, epochs):
    rows, recipes = in_turn(recipe)
    return left_out(recipe, rows, train_all(recipes, epochs), epochs)


def by_hand(rows, left, seed, epochs):
    """What the tutorial's network says of a row after learning from the others alone."""
    others = np.array([row for k, row in enumerate(rows) if k != left], dtype=float)
    X, y = others[:, :2] / others[:, :2].max(axis=0), others[:, 2:] / 100
    net = Tutorial(*nnviz.Network.random([2, 3, 1], seed).weights)
    bare_loop(net, X, y, epochs)
    return 100 * net.forward(np.array([rows[left][:2]]) / others[:, :2].max(axis=0))[0, 0]


def test_the_exam_table_by_the_figures_that_are_known():
    recipe = nnviz.Recipe(EXAM)
    result = found(recipe, 1000)
    assert result.guesses[:, 0].round(2).tolist() == [88.18, 88.91, 91.18]
    assert result.targets[:, 0].tolist() == [92, 86, 89]
    assert result.means[:, 0].tolist() == [87.5, 90.5, 89.0]
    assert np.round(result.misses(recipe.data.label().aspect()), 2).tolist() == [2.97, 3.00]


@pytest.mark.parametrize("seed", [0, 4])
@pytest.mark.parametrize("epochs", [0, 1, 300])
def test_each_guess_is_that_of_a_training_by_hand(seed, epochs):
    guesses = found(nnviz.Recipe(EXAM, seed=seed), epochs).guesses[:, 0]
    rows = [row for row in ROWS if row[-1] is not None]
    expected = [by_hand(rows, left, seed, epochs) for left in range(3)]
    assert np.allclose(guesses, expected, rtol=0, atol=1e-10)


def test_what_a_left_out_row_says_changes_nothing_about_its_guess():
    other = EXAM.copy()
    other.loc[0] = [50.0, 90.0, 7.0]
    rows, recipes = in_turn(nnviz.Recipe(EXAM))
    _, others = in_turn(nnviz.Recipe(other))
    assert rows == [0, 1, 2]
    same = train_all([recipes[0], others[0]], 50).weights_at()
    assert np.array_equal(same[0], same[1])


def test_the_full_scale_and_given_weights_stay():
    table = pd.DataFrame([[1.0, 40.0], [2.0, 700.0], [3.0, 60.0]], columns=["a", "b"])
    weights = ([[0.5, -0.5]], [[1.0], [2.0]])
    recipe = nnviz.Recipe(table, weights=weights)
    _, recipes = in_turn(recipe)
    assert {each.data.label_scale for each in recipes} == {1000.0}
    for each in recipes:
        assert all(np.array_equal(a, b) for a, b in zip(each.network().weights, weights))


def test_several_labels():
    table = pd.DataFrame(
        [[1, 2, 30, 4], [2, 1, 60, 8], [3, 3, 90, 1.0]], columns=["a", "b", "p", "q"]
    )
    recipe = nnviz.Recipe(nnviz.Dataset(table, labels=2, label_scale=100.0))
    result = found(recipe, 20)
    assert result.guesses.shape == result.targets.shape == (3, 2)
    alone = nnviz.Recipe(
        nnviz.Dataset(table.drop(index=2), labels=2, label_scale=100.0),
        learning_rate=recipe.learning_rate,
    ).train(20)
    assert np.allclose(result.guesses[2], alone.predict([[3, 3]])[0], atol=1e-10)
    misses = np.abs(result.guesses - result.targets).mean(axis=0)
    labels = [recipe.data.label(number).aspect() for number in (0, 1)]
    assert [result.misses(label)[0] for label in labels] == pytest.approx(misses.tolist())


def test_with_one_row_none_can_be_left_out():
    table = pd.DataFrame([[2.0, 9.0, 92.0]], columns=["study", "sleep", "score"])
    assert in_turn(nnviz.Recipe(table)) == ([], [])


def test_a_row_without_which_there_is_nothing_to_learn_is_not_left_out():
    table = pd.DataFrame([[0.0, 9.0, 92.0], [0, 5, 86], [3, 6, 89]], columns=["a", "b", "c"])
    rows, _ = in_turn(nnviz.Recipe(table))
    assert rows == [0, 1]  # without the third, a is 0 in every row


def test_of_a_long_table_some_rows_are_left_out_evenly():
    rng = np.random.default_rng(0)
    table = pd.DataFrame(rng.uniform(1, 9, (500, 3)), columns=["a", "b", "c"])
    rows, recipes = in_turn(nnviz.Recipe(table))
    assert len(rows) == len(recipes) == MOST
    assert (rows[0], rows[-1]) == (0, 499)
    assert {len(recipe.data.X) for recipe in recipes} == {499}


def moment(table, epochs=1000, **options):
    recipe = nnviz.Recipe(table, **options)
    return Moment(recipe.train(epochs), epochs, (4.0, 8.0)), found(recipe, epochs)


def test_what_follows_for_the_exam_table():
    here, left = moment(EXAM)
    assert misses(here, left) == (
        "A network that never saw the row misses its score by 2.97 in the mean; always guessing "
        "the other rows’ mean misses it by 3.00."
    )
    said = verdict(here, left)
    assert said.startswith("So on rows it has not seen it does no better than the mean.")
    trained = here.run.predict(here.data.inputs)[:, 0]
    seen = np.abs(trained - [92, 86, 89]).mean()
    assert seen == pytest.approx(1.485, abs=0.0005)
    assert "this run misses by 1.48, about half as much: it knows them partly by heart." in said
    assert said.endswith("With 3 rows, one more could change all this.")


@pytest.mark.parametrize(
    ("network", "mean", "said"),
    [
        (0.0, 0.0, "the mean is never wrong"),
        (0.49, 1.0, "much of a rule"),
        (0.51, 1.0, "better than the mean, but misses more than half"),
        (0.89, 1.0, "better than the mean, but misses more than half"),
        (0.91, 1.0, "no better than the mean"),
        (1.09, 1.0, "no better than the mean"),
        (1.2, 1.0, "worse than always guessing the mean"),
    ],
)
def test_the_verdict_goes_by_the_misses(network, mean, said):
    here, left = moment(EXAM, 1)
    shifted = left.targets + network
    left = dataclasses.replace(left, guesses=shifted, means=left.targets - mean)
    assert said in verdict(here, left)


def test_rows_that_are_learned_by_heart_are_called_so():
    table = pd.DataFrame([[0.0, 1, 1.0], [1, 0, 1.0], [1, 1, 0], [0, 0, 0]], columns=list("abc"))
    here, left = moment(table, 5000, seed=0)
    seen = np.abs(here.run.predict(here.data.inputs)[:, 0] - [1, 1, 0, 0]).mean()
    assert seen < left.misses(here.aspect)[0] / 2
    said = verdict(here, left)
    assert "worse than always guessing the mean" in said and "by heart" in said
