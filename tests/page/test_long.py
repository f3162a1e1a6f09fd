"""Long recordings and long tables: what is not done again."""

import numpy as np
import pandas as pd
import pytest
from page import assert_plays, drawn, edit, film, labelled, opened, paste, record

import nnviz.engine.dataset
import nnviz.page.grid
from nnviz.page.grid import ROWS_A_PAGE


@pytest.mark.long
def test_another_setting_records_only_what_the_playhead_needs():
    at = opened({"of": "16000"})
    assert film(at)[0]["of"]["recorded"] == 16_000
    at.session_state.epoch = 500
    labelled(at.number_input, "Seed").set_value(5)
    assert_plays(drawn(at), record(seed=5))
    at.session_state.recorded, at.session_state.epoch = 4000, 2500
    drawn(at)
    labelled(at.number_input, "Seed").set_value(6)
    assert_plays(drawn(at), record(seed=6, epochs=4000))
    assert at.session_state.epoch == 2500


def test_a_view_changed_keeps_the_recording():
    at = opened({"of": "4000"})
    at.toggle(key="logarithmic").set_value(True)
    assert_plays(drawn(at), record(epochs=4000))


def long_table(rows=1200):
    values = np.random.default_rng(0).uniform(1, 99, (rows, 3)).round(2)
    return pd.DataFrame(values, columns=["a", "b", "c"])


def test_a_table_is_read_once_until_it_is_changed(monkeypatch):
    at, read = paste(opened(), long_table().to_csv(index=False)), []
    once = nnviz.engine.dataset.read_side
    monkeypatch.setattr(nnviz.engine.dataset, "read_side", lambda *a: (read.append(1), once(*a))[1])
    for on in (True, False, True):
        at.toggle(key="logarithmic").set_value(on)
        drawn(at)
    labelled(at.slider, "Hidden neurons").set_value(2)
    drawn(at)
    assert read == []
    edit(at, {0: {"a": 5}})
    assert len(read) == 2  # inputs and labels


def test_a_long_table_is_shown_by_the_page_and_learned_from_whole():
    table = long_table()
    at = paste(opened(), table.to_csv(index=False))
    assert len(at.data_editor[0].value) == ROWS_A_PAGE
    assert at.session_state.read.data.inputs.tolist() == table[["a", "b"]].to_numpy().tolist()

    edit(at, {0: {"a": 5}}, deleted=[1])
    table = table.drop(index=1).reset_index(drop=True)
    table.loc[0, "a"] = 5
    assert at.session_state.read.data.inputs.tolist() == table[["a", "b"]].to_numpy().tolist()

    at.number_input(key="first_row").set_value(1001)
    drawn(at)
    assert len(at.data_editor[0].value) == 199
    edit(at, {198: {"c": 77}})
    table.loc[1198, "c"] = 77
    assert at.session_state.read.data.targets[:, 0].tolist() == table["c"].tolist()
    at.number_input(key="first_row").set_value(1)
    drawn(at)
    assert at.session_state.read.data.inputs.tolist() == table[["a", "b"]].to_numpy().tolist()
    assert at.session_state.read.data.targets[:, 0].tolist() == table["c"].tolist()
