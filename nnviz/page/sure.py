"""How sure is it? The answer as a range: what other random starts would have said."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz import player
from nnviz.charts import ANSWERS, BAND, DOUBT, answers_on, band_on, doubt_on
from nnviz.charts.band import is_cut
from nnviz.charts.facts import facts
from nnviz.engine.many import Many
from nnviz.engine.moment import Moment
from nnviz.page.address import STARTS
from nnviz.page.maps import map_ground
from nnviz.page.outside import draw_anew_if_changed
from nnviz.page.pictures import picture
from nnviz.page.starts import from_many_starts, meanwhile, waited_for
from nnviz.page.state import state
from nnviz.trust.ground import Ground, disagreement
from nnviz.trust.spread import agreement, band, middle_width, spread
from nnviz.writing import asked_text, markdown, shown


@st.fragment
def beside_the_answer(moment: Moment, said: bool) -> None:
    """The range, written beside the answer once it is there; where that takes too long, where to
    find it.

    said: whether it is to be said at all.
    """
    draw_anew_if_changed(view=True)
    if not said:
        return player.beside(None, False)
    many, awaited = meanwhile(moment.run.recipe, STARTS[0], state.recorded)
    player.beside(_unsaid(moment, awaited) if many is None else _said(moment, many), awaited)


def _unsaid(moment: Moment, awaited: bool) -> dict | None:
    """What stands there instead; nothing where the view that it names is hidden."""
    if "tabs" in state.hide and not awaited:
        return None
    where = "in training" if awaited else "see How sure is it?"
    return {"of": facts(moment, "recipe"), "said": f"{STARTS[0]} random starts: {where}"}


def _said(moment: Moment, many: Many) -> dict:
    """What stands beside the answer; of classes, which says more than one class's share."""
    said = agreement(moment, many) if moment.label.classes else spread(moment, many).range
    return {"of": facts(moment, "recipe", "epoch", "question", "aspect"), "said": said}


def how_sure(moment: Moment, beside: DeltaGenerator) -> dict:
    """The view; returns what is to be painted of it."""
    with beside:
        st.selectbox(
            "Random starts",
            STARTS,
            format_func=lambda count: f"{count:,} random starts",
            key="starts",
            label_visibility="collapsed",
            width=220,
            persist_state="page",
        )
    name, training = from_many_starts(moment.run.recipe, state.starts, state.recorded)
    many = waited_for(name, training, f"{state.starts:,} networks")
    if many is None:
        return {"range": None}
    found, over = spread(moment, many), band(moment, many)
    st.markdown(f"**{markdown(moment.aspect.name)} {markdown(found.sentence)}.**")
    st.caption(markdown(found.meaning))
    left, right = st.columns(2, gap="large")
    with left:
        st.caption(
            f"What the {found.count:,} networks answer at epoch {moment.epoch:,}, the middle 90 % "
            "in blue"
        )
        picture(ANSWERS, moment, found)
    with right:
        drawn = band_on(moment, over)
        st.caption(
            "The middle 90 % over the epochs, and this run’s answer in yellow"
            + ("; the band reaches beyond the picture" if is_cut(drawn) else "")
        )
        picture(BAND, moment, over)
    painted = {
        "range": _said(moment, many),
        "answers": answers_on(moment, found),
        "band": drawn,
    }
    on = map_ground(moment, beside)
    if on is not None and len(on.axes) > 1:
        painted["doubt"] = _where(moment, many, on)
    return painted


def _where(moment: Moment, many: Many, on: Ground) -> dict:
    """Where the networks disagree, as a map."""
    widths = disagreement(moment, many, on)
    place = int(widths.argmax())
    rows = moment.aspect.of(many.predict(moment.data.inputs, moment.epoch))
    held = len(moment.data.input_names) > len(on.axes)  # inputs that are the same all over it
    left, right = st.columns([1.75, 1], gap="large")
    right.caption(
        "Where they disagree, the more the yellower: the middle 90 % span up to "
        f"{_two_digits(widths[place])} ({_where_is(moment, on, place)}), and on the training rows"
        + (", each at its own values of the other inputs," if held else "")
        + f" {_two_digits(float(middle_width(rows).mean()))} in the mean."
    )
    with left:
        picture(DOUBT, moment, on)
    return doubt_on(moment, on, widths)


def _where_is(moment: Moment, on: Ground, place: int) -> str:
    names = moment.data.input_names
    return ", ".join(f"{markdown(names[j])} {asked_text(on.inputs[place, j])}" for j in on.axes)


def _two_digits(value: float) -> str:
    return shown(float(f"{value:.2g}"))
