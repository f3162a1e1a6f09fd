"""See a neural network learn: a small NumPy engine and the pictures of it."""

from nnviz.dissection import anatomy
from nnviz.engine.dataset import Dataset
from nnviz.engine.many import Many, train_many
from nnviz.engine.network import Network
from nnviz.engine.reading import read_table
from nnviz.engine.recipe import Recipe, RecipeError, train
from nnviz.engine.table import TableError
from nnviz.engine.training import Run
from nnviz.export import ExportError, to_html, to_notebook, to_script, to_torch

__all__ = [
    "Dataset",
    "ExportError",
    "Many",
    "Network",
    "Recipe",
    "RecipeError",
    "Run",
    "TableError",
    "anatomy",
    "from_json",
    "read_table",
    "to_html",
    "to_json",
    "to_notebook",
    "to_script",
    "to_torch",
    "train",
    "train_many",
]

from_json = Recipe.from_json


def to_json(run: Run) -> str:
    """The recipe of a run as JSON, see `Recipe.to_json`."""
    return run.recipe.to_json()
