"""“Check yourself” in the walk: a number of a step's result is blank, and the learner types it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from nnviz.dissection import Step
from nnviz.engine.moment import Moment
from nnviz.lessons.questions import CLOSE, RIGHT
from nnviz.lessons.slips import graded
from nnviz.page import veils
from nnviz.page.sheet import Choice
from nnviz.page.state import state
from nnviz.writing import markdown, rounded

_STRIDE = 7  # how far on the next blank lies; prime to most sizes, so that it comes round
_GRADES = {RIGHT: "Right.", CLOSE: "Close."}


@dataclass(frozen=True, eq=False)
class Blank:
    """The number to be typed: cell i, j of a step. key: tells it from every other."""

    step: Step
    i: int
    j: int
    key: str

    @property
    def place(self) -> tuple[str, int, int]:
        return self.step.name, self.i, self.j

    @property
    def name(self) -> str:
        """What to call it, as Markdown; without brackets, of which a label would keep the marks."""
        step = self.step
        where = [step.rows[self.i], step.columns[self.j]] if step.rows else []
        return markdown(", ".join([step.title or step.name, *where]))

    @property
    def value(self) -> float:
        return float(self.step.value[self.i, self.j] if self.step.rows else self.step.value)


def blank(moment: Moment, steps: Sequence[Step], choice: Choice) -> Blank:
    """Which number of a step of the walk is blank: another in each epoch and at each try."""
    places = [(step, i, j) for step in steps for i, j in choice.cells(step)]
    step, i, j = places[(moment.epoch + _STRIDE * state.blank) % len(places)]
    run = moment.run.recipe.key
    name = f"{run}-{moment.epoch}-{moment.question}-{step.name}-{i}-{j}-{state.blank}"
    return Blank(step, i, j, f"blank-{name}")


def is_open(blank: Blank) -> bool:
    """Whether it is yet to be said."""
    key, verdict = state.checked
    return key != blank.key or (verdict is not None and verdict.grade != RIGHT)


def field(blank: Blank, rate: float) -> None:
    """Where the number is typed, and what is said of it. rate: η."""
    with st.container(key="check", gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            if is_open(blank):
                st.html(veils.style(_VEILED.get(blank.step.name, ())))
                st.text_input(
                    f"{blank.name}: ?",
                    key=blank.key,
                    placeholder="to 4 digits",
                    width=220,
                    on_change=_check,
                    args=(blank, rate),
                )
                st.button("Check", on_click=_check, args=(blank, rate), key="check_typed")
                st.button("Show it", on_click=_show, args=(blank,), type="tertiary")
            else:
                st.markdown(f"**{blank.name}: {rounded(blank.value)}**", width="content")
            st.button("Another one", on_click=_another, type="tertiary")
        with st.container(key="checked"):
            st.markdown(_said(blank))


# What shows the same number elsewhere on the page.
_VEILED = {"loss": ("loss",), "o": ("answer", "prediction")}


def _said(blank: Blank) -> str:
    key, verdict = state.checked
    if key != blank.key:
        return "Work it out from the numbers that are lit."
    if verdict is None:
        return ""
    grade = _GRADES.get(verdict.grade, "Not yet." if verdict.grade else "")
    return f"**{grade}** {verdict.said}".replace("****", "").strip()


def _check(blank: Blank, rate: float) -> None:
    typed = state.get(blank.key) or ""
    state.checked = blank.key, graded(typed, blank.step, blank.i, blank.j, rate)


def _show(blank: Blank) -> None:
    state.checked = blank.key, None


def _another() -> None:
    state.blank += 1
