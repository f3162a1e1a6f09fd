"""A film as one HTML file, which plays anywhere: with no server, no network and no nnviz.

It is the page's own player, painters and figures on another host, see film_page.js. Plotly.js is
that of the installed plotly; it and the film are packed by gzip, which every browser since 2023
unpacks by itself.
"""

from __future__ import annotations

import gzip
import html
import json
from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from string import Template

import numpy as np
from plotly.offline import get_plotlyjs
from plotly.utils import PlotlyJSONEncoder

from nnviz.charts import CONFIG, FILMED, LOSS
from nnviz.charts.frames import Frames
from nnviz.charts.legends import network_legend, prediction_key
from nnviz.charts.style import BACKGROUND, INK
from nnviz.engine.moment import Moment, moment_at
from nnviz.engine.training import Run
from nnviz.export.faults import ExportError
from nnviz.export.words import asked_of, settings_of, title_of
from nnviz.player import BAR_CSS, BAR_HTML, SCRIPTS, STAGE_CSS, film_of

MOST_BYTES = 6_000_000  # so that it can be sent by mail and opened on a phone
_ROWS = 200  # of a table, that many are written out
_HERE = Path(__file__).parent
_FIRST_TRY, _FEWEST = 1_000, 50  # frames of a film that is measured, and that is worth playing


def to_html(
    run: Run,
    epoch: int | None = None,
    question: Sequence[float] | None = None,
    name: str = "",
) -> str:
    """The film of a run as a page of its own, opened at an epoch, for a question.

    epoch: by default the last. question: one value an input, in the table's units; by default
    the table's first question, or else its first training row. name: of the table, for the
    heading.

    The same run makes the same text, with the same plotly and zlib. A long recording has fewer
    frames, so that the file stays below `MOST_BYTES`, and says so.

    Raises ValueError if the epoch was not recorded or the question does not fit the table,
    ExportError if the network is so large that not even a coarse film fits.
    """
    moment = moment_at(run, epoch, question)
    rest = {
        "title": html.escape(title_of(run, name)),
        "subtitle": html.escape(f"{settings_of(run)} · {run.epochs:,} epochs"),
        "styles": "\n".join(_read(path) for path in (STAGE_CSS, BAR_CSS, _HERE / "film_page.css")),
        "table": _table(run),
        "question": html.escape(asked_of(moment)),
        "label": html.escape(run.data.output_names[0]),
        "legend": network_legend(),
        "key": prediction_key(moment.label),
        "player": _read(BAR_HTML),
        "shown": _as_script(_shown(moment)),
        "plotly": _plotly(),
        "script": "\n".join(_read(path) for path in (*SCRIPTS, _HERE / "film_page.js")),
        **{chart.name: html.escape(chart.alt) for chart in FILMED},
    }
    page = Template(_read(_HERE / "film_page.html"))
    room = MOST_BYTES - len(page.substitute(rest, film="", note="").encode()) - 1000
    packed, epochs = _film(moment, room)
    return page.substitute(rest, film=packed, note=html.escape(_note(run, epochs)))


def _read(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def _plotly() -> str:
    return _packed(get_plotlyjs().encode())


def _packed(content: bytes) -> str:
    return b64encode(gzip.compress(content, mtime=0)).decode()


def _film(moment: Moment, room: int) -> tuple[str, np.ndarray]:
    """The film, packed, with as many frames as there is room for; and their epochs."""
    run, most = moment.run, moment.run.epochs + 1

    def packed(most: int) -> tuple[str, np.ndarray]:
        epochs = _epochs(run, moment.epoch, most)
        return _packed(film_of(Frames(run, epochs, moment.question), run.epochs)), epochs

    if most > _FIRST_TRY:
        tried, epochs = packed(_FIRST_TRY)
        most = min(most, room * len(epochs) // len(tried))
    while most >= min(_FEWEST, run.epochs + 1):
        text, epochs = packed(most)
        if len(text) <= room:
            return text, epochs
        most = int(0.8 * most)
    raise ExportError(
        f"A network of {run.shape.count:,} weights is too large for a film that fits into "
        f"{MOST_BYTES // 1_000_000} MB. Choose fewer hidden neurons."
    )


def _epochs(run: Run, around: int, most: int) -> np.ndarray:
    """All epochs or, if there are more than that, half as many around one and half far apart."""
    if run.epochs < most:
        return np.arange(run.epochs + 1)
    stride = -(-2 * run.epochs // most)
    stride = -(-stride // run.every) * run.every  # its epochs' weights are kept
    first = min(max(0, around - most // 4), run.epochs - most // 2)
    near = np.arange(first, first + most // 2)
    return np.union1d(np.append(np.arange(0, run.epochs, stride), [around, run.epochs]), near)


def _shown(moment: Moment) -> dict:
    """What film_page.js draws: the figures, and which of their colours stand for the theme's."""
    figures = {chart.name: chart.figure(moment) for chart in FILMED}
    figures["logarithmic"] = LOSS.figure(moment, True)
    charts = {name: figure.to_plotly_json() for name, figure in figures.items()}
    for chart in charts.values():
        chart["layout"].pop("template", None)  # that of whoever imported plotly first
    return {
        "epoch": moment.epoch,
        "charts": charts,
        "config": CONFIG | {"responsive": True},
        "colors": {"ink": INK, "background": BACKGROUND},
    }


def _as_script(content: dict) -> str:
    """JSON that no HTML reads as anything else."""
    text = json.dumps(content, cls=PlotlyJSONEncoder, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def _table(run: Run) -> str:
    table = run.data.table
    head = "".join(f"<th>{html.escape(str(name))}</th>" for name in table.columns)
    rows = [
        "<tr>" + "".join(f"<td>{html.escape(_cell(cell))}</td>" for cell in row) + "</tr>"
        for row in table.head(_ROWS).itertuples(index=False)
    ]
    if len(table) > _ROWS:
        rows.append(f'<tr><td colspan="{table.shape[1]}">… of {len(table):,} rows</td></tr>')
    return f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"


def _cell(value) -> str:
    if isinstance(value, str):
        return value
    return "?" if value is None or value != value else f"{value:.15g}"


def _note(run: Run, epochs: np.ndarray) -> str:
    """How to play, and which epochs are lacking."""
    keys = "Space plays, ← and → step, Home and End jump; a click on the loss curve goes there."
    gaps = np.diff(epochs)
    if not (gaps > 1).any():
        return f"{keys} Made by nnviz."
    fine = epochs[:-1][gaps == 1]
    whole = f", and every one from {fine[0]:,} to {fine[-1] + 1:,}" if len(fine) else ""
    return (
        f"{keys} To be small enough, this film shows one epoch in {gaps.max():,}{whole}; "
        "the numbers of each are exact. Made by nnviz."
    )
