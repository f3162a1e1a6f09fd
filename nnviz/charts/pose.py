"""What stands on the network while a learner is asked about it: what is known, and no more."""

from __future__ import annotations

from nnviz.charts.captions import neuron_captions, shown_names, synapse_captions
from nnviz.charts.facts import facts
from nnviz.charts.light import UNKNOWN
from nnviz.charts.network import LABELLED_SYNAPSES, input_texts
from nnviz.engine.moment import Moment
from nnviz.strokes import strokes_for
from nnviz.writing import activation_text, weight_text


def pose(moment: Moment, known: int) -> dict:
    """The network with its weights and, up to a layer, the values for the question.

    known: the last layer, from 0, whose neurons show what they pass on; the others show “?”.
    Returns, for the browser, what `nnviz.charts.light` does.
    """
    run, inputs = moment.run, input_texts(moment.data, moment.question)
    flat = run.shape.flat(moment.network.weights)
    values = [inputs["values"]]
    values += [[activation_text(a) for a in layer[0]] for layer in moment.asked.activations[1:]]
    layers = [layer for layer, n in enumerate(run.sizes) for _ in range(n)]
    names = [name for layer in shown_names(run) for name in layer]
    starts = [layer - 1 for layer, _, _ in run.shape.synapses()]
    return {
        "of": facts(moment, "recipe", "epoch", "question"),
        "legend": ["positive weight", "negative weight", f"{UNKNOWN} is asked in the lesson"],
        "names": inputs["names"],
        "neurons": [
            text if layer <= known else UNKNOWN for layer, row in enumerate(values) for text in row
        ],
        "strokes": [int(s) for s in strokes_for(run.sizes).index(flat)],
        "labels": [weight_text(w) for w in flat] if flat.size <= LABELLED_SYNAPSES else None,
        "captions": {
            "neurons": [
                said if layer <= known else name
                for layer, name, said in zip(layers, names, neuron_captions(moment))
            ],
            "synapses": [
                said if start <= known else _weight_alone(said)
                for start, said in zip(starts, synapse_captions(moment))
            ],
        },
    }


def _weight_alone(said: str) -> str:
    """A synapse's caption without what goes through it, which is not known yet."""
    name, _, numbers = said.split("<br>")
    return f"{name}<br>weight {numbers.split(' × ')[0]}"
