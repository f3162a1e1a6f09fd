"""What the server keeps for everyone: runs, films and figures, in one budget of bytes."""

import gc
import threading
import weakref

import numpy as np
import pandas as pd
import pytest
from page import assert_plays, drawn, edit, figure, film, labelled, opened, record

import nnviz.engine.training
from nnviz import Recipe
from nnviz.page import memory, pictures, runs
from nnviz.page.memory import Kept, Shelf

EXAM = pd.DataFrame({"study": [2.0, 1, 3], "sleep": [9.0, 5, 6], "score": [92.0, 86, 89]})


@pytest.fixture
def empty(monkeypatch):
    """Puts an empty shelf in the place of the server's."""

    def put(budget=10**9):
        shelf = Shelf(budget)
        monkeypatch.setattr(memory, "shelf", lambda: shelf)
        monkeypatch.setattr(runs, "shelf", lambda: shelf)
        return shelf

    return put


def recipe(seed=0):
    return Recipe(EXAM, seed=seed)


def test_a_run_is_the_recipes_however_it_came_to_be_that_long(empty):
    shelf, whole = empty(), recipe().train(500)
    for epochs in (0, 100, 500, 20, 500):
        run = runs.run_of(recipe(), epochs)
        assert np.array_equal(run.loss, whole.loss[: epochs + 1])
        assert np.array_equal(run.weights_at([epochs]), whole.weights_at([epochs]))
    assert len(shelf) == 1


def test_a_recipe_is_trained_once_for_everyone_and_never_from_the_start_again(empty, monkeypatch):
    trained, once = [], nnviz.engine.training._train
    monkeypatch.setattr(
        nnviz.engine.training, "_train", lambda *a: (trained.append(a[-1]), once(*a))[1]
    )
    empty()
    for epochs in (1000, 1000, 500, 2000):
        runs.run_of(recipe(), epochs)
    assert sum(trained) < 2010


def test_the_shelf_keeps_to_its_budget_and_gives_up_the_longest_unused(empty):
    one = recipe(0).train(1000)
    size = one.kept.nbytes + one.loss.nbytes
    shelf = empty(int(3.5 * size))
    for seed in (0, 1, 2, 0, 3, 4):
        runs.run_of(recipe(seed), 1000)
        assert shelf.bytes <= shelf.budget
    assert len(shelf) == 3
    assert shelf.keys == {recipe(seed).key for seed in (0, 3, 4)}


def test_a_run_larger_than_the_budget_is_had_all_the_same(empty):
    shelf = empty(10)
    assert runs.run_of(recipe(0), 1000).epochs == 1000
    assert runs.run_of(recipe(1), 1000).epochs == 1000
    assert len(shelf) == 1


def test_what_is_given_up_and_no_longer_shown_is_freed(empty):
    empty(10)
    freed = weakref.ref(runs.run_of(recipe(0), 1000).kept)
    runs.run_of(recipe(1), 1000)
    gc.collect()
    assert freed() is None


def test_many_at_once_get_the_same_run(empty):
    _, made = empty(), []
    threads = [
        threading.Thread(target=lambda n=n: made.append(runs.run_of(recipe(), n)))
        for n in (3000, 10, 2000, 3000, 700, 1)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = recipe().train(3000)
    assert len(made) == 6
    for run in made:
        assert np.array_equal(run.loss, whole.loss[: run.epochs + 1])


# --- Films and figures -------------------------------------------------------------------------


def films(shelf):
    return [key for key in shelf.keys if "film" in key]


def test_things_of_every_kind_share_the_budget_and_the_longest_unused_goes_first():
    shelf = Shelf(100)
    for name, size in {"run": 40, "film": 30, "figure": 30}.items():
        shelf.get(name, lambda size=size: Kept(None, size))
    shelf.find("run")
    shelf.get("another", lambda: Kept(None, 35))
    assert (shelf.keys, shelf.bytes) == ({"run", "another"}, 75)


def test_what_is_given_up_goes_back_to_the_machine_but_not_all_the_time(monkeypatch):
    gave, trim = [], memory._Trim()
    monkeypatch.setattr(trim, "_trim", gave.append)
    monkeypatch.setattr(memory, "give_back", trim)
    shelf = Shelf(100)
    shelf.get("a", lambda: Kept(None, 60))
    assert not gave
    for name in "bcd":
        shelf.get(name, lambda: Kept(None, 60))
    assert len(gave) == 1
    monkeypatch.setattr(memory.time, "monotonic", lambda: trim._last + 11)
    shelf.get("e", lambda: Kept(None, 60))
    assert len(gave) == 2


def test_what_is_there_is_not_made_again():
    shelf, made = Shelf(100), []
    for _ in range(3):
        assert shelf.get("a", lambda: made.append(1) or Kept("it", 1)).what == "it"
    assert len(made) == 1
    assert shelf.find("b") is None


def test_a_film_and_its_figures_are_made_once_for_all_who_look_at_the_same(empty):
    shelf = empty()
    first = opened()
    kept = shelf.keys
    again = opened()
    assert shelf.keys == kept
    assert len(films(shelf)) == 1
    assert len([key for key in kept if "network" in key]) == 1
    for name in ("network", "loss", "prediction"):
        assert figure(first, name) == figure(again, name)
    assert film(first)[0] == film(again)[0]
    labelled(again.slider, "Hidden neurons").set_value(5)
    drawn(again)
    assert len(films(shelf)) == 2


def test_a_page_holds_names_of_its_figures_and_none_itself(empty):
    empty()
    at = opened()
    for kept in at.session_state.drawn.values():
        assert isinstance(hash(kept), int)  # names are, and figures are not
        assert not any(isinstance(part, pictures.go.Figure) for part in kept[1])


def played(loss):
    """How far the curve of the loss is solid."""
    return next(trace["x"] for trace in loss["data"] if trace["name"] == "played")


def test_a_figure_that_was_given_up_is_drawn_again_as_of_the_epoch_that_is_shown(empty):
    shelf = empty()
    at = opened()
    at.session_state.epoch = 500
    at = drawn(at)
    before = figure(at, "loss")  # drawn at epoch 0, and painted by the player since
    shelf._things.clear()
    now = figure(drawn(at), "loss")
    assert played(before) != played(now)
    assert now == figure(opened({"epoch": "500"}), "loss")


@pytest.mark.long
@pytest.mark.parametrize("budget", [10, 200_000, 10**9])
def test_whatever_the_budget_the_page_shows_its_numbers_and_the_server_keeps_to_it(empty, budget):
    shelf = empty(budget)
    pages = [opened(), edit(opened(), {0: {"score": 40}}), opened({"epoch": "37"})]
    rest = [[1, 5, 86], [3, 6, 89], [4, 8, None]]
    for at, score in zip(pages, (92, 40, 92)):
        assert_plays(drawn(at), record(rows=[[2, 9, score], *rest]))
        assert shelf.bytes <= budget or len(shelf) == 1
