"""Compare: runs that were pinned, beside the present one, on one clock."""

from __future__ import annotations

import html
import string
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.charts import RACE
from nnviz.engine.moment import Moment
from nnviz.engine.recipe import Recipe, RecipeError
from nnviz.engine.training import Run, cost
from nnviz.page import address, ask
from nnviz.page.address import STARTS
from nnviz.page.pictures import comparable, picture, pinned
from nnviz.page.settings import RATES
from nnviz.page.starts import by_itself
from nnviz.page.state import MOST_PINS, state
from nnviz.trust.spread import spread
from nnviz.writing import loss_text, markdown, prediction_text, shown

_RACE = (1 / 3, 3.0)  # times the present rate


def compare(moment: Moment, beside: DeltaGenerator) -> dict:
    """The view; what is to be painted of it comes with the film."""
    recipe = moment.run.recipe
    full = len(state.pins) >= MOST_PINS
    with beside, st.container(horizontal=True, gap="small"):
        st.button(
            "Pin this run",
            on_click=_pin,
            args=([recipe],),
            disabled=full or recipe in state.pins,
        )
        st.button(
            "Race other rates",
            on_click=_pin,
            args=(_other_rates(recipe),),
            disabled=full,
            help="Pins the same start at a third of this learning rate and at three times it.",
        )
    if not state.pins:
        st.markdown(
            "Pin this run, then change a setting: both stay on the screen, on one clock, and the "
            "pinned one keeps a faint curve in the loss chart."
        )
        return {}
    st.html(_table(moment, pinned(moment)))
    with st.container(horizontal=True, gap="small", key="pins"):
        for k, letter in enumerate(string.ascii_uppercase[: len(state.pins)]):
            st.button(f"Open {letter}", on_click=_open, args=(k, recipe), type="tertiary")
            st.button(f"Unpin {letter}", on_click=_unpin, args=(k,), type="tertiary")
    if not address.pins_fit(recipe):
        st.caption(
            f"The pinned runs need more than the {address.LONGEST:,} characters of a link, so the "
            "link leaves them out."
        )
    st.caption(
        "The losses and the answers to the question, over the same epochs: this run’s in blue, "
        "the pinned ones’ grey, each with a dot at the epoch that is shown"
    )
    picture(RACE, moment, comparable(moment))
    return {}


def _table(moment: Moment, pins: list[tuple[str, Run]]) -> str:
    """A row a run, as HTML."""
    label = html.escape(moment.aspect.name)
    heads = ["", "", f"loss at epoch {moment.epoch:,}", label, "from 200 starts", "to train it"]
    recipe = moment.run.recipe
    own = dict.fromkeys(part for _, run in pins for part in ask.own_settings(recipe, run.recipe))
    rows = [_row("this run", ", ".join(own), moment.run, moment)]
    for letter, run in pins:
        differs = ask.difference(run.recipe, recipe) or "the same as this run"
        rows.append(_row(letter, differs, run, moment))
    cells = "".join(f"<th>{head}</th>" for head in heads)
    return f'<table class="nnviz-pins"><tr>{cells}</tr>{"".join(rows)}</table>'


def _row(letter: str, differs: str, run: Run, moment: Moment) -> str:
    epoch = moment.epoch
    range_ = "–"
    # It may still be being recorded; a loss on other columns is no better or worse than this one.
    if epoch > run.epochs or not moment.data.has_columns_of(run.data):
        return _cells([letter, html.escape(differs), *["–"] * 4])
    here = replace(moment, run=run)
    answer = prediction_text(here.answer, here.aspect.scale)
    if (many := by_itself(run.recipe, STARTS[0], state.recorded)) is not None:
        found = spread(here, many)
        range_ = f"{found.write(found.low)} to {found.write(found.high)}"
    cells = [
        letter,
        html.escape(differs),
        loss_text(float(run.loss[epoch])),
        answer,
        range_,
        _time(1e-6 * cost(run.recipe) * epoch),
    ]
    return _cells(cells)


def _cells(cells: list[str]) -> str:
    return "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"


def _time(seconds: float) -> str:
    """What the epochs so far take to train, as reckoned for a common machine."""
    return f"{shown(float(f'{seconds:.2g}'))} s" if seconds >= 1 else f"{1000 * seconds:.0f} ms"


def _other_rates(recipe: Recipe) -> list[Recipe]:
    rates = [float(f"{times * recipe.learning_rate:.2g}") for times in _RACE]
    return [recipe.but(learning_rate=min(max(rate, RATES[0]), RATES[1])) for rate in rates]


def _pin(recipes: list[Recipe]) -> None:
    new = [recipe for recipe in recipes if recipe not in state.pins]
    state.pins = (*state.pins, *new)[:MOST_PINS]


def _unpin(k: int) -> None:
    state.pins = (*state.pins[:k], *state.pins[k + 1 :])


def _open(k: int, present: Recipe) -> None:
    """Show a pinned run; the present one is pinned in its place, so that nothing is lost."""
    chosen = state.pins[k]
    pins = tuple(present if place == k else pin for place, pin in enumerate(state.pins))
    try:
        address.open_recipe(chosen, state.table)
    except RecipeError as fault:
        state.notice = markdown(str(fault))
        return
    state.pins = tuple(dict.fromkeys(pin for pin in pins if pin != chosen))
