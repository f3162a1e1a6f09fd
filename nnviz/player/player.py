"""Mount the playback component in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from nnviz.captions import captions
from nnviz.engine.training import Run
from nnviz.film import take

_SCRIPTS = ("film.js", "painters.js", "stage.js", "player.js")  # one module, in this order


def _read(name: str) -> str:
    return (Path(__file__).parent / name).read_text("utf-8")


AVAILABLE = hasattr(getattr(st.components, "v2", None), "component")  # not in an older Streamlit

if AVAILABLE:
    _mount = st.components.v2.component(
        "nnviz.player",
        html=_read("player.html"),
        css=_read("player.css"),
        js="\n".join(map(_read, _SCRIPTS)),
        isolate_styles=False,
    )
    _mount_playhead = st.components.v2.component("nnviz.playhead", js=_read("playhead.js"))


def player(film: bytes, on_more: Callable[[int, int], None]) -> None:
    """The transport bar, playing a film (see `nnviz.film`) onto the page's charts.

    on_more: called with an epoch and how far the recording should reach, when the film lacks
        frames around that epoch or the recording nears its end.
    """

    def asked():
        if more := st.session_state.player.more:
            on_more(int(more["around"]), int(more["until"]))

    _mount(key="player", data=film, on_more_change=asked)


def playhead(
    run: Run,
    epoch: int,
    question: tuple[float, ...],
    painted: dict,
    on_epoch: Callable[[int], None],
    on_reduced: Callable[[], None],
) -> None:
    """What browser and server tell each other of an epoch; there is nothing to see of it.

    Down goes what pointing at the network says, which shows on no other epoch, and what else is
    to be painted. It stands apart from the player, so that an epoch reruns only the fragment
    that it is called from.

    painted: ``light``, which of the network is lit and what stands on it (see
        `nnviz.inside.spotlight`), which shows on no other epoch, either; ``slope``, the point
        and the tangent on the sigmoid. Either may be lacking.
    on_epoch: called with the epoch on pause, step and release of the slider.
    on_reduced: called if the browser can't paint the charts, so that the server must.
    """

    def told():
        epoch = st.session_state.playhead.epoch
        if isinstance(epoch, int):
            on_epoch(epoch)

    said = {"take": take(run), "epoch": epoch, "question": list(question)}
    _mount_playhead(
        key="playhead",
        data={"captions": said | captions(run, epoch, question)} | painted,
        height=1,
        on_epoch_change=told,
        on_reduced_change=on_reduced,
    )
