"""The lesson on the page: what a station sets, what an answer moves, what leaving brings back."""

import json

import numpy as np
import pytest
from page import assert_plays, drawn, edit, faults, labelled, link_of, opened, paste, record

import nnviz
from nnviz.page import address
from nnviz.page.state import SETTINGS, VIEW


def press(at, key):
    at.button(key=key).click()
    return drawn(at)


def rail(at):
    return " ".join(part.value for part in at.markdown).replace("\\", "")


def choose(at, number):
    """Choose an option of the question, and have it checked."""
    fields = [f for f in [*at.radio, *at.selectbox] if str(f.key).startswith("answer-")]
    fields[0].set_value(fields[0].options.index(fields[0].options[number]))
    return press(drawn(at), "lesson_check")


def work(at):
    """Everything of the session that is a person's own work."""
    state = at.session_state
    kept = {name: state[name] for name in (*SETTINGS, *VIEW, "table", "roles", "question")}
    table = state.read.table
    return kept | {"rows": (list(table.columns), table.to_numpy().tolist())}


def own(at):
    """A page on which everything is another than at first."""
    paste(at, "a,b,c\n1,2,3\n4,5,6.25\n7,1,?")
    edit(at, {0: {"b": 2.125}})
    labelled(at.slider, "Hidden neurons").set_value(5)
    at.number_input(key="learning_rate").set_value(0.123456789)
    at.number_input(key="seed").set_value(77)
    labelled(at.number_input, "a").set_value(3.3333333)
    for key, value in {"view": "One weight", "synapse": (1, 1, 2), "epoch": 123}.items():
        at.session_state[key] = value
    return drawn(at)


def test_entering_sets_the_page_and_leaving_brings_ones_own_work_back_exactly():
    at = own(opened())
    before, link = work(at), link_of(at)
    press(at, "lesson_open")
    assert_plays(at, record(), question=(2, 9))
    assert at.session_state.table == "Exam scores"
    for _ in range(11):
        press(at, "lesson_next")
    press(at, "lesson_skip")
    assert link_of(at) == link | {"lesson": "12"}
    press(at, "lesson_leave")
    assert work(at) == before
    assert link_of(at) == link
    assert not [b for b in at.button if b.key == "lesson_leave"]


def test_a_table_with_a_fault_is_back_as_it_was_typed():
    at = edit(opened(), {2: {"sleep": "abc"}})
    before = work(at)
    press(at, "lesson_open")
    assert not at.error
    press(at, "lesson_leave")
    assert work(at) == before
    assert "Row 3: sleep is “abc”" in faults(at)[0]
    assert_plays(at, record())


def test_an_edit_of_our_own_table_is_not_in_the_lesson_and_back_after_it():
    at = edit(opened(), {0: {"score": 40}})
    press(at, "lesson_open")
    assert_plays(at, record(), question=(2, 9))
    press(at, "lesson_leave")
    assert_plays(at, record(rows=[[2, 9, 40], [1, 5, 86], [3, 6, 89], [4, 8, None]]))


def test_a_wrong_answer_stands_beside_the_right_one_and_moves_the_walk():
    at = press(opened(), "lesson_open")
    assert at.session_state.walk_step == 1 and "−0.6237" not in rail(at)
    choose(at, 0)
    assert "**Here is why.** Your answer: h1. It is **h2**." in rail(at)
    assert "−0.6237" in rail(at)
    assert (at.session_state.walk_step, at.session_state.on_network) == (2, True)
    press(at, "once_more")
    assert at.session_state.walk_step == 1 and "−0.6237" not in rail(at)
    choose(at, 1)
    assert "**Right.** Your answer: h2." in rail(at)
    assert at.session_state.done == {1}


def test_nothing_chosen_is_no_answer():
    at = press(press(opened(), "lesson_open"), "lesson_check")
    assert "Choose one first" in rail(at) and not at.session_state.answers
    at = press(opened({"lesson": "5"}), "lesson_check")
    assert "Type a number first" in rail(at)
    at = press(opened({"lesson": "9"}), "lesson_check")
    assert "in order first" in rail(at)


def test_a_station_without_its_answer_is_not_done():
    at = press(press(opened(), "lesson_open"), "lesson_skip")
    assert "You skipped this. It is **h2**." in rail(at)
    assert not at.session_state.done
    assert "done" not in link_of(at)


def test_whoever_wanders_off_is_back_with_one_click():
    at = opened({"lesson": "4"})
    assert not [b for b in at.button if b.key == "again"]
    at.number_input(key="seed").set_value(5)
    drawn(at)
    press(at, "again")
    assert_plays(at, record())
    assert not [b for b in at.button if b.key == "again"]


@pytest.mark.long
@pytest.mark.parametrize("number", range(1, 17))
def test_a_link_opens_each_station_on_top_of_ones_own_work(number):
    link = {"lesson": str(number), "epoch": "37", "view": "hand"}
    at = opened(link)
    assert at.session_state.station == number
    assert link_of(at) == link
    press(at, "lesson_leave")
    assert link_of(at) == {"epoch": "37", "view": "hand"}
    assert_plays(at, record())


@pytest.mark.long
@pytest.mark.parametrize("text", ["0", "17", "x", "", "1.5"])
def test_a_station_that_there_is_not_is_said(text):
    at = opened({"lesson": text})
    assert "“lesson”" in at.warning[0].value
    assert at.session_state.station == 0
    assert_plays(at, record())


def test_what_is_done_comes_back_with_the_link():
    at = opened({"done": "1.3"})
    assert at.session_state.done == {1, 3}
    assert link_of(at) == {"done": "1.3"}
    press(at, "lesson_open")
    assert at.session_state.station == 2  # the first that is not done
    assert "1. A weighted sum ✓ done" in labelled(at.selectbox, "Station").options


@pytest.mark.long
def test_a_station_can_be_tried_on_ones_own_table():
    at = paste(opened(), "a,b,c\n1,4,30\n4,5,60\n7,1,20\n2,2,?")
    for _ in range(3):
        press(at, "lesson_open" if not at.session_state.station else "lesson_next")
    press(at, "lesson_own")
    rows = [[1, 4, 30], [4, 5, 60], [7, 1, 20], [2, 2, None]]
    run = record(rows=rows, names=("a", "b", "c"))
    assert_plays(at, run, question=(2, 2))
    assert f"{run.loss[0]:.4g}" not in rail(at)
    press(at, "lesson_skip")
    assert f"{run.loss[0]:.4g}" in rail(at)
    press(at, "lesson_own")
    assert_plays(at, record())


def test_the_folded_rail_rests_too_when_one_wanders_off():
    at = press(opened({"lesson": "4"}), "lesson_fold")
    at.number_input(key="seed").set_value(5)
    drawn(at)
    press(at, "lesson_fold")
    assert [b for b in at.button if b.key == "again"]


def test_back_to_another_station_keeps_a_table_that_no_link_holds(monkeypatch):
    rng = np.random.default_rng(0)
    rows = "\n".join(",".join(map(str, row)) for row in rng.uniform(1, 99, (400, 3)))
    at = paste(opened(), f"a,b,c\n{rows}")
    before = work(at)
    press(press(at, "lesson_open"), "lesson_next")
    monkeypatch.setattr(address, "_went_back", lambda: True)
    at.query_params["lesson"] = "1"
    drawn(at)
    monkeypatch.undo()
    assert at.session_state.station == 1
    press(at, "lesson_leave")
    assert work(at) == before


def test_a_mission_is_checked_by_what_the_page_shows():
    at = opened({"lesson": "13"})
    press(at, "lesson_check")
    assert "Not yet." in rail(at) and not at.session_state.done
    at.number_input(key="learning_rate").set_value(1.0)
    press(drawn(at), "lesson_check")
    assert at.session_state.done == {13}
    assert "**Right.**" in rail(at)
    assert at.session_state.learning_rate == 1.0  # the learner's work stays as it is


# --- Check yourself -----------------------------------------------------------------------------


def sheets(at):
    """What the walk's sheet shows, block after block."""
    component = next(p for p in at.get("bidi_component") if p.proto.component_name == "nnviz.sheet")
    return json.loads(component.proto.json)


def checking(step, **looks):
    at = opened({"check": "on", "step": str(step), "row": "1", "epoch": "3"} | looks)
    return at, next(f for f in at.text_input if f.key.startswith("blank-"))


@pytest.mark.long
@pytest.mark.parametrize("step", range(1, 13))
def test_a_number_of_every_step_is_blank_until_it_is_said(step):
    at, field = checking(step)
    texts = [
        str(cell) for block in sheets(at) for row in block["parts"][-1]["shown"] for cell in row
    ]
    assert texts.count("?") == 1
    told = next(block for block in sheets(at) if "picked" in block)
    row, column = told["picked"]
    assert told["cells"][row][column]["text"] == "?"
    field.set_value("12345.678")
    assert "Not yet." in rail(drawn(at))
    labelled(at.button, "Show it").click()
    drawn(at)
    shown_now = sheets(at)
    assert all("picked" not in block for block in shown_now)
    cell = shown_now[sheets_place(texts, shown_now)]["cells"][row][column]
    assert "?" not in cell["text"]
    assert not [f for f in at.text_input if f.key.startswith("blank-")]


def sheets_place(texts, blocks):
    """In which block the blank was."""
    counts = [sum(map(len, block["parts"][-1]["shown"])) for block in blocks]
    at, place = texts.index("?"), 0
    while at >= counts[place]:
        at, place = at - counts[place], place + 1
    return place


def test_a_slip_is_named_and_the_right_number_fills_the_blank():
    at, field = checking(3)
    step = {s.name: s for s in nnviz.anatomy(record(), 3)}["z2"]
    (blank,) = [at.session_state.checked[0] or field.key]
    i, j = (int(part) for part in blank.split("-")[-3:-1])
    field.set_value(f"{step.made_from[0].value[i, j]:.4f}")
    assert "σ is still to be applied" in rail(drawn(at))
    field = next(f for f in at.text_input if f.key.startswith("blank-"))
    field.set_value(f"{step.value[i, j]:.3f}")
    drawn(at)
    assert "**Right.**" in rail(at)
    assert "?" not in str(sheets(at)[0]["parts"][-1]["shown"])
    labelled(at.button, "Another one").click()
    drawn(at)
    assert next(f for f in at.text_input if f.key.startswith("blank-")).key != field.key


def test_the_blank_number_does_not_stand_on_the_network_either():
    at, _ = checking(3)
    painted = json.loads(
        next(
            p for p in at.get("bidi_component") if p.proto.component_name == "nnviz.playhead"
        ).proto.json
    )["painted"]
    assert painted["light"]["neurons"].count("?") == 1
