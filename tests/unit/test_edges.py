"""Numbers at the edges: whatever a table holds is refused in a sentence, or shown as numbers.

From the table to the figures: whatever comes through `Dataset` is to come through all of it.
"""

import json
import math
from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from projector import project
from tables import fuzz

from nnviz import Dataset, Recipe, TableError, anatomy
from nnviz.charts import LOSS, NETWORK, NUDGED, PREDICTION, SLOPE, WEIGHT, captions, chain, light
from nnviz.dissection import neuron_slope, nudge, question_walk, weight_story
from nnviz.engine.diagnosis import diagnosis
from nnviz.engine.moment import Moment
from nnviz.engine.roles import INPUT, LABEL, NUMBERS, Column, Roles
from nnviz.engine.scaling import INPUT_SCALINGS, LABEL_SCALINGS
from nnviz.engine.table import MAX_MAGNITUDE, MIN_MAGNITUDE
from nnviz.page.sheet import Choice, factors_sheet, gradients_sheet, sheet
from nnviz.player.film import film

EPOCHS = 12
LIMITS = [0.0, MIN_MAGNITUDE, MAX_MAGNITUDE, 5e-324, 1e-101, 1e300, 1.7976931348623157e308]


@st.composite
def numbers(draw):
    """Of any size that a double has, and often just at a limit."""
    if draw(st.booleans()):
        return draw(st.sampled_from(LIMITS)) * draw(st.sampled_from([1, -1]))
    return draw(st.floats(-9.9, 9.9)) * 10.0 ** draw(st.integers(-320, 307))


@st.composite
def columns(draw, rows, least):
    """Numbers of like size, within the limits and just beyond; now and then one of any size."""
    size = 10.0 ** draw(st.integers(-16, 16) | st.sampled_from([-15, 0, 15]))
    parts = st.floats(least, 1) | st.sampled_from([0.0, 1.0, 1e-200])
    column = [size * part for part in draw(st.lists(parts, min_size=rows, max_size=rows))]
    if draw(st.integers(0, 9)) == 9:
        column[0] = draw(numbers())
    return column


@st.composite
def roles_of(draw, inputs):
    """Any scaling of each column."""
    columns = [
        Column(INPUT, NUMBERS, draw(st.sampled_from([*INPUT_SCALINGS]))) for _ in range(inputs)
    ]
    return Roles((*columns, Column(LABEL, NUMBERS, draw(st.sampled_from([*LABEL_SCALINGS])))))


@st.composite
def recipes(draw):
    """A recipe on any table of numbers, or the sentence that refuses it."""
    inputs, rows = draw(st.integers(1, 3)), draw(st.integers(1, 5))
    table = pd.DataFrame({f"c{k}": draw(columns(rows, -1)) for k in range(inputs)})
    table["label"] = draw(columns(rows, draw(st.sampled_from([0, -1]))))
    scale = None
    if draw(st.booleans()):
        scale = draw(numbers() | st.just(float(table["label"].max()) * draw(st.floats(1, 1e20))))
    if draw(st.booleans()):
        table.loc[rows] = [*table.iloc[0, :-1], None]  # a question
    roles = draw(st.none() | roles_of(inputs))
    try:
        data = Dataset(table, label_scale=scale, roles=roles)
    except TableError as refused:
        return str(refused)
    hidden = tuple(draw(st.lists(st.sampled_from([1, 2, 3, 32]), max_size=3)))
    rate = draw(st.sampled_from([1.0, 0.001, 1000.0, 1e-300, 1e100]))
    return Recipe(data, hidden=hidden, learning_rate=rate)


def everything_shown(moment):
    """All that the page draws, paints and says of a moment, as it is sent."""
    run = moment.run
    epoch = min(moment.epoch, run.epochs)
    names = tuple(f"row {number}" for number in run.data.training_rows)
    yield from (captions(moment), diagnosis(run, epoch), chain(moment, 1, 0, 0))
    walk = anatomy(run, epoch)
    yield from (light(moment, walk, number, 0) for number in (1, len({s.number for s in walk})))
    yield from (
        sheet(walk, Choice(names, 0)),
        sheet(question_walk(moment), Choice(("asked",), None)),
    )
    story, tried = weight_story(moment, 1, 0, 0), nudge(moment, 1, 0, 0, 0.5)
    yield from (factors_sheet(story), gradients_sheet(story))
    yield from (story.sentence, story.check, story.formula, tried.sentence, tried.about)
    neuron = neuron_slope(moment, 1, 0, 0)
    yield from (neuron.sentence, neuron.why)
    for still in (False, True):
        for chart, shown in (
            (NETWORK, (moment,)),
            (LOSS, (moment,)),
            (LOSS, (moment, True)),
            (PREDICTION, (moment,)),
            (WEIGHT, (moment, story)),
            (NUDGED, (moment, tried)),
            (SLOPE, (neuron,)),
        ):
            yield parts_of(chart.figure(*shown, still=still))


def parts_of(figure):
    """What a figure shows of numbers; the NaN between its lines are left out."""
    for trace in figure.data:
        for way in ("x", "y"):
            values = np.asarray(trace[way], float)
            yield values[~np.isnan(values)] if trace.mode == "lines" else values
        yield from (trace.text, trace.hovertext, trace.customdata, trace.marker.opacity)
    for axis in ("xaxis", "yaxis"):
        yield from (figure.layout[axis][of] for of in ("range", "tickvals", "ticktext"))


def assert_numbers(what, where=""):
    """There is no infinity and no NaN in it, as a number or as a word."""
    if isinstance(what, dict):
        for name, part in what.items():
            assert_numbers(part, f"{where}.{name}")
    elif isinstance(what, np.ndarray) and what.dtype.kind == "f":
        assert np.isfinite(what).all(), where
    elif isinstance(what, Iterable) and not isinstance(what, str):
        for part in what:
            assert_numbers(part, where)
    elif isinstance(what, str):
        assert not any(word in what for word in ("∞", "inf", "nan", "not a number")), (where, what)
    elif isinstance(what, float | np.floating):
        assert math.isfinite(what), where


@pytest.mark.long
@fuzz
@given(recipes(), st.integers(0, EPOCHS), st.lists(numbers(), min_size=3, max_size=3))
def test_every_number_from_the_table_to_the_figures_is_a_number(recipe, epoch, asked):
    if isinstance(recipe, str):
        assert recipe.endswith(".") and "nan" not in recipe
        return
    try:
        run = recipe.train(EPOCHS)
    except ValueError as refused:
        assert "Choose a smaller one" in str(refused)
        return
    inputs = len(recipe.data.input_names)
    question = tuple(float(np.clip(v, -MAX_MAGNITUDE, MAX_MAGNITUDE)) for v in asked[:inputs])
    header, arrays = project(film(run, question, 0, 100_000))
    json.dumps(header, allow_nan=False)
    assert all(
        np.isfinite(array).all() for array in arrays.values() if isinstance(array, np.ndarray)
    )
    answer = run.predict([question], epoch)[0, 0]
    text = arrays["readouts.prediction"][epoch]
    assert float(text) == pytest.approx(answer, rel=1e-3, abs=1e-4 * recipe.data.label_scale)
    assert len(text.partition(".")[2]) <= 19
    for part in everything_shown(Moment(run, epoch, question)):
        assert_numbers(part)
