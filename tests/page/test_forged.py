"""What a browser sends may be forged, or of a page that has changed: nothing raises."""

import json
import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page import as_text, drawn, edit, faults, film, link_of, opened, prediction
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from tables import fuzz

from nnviz.page.edits import applied, fitting

ROWS = pd.DataFrame(
    [["2", "9", "92"], ["1", "5", "86"], ["4", "8", None]],
    columns=["study", "sleep", "score"],
    dtype=object,
)
NO_NUMBERS = [
    None,
    True,
    False,
    -1,
    1.5,
    2**31,
    10**400,
    float("nan"),
    float("inf"),
    "7",
    "",
    [],
    {},
]
NO_NUMBERS += [[3], {"epoch": 3}, "x" * 10_000, "\ud800", [[[[]]]], -(10**400), 1e308]


# --- The player and the playhead ---------------------------------------------------------------


def forged(rng):
    """What a browser might send of every kind, none of which says anything."""
    some = lambda: rng.choice(NO_NUMBERS)  # noqa: E731
    more = [{"around": some(), "until": 2000}, {"around": 0}, {"until": 4000}, some(), {}]
    find = [{"below": some(), "after": 0}, {"below": 0.01, "token": "t"}, some()]
    find += [{"below": rng.choice(["1", None, True, 10**400]), "after": 3, "token": "t"}]
    find += [{"below": 0.01, "after": some(), "token": "t"}]
    find += [{"below": 0.01, "after": 1, "token": rng.choice([1, None, [], {}])}]
    picked = [{"synapse": rng.choice([*NO_NUMBERS, 9, 99])}, some(), {"neuron": some()}]
    picked += [{"neuron": [some(), 0]}, {"neuron": [1, some()]}, {"neuron": [1, 0, 0]}]
    picked += [{"neuron": [9, 9]}, {"neuron": [0, 0]}]
    return {
        "player": {"more": rng.choice(more), "shorten": rng.choice([None, 1, "true", [], {}])},
        "progress": {"again": some(), "stop": rng.choice([None, 1, "true", [], {}])},
        "beside": {"again": some()},
        "playhead": {"find": rng.choice(find), "picked": rng.choice(picked)},
        "state": {"epoch": some(), "reduced": rng.choice([None, False, 1, "true", [], {}])},
    }


def sent(at, **messages):
    """Send messages of the components as a browser does, past all of Python's widgets."""
    states = WidgetStates()
    for part in at.get("bidi_component"):
        name = part.proto.component_name.removeprefix("nnviz.")
        if name in messages:
            events = [{"event": what, "value": value} for what, value in messages[name].items()]
            states.widgets.add(
                id=f"$$STREAMLIT_INTERNAL_KEY_{part.proto.id}__events",
                json_trigger_value=json.dumps(events),
            )
        if name == "playhead" and "state" in messages:
            states.widgets.add(id=part.proto.id, json_value=json.dumps(messages["state"]))
    at._run(states)
    assert not at.exception
    return at


def seen(at):
    header, arrays = film(at)
    state = at.session_state
    looked_at = state.view, state.synapse, state.neuron, state.reduced, state.found, state.recorded
    return link_of(at), prediction(at), looked_at, header["of"], arrays["readouts.loss"]


def test_a_message_arrives_as_it_does_from_a_browser():
    at = sent(opened(), player={"more": {"around": 3, "until": 1500}}, state={"epoch": 7})
    assert (at.session_state.recorded, at.session_state.epoch) == (2000, 7)
    at = sent(at, playhead={"picked": {"synapse": 8}})
    assert at.session_state.synapse == (2, 2, 0)
    at = sent(at, playhead={"find": {"below": 0.01, "after": 0, "token": "t"}})
    assert at.session_state.found[0] == "t"
    at = sent(at, player={"shorten": True}, state={"reduced": True})
    assert (at.session_state.recorded, at.session_state.reduced) == (1000, True)


@pytest.mark.parametrize(
    "seed", [pytest.param(seed, marks=[pytest.mark.long] if seed else []) for seed in range(7)]
)
def test_150_messages_that_say_nothing_change_nothing(seed):
    rng, at = random.Random(seed), opened()
    before = seen(at)
    for _ in range(25):
        messages = forged(rng)
        assert seen(sent(at, **messages)) == before, messages


# --- The grid ----------------------------------------------------------------------------------

anything = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 9) | st.floats() | st.text(max_size=3),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(max_size=6), parts),
    max_leaves=6,
)
cells = st.dictionaries(st.sampled_from([*ROWS.columns, "_index", "no", ""]), anything)
edits = st.fixed_dictionaries(
    {
        "edited_rows": st.dictionaries(st.integers(-2, 5), cells | anything) | anything,
        "added_rows": st.lists(cells | anything, max_size=3) | anything,
        "deleted_rows": st.lists(st.integers(-2, 5) | anything, max_size=3) | anything,
    }
)


@pytest.mark.long
@fuzz
@given(edits)
def test_of_any_edits_those_that_fit_can_be_applied(sent):
    kept = fitting(sent, ROWS)
    assert fitting(kept, ROWS) == kept
    table = applied(kept, ROWS)
    assert list(table.columns) == list(ROWS.columns)
    assert table.index.is_unique
    assert all(cell is None or isinstance(cell, str) for cell in table.to_numpy().ravel())
    assert len(table) == len(ROWS) - len(set(kept["deleted_rows"])) + len(kept["added_rows"])


def test_edits_that_fit_are_kept_as_they_are():
    sent = {
        "edited_rows": {1: {"study": " 7\xa0", "score": None}},
        "added_rows": [{}, {"study": "3"}],
        "deleted_rows": [0],
    }
    assert fitting(sent, ROWS) == sent
    assert applied(sent, ROWS).to_numpy().tolist() == [
        [" 7\xa0", "5", None],
        ["4", "8", None],
        [None, None, None],
        ["3", None, None],
    ]
    assert fitting({}, ROWS) == {"edited_rows": {}, "added_rows": [], "deleted_rows": []}


def test_what_does_not_fit_the_grid_is_left_out_and_the_rest_is_learned_from():
    at = opened()
    at.session_state[at.data_editor[0].key] = {
        "edited_rows": {0: {"nope": "5", "study": "7"}, 99: {"study": "5"}},
        "added_rows": [{"x": 1}, as_text({"study": 3, "sleep": 6, "score": 80})],
        "deleted_rows": [77, -1, 1],
    }
    key = at.data_editor[0].key
    at = drawn(at)
    assert at.data_editor[0].key != key  # where the browser knows of no edit
    table = [["7", "9", "92"], ["3", "6", "89"], ["4", "8", None], [None] * 3, ["3", "6", "80"]]
    assert at.session_state.tables["Exam scores"].to_numpy().tolist() == table
    assert at.session_state.read.data.inputs.tolist() == [[7, 9], [3, 6], [3, 6]]
    assert link_of(drawn(at)) == link_of(at)


def test_an_edit_that_does_not_fit_takes_no_fault_with_it():
    at = edit(opened(), {0: {"study": "abc"}})
    at = edit(at, {0: {"study": "abc", "no": 3}})
    assert "Row 1: study is “abc”" in faults(at)[0]
    assert at.data_editor[0].value.iloc[0, 0] == "abc"
