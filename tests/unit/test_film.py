import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projector import project

import nnviz
from nnviz import film as films
from nnviz.film import FRAMES, ROWS_SHOWN, WINDOW, frame_epochs, shown_rows, signed
from nnviz.strokes import strokes_for

ROWS = [[2, 9, 92], [1, 5, 86], [3, 6, 89], [4, 8, None]]
QUESTION = (4.0, 8.0)

fuzz = settings(max_examples=200, deadline=None, database=None)


def record(*hidden, rows=ROWS, epochs=1000, seed=0, rate=1.0, **options):
    data = nnviz.Dataset(pd.DataFrame(rows, columns=[f"x{j}" for j in range(len(rows[0]))]))
    sizes = [data.X.shape[1], *hidden, 1]
    return nnviz.train(nnviz.Network.random(sizes, seed), data, epochs, rate, **options)


def filmed(run, question=QUESTION, around=0):
    return project(films.film(run, question, around, 100_000))


def forward(weights, X):
    layers = [X]
    for w in weights:
        layers.append(1 / (1 + np.exp(-layers[-1] @ w)))
    return layers


def assert_frame_is_the_runs(run, arrays, k, question=QUESTION):
    epoch, data = arrays["epochs"][k, 0], run.data
    weights = run.network(epoch).weights
    flat = np.concatenate([w.ravel() for w in weights])
    asked = forward(weights, np.divide([question], data.input_scale))
    rows = [data.inputs[shown_rows(len(data.inputs))], data.questions]
    guesses = forward(weights, np.vstack(rows) / data.input_scale)[-1] * data.label_scale
    assert arrays["loss"][k, 0] == run.loss[epoch]
    assert arrays["prediction"][k, 0] == pytest.approx(asked[-1][0, 0] * data.label_scale, 1e-12)
    assert arrays["neurons"][k] == pytest.approx(np.hstack([a[0] for a in asked[1:]]), 1e-6)
    assert arrays["guesses"][k] == pytest.approx(guesses[:, 0], 1e-6)
    assert np.array_equal(arrays["strokes"][k], strokes_for(run.sizes).index(flat))
    if "weights" in arrays:
        assert np.array_equal(arrays["weights"][k], flat.astype(np.float32))


def test_a_film_of_the_tutorials_run_has_every_epoch_and_stays_below_200_kb():
    film = films.film(record(3), QUESTION, 0, 100_000)
    header, arrays = project(film)
    assert len(film) < 200_000
    assert np.array_equal(arrays["epochs"][:, 0], np.arange(1001))
    assert header["recorded"] == 1000
    assert header["epochsAtMost"] == 100_000
    for k in (0, 1, 37, 500, 1000):
        assert_frame_is_the_runs(record(3), arrays, k)


@pytest.mark.parametrize("hidden", [(1,), (16,), (32,), (4, 4), (8, 8, 3), (32, 32, 32)])
def test_a_film_of_any_network_holds_the_runs_numbers(hidden):
    run = record(*hidden, epochs=60)
    _, arrays = filmed(run)
    for k in (0, 7, 60):
        assert_frame_is_the_runs(run, arrays, k)


def test_weights_are_sent_where_synapses_carry_them_as_numbers():
    assert "weights" in filmed(record(5, epochs=5))[1]
    assert "weights" not in filmed(record(6, epochs=5))[1]


def test_of_a_long_table_as_many_rows_are_sent_as_are_shown():
    rows = [[i, 200 - i, i % 90] for i in range(1, 150)]
    run = record(3, rows=rows, epochs=20, rate=0.02)
    _, arrays = filmed(run)
    assert arrays["guesses"].shape == (21, ROWS_SHOWN)
    assert_frame_is_the_runs(run, arrays, 20)


def test_a_long_recording_is_thinned_and_whole_around_the_playhead():
    run = record(3, epochs=20_000)
    _, arrays = filmed(run, around=7100)
    epochs = arrays["epochs"][:, 0]
    assert len(epochs) <= FRAMES + 3 * WINDOW + 2
    assert np.isin(np.arange(7100 - WINDOW, 7100 + WINDOW), epochs).all()
    for k in np.searchsorted(epochs, [0, 6999, 7100, 7101, 20_000]):
        assert_frame_is_the_runs(run, arrays, k)


def test_a_recording_that_skips_epochs_is_filmed_exactly():
    whole = record(3, epochs=6000)
    run = record(3, epochs=6000, recording_bytes=200_000)
    assert run.every > 1
    _, arrays = filmed(run, around=1234)
    for k in (0, 1, 1234, 2001, -1):
        assert_frame_is_the_runs(whole, arrays, k)


@fuzz
@given(epochs=st.integers(0, 100_000), every=st.integers(1, 60), around=st.integers(0, 100_000))
def test_frames_rise_from_the_first_epoch_to_the_last_and_are_bounded(epochs, every, around):
    around = min(around, epochs)
    frames = frame_epochs(epochs, every, around)
    assert (frames[0], frames[-1]) == (0, epochs)
    assert (np.diff(frames) > 0).all()
    assert len(frames) <= FRAMES + 3 * WINDOW + 3
    near = np.arange(max(0, around - WINDOW), min(epochs, around + WINDOW) + 1)
    assert np.isin(near, frames).all()


def test_every_array_starts_at_a_multiple_of_8_and_none_overlaps():
    film = films.film(record(3, epochs=12), QUESTION, 0, 100_000)
    header, _ = project(film)
    start, end = 4 + int.from_bytes(film[:4], "little"), 0
    assert start % 8 == 0
    for place in header["arrays"].values():
        assert place["offset"] % 8 == 0
        assert place["offset"] >= end
        end = place["offset"] + place["length"] * np.dtype(place["type"]).itemsize
    assert start + end <= len(film) < start + end + 8


def test_the_header_is_plain_ascii_whatever_the_names():
    data = nnviz.Dataset(pd.DataFrame([[1, 2]], columns=["Stunden ü", "点数"]))
    run = nnviz.train(nnviz.Network.random([1, 2, 1], 0), data, 3)
    header, _ = filmed(run, (1.0,))
    assert header["label"] == "点数"
    film = films.film(run, (1.0,), 0, 10)
    assert film[4 : 4 + int.from_bytes(film[:4], "little")].isascii()


def test_a_take_has_one_name_however_long_it_is_recorded():
    assert films.take(record(3, epochs=10)) == films.take(record(3, epochs=2000))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record(3, epochs=5), record(4, epochs=5)),
        (record(3, epochs=5), record(3, epochs=5, seed=1)),
        (record(3, epochs=5), record(3, epochs=5, rate=0.5)),
        (record(3, epochs=5), record(3, epochs=5, rows=[[2, 9, 91], *ROWS[1:]])),
        (record(3, epochs=5), record(3, epochs=5, rows=[*ROWS[:3], [1, 1, None]])),
        (record(6, epochs=5), record(3, 3, epochs=5)),  # as many weights, and the same
    ],
)
def test_another_run_is_another_take(one, other):
    assert films.take(one) != films.take(other)


def test_no_weight_changes_a_charts_structure():
    one, other = record(3, epochs=5), record(3, epochs=50, seed=4, rate=2)
    assert films.network_structure(one) == films.network_structure(other)
    assert films.prediction_structure(one) == films.prediction_structure(other)


def test_what_a_chart_writes_of_the_table_is_part_of_its_structure():
    hours, minutes = ([[f * a, b, c] for a, b, c in ROWS] for f in (1, 60))
    assert films.prediction_structure(record(3, rows=hours)) != films.prediction_structure(
        record(3, rows=minutes)
    )
    assert films.prediction_structure(record(3, rows=[[2, 9, 92]])) != films.prediction_structure(
        record(3, rows=[[5, 9, 92]])
    )
    assert films.network_structure(record(3)) != films.network_structure(record(4))


@pytest.mark.parametrize(("rows", "shown"), [(0, 0), (1, 1), (40, 40), (41, 40), (10_000, 40)])
def test_shown_rows_are_spread_from_the_first_to_the_last(rows, shown):
    chosen = shown_rows(rows)
    assert len(chosen) == shown
    assert list(chosen[:1]) + list(chosen[-1:]) == ([0, rows - 1] if rows else [])
    assert (np.diff(chosen) > 0).all()


@pytest.mark.parametrize(
    ("weight", "text"), [(0.0, "+0.00"), (-0.126, "−0.13"), (-0.001, "−0.00"), (12.345, "+12.35")]
)
def test_a_weight_is_written_with_its_sign(weight, text):
    assert signed(weight) == text


@pytest.mark.parametrize(("scale", "count"), [(100.0, 2), (1.0, 4), (1e6, 0), (0.1, 5)])
def test_a_predicted_label_has_four_digits_below_its_full_scale(scale, count):
    assert films.decimals(scale) == count
