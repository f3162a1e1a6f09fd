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
from nnviz.charts.frames import Frames, frames_of, shown_rows
from nnviz.charts.style import FAINT, GLOW, INK, MUTED, axis, figure
from nnviz.engine.dataset import Dataset
from nnviz.engine.label import Label
from nnviz.engine.moment import Moment
from nnviz.strokes import NEGATIVE, POSITIVE
from nnviz.writing import asked_text, label_decimals, plotly, prediction_text, round_step, shortened

_WIDEST = 8  # characters of a number that stands beside a row
_NAMED_ROWS = 12  # with more rows than this, their names and numbers would overlap
_HEIGHT, _ROW, _REST = 165, 17, 62  # in pixels: at least; a row with its number; all but the rows
_LONG_HEIGHT = 215  # where the rows have no names: so that the dots don't merge
_ROOM, _ROOM_BESIDE_CLASSES = 0.68, 0.5  # of the width for the dots, where more stands beside them
_LONGEST_CLASS = 10  # letters, beside the rows
_LEAST_ROOM = 0.05  # of the full scale, beside the targets


def _structure(moment: Moment) -> str:
    """A name for what no weight, no epoch and no question changes."""
    data = moment.data
    rows, asked = shown_rows(len(data.targets)), shown_rows(len(data.questions))
    label = repr((moment.label, data.label_names))
    return name_of(data.inputs[rows], data.targets[rows], data.questions[asked], label)


def _figure(moment: Moment, still: bool = False) -> go.Figure:
    """A line a row: a ring at the target, a dot at the guess and the gap between them.

    Of a label of classes, a dot is at the share of the true class, in the colour of right or wrong.
    """
    data, label = moment.data, moment.label
    frame = frames_of(moment, np.array([moment.epoch]))
    laid = _rows(data, label, moment.question)
    targets = _targets(data, label)
    guesses, answers, answer = frame.guesses[0], frame.answers[0], float(frame.prediction[0])
    texts = _said(label, frame.rows[0], frame.classes[0])
    named = _row_names(data)
    many, numbered = _is_long(data), _has_numbers(data, label)
    known, unknown = np.split(np.arange(len(named)), [len(targets)])  # their places, from the top
    name, form = plotly(shortened(label.name, 20)), ".1%" if label.classes else _form(label)
    ends, all_guesses = label_range(data, label), [*guesses, *answers, answer][: laid["count"]]
    room = _ROOM_BESIDE_CLASSES if label.classes else _ROOM

    def dots(part: str, x, y, symbol: str, color: str | list[str]) -> dict:
        return {
            "name": part,
            "mode": "markers",
            "x": x,
            "y": y,
            "marker": {
                "symbol": symbol,
                "size": 4 if many else 11,
                "color": color,
                "line": {"width": 1.25 if many else 2},
            },
            "customdata": [[*named, laid["own"]][row] for row in y],
            "hoverinfo": None,
            "hovertemplate": f"%{{customdata}}<br>{name} %{{x:{form}}}<extra>{part}</extra>",
            "cliponaxis": False,
        }

    traces = [
        {
            "name": "gap",
            "mode": "lines",
            "x": np.column_stack([targets, guesses, np.full(len(known), np.nan)]).ravel(),
            "y": np.repeat(known, 3),
            "line": {"color": FAINT, "width": 1 if many else 4},
        },
        dots("target", targets, known, "circle-open", INK),
        dots("guess", guesses, known, "circle", _colors(laid, frame.classes[0][: len(known)])),
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
                "size": 5 if many else 11,
                "color": laid["colors"],
                "opacity": np.abs(_beyond(all_guesses, ends)) if still else 1,
            },
            "cliponaxis": False,
        },
        column("guess-number", 0.25, texts[: laid["count"]] if numbered else [], INK),
        column("target-number", 0.75, laid["targets"], MUTED),
    ]
    return figure(
        traces,
        height=_LONG_HEIGHT if many else max(_HEIGHT, _REST + _ROW * (len(named) + 1)),
        of={"prediction": _structure(moment)},
        meta={"rows": laid, "decimals": label_decimals(label.scale)} | _about_classes(label),
        margin={"l": 8, "r": 4 if numbered else 14, "t": 22 if numbered else 10, "b": 8},
        xaxis=axis(
            title=f"share of the true {name}" if label.classes else name,
            range=ends,
            tickformat=".0%" if label.classes else None,
            nticks=6,
            gridcolor=FAINT,
            domain=[0, room if numbered else 1],
        ),
        xaxis2=axis(
            range=[0, 1],
            domain=[room + 0.02, 1],
            side="top",
            anchor="y",
            tickvals=[0.25, 0.75],
            ticktext=["guess", "target"],
            tickfont={"color": MUTED, "size": 11},
            showgrid=False,
            visible=numbered,
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


def _has_numbers(data: Dataset, label: Label) -> bool:
    """Whether there is room for numbers, or names of classes, beside the rows."""
    if _is_long(data):
        return False
    return bool(label.classes) or len(prediction_text(label.scale, label.scale)) <= _WIDEST


def _form(label: Label) -> str:
    return f".{label_decimals(label.scale)}f"


def _targets(data: Dataset, label: Label) -> np.ndarray:
    """Where the shown training rows' rings stand: at their label or, of a class, at all of it."""
    targets = data.targets[shown_rows(len(data.targets))]
    return np.ones(len(targets)) if label.classes else targets[:, label.place.start]


def _said(label: Label, numbers: np.ndarray, classes: np.ndarray) -> list[str]:
    """What is written of each row's guess."""
    if label.classes:
        return [shortened(label.classes[place], _LONGEST_CLASS) for place in classes]
    return [prediction_text(number, label.scale) for number in numbers]


def _about_classes(label: Label) -> dict:
    """What the painter needs of them: their names, and the colours of wrong and right."""
    names = [shortened(name, _LONGEST_CLASS) for name in label.classes]
    return {"classes": names, "verdicts": [NEGATIVE, POSITIVE]}


def _colors(laid: dict, classes: np.ndarray) -> str | list[str]:
    """Of the guesses of the training rows; of classes, by whether they are right."""
    if not laid["known"]:
        return POSITIVE
    return [POSITIVE if a == b else NEGATIVE for a, b in zip(classes, laid["known"])]


def _rows(data: Dataset, label: Label, question: tuple[float, ...]) -> dict:
    """How the rows are laid out for a question, for the painter too.

    key: a name for all that follows. count: of rows. asked: the place of the question, from 0 at
    the top. own: its name. ticks, names: the places that have a name, and which. targets: as
    text; a question has none. known: the training rows' classes, if the label is one. colors: of
    the arrows.
    """
    named, known = _row_names(data), data.targets[shown_rows(len(data.targets))]
    place, own = _place_of(data, question), name_of_row(data, np.array(question))
    names = [*named, own][: max(len(named), place + 1)]
    long = _is_long(data)
    classes = label.known(known).tolist() if label.classes else []
    texts = (
        [shortened(label.classes[k], _LONGEST_CLASS) for k in classes]
        if label.classes
        else [target_text(target, label.scale) for target in _targets(data, label)]
    )
    laid = {
        "count": len(names),
        "asked": place,
        "own": own,
        "ticks": [place] if long else list(range(len(names))),
        "names": [names[place]] if long else names,
        "targets": texts + ["?"] * (len(names) - len(texts)) if _has_numbers(data, label) else [],
        "known": classes,
        "colors": [POSITIVE] * len(known) + [GLOW] * (len(names) - len(known)),
    }
    return laid | {"key": name_of(repr(laid))}


def _place_of(data: Dataset, question: tuple[float, ...]) -> int:
    """The row that asks the same: one of the questions, or of the training rows, or a new one."""
    training = data.inputs[shown_rows(len(data.X))]
    questions = data.questions[shown_rows(len(data.questions))]
    places = np.r_[len(training) : len(training) + len(questions), 0 : len(training)]
    same = (np.vstack([questions, training]) == np.array(question)).all(axis=1)
    return int(places[same.argmax()]) if same.any() else len(places)


def label_range(data: Dataset, label: Label) -> list[float]:
    """What the axis shows: the targets, and as much again on either side, to round ends.

    It depends on the table alone, so that it stands still whatever is played or asked; a guess
    beyond it is an arrow at the edge, with its number beside it.
    """
    if label.classes:
        return [0.0, 1.0]
    targets = data.targets[:, label.place.start]
    low, high = float(targets.min()), float(targets.max())
    room = max(high - low, _LEAST_ROOM * label.scale)
    step = round_step((high - low + 2 * room) / 8)
    ends = math.floor((low - room) / step) * step, math.ceil((high + room) / step) * step
    within = max(ends[0], label.shift), min(ends[1], label.shift + label.scale)
    return [float(f"{end:.12g}") for end in within]


def _beyond(guesses, ends: list[float]) -> np.ndarray:
    """−1 for a guess below the axis, 1 for one above it, or else 0."""
    guesses = np.asarray(guesses, dtype=float)
    return np.sign(guesses - guesses.clip(*ends))


def column(name: str, x: float, texts: list[str], color: str) -> dict:
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


def target_text(target: float, label_scale: float) -> str:
    """A target as exactly as its guess is written, but for zeros at the end."""
    text = prediction_text(target, label_scale)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _row_names(data: Dataset) -> list[str]:
    """A name a shown row."""
    training = data.inputs[shown_rows(len(data.X))]
    questions = data.questions[shown_rows(len(data.questions))]
    return [name_of_row(data, row) for row in np.vstack([training, questions])]


def name_of_row(data: Dataset, inputs: np.ndarray) -> str:
    """Its inputs as the table has them, as many as there is room for."""
    cells = data.input_side.decode(inputs.tolist())
    said = [shortened(c, 8) if isinstance(c, str) else asked_text(c) for c in cells[:3]]
    return ", ".join(said) + (", …" if len(cells) > 3 else "")


def _frames(frames: Frames) -> dict[str, np.ndarray]:
    # In full where they are written as numbers, so that the last digit is right.
    kind = np.float32 if _is_long(frames.run.data) else np.float64
    return {
        "guesses": frames.guesses.astype(kind),
        "questions": frames.answers.astype(kind),
        "asked": frames.prediction.astype(kind),
        "classes": frames.classes,
    }


def _header(frames: Frames) -> dict:
    return {
        "of": {"prediction": _structure(frames.moment)},
        "rows": _rows(frames.run.data, frames.label, frames.question),
    }


PREDICTION = Chart(
    "prediction", "Each row's target beside its guess", _structure, _figure, _frames, _header
)
