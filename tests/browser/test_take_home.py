"""The menu Take home: each thing is the page's own, at the epoch and for the question shown."""

import io
import json
import re
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from playwright.sync_api import expect
from programs import last_lines
from screen import (
    button,
    go_to,
    look,
    record,
    set_hidden,
    shown,
    type_number,
    wait_for_server,
)

from nnviz import Recipe, to_html, to_notebook
from nnviz.export import loss_csv, table_csv

QUESTION = (5.0, 8.0)


@pytest.fixture
def home(page):
    """The page at epoch 202 with another question, its menu open."""
    type_number(page, "study", 5)
    go_to(page, 202)
    wait_for_server(page, record(), 202, QUESTION)
    open_menu(page, "At epoch 202, for study 5, sleep 8.")
    return page


def open_menu(page, said):
    button(page, "Take home").click()
    expect(page.get_by_text(said)).to_be_visible()


def taken(page, name):
    """A file that the menu gives: what it is called, and its bytes."""
    with page.expect_download() as download:
        button(page, name).click()
    return download.value.suggested_filename, download.value.path().read_bytes()


def test_the_script_prints_what_stands_on_the_page(home, tmp_path):
    name, content = taken(home, "Script")
    assert name == "nnviz-exam-scores-2-3-1-epoch-202.py"
    loss, prediction = (shown(home, read_out).inner_text() for read_out in ("loss", "prediction"))
    assert last_lines(content.decode(), tmp_path) == [f"loss {loss}", f"prediction {prediction}"]


def test_each_thing_is_what_the_package_makes_and_says_what_it_is(home):
    run = Recipe(record().data, hidden=(3,)).train(1000)
    named = {"name": "Exam scores", "epoch": 202, "question": QUESTION}
    stem = "nnviz-exam-scores-2-3-1"
    expected = {
        "Film, as a page that plays anywhere": (f"{stem}-epoch-202.html", to_html(run, **named)),
        "Notebook": (f"{stem}-epoch-202.ipynb", to_notebook(run, **named)),
        "Recipe": (f"{stem}-recipe.json", run.recipe.to_json()),
        "Table with predictions": (f"{stem}-epoch-202.csv", table_csv(run, 202)),
        "Loss": (f"{stem}-1000-epochs.csv", loss_csv(run)),
    }
    for label, (name, content) in expected.items():
        assert taken(home, label) == (name, content.encode())
    name, content = taken(home, "Weights, NumPy")
    assert name == f"{stem}-epoch-202.npz"
    with np.load(io.BytesIO(content)) as weights:
        assert np.array_equal(weights["W1"], run.network(202).weights[0])
    name, content = taken(home, "Weights, JSON")
    assert json.loads(content)["epoch"] == 202


def test_the_menu_follows_the_playhead_and_the_network(page):
    set_hidden(page, 5)
    go_to(page, 77)
    wait_for_server(page, record(5), 77)
    open_menu(page, "At epoch 77, for study 4, sleep 8.")
    assert taken(page, "Script")[0] == "nnviz-exam-scores-2-5-1-epoch-77.py"
    page.keyboard.press("Escape")
    go_to(page, 78)
    wait_for_server(page, record(5), 78)
    open_menu(page, "At epoch 78, for study 4, sleep 8.")
    assert taken(page, "Script")[0] == "nnviz-exam-scores-2-5-1-epoch-78.py"


def test_a_picture_shows_what_is_painted(home):
    seen = look(home)
    name, content = taken(home, "Network, SVG")
    assert name == "nnviz-exam-scores-2-3-1-epoch-202-network.svg"
    svg = ElementTree.fromstring(content)
    texts = [el.text for el in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[0].startswith("Exam scores · 2-3-1 network · epoch 202 · loss ")
    assert set(seen["weights"]) | set(seen["values"]) <= set(texts)
    strokes = re.findall(
        r"stroke: (rgb\([^)]*\)); [^\"]*?stroke-width: ([\d.]+)px", content.decode()
    )
    assert "non-scaling-stroke" not in content.decode()
    for line in seen["lines"]:
        assert (line["stroke"], f"{line['width']:g}") in strokes


@pytest.mark.parametrize("chart", ["Network", "Loss"])
def test_a_picture_is_a_png_too(home, chart):
    name, content = taken(home, f"{chart}, PNG")
    assert name == f"nnviz-exam-scores-2-3-1-epoch-202-{chart.lower()}.png"
    assert content.startswith(b"\x89PNG")
    width, height = (int.from_bytes(content[at : at + 4]) for at in (16, 20))
    assert width > 900 and height > 500


def test_on_a_phone_a_pictures_title_fits_it_in_a_wider_font_too(visit):
    page = visit(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    open_menu(page, "At epoch 0, for study 4, sleep 8.")
    _, content = taken(page, "Network, SVG")
    title = next(ElementTree.fromstring(content).iter("{http://www.w3.org/2000/svg}text"))
    size = float(title.get("font-size"))
    wide = page.evaluate(
        """([text, size]) => {
             const pen = document.createElement("canvas").getContext("2d");
             pen.font = `${size}px "DejaVu Sans", Verdana, sans-serif`;
             return pen.measureText(text).width;
           }""",
        [title.text, size],
    )
    assert 8 < size < 14
    assert wide < 370
