"""What the present step of the walk lights up in the network graph, and what stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from nnviz.charts.captions import product, shown_names
from nnviz.charts.facts import facts
from nnviz.charts.network import LABELLED_SYNAPSES, input_texts
from nnviz.dissection import Step, written_out
from nnviz.dissection.epoch import QUESTION
from nnviz.dissection.matrix import activation_name, sum_name
from nnviz.engine.moment import Moment
from nnviz.strokes import HALF_STRENGTH, strokes_for
from nnviz.writing import plotly, short, shortened, signed

UNKNOWN = "?"  # stands for what the learner is to say
_LARGEST_CHANGE = 3 * HALF_STRENGTH  # the weight that an epoch's largest change is drawn like


@dataclass
class _Lit:
    """What a step lights up.

    neurons: by layer, from 0, the step of the walk whose row stands in that layer's neurons.
    weights: the layers of weights, from 1, that take part.
    kind: what stands on these synapses: "W", "dW" or "new W".
    back: whether values go through them from the layer after to the one before.
    """

    neurons: dict[int, Step] = field(default_factory=dict)
    weights: list[int] = field(default_factory=list)
    kind: str = "W"
    back: bool = False


def light(
    moment: Moment,
    walk: Sequence[Step],
    number: int,
    row: int,
    unsaid: tuple[str, int, int] | None = None,
) -> dict:
    """Light for one step of the walk.

    walk: the epoch's anatomy, or the question's way forward. number: the step, from 1. row:
        whose values stand on the network, of the rows that the walk has. unsaid: the step and the
        cell of it that the learner is to say, which stands as “?”.

    Returns, for the browser: ``neurons``, a text for each neuron that is lit and None for
    the others; ``names``, the inputs' with their values; ``strokes``, the stroke of each lit
    synapse and None for the others, in the step of dW that of dW, on one scale for all layers;
    ``labels``, what is written on the lit synapses, or None where there is no room; ``legend``,
    what the two colours say, and which quantities stand where, and whose; ``loud``, whether
    that is to be stressed; and ``captions``, what pointing says of just these numbers.
    """
    run, steps = moment.run, {step.name: step for step in walk}
    lit = _lit(steps, {step.name for step in walk if step.number == number}, len(run.sizes) - 1)
    who = steps["X"].rows[row]
    flat = _on_synapses(moment, steps, lit)
    sizes = [a * b for a, b in zip(run.sizes, run.sizes[1:])]
    shines = np.repeat([layer in lit.weights for layer in range(1, len(run.sizes))], sizes)
    scale, drawn = 1.0, shines
    if lit.kind == "dW":
        scale = _LARGEST_CHANGE / (np.abs(flat).max() or 1.0)
        drawn = shines & (flat != 0)  # that goes neither up nor down
    strokes = strokes_for(run.sizes).index(flat * scale)
    values = [
        lit.neurons[layer].value[row] if layer in lit.neurons else [None] * n
        for layer, n in enumerate(run.sizes)
    ]
    shown = {
        "of": facts(moment, "recipe", "epoch", *(["question"] if who == QUESTION else [])),
        "legend": _legend(moment, lit, who),
        "loud": lit.kind == "new W",
        "names": _input_names(moment, steps, lit, row),
        "neurons": [None if v is None else short(v) for layer in values for v in layer],
        "strokes": [int(s) if is_drawn else None for s, is_drawn in zip(strokes, drawn)],
        "labels": [short(v, sign=True) if shine else "" for v, shine in zip(flat, shines)]
        if flat.size <= LABELLED_SYNAPSES
        else None,
        "captions": {
            "neurons": _neuron_captions(moment, lit, row),
            "synapses": _synapse_captions(moment, steps, lit, row),
        },
    }
    if unsaid is not None:
        _leave_out(shown, moment, lit, row, unsaid)
    return shown


def _leave_out(shown: dict, moment: Moment, lit: _Lit, row: int, unsaid: tuple) -> None:
    """Write “?” where a number stands that the learner is to say."""
    name, i, j = unsaid
    captions = shown["captions"]
    for layer, step in lit.neurons.items():
        if step.name == name and row == i:
            at = sum(moment.run.sizes[:layer]) + j
            shown["neurons"][at], captions["neurons"][at] = UNKNOWN, ""
    if lit.kind != "W" and name.startswith(lit.kind.removeprefix("new ")):
        at = moment.run.shape.place(int(name.removeprefix("d").removeprefix("W")), i, j)
        captions["synapses"][at] = ""
        if shown["labels"]:
            shown["labels"][at] = UNKNOWN


def _lit(steps: dict[str, Step], now: set[str], last: int) -> _Lit:
    """What the steps of these names light up, in a network of that many layers of weights."""
    lit = _Lit()
    for layer in range(last + 1):
        activation = activation_name(layer, last)
        for name in (activation, f"{activation}_error", f"{activation}_delta"):
            if name in now:
                lit.neurons[layer] = steps[name]
        if layer and sum_name(layer) in now:  # a sum, and what it is made from
            lit.neurons |= {
                layer - 1: steps[activation_name(layer - 1, last)],
                layer: steps[sum_name(layer)],
            }
            lit.weights = [layer]
        if layer < last and f"{activation}_error" in now:  # an error, and where it comes from
            lit.neurons[layer + 1] = steps[f"{activation_name(layer + 1, last)}_delta"]
            lit.weights, lit.back = [layer + 1], True
    if "loss" in now:
        lit.neurons[last] = steps["o"]
    if "dW1" in now or "W1" in now:
        lit.weights, lit.kind = list(range(1, last + 1)), "dW" if "dW1" in now else "new W"
    return lit


def _on_synapses(moment: Moment, steps: dict[str, Step], lit: _Lit) -> np.ndarray:
    """What stands on the synapses, in the weights' order."""
    shape = moment.run.shape
    if lit.kind == "W":
        return shape.flat(moment.network.weights)
    name = lit.kind.removeprefix("new ")
    return shape.flat([steps[f"{name}{k}"].value for k in lit.weights])


def _legend(moment: Moment, lit: _Lit, who: str) -> list[str]:
    """What the two colours say, and which quantities the layers show, and whose row it is."""
    if lit.kind == "dW":
        return ["weight goes up", "weight goes down", "dW, all rows together"]
    if lit.kind == "new W":
        return ["positive weight", "negative weight", f"new weights: epoch {moment.epoch + 1:,}"]
    names = [lit.neurons[layer].name for layer in sorted(lit.neurons)]
    if lit.weights:
        names.insert(1, f"W{lit.weights[0]}")
    arrow = " ← " if lit.back else " → "
    return ["positive weight", "negative weight", f"{who}: {arrow.join(names)}"]


def _input_names(moment: Moment, steps: dict[str, Step], lit: _Lit, row: int) -> list[str]:
    """The inputs' names, with the row's values where the step is of one row."""
    if lit.kind != "W":
        return [shortened(name) for name in moment.data.input_names]
    return input_texts(moment.data, tuple(steps["X"].made_from[0].value[row]))["names"]


def _neuron_captions(moment: Moment, lit: _Lit, row: int) -> list[str]:
    """How each value that stands in a neuron came to be; of the others nothing."""
    said = []
    for layer, names in enumerate(shown_names(moment.run)):
        step = lit.neurons.get(layer)
        for j, name in enumerate(names):
            if step is None:
                said.append("")
                continue
            text = written_out(step, row, j).text
            is_input = step.name == "X"
            text = text.replace(" / ", " ÷ ") if is_input else f"{step.name} = {text}"
            said.append(f"{name}, {step.rows[row]}<br>{plotly(text)}")
    return said


def _synapse_captions(moment: Moment, steps: dict[str, Step], lit: _Lit, row: int) -> list[str]:
    """What the number on each lit synapse is, or does; of the others nothing."""
    names, said = shown_names(moment.run), []
    for layer, w in enumerate(moment.network.weights, start=1):
        for i, j in np.ndindex(w.shape):
            if layer not in lit.weights:
                said.append("")
                continue
            if lit.kind == "dW":
                text = f"dW, all rows together<br>{signed(steps[f'dW{layer}'].value[i, j])}"
            elif lit.kind == "new W":
                worked = written_out(steps[f"W{layer}"], i, j).text
                text = f"weight + η · dW = new weight<br>{worked}"
            elif lit.back:
                text = product("delta", w[i, j].item(), lit.neurons[layer].value[row, j].item())
            else:
                text = product("value", w[i, j].item(), lit.neurons[layer - 1].value[row, i].item())
            said.append(f"{names[layer - 1][i]} → {names[layer][j]}<br>{text}")
    return said
