"""Whatever is clicked in whatever order, the page stands and its numbers are the engine's."""

import random

import numpy as np
import pandas as pd
import pytest
from page import drawn, film, link_of, opened, prediction

import nnviz
from nnviz.page.address import VIEWS
from nnviz.writing import answer_text

SEQUENCES, ACTIONS = 300, 6
TABLES = [
    "study,sleep,score\n2,9,92\n1,5,86\n3,6,89\n4,8,?",
    "x;y\n0,1;3\n0,2;4,5\n0,7;?",
    "a\tb\tc\td\n1\t2\t3\t40\n-1\t0\t5\t60\n2\t2\t2\t",
    "a,b\n1,2\nx,3",  # a fault
    "one",
    "a,b\n1,1e-7\n2,3e-7",
]


def settings(at, rng):
    key, values = rng.choice(
        [
            ("hidden-1", range(1, 33)),
            ("seed", [0, 1, 77, 999_999]),
            ("learning_rate", [0.001, 0.3, 1.0, 60.0, 1000.0]),
            ("layers", [1, 2, 3]),
            ("full_scale", [None, 1.0, 100.0, 250.0, 1e6, 1e300, 5e-324]),
        ]
    )
    for widgets in (at.slider, at.number_input, at.selectbox):
        for widget in widgets:
            if widget.key == key:
                widget.set_value(rng.choice(list(values)))


def cell(at, rng):
    grid = at.data_editor[0]
    row, column = rng.randrange(len(grid.value) + 1), rng.choice([*grid.value.columns, "gone"])
    texts = ["5", "0", "", None, "-3", "abc", "1e15", "1e300", "5e-324", "1e-101", "7,5", "42"]
    text = rng.choice(texts)
    ways = {
        "edited_rows": {row: {column: text}},
        "added_rows": [{name: "4" for name in grid.value.columns}],
        "deleted_rows": [row],
    }
    empty = {"edited_rows": {}, "added_rows": [], "deleted_rows": []}
    way = rng.choice(list(ways))
    at.session_state[grid.key] = empty | {way: ways[way]}


def table(at, rng):
    if rng.random() < 0.5:
        menu = next(box for box in at.selectbox if box.label == "Table")
        menu.set_value(rng.choice(menu.options))
    else:
        at.text_area(key="pasted").set_value(rng.choice(TABLES))


def question(at, rng):
    asked = [field for field in at.number_input if str(field.key).startswith("ask-")]
    rng.choice(asked).set_value(rng.choice([0.0, -1.0, 4.0, 1e15, 0.25]))


def playhead(at, rng):
    at.session_state.epoch = rng.randrange(at.session_state.recorded + 1)


def recording(at, rng):
    at.session_state.recorded = rng.choice([1000, 2000, 4000])


def view(at, rng):
    at.session_state["view"] = rng.choice(list(VIEWS.values()))
    at.session_state["walk_step"] = rng.randint(1, 12)


def button(at, rng):
    pressed = [b for b in at.button if not b.disabled]
    rng.choice(pressed).click()


WAYS = [settings, settings, cell, table, question, playhead, recording, view, button]


def assert_stands(at):
    """Read-outs and film are those of the table, settings, epoch and question that are shown."""
    state = at.session_state
    data = state.read.data
    if not state.read.fault:
        table = pd.DataFrame(data.table)
        data = nnviz.Dataset(table, label_scale=state.full_scale, roles=data.roles)
    hidden = [state[f"hidden-{k + 1}"] for k in range(state.layers)]
    sizes = [data.X.shape[1], *hidden, data.y.shape[1]]
    network = nnviz.Network.random(sizes, state.seed)
    run = nnviz.train(network, data, state.recorded, state.learning_rate)
    asked = tuple(state.question)
    outputs = run.network(state.epoch).forward(data.scale([asked]))[-1][0]
    assert np.isfinite(outputs).all()
    assert prediction(at) == answer_text(data.label(0), outputs)
    header, arrays = film(at)
    assert header["of"]["question"] == list(asked)
    assert header["of"]["recorded"] == run.epochs
    assert np.array_equal(arrays["loss.curve"][:, 0], run.loss[arrays["epochs"][:, 0]])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_any_sequence_of_clicks(seed):
    rng, done = random.Random(seed), []
    at = opened()
    for _ in range(ACTIONS):
        way = rng.choice(WAYS)
        done.append(way.__name__)
        way(at, rng)
        drawn(at)
    assert_stands(at)
    again = opened(link_of(at))
    assert link_of(again) == link_of(at), done
    if "lesson" not in link_of(at):  # whose stations are opened as they begin
        assert prediction(again) == prediction(at), done
