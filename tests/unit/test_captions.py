import math
import re
from functools import partial

import numpy as np
import pytest
import runs
from pocket import number, passes

from nnviz.charts.captions import captions, shown_names
from nnviz.engine.moment import Moment

record = partial(runs.record, epochs=200)


def captions_of(run, epoch, question=(4, 8)):
    return captions(Moment(run, epoch, question))


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
        who, sum_, activation = text.split("<br>")
        assert who == name
        assert number(sum_.removeprefix("sum ")) == pytest.approx(z, rel=5e-4)
        a = 1 / (1 + math.exp(-z))
        assert number(activation.split(" = ")[1]) == pytest.approx(a, rel=5e-4)
        assert activation.startswith(f"activation σ({sum_.removeprefix('sum ')}) = ")


def test_a_synapse_says_weight_incoming_value_and_product():
    run = record(3)
    W1, W2 = run.network(37).weights
    said = captions_of(run, 37)["synapses"]
    assert len(said) == 9
    h2 = 1 / (1 + math.exp(-(4 / 3 * W1[0, 1] + 8 / 9 * W1[1, 1])))
    for place, name, factors in [
        (5, "sleep → h3", (W1[1, 2], 8 / 9)),
        (7, "h2 → score", (W2[1, 0], h2)),
    ]:
        who, what, sum_ = said[place].split("<br>")
        assert (who, what) == (name, "weight × value = product")
        found = [number(text) for text in re.split(" × | = ", sum_)]
        assert found == pytest.approx([*factors, factors[0] * factors[1]], rel=5e-4)


@pytest.mark.parametrize("question", [(4, 8), (-3.3, 0), (1e6, 7)])
@pytest.mark.parametrize("epoch", [0, 37, 200])
@pytest.mark.parametrize("hidden", [(3,), (3, 4, 2)])
def test_what_pointing_says_passes_a_pocket_calculator(hidden, epoch, question):
    said = captions_of(record(*hidden), epoch, question)
    for text in said["neurons"] + said["synapses"]:
        assert passes(text.split("<br>")[-1].removeprefix("activation ")), text


def test_synapses_are_in_the_order_of_the_weights_in_any_depth():
    run = record(2, 3)
    starts = [text.partition("<br>")[0] for text in captions_of(run, 5)["synapses"]]
    assert starts[:2] == ["study → a1", "study → a2"]
    assert starts[4:7] == ["a1 → b1", "a1 → b2", "a1 → b3"]
    assert starts[10:] == ["b1 → score", "b2 → score", "b3 → score"]
    flat = np.concatenate([w.ravel() for w in run.network(5).weights])
    texts = captions_of(run, 5)["synapses"]
    said = [number(text.split("<br>")[-1].split(" ×")[0]) for text in texts]
    assert said == pytest.approx(flat, rel=5e-4)


def test_the_markup_of_names_is_text():
    run = record(3, names=("<img src=x onerror=alert(1)>", "<i>b</i>", "s"))
    said = captions_of(run, 0)
    assert not any("<i" in text for text in said["neurons"] + said["synapses"])
    assert shown_names(run)[0][1] == "&lt;i&gt;b&lt;/i&gt;"
