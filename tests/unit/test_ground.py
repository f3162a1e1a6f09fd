"""The points of a map, and what a network says at each of them."""

import numpy as np
import pandas as pd
import pytest
from runs import EXAM, QUESTION, exam_run, forward

import nnviz
from nnviz.charts.map import map_at, map_epochs, map_frames, shades, small_points
from nnviz.engine.many import train_many
from nnviz.engine.moment import Moment
from nnviz.trust.ground import disagreement, ground

DATA = nnviz.Dataset(EXAM)


def four():
    rng = np.random.default_rng(0)
    return pd.DataFrame(rng.uniform(1, 9, (6, 5)), columns=list("abcde"))


def test_two_inputs_are_a_grid_at_round_values():
    on = ground(DATA, QUESTION, (0, 1))
    study, sleep = on.values
    assert on.points == (len(study), len(sleep))
    assert {4.0, 1.0, 3.0} <= set(study) and {8.0, 5.0, 9.0} <= set(sleep)
    assert on.inputs.shape == (len(study) * len(sleep), 2)
    assert on.inputs[: len(study), 0].tolist() == study.tolist()
    assert (on.inputs[: len(study), 1] == sleep[0]).all()
    assert on.rows == ((1, 3), (5, 9))


def test_the_other_inputs_have_the_questions_values():
    data = nnviz.Dataset(four())
    question = (2.0, 3.5, 4.0, 8.0)
    on = ground(data, question, (2, 0))
    assert (on.inputs[:, [1, 3]] == [3.5, 8.0]).all()
    assert np.ptp(on.inputs[:, 0]) > 0 and np.ptp(on.inputs[:, 2]) > 0
    assert on.inputs[: on.points[0], 2].tolist() == on.values[0].tolist()


@pytest.mark.parametrize(
    ("value", "is_on"), [(4, True), (7, True), (1e6, False), (-1e15, False), (2, True)]
)
def test_a_question_is_on_the_map_unless_it_is_far_away(value, is_on):
    (study,) = ground(DATA, (value, 8.0), (0,)).values
    assert (study[0] <= value <= study[-1]) == is_on
    assert study[0] <= 1 and study[-1] >= 3


@pytest.mark.parametrize("value", [0.0, 1e-9, 5.0, -3.0, 1e14])
def test_a_column_of_one_value_has_room_around_it(value):
    table = pd.DataFrame([[value, 1.0, 3.0], [value, 2.0, 4.0]], columns=list("abc"))
    if value == 0:
        table.iloc[1, 0] = 1.0
    data = nnviz.Dataset(table)
    (along,) = ground(data, (value, 1.0), (0,)).values
    assert 10 <= len(along) <= 60
    assert (np.diff(along) > 0).all()
    assert along[0] < value < along[-1]


@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 1), (2, 4, 2, 1)])
def test_a_film_of_maps_is_what_the_network_says_at_each_point(sizes):
    run = exam_run(sizes)
    on = ground(DATA, QUESTION, (0, 1))
    epochs = map_epochs(run, on)
    assert epochs.tolist() == list(range(21))
    frames = map_frames(run, on, epochs, DATA.label().aspect())
    for k in (0, 7, 20):
        layers = forward(run.network(k).weights, on.inputs / [3, 9])
        assert np.allclose(frames["answers"][k], 100 * layers[-1][:, 0], rtol=1e-6)
        small = [
            column * 2 + row * 2 * on.points[0]
            for row in range(small_points(on)[1])
            for column in range(small_points(on)[0])
        ]
        hidden = [layer[small, n] for layer in layers[1:-1] for n in range(layer.shape[1])]
        seen = np.concatenate(hidden) if hidden else np.empty(0)
        assert np.abs(frames["neurons"][k] / 255 - seen).max(initial=0) < 0.5 / 255 + 1e-9


def test_a_long_films_maps_are_thinned_and_end_with_the_last_epoch(monkeypatch):
    monkeypatch.setattr("nnviz.charts.map.MAP_BYTES", 40_000)
    run = exam_run()
    on = ground(DATA, QUESTION, (0, 1))
    epochs = map_epochs(run, on)
    frames = map_frames(run, on, epochs, DATA.label().aspect())
    assert epochs[0] == 0 and epochs[-1] == 20 and 3 < len(epochs) < 21
    assert sum(array.nbytes for array in frames.values()) < 2 * 40_000


def test_the_map_of_the_epoch_at_rest_is_whole():
    moment = Moment(exam_run(), 13, QUESTION)
    on = ground(DATA, QUESTION, (0, 1))
    sent = map_at(moment, on)
    expected = 100 * forward(moment.network.weights, on.inputs / [3, 9])[-1][:, 0]
    assert np.allclose(sent["answers"], expected, rtol=1e-6)
    assert sent["of"]["epoch"] == 13


def test_where_networks_disagree_is_by_what_each_of_them_says():
    on = ground(DATA, QUESTION, (0, 1))
    many = train_many([2, 3, 1], DATA, range(12), 20)
    widths = disagreement(Moment(exam_run(), 20, QUESTION), many, on)
    alone = [nnviz.Recipe(DATA, seed=seed).train(20).predict(on.inputs)[:, 0] for seed in range(12)]
    low, high = np.percentile(alone, [5, 95], axis=0)
    assert np.allclose(widths, high - low, rtol=0, atol=1e-9)


def test_the_colours_are_the_weights_two_and_fade_in_the_middle():
    colors = shades()
    assert colors[0][:3] == [224, 116, 40] and colors[-1][:3] == [63, 134, 224]
    opacities = [color[3] for color in colors]
    half = len(colors) // 2
    assert opacities[:half] == opacities[: half - 1 : -1] == sorted(opacities[:half], reverse=True)
