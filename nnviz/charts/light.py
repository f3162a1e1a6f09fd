"""What the present step of the walk lights up in the network graph, and what stands on it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from nnviz.charts.facts import facts
from nnviz.charts.network import LABELLED_SYNAPSES, input_texts
from nnviz.dissection import Step
from nnviz.dissection.matrix import activation_name, sum_name
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.strokes import HALF_STRENGTH, strokes_for
from nnviz.writing import short

_LARGEST_CHANGE = 3 * HALF_STRENGTH  # the weight that an epoch's largest change is drawn like


def light(moment: Moment, walk: Sequence[Step], number: int, row: int) -> dict:
    """Light for one step of the walk.

    walk: the epoch's anatomy. number: the step, from 1. row: whose values stand on the network.

    Returns, for the browser: ``neurons``, a text for each neuron that is lit and None for
    the others; ``names``, the inputs' with their values; ``strokes``, the stroke of each lit
    synapse and None for the others, going backward that of the weight's change, except
    where an error comes back by the weights; ``labels``, what is written on the lit synapses,
    or None where there is no room; and ``legend``, what the two colours and the values say.
    """
    run = moment.run
    steps = {step.name: step for step in walk if step.number == number}
    values, layers = _values(run, steps, row)
    legend = ["positive weight", "negative weight", f"values: row {run.data.training_rows[row]}"]
    if "W1" in steps:  # the new ones
        flat = look = run.shape.flat([steps[f"W{k}"].value for k in range(1, len(run.sizes))])
        legend[2] = f"epoch {moment.epoch + 1}"
    elif _shows_changes(steps, walk):
        flat = run.shape.flat(_changes(walk, run))
        legend[:2] = ["weight goes up", "weight goes down"]
        if "dW1" in steps:
            legend[2] = "all rows together"
        look = flat * _LARGEST_CHANGE / (np.abs(flat).max() or 1.0)
    else:
        flat = look = run.shape.flat(moment.network.weights)
    sizes = [a * b for a, b in zip(run.sizes, run.sizes[1:])]
    lit = np.repeat([layer in layers for layer in range(1, len(run.sizes))], sizes)
    strokes = strokes_for(run.sizes).index(look)
    return {
        "of": facts(moment, "recipe", "epoch"),
        "legend": legend,
        "names": input_texts(run.data, tuple(run.data.inputs[row]))["names"],
        "neurons": [short(v) if v is not None else None for v in values],
        "strokes": [int(s) if is_lit else None for s, is_lit in zip(strokes, lit)],
        "labels": [short(v, sign=True) if is_lit else "" for v, is_lit in zip(flat, lit)]
        if flat.size <= LABELLED_SYNAPSES
        else None,
    }


def _shows_changes(steps: dict[str, Step], walk: Sequence[Step]) -> bool:
    """Going backward; but an error comes back by the weights as they are."""
    loss = next(step.number for step in walk if step.name == "loss")
    return all(step.number > loss and not step.name.endswith("_error") for step in steps.values())


def _changes(walk: Sequence[Step], run: Run) -> list[np.ndarray]:
    """What the epoch adds to the weights of each layer."""
    by_name = {step.name: step.value for step in walk}
    return [run.learning_rate * by_name[f"dW{k}"] for k in range(1, len(run.sizes))]


def _values(run: Run, steps: dict[str, Step], row: int) -> tuple[list, set[int]]:
    """Each neuron's value in the step or None, and the layers of weights that take part."""
    last = len(run.sizes) - 1
    values: list[list] = [[None] * n for n in run.sizes]
    layers: set[int] = set()
    for layer in range(last + 1):
        activation = activation_name(layer, last)
        for name in (activation, f"{activation}_error", f"{activation}_delta"):
            if name in steps:
                values[layer] = steps[name].value[row].tolist()
        if layer and sum_name(layer) in steps:  # a sum, and what it is made from
            before, _ = steps[sum_name(layer)].made_from
            values[layer] = steps[sum_name(layer)].value[row].tolist()
            values[layer - 1] = before.value[row].tolist()
            layers.add(layer)
        if f"{activation}_error" in steps and layer < last:  # an error, and where it comes from
            values[layer + 1] = steps[f"{activation}_error"].made_from[0].value[row].tolist()
            layers.add(layer + 1)
        if f"{activation}_delta" in steps:
            layers.add(layer)
        if f"dW{layer}" in steps or f"W{layer}" in steps:
            layers.add(layer)
    if "loss" in steps:
        values[last] = steps["loss"].made_from[1].value[row].tolist()
    return [v for layer in values for v in layer], layers
