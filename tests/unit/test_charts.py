import json

import numpy as np
import pandas as pd
import pytest
import runs
from runs import ROWS

import nnviz
from nnviz.charts import LOSS, NETWORK, PREDICTION, WEIGHT, captions, chain, ways_through
from nnviz.dissection import weight_story
from nnviz.engine.moment import Moment
from nnviz.strokes import NEGATIVE, POSITIVE, strokes_for

CODE = ("<img src=x onerror=alert(1)>", "<b>b</b>", "<i>c</i>")


def record(*hidden, rows=ROWS, **options):
    return runs.record(*hidden, rows=rows, rate=3 / len(rows), epochs=100, **options)


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


@pytest.mark.parametrize(
    ("question", "place", "count"), [((4, 8), 3, 4), ((1, 5), 1, 4), ((4, 8.5), 4, 5)]
)
def test_the_question_asked_is_the_row_that_asks_the_same_or_one_of_its_own(question, place, count):
    run = record(3)
    figure = PREDICTION.figure(Moment(run, 20, question))
    drawn = traces(figure)
    answer = run.predict([question], 20)[0, 0]
    assert (list(drawn["asked"].x), list(drawn["asked"].y)) == ([pytest.approx(answer)], [place])
    names = ["2, 9", "1, 5", "3, 6", "4, 8", "4, 8.5"][:count]
    assert list(figure.layout.yaxis.ticktext) == names
    guesses = [*run.predict(run.data.inputs, 20)[:, 0], run.predict([[4, 8]], 20)[0, 0], answer]
    assert list(drawn["guess-number"].text) == [f"{guess:.2f}" for guess in guesses[:count]]
    assert list(drawn["target-number"].text) == ["92", "86", "89", "?", "?"][:count]


def test_another_question_does_not_draw_the_chart_anew():
    run = record(3)
    structures = {PREDICTION.structure(Moment(run, 0, q)) for q in [(4, 8), (1, 5), (7, 7)]}
    assert len(structures) == 1


@pytest.mark.parametrize(
    ("labels", "ends"),
    [([92, 86, 89], [80, 100]), ([0, 1, 1], [0, 1]), ([92], [86, 98]), ([75, 82, 93], [50, 100])],
)
def test_the_axis_of_the_predictions_holds_the_targets_with_room_beside_them(labels, ends):
    run = record(3, rows=[[k + 1, 5, label] for k, label in enumerate(labels)])
    for epoch in (0, 100):
        assert list(PREDICTION.figure(moment(run, epoch)).layout.xaxis.range) == ends


def test_a_guess_beyond_the_axis_is_an_arrow_in_a_still_picture():
    run = record(3)
    beyond = traces(PREDICTION.figure(moment(run, 0), still=True))["beyond"]
    assert set(beyond.x) == {80}
    assert set(beyond.marker.symbol) == {"triangle-left"}
    assert list(beyond.marker.opacity) == [1, 1, 1, 1]
    later = traces(PREDICTION.figure(moment(run, 100), still=True))["beyond"]
    assert list(later.marker.opacity) == [0, 0, 0, 0]


def test_a_long_table_has_no_numbers_but_the_name_of_the_row_asked():
    rows = [[i, 1, 50 + i / 10] for i in range(1, 60)]
    figure = PREDICTION.figure(moment(record(3, rows=rows), 0))
    assert list(figure.layout.yaxis.ticktext) == ["4, 8"]
    assert len(traces(figure)["guess-number"].text or []) == 0


@pytest.mark.parametrize("logarithmic", [False, True])
def test_the_dullest_guess_is_a_named_line_in_the_loss_chart(logarithmic):
    run = record(3)
    line = traces(LOSS.figure(moment(run, 0), logarithmic))["mean"]
    assert set(line.y) == {np.var([0.92, 0.86, 0.89])}
    assert (line.x[0], line.x[-1]) == (0, 100)
    assert [text for text in line.text if text] == ["always the mean: 0.000600"]
    only = traces(LOSS.figure(moment(record(3, rows=ROWS[:1]), 0), logarithmic))["mean"]
    assert len(only.x) == 0


@pytest.mark.parametrize("epochs", [100, 1000, 3000])
@pytest.mark.parametrize("rate", [0.01, 0.1, 1.0, 100.0])
def test_the_curve_does_not_run_through_the_words_on_the_means_line(rate, epochs):
    run = runs.record(3, rate=rate, epochs=epochs)
    drawn = traces(LOSS.figure(moment(run, 0)))
    line, curve = drawn["mean"], drawn["recorded"]
    right = line.x[[bool(text) for text in line.text].index(True)]
    wide, high = (
        125 / 310 * epochs,
        13 / 90 * max(run.loss.max(), line.y[0]),
    )  # of the plot's pixels
    x, y = np.array(curve.x), np.array(curve.y)
    beside = (x > right - wide) & (x < right)
    through = beside & (y > line.y[0]) & (y < line.y[0] + high)
    is_low = (run.loss < line.y[0] + high).mean()
    assert not through.any() or is_low > 0.6  # low from so early on, it leaves no room


@pytest.mark.parametrize("rate", [0.001, 0.01, 0.1, 1.0, 3.0, 100.0])
@pytest.mark.parametrize("epochs", [1, 100, 3000])
def test_the_ticks_of_a_logarithmic_loss_do_not_overprint(rate, epochs):
    data = nnviz.Dataset(pd.DataFrame(ROWS, columns=["study", "sleep", "score"]))
    run = nnviz.train(nnviz.Network.random([2, 3, 1], 0), data, epochs, rate)
    axis = LOSS.figure(Moment(run, 0, (4, 8)), logarithmic=True).layout.yaxis
    values = np.append(run.loss, np.var([0.92, 0.86, 0.89]))
    whole = np.ptp(np.log10(values))
    gaps = np.diff(np.log10(axis.tickvals)) / whole * 90  # in pixels
    assert 2 <= len(axis.tickvals) <= 5
    assert values.min() <= axis.tickvals[0] and axis.tickvals[-1] <= values.max()
    assert (gaps > 13).all()
    assert [float(t.replace("−", "-")) for t in axis.ticktext] == pytest.approx(axis.tickvals)


def test_the_chain_of_a_weight_is_all_that_a_change_of_it_reaches():
    run = record(2, 3)
    for layer, i, j in run.shape.synapses():
        lit = chain(moment(run, 7), layer, i, j)
        before = run.network(7)
        weights = [w.copy() for w in before.weights]
        weights[layer - 1][i, j] += 0.5
        x = run.data.scale([(4, 8)])
        old, new = before.forward(x), nnviz.Network(weights).forward(x)
        changed = np.hstack([a[0] != b[0] for a, b in zip(old, new)])
        changed[sum(run.sizes[: layer - 1]) + i] = True  # where it begins
        assert [text is not None for text in lit["neurons"]] == changed.tolist()
        synapses = [
            (at == layer and (a, b) == (i, j))
            or (at > layer and bool((old[at - 1] != new[at - 1])[0, a]))
            for at, a, b in run.shape.synapses()
        ]
        assert [stroke is not None for stroke in lit["strokes"]] == synapses


def values_of(network, x, silent=None):
    """Every layer's values; silent: (layer, n), a neuron that passes on something else."""
    layers = [x]
    for layer, w in enumerate(network.weights, start=1):
        layers.append(1 / (1 + np.exp(-layers[-1] @ w)))
        if silent and silent[0] == layer:
            layers[-1][:, silent[1]] += 0.1
    return layers


def test_the_ways_through_a_neuron_are_all_that_reaches_it_and_all_that_it_reaches():
    run = record(2, 3)
    row = 1
    x = run.data.X[[row]]
    network = run.network(7)
    for layer, size in enumerate(run.sizes):
        for n in range(size if layer else 0):
            lit = ways_through(moment(run, 7), layer, n, row)
            old, without = values_of(network, x), values_of(network, x, silent=(layer, n))
            synapses = []
            for at, i, j in run.shape.synapses():
                weights = [w.copy() for w in network.weights]
                weights[at - 1][i, j] += 0.5
                changed = values_of(nnviz.Network(weights), x)
                reaches = changed[layer][0, n] != old[layer][0, n]
                synapses.append(bool(reaches or without[at - 1][0, i] != old[at - 1][0, i]))
            assert [stroke is not None for stroke in lit["strokes"]] == synapses
            ends = {(at - 1, i) for (at, i, _), on in zip(run.shape.synapses(), synapses) if on}
            ends |= {(at, j) for (at, _, j), on in zip(run.shape.synapses(), synapses) if on}
            neurons = [(at, k) for at, count in enumerate(run.sizes) for k in range(count)]
            shown = [text is not None for text in lit["neurons"]]
            assert shown == [neuron in ends for neuron in neurons]
            flat = [f"{value:.2f}" for values in old for value in values[0]]
            assert all(text in (None, value) for text, value in zip(lit["neurons"], flat))


def test_the_ways_through_a_neuron_are_those_of_a_row_in_words_too():
    run = record(3)
    lit = ways_through(moment(run, 7), 1, 1, 2)
    assert lit["legend"][2] == "row 3: all ways through h2"
    assert lit["names"] == ["study 3", "sleep 6"]
    assert "question" not in lit["of"]
    of_row = captions(Moment(run, 7, (3, 6)))
    assert lit["captions"]["synapses"] == of_row["synapses"]
    said = [text.replace(", row 3<br>", "<br>") for text in lit["captions"]["neurons"]]
    assert said == of_row["neurons"]


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


@pytest.mark.parametrize(
    ("scale", "has_room"), [(1e-2, True), (1e-3, False), (1e7, True), (1e8, False)]
)
@pytest.mark.parametrize("largest", [1e15, 1e-15])
def test_numbers_stand_beside_the_rows_where_there_is_room_for_them(scale, has_room, largest):
    for size, fits in ((scale, has_room), (largest, False)):
        rows = [[2, 9, 0.9 * size], [1, 5, size], [4, 8, None]]
        figure = PREDICTION.figure(moment(record(3, rows=rows), 40))
        drawn = traces(figure)
        assert len(drawn["guess-number"].text) == len(drawn["target-number"].text) == 3 * fits
        assert figure.layout.xaxis2.visible == fits
        assert (figure.layout.xaxis.domain[1] == 1) != fits
        assert len(drawn["guess"].x) == 2
