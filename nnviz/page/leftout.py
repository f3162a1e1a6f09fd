"""Left out in turn: each row predicted by a network that never saw it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.charts import UNSEEN, unseen_on
from nnviz.engine.left_out import in_turn, left_out
from nnviz.engine.moment import Moment
from nnviz.engine.recipe import Recipe
from nnviz.page.pictures import picture
from nnviz.page.starts import of_recipes, waited_for
from nnviz.page.state import state
from nnviz.trust.unseen import misses, verdict


@st.cache_resource(max_entries=16, show_spinner=False)
def _turns(key: str, _recipe: Recipe) -> tuple[list[int], list[Recipe]]:
    """`in_turn`, which reads a long table as often as it has rows, once for each recipe."""
    return in_turn(_recipe)


def left_out_in_turn(moment: Moment, beside: DeltaGenerator) -> dict:
    """The view; returns what is to be painted of it."""
    recipe, count = moment.run.recipe, len(moment.data.X)
    rows, recipes = _turns(recipe.key, recipe)
    if not rows:
        st.markdown(
            "With one training row there is nothing left to learn from once it is left out."
            if count == 1
            else "None of these rows can be left out: without it there is nothing to learn from."
        )
        return {}
    name = f"left out {recipe.key} {state.recorded}"
    name, training = of_recipes(name, lambda: recipes, state.recorded)
    many = waited_for(name, training, f"{len(rows)} networks")
    if many is None:
        return {}
    left = left_out(recipe, rows, many, moment.epoch)
    which = (
        f"Each of the {count} rows"
        if len(rows) == count
        else f"{len(rows)} of the {count:,} rows, each"
    )
    st.markdown(f"**{misses(moment, left)}**")
    st.caption(verdict(moment, left))
    st.caption(
        f"{which} is left out of everything once, and predicted ● at epoch {moment.epoch:,} by a "
        "network of the same start that learned from the others alone; ○ is its target, | the "
        "others’ mean"
    )
    picture(UNSEEN, moment, left)
    return {"unseen": unseen_on(moment, left)}
