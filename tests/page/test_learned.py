"""The tab “What it has learned”, as its server draws it."""

import base64
import json
import math
import re

import numpy as np
import pytest
from page import (
    charts,
    drawn,
    edit,
    figure,
    give_roles,
    labelled,
    link_of,
    opened,
    paste,
    record,
    without,
)
from projector import project
from runs import EXAM, QUESTION, forward

import nnviz.page.runs
from nnviz import Dataset, Recipe, read_table
from nnviz.engine.roles import Roles
from nnviz.page import starts
from nnviz.page.memory import Shelf
from nnviz.page.recorder import Recorder
from nnviz.page.state import LEARNED

XOR = "a,b,out\n0,0,0\n0,1,1\n1,0,1\n1,1,0\n"
FOUR = "w,x,y,z,t\n" + "".join(f"{k},{9 - k},{k % 3 + 1},{k * k},{10 * k}\n" for k in range(1, 8))
ONE = "x,y\n1,10\n2,40\n5,80\n4,?\n"
MORE = "study,sleep,score\n2,9,92\n1,5,86\n3,7,88\n4,8,?\n"
ROW = "study,sleep,score\n2,9,92\n4,8,?\n"


def learned(at, view="The map", epoch=1000, **changes):
    for key, value in {"tab": LEARNED, "learned_view": view, "epoch": epoch, **changes}.items():
        at.session_state[key] = value
    return drawn(at)


def component(at, name):
    found = [part for part in at.get("bidi_component") if part.proto.component_name == name]
    assert len(found) == 1
    return found[0].proto


def later(at):
    """What the server sent last to be painted."""
    return json.loads(component(at, "nnviz.later").json)["painted"]


def beside(at):
    """What it sent to stand beside the answer, and whether that is still awaited."""
    sent = json.loads(component(at, "nnviz.beside").json)
    return sent["painted"].get("range"), "awaited" in sent


def views(at):
    """The figures of the tab, by their containers' names is not told, so in their order."""
    return [json.loads(part.proto.spec) for part in charts(at)][3:]


def captions(at):
    return " ".join(part.value.replace("\\", "") for part in [*at.caption, *at.markdown])


def array(values):
    if isinstance(values, dict):
        return np.frombuffer(base64.b64decode(values["bdata"]), values["dtype"])
    return np.array(values)


def answers_by_hand(count, epoch, question=QUESTION):
    runs = [record(seed=seed, epochs=max(epoch, 1)) for seed in range(count)]
    return [run.predict([question], epoch)[0, 0] for run in runs]


def test_the_page_as_it_begins_draws_nothing_of_the_tab():
    at = opened()
    assert len(charts(at)) == 3
    assert not [p for p in at.get("bidi_component") if p.proto.component_name == "nnviz.maps"]


@pytest.mark.long
def test_the_range_stands_beside_the_answer(monkeypatch):
    monkeypatch.setattr(starts, "_AT_ONCE", math.inf)
    at = opened()
    at.session_state["epoch"] = 1000
    said, awaited = beside(drawn(at))
    assert not awaited
    low, high = np.percentile(answers_by_hand(200, 1000), [5, 95])
    assert said["said"] == f"200 random starts: the middle 90 % say {low:.1f} to {high:.1f}"
    assert said["of"]["epoch"] == 1000 and said["of"]["question"] == [4, 8]


def test_where_it_would_take_long_there_is_no_range_until_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(starts, "_MEANWHILE", 0.0)
    at = paste(opened(), ROW)
    said, awaited = beside(at)
    assert said["said"] == "200 random starts: see How sure is it?" and not awaited
    assert "range" in later(learned(at, "How sure is it?"))
    at = learned(at, "The map")
    assert beside(at)[0]["said"].startswith("200 random starts: the middle 90 %")


def test_the_page_names_no_view_that_is_hidden(monkeypatch):
    monkeypatch.setattr(starts, "_MEANWHILE", 0.0)
    assert beside(paste(opened({"hide": "tabs"}), ROW.replace("92", "91"))) == (None, False)


@pytest.fixture
def background(monkeypatch):
    """What was begun in the background, to be done by the test; nothing is trained as yet."""
    begun, shelf = [], Shelf(10**9)
    recorder = Recorder(start=begun.append)
    monkeypatch.setattr(nnviz.page.runs, "_recorder", lambda: recorder)
    monkeypatch.setattr(starts, "shelf", lambda: shelf)
    return begun


def test_the_page_does_not_wait_for_the_range_which_follows(monkeypatch, background):
    monkeypatch.setattr(starts, "_AT_ONCE", 0.0)
    at = paste(opened(), MORE)
    said, awaited = beside(at)
    assert said["said"] == "200 random starts: in training" and awaited
    (work,) = background
    work()
    said, awaited = beside(drawn(at))
    assert said["said"].startswith("200 random starts: the middle 90 %") and not awaited
    assert len(background) == 1


def test_one_page_at_a_time_trains_other_starts_for_itself(monkeypatch, background):
    monkeypatch.setattr(starts, "_AT_ONCE", math.inf)
    with starts._alone:
        assert beside(paste(opened(), MORE))[1]
    assert not beside(paste(opened(), MORE.replace("88", "87")))[1]


@pytest.mark.long
@pytest.mark.parametrize("epoch", [0, 37, 1000])
def test_how_sure_it_is_by_networks_trained_one_by_one(epoch):
    at = learned(opened(), "How sure is it?", epoch)
    answers = answers_by_hand(200, epoch)
    painted = later(at)
    bars = painted["answers"]["traces"]
    counts = np.add(bars["middle"]["y"], bars["outside"]["y"])
    width, centres = bars["middle"]["width"], np.array(bars["middle"]["x"])
    assert counts.sum() == 200 and sum(bars["middle"]["y"]) == 180
    for centre, count in zip(centres, counts):
        inside = [a for a in answers if abs(a - centre) < width / 2]
        assert len(inside) == count
    assert bars["this run"]["x"][0] == pytest.approx(answers[0])
    band = painted["band"]["traces"]["band"]
    half = len(band["x"]) // 2
    over = record().predict([QUESTION], band["x"][3])[0, 0]
    assert band["y"][-4] <= over <= band["y"][3]
    assert band["x"][:half] == band["x"][: half - 1 : -1]
    assert "from 200 random starts" in captions(at)


@pytest.mark.long
@pytest.mark.parametrize("starts", [500, 1000])
def test_more_starts(starts):
    at = learned(opened(), "How sure is it?", 20, starts=starts)
    bars = later(at)["answers"]["traces"]
    assert sum(bars["middle"]["y"]) + sum(bars["outside"]["y"]) == starts
    assert link_of(at)["starts"] == str(starts)


def test_the_map_is_what_the_network_says_there():
    at = learned(opened(), epoch=37)
    painted = later(at)["map"]
    figure = views(at)[0]
    x, y = (figure["layout"]["meta"][axis] for axis in "xy")
    grid = np.array([(a, b) for b in y for a in x])
    weights = record().network(37).weights
    assert np.allclose(
        painted["answers"], 100 * forward(weights, grid / [3, 9])[-1][:, 0], rtol=1e-6
    )
    header, arrays = project(component(at, "nnviz.maps").bytes)
    assert header["ground"] == painted["ground"] == figure["layout"]["meta"]["ground"]
    epochs = arrays["epochs"][:, 0]
    assert epochs[0] == 0 and epochs[-1] == 1000
    frame = np.searchsorted(epochs, 500)
    weights = record().network(int(epochs[frame])).weights
    expected = 100 * forward(weights, grid / [3, 9])[-1][:, 0]
    assert np.allclose(arrays["answers"][frame], expected, rtol=1e-6)


def test_the_map_is_drawn_anew_only_where_its_ground_changes():
    at = learned(opened())
    before = [part.proto.spec for part in charts(at)]
    at.number_input(key="seed").set_value(7)
    after = [part.proto.spec for part in charts(learned(at, epoch=3))]
    assert before == after
    edit(at, {0: {"study": 2.5}})
    assert [part.proto.spec for part in charts(at)][3] != before[3]


def test_one_input_is_a_curve():
    at = learned(paste(opened(), ONE))
    curve, neurons = views(at)
    assert array(curve["data"][0]["x"]).tolist() == curve["layout"]["meta"]["x"]
    assert "was never told" in captions(at)
    assert len(neurons["layout"]["images"]) == 3
    learned(at, "How sure is it?")
    assert len(views(at)) == 2


def test_of_four_inputs_two_are_chosen_and_the_others_are_the_questions():
    at = learned(paste(opened(), FOUR), across=2, up=0)
    labelled(at.number_input, "x").set_value(4.5)
    drawn(at)
    assert "Everywhere: x 4.5, z 1." in captions(at)
    meta = views(at)[0]["layout"]["meta"]
    grid = np.array([(b, 4.5, a, 1) for b in meta["y"] for a in meta["x"]])
    sent = later(at)["map"]["answers"]
    rows = [[float(cell) for cell in line.split(",")] for line in FOUR.split()[1:]]
    run = record(rows=rows)
    expected = run.predict(grid)[:, 0]
    assert np.allclose(sent, expected, rtol=1e-6)


def test_with_one_row_nothing_is_said_to_lie_within_a_line():
    said = captions(learned(paste(opened(), ROW)))
    assert "Beyond the training row ○, the network was never told anything." in said
    assert "dashed line" not in said


@pytest.mark.long
def test_of_a_category_the_share_of_the_chosen_class_is_shown():
    at = opened()
    labelled(at.selectbox, "Table").set_value("Iris")
    at = learned(drawn(at), epoch=100, label_class=2)
    recipe = Recipe(read_table("data/iris.csv"))
    meta = views(at)[0]["layout"]["meta"]
    grid = np.array([(a, b, 1.4, 0.2) for b in meta["y"] for a in meta["x"]])
    weights = recipe.train(100).network(100).weights
    largest = recipe.data.table.iloc[:, :4].to_numpy(float).max(axis=0)
    outputs = forward(weights, grid / largest)[-1]
    shares = outputs[:, 2] / outputs.sum(axis=1)
    assert np.allclose(later(at)["map"]["answers"], shares, rtol=1e-6)
    assert "its colour the share of virginica that is answered: blue above 0.3333" in captions(at)
    learned(at, "Left out in turn", epoch=100)
    assert "misses its share of virginica by" in captions(at)


@pytest.mark.long
def test_of_several_labels_the_one_that_is_looked_at_is_shown():
    at = paste(opened(), "a,b,p,q\n1,2,30,4\n2,1,60,8\n3,3,90,1\n")
    at = learned(give_roles(at, Roles.of_numbers(4, 2)), epoch=50, label=1)
    assert "its colour the q that is answered: blue above 4.333" in captions(at)
    data = Dataset(at.session_state.read.table, roles=Roles.of_numbers(4, 2))
    run = Recipe(data).train(50)
    on = views(at)[0]["layout"]["meta"]
    grid = [(a, b) for b in on["y"] for a in on["x"]]
    assert np.allclose(later(at)["map"]["answers"], run.predict(grid)[:, 1], rtol=1e-6)
    learned(at, "Left out in turn", epoch=50, label=1)
    assert "misses its q by" in captions(at)


def test_an_input_is_on_one_axis_alone():
    at = learned(paste(opened(), FOUR), across=1, up=1)
    assert (at.session_state["across"], at.session_state["up"]) == (1, 0)


@pytest.mark.long
@pytest.mark.parametrize(
    "view", ["The map", "How sure is it?", "Left out in turn", "Compare", "The road downhill"]
)
@pytest.mark.parametrize("table", [XOR, ONE, FOUR, ROW])
@pytest.mark.parametrize(("layers", "epoch"), [(1, 0), (3, 1000)])
def test_every_view_works_with_any_table_at_any_epoch(view, table, layers, epoch):
    learned(paste(opened(), table), view, epoch, layers=layers)


def test_hidden_tabs_are_not_computed():
    at = opened({"hide": "tabs"})
    learned(at)
    assert len(charts(at)) == 3


@pytest.mark.long
def test_a_training_that_was_stopped_says_so_and_goes_on(monkeypatch):
    monkeypatch.setattr(starts, "_PATIENCE", 0.0)
    monkeypatch.setattr(starts, "_MEANWHILE", 0.0)
    at = opened()
    at.number_input(key="learning_rate").set_value(0.77)
    drawn(at)
    recipe = Recipe(EXAM, learning_rate=0.77)
    at.session_state["stopped"], _ = starts.from_many_starts(recipe, 200, 1000)
    learned(at, "How sure is it?")
    assert "Stopped when 0% of 200 networks were trained." in captions(at)
    assert not views(at)
    labelled(at.button, "Go on").click()
    assert len(views(drawn(at))) == 3


def test_left_out_in_turn_by_the_figures_that_are_known():
    at = learned(opened(), "Left out in turn")
    painted = later(at)["unseen"]["traces"]
    assert painted["guess-number"]["text"] == ["88.18", "88.91", "91.18"]
    assert painted["mean"]["x"] == [87.5, 90.5, 89.0]
    assert "misses its score by 2.97 in the mean" in captions(at)
    assert "no better than the mean" in captions(at)
    assert len(views(at)) == 1


def test_with_one_row_none_is_left_out_and_that_is_said():
    at = learned(paste(opened(), ROW), "Left out in turn")
    assert "nothing left to learn from" in captions(at)
    assert not views(at)


def pins(at):
    """The rows of the table of runs, as texts."""
    (table,) = (part.value for part in at.get("html") if "<table" in part.value)
    return [re.findall(r"<td>(.*?)</td>", row) for row in table.split("<tr>")[2:]]


@pytest.mark.long
def test_a_pinned_run_stays_beside_the_present_one():
    at = learned(opened(), "Compare", 100)
    labelled(at.button, "Pin this run").click()
    drawn(at)
    at.number_input(key="learning_rate").set_value(0.3)
    drawn(at)
    ours, theirs = pins(at)
    here, there = record(rate=0.3), record()
    assert (ours[0], theirs[:2]) == ("this run", ["A", "at a learning rate of 1"])
    for row, run in ((ours, here), (theirs, there)):
        assert float(row[2]) == pytest.approx(run.loss[100], rel=0.01)
        assert row[3] == f"{run.predict([QUESTION], 100)[0, 0]:.2f}"
        answers = [
            record(seed=s, rate=run.learning_rate, epochs=100).predict([QUESTION])[0, 0]
            for s in range(200)
        ]
        low, high = np.percentile(answers, [5, 95])
        digits = len(row[4].split()[0].partition(".")[2])
        assert row[4] == f"{low:.{digits}f} to {high:.{digits}f}"
    loss = figure(at, "loss")["data"]
    (faint,) = (trace for trace in loss if trace.get("name") == "pins")
    assert np.array_equal(array(faint["y"])[:-1], there.loss)
    race = views(at)[0]["layout"]["meta"]
    epochs = race["epochs"]
    for curves, run in zip(race["curves"]["losses"], (here, there)):
        assert np.allclose(curves, run.loss[epochs])
    for curves, run in zip(race["curves"]["answers"], (here, there)):
        assert curves[-1] == pytest.approx(run.predict([QUESTION])[0, 0])


@pytest.mark.long
def test_pins_travel_in_the_link_unless_they_are_too_long():
    at = learned(opened(), "Compare")
    labelled(at.button, "Race other rates").click()
    drawn(at)
    assert [recipe.learning_rate for recipe in at.session_state["pins"]] == [0.33, 3.0]
    again = opened(link_of(at))
    assert again.session_state["pins"] == at.session_state["pins"]
    assert pins(again) == pins(at)
    rng = np.random.default_rng(0)
    table = "a,b,c\n" + "".join(f"{x},{y},{z}\n" for x, y, z in rng.uniform(1, 9, (90, 3)))
    paste(at, table)
    labelled(at.button, "Pin this run").click()
    drawn(at)
    assert "pins" not in link_of(at)
    assert "the link leaves them out" in captions(at)


def test_a_pinned_run_is_opened_and_the_present_one_takes_its_place():
    at = learned(opened(), "Compare")
    before = record().recipe
    labelled(at.button, "Pin this run").click()
    drawn(at)
    labelled(at.slider, "Hidden neurons").set_value(5)
    at.number_input(key="seed").set_value(9)
    drawn(at)
    labelled(at.button, "Open A").click()
    drawn(at)
    assert (at.session_state["hidden-1"], at.session_state["seed"]) == (3, 0)
    (pin,) = at.session_state["pins"]
    assert (pin.hidden, pin.seed) == ((5,), 9)
    assert before.shape.sizes == (2, 3, 1)
    labelled(at.button, "Unpin A").click()
    drawn(at)
    assert at.session_state["pins"] == ()
    assert not [t for t in figure(at, "loss")["data"] if t.get("name") == "pins"]


def test_pins_that_were_tampered_with_are_said():
    at = opened({"tab": "learned", "learned": "compare", "pins": "1abc"})
    assert "can't be followed" in " ".join(warning.value for warning in at.warning)
    assert at.session_state["pins"] == ()


@pytest.mark.parametrize(
    "sent, differs", [(FOUR, "by a table with other columns"), (MORE, "by the table as it was")]
)
def test_a_pinned_run_is_called_by_what_its_table_was(sent, differs):
    at = learned(opened(), "Compare")
    labelled(at.button, "Pin this run").click()
    assert pins(paste(drawn(at), sent))[1][1] == differs


def test_without_a_column_a_pinned_run_is_by_the_columns_as_they_were():
    at = learned(opened(), "Compare")
    labelled(at.button, "Pin this run").click()
    give_roles(drawn(at), without("sleep"))
    assert pins(at)[1][1] == "by the columns as they were"


@pytest.mark.parametrize("table, held", [(ROW, False), (FOUR, True)])
def test_what_is_said_of_the_rows_where_a_map_holds_other_inputs(table, held):
    at = learned(paste(opened(), table), "How sure is it?", epoch=50)
    assert "Where they disagree" in captions(at)
    assert ("each at its own values of the other inputs" in captions(at)) == held


def loss_lines(at):
    return [trace["name"] for trace in json.loads(charts(at)[1].proto.spec)["data"]]


def test_runs_of_another_table_are_not_asked_the_same():
    at = learned(opened(), "Compare")
    labelled(at.button, "Pin this run").click()
    assert "pins" in loss_lines(drawn(at))
    paste(at, FOUR)
    assert pins(at)[1][1:] == ["by a table with other columns", "–", "–", "–", "–"]
    assert "pins" not in loss_lines(at)  # a loss on other columns is no better or worse
