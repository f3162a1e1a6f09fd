"""Networks side by side are, each by itself, what training it alone makes of it."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from runs import EXAM, QUESTION
from tutorial import Tutorial, bare_loop

import nnviz
from nnviz.engine import many
from nnviz.engine.many import in_pieces, train_all, train_many
from nnviz.engine.updates import UPDATES

DATA = nnviz.Dataset(EXAM)


def table(rows, inputs, labels, seed):
    rng = np.random.default_rng(seed)
    values = np.hstack([rng.normal(size=(rows, inputs)), rng.uniform(0, 100, (rows, labels))])
    return pd.DataFrame(values, columns=[f"c{j}" for j in range(inputs + labels)])


def assert_same(side_by_side, epochs):
    for epoch in epochs:
        weights = side_by_side.weights_at(epoch)
        for flat, recipe in zip(weights, side_by_side.recipes):
            alone = recipe.train(epoch).weights_at([epoch])[0]
            assert np.abs(flat - alone).max() <= 1e-12


def test_each_network_is_what_the_tutorials_own_loop_makes_of_its_start():
    together = train_many([2, 3, 1], DATA, range(20), 1000)
    for seed, flat in enumerate(together.weights_at()):
        net = Tutorial(*nnviz.Network.random([2, 3, 1], seed).weights)
        bare_loop(net, DATA.X.copy(), DATA.y.copy(), 1000)
        expected = np.concatenate([net.W1.ravel(), net.W2.ravel()])
        assert np.abs(flat - expected).max() <= 1e-12


@settings(max_examples=40, deadline=None)
@given(
    sizes=st.lists(st.integers(1, 6), min_size=2, max_size=5),
    rows=st.integers(1, 12),
    networks=st.integers(1, 7),
    rate=st.sampled_from([1.0, 0.1, 1 / 3]),
    update=st.sampled_from(sorted(UPDATES)),
    epochs=st.integers(0, 30),
    cache=st.sampled_from([many._SIDE_BY_SIDE_BYTES, 20_000, 1]),
    kept=st.sampled_from([many.KEPT_BYTES, 1]),
)
def test_any_shape_in_any_parts(sizes, rows, networks, rate, update, epochs, cache, kept):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(many, "_SIDE_BY_SIDE_BYTES", cache)
        patch.setattr(many, "KEPT_BYTES", kept)
        patch.setattr(many, "_FEW", 2)
        data = nnviz.Dataset(table(rows, sizes[0], sizes[-1], rows), labels=sizes[-1])
        together = train_many(sizes, data, range(networks), epochs, rate, update)
        assert_same(together, sorted({0, epochs // 2, epochs}))
        assert together.kept.nbytes <= max(kept, 2 * together.kept[0].nbytes)


def test_networks_may_learn_from_rows_of_their_own():
    recipes = [nnviz.Recipe(table(5, 2, 1, seed), (3,), seed) for seed in range(4)]
    together = train_all(recipes, 50)
    assert_same(together, [50])
    predicted = together.predict([[4, 8], [0.1, 0.2]])
    for labels, recipe in zip(predicted, recipes):
        assert np.allclose(labels, recipe.train(50).predict([[4, 8], [0.1, 0.2]]), atol=1e-10)
    over = together.predict_over([[4, 8], [0.1, 0.2]], [3, 50])
    assert over.shape == (2, 4, 2, 1)
    assert np.array_equal(over[1], predicted)


def test_what_is_predicted_is_what_each_run_predicts_at_any_epoch():
    together = train_many([2, 3, 1], DATA, [5, 0, 5], 40)
    inputs = [QUESTION, (2, 9)]
    over = together.predict_over(inputs, [0, 7, 40])
    assert over.shape == (3, 3, 2, 1)
    for epoch, labels in zip([0, 7, 40], over):
        assert np.array_equal(labels, together.predict(inputs, epoch))
        for seed, row in zip([5, 0, 5], labels):
            run = nnviz.Recipe(DATA, seed=seed).train(40)
            assert np.allclose(row, run.predict(inputs, epoch), rtol=0, atol=1e-10)


def test_epochs_that_are_not_kept_are_trained_again(monkeypatch):
    whole = train_many([2, 3, 1], DATA, range(3), 100)
    monkeypatch.setattr(many, "KEPT_BYTES", 3 * whole.kept[0].nbytes)
    few = train_many([2, 3, 1], DATA, range(3), 100)
    assert list(few.kept_epochs) == [0, 50, 100]
    asked = [0, 10, 49, 50, 51, 99, 100]
    for ours, theirs in zip(few.weights_over(asked), whole.weights_over(asked)):
        assert np.array_equal(ours, theirs)


@pytest.mark.long
@pytest.mark.parametrize(
    "executor",
    [
        lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
        lambda: ThreadPoolExecutor(2),
    ],
    ids=["processes", "threads"],
)
def test_an_executor_gives_the_same(executor):
    here, done = train_many([2, 3, 1], DATA, range(50), 30), []
    with executor() as pool:
        there = train_many([2, 3, 1], DATA, range(50), 30, executor=pool, on_progress=done.append)
    assert np.array_equal(here.weights_at(), there.weights_at())
    assert np.array_equal(here.weights_at(13), there.weights_at(13))
    assert there.recipes == here.recipes
    assert done == sorted(done) and done[-1] == 1


class Stopped(Exception):
    pass


@pytest.mark.parametrize("pool", [None, ThreadPoolExecutor], ids=["here", "threads"])
def test_it_says_how_far_it_is_and_can_be_stopped(pool):
    done = []

    def stop_half_way(share):
        done.append(share)
        if share >= 0.5:
            raise Stopped

    executor = pool and pool(1)
    with pytest.raises(Stopped):
        train_many([2, 3, 1], DATA, range(40), 200, executor=executor, on_progress=stop_half_way)
    if executor:
        executor.shutdown()
    assert len(done) > 1 and done == sorted(done) and done[-2] < 0.5 <= done[-1]


def test_pieces_can_be_gone_on_with_later():
    recipes = [nnviz.Recipe(DATA, seed=seed) for seed in range(4)]
    pieces = in_pieces(recipes, 64)
    shares = [next(pieces) for _ in range(3)]
    assert 0 < shares[0] < shares[1] < shares[2] < 1
    with pytest.raises(StopIteration) as end:
        while True:
            next(pieces)
    assert np.array_equal(end.value.value.weights_at(), train_all(recipes, 64).weights_at())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sizes": [3, 3, 1]}, "does not fit data of 2 inputs and 1 outputs"),
        ({"sizes": [2]}, "does not fit"),
        ({"seeds": []}, "no network"),
        ({"epochs": -1}, "0 or more"),
        ({"learning_rate": 0}, "above 0"),
        ({"update": "magic"}, "no update rule"),
        ({"seeds": [-1]}, "seed"),
        ({"sizes": [2, 0, 1]}, "Hidden neurons"),
    ],
)
def test_what_can_not_be_trained_is_refused(change, said):
    asked = {"sizes": [2, 3, 1], "data": DATA, "seeds": range(3), "epochs": 2} | change
    with pytest.raises(ValueError, match=said):
        train_many(**asked)


def test_weights_beyond_all_numbers_are_refused():
    recipes = [nnviz.Recipe(DATA, seed=seed, learning_rate=1e300) for seed in range(2)]
    with pytest.raises(ValueError, match="beyond all numbers"):
        train_all(recipes, 20)


def test_only_what_is_alike_is_trained_side_by_side():
    with pytest.raises(ValueError, match="alike"):
        train_all([nnviz.Recipe(DATA), nnviz.Recipe(DATA, learning_rate=0.5)], 2)


def test_an_epoch_that_was_not_trained_is_refused():
    together = train_many([2, 3, 1], DATA, range(2), 5)
    with pytest.raises(ValueError, match="Epoch 6 is not between 0 and 5"):
        together.predict([QUESTION], 6)
    with pytest.raises(ValueError, match="must have shape"):
        together.predict([[1, 2, 3]])


def test_a_network_too_large_for_the_cache_is_trained_by_itself():
    data = nnviz.Dataset(table(400, 2, 1, 0))
    together = train_many([2, 8, 1], data, range(2), 5, 0.01)
    assert_same(together, [5])
