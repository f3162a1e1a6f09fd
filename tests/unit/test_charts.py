import json

import numpy as np
import pandas as pd
import pytest

import nnviz
from nnviz.charts import LOSS, NETWORK, PREDICTION, WEIGHT
from nnviz.dissection import weight_story
from nnviz.engine.moment import Moment
from nnviz.strokes import NEGATIVE, POSITIVE, strokes_for

ROWS = [[2, 9, 92], [1, 5, 86], [3, 6, 89], [4, 8, None]]
CODE = ("<img src=x onerror=alert(1)>", "<b>b</b>", "<i>c</i>")


def record(*hidden, rows=ROWS, names=("study", "sleep", "score")):
    data = nnviz.Dataset(pd.DataFrame(rows, columns=names))
    sizes = [data.X.shape[1], *hidden, 1]
    return nnviz.train(nnviz.Network.random(sizes, 0), data, 100, 3 / len(rows))


def moment(run, epoch):
    return Moment(run, epoch, (4, 8))


def traces(figure):
    return {trace.name: trace for trace in figure.data}


def segments(trace):
    """Where a trace's lines begin and end; gaps lie between them."""
    points = np.column_stack([trace.x, trace.y]).astype(float).reshape(-1, 3, 2)
    assert np.isnan(points[:, 2]).all()
    return [tuple(line[:2].ravel()) for line in points]


def test_a_small_network_has_a_line_a_synapse_and_their_weights_as_text():
    run = record(3)
    drawn = traces(NETWORK.figure(moment(run, 40)))
    rest = ["synapse-hover", "weights", "discs", "glow", "values", "input-names", "names"]
    assert list(drawn) == ["synapses", *rest]
    assert len(segments(drawn["synapses"])) == 9
    flat = np.concatenate([w.ravel() for w in run.network(40).weights])
    shown = [float(text.replace("−", "-")) for text in drawn["weights"].text]
    assert shown == pytest.approx(flat, abs=0.00501)
    guess = run.predict([[4, 8]], 40)[0, 0] / 100
    assert drawn["values"].text[-1] == f"{guess:.2f}"
    assert list(drawn["input-names"].text) == ["study 4", "sleep 8"]
    assert list(drawn["names"].text) == ["h1", "h2", "h3", "score"]


@pytest.mark.parametrize("hidden", [(3,), (32,), (32, 32)])
def test_a_still_network_shows_each_synapse_once_with_the_stroke_of_its_weight(hidden):
    run = record(*hidden)
    moving = traces(NETWORK.figure(moment(run, 50)))
    still = NETWORK.figure(moment(run, 50), still=True).data
    looks = {
        segment: (trace.line.color, trace.line.width, trace.opacity)
        for trace in still
        if trace.mode == "lines"
        for segment in segments(trace)
    }
    strokes = strokes_for(run.sizes)
    expected = [
        (strokes.colors[k], strokes.widths[k], strokes.opacities[k])
        for k in strokes.index(run.kept[50])
    ]
    assert [looks[segment] for segment in segments(moving["synapses"])] == expected
    assert len(looks) == len(expected)


@pytest.mark.parametrize("hidden", [(1,), (3,), (12,), (32,), (4, 8), (32, 1, 32)])
def test_neurons_of_a_layer_stand_apart_and_in_the_picture(hidden):
    run = record(*hidden)
    figure = NETWORK.figure(moment(run, 0))
    discs = traces(figure)["discs"]
    pixels = figure.layout.height / np.ptp(figure.layout.yaxis.range)
    for layer in range(len(run.sizes)):
        here = discs.x == layer
        assert here.sum() == run.sizes[layer]
        gaps = np.diff(np.sort(discs.y[here])) * pixels
        assert (gaps >= np.array(discs.marker.size)[here][1:]).all()
    low, high = sorted(figure.layout.yaxis.range)
    assert low < discs.y.min() and discs.y.max() < high


def test_the_loss_is_solid_up_to_the_playhead_and_marked_there():
    run = record(3)
    drawn = traces(LOSS.figure(moment(run, 30)))
    assert np.array_equal(drawn["recorded"].y, run.loss)
    assert drawn["played"].x[-1] == 30
    assert (drawn["playhead"].x[0], drawn["playhead"].y[0]) == (30, run.loss[30])
    assert LOSS.figure(moment(run, 30)).layout.yaxis.type == "linear"
    assert LOSS.figure(moment(run, 30), logarithmic=True).layout.yaxis.type == "log"


def test_a_weights_curve_has_the_colour_of_its_present_sign():
    run = record(3)
    for j in range(3):
        story = weight_story(moment(run, 30), 1, 0, j)
        drawn = traces(WEIGHT.figure(moment(run, 30), story))
        weight = run.network(30).weights[0][0, j]
        assert (drawn["playhead"].x[0], drawn["playhead"].y[0]) == (30, weight)
        assert drawn["playhead"].marker.color == (NEGATIVE if weight < 0 else POSITIVE)
        recorded = [run.network(epoch).weights[0][0, j] for epoch in drawn["recorded"].x]
        assert np.array_equal(drawn["recorded"].y, recorded)


def test_each_row_has_its_target_beside_its_guess_and_questions_are_apart():
    run = record(3)
    drawn = traces(PREDICTION.figure(moment(run, 20)))
    assert list(drawn["target"].x) == [92, 86, 89]
    assert list(drawn["guess"].x) == pytest.approx(run.predict(run.data.inputs, 20)[:, 0])
    assert list(drawn["question"].x) == pytest.approx(run.predict([[4, 8]], 20)[:, 0])
    assert drawn["question"].marker.symbol != drawn["guess"].marker.symbol


@pytest.mark.parametrize("rows", [[[2, 9, 92]], ROWS[:3], [[i, 1, 50] for i in range(1, 200)]])
def test_any_number_of_rows_is_drawn(rows):
    run = record(3, rows=rows)
    drawn = traces(PREDICTION.figure(moment(run, 0)))
    assert len(drawn["target"].x) == len(drawn["guess"].x) == min(len(rows), 40)
    assert len(drawn["question"].x) == 0


def test_names_that_are_code_are_text_in_every_figure():
    run = record(3, names=CODE)
    drawn = [
        NETWORK.figure(moment(run, 5)),
        PREDICTION.figure(moment(run, 5)),
        LOSS.figure(moment(run, 5)),
    ]
    for figure in drawn:
        text = json.dumps(figure.to_plotly_json(), default=str)
        assert not any(code in text for code in ("<img", "<b>b", "<i>c"))


def test_figures_are_json_without_nan_or_infinity():
    for rows in (ROWS, [[2, 9, 0]], [[1e-9, -1e15, 5]]):
        run = record(3, rows=rows)
        for figure in (LOSS.figure(moment(run, 0)), PREDICTION.figure(moment(run, 0))):
            assert "Infinity" not in figure.to_json()
