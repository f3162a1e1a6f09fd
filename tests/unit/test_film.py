from functools import partial

import numpy as np
import pandas as pd
import pytest
import runs
from projector import project
from runs import QUESTION, ROWS, forward

import nnviz
from nnviz.charts.frames import FRAMES, ROWS_SHOWN, WINDOW, shown_rows
from nnviz.player.film import film as encoded
from nnviz.strokes import strokes_for
from nnviz.writing import loss_text, prediction_text

record = partial(runs.record, names=())


def filmed(run, question=QUESTION, around=0):
    return project(encoded(run, question, around, 100_000))


def assert_frame_is_the_runs(run, arrays, k, question=QUESTION):
    epoch, data = arrays["epochs"][k, 0], run.data
    weights = run.network(epoch).weights
    flat = np.concatenate([w.ravel() for w in weights])
    asked = forward(weights, np.divide([question], data.input_scale))
    rows = [data.inputs[shown_rows(len(data.inputs))], data.questions]
    guesses = forward(weights, np.vstack(rows) / data.input_scale)[-1] * data.label_scale
    answer = asked[-1][0, 0] * data.label_scale
    assert arrays["loss.curve"][k, 0] == run.loss[epoch]
    assert arrays["readouts.loss"][k] == loss_text(run.loss[epoch])
    assert float(arrays["readouts.prediction"][k]) == pytest.approx(answer, abs=0.00501)
    assert arrays["readouts.prediction"][k] in nearly(answer, data.label_scale)
    assert arrays["network.neurons"][k] == pytest.approx(np.hstack([a[0] for a in asked[1:]]), 1e-6)
    seen = np.hstack([arrays["prediction.guesses"][k], arrays["prediction.questions"][k]])
    assert seen == pytest.approx(guesses[:, 0], 1e-6)
    assert arrays["prediction.guesses"].shape[1] == len(rows[0])
    assert np.array_equal(arrays["network.strokes"][k], strokes_for(run.sizes).index(flat))
    if "network.weights" in arrays:
        assert arrays["network.weights"][k] == pytest.approx(flat, rel=2e-7)


def nearly(label, label_scale):
    """The texts of a label; two if it lies within rounding of where the last digit changes."""
    return {prediction_text(label * (1 + way), label_scale) for way in (-1e-12, 0, 1e-12)}


def test_a_film_of_the_tutorials_run_has_every_epoch_and_stays_below_200_kb():
    film = encoded(record(3), QUESTION, 0, 100_000)
    header, arrays = project(film)
    assert len(film) < 200_000
    assert np.array_equal(arrays["epochs"][:, 0], np.arange(1001))
    assert header["of"]["recorded"] == 1000
    assert header["epochsAtMost"] == 100_000
    assert header["epochsAtFirst"] == 0
    for k in (0, 1, 37, 500, 1000):
        assert_frame_is_the_runs(record(3), arrays, k)


@pytest.mark.parametrize("hidden", [(1,), (16,), (32,), (4, 4), (8, 8, 3), (32, 32, 32)])
def test_a_film_of_any_network_holds_the_runs_numbers(hidden):
    run = record(*hidden, epochs=60)
    _, arrays = filmed(run)
    for k in (0, 7, 60):
        assert_frame_is_the_runs(run, arrays, k)


def test_weights_are_sent_where_synapses_carry_them_as_numbers():
    assert "network.weights" in filmed(record(5, epochs=5))[1]
    assert "network.weights" not in filmed(record(6, epochs=5))[1]


def test_of_a_long_table_as_many_rows_are_sent_as_are_shown():
    rows = [[i, 200 - i, i % 90] for i in range(1, 150)]
    run = record(3, rows=rows, epochs=20, rate=0.02)
    _, arrays = filmed(run)
    assert arrays["prediction.guesses"].shape == (21, ROWS_SHOWN)
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


def test_every_array_starts_at_a_multiple_of_8_and_none_overlaps():
    film = encoded(record(3, epochs=12), QUESTION, 0, 100_000)
    header, _ = project(film)
    start, end = 4 + int.from_bytes(film[:4], "little"), 0
    assert start % 8 == 0
    for place in header["arrays"].values():
        assert place["offset"] % 8 == 0
        assert place["offset"] >= end
        size = 1 if place["type"] == "text" else np.dtype(place["type"]).itemsize
        end = place["offset"] + header["frames"] * place["columns"] * size
    assert start + end <= len(film) < start + end + 8


def test_the_header_is_plain_ascii_whatever_the_names():
    data = nnviz.Dataset(pd.DataFrame([[1, 2]], columns=["Stunden ü", "点数"]))
    run = nnviz.train(nnviz.Network.random([1, 2, 1], 0), data, 3)
    header, _ = filmed(run, (1.0,))
    assert header["label"] == "点数"
    film = encoded(run, (1.0,), 0, 10)
    assert film[4 : 4 + int.from_bytes(film[:4], "little")].isascii()


def test_arrays_are_named_by_the_chart_that_hands_them_in():
    header, arrays = filmed(record(3, epochs=5))
    assert list(arrays) == [
        "epochs",
        "aspect",
        "readouts.loss",
        "readouts.prediction",
        "readouts.share",
        "network.neurons",
        "network.strokes",
        "network.weights",
        "loss.curve",
        "prediction.guesses",
        "prediction.questions",
        "prediction.asked",
        "prediction.classes",
    ]
    assert header["inputs"] == {"values": ["1.33", "0.89"], "names": ["x0 4", "x1 8"]}
    assert header["window"] == WINDOW


def test_the_film_says_what_it_is_of():
    run = record(3, epochs=5)
    header, _ = filmed(run)
    of = header["of"]
    assert (of["recipe"], of["recorded"], of["question"]) == (run.recipe.key, 5, [4.0, 8.0])
    assert of.keys() == {"recipe", "recorded", "question", "aspect", "network", "prediction"}


@pytest.mark.parametrize("loss_rows", [[[2, 9, 100]], ROWS])
def test_a_small_loss_is_read_out_as_python_writes_it(loss_rows):
    run = record(3, rows=loss_rows, epochs=3000)
    _, arrays = filmed(run)
    written = [f"{run.loss[epoch]:#.3g}" for epoch in arrays["epochs"][:, 0]]
    assert arrays["readouts.loss"] == written
