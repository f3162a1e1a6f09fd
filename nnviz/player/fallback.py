"""Stepping without the playback component: plain widgets, and the server draws each epoch."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from nnviz.engine.training import Run
from nnviz.writing import loss_text


def stepper(run: Run, epoch: int, on_epoch: Callable[[int], None]) -> None:
    """Buttons, slider and read-outs, as the component's are named.

    on_epoch: called with the epoch that was stepped to.
    """
    st.caption("Playback is reduced: this Streamlit has no components. Stepping works.")
    buttons = {
        "To start": 0,
        "Step back": max(epoch - 1, 0),
        "Step forward": min(epoch + 1, run.epochs),
        "To end": run.epochs,
    }
    for column, (name, to) in zip(st.columns(len(buttons)), buttons.items()):
        column.button(name, on_click=on_epoch, args=(to,), width="stretch")
    st.session_state.stepper = epoch
    st.slider(
        "Epoch",
        0,
        run.epochs,
        key="stepper",
        on_change=lambda: on_epoch(st.session_state.stepper),
    )
    st.html(
        f'<p>epoch <b data-testid="epoch">{epoch}</b> of {run.epochs} · '
        f'loss <b data-testid="loss">{loss_text(run.loss[epoch])}</b></p>'
    )
