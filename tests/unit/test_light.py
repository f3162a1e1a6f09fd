import numpy as np
import pandas as pd
import pytest

import nnviz
from nnviz.charts import light as light_on
from nnviz.engine.moment import Moment
from nnviz.strokes import strokes_for
from nnviz.writing import short

FRAME = pd.DataFrame({"study": [2, 1, 3], "sleep": [9, 5, 6], "score": [92, 86, 89]})


def light_of(number, sizes=(2, 3, 1), row=0, rate=1.0):
    run = nnviz.train(nnviz.Network.random(sizes, 0), nnviz.Dataset(FRAME), 20, rate)
    walk = nnviz.anatomy(run, 7)
    light = light_on(Moment(run, 7), walk, number, row)
    return run, {step.name: step.value for step in walk}, light


def lit(light):
    return [text is not None for text in light["neurons"]]


def test_the_light_belongs_to_one_run_and_epoch():
    run, _, light = light_of(2)
    assert light["of"] == {"recipe": run.recipe.key, "epoch": 7}


def test_the_sums_light_the_layer_the_one_before_and_the_synapses_between():
    run, values, light = light_of(2, row=1)
    assert lit(light) == [True] * 5 + [False]
    assert light["neurons"][:5] == [short(v) for v in [*values["X"][1], *values["z"][1]]]
    own = strokes_for(run.sizes).index(run.shape.flat(run.network(7).weights)).tolist()
    assert light["strokes"] == own[:6] + [None] * 3
    assert light["names"] == ["study 1", "sleep 5"]


def test_an_activation_lights_its_layer_alone():
    _, values, light = light_of(3)
    assert lit(light) == [False, False, True, True, True, False]
    assert light["strokes"] == [None] * 9
    assert light["neurons"][2:5] == [short(v) for v in values["z2"][0]]


@pytest.mark.parametrize("number, name", [(7, "o_error"), (8, "o_delta")])
def test_the_output_shows_its_error_and_its_delta(number, name):
    _, values, light = light_of(number)
    assert light["neurons"] == [None] * 5 + [short(values[name][0, 0])]


@pytest.mark.parametrize("number, layer", [(8, 2), (10, 1)])
def test_going_backward_the_synapses_show_each_weights_change(number, layer):
    run, values, light = light_of(number, rate=0.5)
    change = 0.5 * run.shape.flat([values["dW1"], values["dW2"]])
    of_layer = slice(0, 6) if layer == 1 else slice(6, 9)
    assert light["labels"][of_layer] == [short(v, sign=True) for v in change[of_layer]]
    assert [stroke is not None for stroke in light["strokes"]] == [layer == 1] * 6 + [
        layer == 2
    ] * 3


def test_an_error_comes_back_by_the_weights_as_they_are():
    run, _, light = light_of(9)
    own = strokes_for(run.sizes).index(run.shape.flat(run.network(7).weights)).tolist()
    assert light["strokes"] == [None] * 6 + own[6:]
    assert light["labels"][6:] == [short(w, sign=True) for w in run.network(7).weights[1].ravel()]


@pytest.mark.parametrize(
    "number, legend",
    [
        (2, ["positive weight", "negative weight", "values: row 2"]),
        (9, ["positive weight", "negative weight", "values: row 2"]),
        (10, ["weight goes up", "weight goes down", "values: row 2"]),
        (11, ["weight goes up", "weight goes down", "all rows together"]),
        (12, ["positive weight", "negative weight", "epoch 8"]),
    ],
)
def test_the_legend_says_what_is_lit(number, legend):
    assert light_of(number, row=1)[2]["legend"] == legend


def test_the_largest_change_has_the_thickest_stroke():
    run, values, light = light_of(11)
    change = run.shape.flat([values["dW1"], values["dW2"]])
    widths = [strokes_for(run.sizes).widths[stroke] for stroke in light["strokes"]]
    assert np.abs(change).argmax() == np.argmax(widths)


def test_the_last_step_shows_the_new_weights():
    run, _, light = light_of(12)
    new = run.shape.flat(run.network(8).weights)
    assert light["strokes"] == strokes_for(run.sizes).index(new).tolist()
    assert light["labels"] == [short(w, sign=True) for w in new]


def test_a_deeper_networks_steps_are_lit_too():
    run, values, _ = light_of(1, sizes=(2, 3, 4, 1))
    walk = nnviz.anatomy(run, 7)
    for step in walk:
        light = light_on(Moment(run, 7), walk, step.number, row=2)
        assert len(light["neurons"]) == sum(run.sizes)
        assert len(light["strokes"]) == 22
        assert light["labels"] is None  # too many to write on
        assert any(lit(light)) or any(stroke is not None for stroke in light["strokes"])
