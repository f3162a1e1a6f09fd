"""The tab “Inside this epoch”; all its numbers come from `nnviz.dissection`."""

from __future__ import annotations

import streamlit as st

from nnviz.charts import NUDGED, SLOPE, WEIGHT, chain, light, nudge_on, place_on, ways_through
from nnviz.dissection import (
    NUDGES,
    by_hand,
    headings,
    neuron_names,
    neuron_slope,
    nudge,
    question_walk,
    walk_of,
    weight_story,
)
from nnviz.dissection.epoch import QUESTION
from nnviz.engine.moment import Moment
from nnviz.engine.shape import Shape
from nnviz.engine.training import Run
from nnviz.page import check
from nnviz.page.address import VIEWS
from nnviz.page.pictures import picture
from nnviz.page.sheet import (
    MOST_TRAINING_ROWS,
    Choice,
    factors_sheet,
    gradients_sheet,
    mount_sheet,
    sheet,
)
from nnviz.page.state import (
    ALL_ROWS,
    INSIDE,
    LONGEST_RECORDING,
    THE_QUESTION,
    one_of,
    send_to,
    state,
)
from nnviz.writing import asked_text, markdown, shown, true_minus


def inside_this_epoch(moment: Moment) -> dict:
    """The tab; returns what the player is to paint of it, for this epoch."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.segmented_control(
            "View",
            list(VIEWS.values()),
            required=True,
            label_visibility="collapsed",
            key="view",
            persist_state="page",
        )
        beside = st.container(width="content")  # a choice of rows, in the views that have one
        if state.view == "Walk":
            st.toggle("Check yourself", key="checking", persist_state="page")
    if state.view == "Walk":
        with beside:
            choice = _rows(moment.run, "Rows", "row", THE_QUESTION)
        return {"light": _walk(moment, choice)}
    if state.view == "σ and its slope":
        with beside:
            _rows(moment.run, "Training row", "slope_row", first=0)
        return _slope(moment, state.slope_row)
    if state.view == "One weight":
        return _weight(moment)
    _by_hand()
    return {}


def pick(shape: Shape, what: object) -> None:
    """Open a synapse in One weight, a neuron in σ, as a browser says what was picked there.

    Of an input there is nothing to open; what is not there is ignored.
    """
    place = picked(shape, what)
    if place in shape.synapses():
        state.tab, state.view, state.synapse = INSIDE, "One weight", place
    elif place is not None:
        state.tab, state.view, state.neuron = INSIDE, "σ and its slope", place


def picked(shape: Shape, what: object) -> tuple[int, ...] | None:
    """A synapse, (layer, i, j), or a neuron past the inputs, (layer, n); None if it is neither."""
    match what:
        case {"synapse": int(place)} if type(place) is int and 0 <= place < shape.count:
            return shape.synapses()[place]
        case {"neuron": [int(layer), int(n)]} if bool not in (type(layer), type(n)) and (
            layer,
            n,
        ) in _neurons_of(shape):
            return layer, n
    return None


def _neurons_of(shape: Shape) -> list[tuple[int, int]]:
    """(layer, n) of every neuron past the inputs: layer from 1, n from 0."""
    return [(layer, n) for layer, size in enumerate(shape.sizes) for n in range(size) if layer]


_ROWS_IN_FULL = 500  # of more rows, all of which Streamlit sends, only the numbers are offered


def _rows(run: Run, label: str, key: str, first: int) -> Choice:
    """One of the training rows or, where ``first`` offers them, all of them or the question."""
    names = tuple(f"row {number}" for number in run.data.training_rows)

    def said(row: int) -> str:
        if row == ALL_ROWS:
            return "All rows"
        if row == THE_QUESTION:  # without its values: with other words it would be another option
            return f"the {QUESTION}"
        if len(names) > _ROWS_IN_FULL:
            return names[row]
        return f"{names[row]}: {', '.join(map(asked_text, run.data.inputs[row][:4]))}"

    rows = range(first, len(names))
    if first < 0 and state[key] not in rows:
        state[key] = ALL_ROWS
    one_of(key, rows)
    st.selectbox(
        label,
        rows,
        format_func=said,
        key=key,
        label_visibility="collapsed",
        width=220,
        persist_state="page",
    )
    return Choice(names, state[key] if state[key] >= 0 else None)


def _walk(moment: Moment, choice: Choice) -> dict | None:
    """One step of the epoch; returns its light on the network, if that is wanted."""
    epoch, layers = moment.epoch, len(moment.run.sizes) - 1
    titles = headings(layers)
    last, loss = len(titles), titles.index("loss") + 1
    if state.walk_step > last:
        state.walk_step = last
    number, row = state.walk_step, choice.row or 0
    asked = state.row == THE_QUESTION
    if asked and number < loss:
        walk, choice = question_walk(moment), Choice((QUESTION,), None)
        whose = f"the {QUESTION}"
    else:
        walk, whose = walk_of(moment, row), choice.names[row]

    with st.container(key="walk", gap="xsmall"):  # so that the network is seen with it
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Back", on_click=_go, args=(-1,), disabled=number == 1, width=110)
            _next(number == last, epoch)
            st.markdown(
                f"**Step {number} of {last}** · {_part(number, loss, last)} · "
                f"epoch {epoch:,} → {epoch + 1:,}",
                width="content",
            )
            shown_for = "all rows" if number >= last - 1 else whose  # changes, and new weights
            st.toggle(f"On the network: {shown_for}", key="on_network", persist_state="page")
        st.pills(
            "Steps",
            range(1, last + 1),
            required=True,
            format_func=lambda step: titles[step - 1],
            key="walk_step",
            on_change=_light_up,
            label_visibility="collapsed",
            persist_state="page",
        )
        if asked and number >= loss:
            _hand_over(moment)
        if number == last and state.on_network:
            st.markdown(
                f"**On the network: the new weights, those of epoch {epoch + 1:,}.** "
                f"The bar, the curves and the answer are still at epoch {epoch:,}."
            )
        steps, unsaid = [step for step in walk if step.number == number], None
        if state.checking:
            blank = check.blank(moment, steps, choice)
            check.field(blank, moment.run.learning_rate)
            unsaid = blank.place if check.is_open(blank) else None
        mount_sheet(key="walk-sheet", data=sheet(steps, choice, unsaid))
        if choice.row is None and len(choice.names) > MOST_TRAINING_ROWS:
            st.caption(f"The first {MOST_TRAINING_ROWS} of {len(choice.names)} rows.")
    is_lit = state.on_network or unsaid is not None
    return light(moment, walk, number, row, unsaid) if is_lit else None


def _next(is_last: bool, epoch: int) -> None:
    """A step on; after an epoch's last one, the next epoch."""
    st.button(
        "Next epoch" if is_last else "Next",
        on_click=_next_epoch if is_last else _go,
        args=(epoch,) if is_last else (1,),
        disabled=is_last and epoch >= LONGEST_RECORDING,
        width=110,
        type="primary",
        key="walk_next",
    )


def _hand_over(moment: Moment) -> None:
    """Whoever follows the question learns why the way back is that of the training rows."""
    label = markdown(moment.data.label_names[0])
    with st.container(key="hand_over", horizontal=True, vertical_alignment="center"):
        st.markdown(
            f"The question has no {label} to compare with, so there is nothing to learn from it: "
            "now come the training rows. Follow",
            width="content",
        )
        st.button("all rows", on_click=_follow, args=(ALL_ROWS,), type="tertiary")
        first = f"row {moment.data.training_rows[0]}"
        st.button(first, on_click=_follow, args=(0,), type="tertiary")


def _follow(row: int) -> None:
    state.row = row


def _go(by: int) -> None:
    """A step on, or back."""
    _light_up()
    state.walk_step += by


def _next_epoch(epoch: int) -> None:
    """The walk goes on where it began, an epoch later."""
    _light_up()
    state.walk_step = 1
    send_to(epoch + 1)


def _light_up() -> None:
    """The first step that is made turns the light on."""
    if not state.walked:
        state.walked = state.on_network = True


def _part(number: int, loss: int, last: int) -> str:
    """Which part of the epoch a step belongs to."""
    if number <= loss:
        return "forward"
    return "new weights" if number == last else "backward"


def choose_synapse(moment: Moment, label: str) -> None:
    """Which weight is spoken of: it is `state.synapse`."""
    names, synapses = _neurons(moment), moment.run.shape.synapses()
    one_of("synapse", synapses)
    st.selectbox(
        label,
        synapses,
        format_func=lambda s: f"W{s[0]}: {names[s[0] - 1][s[1]]} → {names[s[0]][s[2]]}",
        key="synapse",
        persist_state="page",
    )


def _weight(moment: Moment) -> dict:
    """One synapse: its gradient factor by factor, the same by differences, and its past.

    Returns its chain in the network, and the curve on which it is nudged.
    """
    choose_synapse(moment, "Synapse")
    story = weight_story(moment, *state.synapse)
    st.markdown(f"**{markdown(story.name)} = {shown(story.value)}** at epoch {moment.epoch:,}")
    curve = _nudge(moment)
    st.caption(
        "How ½·Σ(y − o)², whose gradient the update follows, changes with this weight: a factor "
        "for each step from the output back to it, multiplied in each row, then added up."
    )
    st.code(story.formula, language=None, wrap_lines=True)
    mount_sheet(key="weight-sheet", data=factors_sheet(story))
    if len(story.rows) > MOST_TRAINING_ROWS:
        st.caption(f"The first {MOST_TRAINING_ROWS} of {len(story.rows)} rows.")

    left, right = st.columns(2, gap="large")
    with left:
        mount_sheet(key="gradient-sheet", data=gradients_sheet(story))
        st.markdown(markdown(story.sentence))
        st.markdown(markdown(story.check))
    with right:
        st.caption("Its value over the recorded epochs")
        picture(WEIGHT, moment, story)
    return {"light": chain(moment, *state.synapse), "nudge": curve}


def _nudge(moment: Moment) -> dict:
    """A handle that moves this weight alone, and what that would do; returns its curve."""
    left, right = st.columns(2, gap="large")
    with left:
        one_of("nudge", (0.0, *NUDGES))
        st.select_slider(
            "Nudge this weight by",
            NUDGES,
            format_func=lambda by: true_minus(f"{by:+.2f}") if by else "0",
            key="nudge",
            persist_state="page",
        )
        layer, i, j = state.synapse
        nudged = nudge(moment, layer, i, j, state.nudge)
        st.markdown(markdown(nudged.sentence))
        st.markdown(markdown(nudged.about))
        st.caption(
            "A nudge only tries: the run, and all the charts above, stay as they are. All other "
            "weights are held still."
        )
    with right:
        st.caption(
            f"The loss over this weight alone, at epoch {moment.epoch:,}: ● as it is, ◆ nudged, "
            "○ lowest here, and the tangent dotted"
        )
        picture(NUDGED, moment, nudged)
    return nudge_on(moment, nudged)


def _slope(moment: Moment, row: int) -> dict:
    """Where a neuron stands on the sigmoid, and how steep it is there.

    Returns what moves there, and what leads to the neuron and from it in the network.
    """
    names, neurons = _neurons(moment), _neurons_of(moment.run.shape)
    one_of("neuron", neurons)
    st.selectbox(
        "Neuron",
        neurons,
        format_func=lambda at: names[at[0]][at[1]],
        key="neuron",
        persist_state="page",
    )
    layer, n = state.neuron
    neuron = neuron_slope(moment, layer, n, row)
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown(
            f"**{markdown(neuron.neuron)}, {neuron.row}:** z = {shown(neuron.z)}, "
            f"σ(z) = {shown(neuron.s)}, slope {shown(neuron.slope)}"
            + (" · **saturated**" if neuron.saturated else "")
        )
        st.markdown(markdown(neuron.sentence))
        st.markdown("**Why s·(1 − s), when s is the sigmoid already?**")
        st.markdown(markdown(neuron.why))
    with right:
        picture(SLOPE, neuron)
    return {"slope": place_on(neuron), "light": ways_through(moment, layer, n, row)}


def _neurons(moment: Moment) -> tuple[tuple[str, ...], ...]:
    """Every neuron's name, layer by layer."""
    return neuron_names(moment.run.sizes, moment.data.input_names, moment.data.output_names)


def _by_hand() -> None:
    """The tutorial's worked example, all steps at once, with what its print got wrong."""
    mount_sheet(key="by-hand", data=sheet(by_hand(), Choice((), None)))
