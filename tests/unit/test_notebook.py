"""The notebook is valid, runs, and prints the page's numbers."""

import json

import nbclient
import nbformat
import pytest
from programs import as_shown
from runs import EXAM

from nnviz import Recipe, to_notebook, to_script
from nnviz.engine.moment import moment_at


def cells_of(run, **options):
    notebook = nbformat.reads(to_notebook(run, **options), as_version=4)
    return notebook, [cell for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize(
    "name", ["Exam scores", "a\nb", "<img src=x onerror=alert(1)> $x$ *y* [z](u)"]
)
def test_it_is_valid_and_names_stay_text(name):
    table = EXAM.rename(columns={"study": name})
    text = to_notebook(Recipe(table).train(5), name=name)
    notebook = nbformat.reads(text, as_version=nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    said = "".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert "<img" not in said.replace("\\<img", "") and "\n# b" not in said


def test_its_cells_are_the_scripts_code():
    run = Recipe(EXAM).train(50)
    script = to_script(run, 20)
    _, cells = cells_of(run, epoch=20)
    at = 0
    for cell in cells[:-1]:  # but for the curve
        at = script.index(cell.source, at)


def test_every_code_cell_has_a_sentence_before_it():
    notebook, _ = cells_of(Recipe(EXAM).train(5))
    kinds = [cell.cell_type for cell in notebook.cells]
    assert kinds[:2] == ["markdown", "code"]
    assert kinds[2:-1] == ["markdown", "code"] * (len(kinds[2:-1]) // 2)
    assert "change the rate" in notebook.cells[-1].source


def test_the_same_recipe_makes_the_same_text():
    assert to_notebook(Recipe(EXAM).train(50), 20) == to_notebook(Recipe(EXAM).train(80), 20)
    json.loads(to_notebook(Recipe(EXAM).train(5)))


@pytest.mark.parametrize("epoch", [pytest.param(0, marks=pytest.mark.long), 202])
def test_it_runs_and_prints_what_the_page_shows(epoch, tmp_path, monkeypatch):
    monkeypatch.delenv("MPLBACKEND", raising=False)  # Streamlit sets it, for all that follows
    run = Recipe(EXAM).train(300)
    notebook, cells = cells_of(run, epoch=epoch)
    nbclient.NotebookClient(
        notebook, timeout=100, resources={"metadata": {"path": str(tmp_path)}}
    ).execute()
    *_, result, curve = cells
    assert result.outputs[-1].text.splitlines() == as_shown(moment_at(run, epoch))
    assert any("image/png" in output.get("data", {}) for output in curve.outputs)
