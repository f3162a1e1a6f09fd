"""The loss on rows that are held out, and where it parts from that of the training rows."""

import numpy as np
import pandas as pd
import pytest
from runs import EXAM, exam_run, forward

import nnviz
from nnviz.charts import LOSS
from nnviz.engine.moment import Moment
from nnviz.engine.roles import HELD_OUT
from nnviz.trust.held import held_curve, parting


def noisy(rows=14, held=6, seed=1):
    """A table whose labels are half chance, the last rows of which are held out."""
    rng = np.random.default_rng(seed)
    x = rng.uniform(0, 1, (rows, 2))
    y = np.clip(0.5 * x[:, 0] + rng.uniform(0, 0.5, rows), 0, 1)
    table = pd.DataFrame(np.column_stack([x, y]), columns=list("abc"))
    roles = nnviz.Recipe(table).roles
    numbers = range(rows - held + 1, rows + 1)
    return nnviz.Recipe(
        table,
        hidden=(12,),
        learning_rate=4.0,
        roles=roles.but(rows={number: HELD_OUT for number in numbers}),
    )


def by_hand(run, epoch):
    """The loss on the held-out rows, by their cells."""
    rows = run.data.table.to_numpy(float)[run.data.held_rows - 1]
    scale = run.data.table.to_numpy(float)[run.data.training_rows - 1, :2].max(axis=0)
    o = forward(run.network(epoch).weights, rows[:, :2] / scale)[-1]
    return float(((rows[:, 2:] - o) ** 2).mean())


def test_the_curve_is_the_loss_on_rows_that_were_never_trained_on(monkeypatch):
    monkeypatch.setattr("nnviz.trust.held._NUMBERS", 200)
    run = noisy().train(500)
    epochs, losses = held_curve(run)
    assert (epochs[0], epochs[-1]) == (0, 500)
    for epoch, loss in list(zip(epochs.tolist(), losses))[::25]:
        assert loss == pytest.approx(by_hand(run, epoch))


def test_where_they_part_is_where_the_held_out_loss_was_least():
    run = noisy().train(5000)
    epochs, losses = held_curve(run)
    at = int(epochs[losses.argmin()])
    assert 0 < at < 5000
    said = parting(run)
    assert said.startswith("Here the two part")
    assert f"was least at epoch {at}:" in said
    assert by_hand(run, 5000) > by_hand(run, at) and run.loss[5000] < run.loss[at]


def test_as_long_as_both_fall_nothing_parts():
    run = noisy().train(2)
    assert np.diff(held_curve(run)[1]).max() <= 0 or "part" not in parting(run)
    assert "Here the two part" not in parting(run)
    assert parting(noisy().train(0)).endswith("at epoch 0, near its least.")


def test_without_such_rows_there_is_no_curve_and_no_sentence():
    assert parting(exam_run()) == ""
    assert [len(part) for part in held_curve(exam_run())] == [0, 0]


def test_the_loss_chart_has_the_curve_beside_the_runs_own():
    run = noisy(held=1).train(40)
    traces = {trace.name: trace for trace in LOSS.figure(Moment(run, 7, (0.5, 0.5))).data}
    epochs, losses = held_curve(run)
    assert np.array_equal(traces["held"].x, epochs)
    assert np.array_equal(traces["held"].y, losses)
    assert "1 held-out row," in parting(run)
    none = {trace.name: trace for trace in LOSS.figure(Moment(exam_run(), 7, (4, 8))).data}
    assert len(none["held"].x) == 0
    assert nnviz.Recipe(EXAM).data.held_X.shape == (0, 2)
