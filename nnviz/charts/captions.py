"""What pointing at a neuron or a synapse says: its numbers at one epoch, for one question."""

from __future__ import annotations

import numpy as np

from nnviz.charts.facts import facts
from nnviz.dissection import neuron_names
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.writing import plotly, shortened, shown


def shown_names(run: Run) -> list[list[str]]:
    """Each layer's neurons by name, as Plotly shows them."""
    layers = neuron_names(run.sizes, run.data.input_names, run.data.label_names)
    return [[plotly(shortened(name)) for name in layer] for layer in layers]


def captions(moment: Moment) -> dict:
    """A caption for each neuron, layer after layer, and each synapse, in the weights' order."""
    return {
        "of": facts(moment, "recipe", "epoch", "question"),
        "neurons": neuron_captions(moment),
        "synapses": synapse_captions(moment),
    }


def neuron_captions(moment: Moment) -> list[str]:
    """How an input was scaled; the sum and the activation of every other neuron."""
    inputs, *layers = shown_names(moment.run)
    scaled, *activations = (layer[0] for layer in moment.asked.activations)
    numbers = zip(inputs, moment.question, moment.data.input_scale, scaled)
    said = [
        f"{name}<br>{shown(value)} ÷ {shown(scale)} = {shown(x)}"
        for name, value, scale, x in numbers
    ]
    for names, sums, values in zip(layers, moment.asked.sums, activations):
        said += [
            f"{name}<br>sum {shown(z)}<br>activation σ({shown(z)}) = {shown(a)}"
            for name, z, a in zip(names, sums[0], values)
        ]
    return said


def synapse_captions(moment: Moment) -> list[str]:
    """What comes in by the synapse, times its weight."""
    names, said = shown_names(moment.run), []
    for layer, w in enumerate(moment.network.weights):
        arriving = moment.asked.activations[layer][0]
        said += [
            f"{names[layer][i]} → {names[layer + 1][j]}<br>weight × value = product<br>"
            f"{shown(w[i, j])} × {shown(arriving[i])} = {shown(w[i, j] * arriving[i])}"
            for i, j in np.ndindex(w.shape)
        ]
    return said
