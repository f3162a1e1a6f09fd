"""All ways through a weight or a neuron: what lights up in the network while it is looked at."""

from __future__ import annotations

from collections.abc import Callable

from nnviz.charts.captions import neuron_captions, synapse_captions
from nnviz.charts.facts import facts
from nnviz.charts.network import LABELLED_SYNAPSES, input_texts
from nnviz.dissection import neuron_names
from nnviz.engine.moment import Moment
from nnviz.strokes import strokes_for
from nnviz.writing import activation_text, shortened, weight_text

Synapse = tuple[int, int, int]  # layer from 1, neuron before and after from 0
Neuron = tuple[int, int]  # layer, neuron


def chain(moment: Moment, layer: int, i: int, j: int) -> dict:
    """Light on W⟨layer⟩[i, j], its two neurons, and every way from there to the output.

    Returns, for the browser, what `nnviz.charts.light` does; the values are those for the
    question.
    """
    chosen, names = (layer, i, j), _names(moment)
    return {
        "of": facts(moment, "recipe", "epoch", "question"),
        **_light(
            moment,
            f"chain of {names[layer - 1][i]} → {names[layer][j]}",
            lambda synapse: _is_on_way(synapse, chosen),
            lambda neuron: _is_reached(neuron, chosen),
        ),
    }


def ways_through(moment: Moment, layer: int, n: int, row: int) -> dict:
    """Light on a neuron, all that reaches it from the inputs, and all that it reaches.

    layer: from 1. row: of the training rows, from 0; the values are those for it.

    Returns, for the browser, what `nnviz.charts.light` does.
    """
    data = moment.data
    of_row = Moment(moment.run, moment.epoch, tuple(data.inputs[row].tolist()))
    who = f"row {data.training_rows[row]}"

    def passes(synapse: Synapse) -> bool:
        at, i, j = synapse
        return j == n if at == layer else i == n if at == layer + 1 else True

    return {
        "of": facts(moment, "recipe", "epoch"),
        **_light(
            of_row,
            f"{who}: all ways through {_names(moment)[layer][n]}",
            passes,
            lambda neuron: neuron[0] != layer or neuron[1] == n,
        ),
        "captions": {
            "neurons": neuron_captions(of_row, who),
            "synapses": synapse_captions(of_row),
        },
    }


def _names(moment: Moment) -> list[list[str]]:
    """Each layer's neurons by name, as long as there is room for."""
    data = moment.data
    layers = neuron_names(moment.run.sizes, data.input_names, data.output_names)
    return [[shortened(name) for name in layer] for layer in layers]


def _light(
    moment: Moment,
    legend: str,
    is_lit: Callable[[Synapse], bool],
    is_reached: Callable[[Neuron], bool],
) -> dict:
    """The weights as they are on the synapses that are lit, the question's values in neurons."""
    run = moment.run
    flat = run.shape.flat(moment.network.weights)
    strokes = strokes_for(run.sizes).index(flat)
    lit = [is_lit(synapse) for synapse in run.shape.synapses()]
    inputs = input_texts(run.data, moment.question)
    values = [inputs["values"]]
    values += [[activation_text(a) for a in layer[0]] for layer in moment.asked.activations[1:]]
    return {
        "legend": ["positive weight", "negative weight", legend],
        "names": inputs["names"],
        "neurons": [
            text if is_reached((layer, n)) else None
            for layer, row in enumerate(values)
            for n, text in enumerate(row)
        ],
        "strokes": [int(s) if on else None for s, on in zip(strokes, lit)],
        "labels": [weight_text(w) if on else "" for w, on in zip(flat, lit)]
        if flat.size <= LABELLED_SYNAPSES
        else None,
    }


def _is_on_way(synapse: Synapse, chosen: Synapse) -> bool:
    """Whether what the chosen weight does goes by a synapse."""
    layer, i, _ = synapse
    if layer <= chosen[0]:
        return synapse == chosen
    return layer > chosen[0] + 1 or i == chosen[2]


def _is_reached(neuron: Neuron, chosen: Synapse) -> bool:
    """Whether a neuron is at one of the weight's two ends, or beyond."""
    layer, n = neuron
    before, i, j = chosen[0] - 1, chosen[1], chosen[2]
    return layer > before + 1 or neuron in ((before, i), (before + 1, j))
