"""What the server sends says what it is of, and no two runs can be taken for one another."""

from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd
import pytest
import runs
from projector import project
from runs import ROWS

import nnviz
from nnviz.charts import LOSS, NETWORK, PREDICTION, WEIGHT, captions, light
from nnviz.charts.facts import facts
from nnviz.dissection import weight_story
from nnviz.engine.moment import Moment
from nnviz.engine.updates import GRADIENT_DESCENT, UPDATES
from nnviz.player.film import film

record = partial(runs.record, epochs=5)


def moment(run, epoch=3, question=(4.0, 8.0)):
    return Moment(run, epoch, question)


def film_of(run):
    return project(film(run, (4.0, 8.0), 0, 100_000))[0]["of"]


def test_a_recipe_has_one_name_however_long_it_is_recorded():
    assert facts(moment(record(3)), "recipe") == facts(moment(record(3, epochs=2000)), "recipe")
    assert film_of(record(3))["recipe"] == film_of(record(3, epochs=20))["recipe"]
    assert film_of(record(3))["recorded"] != film_of(record(3, epochs=20))["recorded"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (record(3), record(4)),
        (record(3), record(3, seed=1)),
        (record(3), record(3, rate=0.5)),
        (record(3), record(3, rows=[[2, 9, 91], *ROWS[1:]])),
        (record(3), record(3, rows=[*ROWS[:3], [1, 1, None]])),
        (record(6), record(3, 3)),  # as many weights, and the same
    ],
)
def test_another_run_is_another_recipe(one, other):
    assert film_of(one)["recipe"] != film_of(other)["recipe"]


def test_another_update_rule_from_the_same_start_is_never_taken_for_this(monkeypatch):
    monkeypatch.setitem(UPDATES, "another", replace(GRADIENT_DESCENT, name="another"))
    recipe = nnviz.Recipe(pd.DataFrame(ROWS, columns=["a", "b", "c"]))
    one, other = recipe.train(5), recipe.but(update="another").train(5)
    assert np.array_equal(one.kept[0], other.kept[0])
    assert film_of(one)["recipe"] != film_of(other)["recipe"]

    def sent(run):
        at, walk = moment(run), nnviz.anatomy(run, 3)
        story = weight_story(at, 1, 0, 0)
        return {
            "captions": captions(at)["of"],
            "light": light(at, walk, 2, 0)["of"],
            "weight": WEIGHT.figure(at, story).layout.meta["of"],
            "curve": LOSS.figure(at).layout.meta["curve"],
        }

    for name, of in sent(one).items():
        assert "recipe" in of, name
        assert of["recipe"] != sent(other)[name]["recipe"], name
    story = weight_story(moment(one), 1, 0, 0)
    assert WEIGHT.structure(moment(one), story) != WEIGHT.structure(moment(other), story)


def test_captions_are_of_one_run_epoch_and_question():
    run = record(3)
    of = {"recipe": run.recipe.key, "epoch": 3, "question": [4.0, 8.0]}
    assert captions(moment(run))["of"] == of


@pytest.mark.parametrize("chart", [NETWORK, PREDICTION])
def test_a_chart_fits_the_films_of_its_own_structure(chart):
    one, other = record(3), record(3, rows=[[5, 9, 92], *ROWS[1:]], epochs=50)
    for run in (one, other, record(4)):
        of = chart.figure(moment(run)).layout.meta["of"]
        assert of == {chart.name: chart.structure(moment(run))}
        assert film_of(run)[chart.name] == of[chart.name]


def test_no_weight_changes_a_charts_structure():
    one, other = moment(record(3)), moment(record(3, epochs=50, seed=4, rate=2), 40)
    assert NETWORK.structure(one) == NETWORK.structure(other)
    assert PREDICTION.structure(one) == PREDICTION.structure(other)
    assert LOSS.structure(one) == LOSS.structure(other) != LOSS.structure(one, True)
    few, others = record(3, rows=[[2, 9, 92]]), record(3, rows=[[5, 9, 92]])
    assert PREDICTION.structure(moment(few)) != PREDICTION.structure(moment(others))
    assert NETWORK.structure(one) != NETWORK.structure(moment(record(4)))
