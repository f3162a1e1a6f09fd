"""Mount the playback component in a Streamlit page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import streamlit as st

from nnviz.captions import captions
from nnviz.film import take
from nnviz.training import Run

_KEY = "player"
_SCRIPTS = ("film.js", "stage.js", "player.js")  # one module in three rooms, in this order


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
    _mount_signals = st.components.v2.component("nnviz.signals", js=_read("signals.js"))


def player(
    film: bytes,
    on_epoch: Callable[[int], None],
    on_more: Callable[[int, int], None],
    on_reduced: Callable[[], None],
) -> None:
    """The transport bar, playing a film (see `nnviz.film`) onto the page's charts.

    on_epoch: called with the epoch on pause, step and release of the slider.
    on_more: called with an epoch and how far the recording should reach, when the film lacks
        frames around that epoch or the recording nears its end.
    on_reduced: called if the browser can't paint the charts, so that the server must.
    """

    def told():
        epoch = st.session_state[_KEY].epoch
        if isinstance(epoch, int):
            on_epoch(epoch)

    def asked():
        more = st.session_state[_KEY].more
        if more:
            on_more(int(more["around"]), int(more["until"]))

    _mount(
        key=_KEY,
        data=film,
        on_epoch_change=told,
        on_more_change=asked,
        on_reduced_change=on_reduced,
    )


def signals(run: Run, epoch: int, question: tuple[float, ...], light: dict | None) -> None:
    """Tell the browser what goes with an epoch.

    What pointing at the network says; and which of it is lit, if anything (see
    `nnviz.inside.spotlight`). Neither shows on any other epoch.
    """
    said = {"take": take(run), "epoch": epoch, "question": list(question)}
    data = {"captions": said | captions(run, epoch, question), "light": light}
    _mount_signals(key="signals", data=data, height=1)
