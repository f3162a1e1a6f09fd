"""The network: neurons in layers with their values, synapses coloured by their weights."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.captions import neuron_captions, shown_names, synapse_captions
from nnviz.charts.chart import Chart
from nnviz.charts.facts import name_of
from nnviz.charts.frames import Frames
from nnviz.charts.style import BACKGROUND, GLOW, INK, MUTED, axis, figure
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.strokes import strokes_for
from nnviz.writing import (
    ACTIVATION_DECIMALS,
    WEIGHT_DECIMALS,
    activation_text,
    asked_text,
    for_fixed,
    input_text,
    plotly,
    shortened,
    weight_text,
)

LABELLED_SYNAPSES = 15  # up to this many, each synapse carries its weight as a number
HEIGHT = 400
GLOW_AT_MOST = 0.45  # the opacity of the glow in a neuron whose activation is 1
_LABEL_AT = 0.3  # where on a synapse its weight is written, from 0 (start) to 1 (end)
_HOVER_AT = (0.25, 0.5, 0.75)  # where on a synapse the pointer finds it
_NAME = 20  # the height in pixels of a name above a neuron


@dataclass(frozen=True)
class _Layout:
    """Where everything stands, in the figure's own units: layers 1 apart, neurons as given."""

    sizes: tuple[int, ...]

    @property
    def tallest(self) -> int:
        return max(*self.sizes, 3)

    def pitch(self, layer: int) -> float:
        """How far apart a layer's neurons stand; in the tallest, 1."""
        return max(1, 0.8 * self.tallest / self.sizes[layer])

    def y(self, layer: int) -> np.ndarray:
        """The neurons of a layer, centred."""
        n = self.sizes[layer]
        return (np.arange(n) - (n - 1) / 2) * self.pitch(layer)

    def units(self, pixels: float) -> float:
        """A height in pixels, in the figure's units."""
        return pixels * (self.tallest + 0.5) / (HEIGHT - 16)

    def is_named(self, layer: int) -> bool:
        """Whether there is room for a name above each neuron; the inputs' matter more than size."""
        return self.pitch(layer) >= self.units(_NAME + (10 if layer == 0 else 26))

    def diameter(self, layer: int) -> float:
        """In pixels; what room the neurons and their names leave."""
        room = self.pitch(layer) / self.units(1)
        return min(48, room - _NAME) if self.is_named(layer) else min(26, 0.75 * room)

    def text_size(self, layer: int) -> int:
        """In pixels, of the value within a neuron; 0 where it has no room."""
        diameter = self.diameter(layer)
        return 14 if diameter >= 44 else 12 if diameter >= 34 else 9 if diameter >= 23 else 0

    def ends(self) -> tuple[np.ndarray, np.ndarray]:
        """Where each synapse starts and ends, both (synapses, 2), in the weights' order."""
        starts, stops = [], []
        for layer, (n_in, n_out) in enumerate(zip(self.sizes, self.sizes[1:])):
            before, after = self.y(layer), self.y(layer + 1)
            starts += [(layer, before[i]) for i in range(n_in) for _ in range(n_out)]
            stops += [(layer + 1, after[j]) for _ in range(n_in) for j in range(n_out)]
        return np.array(starts), np.array(stops)


def input_texts(data: Dataset, question: tuple[float, ...]) -> dict[str, list[str]]:
    """What stands in and above the input neurons: scaled values; names with the values asked.

    Text as it is, to be written letter by letter.
    """
    scaled, names = data.scale([question])[0], map(shortened, data.input_names)
    return {
        "values": [input_text(value) for value in scaled],
        "names": [f"{name} {asked_text(value)}" for name, value in zip(names, question)],
    }


def _structure(moment: Moment) -> str:
    """A name for what no weight, no epoch and no question changes."""
    return name_of(moment.run.sizes, repr(shown_names(moment.run)))


def _figure(moment: Moment, still: bool = False) -> go.Figure:
    """The network at an epoch, its neurons' values those for the question.

    still: whether the figure is to be seen as it is. Otherwise the player paints its synapses,
        and they are one trace, which Plotly draws much faster than a trace for each look.
    """
    run = moment.run
    activations = [layer[0] for layer in moment.asked.activations]
    weights = run.shape.flat(moment.network.weights)
    asked = input_texts(moment.data, moment.question)
    layout = _Layout(run.sizes)
    traces = [
        *(_still_synapses(layout, weights) if still else [_synapses(layout)]),
        _synapse_hover(layout, synapse_captions(moment)),
        _weight_labels(layout, weights),
        *_neurons(layout, activations, neuron_captions(moment)),
        _values(layout, activations, asked["values"]),
        _names(layout, "input-names", [[plotly(text) for text in asked["names"]]]),
        _names(layout, "names", shown_names(run)[1:], first=1),
    ]
    last, half = len(run.sizes) - 1, layout.units(HEIGHT - 16) / 2
    return figure(
        traces,
        height=HEIGHT,
        of={"network": _structure(moment)},
        meta={
            "inputs": run.sizes[0],
            "layers": list(run.sizes),
            "strokes": asdict(strokes_for(run.sizes)),
            "glowAtMost": GLOW_AT_MOST,
            "weightDecimals": WEIGHT_DECIMALS,
            "activationDecimals": ACTIVATION_DECIMALS,
        },
        xaxis=axis(visible=False, range=[-0.26, last + 0.26]),
        yaxis=axis(visible=False, range=[half, -half]),  # the first neuron on top
    )


def _synapses(layout: _Layout) -> dict:
    """All synapses, in the weights' order and without a look of their own."""
    starts, stops = layout.ends()
    return _lines(starts, stops) | {"name": "synapses", "line": {"color": MUTED, "width": 1}}


def _still_synapses(layout: _Layout, weights: np.ndarray) -> list[dict]:
    """A trace for all synapses that look alike."""
    starts, stops = layout.ends()
    strokes = strokes_for(layout.sizes)
    stroke_of = strokes.index(weights)
    return [
        _lines(starts[stroke_of == k], stops[stroke_of == k])
        | {
            "line": {"color": strokes.colors[k], "width": strokes.widths[k]},
            "opacity": strokes.opacities[k],
        }
        for k in np.unique(stroke_of)
    ]


def _lines(starts: np.ndarray, stops: np.ndarray) -> dict:
    gaps = np.full_like(starts, np.nan)
    x, y = np.stack([starts, stops, gaps], axis=1).reshape(-1, 2).T
    return {"mode": "lines", "x": x, "y": y}


def _synapse_hover(layout: _Layout, said: list[str]) -> dict:
    """Unseen points along the synapses, by which the pointer finds them."""
    starts, stops = layout.ends()
    at = (0.5,) if strokes_for(layout.sizes).banded else _HOVER_AT
    points = np.vstack([starts + t * (stops - starts) for t in at])
    return {
        "name": "synapse-hover",
        "mode": "markers",
        "x": points[:, 0],
        "y": points[:, 1],
        "marker": {"size": 12, "opacity": 0},
        "hoverinfo": "text",
        "hovertext": said * len(at),
    }


def _weight_labels(layout: _Layout, weights: np.ndarray) -> dict:
    """Each synapse's weight on it; none where there is no room for all."""
    starts, stops = layout.ends()
    if len(weights) > LABELLED_SYNAPSES:
        starts, stops = starts[:0], stops[:0]
    points = starts + _LABEL_AT * (stops - starts)
    return {
        "name": "weights",
        "mode": "text",
        "x": points[:, 0],
        "y": points[:, 1],
        "text": [weight_text(w) for w in weights[: len(points)]],
        "textfont": {"size": 12, "color": INK},
    }


def _places(layout: _Layout, first: int = 0) -> dict:
    """Where the neurons stand, from the layer ``first`` on."""
    layers = range(first, len(layout.sizes))
    return {
        "x": np.concatenate([np.full(layout.sizes[layer], layer) for layer in layers]),
        "y": np.concatenate([layout.y(layer) for layer in layers]),
    }


def _sizes(layout: _Layout, of, first: int = 0) -> np.ndarray:
    """What ``of`` says of each layer, for each neuron."""
    layers = range(first, len(layout.sizes))
    return np.repeat([of(layer) for layer in layers], layout.sizes[first:])


def _neurons(layout: _Layout, activations: list[np.ndarray], said: list[str]) -> list[dict]:
    """A disc a neuron and, past the inputs, a glow in it as bright as its activation."""
    discs = {
        "name": "discs",
        "mode": "markers",
        "marker": {
            "size": _sizes(layout, layout.diameter),
            "color": BACKGROUND,
            "line": {"color": MUTED, "width": 1.5},
            "opacity": 1,
        },
        "hoverinfo": "text",
        "hovertext": said,
    }
    glow = {
        "name": "glow",
        "mode": "markers",
        "marker": {
            "size": _sizes(layout, layout.diameter, first=1),
            "color": GLOW,
            "opacity": GLOW_AT_MOST * np.concatenate(activations[1:]),
            "line": {"width": 0},
        },
    }
    return [discs | _places(layout), glow | _places(layout, first=1)]


def _values(layout: _Layout, activations: list[np.ndarray], inputs: list[str]) -> dict:
    values = [activation_text(a) for a in np.concatenate(activations[1:])]
    size = _sizes(layout, layout.text_size)
    return _places(layout) | {
        "name": "values",
        "mode": "text",
        "text": [text if fits else "" for text, fits in zip(inputs + values, size)],
        "textfont": {"size": np.maximum(size, 1), "color": INK},
    }


def _names(layout: _Layout, name: str, layers: list[list[str]], first: int = 0) -> dict:
    """The names of some layers' neurons above them, where there is room."""
    x, y, text = [], [], []
    for layer, names in enumerate(layers, start=first):
        if layout.is_named(layer):
            x += [layer] * len(names)
            y += list(layout.y(layer) - layout.units(layout.diameter(layer) / 2 + 3))
            text += names
    return {
        "name": name,
        "mode": "text",
        "x": x,
        "y": y,
        "text": text,
        "textposition": "top center",
        "textfont": {"size": 12 if layout.tallest <= 6 else 11, "color": MUTED},
    }


def _frames(frames: Frames) -> dict[str, np.ndarray]:
    arrays = {
        "neurons": frames.neurons,
        "strokes": strokes_for(frames.run.sizes).index(frames.weights),
    }
    if frames.run.shape.count <= LABELLED_SYNAPSES:
        arrays["weights"] = for_fixed(frames.weights)
    return arrays


def _header(frames: Frames) -> dict:
    """The texts of the input neurons, which are the same in all frames."""
    return {
        "of": {"network": _structure(frames.moment)},
        "inputs": input_texts(frames.run.data, frames.question),
    }


NETWORK = Chart(
    "network",
    "Network: neurons in layers, with their values and weights",
    _structure,
    _figure,
    _frames,
    _header,
)
