"""The runs that the server keeps for everyone."""

import gc
import threading
import weakref

import numpy as np
import pandas as pd

import nnviz.engine.training
from nnviz import Recipe
from nnviz.page.runs import Shelf

EXAM = pd.DataFrame({"study": [2.0, 1, 3], "sleep": [9.0, 5, 6], "score": [92.0, 86, 89]})


def recipe(seed=0):
    return Recipe(EXAM, seed=seed)


def test_a_run_is_the_recipes_however_it_came_to_be_that_long():
    shelf, whole = Shelf(10**9), recipe().train(500)
    for epochs in (0, 100, 500, 20, 500):
        run = shelf.run(recipe(), epochs)
        assert np.array_equal(run.loss, whole.loss[: epochs + 1])
        assert np.array_equal(run.weights_at([epochs]), whole.weights_at([epochs]))
    assert len(shelf) == 1


def test_a_recipe_is_trained_once_for_everyone_and_never_from_the_start_again(monkeypatch):
    trained, once = [], nnviz.engine.training._train
    monkeypatch.setattr(
        nnviz.engine.training, "_train", lambda *a: (trained.append(a[-1]), once(*a))[1]
    )
    shelf = Shelf(10**9)
    for epochs in (1000, 1000, 500, 2000):
        shelf.run(recipe(), epochs)
    assert sum(trained) < 2010


def test_the_shelf_keeps_to_its_budget_and_gives_up_the_longest_unused():
    one = recipe(0).train(1000)
    size = one.kept.nbytes + one.loss.nbytes
    shelf = Shelf(int(3.5 * size))
    for seed in (0, 1, 2, 0, 3, 4):
        shelf.run(recipe(seed), 1000)
        assert shelf.bytes <= shelf.budget
    assert len(shelf) == 3
    assert set(shelf._recordings) == {recipe(seed).key for seed in (0, 3, 4)}


def test_a_run_larger_than_the_budget_is_had_all_the_same():
    shelf = Shelf(10)
    assert shelf.run(recipe(0), 1000).epochs == 1000
    assert shelf.run(recipe(1), 1000).epochs == 1000
    assert len(shelf) == 1


def test_what_is_given_up_and_no_longer_shown_is_freed():
    shelf = Shelf(10)
    freed = weakref.ref(shelf.run(recipe(0), 1000).kept)
    shelf.run(recipe(1), 1000)
    gc.collect()
    assert freed() is None


def test_many_at_once_get_the_same_run():
    shelf, runs = Shelf(10**9), []
    threads = [
        threading.Thread(target=lambda n=n: runs.append(shelf.run(recipe(), n)))
        for n in (3000, 10, 2000, 3000, 700, 1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = recipe().train(3000)
    assert len(runs) == 6
    for run in runs:
        assert np.array_equal(run.loss, whole.loss[: run.epochs + 1])
