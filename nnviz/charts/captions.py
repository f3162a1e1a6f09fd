"""What pointing at a neuron or a synapse says: its numbers at one epoch, for one question."""

from __future__ import annotations

import numpy as np

from nnviz.charts.facts import facts
from nnviz.dissection import neuron_names
from nnviz.dissection.calculator import sigmoid, written
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.writing import bracketed, plotly, shortened


def shown_names(run: Run) -> list[list[str]]:
    """Each layer's neurons by name, as Plotly shows them."""
    layers = neuron_names(run.sizes, run.data.input_names, run.data.output_names)
    return [[plotly(shortened(name)) for name in layer] for layer in layers]


def captions(moment: Moment) -> dict:
    """A caption for each neuron, layer after layer, and each synapse, in the weights' order."""
    return {
        "of": facts(moment, "recipe", "epoch", "question"),
        "neurons": neuron_captions(moment),
        "synapses": synapse_captions(moment),
    }


def neuron_captions(moment: Moment, whose: str = "") -> list[str]:
    """How an input was scaled; the sum and the activation of every other neuron.

    whose: the values are, if not the question's.
    """
    after = f", {whose}<br>" if whose else "<br>"
    inputs, *layers = [[name + after for name in names] for names in shown_names(moment.run)]
    scaled, *activations = (layer[0] for layer in moment.asked.activations)
    numbers = zip(inputs, moment.question, moment.data.input_scale, scaled)
    said = [
        name + written(" ÷ ".join, lambda a, b: a / b, (value, scale), x)
        for name, value, scale, x in numbers
    ]
    for names, sums, values in zip(layers, moment.asked.sums, activations):
        said += [
            name + written(_squeezed, sigmoid, (z,), a)
            for name, z, a in zip(names, sums[0].tolist(), values.tolist())
        ]
    return said


def _squeezed(texts: list[str]) -> str:
    return f"sum {texts[0]}<br>activation σ({texts[0]})"


def synapse_captions(moment: Moment) -> list[str]:
    """What comes in by the synapse, times its weight."""
    names, said = shown_names(moment.run), []
    for layer, w in enumerate(moment.network.weights):
        arriving = moment.asked.activations[layer][0].tolist()
        said += [
            f"{names[layer][i]} → {names[layer + 1][j]}<br>"
            + product("value", w[i, j].item(), arriving[i])
            for i, j in np.ndindex(w.shape)
        ]
    return said


def product(what: str, weight: float, value: float) -> str:
    """What goes through a synapse: its weight times a value, or a delta on the way back."""
    numbers = written(_times, lambda a, b: a * b, (weight, value), weight * value)
    return f"weight × {what} = product<br>{numbers}"


def _times(texts: list[str]) -> str:
    return f"{texts[0]} × {bracketed(texts[1])}"
