"""Each row's target beside its guess; questions, which have no target, told apart.

The question that is asked has its place among the rows: that of the table's row that asks the
same, or else one of its own below them. So it depends on the question how many rows there are:
that is `_rows`, which the film brings and the painter lays out.
"""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go

from nnviz.charts.chart import Chart
from nnviz.charts.facts import name_of
from nnviz.charts.frames import Frames, shown_rows
from nnviz.charts.style import FAINT, GLOW, INK, MUTED, axis, figure
from nnviz.engine.dataset import Dataset
from nnviz.engine.moment import Moment
from nnviz.strokes import POSITIVE
from nnviz.writing import asked_text, label_decimals, plotly, prediction_text, shortened

_NAMED_ROWS = 12  # with more rows than this, their names and numbers would overlap
_HEIGHT, _ROW, _REST = 165, 17, 62  # in pixels: at least; a row with its number; all but the rows
_ROOM = 0.68  # of the width is for the dots, where there are numbers beside them
_LEAST_ROOM = 0.05  # of the full scale, beside the targets


def _structure(moment: Moment) -> str:
    """A name for what no weight, no epoch and no question changes."""
    data = moment.data
    rows, asked = shown_rows(len(data.targets)), shown_rows(len(data.questions))
    label = (data.label_scale, repr(data.label_names))
    return name_of(data.inputs[rows], data.targets[rows], data.questions[asked], *label)


def _figure(moment: Moment, still: bool = False) -> go.Figure:
    """A line a row: a ring at the target, a dot at the guess and the gap between them."""
    data = moment.data
    rows, asked = shown_rows(len(data.targets)), shown_rows(len(data.questions))
    laid = _rows(data, moment.question)
    targets = data.targets[rows, 0]
    guesses = moment.training.activations[-1][rows, 0] * data.label_scale
    answers = moment.asked.activations[-1][1:][asked, 0] * data.label_scale
    answer = float(moment.prediction[0])
    named = _row_names(data)
    many = _is_long(data)
    known, unknown = np.split(np.arange(len(named)), [len(rows)])  # their places, from the top
    label, form = plotly(shortened(data.label_names[0], 20)), label_decimals(data.label_scale)
    ends, all_guesses = _range(data), [*guesses, *answers, answer][: laid["count"]]
    numbers = [prediction_text(x, data.label_scale) for x in all_guesses]

    def dots(name: str, x, y, symbol: str, color: str) -> dict:
        return {
            "name": name,
            "mode": "markers",
            "x": x,
            "y": y,
            "marker": {
                "symbol": symbol,
                "size": 6 if many else 11,
                "color": color,
                "line": {"width": 2},
            },
            "customdata": [[*named, laid["own"]][row] for row in y],
            "hoverinfo": None,
            "hovertemplate": f"%{{customdata}}<br>{label} %{{x:.{form}f}}<extra>{name}</extra>",
            "cliponaxis": False,
        }

    traces = [
        {
            "name": "gap",
            "mode": "lines",
            "x": np.column_stack([targets, guesses, np.full(len(known), np.nan)]).ravel(),
            "y": np.repeat(known, 3),
            "line": {"color": FAINT, "width": 2 if many else 4},
        },
        dots("target", targets, known, "circle-open", INK),
        dots("guess", guesses, known, "circle", POSITIVE),
        dots("question", answers, unknown, "diamond-open", GLOW),
        dots("asked", [answer], [laid["asked"]], "diamond", GLOW),
        {
            "name": "beyond",
            "mode": "markers",
            "x": np.clip(all_guesses, ends[0], ends[1]),
            "y": list(range(laid["count"])),
            "marker": {
                "symbol": [f"triangle-{'left' if x < ends[0] else 'right'}" for x in all_guesses]
                if still
                else "triangle-left",
                "size": 7 if many else 11,
                "color": laid["colors"],
                "opacity": np.abs(_beyond(all_guesses, ends)) if still else 1,
            },
            "cliponaxis": False,
        },
        _column("guess-number", 0.25, [] if many else numbers, INK),
        _column("target-number", 0.75, [] if many else laid["targets"], MUTED),
    ]
    return figure(
        traces,
        height=_HEIGHT if many else max(_HEIGHT, _REST + _ROW * (len(named) + 1)),
        of={"prediction": _structure(moment)},
        meta={"rows": laid, "decimals": form},
        margin={"l": 8, "r": 14 if many else 4, "t": 10 if many else 22, "b": 8},
        xaxis=axis(
            title=label,
            range=ends,
            nticks=6,
            gridcolor=FAINT,
            domain=[0, 1 if many else _ROOM],
        ),
        xaxis2=axis(
            range=[0, 1],
            domain=[_ROOM + 0.02, 1],
            side="top",
            anchor="y",
            tickvals=[0.25, 0.75],
            ticktext=["guess", "target"],
            tickfont={"color": MUTED, "size": 11},
            showgrid=False,
            visible=not many,
        ),
        yaxis=axis(
            range=[laid["count"] - 0.5, -0.5],
            tickvals=laid["ticks"],
            ticktext=laid["names"],
            tickfont={"color": MUTED},
            showgrid=False,
            automargin=True,
        ),
    )


def _is_long(data: Dataset) -> bool:
    """Whether there are too many rows for names and numbers."""
    return len(shown_rows(len(data.X))) + len(shown_rows(len(data.questions))) > _NAMED_ROWS


def _rows(data: Dataset, question: tuple[float, ...]) -> dict:
    """How the rows are laid out for a question, for the painter too.

    key: a name for all that follows. count: of rows. asked: the place of the question, from 0 at
    the top. own: its name. ticks, names: the places that have a name, and which. targets: as
    text; a question has none. colors: of the arrows.
    """
    named, targets = _row_names(data), data.targets[shown_rows(len(data.targets)), 0]
    place, own = _place_of(data, question), _name_of_row(np.array(question))
    names = [*named, own][: max(len(named), place + 1)]
    texts = [_target_text(target, data.label_scale) for target in targets]
    long = _is_long(data)
    laid = {
        "count": len(names),
        "asked": place,
        "own": own,
        "ticks": [place] if long else list(range(len(names))),
        "names": [names[place]] if long else names,
        "targets": [] if long else texts + ["?"] * (len(names) - len(texts)),
        "colors": [POSITIVE] * len(targets) + [GLOW] * (len(names) - len(targets)),
    }
    return laid | {"key": name_of(repr(laid))}


def _place_of(data: Dataset, question: tuple[float, ...]) -> int:
    """The row that asks the same: one of the questions, or of the training rows, or a new one."""
    training = data.inputs[shown_rows(len(data.X))]
    questions = data.questions[shown_rows(len(data.questions))]
    places = np.r_[len(training) : len(training) + len(questions), 0 : len(training)]
    same = (np.vstack([questions, training]) == np.array(question)).all(axis=1)
    return int(places[same.argmax()]) if same.any() else len(places)


def _range(data: Dataset) -> list[float]:
    """What the axis shows: the targets, and as much again on either side, to round ends.

    It depends on the table alone, so that it stands still whatever is played or asked; a guess
    beyond it is an arrow at the edge, with its number beside it.
    """
    scale, targets = data.label_scale, data.targets[:, 0]
    low, high = float(targets.min()), float(targets.max())
    room = max(high - low, _LEAST_ROOM * scale)
    step = _round_step((high - low + 2 * room) / 8)
    ends = math.floor((low - room) / step) * step, math.ceil((high + room) / step) * step
    return [float(f"{end:.12g}") for end in (max(ends[0], 0.0), min(ends[1], scale))]


def _beyond(guesses, ends: list[float]) -> np.ndarray:
    """−1 for a guess below the axis, 1 for one above it, or else 0."""
    guesses = np.asarray(guesses, dtype=float)
    return np.sign(guesses - guesses.clip(*ends))


def _round_step(least: float) -> float:
    """1, 2 or 5 times a power of ten: the next from ``least`` on."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(times * power for times in (1, 2, 5, 10) if times * power >= least * (1 - 1e-9))


def _column(name: str, x: float, texts: list[str], color: str) -> dict:
    """Numbers beside the rows, one under the other."""
    return {
        "name": name,
        "mode": "text",
        "x": [x] * len(texts),
        "y": list(range(len(texts))),
        "xaxis": "x2",
        "text": texts,
        "textfont": {"size": 12, "color": color},
        "cliponaxis": False,
    }


def _target_text(target: float, label_scale: float) -> str:
    """A target as exactly as its guess is written, but for zeros at the end."""
    text = prediction_text(target, label_scale)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _row_names(data: Dataset) -> list[str]:
    """A name a shown row."""
    training = data.inputs[shown_rows(len(data.X))]
    questions = data.questions[shown_rows(len(data.questions))]
    return [_name_of_row(row) for row in np.vstack([training, questions])]


def _name_of_row(inputs: np.ndarray) -> str:
    """Its inputs in the table's units, as many as there is room for."""
    return ", ".join(map(asked_text, inputs[:3])) + (", …" if len(inputs) > 3 else "")


def _frames(frames: Frames) -> dict[str, np.ndarray]:
    # In full where they are written as numbers, so that the last digit is right.
    kind = np.float32 if _is_long(frames.run.data) else np.float64
    return {
        "guesses": frames.guesses.astype(kind),
        "questions": frames.answers.astype(kind),
        "asked": frames.prediction.astype(kind),
    }


def _header(frames: Frames) -> dict:
    return {
        "of": {"prediction": _structure(frames.moment)},
        "rows": _rows(frames.run.data, frames.question),
    }


PREDICTION = Chart(
    "prediction", "Each row's target beside its guess", _structure, _figure, _frames, _header
)
