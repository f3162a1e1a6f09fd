"""The page as its server draws it: what goes in by widget and grid, and what is sent out."""

import re
from types import SimpleNamespace

import numpy as np
import pytest
from page import (
    PAGE,
    PASTE,
    assert_plays,
    drawn,
    edit,
    faults,
    figure,
    labelled,
    opened,
    paste,
    prediction,
    readout,
    record,
    upload,
)
from runs import ROWS

import nnviz
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


def test_the_other_shipped_table_can_be_picked():
    at = opened()
    labelled(at.selectbox, "Table").set_value("Welch Labs")
    drawn(at)
    assert [labelled(at.number_input, name).value for name in ("sleep", "study")] == [8, 3]
    data = nnviz.Dataset(nnviz.read_table(PAGE.parent / "data/welch_labs.csv"))
    assert_plays(at, nnviz.train(nnviz.Network.random([2, 3, 1], 0), data), (8, 3))


def test_an_edited_cell_an_added_and_a_deleted_row_are_learned_from():
    at = opened()
    at.session_state.epoch = 77
    edit(at, {0: {"score": 40}}, [{"study": 2, "sleep": 4, "score": 60}], [2])
    assert_plays(at, record(rows=[[2, 9, 40], [1, 5, 86], [4, 8, None], [2, 4, 60]]))
    assert at.session_state.epoch == 77


def test_the_first_question_of_the_table_is_what_is_asked():
    at = edit(opened(), {3: {"study": 2.5}})
    assert labelled(at.number_input, "study").value == 2.5
    assert_plays(at, record(rows=[*ROWS[:3], [2.5, 8, None]]), (2.5, 8))


def test_without_a_question_the_first_row_is_asked():
    at = edit(opened(), deleted=[3])
    assert [labelled(at.number_input, name).value for name in ("study", "sleep")] == [2, 9]


def test_one_training_row_is_enough():
    at = edit(opened(), deleted=[1, 2, 3])
    assert not at.error
    assert_plays(at, record(rows=ROWS[:1]), (2, 9))


def test_another_input_in_the_only_row_is_written_in_the_chart():
    at = edit(opened(), deleted=[1, 2, 3])
    assert figure(at, "prediction")["layout"]["yaxis"]["ticktext"] == ["2, 9"]
    edit(at, {0: {"study": 7}}, deleted=[1, 2, 3])
    assert figure(at, "prediction")["layout"]["yaxis"]["ticktext"] == ["7, 9"]


def test_charts_are_not_drawn_anew_for_other_weights():
    at = opened()
    before = [chart.proto.spec for chart in at.get("plotly_chart")[:3]]
    at.session_state.epoch = 300
    labelled(at.number_input, "Seed").set_value(5)
    drawn(at)
    assert [chart.proto.spec for chart in at.get("plotly_chart")[:3]] == before
    labelled(at.slider, "Hidden neurons").set_value(4)
    drawn(at)
    assert [chart.proto.spec == old for chart, old in zip(at.get("plotly_chart"), before)] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"changed": {2: {"sleep": None}}}, "Row 3: sleep is blank"),
        ({"changed": {2: {"sleep": "abc"}}}, "Row 3: sleep is “abc”. Type a number instead"),
        ({"changed": {2: {"sleep": "7,5"}}}, "Row 3: sleep is “7,5”. Write 7.5"),
        ({"changed": {0: {"score": -5}}}, "Row 1: score is -5, below 0"),
        ({"changed": {1: {"study": 1e308}}}, "Row 2: study is 1e+308, too large"),
        ({"changed": {1: {"study": float("inf")}}}, "Row 2: study is inf, too large"),
        ({"changed": {k: {"study": 0} for k in range(3)}}, "study is 0 in every training row"),
        ({"changed": {k: {"score": None} for k in range(3)}}, "There is no row to learn from"),
        ({"deleted": [0, 1, 2, 3]}, "There is no row to learn from"),
        ({"added": [{"study": 5, "score": 50}, {}]}, "Row 5: sleep is blank"),
        ({"added": [{"study": "5h"}]}, "Row 5: study is “5h”. Type a number instead"),
    ],
)
def test_a_fault_in_the_grid_is_named_and_the_last_good_run_stays(changes, words):
    at = opened()
    at.session_state.epoch = 40
    at = edit(at, **changes)
    assert [words in said for said in faults(at)] == [True]
    assert_plays(at, record())
    labelled(at.number_input, "Seed").set_value(2)
    assert_plays(drawn(at), record(seed=2))
    at = edit(at)
    assert not at.error


def said(at):
    return [caption.value.replace("\\", "") for caption in at.caption]


def test_a_row_in_the_making_is_no_fault_but_one_that_was_left_or_was_whole_is():
    at = edit(opened(), added=[{"study": 5}])
    assert not at.error
    assert "Row 5 is not complete yet: sleep and score are blank" in " ".join(said(at))
    assert_plays(at, record())
    edit(at, added=[{"study": 5, "sleep": 7, "score": 70}])
    assert "not complete" not in " ".join(said(at))
    assert_plays(at, record(rows=[*ROWS, [5, 7, 70]]))
    edit(at, added=[{"study": 5, "score": 70}])
    assert "Row 5: sleep is blank" in faults(at)[0]
    at = edit(opened(), added=[{"study": 5}, {"study": 1, "sleep": 2, "score": 3}])
    assert "Row 5: sleep is blank" in faults(at)[0]


def test_another_scale_is_said_until_the_next_change():
    at = edit(opened(), {0: {"score": 200}})
    words = "score is now divided by 1,000, no longer by 100, as 200 is above 100"
    assert words in at.info[0].value.replace("\\", "")
    assert "The network sees study / 3, sleep / 9, and score / 1000." in said(at)
    assert at.info[0].value == drawn(at).info[0].value
    edit(at, {0: {"score": 200}, 1: {"score": 80}})
    assert not at.info
    edit(at)
    assert "as none is above 100" in at.info[0].value
    at.number_input(key="full_scale").set_value(200)
    assert not drawn(at).info


def leave_out(at, *names):
    """What the window of the columns does; it can't be tested without a browser."""
    at.session_state.tables = {"Exam scores": at.session_state.read.table}
    at.session_state.left_out = {"Exam scores": names}
    at.session_state.grid += 1
    return drawn(at)


def test_a_column_that_is_left_out_keeps_its_values():
    at = leave_out(edit(opened(), {0: {"score": 40}}), "sleep")
    assert "The network sees study / 3, and score / 100." in said(at)
    assert not at.error
    edit(at, {1: {"score": 50}}, [{"study": 6, "score": 70}], [2])
    assert not at.error
    at = leave_out(at)
    assert at.session_state.read.table.to_numpy().tolist() == [
        ["2", "9", "40"],
        ["1", "5", "50"],
        ["4", "8", None],
        ["6", None, "70"],
    ]


def test_a_column_without_values_waits_for_them():
    at = paste(opened(), "a,b,c\n1,,3\n2,,4")
    assert "b is not complete yet: rows 1 and 2 have no value" in " ".join(said(at))
    assert "The network sees a / 2, and c / 10." in said(at)
    edit(at, {0: {"b": 5}})
    assert "b is not complete yet: row 2 has no value" in " ".join(said(at))
    edit(at, {0: {"b": 5}, 1: {"b": 6}})
    assert "The network sees a / 2, b / 6, and c / 10." in said(at)


def test_a_table_of_ours_can_be_had_again_as_it_ships():
    at = opened()
    assert not [button for button in at.button if button.label == "Reset"]
    at = leave_out(edit(at, {0: {"score": 40}}), "sleep")
    labelled(at.button, "Reset").click()
    assert_plays(drawn(at), record())
    assert list(at.session_state.read.table) == ["study", "sleep", "score"]
    assert not [button for button in at.button if button.label == "Reset"]


def test_a_shipped_table_keeps_its_edits_while_another_is_shown():
    at = leave_out(edit(opened(), {0: {"score": 40}}), "study")
    for name in ("Welch Labs", "Exam scores"):
        labelled(at.selectbox, "Table").set_value(name)
        drawn(at)
    assert "The network sees sleep / 9, and score / 100." in said(at)
    at = leave_out(at)
    assert_plays(at, record(rows=[[2, 9, 40], *ROWS[1:]]))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,x\n2,3", "Row 1: b is “x”. Type a number"),
        ("a,b\n,1\n2,3", "Row 1: a is blank"),
        ("a,b\n1,?\n2,?", "There is no row to learn from. Give at least one row a b"),
        ("a,b\n1,-2", "Row 1: b is -2, below 0"),
        ("a,b\ninf,2", "Row 1: a is inf, too large"),
        ("a,b\n1e308,2", "Row 1: a is 1e+308, too large"),
        ("a,b\n0,2\n0,3", "a is 0 in every training row"),
        ("a,a,b\n1,2,3", "Two columns are named “a”. Rename column 2"),
        ("a,,b\n1,2,3", "Column 2 has no name"),
        ("a,b\n1,2,3", "Row 1 has 3 cells, but there are 2 column names"),
        ("1,2\n3,4", "it holds numbers"),
        ("just a word", "needs two columns or more"),
        ("a,b\n" + "1,2\n" * 10_001, "has 10,001 rows; at most 10,000"),
        (",".join(f"c{k}" for k in range(51)) + "\n" + "1," * 50 + "1", "has 51 columns"),
    ],
)
def test_a_table_with_a_fault_is_refused_and_the_last_good_run_stays(text, words):
    at = opened()
    at.session_state.epoch = 40
    at = paste(at, text)
    assert [words in said for said in faults(at)] == [True]
    assert_plays(at, record())


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"a,b\n1,\xff", "not UTF-8 text"),
        (b"PK\x03\x04\0\0", "holds binary data"),
        (b"", "The file is empty"),
        (b"a,b\n" + b"1,2.000000\n" * 500_000, "larger than 5 MB"),
    ],
)
def test_a_file_that_is_no_table_is_refused(content, words):
    at = upload(opened(), content)
    assert [words in said for said in faults(at)] == [True]
    assert_plays(at, record())


@pytest.mark.parametrize("text", [PASTE, PASTE.replace(",", ";"), PASTE.replace(",", "\t")])
def test_a_table_of_ones_own_is_learned_from_whatever_separates_it(text):
    assert_plays(paste(opened(), text.replace("92", "70")), record(rows=[[2, 9, 70], *ROWS[1:]]))
    assert_plays(upload(opened(), text.encode()), record())


def test_a_fault_of_a_file_is_gone_with_the_next_file():
    at = upload(opened(), b"a,b\n1,\xff")
    at = upload(at, PASTE.encode(), "other.csv")
    assert not at.error
    assert labelled(at.selectbox, "Table").value == "other.csv"


def test_names_are_text_wherever_markdown_or_html_is_read():
    at = paste(opened(), "<img src=x onerror=alert(1)>,**b**,$x$:red[y]\n1,2,3\n40,9,?")
    texts = [part.value for part in [*at.caption, *at.markdown]]
    texts += [widget.label for widget in [*at.number_input, *at.selectbox]]
    bare = re.sub(r"\\.", "", "\n".join(texts))  # without what is escaped
    assert not any(code in bare for code in ("<img", "**b", "$x", ":red["))
    written = "".join(part.value for part in at.get("html"))
    assert "$x$:red[y], predicted" in written
    assert "<img" not in written


def test_a_full_scale_below_the_largest_label_is_named():
    at = opened()
    at.number_input(key="full_scale").set_value(90)
    drawn(at)
    assert "Row 1: score is 92, above the full scale of 90" in faults(at)[0]
    assert_plays(at, record())
    at.number_input(key="full_scale").set_value(200)
    drawn(at)
    assert not at.error
    assert_plays(at, record(scale=200))


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


@pytest.fixture
def old_streamlit(monkeypatch):
    monkeypatch.setattr("nnviz.player.AVAILABLE", False)


def assert_server_drew(at, run, epoch, question=(4, 8)):
    """Read-outs and charts show an epoch without the help of a browser."""
    assert (readout(at, "epoch"), at.session_state.epoch) == (str(epoch), epoch)
    assert readout(at, "loss") == f"{run.loss[epoch]:#.3g}"
    assert prediction(at) == f"{run.predict([question], epoch)[0, 0]:.2f}"
    network = {trace.get("name"): trace for trace in figure(at, "network")["data"]}
    shown = [float(text.replace("−", "-")) for text in network["weights"]["text"]]
    flat = np.concatenate([w.ravel() for w in run.network(epoch).weights])
    assert shown == pytest.approx(flat, abs=0.00501)
    playhead = figure(at, "loss")["data"][-1]
    assert (playhead["x"], playhead["y"]) == ([epoch], [run.loss[epoch]])


@pytest.mark.usefixtures("old_streamlit")
def test_without_components_buttons_and_slider_step_through_the_server():
    at = opened()
    assert any("Playback is reduced" in said.value for said in at.caption)
    steps = [("Step back", 0), ("Step forward", 1), ("To end", 1000), ("Step forward", 1000)]
    for name, epoch in [*steps, ("Step back", 999), ("To start", 0)]:
        labelled(at.button, name).click()
        assert_server_drew(drawn(at), record(), epoch)
    labelled(at.slider, "Epoch").set_value(321)
    assert_server_drew(drawn(at), record(), 321)


@pytest.mark.usefixtures("old_streamlit")
def test_without_components_every_change_is_drawn_at_the_same_epoch():
    at = opened()
    labelled(at.slider, "Epoch").set_value(321)
    drawn(at)
    labelled(at.number_input, "Seed").set_value(9)
    assert_server_drew(drawn(at), record(seed=9), 321)
    edit(at, {0: {"score": 40}})
    run = record(seed=9, rows=[[2, 9, 40], *ROWS[1:]])
    assert_server_drew(at, run, 321)
    labelled(at.number_input, "study").set_value(1)
    assert_server_drew(drawn(at), run, 321, (1, 8))


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
        "another size also draws other starting weights"
    ]
    at.session_state.epoch = 7
    labelled(at.number_input, "study").set_value(2)
    before = record(rate=0.3).predict([[2, 8]], 7)[0, 0]
    assert was(drawn(at))[0].startswith(f"was {before:.2f} at epoch 7 with 3")
    edit(at, {0: {"score": 40}})
    assert was(at)[0].endswith("at epoch 7 by the table as it was")
    assert was(paste(at, PASTE.replace("study", "work"))) == []
