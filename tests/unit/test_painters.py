"""What the JavaScript of a chart asks for, its figure and its film have."""

import json
import re
from pathlib import Path

import pytest
from projector import project
from runs import exam_run

import nnviz.charts
import nnviz.player
from nnviz.charts import (
    ANSWERS,
    BAND,
    CHARTS,
    COURSE,
    DOUBT,
    FILMED,
    LOSS,
    MAP,
    NEURONS,
    NUDGED,
    RACE,
    ROAD,
    SCRIPTS,
    SLOPE,
    STRAIGHT,
    UNSEEN,
    WEIGHT,
)
from nnviz.dissection import neuron_slope, nudge, weight_story
from nnviz.engine.left_out import in_turn, left_out
from nnviz.engine.many import train_all, train_many
from nnviz.engine.moment import Moment
from nnviz.trust.ground import ground
from nnviz.trust.road import line, plane
from nnviz.trust.spread import band, spread

CHART_ROOM = Path(nnviz.charts.__file__).parent
PLAYER_ROOM = Path(nnviz.player.__file__).parent
CURVES = (LOSS, WEIGHT, BAND)  # are painted by curve.js, too
MAPS = (MAP, DOUBT)  # and by maps.js


def script(name):
    return (CHART_ROOM / f"{name}.js").read_text("utf-8")


def scripts_of(chart):
    more = [(CURVES, "curve"), (MAPS, "maps")]
    return script(chart.name) + "".join(script(name) for charts, name in more if chart in charts)


def moment_of(sizes=(2, 3, 1)):
    return Moment(exam_run(sizes), 7, (4.0, 8.0))


def others_of(moment):
    recipe = moment.run.recipe
    sizes = moment.run.sizes
    return train_many(sizes, recipe.data, range(5), moment.run.epochs, recipe.learning_rate)


def left_of(moment):
    rows, recipes = in_turn(moment.run.recipe)
    return left_out(moment.run.recipe, rows, train_all(recipes, 7), 7)


def figure_of(chart, sizes=(2, 3, 1)):
    moment = moment_of(sizes)
    more = {
        WEIGHT.name: lambda: (moment, weight_story(moment, 1, 0, 0)),
        NUDGED.name: lambda: (moment, nudge(moment, 1, 0, 0, 0.5)),
        ANSWERS.name: lambda: (moment, spread(moment, others_of(moment))),
        BAND.name: lambda: (moment, band(moment, others_of(moment))),
        MAP.name: lambda: (moment, ground(moment.data, moment.question, (0, 1))),
        NEURONS.name: lambda: (moment, ground(moment.data, moment.question, (0, 1))),
        COURSE.name: lambda: (moment, ground(moment.data, moment.question, (0,))),
        DOUBT.name: lambda: (moment, ground(moment.data, moment.question, (0, 1))),
        UNSEEN.name: lambda: (moment, left_of(moment)),
        RACE.name: lambda: (moment, [("A", moment.run)]),
        ROAD.name: lambda: (moment, plane(moment.run)),
        STRAIGHT.name: lambda: (moment, line(moment.run)),
        SLOPE.name: lambda: (neuron_slope(moment, 1, 0, 0),),
    }
    return chart.figure(*more.get(chart.name, lambda: (moment,))())


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
@pytest.mark.parametrize("sizes", [(2, 3, 1), (2, 32, 32, 1)])
def test_every_part_that_is_asked_for_is_in_the_figures_meta(chart, sizes):
    figure = figure_of(chart, sizes)
    asked = set(re.findall(r'\bpart\("([^"]+)"\)', scripts_of(chart)))
    assert asked
    assert asked <= figure.layout.meta["parts"].keys()
    for name, index in figure.layout.meta["parts"].items():
        assert figure.data[index].name == name


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_parts_are_asked_for_by_name_and_in_no_other_way(chart):
    text = scripts_of(chart)
    assert not re.search(r'\bpart\((?!")', text)
    assert not re.search(r"_fullData|calcdata", text)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_all_else_that_is_asked_of_the_meta_is_there(chart):
    meta = figure_of(chart).layout.meta
    assert "of" in meta
    assert set(re.findall(r"\bmeta\.(\w+)", scripts_of(chart))) <= meta.keys()


@pytest.mark.parametrize("chart", FILMED, ids=lambda chart: chart.name)
def test_what_is_asked_of_the_film_is_in_it(chart):
    header, arrays = project(nnviz.player.film(exam_run(), (4.0, 8.0), 0, 1000))
    asked = set(re.findall(r'film\.(?:at|array)\("([^"]+)"', script(chart.name)))
    assert asked
    assert asked <= arrays.keys()
    assert asked == {name for name in arrays if name.startswith(f"{chart.name}.")}


def test_what_the_player_asks_of_the_film_is_in_it():
    header, arrays = project(nnviz.player.film(exam_run(), (4.0, 8.0), 0, 1000))
    text = "".join((PLAYER_ROOM / name).read_text("utf-8") for name in ("player.js", "stage.js"))
    own = {"at", "array", "text", "shown", "frame", "has", "gap", "epochs"}  # see film.js
    asked = set(re.findall(r"\bfilm\.(\w+)", text)) - own
    assert asked and asked <= header.keys()
    assert set(re.findall(r"\bfilm\.of\.(\w+)", text)) <= header["of"].keys()
    texts = set(re.findall(r'film\.text\("([^"]+)"', text))
    assert texts and texts <= arrays.keys()


def test_a_chart_is_a_py_and_a_js_side_by_side():
    for chart in CHARTS:
        assert (CHART_ROOM / f"{chart.name}.py").is_file()
        assert f"PAINTERS.{chart.name} = " in script(chart.name)
    assert {path.name for path in SCRIPTS} == {path.name for path in CHART_ROOM.glob("*.js")}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.name)
def test_meta_can_be_sent(chart):
    json.dumps(figure_of(chart).layout.meta)
