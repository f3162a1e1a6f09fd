"""Tables, losses and weights, as files."""

import csv
import io
import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from runs import EXAM, exam_run

from nnviz import Recipe
from nnviz.engine.roles import HELD_OUT
from nnviz.export import loss_csv, table_csv, weights_json, weights_npz


def rows_of(text):
    return list(csv.reader(io.StringIO(text)))


def test_the_table_stands_beside_its_predictions():
    run = Recipe(EXAM).train(300)
    head, *rows = rows_of(table_csv(run, 202))
    assert head == ["study", "sleep", "score", "score, predicted"]
    assert [row[:3] for row in rows] == [
        ["2", "9", "92"],
        ["1", "5", "86"],
        ["3", "6", "89"],
        ["4", "8", ""],
    ]
    predicted = run.predict([[2, 9], [1, 5], [3, 6], [4, 8]], 202)[:, 0]
    assert [float(row[3]) for row in rows] == predicted.tolist()


def test_a_blank_row_keeps_its_place():
    table = pd.DataFrame([[2, 9, 92], [np.nan] * 3, [4, 8, np.nan]], columns=["a", "b", "c"])
    _, *rows = rows_of(table_csv(Recipe(table).train(3)))
    assert rows[1] == [""] * 4
    assert rows[2][3]


@pytest.mark.parametrize("name", ["=1+1", "+x", "-x", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0"])
def test_a_name_that_would_be_a_formula_is_disarmed(name):
    table = EXAM.set_axis(["study", "sleep", name], axis=1)
    head = rows_of(table_csv(Recipe(table).train(3)))[0]
    assert all(cell[0] not in "=+-@\t\r" for cell in head)


def test_a_cell_that_would_be_a_formula_is_disarmed_and_texts_stay():
    table = pd.DataFrame({"kind": ["=1+1", "Opel", "@x", "Opel"], "price": [1, 2, 3, None]})
    head, *rows = rows_of(table_csv(Recipe(table).train(3)))
    assert [row[0] for row in rows] == ["'=1+1", "Opel", "'@x", "Opel"]
    assert rows[1][2] == rows[3][2]  # the same text has the same answer, asked or learned


def test_classes_and_rows_that_are_held_out_have_their_predictions():
    table = pd.DataFrame({"size": [1, 2, 8, 9], "kind": ["cat", "cat", "dog", "cow"]})
    roles = replace(Recipe(table).roles, rows={2: HELD_OUT})
    run = Recipe(table, roles=roles).train(40)
    head, *rows = rows_of(table_csv(run))
    assert head[2:] == [f"kind = {name}, predicted" for name in ("cat", "cow", "dog")]
    shares = [float(cell) for cell in rows[1][2:]]
    # A product of matrices may end in another bit than that of one row.
    assert shares == pytest.approx(run.predict([[2]])[0].tolist(), rel=1e-14)


def test_negative_numbers_stay_numbers():
    table = pd.DataFrame({"x": [-2.5, 1], "y": [1, 2]})
    assert rows_of(table_csv(Recipe(table).train(3)))[1][0] == "-2.5"


def test_every_loss_is_there_to_the_last_digit():
    run = exam_run(epochs=40)
    head, *rows = rows_of(loss_csv(run))
    assert head == ["epoch", "loss"]
    assert [int(epoch) for epoch, _ in rows] == list(range(41))
    assert [float(loss) for _, loss in rows] == run.loss.tolist()


def test_weights_as_json_and_as_npz_are_the_epochs_own():
    run = exam_run((2, 3, 2, 1), epochs=40)
    weights = run.network(17).weights
    said = json.loads(weights_json(run, 17))
    assert (said["epoch"], said["inputs"], said["outputs"]) == (17, ["study", "sleep"], ["score"])
    with np.load(io.BytesIO(weights_npz(run, 17))) as file:
        assert list(file) == ["W1", "W2", "W3"]
        for name, w in zip(file, weights):
            assert np.array_equal(file[name], w)
            assert said[name] == w.tolist()


def test_the_same_run_makes_the_same_bytes(monkeypatch):
    first = weights_npz(Recipe(EXAM).train(30), 20)
    monkeypatch.setattr("time.time", lambda: 2e9)
    monkeypatch.setattr("time.localtime", lambda *_: (2033, 5, 18, 3, 33, 20, 2, 138, 0))
    assert weights_npz(Recipe(EXAM).train(90), 20) == first
    assert weights_json(exam_run(), 3) == weights_json(exam_run(), 3)


def test_an_epoch_that_was_not_recorded_is_refused():
    for export in (table_csv, weights_json, weights_npz):
        with pytest.raises(ValueError, match="Epoch 21 is not between"):
            export(exam_run(epochs=20), 21)
