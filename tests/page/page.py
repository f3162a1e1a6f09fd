"""What a test does on the page as its server draws it, and what it finds there."""

import html
import json
import re
from pathlib import Path

import numpy as np
import pytest
import runs
from projector import project
from streamlit.testing.v1 import AppTest

from nnviz.engine.roles import LEFT_OUT, Column, Roles

PAGE = Path(__file__).parents[2] / "streamlit_app.py"
PASTE = "study,sleep,score\n2,9,92\n1,5,86\n3,6,89\n4,8,?"


def opened(link=()):
    """The page in a browser of its own; link: what stands in its address."""
    at = AppTest.from_file(PAGE, default_timeout=30)
    for name, value in dict(link).items():
        at.query_params[name] = value
    return drawn(at)


def drawn(at):
    at.run()
    assert not at.exception
    return at


def record(*hidden, **options):
    """The run that the page ought to show; hidden: neurons a layer, by default 3."""
    return runs.record(*(hidden or (3,)), **options)


def film(at):
    player = next(
        part for part in at.get("bidi_component") if part.proto.component_name == "nnviz.player"
    )
    return project(player.proto.bytes)


def assert_plays(at, run, question=(4, 8)):
    """The player was sent this run, and the read-out is its answer at the page's epoch."""
    header, arrays = film(at)
    epochs = arrays["epochs"][:, 0]
    assert header["of"]["recorded"] == run.epochs
    assert header["of"]["question"] == list(question)
    assert np.array_equal(arrays["loss.curve"][:, 0], run.loss[epochs])
    answer = run.predict([question])[0, 0]
    assert arrays["readouts.prediction"][-1] == f"{answer:.2f}"
    assert arrays["network.neurons"][-1, -1] == pytest.approx(answer / run.data.label_scale, 1e-6)
    assert prediction(at) == f"{run.predict([question], at.session_state.epoch)[0, 0]:.2f}"


def prediction(at):
    return readout(at, "prediction")


def readout(at, name):
    shown = "".join(part.value for part in at.get("html"))
    return re.search(rf'data-testid="{name}"[^>]*>(.*?)<', shown)[1]


def charts(at):
    """The page's charts, without the one that nobody sees."""
    return [part for part in at.get("plotly_chart") if not part.proto.id.endswith("-nothing")]


def figure(at, name):
    """What the server drew last of a chart."""
    order = ["network", "loss", "prediction"]
    return json.loads(charts(at)[order.index(name)].proto.spec)


def labelled(widgets, label):
    return next(widget for widget in widgets if widget.label.replace("\\", "") == label)


def edit(at, changed=(), added=(), deleted=()):
    """Change cells, {row: {column: value}}, add rows and delete them, in the grid."""
    at.session_state[at.data_editor[0].key] = {
        "edited_rows": {row: as_text(cells) for row, cells in dict(changed).items()},
        "added_rows": [as_text(cells) for cells in added],
        "deleted_rows": list(deleted),
    }
    return drawn(at)


def as_text(cells):
    """Cells as the grid sends them."""
    return {name: None if value is None else str(value) for name, value in cells.items()}


def paste(at, text):
    at.text_area(key="pasted").set_value(text)
    return drawn(at)


def upload(at, content, name="mine.csv"):
    at.file_uploader(key="upload").set_value((name, content, "text/csv"))
    return drawn(at)


def faults(at):
    return [html.unescape(error.value.replace("\\", "")) for error in at.error]


def link_of(at):
    """What stands in the page's address, by name."""
    pairs = at.query_params.items()
    return {name: value if isinstance(value, str) else value[-1] for name, value in pairs}


def without(*names, columns=("study", "sleep", "score")):
    """The roles of the exam table, some of its columns left out."""
    plain = Roles.of_numbers(len(columns)).columns
    left = Column(LEFT_OUT)
    return Roles(tuple(left if n in names else c for n, c in zip(columns, plain)))


def give_roles(at, roles):
    """What the window of the columns does with the table that is shown."""
    name = at.session_state.table
    at.session_state.tables = {name: at.session_state.read.table}
    at.session_state.roles = {name: roles}
    at.session_state.grid += 1
    return drawn(at)
