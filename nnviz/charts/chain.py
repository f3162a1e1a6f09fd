"""What lights up in the network while one weight is looked at: all that a change of it reaches."""

from __future__ import annotations

import numpy as np

from nnviz.charts.facts import facts
from nnviz.charts.network import LABELLED_SYNAPSES, input_texts
from nnviz.dissection import neuron_names
from nnviz.engine.moment import Moment
from nnviz.strokes import strokes_for
from nnviz.writing import activation_text, shortened, weight_text


def chain(moment: Moment, layer: int, i: int, j: int) -> dict:
    """Light on W⟨layer⟩[i, j], its two neurons, and every way from there to the output.

    Returns, for the browser, what `nnviz.charts.light` does; the values are those for the
    question.
    """
    run = moment.run
    flat = run.shape.flat(moment.network.weights)
    strokes = strokes_for(run.sizes).index(flat)
    lit = [_is_on_way(synapse, (layer, i, j)) for synapse in run.shape.synapses()]
    inputs = input_texts(run.data, moment.question)
    values = [inputs["values"]]
    values += [[activation_text(a) for a in layer[0]] for layer in moment.asked.activations[1:]]
    texts = [
        text if _is_reached((at, n), (layer, i, j)) else None
        for at, row in enumerate(values)
        for n, text in enumerate(row)
    ]
    names = neuron_names(run.sizes, run.data.input_names, run.data.label_names)
    start, end = shortened(names[layer - 1][i]), shortened(names[layer][j])
    return {
        "of": facts(moment, "recipe", "epoch", "question"),
        "legend": ["positive weight", "negative weight", f"chain of {start} → {end}"],
        "names": inputs["names"],
        "neurons": texts,
        "strokes": [int(s) if on else None for s, on in zip(strokes, lit)],
        "labels": [weight_text(w) if on else "" for w, on in zip(np.asarray(flat), lit)]
        if flat.size <= LABELLED_SYNAPSES
        else None,
    }


def _is_on_way(synapse: tuple[int, int, int], chosen: tuple[int, int, int]) -> bool:
    """Whether what the chosen weight does goes by a synapse."""
    layer, i, _ = synapse
    if layer <= chosen[0]:
        return synapse == chosen
    return layer > chosen[0] + 1 or i == chosen[2]


def _is_reached(neuron: tuple[int, int], chosen: tuple[int, int, int]) -> bool:
    """Whether a neuron is at one of the weight's two ends, or beyond."""
    layer, n = neuron
    before, i, j = chosen[0] - 1, chosen[1], chosen[2]
    return layer > before + 1 or neuron in ((before, i), (before + 1, j))
