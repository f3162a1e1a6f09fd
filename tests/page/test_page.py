"""The page as its server draws it: what goes in by widget and grid, and what is sent out."""

import re
from types import SimpleNamespace

import pytest
from page import (
    PASTE,
    assert_plays,
    charts,
    drawn,
    edit,
    figure,
    labelled,
    opened,
    paste,
    prediction,
    record,
)

from nnviz.engine.diagnosis import diagnosis
from nnviz.page import inside


def test_the_page_opens_on_the_tutorials_table_at_epoch_0():
    at = opened()
    assert_plays(at, record())
    assert at.session_state.epoch == 0
    assert [labelled(at.number_input, name).value for name in ("study", "sleep")] == [4, 8]
    assert not at.error and not at.warning


def test_a_question_is_answered_at_the_epoch_of_the_playhead():
    at = opened()
    at.session_state.epoch = 250
    labelled(at.number_input, "study").set_value(1.5)
    assert_plays(drawn(at), record(), (1.5, 8))
    assert prediction(at) == f"{record().predict([[1.5, 8]], epoch=250)[0, 0]:.2f}"


def test_a_value_outside_the_training_rows_is_said_to_be_an_extrapolation():
    at = opened()  # which asks the tutorial's own (4, 8)
    above = "study 4 is above every training row (1 to 3): an extrapolation; the network sees 1.33."
    assert extrapolations(at) == [above]
    labelled(at.number_input, "sleep").set_value(40)
    assert extrapolations(drawn(at)) == [
        above,
        "sleep 40 is above every training row (5 to 9): an extrapolation; the network sees 4.44.",
    ]
    labelled(at.number_input, "study").set_value(2)
    labelled(at.number_input, "sleep").set_value(5)
    assert extrapolations(drawn(at)) == []


def extrapolations(at):
    said = [caption.value.replace("\\", "") for caption in at.caption]
    return [text for text in said if "extrapolation" in text]


def test_settings_retrain_and_keep_the_epoch():
    at = opened()
    at.session_state.epoch = 500
    labelled(at.slider, "Hidden neurons").set_value(8)
    assert_plays(drawn(at), record(8))
    labelled(at.number_input, "Learning rate").set_value(0.3)
    assert_plays(drawn(at), record(8, rate=0.3))
    labelled(at.number_input, "Seed").set_value(11)
    assert_plays(drawn(at), record(8, rate=0.3, seed=11))
    assert at.session_state.epoch == 500


def test_up_to_three_hidden_layers_have_a_slider_each():
    at = opened()
    labelled(at.selectbox, "Hidden layers").set_value(3)
    drawn(at)
    labelled(at.slider, "Hidden neurons, layer 2").set_value(5)
    labelled(at.slider, "Hidden neurons, layer 3").set_value(2)
    assert_plays(drawn(at), record(3, 5, 2))


def test_new_random_weights_are_those_of_the_seed_that_is_shown():
    at = opened()
    labelled(at.button, "New random weights").click()
    drawn(at)
    seed = labelled(at.number_input, "Seed").value
    assert seed != 0
    assert_plays(at, record(seed=seed))


def test_another_input_in_the_only_row_is_written_in_the_chart():
    at = edit(opened(), deleted=[1, 2, 3])
    assert figure(at, "prediction")["layout"]["yaxis"]["ticktext"] == ["2, 9"]
    edit(at, {0: {"study": 7}}, deleted=[1, 2, 3])
    assert figure(at, "prediction")["layout"]["yaxis"]["ticktext"] == ["7, 9"]


def test_charts_are_not_drawn_anew_for_other_weights():
    at = opened()
    before = [chart.proto.spec for chart in charts(at)[:3]]
    at.session_state.epoch = 300
    labelled(at.number_input, "Seed").set_value(5)
    drawn(at)
    assert [chart.proto.spec for chart in charts(at)[:3]] == before
    labelled(at.slider, "Hidden neurons").set_value(4)
    drawn(at)
    assert [chart.proto.spec == old for chart, old in zip(charts(at), before)] == [
        False,
        True,
        True,
    ]


def test_names_are_text_wherever_markdown_or_html_is_read():
    at = paste(opened(), "<img src=x onerror=alert(1)>,**b**,$x$:red[y]\n1,2,3\n40,9,?")
    texts = [part.value for part in [*at.caption, *at.markdown]]
    texts += [widget.label for widget in [*at.number_input, *at.selectbox]]
    bare = re.sub(r"\\.", "", "\n".join(texts))  # without what is escaped
    assert not any(code in bare for code in ("<img", "**b", "$x", ":red["))
    written = "".join(part.value for part in at.get("html"))
    assert "$x$:red[y], predicted" in written
    assert "<img" not in written


def test_a_learning_rate_far_too_large_is_named_with_one_that_was_tried_and_learns_better():
    at = opened()
    labelled(at.number_input, "Learning rate").set_value(100)
    assert not drawn(at).warning  # at epoch 0 nothing has gone wrong yet
    at.session_state.epoch = 500
    drawn(at)
    said = diagnosis(record(rate=100), 500)
    assert [warning.value.replace("\\", "") for warning in at.warning] == [said.sentence]
    labelled(at.button, f"Learn at a rate of {said.better:g}").click()
    drawn(at)
    assert not at.warning
    assert_plays(at, record(rate=said.better))
    assert record(rate=said.better).loss[500] < record(rate=100).loss[500]


@pytest.mark.parametrize(("rate", "inputs"), [(1000.0, (1e15, -1e15)), (0.001, (0, 0))])
def test_the_widest_rates_and_questions_are_answered_with_a_number(rate, inputs):
    at = opened()
    labelled(at.number_input, "Learning rate").set_value(rate)
    for name, value in zip(("study", "sleep"), inputs):
        labelled(at.number_input, name).set_value(value)
    drawn(at)
    assert 0 <= float(prediction(at)) <= 100


@pytest.mark.parametrize(
    "what",
    [
        None,
        "h1",
        {"synapse": 9},
        {"synapse": -1},
        {"synapse": True},
        {"synapse": "1"},
        {"synapse": 1.5},
        {"neuron": [0, 0]},
        {"neuron": [3, 0]},
        {"neuron": [1, 3]},
        {"neuron": [1, -1]},
        {"neuron": [1]},
        {"neuron": 1},
    ],
)
def test_what_is_picked_in_the_network_and_is_not_there_is_ignored(what, monkeypatch):
    state = SimpleNamespace(view="Walk", synapse=(1, 0, 0), neuron=(1, 0))
    monkeypatch.setattr(inside, "state", state)
    inside.pick(record().shape, what)
    assert vars(state) == {"view": "Walk", "synapse": (1, 0, 0), "neuron": (1, 0)}


def test_what_is_picked_in_the_network_is_opened(monkeypatch):
    state = SimpleNamespace(view="Walk", synapse=(1, 0, 0), neuron=(1, 0))
    monkeypatch.setattr(inside, "state", state)
    inside.pick(record().shape, {"synapse": 8})
    assert (state.view, state.synapse) == ("One weight", (2, 2, 0))
    inside.pick(record().shape, {"neuron": [2, 0]})
    assert (state.view, state.neuron) == ("σ and its slope", (2, 0))


def was(at):
    return [part.value for part in at.text if part.value.startswith("was")]


def test_the_answer_before_a_change_is_there_to_compare():
    at = opened()
    at.session_state.epoch = 300
    drawn(at)
    assert was(at) == []
    before = record().predict([[4, 8]], 300)[0, 0]
    labelled(at.number_input, "Learning rate").set_value(0.3)
    assert was(drawn(at)) == [f"was {before:.2f} at epoch 300 at a learning rate of 1"]
    before = record(rate=0.3).predict([[4, 8]], 300)[0, 0]
    labelled(at.slider, "Hidden neurons").set_value(8)
    assert was(drawn(at)) == [
        f"was {before:.2f} at epoch 300 with 3 hidden neurons; "
        "other starting weights, too, so partly chance"
    ]
    labelled(at.slider, "Hidden neurons").set_value(10)  # a slider that goes on
    assert was(drawn(at))[0].startswith(f"was {before:.2f} at epoch 300 with 3 hidden neurons")
    at.session_state.epoch = 7
    labelled(at.number_input, "study").set_value(2)
    before = record(rate=0.3).predict([[2, 8]], 7)[0, 0]
    assert was(drawn(at))[0].startswith(f"was {before:.2f} at epoch 7 with 3")
    edit(at, {0: {"score": 40}})
    assert was(at)[0].endswith("at epoch 7 by the table as it was")
    assert was(paste(at, PASTE.replace("study", "work"))) == []
