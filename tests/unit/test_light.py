import numpy as np
import pandas as pd
import pytest

import nnviz
from nnviz.charts import light as light_on
from nnviz.dissection import question_walk
from nnviz.engine.moment import Moment
from nnviz.strokes import strokes_for
from nnviz.writing import rounded, short

FRAME = pd.DataFrame({"study": [2, 1, 3], "sleep": [9, 5, 6], "score": [92, 86, 89]})


def light_of(number, sizes=(2, 3, 1), row=0, rate=1.0, unsaid=None):
    run = nnviz.train(nnviz.Network.random(sizes, 0), nnviz.Dataset(FRAME), 20, rate)
    walk = nnviz.anatomy(run, 7)
    light = light_on(Moment(run, 7), walk, number, row, unsaid)
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


@pytest.mark.parametrize("number", [8, 10])
def test_a_delta_lights_no_synapse_as_nothing_moves_yet(number):
    _, _, light = light_of(number, rate=0.5)
    assert light["strokes"] == [None] * 9
    assert light["labels"] == [""] * 9


@pytest.mark.parametrize("rate", [1.0, 10.0])
def test_the_changes_are_dw_whatever_the_learning_rate(rate):
    run, values, light = light_of(11, rate=rate)
    dW = run.shape.flat([values["dW1"], values["dW2"]])
    assert light["labels"] == [short(v, sign=True) for v in dW]
    assert light["neurons"] == [None] * 6
    assert light["names"] == ["study", "sleep"]  # as they are no row's


def test_a_weight_that_does_not_move_goes_neither_up_nor_down():
    frame = pd.DataFrame({"study": [1, 0], "sleep": [0, 1], "score": [50, 90]})
    network = nnviz.Network([np.zeros((2, 1)), np.zeros((1, 1))])
    moment = Moment(nnviz.train(network, nnviz.Dataset(frame), 1), 0)
    light = light_on(moment, nnviz.anatomy(moment.run, 0), 11, 0)
    assert light["labels"][:2] == ["0", "0"] and light["strokes"][:2] == [None, None]
    assert light["labels"][2].startswith("+") and light["strokes"][2] is not None


def test_an_error_comes_back_by_the_weights_as_they_are():
    run, _, light = light_of(9)
    own = strokes_for(run.sizes).index(run.shape.flat(run.network(7).weights)).tolist()
    assert light["strokes"] == [None] * 6 + own[6:]
    assert light["labels"][6:] == [short(w, sign=True) for w in run.network(7).weights[1].ravel()]


@pytest.mark.parametrize(
    "number, legend",
    [
        (1, ["positive weight", "negative weight", "row 2: X"]),
        (2, ["positive weight", "negative weight", "row 2: X → W1 → z"]),
        (4, ["positive weight", "negative weight", "row 2: z2 → W2 → z3"]),
        (6, ["positive weight", "negative weight", "row 2: o"]),
        (8, ["positive weight", "negative weight", "row 2: o_delta"]),
        (9, ["positive weight", "negative weight", "row 2: z2_error ← W2 ← o_delta"]),
        (10, ["positive weight", "negative weight", "row 2: z2_delta"]),
        (11, ["weight goes up", "weight goes down", "dW, all rows together"]),
        (12, ["positive weight", "negative weight", "new weights: epoch 8"]),
    ],
)
def test_the_legend_says_what_is_lit(number, legend):
    assert light_of(number, row=1)[2]["legend"] == legend


def test_the_largest_change_has_the_thickest_stroke():
    run, values, light = light_of(11)
    change = run.shape.flat([values["dW1"], values["dW2"]])
    widths = [strokes_for(run.sizes).widths[stroke] for stroke in light["strokes"]]
    assert np.abs(change).argmax() == np.argmax(widths)


def test_only_the_new_weights_are_said_aloud():
    assert [light_of(number)[2]["loud"] for number in range(1, 13)] == [False] * 11 + [True]


def followed(number, question=(4.0, 8.0)):
    run = nnviz.train(nnviz.Network.random((2, 3, 1), 0), nnviz.Dataset(FRAME), 20)
    moment = Moment(run, 7, question)
    return run, light_on(moment, question_walk(moment), number, 0)


def test_the_question_can_be_followed():
    run, light = followed(2)
    assert light["of"] == {"recipe": run.recipe.key, "epoch": 7, "question": [4.0, 8.0]}
    assert light["names"] == ["study 4", "sleep 8"]
    assert light["legend"][2] == "question: X → W1 → z"
    z = np.array([4 / 3, 8 / 9]) @ run.network(7).weights[0]
    assert light["neurons"] == [*("1.33", "0.89"), *map(short, z), None]


@pytest.mark.parametrize("number", range(1, 13))
def test_pointing_says_the_number_that_is_drawn_or_nothing(number):
    """Its last number is that of the picture, or what the picture's number leads to."""
    run, values, light = light_of(number, row=1, rate=0.5)
    for drawn, said in zip(light["neurons"], light["captions"]["neurons"], strict=True):
        assert (drawn is None) == (said == "")
        if drawn is not None:
            assert ", row 2<br>" in said
            assert short(last_number(said)) == drawn or abs(last_number(said)) >= 0.0945
    for label, said in zip(light["labels"], light["captions"]["synapses"], strict=True):
        assert (label == "") == (said == "")
    if number == 11:
        for label, said in zip(light["labels"], light["captions"]["synapses"], strict=True):
            assert short(last_number(said), sign=True) == label


def last_number(text):
    return number(text.split()[-1].rpartition(">")[2])


def number(text):
    return float(text.strip("()").replace("−", "-"))


def test_an_input_says_its_own_scaling_and_not_the_questions():
    said = light_of(1)[2]["captions"]["neurons"]
    assert said[0] == "study, row 1<br>2 ÷ 3 = 0.6667"
    assert light_of(1, row=2)[2]["captions"]["neurons"][1] == "sleep, row 3<br>6 ÷ 9 = 0.6667"
    assert followed(1)[1]["captions"]["neurons"][0] == "study, question<br>4 ÷ 3 = 1.333"


def test_a_synapse_says_what_goes_through_it_in_that_row():
    run, values, light = light_of(2, row=1)
    w, x = run.network(7).weights[0][1, 2], 5 / 9
    start, what, numbers = light["captions"]["synapses"][5].split("<br>")
    assert (start, what) == ("sleep → h3", "weight × value = product")
    assert [number(text) for text in numbers.split()[::2]] == pytest.approx([w, x, w * x], rel=5e-4)
    run, values, light = light_of(9, row=1)
    w, delta = run.network(7).weights[1][0, 0], values["o_delta"][1, 0]
    start, what, numbers = light["captions"]["synapses"][6].split("<br>")
    assert (start, what) == ("h1 → score", "weight × delta = product")
    found = [number(text) for text in numbers.split()[::2]]
    assert found == pytest.approx([w, delta, w * delta], rel=5e-4)
    assert found[0] * found[1] == pytest.approx(found[2], rel=5e-4)
    assert rounded(values["z2_error"][1, 0]) == rounded(w * delta)


def test_captions_show_names_letter_by_letter():
    frame = FRAME.set_axis(["<b>$x$</b>", "sleep", "score"], axis=1)
    run = nnviz.train(nnviz.Network.random((2, 3, 1), 0), nnviz.Dataset(frame), 1)
    walk = nnviz.anatomy(run, 0)
    for step in walk:
        captions = light_on(Moment(run, 0), walk, step.number, 0)["captions"]
        assert not any("<b>" in text for texts in captions.values() for text in texts)


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


@pytest.mark.parametrize(
    ("number", "unsaid", "at"),
    [
        (2, ("z", 0, 1), 3),
        (3, ("z2", 0, 2), 4),
        (8, ("o_delta", 0, 0), 5),
        (9, ("z2_error", 0, 0), 2),
    ],
)
def test_what_the_learner_is_to_say_stands_as_a_question_mark(number, unsaid, at):
    _, _, whole = light_of(number)
    _, _, light = light_of(number, unsaid=unsaid)
    assert light["neurons"][at] == "?" and light["captions"]["neurons"][at] == ""
    for one in (whole, light):
        del one["neurons"][at]
    assert light["neurons"] == whole["neurons"]
    assert "?" not in light_of(number, row=1, unsaid=unsaid)[2]["neurons"]  # another row's


@pytest.mark.parametrize(("number", "name"), [(11, "dW2"), (12, "W2")])
def test_a_change_or_a_new_weight_that_is_to_be_said_is_not_on_its_synapse(number, name):
    _, _, light = light_of(number, unsaid=(name, 1, 0))
    assert [k for k, text in enumerate(light["labels"]) if text == "?"] == [7]
    assert light["captions"]["synapses"][7] == ""
