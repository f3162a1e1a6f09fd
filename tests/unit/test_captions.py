import math

import numpy as np
import pandas as pd
import pytest

import nnviz
from nnviz.captions import captions, plain, shown_names

ROWS = [[2, 9, 92], [1, 5, 86], [3, 6, 89], [4, 8, None]]


def record(*hidden, names=("study", "sleep", "score")):
    data = nnviz.Dataset(pd.DataFrame(ROWS, columns=names))
    return nnviz.train(nnviz.Network.random([2, *hidden, 1], 0), data, 200)


def test_an_input_says_how_it_was_scaled():
    assert captions(record(3), 0, (4, 8))["neurons"][:2] == [
        "study<br>4 ÷ 3 = 1.333",
        "sleep<br>8 ÷ 9 = 0.8889",
    ]


@pytest.mark.parametrize("epoch", [0, 37, 200])
def test_a_neuron_says_its_sum_and_its_activation(epoch):
    run = record(3)
    W1, W2 = run.network(epoch).weights
    x, said = (4 / 3, 8 / 9), captions(run, epoch, (4, 8))["neurons"]
    sums = [x[0] * W1[0, j] + x[1] * W1[1, j] for j in range(3)]
    activations = [1 / (1 + math.exp(-z)) for z in sums]
    output = sum(a * W2[j, 0] for j, a in enumerate(activations))
    names = ["h1", "h2", "h3", "score"]
    for name, z, text in zip(names, [*sums, output], said[2:], strict=True):
        a = 1 / (1 + math.exp(-z))
        assert text == f"{name}<br>sum {z:.4g}<br>activation σ({z:.4g}) = {a:.4g}"


def test_a_synapse_says_weight_incoming_value_and_product():
    run = record(3)
    W1, W2 = run.network(37).weights
    said = captions(run, 37, (4, 8))["synapses"]
    assert len(said) == 9
    rest = f"{W1[1, 2]:.4g} × {8 / 9:.4g} = {W1[1, 2] * 8 / 9:.4g}"
    assert said[5] == f"sleep → h3<br>weight × value = product<br>{rest}"
    h2 = 1 / (1 + math.exp(-(4 / 3 * W1[0, 1] + 8 / 9 * W1[1, 1])))
    assert said[7].endswith(f"{W2[1, 0]:.4g} × {h2:.4g} = {W2[1, 0] * h2:.4g}")
    assert said[7].startswith("h2 → score")


def test_synapses_are_in_the_order_of_the_weights_in_any_depth():
    run = record(2, 3)
    starts = [text.partition("<br>")[0] for text in captions(run, 5, (4, 8))["synapses"]]
    assert starts[:2] == ["study → a1", "study → a2"]
    assert starts[4:7] == ["a1 → b1", "a1 → b2", "a1 → b3"]
    assert starts[10:] == ["b1 → score", "b2 → score", "b3 → score"]
    flat = np.concatenate([w.ravel() for w in run.network(5).weights])
    texts = captions(run, 5, (4, 8))["synapses"]
    assert all(f"{w:.4g} ×" in text for w, text in zip(flat, texts, strict=True))


def test_names_are_cut_and_their_markup_is_text():
    assert plain("<b>a</b>&") == "&lt;b&gt;a&lt;/b&gt;&amp;"
    assert plain("a name that is far too long") == "a name that is …"
    run = record(3, names=("<img src=x onerror=alert(1)>", "<i>b</i>", "s"))
    said = captions(run, 0, (4, 8))
    assert not any("<i" in text for text in said["neurons"] + said["synapses"])
    assert shown_names(run.data, run.sizes)[0][1] == "&lt;i&gt;b&lt;/i&gt;"
