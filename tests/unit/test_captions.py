import math
from functools import partial

import numpy as np
import pytest
import runs

from nnviz.charts.captions import captions, shown_names
from nnviz.engine.moment import Moment

record = partial(runs.record, epochs=200)


def captions_of(run, epoch, question=(4, 8)):
    return captions(Moment(run, epoch, question))


def digits(value):
    return f"{value:.4g}".replace("-", "−")


def test_an_input_says_how_it_was_scaled():
    assert captions_of(record(3), 0)["neurons"][:2] == [
        "study<br>4 ÷ 3 = 1.333",
        "sleep<br>8 ÷ 9 = 0.8889",
    ]


@pytest.mark.parametrize("epoch", [0, 37, 200])
def test_a_neuron_says_its_sum_and_its_activation(epoch):
    run = record(3)
    W1, W2 = run.network(epoch).weights
    x, said = (4 / 3, 8 / 9), captions_of(run, epoch)["neurons"]
    sums = [x[0] * W1[0, j] + x[1] * W1[1, j] for j in range(3)]
    activations = [1 / (1 + math.exp(-z)) for z in sums]
    output = sum(a * W2[j, 0] for j, a in enumerate(activations))
    names = ["h1", "h2", "h3", "score"]
    for name, z, text in zip(names, [*sums, output], said[2:], strict=True):
        sum_, a = digits(z), digits(1 / (1 + math.exp(-z)))
        assert text == f"{name}<br>sum {sum_}<br>activation σ({sum_}) = {a}"


def test_a_synapse_says_weight_incoming_value_and_product():
    run = record(3)
    W1, W2 = run.network(37).weights
    said = captions_of(run, 37)["synapses"]
    assert len(said) == 9
    rest = f"{digits(W1[1, 2])} × {digits(8 / 9)} = {digits(W1[1, 2] * 8 / 9)}"
    assert said[5] == f"sleep → h3<br>weight × value = product<br>{rest}"
    h2 = 1 / (1 + math.exp(-(4 / 3 * W1[0, 1] + 8 / 9 * W1[1, 1])))
    assert said[7].endswith(f"{digits(W2[1, 0])} × {digits(h2)} = {digits(W2[1, 0] * h2)}")
    assert said[7].startswith("h2 → score")


def test_synapses_are_in_the_order_of_the_weights_in_any_depth():
    run = record(2, 3)
    starts = [text.partition("<br>")[0] for text in captions_of(run, 5)["synapses"]]
    assert starts[:2] == ["study → a1", "study → a2"]
    assert starts[4:7] == ["a1 → b1", "a1 → b2", "a1 → b3"]
    assert starts[10:] == ["b1 → score", "b2 → score", "b3 → score"]
    flat = np.concatenate([w.ravel() for w in run.network(5).weights])
    texts = captions_of(run, 5)["synapses"]
    assert all(f"{digits(w)} ×" in text for w, text in zip(flat, texts, strict=True))


def test_the_markup_of_names_is_text():
    run = record(3, names=("<img src=x onerror=alert(1)>", "<i>b</i>", "s"))
    said = captions_of(run, 0)
    assert not any("<i" in text for text in said["neurons"] + said["synapses"])
    assert shown_names(run)[0][1] == "&lt;i&gt;b&lt;/i&gt;"
