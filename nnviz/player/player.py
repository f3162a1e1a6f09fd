"""Mount the playback component in a Streamlit page."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

from nnviz.charts import SCRIPTS as CHART_SCRIPTS
from nnviz.charts import captions
from nnviz.engine.moment import Moment

_HERE = Path(__file__).parent
_PARTS = ("stage", "pace", "places", "asking", "answer", "growth", "telling", "keys", "player")
_BAR = [_HERE / f"{name}.js" for name in _PARTS]
SCRIPTS = [_HERE / "film.js", *CHART_SCRIPTS, *_BAR]  # the player on any page, in this order
BAR_HTML, BAR_CSS = _HERE / "player.html", _HERE / "player.css"
STAGE_CSS = _HERE / "stage.css"  # what is drawn on the charts and written beside them


AVAILABLE = hasattr(getattr(st.components, "v2", None), "component")  # not in an older Streamlit

if AVAILABLE:
    _mount = st.components.v2.component(
        "nnviz.player",
        html=BAR_HTML.read_text("utf-8"),
        css=BAR_CSS.read_text("utf-8"),
        js="\n".join(script.read_text("utf-8") for script in (*SCRIPTS, _HERE / "streamlit.js")),
        isolate_styles=False,
    )
    _mount_playhead, _mount_progress, _mount_beside, _mount_later, _mount_maps = (
        st.components.v2.component(
            f"nnviz.{name}", js="".join((_HERE / f"{part}.js").read_text("utf-8") for part in parts)
        )
        for name, parts in {
            "playhead": ["playhead"],
            "progress": ["progress"],
            "beside": ["beside"],
            "later": ["later"],
            "maps": ["film", "maps"],
        }.items()
    )


def player(
    film: bytes, on_more: Callable[[int, int], None], on_shorten: Callable[[], None]
) -> None:
    """The transport bar, playing a film (see `nnviz.player.film`) onto the page's charts.

    on_more: called with an epoch and how far the recording should reach, when the film lacks
        frames around that epoch or the recording is to go on.
    on_shorten: called when the recording is to be cut back to its first length.
    """

    def asked():
        match _sent("player", "more"):
            case {"around": around, "until": until} if _is_whole(around) and _is_whole(until):
                on_more(around, until)

    def cut():
        if _sent("player", "shorten") is True:
            on_shorten()

    _mount(key="player", data=film, on_more_change=asked, on_shorten_change=cut)


def progress(
    recipe: str, recorded: int, wanted: int, seconds: float, on_stop: Callable[[], None]
) -> None:
    """How far a recording is; while it grows, the player has this fragment run again and again.

    recipe: the key of its recipe. wanted: up to which epoch it is being recorded; ``recorded`` if
    no more is. seconds: how long that will take. on_stop: called when no more is wanted.
    """

    def stopped():
        if _sent("progress", "stop") is True:
            on_stop()

    _mount_progress(
        key="progress",
        data={
            "recipe": recipe,
            "recorded": recorded,
            "wanted": wanted,
            "seconds": round(seconds, 1),
            "answer": time.monotonic(),  # so that each answer is another, and gets there
        },
        height=1,
        on_again_change=lambda: None,
        on_stop_change=stopped,
    )


def beside(found: dict | None, awaited: bool) -> None:
    """What other starts answer, beside the answer of this one.

    found: what is ``said`` of them and what it is ``of``, as in `playhead`. awaited: whether it is
        still being made; the player has this fragment run again and again until it is there.
    """
    if AVAILABLE:
        data: dict[str, Any] = {"painted": {} if found is None else {"range": found}}
        if awaited:
            data["awaited"] = time.monotonic()  # so that each answer is another
        _mount_beside(key="beside", data=data, height=1, on_again_change=lambda: None)


def _sent(component: str, what: str) -> Any:
    """What a browser sent by a name, if it did; anything may arrive."""
    sent = st.session_state.get(component)
    return sent.get(what) if isinstance(sent, dict) else None


def _is_number(number: Any) -> bool:
    """Whether what a browser sent is a number that a double can be."""
    return type(number) in (int, float) and abs(number) <= sys.float_info.max


def _is_whole(number: Any) -> bool:
    """Whether what a browser sent is a number of epochs."""
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
) -> int | None:
    """What browser and server tell each other of an epoch; there is nothing to see of it.

    Down goes what is to be painted of a moment, and where the playhead is sent to; up come the
    epoch and whether the browser can paint: playhead.js says the messages. It stands apart
    from the player, so that an epoch reruns only the fragment that it is called from.

    painted: besides the captions: ``light``, see `nnviz.charts.light`, `chain` and `ways_through`;
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

    Returns the epoch that the browser told last, be it to a server before this one.
    """

    def told():
        epoch = _sent("playhead", "epoch")
        if _is_whole(epoch):
            on_epoch(epoch)

    def asked():
        match _sent("playhead", "find"):
            case {"below": below, "after": after, "token": str(token)} if _is_number(
                below
            ) and _is_whole(after):
                on_find(float(below), after, token[:40])

    def reduced():
        if _sent("playhead", "reduced") is True:
            on_reduced()

    def picked():
        what = _sent("playhead", "picked")
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
        on_reduced_change=reduced,
        on_find_change=asked,
        on_picked_change=picked,
    )
    epoch = _sent("playhead", "epoch")
    return epoch if _is_whole(epoch) else None


def later(painted: dict[str, dict | None]) -> None:
    """What else is to be painted of a moment, and takes longer to compute; see `playhead`.

    painted: by their charts' names, what the charts of the tab “What it has learned” are painted
        with, and ``range``, as `beside` has it. Each says what it is ``of``; any may be None.
    """
    if AVAILABLE:
        sent = {name: what for name, what in painted.items() if what is not None}
        _mount_later(key="later", data={"painted": sent}, height=1)


def mount_maps(film: bytes) -> None:
    """Hand the film of maps to the charts that are painted with it; see `nnviz.player.maps`."""
    if AVAILABLE:
        _mount_maps(key="maps", data=film, height=1)
