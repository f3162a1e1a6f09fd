import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import exam_run

from nnviz.charts.frames import FRAMES, WINDOW, Frames, frame_epochs, shown_rows

fuzz = settings(max_examples=200, deadline=None, database=None)


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


@pytest.mark.parametrize(("rows", "shown"), [(0, 0), (1, 1), (40, 40), (41, 40), (10_000, 40)])
def test_shown_rows_are_spread_from_the_first_to_the_last(rows, shown):
    chosen = shown_rows(rows)
    assert len(chosen) == shown
    assert list(chosen[:1]) + list(chosen[-1:]) == ([0, rows - 1] if rows else [])
    assert (np.diff(chosen) > 0).all()


def test_the_numbers_of_all_frames_are_those_of_the_run():
    run = exam_run((2, 4, 3, 1), epochs=300)
    frames = Frames(run, np.arange(0, 301), (1.5, 7.0))
    assert np.array_equal(frames.weights, run.weights_at(frames.epochs))
    for epoch in (0, 127, 128, 129, 300):
        layers = run.network(epoch).forward(run.data.scale([(1.5, 7.0)]))[1:]
        assert frames.neurons[epoch] == pytest.approx(np.hstack([a[0] for a in layers]), 1e-6)
        answer = run.predict([(1.5, 7.0)], epoch)[0, 0]
        assert frames.prediction[epoch] == pytest.approx(answer, 1e-12)
        known = run.predict(run.data.inputs, epoch)[:, 0]
        assert frames.guesses[epoch] == pytest.approx(known, 1e-12)
        asked = run.predict(run.data.questions, epoch)[:, 0]
        assert frames.answers[epoch] == pytest.approx(asked, 1e-12)


def test_all_frames_go_forward_once(monkeypatch):
    import nnviz.charts.frames as room

    passed = []

    def counted(weights, X):
        passed.append(len(weights[0]))
        return forward(weights, X)

    forward = room.forward
    monkeypatch.setattr(room, "forward", counted)
    frames = Frames(exam_run(epochs=200), np.arange(201), (4.0, 8.0))
    assert len(frames.neurons) == len(frames.prediction) == len(frames.guesses) == 201
    assert len(frames.answers) == 201
    assert sum(passed) == 201
