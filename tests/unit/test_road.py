"""The cuts through the loss are exact, and the plane is the one that holds most of the path."""

import numpy as np
import pandas as pd
import pytest
from runs import EXAM, exam_run, forward

import nnviz
from nnviz.trust.road import Line, about, line, losses_at, plane, share_text

XOR = pd.DataFrame([[0, 0, 0.0], [0, 1, 1], [1, 0, 1], [1, 1, 0]], columns=list("abc"))


def loss_by_hand(run, flat):
    o = forward(run.shape.weights(np.array(flat)), run.data.X)[-1]
    return float(((run.data.y - o) ** 2).mean())


@pytest.fixture(params=["exam", "xor", "no hidden layer"])
def run(request):
    recipes = {
        "exam": nnviz.Recipe(EXAM),
        "xor": nnviz.Recipe(XOR, hidden=(4, 2), seed=1),
        "no hidden layer": nnviz.Recipe(EXAM, hidden=()),
    }
    return recipes[request.param].train(300)


def test_the_loss_at_any_weights_is_that_of_the_rows(run, monkeypatch):
    monkeypatch.setattr("nnviz.trust.road._NUMBERS", 100)
    flat = np.random.default_rng(0).normal(size=(7, run.shape.count))
    assert losses_at(run, flat) == pytest.approx([loss_by_hand(run, w) for w in flat])


def test_the_straight_line_begins_and_ends_with_the_runs_own_losses(run):
    found = line(run)
    start, end = run.weights_at([0, 300])
    for part, loss in zip(found.parts, found.losses):
        assert loss == pytest.approx(loss_by_hand(run, start + part * (end - start)))
    at = {round(float(part), 6): loss for part, loss in zip(found.parts, found.losses)}
    assert (at[0.0], at[1.0]) == (pytest.approx(run.loss[0]), pytest.approx(run.loss[300]))


@pytest.mark.parametrize(
    ("losses", "said"),
    [
        ([9, 3, 2, 1, 9], "downhill all the way"),
        ([0, 1, 2, 3, 9], "uphill all the way"),
        ([9, 2, 5, 1, 9], "A hill"),
        ([9, 3, 1, 2, 0], "not downhill all the way"),
        ([9, 1, 1, 1, 9], "has not moved"),
    ],
)
def test_what_the_straight_way_is_called(losses, said):
    parts = np.array([-0.25, 0, 0.5, 1, 1.25])
    assert said in Line(parts, np.array(losses, dtype=float)).sentence


def test_the_plane_goes_through_the_path(run):
    found = plane(run)
    end = run.weights_at([300])[0]
    assert found.directions @ found.directions.T == pytest.approx(np.eye(2), abs=1e-12)
    for k in (0, len(found.epochs) // 2, len(found.epochs) - 1):
        moved = run.weights_at([found.epochs[k]])[0] - end
        assert found.path[k] == pytest.approx(found.directions @ moved)
    assert found.path[-1] == pytest.approx([0, 0], abs=1e-12)
    for row, column in ((0, 0), (10, 30), (44, 44)):
        at = end + [found.x[column], found.y[row]] @ found.directions
        assert found.losses[row, column] == pytest.approx(loss_by_hand(run, at))


def test_no_other_plane_holds_more_of_the_path(run):
    found = plane(run)
    moved = run.weights_at(found.epochs) - run.weights_at([300])[0]
    whole = (moved**2).sum()
    assert found.share == pytest.approx((found.path**2).sum() / whole)
    rng = np.random.default_rng(0)
    for _ in range(50):
        other, _ = np.linalg.qr(rng.normal(size=(run.shape.count, 2)))
        assert ((moved @ other) ** 2).sum() / whole <= found.share + 1e-12


def test_a_path_without_two_directions_has_no_plane():
    assert plane(exam_run(epochs=0)) is None
    assert plane(exam_run(epochs=1)) is None
    one = pd.DataFrame([[1.0, 2.0], [2.0, 3.0]], columns=["a", "b"])
    assert plane(nnviz.Recipe(one, hidden=()).train(50)) is None
    assert "not moved" in line(exam_run(epochs=0)).sentence


@pytest.mark.parametrize(
    ("share", "said"), [(1, "100 %"), (0.99999, "99.9 %"), (0.5, "50 %"), (0.9876, "98.8 %")]
)
def test_a_share_is_never_rounded_up_to_all(share, said):
    assert share_text(share) == said


def test_the_other_directions_are_counted():
    found = plane(exam_run())
    assert "there are 7 other directions" in about(found, 9)
    assert "there is 1 other direction," in about(found, 3)
    assert "all the directions there are" in about(found, 2)
