"""A recording that takes long: what the page shows while it grows, and when it is stopped."""

import math

import numpy as np
import pytest
from page import (
    assert_plays,
    drawn,
    edit,
    faults,
    film,
    labelled,
    link_of,
    opened,
    prediction,
    record,
)

import nnviz.engine.training
import nnviz.page.memory
import nnviz.page.recorder
import nnviz.page.runs
import nnviz.page.starts
from nnviz import Recipe
from nnviz.page.memory import Shelf
from nnviz.page.recorder import Recorder


@pytest.fixture
def thread(monkeypatch):
    """Nothing is quick, and the recorder's thread makes so many epochs, one by one, when told."""
    started, shelf = [], Shelf(10**9)
    recorder = Recorder(start=started.append)
    monkeypatch.setattr(nnviz.page.recorder, "QUICK", 0)
    monkeypatch.setattr(nnviz.page.starts, "_AT_ONCE", math.inf)
    monkeypatch.setattr(nnviz.page.recorder, "PIECE", 1e-9)
    monkeypatch.setattr(nnviz.page.runs, "_recorder", lambda: recorder)
    for module in (nnviz.page.memory, nnviz.page.runs):
        monkeypatch.setattr(module, "shelf", lambda: shelf)

    def make(epochs):
        left, follow = iter(range(epochs)), Recorder._next

        def turn():
            return None if next(left, None) is None else follow(recorder)

        monkeypatch.setattr(recorder, "_next", turn)
        recorder._work()

    return make


def lengths(at):
    header, _ = film(at)
    return header["of"]["recorded"], header["wanted"], header["whole"]


def test_the_page_as_it_begins_asks_nobody_to_record(monkeypatch):
    started = []
    monkeypatch.setattr(nnviz.page.starts, "_AT_ONCE", math.inf)
    monkeypatch.setattr(nnviz.page.runs, "_recorder", lambda: Recorder(start=started.append))
    at = opened()
    assert_plays(at, record())
    assert lengths(at) == (1000, 1000, 1000)
    assert started == []


def test_a_first_piece_plays_at_once_and_the_rest_as_it_comes(thread):
    at = opened()
    assert lengths(at) == (1, 1000, 1000)
    assert_plays(at, record(epochs=1))
    thread(41)
    assert_plays(drawn(at), record(epochs=42))
    assert lengths(at) == (42, 1000, 1000)
    thread(2000)
    assert_plays(drawn(at), record())
    assert lengths(at) == (1000, 1000, 1000)


def test_an_epoch_that_is_not_recorded_yet_is_shown_when_it_is(thread):
    at = opened({"epoch": "60"})
    for made, shown in ((0, 1), (30, 31), (40, 60), (2000, 60)):
        thread(made)
        drawn(at)
        assert prediction(at) == f"{record().predict([[4, 8]], shown)[0, 0]:.2f}"
        assert link_of(at)["epoch"] == "60"


def test_another_recipe_keeps_the_epoch_though_it_begins_anew(thread):
    at = opened({"epoch": "60"})
    thread(100)
    drawn(at)
    labelled(at.number_input, "Seed").set_value(5)
    drawn(at)
    assert lengths(at) == (1, 1000, 1000)
    assert at.session_state.epoch == 60
    thread(80)
    drawn(at)
    assert prediction(at) == f"{record(seed=5).predict([[4, 8]], 60)[0, 0]:.2f}"


def test_stopped_it_is_as_long_as_it_is_and_goes_on_when_told_to(thread):
    at = opened({"epoch": "60"})
    thread(36)
    at.session_state.recorded = 37  # as Stop does
    drawn(at)
    assert lengths(at) == (37, 37, 1000)
    assert at.session_state.epoch == 37
    assert link_of(at) == {"epoch": "37", "of": "37"}
    thread(50)
    assert_plays(drawn(at), record(epochs=37))
    at.session_state.recorded = 1000  # as Go on does
    drawn(at)
    thread(50)
    drawn(at)
    assert lengths(at) == (87, 1000, 1000)


def test_a_link_to_a_stopped_recording_is_as_long(thread):
    at = opened({"of": "37"})
    thread(100)
    assert_plays(drawn(at), record(epochs=37))
    assert lengths(at) == (37, 37, 1000)


def test_who_wants_another_recipe_no_longer_has_the_one_before_made(thread):
    at = opened()
    edit(at, {0: {"score": 70}})
    before, now = record(), record(rows=[[2, 9, 70], [1, 5, 86], [3, 6, 89], [4, 8, None]])
    thread(2000)
    assert_plays(drawn(at), now)
    assert nnviz.page.runs.run_of(Recipe(before.data), 1000).epochs == 1


def test_weights_beyond_all_numbers_end_the_recording_and_are_said(thread, monkeypatch):
    states, last = record(epochs=60).kept, 40
    largest = np.abs(states).max(axis=1)
    assert (np.diff(largest) > 0).all()
    bound = largest[last]
    monkeypatch.setattr(
        nnviz.engine.training, "are_within", lambda state: bool(np.abs(state).max() <= bound)
    )
    at = opened()
    assert not faults(at)
    thread(100)
    drawn(at)
    assert lengths(at) == (last - 1,) * 3
    assert film(at)[0]["epochsAtMost"] == last - 1
    assert faults(at) == [
        "With a learning rate of 1 the weights grow beyond ±1e+15, too large to compute with. "
        "Choose a smaller one. "
        f"The {last - 1} epochs before that are recorded."
    ]
