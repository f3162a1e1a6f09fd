"""The film as one file: what is in it, how large it is, and that names stay text."""

import gzip
import json
import re
import tomllib
from base64 import b64decode
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from plotly.offline import get_plotlyjs
from projector import project
from runs import EXAM, QUESTION, exam_run
from test_script import CARS, CLASSES

import nnviz.export.film_page
from nnviz import ExportError, Recipe, to_html
from nnviz.charts import FILMED
from nnviz.engine.moment import Moment
from nnviz.export.film_page import MOST_BYTES
from nnviz.writing import loss_text, prediction_text

ROOM = Path(nnviz.export.film_page.__file__).parent
SETTINGS = tomllib.loads((ROOM.parents[1] / ".streamlit" / "config.toml").read_text("utf-8"))


class Page(HTMLParser):
    """The elements of a page, and the text of those that have an id."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.links, self.held, self._within = [], [], {}, None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        given = dict(attributes)
        self.links += [v for k, v in given.items() if k in ("src", "href", "action", "data")]
        self._within = given.get("id")

    def handle_data(self, text):
        if self._within:
            self.held[self._within] = self.held.get(self._within, "") + text

    def handle_endtag(self, tag):
        self._within = None


def unpacked(page, name):
    return gzip.decompress(b64decode(page.held[f"nnviz-{name}"]))


def filmed(text):
    """Epoch after epoch, what the film in a file reads out: epoch, loss and prediction."""
    _, arrays = project(unpacked(Page(text), "film"))
    names = ("epochs", "readouts.loss", "readouts.prediction")
    return [np.array(arrays[name]).ravel().tolist() for name in names]


def test_it_holds_every_epochs_numbers_as_the_page_reads_them_out():
    run = Recipe(EXAM).train(300)
    epochs, losses, predictions = filmed(to_html(run, 202))
    assert epochs == list(range(301))
    for epoch in epochs:
        moment = Moment(run, epoch, QUESTION)
        assert losses[epoch] == loss_text(moment.loss)
        assert predictions[epoch] == prediction_text(moment.prediction[0], 100)


def test_it_is_one_file_that_names_no_other():
    page = Page(to_html(exam_run(), 7))
    assert page.links == []
    assert "default-src 'none'" in to_html(exam_run(), 7)
    assert "link" not in page.tags and "img" not in page.tags
    assert unpacked(page, "plotly").decode() == get_plotlyjs()


def test_the_charts_are_the_pages_own_at_the_pinned_epoch():
    run = exam_run()
    shown = json.loads(Page(to_html(run, 7)).held["nnviz-shown"])
    assert shown["epoch"] == 7
    for chart in FILMED:
        figure = json.loads(chart.figure(Moment(run, 7, QUESTION)).to_json())
        figure["layout"].pop("template", None)
        assert shown["charts"][chart.name]["layout"] == figure["layout"]


def test_the_default_is_the_last_epoch_and_the_tables_question():
    assert to_html(exam_run()) == to_html(exam_run(), 20, QUESTION)


def test_no_part_of_the_template_is_left_open():
    assert not re.search(r"\$[a-z]+\n", to_html(exam_run()).split("<script")[0])


def test_a_table_of_texts_and_classes_stands_as_it_was_read():
    for table in (CARS, CLASSES):
        text = to_html(Recipe(table).train(5))
        for column in table:
            for cell in table[column]:
                assert f"<td>{cell}</td>" in text
    assert "brand Opel, dented yes, year 1999" in to_html(Recipe(CARS).train(5))


EVIL = [
    "<script>alert(1)</script>",
    "</script><b>",
    "<img src=x onerror=alert(1)>",
    "a&amp;b",
    "$film",
]


@pytest.mark.parametrize("name", EVIL)
def test_names_stay_text(name):
    plain = Page(to_html(Recipe(EXAM).train(5), name="x"))
    for column in ("study", "score"):
        text = to_html(Recipe(EXAM.rename(columns={column: name})).train(5), name=name)
        assert Page(text).tags == plain.tags
        json.loads(Page(text).held["nnviz-shown"])


@pytest.mark.long
@pytest.mark.parametrize("hidden", [(3,), (32, 32, 32)])
def test_a_long_recording_fits_and_says_what_is_lacking(hidden):
    run = Recipe(EXAM, hidden=hidden, learning_rate=0.1).train(60_000 if hidden == (3,) else 9_000)
    text = to_html(run, 4_321)
    assert len(text.encode()) <= MOST_BYTES
    epochs, losses, _ = filmed(text)
    assert epochs[0] == 0 and epochs[-1] == run.epochs and 4_321 in epochs
    gap = max(np.diff(epochs))
    assert gap > 1 and f"one epoch in {gap}" in text
    first, last = (
        int(n.replace(",", "")) for n in re.search(r"every one from (\S+) to (\S+);", text).groups()
    )
    assert set(range(first, last + 1)) <= set(epochs)
    assert first <= 4_321 <= last
    assert losses == [loss_text(run.loss[epoch]) for epoch in epochs]


def test_a_whole_film_does_not_say_that_something_is_lacking():
    assert "one epoch in" not in to_html(Recipe(EXAM).train(3_000))


def test_a_network_too_large_for_any_film_is_refused(monkeypatch):
    monkeypatch.setattr(nnviz.export.film_page, "MOST_BYTES", 2_150_000)
    with pytest.raises(ExportError, match="too large for a film"):
        to_html(Recipe(EXAM, hidden=(32, 32, 32)).train(500))


def test_the_same_run_makes_the_same_text():
    assert to_html(Recipe(EXAM).train(50)) == to_html(Recipe(EXAM).train(50))


@pytest.mark.parametrize(("theme", "place"), [("light", 0), ("dark", 1)])
def test_the_colours_are_the_pages(theme, place):
    style = (ROOM / "film_page.css").read_text("utf-8")
    worn = re.findall(r":root[^{]*{([^}]*)}", style)[place]
    for name, value in SETTINGS["theme"][theme].items():
        variable = re.sub(r"([A-Z])", r"-\1", name).lower()
        assert f"--st-{variable}: {value};" in worn
