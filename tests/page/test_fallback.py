"""The page on a Streamlit without components: the server draws each epoch."""

import numpy as np
import pytest
from page import (
    drawn,
    edit,
    figure,
    labelled,
    opened,
    prediction,
    readout,
    record,
)
from runs import ROWS


@pytest.fixture
def old_streamlit(monkeypatch):
    opened()  # or what is imported now would go without components in later tests, too
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


@pytest.mark.long
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


@pytest.mark.long
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
