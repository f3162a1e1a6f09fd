"""What a person takes home of what is shown: the film, code, data, pictures; a menu of downloads.

Each file is made when it is asked for. The menu is a fragment of its own, run again when it is
opened, as the playhead has moved since the page was.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import streamlit as st

from nnviz import export, player
from nnviz.engine.moment import Moment
from nnviz.engine.recipe import Recipe
from nnviz.engine.training import Run
from nnviz.page.runs import run_of
from nnviz.page.state import state
from nnviz.writing import file_name, markdown

_HERE = Path(__file__).parent

if player.AVAILABLE:
    _mount_pictures = st.components.v2.component(
        "nnviz.pictures",
        html=(_HERE / "take_home.html").read_text("utf-8"),
        css=(_HERE / "take_home.css").read_text("utf-8"),
        js=(_HERE / "take_home.js").read_text("utf-8"),
        isolate_styles=False,
    )


@st.fragment
def menu(recipe: Recipe, question: tuple[float, ...]) -> None:
    """The button and its menu, for the epoch at which the playhead rests."""
    with st.popover("Take home", key="take_home", on_change="rerun"):
        run = run_of(recipe, state.recorded)
        moment = Moment(run, min(state.epoch, run.epochs), question)
        asked = export.asked_of(moment)
        st.caption(markdown(f"At epoch {moment.epoch:,}, for {asked}."))
        _film(moment)
        _code(moment)
        _data(moment)
        if player.AVAILABLE:
            _pictures(moment)


def _film(moment: Moment) -> None:
    _offer(moment, "Film, as a page that plays anywhere", "html", export.to_html)


def _code(moment: Moment) -> None:
    st.caption("Code that prints these very numbers")
    if reason := export.refusal(moment.run):
        st.caption(markdown(reason))
        return
    with st.container(horizontal=True, gap="xsmall"):
        _offer(moment, "Script", "py", export.to_script)
        _offer(moment, "Notebook", "ipynb", export.to_notebook)
        _offer(moment, "PyTorch", "py", export.to_torch, more="pytorch")


def _data(moment: Moment) -> None:
    at, run = moment.epoch, moment.run
    st.caption("Data")
    with st.container(horizontal=True, gap="xsmall"):
        _button(moment, "Recipe", "json", lambda run: run.recipe.to_json(), of="recipe")
        _button(moment, "Table with predictions", "csv", lambda run: export.table_csv(run, at))
        _button(moment, "Loss", "csv", export.loss_csv, of=f"{run.epochs}-epochs")
        _button(moment, "Weights, JSON", "json", lambda run: export.weights_json(run, at))
        _button(moment, "Weights, NumPy", "npz", lambda run: export.weights_npz(run, at))


def _offer(moment: Moment, label: str, ending: str, make: Callable, more: str = "") -> None:
    """A file that is made of a run at an epoch for a question."""
    made = partial(make, epoch=moment.epoch, question=moment.question, name=state.table)
    _button(moment, label, ending, made, more=more)


def _button(
    moment: Moment,
    label: str,
    ending: str,
    make: Callable[[Run], str | bytes],
    of: str | None = None,
    more: str = "",
) -> None:
    """A download that is made when it is asked for.

    make: of the run. of: what of it, by default the epoch. more: what else the file's name says.
    """
    recipe, epochs = moment.run.recipe, moment.run.epochs
    of = f"epoch-{moment.epoch}" if of is None else of
    st.download_button(
        label,
        lambda: make(_run(recipe, epochs)),
        file_name=file_name(state.table, moment.run.sizes, ending, of, more),
        mime=_KINDS[ending],
        on_click="ignore",
        key=f"take-{label}",
    )


def _run(recipe: Recipe, epochs: int) -> Run:
    """The run that the menu was drawn for; trained again, if the server no longer holds it."""
    run = run_of(recipe, epochs)
    return run if run.epochs == epochs else recipe.train(epochs)


_KINDS = {
    "html": "text/html",
    "py": "text/x-python",
    "ipynb": "application/x-ipynb+json",
    "json": "application/json",
    "csv": "text/csv",
    "npz": "application/octet-stream",
}


def _pictures(moment: Moment) -> None:
    """Charts as they stand on the screen; the browser makes them."""
    st.caption("Pictures")
    sizes = moment.run.sizes
    stem = file_name(state.table, sizes, "svg").removesuffix(".svg")
    _mount_pictures(
        key="pictures",
        data={"stem": stem, "title": f"{state.table} · {'-'.join(map(str, sizes))} network"},
    )
