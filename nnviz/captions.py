"""What pointing at a neuron or a synapse says: its numbers at one epoch, for one question."""

from __future__ import annotations

import html

import numpy as np

from nnviz.dissection.matrix import neuron_names
from nnviz.engine.dataset import Dataset
from nnviz.engine.training import Run


def shortened(text: str, longest: int = 16) -> str:
    """A table's text, as long as there is room for."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def plain(text: str, longest: int = 16) -> str:
    """The same, as Plotly shows it letter by letter, where it would read HTML."""
    return html.escape(shortened(text, longest), quote=False)


def shown_names(data: Dataset, sizes: tuple[int, ...]) -> list[list[str]]:
    """Each layer's neurons by name, as Plotly shows them."""
    layers = neuron_names(sizes, data.input_names, data.label_names)
    return [[plain(name) for name in layer] for layer in layers]


def captions(run: Run, epoch: int, question: tuple[float, ...]) -> dict[str, list[str]]:
    """A caption for each neuron, layer after layer, and each synapse, in the weights' order.

    question: one value an input, in the table's units.
    """
    weights = run.network(epoch).weights
    activations = [a[0] for a in run.network(epoch).forward(run.data.scale([question]))]
    names = shown_names(run.data, run.sizes)
    neurons = [
        f"{name}<br>{value:.4g} ÷ {scale:.4g} = {a:.4g}"
        for name, value, scale, a in zip(names[0], question, run.data.input_scale, activations[0])
    ]
    synapses = []
    for layer, w in enumerate(weights):
        before, sums = activations[layer], activations[layer] @ w
        for name, z, a in zip(names[layer + 1], sums, activations[layer + 1]):
            neurons.append(f"{name}<br>sum {z:.4g}<br>activation σ({z:.4g}) = {a:.4g}")
        for i, j in np.ndindex(w.shape):
            synapses.append(
                f"{names[layer][i]} → {names[layer + 1][j]}<br>weight × value = product<br>"
                f"{w[i, j]:.4g} × {before[i]:.4g} = {w[i, j] * before[i]:.4g}"
            )
    return {"neurons": neurons, "synapses": synapses}
