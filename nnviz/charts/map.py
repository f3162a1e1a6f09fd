"""What a network says all over two inputs: a map, with the training rows and the question on it.

Its colours come as pictures that the painter makes, from the film of maps; see `map_frames`.
"""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.facts import facts, name_of
from nnviz.charts.frames import shown_rows
from nnviz.charts.prediction import label_range, target_text
from nnviz.charts.style import BACKGROUND, GLOW, INK, MUTED, axis, figure
from nnviz.engine.label import Aspect
from nnviz.engine.moment import Moment
from nnviz.engine.training import Run
from nnviz.strokes import NEGATIVE, POSITIVE
from nnviz.trust.ground import Ground, answers_on
from nnviz.writing import answer_text, label_decimals, plotly, round_step, shortened, true_minus

MAP_BYTES = 2_000_000  # of a film of maps, about
_CHUNK = 2_000_000  # numbers of activations at a time
_SHADES = 64  # on either side of the middle
_LEVELS = 24  # contour lines, at most
_NAMED_ROWS = 12  # with more rows than this, their targets would overlap
_FAINTEST, _STRONGEST = 0.04, 0.88  # opacity, near the middle and at the ends
BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def map_key(moment: Moment, on: Ground) -> str:
    """A name for where the map is drawn, and of what: other inputs' values have another."""
    return name_of(on.inputs, *on.axes, repr(moment.aspect))


def map_epochs(run: Run, on: Ground) -> np.ndarray:
    """The epochs that get a map in the film: evenly thinned to what may be sent."""
    bytes_each = 4 * len(on.inputs) + sum(run.sizes[1:-1]) * len(_small(on))
    every = max(1, -(-(run.epochs + 1) * bytes_each // MAP_BYTES))
    return np.append(np.arange(0, run.epochs, every), run.epochs)


def map_frames(run: Run, on: Ground, epochs: np.ndarray, aspect: Aspect) -> dict[str, np.ndarray]:
    """The maps of some epochs.

    answers: (epochs, points), the aspect of a label. neurons: (epochs, neurons × points of a small
    map), the hidden neurons' activations, 255 for 1.
    """
    small = _small(on)
    answers = np.empty((len(epochs), len(on.inputs)), np.float32)
    neurons = np.empty((len(epochs), sum(run.sizes[1:-1]) * len(small)), np.uint8)
    chunk = max(1, _CHUNK // (len(on.inputs) * sum(run.sizes)))
    for start in range(0, len(epochs), chunk):
        here = slice(start, start + chunk)
        labels, hidden = answers_on(run.shape, run.weights_at(epochs[here]), run.data, on, aspect)
        answers[here] = labels
        neurons[here] = (255 * hidden[..., small]).round().reshape(len(labels), -1)
    return {"answers": answers, "neurons": neurons}


def map_at(moment: Moment, on: Ground) -> dict:
    """The map of the epoch at which the film rests, which the film of maps may lack."""
    frames = map_frames(moment.run, on, np.array([moment.epoch]), moment.aspect)
    return {
        "of": facts(moment, "recipe", "epoch", "aspect"),
        "ground": map_key(moment, on),
        "answers": [float(f"{value:.7g}") for value in frames["answers"][0].tolist()],
        "neurons": frames["neurons"][0].tolist(),
    }


def _small(on: Ground) -> np.ndarray:
    """Which points make the small maps: every other one along each axis."""
    places = np.arange(len(on.inputs)).reshape(on.points[::-1])
    return places[tuple(slice(None, None, 2) for _ in on.points)].ravel()


def small_points(on: Ground) -> list[int]:
    """How many points a small map has along each axis."""
    return [-(-points // 2) for points in on.points]


# --- The figure -------------------------------------------------------------------------------


def map_structure(moment: Moment, on: Ground) -> str:
    """What makes a map need drawing anew."""
    data = moment.data
    return map_key(moment, on) + name_of(data.inputs, data.targets, data.questions)


def _figure(moment: Moment, on: Ground, still: bool = False) -> go.Figure:
    """The frame of the map; its picture and its contour lines are the painter's."""
    x, y = on.values
    levels = _levels(moment)
    traces = [
        {"name": "contours", "mode": "lines", "x": x[:2], "y": y[:2], "line": _line(INK, 0.8)},
        {
            "name": "levels",
            "mode": "text",
            "x": [x[0]] * len(levels),
            "y": [y[0]] * len(levels),
            "text": [true_minus(f"{level:g}") for level in levels],
            "textfont": {"size": 11, "color": INK},
        },
        *map_points(moment, on),
    ]
    meta = {"levels": levels, "shades": shades(), "scale": color_scale(moment)}
    return map_frame(moment, on, traces, meta, height=400)


def map_frame(
    moment: Moment, on: Ground, traces: list[dict], meta: dict, height: int, veiled: bool = True
) -> go.Figure:
    """A figure over the ground: place for a picture, the frame around the rows, and traces.

    veiled: whether a veil lies on all beyond the rows.
    """
    data = moment.data
    x, y = on.values
    names = [shortened(data.input_names[j], 20) for j in on.axes]
    about = {
        "ground": map_key(moment, on),
        "x": x.tolist(),
        "y": y.tolist(),
        "plain": [*names, shortened(moment.aspect.name, 20)],
        "decimals": max(0, label_decimals(moment.aspect.scale) - 1),
    }
    titles = [plotly(name) for name in names]
    return figure(
        traces,
        height=height,
        of={},
        meta=about | meta,
        margin={"l": 8, "r": 14, "t": 10, "b": 8},
        images=[picture_on(x, y)],
        shapes=beyond_rows(on)[0 if veiled else 1 :],
        xaxis=axis(title=titles[0], range=_ends(x), showgrid=False, nticks=8),
        yaxis=axis(title=titles[1], range=_ends(y), showgrid=False, nticks=8, automargin=True),
    )


def map_points(moment: Moment, on: Ground) -> list[dict]:
    """The training rows and the questions, as they lie on the map; the one that is asked last."""
    data, (i, j) = moment.data, on.axes
    rows = shown_rows(len(data.inputs))
    asked = shown_rows(len(data.questions))
    few = len(rows) <= _NAMED_ROWS
    return [
        {
            "name": "rows",
            "mode": "markers+text" if few else "markers",
            "x": data.inputs[rows, i],
            "y": data.inputs[rows, j],
            "text": row_texts(moment, rows),
            "textposition": "top center",
            "textfont": {"size": 12, "color": INK},
            "marker": row_marks(moment, rows),
            "cliponaxis": False,
        },
        {
            "name": "questions",
            "mode": "markers",
            "x": data.questions[asked, i],
            "y": data.questions[asked, j],
            "marker": {"symbol": "diamond-open", "size": 11, "color": GLOW, "line": {"width": 2}},
            "cliponaxis": False,
        },
        {
            "name": "asked",
            "meta": list(on.axes),
            "mode": "markers+text",
            "x": [moment.question[i]],
            "y": [moment.question[j]],
            "text": [answer_text(moment.label, moment.outputs)],
            "textposition": "middle right",
            "textfont": {"size": 12, "color": INK},
            "marker": {
                "symbol": "diamond",
                "size": 12,
                "color": GLOW,
                "line": {"color": INK, "width": 1.5},
            },
        },
    ]


def _line(color: str, width: float) -> dict:
    return {"color": color, "width": width, "simplify": False}


def picture_on(x: np.ndarray, y: np.ndarray) -> dict:
    """Where a picture lies whose pixels' centres are the points of the ground."""
    across, up = float(x[1] - x[0]), float(y[1] - y[0])
    return {
        "source": BLANK,
        "layer": "below",
        "xref": "x",
        "yref": "y",
        "x": float(x[0]) - across / 2,
        "y": float(y[-1]) + up / 2,
        "sizex": len(x) * across,
        "sizey": len(y) * up,
        "sizing": "stretch",
    }


def beyond_rows(on: Ground) -> list[dict]:
    """A veil over all that lies beyond the training rows, and a dashed line around them."""
    (left, right), (low, high) = on.rows
    x, y = (_ends(values) for values in on.values)
    around = f"M{x[0]},{y[0]}L{x[1]},{y[0]}L{x[1]},{y[1]}L{x[0]},{y[1]}Z"
    inside = f"M{left},{low}L{left},{high}L{right},{high}L{right},{low}Z"
    veil = {
        "type": "path",
        "path": around + inside,
        "fillcolor": BACKGROUND,
        "opacity": 0.5,
        "line": {"width": 0},
        "fillrule": "evenodd",
        "layer": "between",
    }
    frame = {
        "type": "rect",
        "x0": left,
        "x1": right,
        "y0": low,
        "y1": high,
        "line": {"color": MUTED, "width": 1.5, "dash": "dash"},
        "layer": "between",
    }
    return [veil, frame]


def _ends(values: np.ndarray) -> list[float]:
    return [float(values[0]), float(values[-1])]


def row_texts(moment: Moment, rows: np.ndarray) -> list[str]:
    """What is written at training rows: their targets, or the classes they are of."""
    label, targets = moment.label, moment.data.targets[rows]
    if label.classes:
        return [shortened(label.classes[k], 10) for k in label.known(targets)]
    return [target_text(float(target), label.scale) for target in moment.targets[rows]]


def row_marks(moment: Moment, rows: np.ndarray) -> dict:
    """Rings; of a class that is looked at, its rows are discs."""
    of_class = moment.targets[rows] > 0.5 if moment.aspect.chosen else np.zeros(len(rows))
    symbols = ["circle" if own else "circle-open" for own in of_class]
    return {"symbol": symbols, "size": 11, "color": INK, "line": {"color": INK, "width": 2}}


def color_scale(moment: Moment) -> list[float]:
    """The label in the middle of the colours, which is the rows' mean, and how far they reach."""
    targets = moment.targets
    middle = float(targets.mean())
    low, high = label_range(moment.data, moment.label)
    reach = 1.5 * float(np.abs(targets - middle).max()) or (high - low) / 2
    return [middle, reach]


def _levels(moment: Moment) -> list[float]:
    """Round labels at which there is a contour line."""
    low, high = label_range(moment.data, moment.label)
    spread = float(np.ptp(moment.targets)) or (high - low) / 2
    step = round_step(max(spread / 6, (high - low) / _LEVELS))
    first = int(np.floor(low / step)) + 1
    levels = [float(f"{(first + k) * step:.12g}") for k in range(_LEVELS + 1)]
    return [level for level in levels if level < high]


def shades() -> list[list[int]]:
    """Colours from the lowest to the highest, as [red, green, blue, opacity], each to 255.

    They are the weights' two, and fade to the page's own in the middle.
    """
    opacities = 255 * np.linspace(_FAINTEST, _STRONGEST, _SHADES)
    below = [[*_rgb(NEGATIVE), round(float(o))] for o in opacities[::-1]]
    return below + [[*_rgb(POSITIVE), round(float(o))] for o in opacities]


def _rgb(color: str) -> tuple[int, ...]:
    return tuple(int(color[k : k + 2], 16) for k in (1, 3, 5))


MAP = Chart("map", "Map of the answers over two inputs", map_structure, _figure)
