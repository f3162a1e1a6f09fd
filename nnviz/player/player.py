"""Mount the playback component in a Streamlit page."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from nnviz.charts import SCRIPTS, captions
from nnviz.engine.moment import Moment

_HERE = Path(__file__).parent
_BAR = [_HERE / f"{name}.js" for name in ("stage", "pace", "places", "player")]
_MODULE = [_HERE / "film.js", *SCRIPTS, *_BAR]  # in this order


def _read(name: str) -> str:
    return (_HERE / name).read_text("utf-8")


AVAILABLE = hasattr(getattr(st.components, "v2", None), "component")  # not in an older Streamlit

if AVAILABLE:
    _mount = st.components.v2.component(
        "nnviz.player",
        html=_read("player.html"),
        css=_read("player.css"),
        js="\n".join(script.read_text("utf-8") for script in _MODULE),
        isolate_styles=False,
    )
    _mount_playhead = st.components.v2.component("nnviz.playhead", js=_read("playhead.js"))


def player(
    film: bytes, on_more: Callable[[int, int], None], on_shorten: Callable[[], None]
) -> None:
    """The transport bar, playing a film (see `nnviz.player.film`) onto the page's charts.

    on_more: called with an epoch and how far the recording should reach, when the film lacks
        frames around that epoch or the recording is to go on.
    on_shorten: called when the recording is to be cut back to its first length.
    """

    def asked():
        match st.session_state.player.more:
            case {"around": around, "until": until} if _is_whole(around) and _is_whole(until):
                on_more(around, until)

    _mount(key="player", data=film, on_more_change=asked, on_shorten_change=on_shorten)


def _is_whole(number: object) -> bool:
    """Whether what a browser sent is a number of epochs; anything may arrive."""
    return type(number) is int and 0 <= number < 2**31


def playhead(
    moment: Moment,
    painted: dict[str, dict | None],
    go: tuple[str, int] | None,
    on_epoch: Callable[[int], None],
    on_reduced: Callable[[], None],
    found: tuple[str, str] | None = None,
    on_find: Callable[[float, int, str], None] = lambda below, after, token: None,
    on_picked: Callable[[object], None] | None = None,
) -> None:
    """What browser and server tell each other of an epoch; there is nothing to see of it.

    Down goes what is to be painted of a moment, and where the playhead is sent to; up come the
    epoch and whether the browser can paint: playhead.js says the messages. It stands apart
    from the player, so that an epoch reruns only the fragment that it is called from.

    painted: besides the captions: ``light``, see `nnviz.charts.light` and `nnviz.charts.chain`;
        ``slope``, see `nnviz.charts.place_on`; ``nudge``, see `nnviz.charts.nudge_on`. Each says
        what it is ``of``; any may be lacking or None.
    go: an epoch to which the player moves, once for each new token that comes with it, as soon
        as it has a film of that epoch; then it tells the epoch, as after a step.
    on_epoch: called with the epoch on pause, step and release of the slider.
    on_reduced: called if the browser can't paint the charts, so that the server must.
    found: a token and the answer to what was asked with it.
    on_find: called with a loss, an epoch and a token, when a person asks for the next epoch
        after that one with a loss below that.
    on_picked: called with what was picked in the network: see playhead.js, and check it. If it
        is None, nothing there can be picked.
    """

    def told():
        epoch = st.session_state.playhead.epoch
        if _is_whole(epoch):
            on_epoch(epoch)

    def asked():
        match st.session_state.playhead.find:
            case {"below": int() | float() as below, "after": after, "token": str(token)} if (
                math.isfinite(below) and _is_whole(after)
            ):
                on_find(float(below), after, token[:40])

    def picked():
        what = st.session_state.playhead.picked
        if on_picked is not None and what:
            on_picked(what)

    painted = {"captions": captions(moment), **painted}
    _mount_playhead(
        key="playhead",
        data={
            "painted": {name: what for name, what in painted.items() if what is not None},
            "go": go and {"token": go[0], "epoch": go[1]},
            "found": found and {"token": found[0], "said": found[1]},
        }
        | ({} if on_picked is None else {"picks": True}),
        height=1,
        on_epoch_change=told,
        on_reduced_change=on_reduced,
        on_find_change=asked,
        on_picked_change=picked,
    )
