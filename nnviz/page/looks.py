"""The page's style sheets, in their order."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from nnviz import player
from nnviz.page.state import state

THREE_COLUMNS = 1150  # the width in pixels from which the page's three columns have room
RAIL = 352  # of the lesson's rail, beside them; lesson.css has it in rem

_HERE = Path(__file__).parent


def looks() -> None:
    narrow = THREE_COLUMNS + (RAIL if state.station else 0)
    sheets = [
        player.STAGE_CSS.read_text("utf-8"),
        _read("page.css"),
        f"@media (max-width: {narrow}px) {{\n{_read('narrow.css')}}}\n",
        _read("phone.css"),
        _read("lesson.css") if state.station else "",
        _read("large.css") if state.large else "",
    ]
    st.html(f"<style>{''.join(sheets)}</style>")


def _read(name: str) -> str:
    return (_HERE / name).read_text("utf-8")
