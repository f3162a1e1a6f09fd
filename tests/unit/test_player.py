"""What the playhead is sent, and what it tells."""

from importlib import import_module

import pytest
from runs import exam_run

from nnviz.charts import captions
from nnviz.engine.moment import Moment

room = import_module("nnviz.player.player")  # the package calls its function so, too


def sent(monkeypatch, painted, go):
    mounted = {}
    monkeypatch.setattr(room, "_mount_playhead", lambda **options: mounted.update(options))
    room.playhead(moment(), painted, go, lambda epoch: None, lambda: None)
    return mounted["data"]


def told(monkeypatch, **news):
    """What the page hears of something that the browser tells."""
    heard, mounted = [], {}
    monkeypatch.setattr(room, "_mount_playhead", lambda **options: mounted.update(options))
    monkeypatch.setattr(room.st, "session_state", {"playhead": news})
    told_of = [lambda *what: heard.append(what)] * 2
    room.playhead(moment(), {}, None, *told_of, None, lambda *what: heard.append(what))
    for name in news:
        mounted[f"on_{name}_change"]()
    return heard


def moment():
    return Moment(exam_run(), 7, (4.0, 8.0))


def test_what_is_painted_goes_down_with_the_captions_and_nothing_that_is_none(monkeypatch):
    slope = {"of": {}, "point": (0, 0.5), "tangent": ((0, 0), (1, 1))}
    data = sent(monkeypatch, {"slope": slope, "light": None}, None)
    assert data == {
        "painted": {"captions": captions(moment()), "slope": slope},
        "go": None,
        "found": None,
    }


def test_everything_painted_says_what_it_is_of(monkeypatch):
    assert all("of" in what for what in sent(monkeypatch, {}, None)["painted"].values())


def test_the_playhead_is_sent_to_an_epoch_by_a_token(monkeypatch):
    assert sent(monkeypatch, {}, ("lesson-3", 250))["go"] == {"token": "lesson-3", "epoch": 250}


def test_a_loss_is_looked_for_with_all_that_was_asked(monkeypatch):
    sought = {"below": 0.001, "after": 3, "token": "t"}
    assert told(monkeypatch, find=sought) == [(0.001, 3, "t")]
    assert told(monkeypatch, find=None) == []


@pytest.mark.parametrize("below", [float("nan"), float("inf")])
def test_a_loss_that_is_no_number_is_not_looked_for(monkeypatch, below):
    assert told(monkeypatch, find={"below": below, "after": 3, "token": "t"}) == []


def test_the_answer_goes_down_with_its_token(monkeypatch):
    mounted = {}
    monkeypatch.setattr(room, "_mount_playhead", lambda **options: mounted.update(options))
    room.playhead(moment(), {}, None, lambda epoch: None, lambda: None, ("t", "Epoch 26."))
    assert mounted["data"]["found"] == {"token": "t", "said": "Epoch 26."}
